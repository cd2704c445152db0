"""How many queries a warm page takes: twelve at most, and fewer than eight for most."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Community
from communities.queries import meetings_visible_to
from intervisie.models import Participant
from knowledge.models import NewsPage, PublicationPage
from knowledge.queries import visible_to
from tafelronde.accounts.models import User

MOST = 12
FEW = 8  # under which most pages stay
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
]
FOR_COORDINATORS = [*FOR_MEMBERS, "/kring/{slug}/verzoeken/", "/kring/{slug}/uitnodigen/"]
READERS = {
    "": FOR_VISITORS,
    "saskia@tafelronde.example": [*FOR_MEMBERS, "{session}", "{session}tafel/"],
    "marjan@tafelronde.example": FOR_COORDINATORS,
}


@pytest.fixture
def places() -> dict[str, str]:
    """The demo's own pages, of each kind the last one."""
    call_command("demo", verbosity=0)
    community = Community.objects.get(slug="slim-samenwerken")
    seat = Participant.objects.filter(user__email="saskia@tafelronde.example", removed_at=None).first()
    assert seat
    return {
        "slug": community.slug,
        "leerkring": community.get_absolute_url(),
        "meeting": meetings_visible_to(AnonymousUser()).last().get_absolute_url(),
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
    few = [page for page, count in counts.items() if count < FEW]
    assert len(few) > len(counts) / 2, counts
