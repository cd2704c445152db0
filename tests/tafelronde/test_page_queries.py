"""How many queries a warm page takes: fewer than eight, but for the few that gather most, and those twelve at most."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Community
from communities.queries import meetings_visible_to
from intervisie.enums import SessionStatus
from intervisie.models import Participant
from knowledge.models import NewsPage, PublicationPage
from knowledge.queries import visible_to
from tafelronde.accounts.models import User

MOST = 12
FEW = 8  # under which all others stay
PLANNING = "/intervisie/nieuw/?leerkring={slug}"
PLANNING_FOR_A_DAY = f"{PLANNING}&bijeenkomst={{day}}"
GATHERING = {"/leerkringen/", "/start/", PLANNING, PLANNING_FOR_A_DAY}
FOR_ALL = [
    "/",
    "/leerkringen/",
    "{leerkring}",
    "{meeting}",
    "/kennis/",
    "/kennis/actualiteiten/",
    "/kennis/publicaties/",
    "{news}",
    "{publication}",
    "/zoeken/?q=samenwerken",
    "/privacy/",
    "/sitemap.xml",
    "/kennis/actualiteiten/rss.xml",
]
FOR_VISITORS = [*FOR_ALL, "/account/login/", "/account/signup/"]
FOR_MEMBERS = [
    *FOR_ALL,
    "/start/",
    "/profiel/",
    "/account/email/",
    "/account/2fa/",
    "/kring/{slug}/leden/",
    "/intervisie/",
    "/intervisie/casussen/",
    "/intervisie/methoden/",
    "/intervisie/methoden/INC6/",
    PLANNING,
    PLANNING_FOR_A_DAY,
    "/kring/{slug}/verlaten/",
    "{answer}",
    "/mail/",
    "/account/password/change/",
    "/stijl/",
    "/postbus/",
]
AT_THE_TABLE = ["{session}", "{session}tafel/"]
FOR_WHO_BROUGHT = ["{held}", "{held}opbrengst/", "{case}", "{case}wijzigen/", "{case}wissen/"]
FOR_ORGANISERS = ["{session}wijzigen/", "{session}mensen/", "{session}afzeggen/", "{held}wissen/"]
FOR_COORDINATORS = [*FOR_MEMBERS, "/kring/{slug}/verzoeken/", "/kring/{slug}/uitnodigen/", "{member}"]
COORDINATOR = "marjan@tafelronde.example"
READERS = {
    "": FOR_VISITORS,
    "saskia@tafelronde.example": [*FOR_MEMBERS, *AT_THE_TABLE, *FOR_WHO_BROUGHT],
    "erik@tafelronde.example": [*AT_THE_TABLE, *FOR_ORGANISERS],
    COORDINATOR: FOR_COORDINATORS,
}


@pytest.fixture
def places() -> dict[str, str]:
    """The demo's own pages, of each kind the last one."""
    call_command("demo", verbosity=0)
    community = Community.objects.get(slug="slim-samenwerken")
    saskia = User.objects.get(email="saskia@tafelronde.example")
    seats = Participant.objects.filter(user=saskia, removed_at=None)
    seat = seats.get(session__status=SessionStatus.PLANNED)
    held = seats.get(session__status=SessionStatus.ENDED)
    meeting = meetings_visible_to(AnonymousUser()).last()
    assert meeting
    return {
        "slug": community.slug,
        "day": meeting.slug,
        "answer": reverse("communities:answer", args=[community.slug, meeting.slug]),
        "member": reverse(
            "communities:member", args=[community.slug, community.memberships.get(user=saskia).pk]
        ),
        "held": reverse("intervisie:session", args=[held.session_id]),
        "case": reverse("intervisie:case_detail", args=[saskia.cases.first().pk]),
        "leerkring": community.get_absolute_url(),
        "meeting": meeting.get_absolute_url(),
        "news": visible_to(AnonymousUser(), NewsPage).first().url,
        "publication": visible_to(AnonymousUser(), PublicationPage).first().url,
        "session": reverse("intervisie:session", args=[seat.session_id]),
    }


def queries_of(client: Client, path: str) -> int:
    for _ in range(2):
        assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.django_db
def test_warm_pages_take_few_queries(places, settings):
    settings.STRONG_LOGIN_FOR = ["administrators"]
    counts = {}
    for email, paths in READERS.items():
        client = Client()
        if email:
            client.force_login(User.objects.get(email=email), "django.contrib.auth.backends.ModelBackend")
        for path in paths:
            counts[f"{email} {path}"] = queries_of(client, path.format(**places))
    assert {page: count for page, count in counts.items() if count > MOST} == {}
    many = {page for page, count in counts.items() if count >= FEW}
    assert many <= {f"{email} {path}" for email in READERS for path in GATHERING} | {
        f"{COORDINATOR} {{meeting}}"
    }
