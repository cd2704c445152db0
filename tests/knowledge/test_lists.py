"""The lists of news and publications: filters, pages, counts, empty states, queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.enums import PublicationKind
from tests.communities.factories import make_community, make_membership
from tests.knowledge.factories import make_news, make_publication, make_theme

pytestmark = pytest.mark.django_db

NEWS, PUBLICATIONS = "/kennis/actualiteiten/", "/kennis/publicaties/"


def titles(response):
    return [item.title for item in response.context["results"]]


@pytest.fixture
def news():
    governing, learning = make_theme("Besturen"), make_theme("Leren")
    circle = make_community(title="Slim samenwerken", slug="slim")
    make_news("Oud", date=datetime.date(2024, 5, 1), themes=[governing])
    make_news("Nieuw", date=datetime.date(2026, 5, 1), themes=[governing, learning], community=circle)
    make_news("English", date=datetime.date(2025, 5, 1), lang="en")


@pytest.fixture
def publications():
    make_publication("Rapport", year=2018, themes=[make_theme("Besturen")])
    make_publication("Boek", year=2016, kind=PublicationKind.BOOK)
    make_publication("Tool", year=2017, kind=PublicationKind.TOOL, lang="en")


def test_lists_show_the_newest_first(client, news, publications):
    assert titles(client.get(NEWS)) == ["Nieuw", "English", "Oud"]
    assert titles(client.get(PUBLICATIONS)) == ["Rapport", "Tool", "Boek"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=besturen", ["Nieuw", "Oud"]),
        ("theme=besturen&year=2026", ["Nieuw"]),
        ("year=2024", ["Oud"]),
        ("lang=en", ["English"]),
        ("leerkring=slim", ["Nieuw"]),
        ("theme=leren&lang=en", []),
    ],
)
def test_news_filters_narrow_the_list(client, news, query, expected):
    assert titles(client.get(f"{NEWS}?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=book", ["Boek"]),
        ("year=2017", ["Tool"]),
        ("lang=nl", ["Rapport", "Boek"]),
        ("theme=besturen", ["Rapport"]),
    ],
)
def test_publication_filters_narrow_the_list(client, publications, query, expected):
    assert titles(client.get(f"{PUBLICATIONS}?{query}")) == expected


@pytest.mark.parametrize(
    "query",
    [
        "theme=bestaat-niet",
        "year=abc",
        "year=1",
        "lang=xx",
        "leerkring=99",
        "kind=film",
        "onbekend=1",
        "theme=%00",
        "page=abc",
        "page=",
    ],
)
def test_unknown_values_are_as_good_as_none(client, news, query):
    response = client.get(f"{NEWS}?{query}")
    assert response.status_code == 200
    assert len(titles(response)) == 3


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_page_past_the_end_is_not_found(client, news, number):
    assert client.get(f"{NEWS}?page={number}").status_code == 404


def test_chosen_filters_can_be_left_out_one_by_one_or_all(client, news):
    response = client.get(f"{NEWS}?theme=besturen&year=2026")
    assert [(each.label, each.value, each.query) for each in response.context["filters"].chosen] == [
        ("Thema", "Besturen", "year=2026"),
        ("Jaar", "2026", "theme=besturen"),
    ]
    assert f'href="{NEWS}">Wis alle filters</a>' in response.content.decode()


def test_filters_offer_only_what_there_is_to_find(client, news):
    make_theme("Ongebruikt")
    form = client.get(NEWS).context["filters"]
    assert [value for value, _ in form.fields["theme"].choices] == ["", "besturen", "leren"]
    assert [value for value, _ in form.fields["year"].choices] == ["", "2026", "2025", "2024"]
    assert [field.name for field in form.useful] == ["theme", "year", "lang"]


def test_themes_speak_the_language_of_the_reader(client, news):
    client.cookies["language"] = "en"
    assert "Besturen (en)" in client.get(NEWS).content.decode()


def test_list_says_how_many_and_pages_by_twenty_with_its_filters(client):
    theme = make_theme("Besturen")
    for _ in range(21):
        make_news(themes=[theme])
    first = client.get(f"{NEWS}?theme=besturen")
    assert len(titles(first)) == 20
    assert "21 actualiteiten" in first.content.decode()
    assert 'href="?theme=besturen&amp;page=2"' in first.content.decode()
    second = client.get(f"{NEWS}?theme=besturen&page=2")
    assert len(titles(second)) == 1
    assert 'href="?theme=besturen&amp;page=1"' in second.content.decode()


def test_empty_lists_help(client):
    assert "Nog geen actualiteiten" in client.get(NEWS).content.decode()
    assert "Nog geen publicaties" in client.get(PUBLICATIONS).content.decode()


def test_filters_that_find_nothing_offer_a_way_back(client, news):
    page = client.get(f"{NEWS}?theme=leren&lang=en").content.decode()
    assert "Niets gevonden" in page
    assert f'class="button" href="{NEWS}"' in page


def test_item_in_another_language_says_so(client, news):
    assert '<article lang="en">' in client.get(NEWS).content.decode()


def test_lists_link_to_their_feed(client):
    assert (
        'type="application/rss+xml" title="Actualiteiten" href="/kennis/actualiteiten/rss.xml"'
        in client.get(NEWS).content.decode()
    )
    assert (
        'type="application/rss+xml" title="Publicaties" href="/kennis/publicaties/rss.xml"'
        in client.get(PUBLICATIONS).content.decode()
    )


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_take_as_many_queries_for_fifty_items_as_for_five(client):
    addresses = ["/kennis/", NEWS, PUBLICATIONS, f"{NEWS}?theme=besturen&year=2026"]
    circle, theme = make_community(), make_theme()
    client.force_login(make_membership(circle).user)
    counts = []
    for more in (5, 45):
        for number in range(more):
            make_news(themes=[theme], community=circle if number % 2 else None)
            make_publication(themes=[theme], visibility="members", community=circle)
        counts.append([queries_of(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8
