"""Members-only items are for members: the rule for one item and the query for many agree, on every road to them."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.urls import reverse

from communities import rules
from communities.enums import MembershipStatus, Visibility
from knowledge import queries
from knowledge.models import NewsPage, PublicationPage
from tests.communities.factories import make_community, make_coordinator_of, make_membership
from tests.knowledge.factories import make_document, make_news, make_publication, make_theme
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

CANARY = "Kanarie-7f3a"


@pytest.fixture
def community():
    return make_community(title="Slim samenwerken")


@pytest.fixture
def member(community):
    return make_membership(community).user


@pytest.fixture
def secret(community):
    """One members-only item of each kind, with a canary in every text."""
    theme = make_theme(CANARY)
    fields = {"intro": CANARY, "community": community, "visibility": Visibility.MEMBERS, "themes": [theme]}
    return [
        make_news(f"{CANARY} nieuws", slug="kanarie-nieuws", place=CANARY, **fields),
        make_publication(f"{CANARY} rapport", slug="kanarie-rapport", authors=CANARY, year=1999, **fields),
    ]


def people(community):
    """A visitor, and somebody in each state towards the leerkring."""
    yield "visitor", AnonymousUser()
    yield "stranger", make_user()
    yield "administrator", make_user(is_superuser=True)
    yield "member of another", make_membership(make_community()).user
    for status in MembershipStatus:
        yield status.label, make_membership(community, status=status).user


@pytest.mark.parametrize("make", [make_news, make_publication])
def test_rule_and_query_agree_on_every_person_and_item(make, community):
    hidden = make_community(visibility=Visibility.MEMBERS)
    make_membership(hidden, make_user(email="verborgen@voorbeeld.test"))
    places = [(None, Visibility.PUBLIC), *itertools.product([community, hidden], Visibility)]
    items = [
        make(community=where, visibility=who, live=live) for where, who in places for live in (True, False)
    ]
    for name, person in people(community):
        allowed = {item.pk for item in items if rules.may_see(person, item)}
        listed = set(queries.visible_to(person, type(items[0])).values_list("pk", flat=True))
        assert listed == allowed, name
        assert allowed, name


@pytest.mark.parametrize("address", ["/kennis/", "/kennis/actualiteiten/", "/kennis/publicaties/", "/"])
def test_members_only_item_stays_out_of_lists_for_strangers(client, secret, address):
    client.force_login(make_user())
    assert CANARY not in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/kennis/", "/kennis/actualiteiten/", "/kennis/publicaties/"])
def test_members_only_item_is_listed_for_members(client, secret, member, address):
    client.force_login(member)
    assert CANARY in client.get(address).content.decode()


@pytest.mark.parametrize("query", ["theme=kanarie-7f3a", "year=1999", "year=2026"])
@pytest.mark.parametrize("address", ["/kennis/actualiteiten/", "/kennis/publicaties/"])
def test_filters_give_nothing_away(client, secret, address, query):
    page = client.get(f"{address}?{query}").content.decode()
    assert CANARY not in page
    assert "1999" not in page.replace("year=1999", "")


def test_members_only_page_is_not_found_for_others(client, secret, member):
    for item in secret:
        refused = client.get(item.url)
        assert refused.status_code == 404
        assert CANARY not in refused.content.decode()
        client.force_login(member)
        assert client.get(item.url).status_code == 200
        client.logout()


def test_leaving_closes_the_page_at_once(client, secret, member):
    client.force_login(member)
    member.memberships.update(status=MembershipStatus.LEFT)
    assert client.get(secret[0].url).status_code == 404


@pytest.mark.parametrize("feed", ["news_feed", "publication_feed"])
def test_feeds_hold_public_items_alone_even_for_members(client, secret, member, feed):
    client.force_login(member)
    assert CANARY not in client.get(reverse(feed)).content.decode()


def test_sitemap_holds_public_pages_alone_even_for_members(client, secret, member):
    shown = make_news()
    client.force_login(member)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert shown.url in sitemap
    assert "kanarie" not in sitemap.lower()


def test_related_items_are_left_out_for_who_may_not_read_them(client, secret, member):
    shown = make_publication("Werkende samenwerking")
    item = make_news(related=[("item", secret[0]), ("item", shown), ("item", secret[1])])
    assert queries.related_to(item, AnonymousUser()) == [shown]
    assert queries.related_to(item, member) == [secret[0], shown, secret[1]]
    page = client.get(item.url).content.decode()
    assert "Werkende samenwerking" in page
    assert CANARY not in page


def test_public_item_of_a_hidden_leerkring_is_for_its_members(client):
    hidden = make_community(title=CANARY, visibility=Visibility.MEMBERS)
    make_news("Gewoon bericht", community=hidden)
    page = client.get("/kennis/actualiteiten/").content.decode()
    assert "Gewoon bericht" not in page
    assert CANARY not in page


def test_draft_is_nowhere(client, member):
    draft = make_news(f"{CANARY} concept", live=False)
    client.force_login(member)
    assert client.get(draft.url).status_code == 404
    assert CANARY not in client.get("/kennis/actualiteiten/").content.decode()


def test_newest_mixes_both_kinds_by_the_day_they_came(member, secret):
    assert {type(item) for item in queries.newest(member, news=5, publications=5)} == {
        NewsPage,
        PublicationPage,
    }
    assert queries.newest(AnonymousUser(), news=5, publications=5) == []


def test_file_of_a_members_only_publication_is_for_members(client, community, member):
    document = make_document()
    make_publication(community=community, visibility=Visibility.MEMBERS, document=document)
    assert client.get(document.url).status_code == 404
    client.force_login(make_user())
    assert client.get(document.url).status_code == 404
    client.force_login(member)
    assert b"".join(client.get(document.url)) == b"Geheim"


def test_file_of_a_draft_is_closed_and_of_a_public_item_open(client):
    draft, shown = make_document(), make_document("Open")
    make_publication(live=False, document=draft)
    make_publication(document=shown)
    assert client.get(draft.url).status_code == 404
    assert b"".join(client.get(shown.url)) == b"Open"


def test_file_is_open_to_who_keeps_files_in_the_cms_and_not_to_a_coordinator_elsewhere(client, community):
    document, editor = make_document(), make_user()
    make_publication(community=community, visibility=Visibility.MEMBERS, document=document)
    client.force_login(make_coordinator_of(make_community()))
    assert client.get(document.url).status_code == 404
    editor.groups.add(Group.objects.get(name="Redactie"))
    client.force_login(editor)
    assert b"".join(client.get(document.url)) == b"Geheim"
