"""A leerkring and its people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from communities.enums import MembershipStatus, Role
from communities.models import Community, EmailInvitation, Membership
from tafelronde.prepared import prepared

if TYPE_CHECKING:
    from communities.rules import Visitor

ACTIVE = Q(status=MembershipStatus.ACTIVE, user__is_active=True)
RUNNING = Q(status__in=(MembershipStatus.ACTIVE, MembershipStatus.ASKED), user__is_active=True)
BY_NAME = ("user__last_name", "user__first_name", "pk")


def keep_membership(community: Community, user: Visitor) -> None:
    """Keeps the row of `user` as `community.mine`, once for all rules; asks nothing where it was kept before."""
    if user.is_authenticated and not hasattr(community, "mine"):
        community.mine = list(community.memberships.filter(user=user))  # type: ignore[attr-defined]


def community_for(user: Visitor, slug: str) -> Community | None:
    """The leerkring with this slug, and the row of `user` in it as `mine`; None where there is none.

    Also one that `user` may not see: the rules decide.
    """
    rows = Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()
    found = Community.objects.filter(slug=slug).select_related("page", "edition")
    return found.prefetch_related(Prefetch("memberships", rows, to_attr="mine")).first()


@dataclass(frozen=True)
class Circle:
    """The people of a leerkring: how many members, from how many organisations, how many ask to become one.

    The members themselves stand in it, by name, where the reader has an account; may they see each other, the rules say.
    """

    size: int = 0
    organisations: int = 0
    asking: int = 0
    members: Sequence[Membership] = ()


def circle_of(community: Community, user: Visitor) -> Circle:
    """The people of a leerkring in one query; keeps the row of `user` as `community.mine`, for the rules."""
    if not user.is_authenticated:
        return _circle(_counted_people(community.pk))
    rows = _people_and(community.pk, user.pk)
    community.mine = [row for row in rows if row.user_id == user.pk]  # type: ignore[attr-defined]
    shown = [row for row in rows if row.user.is_active]
    members = [row for row in shown if row.status == MembershipStatus.ACTIVE]
    return _circle(((row.status, row.user.organisation) for row in shown), members)


@prepared
def _counted_people(community: int) -> QuerySet[Membership, tuple[str, str]]:
    return Membership.objects.filter(RUNNING, community=community).values_list("status", "user__organisation")


@prepared
def _people_and(community: int, user: int) -> QuerySet[Membership]:
    """The people of a leerkring, and the row of one person whatever its status."""
    rows = Membership.objects.filter(RUNNING | Q(user=user), community=community)
    return rows.select_related("user").order_by(*BY_NAME)


def _circle(people: Iterable[tuple[str, str]], members: Sequence[Membership] = ()) -> Circle:
    """Counts people, each with status and organisation."""
    people = list(people)
    seated = [organisation for status, organisation in people if status == MembershipStatus.ACTIVE]
    return Circle(
        size=len(seated),
        organisations=len({organisation.casefold() for organisation in seated if organisation}),
        asking=sum(status == MembershipStatus.ASKED for status, _ in people),
        members=members,
    )


def members_of(community: Community) -> QuerySet[Membership]:
    """The members with their people, by name."""
    return _with_people(community).filter(ACTIVE)


def coordinators_of(community: Community) -> QuerySet[Membership]:
    return members_of(community).filter(role=Role.COORDINATOR)


def requests_of(community: Community) -> QuerySet[Membership]:
    """Who asked to join and waits for an answer, the longest wait first."""
    asked = community.memberships.filter(status=MembershipStatus.ASKED, user__is_active=True)
    return asked.select_related("user").order_by("changed_at")


def invitations_of(community: Community) -> QuerySet[Membership]:
    """People with an account who were invited and have not answered."""
    return _with_people(community).filter(status=MembershipStatus.INVITED)


def email_invitations_of(community: Community) -> QuerySet[EmailInvitation]:
    """Addresses without an account that were invited."""
    return community.email_invitations.all()


def _with_people(community: Community) -> QuerySet[Membership]:
    return community.memberships.select_related("user").order_by(*BY_NAME)
