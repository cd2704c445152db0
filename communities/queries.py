"""Reads about leerkringen. What somebody may see of many things at once is said by `visible`, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, get_page_models

from communities.enums import COMING, Answer, MeetingChange, MeetingStatus, MembershipStatus, Role, Visibility
from communities.models import Community, DeskPage, EmailInvitation, Meeting, Membership, Rsvp
from tafelronde.accounts.models import User

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

ACTIVE = Q(status=MembershipStatus.ACTIVE, user__is_active=True)


# Who sees what


def member_community_ids(user: Visitor) -> QuerySet[Membership, int]:
    """The ids of the leerkringen of which `user` is a member, for use inside a filter."""
    mine = Membership.objects.filter(status=MembershipStatus.ACTIVE).values_list("community", flat=True)
    return mine.filter(user=user) if user.is_authenticated else mine.none()


def visible(user: Visitor, lookup: str = "community") -> Q:
    """A filter for published things with a field `visibility`: what `rules.may_see` allows `user`.

    `lookup` is the way to the thing's leerkring, which may be empty: then the thing is of the whole site.
    """
    of_site = Q(**{f"{lookup}__isnull": True})
    published = of_site | Q(**{f"{lookup}__page__live": True})
    if user.is_superuser:
        return published
    public = Q(visibility=Visibility.PUBLIC) & (of_site | Q(**{f"{lookup}__visibility": Visibility.PUBLIC}))
    return published & (public | Q(**{f"{lookup}__in": member_community_ids(user)}))


def communities_visible_to(user: Visitor) -> QuerySet[Community]:
    """With their pages."""
    published = Community.objects.filter(page__live=True).select_related("page", "edition")
    if user.is_superuser:
        return published
    return published.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=member_community_ids(user)))


def meetings_visible_to(user: Visitor) -> QuerySet[Meeting]:
    """With their pages, the earliest first."""
    published = Meeting.objects.filter(page__live=True).filter(visible(user, "edition__community"))
    return published.select_related("page").order_by("starts_at", "pk")


def people_visible_to(user: Visitor) -> QuerySet[User]:
    """Everybody whom `user` meets in a list of members, as `rules.may_see_members` allows."""
    return User.objects.filter(pk__in=shared_memberships(user).values("user"))


def shared_memberships(user: Visitor) -> QuerySet[Membership]:
    """The members of all published leerkringen whose list `user` may read."""
    members = Membership.objects.filter(ACTIVE, community__page__live=True)
    return members if user.is_superuser else members.filter(community__in=member_community_ids(user))


def pages_visible_to(user: Visitor) -> QuerySet[Page]:
    """All published pages of the site but those that `user` may not see, for a sitemap, a search, a chooser.

    Any page type with a field `visibility` is guarded: one with a `community`, or with a `community_lookup` to it.
    """
    pages = Page.objects.live()
    for model in get_page_models():
        if any(field.name == "visibility" for field in model._meta.get_fields()):
            pages = pages.exclude(
                pk__in=model.objects.exclude(pk__in=_guarded_pages(user, model)).values("pk")
            )
    return pages


def _guarded_pages(user: Visitor, model: type[Page]) -> QuerySet[Page]:
    pages = model.objects.live().filter(visible(user, getattr(model, "community_lookup", "community")))
    if issubclass(model, DeskPage):
        pages = pages.filter(**{f"{model.row_field}__isnull": False})
    return pages.values("pk")


# A leerkring and its people


def community_for(user: Visitor, slug: str) -> Community | None:
    """The leerkring with this slug, and the row of `user` in it as `mine`; None where there is none.

    Also one that `user` may not see: the rules decide.
    """
    rows = Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()
    found = Community.objects.filter(slug=slug).select_related("page", "edition")
    return found.prefetch_related(Prefetch("memberships", rows, to_attr="mine")).first()


@dataclass(frozen=True)
class Circle:
    """The people of a leerkring: its members by name, and how many ask to become one."""

    members: list[Membership]
    asking: int

    @property
    def organisations(self) -> int:
        """From how many organisations the members come."""
        return len({row.user.organisation.casefold() for row in self.members if row.user.organisation})


def circle_of(community: Community, user: Visitor) -> Circle:
    """All people of a leerkring in one query; keeps the row of `user` as `community.mine`, for the rules."""
    running = Q(status__in=(MembershipStatus.ACTIVE, MembershipStatus.ASKED), user__is_active=True)
    rows = list(_with_people(community).filter(running | Q(user=user.pk)))
    community.mine = [row for row in rows if row.user_id == user.pk]  # type: ignore[attr-defined]
    members = [row for row in rows if row.status == MembershipStatus.ACTIVE and row.user.is_active]
    return Circle(members, sum(row.status == MembershipStatus.ASKED for row in rows))


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
    return community.memberships.select_related("user").order_by("user__last_name", "user__first_name", "pk")


# Meetings


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


def meetings_of_edition(user: Visitor, community: Community) -> QuerySet[Meeting]:
    """What `user` may see of the current edition, as far as a list shows it."""
    return meetings_visible_to(user).filter(edition=community.edition_id).only(*LISTED_MEETING)


@dataclass(frozen=True)
class Entry:
    """A row in the list of leerkringen."""

    community: Community
    route: Route


def entries_for(user: Visitor) -> list[Entry]:
    """The list of leerkringen in two queries: those with a meeting to come first, the soonest on top."""
    communities = list(communities_visible_to(user).only(*LISTED_COMMUNITY))
    meetings: dict[int | None, list[Meeting]] = {}
    listed = meetings_visible_to(user).filter(edition__in=[row.edition_id for row in communities])
    for meeting in listed.only(*LISTED_MEETING):
        meetings.setdefault(meeting.edition_id, []).append(meeting)
    now = timezone.now()
    entries = [Entry(row, route_of(meetings.get(row.edition_id, []), now)) for row in communities]
    return sorted(entries, key=_soonest)


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


def meeting_for(user: Visitor, community_slug: str, slug: str) -> Meeting | None:
    """The meeting at this address that `user` may see, with its leerkring."""
    found = meetings_visible_to(user).filter(edition__community__slug=community_slug, slug=slug)
    return found.select_related("edition__community__page").first()


def rsvps_of(meeting: Meeting) -> list[Rsvp]:
    """All answers with their people, by name."""
    rows = meeting.rsvps.filter(user__is_active=True).select_related("user")
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))


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


# For one person, across leerkringen


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
