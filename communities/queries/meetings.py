"""One meeting and who comes; the meetings and leerkringen of one person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from communities.enums import COMING, Answer, MeetingChange, MeetingStatus, MembershipStatus
from communities.models import Meeting, Membership, Rsvp
from communities.queries.people import BY_NAME, members_of
from communities.queries.sight import meetings_visible_to, member_community_ids
from tafelronde.accounts.models import User
from tafelronde.prepared import prepared

if TYPE_CHECKING:
    from communities.rules import Visitor


def meeting_for(user: Visitor, community_slug: str, slug: str) -> Meeting | None:
    """The meeting at this address that `user` may see, with its leerkring."""
    found = meetings_visible_to(user).filter(edition__community__slug=community_slug, slug=slug)
    return found.select_related("edition__community__page").first()


def rsvps_of(meeting: Meeting) -> list[Rsvp]:
    """All answers with their people, by name."""
    return _rsvps_with_people(meeting.pk)


@prepared
def _rsvps_with_people(meeting: int) -> QuerySet[Rsvp]:
    rows = Rsvp.objects.filter(meeting=meeting, user__is_active=True)
    return rows.select_related("user").order_by(*BY_NAME)


def answers_of(meeting: Meeting) -> dict[str, int]:
    """How often each answer was given."""
    return dict(_counted_answers(meeting.pk))


@prepared
def _counted_answers(meeting: int) -> QuerySet[Rsvp, tuple[str, int]]:
    given = Rsvp.objects.filter(meeting=meeting, user__is_active=True)
    return given.values_list("answer").annotate(Count("pk")).order_by()


def people_concerned(meeting: Meeting, change: MeetingChange) -> QuerySet[User]:
    """Who must know of this change: all members of a new date, of anything else whoever did not say no.

    Who has not answered has the meeting in the calendar too. Visitors of an information meeting hear of it once
    they have said that they come.
    """
    members = User.objects.filter(memberships__in=members_of(meeting.community))
    if change in (MeetingChange.PLACE, MeetingChange.CANCELLED):
        members = members.exclude(rsvps__in=meeting.rsvps.filter(answer=Answer.NO))
    coming = User.objects.filter(rsvps__in=meeting.rsvps.filter(answer__in=COMING))
    return User.objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=coming.values("pk")), is_active=True)


def meetings_between(begin: datetime, end: datetime) -> QuerySet[Meeting]:
    """Published meetings that go on and start after `begin`, at `end` at the latest."""
    going_on = Meeting.objects.filter(page__live=True, status=MeetingStatus.PLANNED)
    return going_on.filter(starts_at__gt=begin, starts_at__lte=end)


def people_to_remind(meeting: Meeting, *, before: datetime) -> QuerySet[User]:
    """Who comes, or may come, and said so before a moment: whoever did later knows."""
    rsvps = meeting.rsvps.filter(answer__in=COMING, answered_at__lte=before)
    return User.objects.filter(rsvps__in=rsvps, is_active=True)


def memberships_of(user: User) -> QuerySet[Membership]:
    """The leerkringen of `user` with their pages, by title; also where the request or invitation is still open."""
    running = (MembershipStatus.ACTIVE, MembershipStatus.ASKED, MembershipStatus.INVITED)
    rows = user.memberships.filter(status__in=running, community__page__live=True)
    return rows.select_related("community__page").order_by("community__title")


def meetings_ahead_of(user: User) -> QuerySet[Meeting]:
    """What is still to come for `user`, the soonest first, with leerkring, and own answer as `mine` (at most one)."""
    own = Prefetch("rsvps", Rsvp.objects.filter(user=user), to_attr="mine")
    ahead = meetings_visible_to(user).filter(
        Q(edition__community__in=member_community_ids(user))
        | Q(rsvps__in=user.rsvps.filter(answer__in=COMING)),
        status=MeetingStatus.PLANNED,
        ends_at__gt=timezone.now(),
    )
    return ahead.select_related("edition__community__page").prefetch_related(own).distinct()
