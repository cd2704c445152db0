"""The demo is one whole leerkring, made through the actions, and made once."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.enums import MembershipStatus, Role
from communities.models import Community, Meeting, Membership
from intervisie.actions import load_room
from intervisie.enums import SessionStatus
from intervisie.models import Session
from knowledge.models import NewsPage, PublicationPage
from knowledge.queries import newest
from tafelronde.accounts.models import User

pytestmark = pytest.mark.django_db


def demo() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_the_demo_is_the_first_programme_of_the_domain(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = demo()
    counts = [
        model.objects.count() for model in (User, Community, Meeting, Session, NewsPage, PublicationPage)
    ]
    assert demo() == first, "a second time changes nothing and says the same"
    assert counts == [
        model.objects.count() for model in (User, Community, Meeting, Session, NewsPage, PublicationPage)
    ]
    members = Membership.objects.filter(status=MembershipStatus.ACTIVE, role=Role.MEMBER).select_related(
        "user"
    )
    assert members.count() == 16
    assert len({membership.user.organisation for membership in members}) == 14
    meetings = Meeting.objects.order_by("starts_at")
    assert [meeting.kind for meeting in meetings] == ["information"] + 5 * ["meeting"]
    assert sum(meeting.ends_at < timezone.now() for meeting in meetings) == 3, (
        "information, and two of five held"
    )
    assert NewsPage.objects.live().count() == 8
    assert PublicationPage.objects.live().count() == 7
    kinds = [type(item) for item in newest(AnonymousUser(), news=4, publications=2)]
    assert kinds == 4 * [NewsPage] + 2 * [PublicationPage]
    ended = Session.objects.filter(status=SessionStatus.ENDED)
    assert {session.method_id for session in ended} == {"INC6", "ROD"}
    for session in ended:
        state = load_room(session.pk).state
        kinds = {item.kind for item in state.items.values()}
        assert {"pitch", "question", "answer", "intention", "takeaway"} <= kinds
    assert {s.method_id for s in Session.objects.filter(status=SessionStatus.PLANNED)} == {"INC6", "ROD"}


def test_the_demo_is_refused_in_production(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        demo()
    assert not User.objects.exists()
