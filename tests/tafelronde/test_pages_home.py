"""The home page, and what a fresh site has."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site, get_page_models

from communities.enums import Visibility
from knowledge.models import NewsIndexPage
from tafelronde.pages.models import HomePage
from tafelronde.pages.queries import TYPES, page_at
from tests.communities.factories import make_community, make_meeting, make_meeting_page, make_membership
from tests.knowledge.factories import make_news, make_publication
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_fresh_site_has_its_pages(client):
    tree = Page.objects.filter(depth__gt=1).values_list("url_path", flat=True)
    assert sorted(tree) == [
        "/home/",
        "/home/kennis/",
        "/home/kennis/actualiteiten/",
        "/home/kennis/publicaties/",
        "/home/leerkringen/",
    ]
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert Page.find_problems() == ([], [], [], [], [])
    for address in ("/", "/leerkringen/", "/kennis/", "/kennis/actualiteiten/", "/kennis/publicaties/"):
        assert client.get(address).status_code == 200


def test_home_is_the_only_page_that_may_stand_at_the_root():
    root = Page.objects.get(depth=1).specific_class
    assert [model for model in root.allowed_subpage_models() if model.is_creatable] == [HomePage]
    assert HomePage.allowed_parent_page_models() == [root]


def test_own_privacy_of_wagtail_is_off_for_every_page():
    assert [model for model in get_page_models() if model is not Page and model.private_page_options] == []


def test_every_page_type_can_be_found():
    below_home = {model._meta.model_name for model in get_page_models()} - {"page", "homepage"}
    assert set(TYPES) == below_home


def test_page_is_found_at_any_depth_with_all_that_it_needs(django_assert_num_queries):
    community = make_community()
    news = make_news(community=community)
    meeting = make_meeting(community)
    for page in (news, meeting.page, community.page, NewsIndexPage.objects.get()):
        page_at(page.url.removeprefix("/"))
        with django_assert_num_queries(2):
            found = page_at(page.url.removeprefix("/"))
            assert found == page
            assert not isinstance(found, (type(news), type(meeting.page))) or found.community == community


def test_page_of_the_same_name_elsewhere_is_another_one(client):
    first, second = make_community(), make_community()
    pages = [make_meeting_page(community, slug="kampen") for community in (first, second)]
    assert [page_at(page.url.removeprefix("/")) for page in pages] == pages
    assert page_at("kampen/") is None


@pytest.mark.parametrize(
    "address", ["/niets/", "/kennis/niets/", "/kennis/actualiteiten/niets/", "/actualiteiten/"]
)
def test_unknown_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_unpublished_page_is_not_found(client):
    NewsIndexPage.objects.get().unpublish()
    assert client.get("/kennis/actualiteiten/").status_code == 404


def test_editors_may_work_on_the_knowledge_pages_alone():
    editor = make_user()
    editor.groups.add(Group.objects.get(name="Redactie"))
    allowed = {page.slug for page in Page.objects.all() if page.permissions_for_user(editor).can_publish()}
    assert allowed == {"kennis", "actualiteiten", "publicaties"}


def test_home_tells_a_visitor_what_there_is(client):
    community = make_community(title="Slim samenwerken", question="Wie is de baas?")
    make_meeting(community, city="Kampen", starts_at=timezone.now() + timedelta(days=3))
    make_news("Regio’s krijgen een plek")
    make_publication("Maak verschil")
    page = client.get("/").content.decode()
    for words in (
        "Leer van vakgenoten, elke keer in een andere stad.",
        "Slim samenwerken",
        "Wie is de baas?",
        "Kampen",
        "Regio’s krijgen een plek",
        "Maak verschil",
        "Actualiteiten van de dag",
        "Projectbezoek",
        'href="/account/login/"',
        'type="application/rss+xml"',
    ):
        assert words in page
    assert "startpagina" not in page


def test_home_leads_people_with_an_account_to_their_start_page(client):
    client.force_login(make_user())
    page = client.get("/").content.decode()
    assert 'class="button" href="/start/">Ga naar je startpagina' in page


def test_home_hides_leerkringen_for_members_only_from_others(client):
    hidden = make_community(title="Kanarie", visibility=Visibility.MEMBERS)
    assert "Kanarie" not in client.get("/").content.decode()
    client.force_login(make_membership(hidden).user)
    assert "Kanarie" in client.get("/").content.decode()


def test_home_speaks_english(client):
    client.cookies["language"] = "en"
    assert "This is how a day at the table goes" in client.get("/").content.decode()


def test_home_shows_what_its_editors_wrote(client):
    home = HomePage.objects.get()
    home.headline = "Schuif aan"
    home.body = [("heading", "Wie zijn wij"), ("quote", {"text": "Het helpt.", "source": "Een lid"})]
    home.save()
    page = client.get("/").content.decode()
    assert "<h1>Schuif aan</h1>" in page
    assert "<h2>Wie zijn wij</h2>" in page
    assert "<figcaption>Een lid</figcaption>" in page


def test_home_takes_as_many_queries_for_thirty_items_as_for_three(client):
    client.force_login(make_user())
    counts = []
    for more in (3, 27):
        for _ in range(more):
            make_meeting(make_community())
            make_news()
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def lay_out():
    for name, function in (
        ("0002_home", "make_home"),
        ("0003_knowledge", "lay_out"),
        ("0004_leerkringen", "lay_out"),
    ):
        getattr(import_module(f"tafelronde.pages.migrations.{name}"), function)(apps, None)


def test_laying_out_a_site_twice_makes_nothing_double():
    before = list(Page.objects.values_list("path", "url_path"))
    lay_out()
    assert list(Page.objects.values_list("path", "url_path")) == before


def test_home_takes_the_place_of_the_welcome_page_and_leaves_other_pages_alone(client):
    HomePage.objects.get().delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    other = root.add_child(instance=Page(title="Ander", slug="ander"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    lay_out()
    assert sorted(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["ander", "home"]
    assert Page.objects.get(pk=other.pk).slug == "ander"
    assert Page.find_problems() == ([], [], [], [], [])
    assert client.get("/kennis/publicaties/").status_code == 200
