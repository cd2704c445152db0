"""Makes leerkringen with their pages, meetings and memberships for tests."""

from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from django.utils import timezone

from communities.actions.leading import make_coordinator
from communities.enums import MembershipStatus, Pillar, Role
from communities.models import (
    Community,
    LeerkringIndexPage,
    LeerkringPage,
    Meeting,
    MeetingPage,
    Membership,
    ProgrammeItem,
)
from tafelronde.accounts.models import User
from tafelronde.pages.models import HomePage
from tests.tafelronde.factories import make_user

PageT = TypeVar("PageT", LeerkringPage, MeetingPage)

_number = count(1)


def make_index() -> LeerkringIndexPage:
    """The list of leerkringen, at /leerkringen/."""
    found = LeerkringIndexPage.objects.first()
    return found or HomePage.objects.get().add_child(
        instance=LeerkringIndexPage(title="Leerkringen", slug="leerkringen")
    )


def make_leerkring_page(*, live: bool = True, **fields: object) -> LeerkringPage:
    """A page under the list; published by default, so that it has its row."""
    number = next(_number)
    values = {
        "title": f"Leerkring {number}",
        "slug": f"leerkring-{number}",
        "question": "Hoe stuur je mee waar niemand de baas is?",
        "intro": "Mensen uit allerlei organisaties leren van elkaar.",
        "edition": "najaar 2026",
        **fields,
    }
    page = make_index().add_child(instance=LeerkringPage(live=False, **values))
    return publish(page) if live else page


def make_community(**fields: object) -> Community:
    """A leerkring with its published page; `fields` are those of the page."""
    return make_leerkring_page(**fields).community


def make_meeting_page(
    community: Community | None = None,
    *,
    starts_at: datetime | None = None,
    live: bool = True,
    **fields: object,
) -> MeetingPage:
    """A page below that of the leerkring, in three weeks from now and of seven hours where nothing else is said."""
    number = next(_number)
    start = starts_at or timezone.now().replace(minute=30, second=0, microsecond=0) + timedelta(days=21)
    values = {
        "title": f"Bijeenkomst {number}",
        "slug": f"bijeenkomst-{number}",
        "starts_at": start,
        "ends_at": start + timedelta(hours=7),
        "city": "Kampen",
        **fields,
    }
    parent = (community or make_community()).page
    page = LeerkringPage.objects.get(pk=parent.pk).add_child(instance=MeetingPage(live=False, **values))
    return publish(page) if live else page


def make_meeting(community: Community | None = None, **fields: object) -> Meeting:
    """A meeting with its published page; `fields` are those of the page."""
    return make_meeting_page(community, **fields).meeting


def make_programme(page: MeetingPage, *minutes: int) -> MeetingPage:
    """Gives the page a programme of as many items, the pillars in turn, and publishes it."""
    pillars = [Pillar.NEWS, Pillar.INTERVISIE, Pillar.DEEPENING, Pillar.VISIT]
    page.programme = [
        ProgrammeItem(
            pillar=pillars[number % 4], title=f"Onderdeel {number}", minutes=length, sort_order=number
        )
        for number, length in enumerate(minutes)
    ]
    return publish(page)


def make_membership(
    community: Community,
    user: User | None = None,
    *,
    role: Role = Role.MEMBER,
    status: MembershipStatus = MembershipStatus.ACTIVE,
    **fields: object,
) -> Membership:
    """Somebody in a leerkring; a coordinator gets the rights in Wagtail too."""
    membership = Membership.objects.create(
        community=community, user=user or make_user(), status=status, role=role, **fields
    )
    if role == Role.COORDINATOR and status == MembershipStatus.ACTIVE:
        make_coordinator(membership)
    return membership


def make_coordinator_of(community: Community, **fields: object) -> User:
    return make_membership(community, make_user(**fields), role=Role.COORDINATOR).user


def publish(page: PageT) -> PageT:
    """Publishes as an editor does, and returns the page as it then is."""
    page.refresh_from_db(fields=["numchild"])  # children may have come since; saving must not forget them
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
