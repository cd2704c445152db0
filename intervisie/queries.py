"""Reads for the lists and pages of intervisie. What was said inside a session is read through the engine alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities.enums import MeetingStatus, MembershipStatus
from communities.models import Community, Meeting
from communities.queries import meetings_visible_to
from intervisie import engine
from intervisie.engine import Method, load_shipped
from intervisie.engine.plan import Fit, fit, fitted_json, shortest
from intervisie.enums import Experience, Invitation, SessionStatus
from intervisie.models import Case, Participant, Session
from intervisie.rules import OPEN
from tafelronde.accounts.models import User

STALE = timedelta(days=1)  # a session that has not begun a day after its hour will not begin any more
ASK_FOR = timedelta(days=30)  # how long somebody is asked what came of an intention


class Task(TypedDict):
    """Something that waits for somebody, for the start page. Neutral: no title and no word of a session."""

    title: str
    url: str
    text: str


@dataclass(slots=True)
class Sessions:
    """The sessions of one person, as the list shows them."""

    running: list[Session] = field(default_factory=list)
    coming: list[Session] = field(default_factory=list)
    past: list[Session] = field(default_factory=list)


def sessions_between(begin: datetime, end: datetime) -> QuerySet[Session]:
    """Sessions that are to start after `begin`, at `end` at the latest."""
    return Session.objects.filter(status=SessionStatus.PLANNED, starts_at__gt=begin, starts_at__lte=end)


# Cases


def cases_of(user: User) -> QuerySet[Case]:
    """The cases of `user`, last changed first."""
    return Case.objects.filter(owner=user)


def names_around(user: User) -> list[str]:
    """First, last and full names of the people with whom `user` shares a leerkring; a case should not hold them."""
    people = (
        User.objects.filter(
            memberships__community__in=communities_of(user), memberships__status=MembershipStatus.ACTIVE
        )
        .exclude(pk=user.pk)
        .distinct()
    )
    names = {
        name for person in people for name in (person.get_full_name(), person.first_name, person.last_name)
    }
    return sorted(name for name in names if len(name) > 2)


# Sessions


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """The sessions that `user` organises or has a seat in, with the seats; the same set as `may_see_session`."""
    seats = Participant.objects.filter(removed_at=None)
    return (
        Session.objects.filter(Q(organiser=user) | Exists(seats.filter(session=OuterRef("pk"), user=user)))
        .select_related("organiser", "community", "meeting__edition")
        .prefetch_related(Prefetch("participants", seats.select_related("user")))
    )


def address_of_meeting(user: User, session: Session) -> str:
    """The page of the meeting that it is part of; empty where there is none, or none that `user` may see."""
    if session.meeting_id is None:
        return ""
    meeting = meetings_visible_to(user).filter(pk=session.meeting_id).first()
    return meeting.get_absolute_url() if meeting else ""


def sessions_of(user: User) -> Sessions:
    """What runs, what comes (first one first) and what was (last one first)."""
    sessions = Sessions()
    begins = timezone.now() - STALE
    for session in sessions_visible_to(user).order_by("starts_at"):
        if session.status == SessionStatus.RUNNING:
            sessions.running.append(session)
        elif session.status == SessionStatus.PLANNED and session.starts_at > begins:
            sessions.coming.append(session)
        else:
            sessions.past.insert(0, session)
    return sessions


def tasks_for(user: User) -> list[Task]:
    """Open invitations, what is today, and intentions whose day has come. One query."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    soon = Q(session__status__in=OPEN, session__starts_at__gt=now - STALE)
    due = Q(session__status=SessionStatus.ENDED, intention_on__range=(now.date() - ASK_FOR, now.date()))
    seats = (
        Participant.objects.filter(soon | due, user=user, removed_at=None)
        .exclude(invitation=Invitation.DECLINED)
        .select_related("session")
        .order_by("session__starts_at")
    )
    tasks = (_task(seat, midnight + timedelta(days=1)) for seat in seats)
    return [task for task in tasks if task is not None]


def _task(seat: Participant, tomorrow: datetime) -> Task | None:
    session = seat.session
    page = reverse("intervisie:session", args=[session.pk])
    start = timezone.localtime(session.starts_at)
    clock = pgettext("format of a clock time, for Django's date filter", "G:i")
    when = _("%(day)s at %(time)s") % {"day": date_format(start, "l j F"), "time": date_format(start, clock)}
    if session.status == SessionStatus.ENDED:
        harvest = reverse("intervisie:harvest", args=[session.pk])
        return Task(title=_("What came of your intention?"), url=harvest, text=session.neutral_title)
    if seat.invitation == Invitation.INVITED:
        return Task(title=_("Will you join the intervisie?"), url=page, text=when)
    if session.status == SessionStatus.RUNNING:
        return Task(title=_("Your intervisie is going on now"), url=page, text=when)
    if start < tomorrow:
        return Task(title=_("Intervisie today"), url=page, text=when)
    return None


# Planning


def communities_of(user: User) -> QuerySet[Community]:
    """Where `user` is an active member, and so may plan."""
    return Community.objects.filter(memberships__user=user, memberships__status=MembershipStatus.ACTIVE)


def members_of(community: Community) -> QuerySet[User]:
    """The active members of a leerkring, in order of name."""
    return User.objects.filter(
        memberships__community=community, memberships__status=MembershipStatus.ACTIVE, is_active=True
    ).order_by("first_name", "last_name")


def people_to_ask(session: Session) -> QuerySet[User] | None:
    """The members of the session's leerkring who have no seat yet; None outside a leerkring."""
    if session.community is None:
        return None
    seated = session.participants.filter(removed_at=None).values("user")
    return members_of(session.community).exclude(pk__in=seated)


def meetings_for(community: Community, session: Session | None = None) -> QuerySet[Meeting]:
    """The meetings to come of a leerkring, and the one that `session` is part of already."""
    ahead = Q(status=MeetingStatus.PLANNED, ends_at__gt=timezone.now())
    own = Q(pk=session.meeting_id if session else None)
    return Meeting.objects.filter(ahead | own, edition__community=community).order_by("starts_at")


def times_brought(session: Session, people: Iterable[int]) -> dict[int, int]:
    """How often each of these people (ids of users) had a case on the table, in earlier sessions of the leerkring (or,
    outside one, of the organiser); who never had is left out. One query."""
    same = (
        Q(session__community=session.community_id)
        if session.community_id
        else Q(session__organiser=session.organiser_id)
    )
    rows = Participant.objects.filter(same, user__in=people, brought=True).exclude(session=session.pk)
    return dict(rows.values_list("user").annotate(Count("pk")).order_by())


# Methods


def group_chooses(session: Session) -> bool:
    """Whether whose case it will be is found at the table: none was chosen beforehand, or all take turns."""
    method = session.parsed_method
    return method.needs_bringer and (session.chosen_seat is None or method.loop is not None)


def shipped_methods() -> list[Method]:
    """The methods that come with the product, in order of name."""
    return sorted(load_shipped().values(), key=lambda method: method.name.nl)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a group looks for in a method; what is None or empty does not count."""

    purpose: str = ""
    people: int | None = None
    minutes: int | None = None
    experience: str = ""


def methods_for(wanted: Wanted) -> list[Method]:
    """The shipped methods that can be played so, in order of name. Time: what the method takes at its shortest."""
    return [method for method in shipped_methods() if _suits(method, wanted)]


def _suits(method: Method, wanted: Wanted) -> bool:
    people = wanted.people or method.group.ideal
    levels = Experience.values
    return (
        (not wanted.purpose or wanted.purpose in method.purpose)
        and method.group.min <= people <= method.group.max
        and (wanted.minutes is None or shortest(method, people) <= wanted.minutes)
        and (not wanted.experience or levels.index(method.experience) <= levels.index(wanted.experience))
    )


def fit_of(method: Method, people: int, minutes: int, *, chosen: bool = False) -> Fit:
    """How a method is made to fit the time there is; `chosen`: the steps that find the case are not played."""
    first = 0 if not chosen or method.case_step is None else method.case_step + 1
    return fit(replace(method, steps=method.steps[first:]), people, minutes)


def shipped_json(method_id: str, fitted: Fit | None = None) -> dict[str, Any]:
    """A shipped method for a session's own copy, with other minutes where it was `fitted`. Raises KeyError on an
    unknown id."""
    data = engine.shipped_json(method_id)
    return data if fitted is None else fitted_json(data, fitted)
