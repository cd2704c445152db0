"""Who may do what in a leerkring. A rule reads what it is given and looks up one membership where that is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from django.utils import timezone

from communities.enums import Answer, Joining, MeetingKind, MeetingStatus, MembershipStatus, Role, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from communities.models import Community, Meeting, Membership, Rsvp
    from tafelronde.accounts.models import User

    Visitor: TypeAlias = User | AnonymousUser


class Guarded(Protocol):
    """Anything that only some may see: a leerkring, a meeting, a page of theirs."""

    @property
    def published(self) -> bool: ...
    @property
    def visibility(self) -> str: ...
    @property
    def community(self) -> Community | None: ...


def membership_of(user: Visitor, community: Community) -> Membership | None:
    """The row of `user`, whatever its status. One look-up, none where `queries.community_for` gave `mine` along."""
    if not user.is_authenticated:
        return None
    rows = getattr(community, "mine", None)
    if rows is None:
        rows = community.memberships.filter(user=user)
    return next((row for row in rows if row.user_id == user.pk), None)


def is_member(user: Visitor, community: Community) -> bool:
    return _has_status(user, community, MembershipStatus.ACTIVE)


def is_coordinator(user: Visitor, community: Community) -> bool:
    row = membership_of(user, community)
    return row is not None and row.status == MembershipStatus.ACTIVE and row.role == Role.COORDINATOR


def is_public(thing: Guarded) -> bool:
    """Members-only is stronger: what a members-only leerkring has is for its members, whatever its own field says."""
    community = thing.community
    return thing.visibility == Visibility.PUBLIC and (
        community is None or community.visibility == Visibility.PUBLIC
    )


def may_see(user: Visitor, thing: Guarded) -> bool:
    """The same answer for one thing as `queries.visible` gives for many. Administrators see all that is published."""
    community = thing.community
    if not thing.published or (community is not None and not community.published):
        return False
    if is_public(thing) or user.is_superuser:
        return True
    return community is not None and is_member(user, community)


def may_find(user: Visitor, community: Community) -> bool:
    """Come to the door: see the leerkring, or have a request or an invitation there."""
    return may_see(user, community) or (
        community.published and (may_accept(user, community) or may_leave(user, community))
    )


def may_join(user: Visitor, community: Community) -> bool:
    """Become a member at once."""
    return community.joining == Joining.OPEN and _is_outside(user, community)


def may_ask(user: Visitor, community: Community) -> bool:
    """Ask to become a member, also again after a refusal or after leaving."""
    return community.joining == Joining.REQUEST and _is_outside(user, community)


def may_accept(user: Visitor, community: Community) -> bool:
    """Say yes or no to an invitation."""
    return _has_status(user, community, MembershipStatus.INVITED)


def may_leave(user: Visitor, community: Community) -> bool:
    """Members leave, who asked takes the request back. That a coordinator remains is the action's care."""
    return _has_status(user, community, MembershipStatus.ACTIVE, MembershipStatus.ASKED)


def may_see_members(user: Visitor, community: Community) -> bool:
    return user.is_superuser or is_member(user, community)


def may_decide(user: Visitor, community: Community) -> bool:
    """Read the requests to join and answer them."""
    return user.is_superuser or is_coordinator(user, community)


def may_invite(user: Visitor, community: Community) -> bool:
    return may_decide(user, community)


def may_appoint(user: Visitor, community: Community) -> bool:
    """Make coordinators, end memberships."""
    return may_decide(user, community)


def may_answer(user: Visitor, meeting: Meeting) -> bool:
    """Say whether one comes: members, and to an information meeting everybody with an account, until it is over."""
    return (
        user.is_authenticated
        and meeting.status == MeetingStatus.PLANNED
        and timezone.now() < meeting.ends_at
        and may_see(user, meeting)
        and _is_invited(user, meeting)
    )


def may_see_answers(user: Visitor, meeting: Meeting) -> bool:
    """Who comes, by name. How many come is no secret."""
    return may_see_members(user, meeting.community)


def may_open_video(user: Visitor, meeting: Meeting, rsvp: Rsvp | None) -> bool:
    """The link to the video meeting: for who comes."""
    return rsvp is not None and rsvp.answer in (Answer.YES, Answer.ONLINE) and may_answer(user, meeting)


def _is_invited(user: Visitor, meeting: Meeting) -> bool:
    return meeting.kind == MeetingKind.INFORMATION or is_member(user, meeting.community)


def _is_outside(user: Visitor, community: Community) -> bool:
    """Somebody with an account who sees the leerkring and has nothing running with it."""
    inside = (MembershipStatus.ACTIVE, MembershipStatus.ASKED, MembershipStatus.INVITED)
    return user.is_authenticated and may_see(user, community) and not _has_status(user, community, *inside)


def _has_status(user: Visitor, community: Community, *statuses: MembershipStatus) -> bool:
    row = membership_of(user, community)
    return row is not None and row.status in statuses
