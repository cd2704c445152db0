"""Coordinators: who they are, what they may edit, and ending somebody's membership."""

from functools import partial

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from communities import notifications, queries, rules
from communities.actions.refusals import LastCoordinator, NotPossible
from communities.actions.rows import lock, set_status
from communities.enums import MembershipStatus, Role
from communities.models import Community, Membership
from communities.signals import membership_ended
from tafelronde.accounts.models import User

ON_PAGES = ("add_page", "change_page", "publish_page")
ON_IMAGES = ("add_image", "choose_image")


@transaction.atomic
def appoint_coordinator(actor: User, membership: Membership) -> None:
    """Let a member lead too. Raises PermissionDenied, and NotPossible for who is no member."""
    membership = _held_by(actor, membership)
    if membership.status != MembershipStatus.ACTIVE:
        raise NotPossible
    make_coordinator(membership)


@transaction.atomic
def dismiss_coordinator(actor: User, membership: Membership) -> None:
    """Let a coordinator be a member like the others. Raises PermissionDenied, LastCoordinator."""
    membership = _held_by(actor, membership)
    if membership.role == Role.COORDINATOR:
        _take_rights(membership)
        membership.role = Role.MEMBER
        membership.save(update_fields=["role", "changed_at"])


@transaction.atomic
def remove(actor: User, membership: Membership, *, word: str = "") -> None:
    """End somebody's membership and tell them why. Raises PermissionDenied, LastCoordinator."""
    membership = _held_by(actor, membership)
    if membership.status == MembershipStatus.ACTIVE:
        end_membership(membership, word=word)
        notifications.tell_removed(membership)


def _held_by(actor: User, membership: Membership) -> Membership:
    """The row as it is now, with its leerkring locked. Raises PermissionDenied where `actor` does not lead there."""
    community = lock(membership.community)
    if not rules.may_appoint(actor, community):
        raise PermissionDenied
    return community.memberships.select_related("user").get(pk=membership.pk)


def make_coordinator(membership: Membership) -> None:
    """Role and rights of an active member. The leerkring is locked by the caller."""
    membership.role = Role.COORDINATOR
    membership.save(update_fields=["role", "changed_at"])
    membership.user.groups.add(editors_of(membership.community))


def end_membership(membership: Membership, *, word: str = "", even_last: bool = False) -> None:
    """Out, with all rights and all answers to meetings ahead. The caller holds the lock.

    Raises LastCoordinator, unless `even_last`: then the caller has taken the rights away.
    """
    if membership.role == Role.COORDINATOR and not even_last:
        _take_rights(membership)
    set_status(membership, MembershipStatus.LEFT, answer=word)
    ahead = membership.user.rsvps.filter(
        meeting__edition__community=membership.community_id, meeting__ends_at__gt=timezone.now()
    )
    ahead.delete()
    ended = {"user_id": membership.user_id, "community_id": membership.community_id}
    transaction.on_commit(partial(membership_ended.send, Membership, **ended))


def _take_rights(membership: Membership) -> None:
    others = queries.coordinators_of(membership.community).exclude(pk=membership.pk)
    if not others.exists():
        raise LastCoordinator
    membership.user.groups.remove(editors_of(membership.community))


def editors_of(community: Community) -> Group:
    """The group of who may edit and publish the page of this leerkring and its meetings, and nothing else."""
    group, made = Group.objects.get_or_create(name=f"leerkring-{community.pk}-coordinators")
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    grant_page(group, community)
    grant_images(group, community)
    return group


def grant_page(group: Group, community: Community) -> None:
    """The rights on the page that the leerkring has now."""
    for page in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page_id=community.page.pk, permission=page)


def grant_images(group: Group, community: Community) -> None:
    """The pictures of each leerkring lie in a collection of its own: in a shared one all would see those of all."""
    rights = GroupCollectionPermission.objects.filter(group=group)
    held = rights.filter(collection__depth__gt=1).select_related("collection").first()
    if held is None:
        rights.delete()
        collection = Collection.get_first_root_node().add_child(name=community.title)
        images = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=ON_IMAGES)
        for image in images:
            rights.create(group=group, collection=collection, permission=image)
    elif held.collection.name != community.title:
        held.collection.name = community.title
        held.collection.save(update_fields=["name"])
