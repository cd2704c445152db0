"""Becoming a member and leaving again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities import notifications, rules
from communities.actions.leading import end_membership
from communities.actions.refusals import AlreadyDecided, NotPossible
from communities.actions.rows import lock, set_membership, set_status
from communities.enums import MembershipStatus
from communities.models import Community, Membership
from tafelronde.accounts.models import User


@transaction.atomic
def join(user: User, community: Community) -> Membership:
    """Become a member of an open leerkring; who is one stays one. Raises NotPossible where it is not open to `user`."""
    community = lock(community)
    row = rules.membership_of(user, community)
    if row and row.status == MembershipStatus.ACTIVE:
        return row
    if not rules.may_join(user, community):
        raise NotPossible
    return set_membership(user, community, MembershipStatus.ACTIVE)


@transaction.atomic
def ask_to_join(user: User, community: Community, *, motivation: str) -> Membership:
    """Ask the coordinators; asking twice is asking once. Raises NotPossible where one cannot ask."""
    community = lock(community)
    row = rules.membership_of(user, community)
    if row and row.status in (MembershipStatus.ASKED, MembershipStatus.ACTIVE):
        return row
    if not rules.may_ask(user, community):
        raise NotPossible
    row = set_membership(user, community, MembershipStatus.ASKED, motivation=motivation)
    notifications.tell_asked(row)
    return row


@transaction.atomic
def decide(coordinator: User, membership: Membership, *, accepted: bool, word: str = "") -> Membership:
    """Answer a request to join, with a word. Raises AlreadyDecided where it is no longer open, PermissionDenied."""
    community = lock(membership.community)
    if not rules.may_decide(coordinator, community):
        raise PermissionDenied
    membership = community.memberships.get(pk=membership.pk)
    if membership.status != MembershipStatus.ASKED:
        raise AlreadyDecided
    set_status(membership, MembershipStatus.ACTIVE if accepted else MembershipStatus.DECLINED, answer=word)
    notifications.tell_decided(membership)
    return membership


@transaction.atomic
def leave(user: User, community: Community) -> None:
    """Stop being a member, or take a request back; whoever is outside stays outside. Raises LastCoordinator."""
    community = lock(community)
    row = rules.membership_of(user, community)
    if row and row.status == MembershipStatus.ACTIVE:
        end_membership(row)
    elif row and row.status == MembershipStatus.ASKED:
        set_status(row, MembershipStatus.LEFT)


@transaction.atomic
def leave_everything(user: User) -> None:
    """For who closes the account: out of every leerkring, with what they wrote to ask for it.

    The last coordinator goes too, as nobody can be kept; an administrator appoints another one.
    """
    for row in user.memberships.select_related("community").order_by("community_id"):
        lock(row.community)
        if row.status == MembershipStatus.ACTIVE:
            end_membership(row, even_last=True)
        row.status, row.motivation, row.answer = MembershipStatus.LEFT, "", ""
        row.save(update_fields=["status", "motivation", "answer", "changed_at"])
