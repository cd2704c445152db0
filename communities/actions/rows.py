"""How actions take hold of a membership: everything about the people of one leerkring happens one after another."""

from communities.enums import MembershipStatus, Role
from communities.models import Community, Membership
from tafelronde.accounts.models import User


def lock(community: Community) -> Community:
    """The leerkring as it is now; nobody else changes its people until the transaction ends."""
    locked = Community.objects.select_for_update(of=("self",)).select_related("page")
    return locked.get(pk=community.pk)


def set_membership(
    user: User,
    community: Community,
    status: MembershipStatus,
    *,
    role: Role = Role.MEMBER,
    motivation: str = "",
    answer: str = "",
) -> Membership:
    """The one row of this pair, brought to a new status."""
    values = {"status": status, "role": role, "motivation": motivation, "answer": answer}
    return Membership.objects.update_or_create(user=user, community=community, defaults=values)[0]


def set_status(
    membership: Membership, status: MembershipStatus, *, answer: str = "", role: Role = Role.MEMBER
) -> None:
    """Brings a row on, keeping what was asked."""
    membership.status, membership.answer, membership.role = status, answer, role
    membership.save(update_fields=["status", "answer", "role", "changed_at"])
