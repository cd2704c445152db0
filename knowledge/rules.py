"""Who may read what. `queries.visible_to` says the same of lists (tests/knowledge/test_rules.py holds them together)."""

from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from communities.enums import MembershipStatus, Visibility
from communities.models import Community, Membership


class Readable(Protocol):
    """A news item or a publication."""

    live: bool
    visibility: str
    community: Community | None


def may_see(user: AbstractBaseUser | AnonymousUser, item: Readable) -> bool:
    """Whether the person may read the item: members-only items, and all items of a leerkring that is itself
    for members only, are for the members of that leerkring. Nobody reads drafts outside the CMS."""
    if not item.live:
        return False
    if item.community is None or Visibility.MEMBERS not in (item.visibility, item.community.visibility):
        return True
    return _is_member(user, item.community)


def _is_member(user: AbstractBaseUser | AnonymousUser, community: Community) -> bool:
    if not user.is_authenticated:
        return False
    return Membership.objects.filter(user=user, community=community, status=MembershipStatus.ACTIVE).exists()
