"""The meetings of a leerkring as a line of host cities, and the list of leerkringen with theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from communities import rules
from communities.models import Community, Meeting, Membership
from communities.queries.people import ACTIVE
from communities.queries.sight import communities_visible_to, meetings_visible_to, prepared_for
from tafelronde.prepared import prepared

if TYPE_CHECKING:
    from communities.rules import Visitor

# What a list shows of each: half of what a row costs is in its columns.
LISTED_COMMUNITY = [
    "slug",
    "title",
    "format",
    "visibility",
    "edition__title",
    "page__url_path",
    "page__question",
    "page__lang",
]
LISTED_MEETING = [
    "edition",
    "kind",
    "title",
    "slug",
    "city",
    "starts_at",
    "ends_at",
    "status",
    "page__url_path",
    "page__starts_at",
]


@dataclass(frozen=True)
class Route:
    """The meetings of an edition in their order, and which of them is next (None: all are over)."""

    meetings: list[Meeting]
    next: Meeting | None

    @property
    def stops(self) -> list[tuple[Meeting, str]]:
        """Each meeting with its state on the line: held, next or open."""
        return [(meeting, self._state(meeting)) for meeting in self.meetings]

    def _state(self, meeting: Meeting) -> str:
        if meeting == self.next:
            return "next"
        return "held" if meeting.is_over else "open"


def route_of(meetings: Iterable[Meeting], now: datetime) -> Route:
    """The line of host cities. A meeting that was cancelled and whose day is over is no longer on it."""
    shown = [meeting for meeting in meetings if not (meeting.is_cancelled and meeting.ends_at <= now)]
    ahead = (meeting for meeting in shown if meeting.ends_at > now and not meeting.is_cancelled)
    return Route(shown, next(ahead, None))


def meetings_of_edition(user: Visitor, community: Community) -> list[Meeting]:
    """What `user` may see of the current edition, as far as a list shows it, the earliest first.

    The leerkring is at hand, so the rule is asked rather than the database: half the query would be about that.
    """
    edition = community.edition
    if edition is None:
        return []
    edition.community = community
    meetings = _published_meetings(edition.pk)
    for meeting in meetings:
        meeting.edition = edition
    return [meeting for meeting in meetings if rules.may_see(user, meeting)]


@prepared
def _published_meetings(edition: int) -> QuerySet[Meeting]:
    published = Meeting.objects.filter(page__live=True, edition=edition).select_related("page")
    return published.only(*LISTED_MEETING, "visibility", "page__live").order_by("starts_at", "pk")


@dataclass(frozen=True)
class Entry:
    """A row in the list of leerkringen."""

    community: Community
    route: Route


def entries_for(user: Visitor) -> list[Entry]:
    """The list of leerkringen in two queries: those with a meeting to come first, the soonest on top."""
    meetings: dict[int | None, list[Meeting]] = {}
    for meeting in _listed_meetings(user):
        meetings.setdefault(meeting.edition_id, []).append(meeting)
    now = timezone.now()
    listed = _listed_communities(user)
    entries = [Entry(row, route_of(meetings.get(row.edition_id, []), now)) for row in listed]
    return sorted(entries, key=_soonest)


@prepared_for
def _listed_communities(user: Visitor) -> QuerySet[Community]:
    return communities_visible_to(user).only(*LISTED_COMMUNITY)


@prepared_for
def _listed_meetings(user: Visitor) -> QuerySet[Meeting]:
    """Those of current editions."""
    current = meetings_visible_to(user).filter(edition=F("edition__community__edition"))
    return current.only(*LISTED_MEETING)


def stops_ahead(entries: Iterable[Entry]) -> list[tuple[Meeting, str]]:
    """The meetings to come of all these leerkringen, each with its state, the soonest first."""
    stops = (stop for entry in entries for stop in entry.route.stops if not stop[0].is_over)
    return sorted(stops, key=lambda stop: stop[0].starts_at)


def member_counts(communities: Iterable[Community]) -> dict[int, int]:
    """How many members each of these has, by its id; those without any are left out."""
    members = Membership.objects.filter(ACTIVE, community__in=communities)
    return dict(members.values_list("community").annotate(Count("pk")))


def _soonest(entry: Entry) -> tuple[bool, float, str]:
    following = entry.route.next
    return (following is None, following.starts_at.timestamp() if following else 0, entry.community.title)
