"""What the start page gathers from all parts for one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images.models import Image, Rendition
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.permissions import policy_registry

from communities.enums import MembershipStatus, Pillar, Role
from communities.models import LeerkringPage, Meeting, Membership, Slot
from communities.queries import meetings_ahead_of, memberships_of, pages_visible_to
from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Participant
from intervisie.queries import tasks_for as intervisie_tasks
from knowledge.models import ItemPage
from knowledge.queries import newest
from tafelronde.accounts.models import User
from tafelronde.pages.models import HomePage
from tafelronde.prepared import prepared

FOUR_PILLARS = (Pillar.NEWS, Pillar.INTERVISIE, Pillar.DEEPENING, Pillar.VISIT)
SHOWN_MEETINGS = 4
SHOWN_SESSIONS = 5
LATE = timedelta(days=1)  # a session may begin late; a day after its hour it will not begin any more

# The page types below the home page, each with the way to the rows that it cannot do without.
TYPES = {
    "leerkringindexpage": [],
    "leerkringpage": ["community__edition"],
    "meetingpage": ["meeting__edition__community__page"],
    "knowledgeindexpage": [],
    "newsindexpage": [],
    "newspage": ["community__page"],
    "publicationindexpage": [],
    "publicationpage": ["community__page"],
}
HOME_DEPTH = 2  # of the home page in Wagtail's tree
# What only the desk asks of a page, and what another page asks of that of its leerkring: half of what a row costs is
# in its columns.
DESK = (
    "translation_key",
    "locale",
    "latest_revision",
    "has_unpublished_changes",
    "go_live_at",
    "expire_at",
    "expired",
    "locked_at",
    "latest_revision_created_at",
    "live_revision",
    "draft_title",
    "show_in_menus",
)
SHOWN_OF_LEERKRING = {"page_ptr", "community", "id", "title", "url_path", "live", "visibility", "lang"}


def page_at(path: str) -> Page | None:
    """The published page at a path without its first slash, "" or "kennis/", with the rows that it cannot do without.

    Takes two queries at any depth, where Wagtail's own way takes two for each step down.
    """
    if not path:
        return next(iter(_home()), None)
    steps = path.rstrip("/").split("/")
    for pk, type_id, url_path in _places(steps[-1], HOME_DEPTH + len(steps)):
        if url_path.split("/", HOME_DEPTH)[HOME_DEPTH] == path:
            kind = ContentType.objects.get_for_id(type_id)
            return next(iter(_page_of(kind.model)(pk)), None)
    return None


@prepared
def _home() -> QuerySet[HomePage]:
    return HomePage.objects.live().defer(*DESK)


@prepared
def _places(slug: str, depth: int) -> QuerySet[Page, tuple[int, int, str]]:
    found = Page.objects.live().filter(slug=slug, depth=depth).order_by()
    return found.values_list("pk", "content_type", "url_path")


@cache
def _page_of(kind: str) -> "prepared[Page]":
    """Finds the page of this kind with a certain key, as far as a reader sees it, with the rows that it cannot do without."""
    rows = TYPES[kind]
    unseen = [
        f"{row}__{field.name}"
        for row in rows
        if row.endswith("__page")
        for field in LeerkringPage._meta.concrete_fields
        if field.name not in SHOWN_OF_LEERKRING
    ]
    model = next(model for model in get_page_models() if model._meta.model_name == kind)
    pages = model.objects.select_related(*rows).defer(*DESK, *unseen).order_by()
    return prepared(lambda pk: pages.filter(pk=pk))


def image_named(name: str) -> Rendition | None:
    """A picture in one of its sizes, by the name of its file."""
    if "\0" in name:  # PostgreSQL refuses to look for it
        return None
    return Rendition.objects.select_related("image").filter(file=f"images/{name}").first()


def may_open_image(user: User | AnonymousUser, image: Image) -> bool:
    """Whether a picture may be handed out: to who may read a page that shows it, and to who may choose it at the desk."""
    shown = ReferenceIndex.get_references_to(image).filter(base_content_type__model="page")
    pages = pages_visible_to(user).filter(
        pk__in=[int(pk) for pk in shown.values_list("object_id", flat=True)]
    )
    return pages.exists() or policy_registry.get_by_type(Image).user_has_permission_for_instance(
        user, "choose", image
    )


class Task(NamedTuple):
    """Something that waits for somebody: what it is, where to do it, a few words about it, and the day it is about."""

    title: str
    url: str
    text: str
    when: datetime | None = None


@dataclass(frozen=True)
class Start:
    """All that stands on the start page of one person."""

    next: Meeting | None
    pillars: list[Slot]
    later: list[Meeting]
    tasks: list[Task]
    memberships: list[Membership]
    seats: list[Participant]
    news: list[ItemPage]

    @property
    def stops(self) -> list[tuple[Meeting, str]]:
        """The meetings ahead, each with its state on the map."""
        following = [(self.next, "next")] if self.next else []
        return following + [(meeting, "open") for meeting in self.later]


def start_for(user: User) -> Start:
    """The start page of `user`, in the same number of queries for three and for thirty things."""
    meetings = list(meetings_ahead_of(user)[:SHOWN_MEETINGS])
    memberships = list(_memberships(user))
    return Start(
        next=meetings[0] if meetings else None,
        pillars=_pillars(meetings[0]) if meetings else [],
        later=meetings[1:],
        tasks=[*_of_memberships(memberships), *_of_meetings(meetings), *_of_intervisie(user)],
        memberships=[row for row in memberships if row.status == MembershipStatus.ACTIVE],
        seats=list(_seats(user)[:SHOWN_SESSIONS]),
        news=newest(user, news=4, publications=2),
    )


def _memberships(user: User) -> QuerySet[Membership]:
    """With, as `asking`, how many people wait for an answer of the leerkring's coordinators."""
    waiting = Q(community__memberships__status=MembershipStatus.ASKED)
    return memberships_of(user).annotate(asking=Count("community__memberships", filter=waiting))


def _pillars(meeting: Meeting) -> list[Slot]:
    return [slot for slot in meeting.page.slots if slot.item.pillar in FOUR_PILLARS]


def _seats(user: User) -> QuerySet[Participant]:
    """The seats of `user` in sessions that run or are to come, the first one first."""
    going_on = Q(session__status=SessionStatus.RUNNING)
    coming = Q(session__status=SessionStatus.PLANNED, session__starts_at__gt=timezone.now() - LATE)
    seats = user.seats.filter(going_on | coming, removed_at=None).exclude(invitation=Invitation.DECLINED)
    return seats.select_related("session__community").order_by("session__starts_at")


def _of_memberships(memberships: list[Membership]) -> list[Task]:
    return [task for row in memberships if (task := _of_membership(row))]


def _of_membership(row: Membership) -> Task | None:
    slug, title = row.community.slug, row.community.title
    if row.status == MembershipStatus.INVITED:
        return Task(_("Will you join this leerkring?"), reverse("communities:join", args=[slug]), title)
    asking: int = row.asking  # type: ignore[attr-defined] # counted by the query
    if row.status == MembershipStatus.ACTIVE and row.role == Role.COORDINATOR and asking:
        text = ngettext("%(count)d request to join", "%(count)d requests to join", asking)
        return Task(text % {"count": asking}, reverse("communities:requests", args=[slug]), title)
    return None


def _of_meetings(meetings: list[Meeting]) -> list[Task]:
    """A question for each later meeting without an answer; the next one has its buttons on the page itself."""
    return [
        Task(
            _("Will you be in %(city)s?") % {"city": meeting.city},
            meeting.page.url,
            meeting.community.title,
            meeting.starts_at,
        )
        for meeting in meetings[1:]
        if not meeting.mine  # type: ignore[attr-defined] # fetched by the query
    ]


def _of_intervisie(user: User) -> list[Task]:
    return [Task(**task) for task in intervisie_tasks(user)]
