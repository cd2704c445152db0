"""The page of the search and what shows while one types: for all input an answer, for all words escaped."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.enums import Visibility
from tafelronde.search.marks import Marker
from tests.communities.factories import make_community, make_membership
from tests.knowledge.factories import make_news

pytestmark = pytest.mark.django_db
PLACES = ["/zoeken/", "/zoeken/terwijl-je-typt/"]
STRANGE = [
    '"',
    "'",
    '"onaf',
    "AND OR NOT",
    "NEAR(a b)",
    "title:water",
    "water*",
    "-water",
    "^water",
    "(((",
    "a & b | !c <-> d",
    "water:*",
    "\\",
    "\0",
    "wa\0ter",
    "%",
    "; DROP TABLE search_entry;",
    "<script>alert(1)</script>",
    "𝕎𝕒𝕥𝕖𝕣 ﷺ ½ ² İ ß",
    "🦋",
    "\u202e\u200b",
    "\ud7ff",
    "   ",
    "de het een",
    "x" * 10_000,
    "water " * 1_700,
    "€§±",
    "_",
    "1",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("asked", STRANGE, ids=range(len(STRANGE)))
def test_whatever_is_typed_gets_an_answer(client, place, asked):
    make_news("Water")
    page = client.get(place, {"q": asked})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize("page", ["0", "-1", "2", "99999999999999999999", "x", "١"])
def test_page_that_is_none_is_the_nearest(client, page):
    make_news("Water")
    answer = client.get("/zoeken/", {"q": "water", "page": page, "kind": "nonsense"})
    assert answer.status_code == 200
    assert "<mark>Water</mark>" in answer.content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_other_methods_are_refused(client, place):
    assert client.post(place, {"q": "water"}).status_code == 405


def test_words_are_marked_and_all_else_is_escaped(client):
    make_news("Wáter & <b>land</b>", intro="De <i>waterkant</i> & meer")
    html = client.get("/zoeken/", {"q": "water"}).content.decode()
    assert "<mark>Wáter</mark> &amp; &lt;b&gt;land&lt;/b&gt;" in html
    assert "De &lt;i&gt;<mark>waterkant</mark>&lt;/i&gt; &amp; meer" in html


def test_excerpt_shows_the_place_of_the_word():
    text = f"{'Veel andere woorden. ' * 40}Hier staat de vlinder in de zon. {'Nog veel meer. ' * 40}"
    excerpt = Marker(["vlinder"]).excerpt("Inleiding", text)
    assert excerpt.startswith("… ") and excerpt.endswith(" …")
    assert "staat de <mark>vlinder</mark> in" in excerpt
    assert len(excerpt) < 300


@pytest.mark.parametrize("text", ["", "x" * 500, "vlinder" + "x" * 500, "a " * 400 + "vlinder", " " * 300])
def test_excerpt_of_any_text(text):
    assert len(Marker(["vlinder"]).excerpt("", text)) < 320


def test_long_list_has_pages_and_kinds(client):
    for _ in range(25):
        make_news("Water")
    first = client.get("/zoeken/", {"q": "water"}).content.decode()
    second = client.get("/zoeken/", {"q": "water", "page": "2", "kind": "news"}).content.decode()
    assert first.count('class="result"') == 20 and second.count('class="result"') == 5
    assert "?q=water&amp;page=2" in first and "?q=water&amp;kind=news&amp;page=1" in second
    assert "?q=water&amp;kind=news" in first


def test_nothing_found_says_what_helps(client):
    html = client.get("/zoeken/", {"q": "nietsvandit"}).content.decode()
    assert "nietsvandit" in html and "/account/login/?next=/zoeken/%3Fq%3Dnietsvandit" in html


def test_kind_without_hits_keeps_the_way_to_the_others(client):
    make_news("Water")
    html = client.get("/zoeken/", {"q": "water", "kind": "meeting"}).content.decode()
    assert 'class="result"' not in html and "?q=water&amp;kind=news" in html


def test_slip_of_the_finger_is_said(client):
    make_news("Intervisie werkt")
    html = client.get("/zoeken/", {"q": "intervisei"}).content.decode()
    assert "<mark>Intervisie</mark>" in html and 'class="notice"' in html


def test_suggestions_are_options_with_their_number(client):
    for number in range(8):
        make_news(f"Water {number}")
    html = client.get("/zoeken/terwijl-je-typt/", {"q": "wat"}).content.decode()
    assert html.count('role="option"') == 6
    assert "8 resultaten" in html


def test_what_is_for_members_shows_nowhere(client):
    make_news("Geheimnis", community=make_community(), visibility=Visibility.MEMBERS)
    for place in PLACES:
        for asked in ("geheimnis", "geheimnsi", "geheim", "de"):
            assert "Geheimnis" not in client.get(place, {"q": asked}).content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_queries_are_as_many_for_one_and_for_many(client, place):
    community = make_community()
    member = make_membership(community).user
    client.force_login(member)

    def queries() -> int:
        client.get(place, {"q": "bakker"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(place, {"q": "bakker"}).status_code == 200
        return len(asked)

    make_news("Bakker", community=community)
    few = queries()
    for _ in range(12):
        make_membership(community)
        make_news("Bakker", community=community, visibility=Visibility.MEMBERS)
    assert queries() <= few  # one less where titles fill the page
    assert few <= 8


def test_box_is_on_every_page_and_once_on_its_own(client):
    assert client.get("/leerkringen/").content.decode().count('role="search"') == 1
    assert client.get("/zoeken/").content.decode().count('role="search"') == 1


def test_search_is_not_for_machines(client):
    assert b"Disallow: /zoeken/" in client.get("/robots.txt").content
