"""The page of one news item or publication, and what an editor may type."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.rich_text import RichText

from communities.enums import Visibility
from knowledge.models import PublicationPage
from tests.communities.factories import make_community, make_membership
from tests.knowledge.factories import make_document, make_image, make_news, make_publication, make_theme

pytestmark = pytest.mark.django_db


def figure(caption=""):
    return ("image", {"image": make_image("Een brug"), "caption": caption})


def test_news_item_shows_all_that_was_written(client):
    item = make_news(
        "Regio’s krijgen een vaste plek",
        intro="Wat dat vraagt van raden.",
        place="Zwolle",
        source_name="Binnenlands Bestuur",
        source_url="https://bron.voorbeeld.test/1",
        body=[
            ("heading", "Wat dit vraagt"),
            ("paragraph", RichText("<p>Kies wie er <b>spreekt</b>.</p>")),
            ("quote", {"text": "Vraag eerder om hulp.", "source": "Een wethouder"}),
            figure("Het Reevediep bij Kampen"),
        ],
        themes=[make_theme("Besturen")],
    )
    page = client.get(item.url).content.decode()
    for words in (
        "<h1>Regio’s krijgen een vaste plek</h1>",
        '<time datetime="2026-11-18">18 november 2026</time> · Zwolle',
        '<p class="lead">Wat dat vraagt van raden.</p>',
        '<a href="https://bron.voorbeeld.test/1" rel="external noopener">Binnenlands Bestuur</a>',
        "<h2>Wat dit vraagt</h2>",
        "Kies wie er <b>spreekt</b>.",
        "Vraag eerder om hulp.",
        "<figcaption>Een wethouder</figcaption>",
        'alt="Een brug"',
        "<figcaption>Het Reevediep bij Kampen</figcaption>",
        '<a href="/kennis/actualiteiten/?theme=besturen">Besturen</a>',
        '<meta name="description" content="Wat dat vraagt van raden.">',
        '<a href="/kennis/">Kennis</a>',
        '<a href="/kennis/actualiteiten/">Actualiteiten</a>',
    ):
        assert words in page


def test_publication_shows_how_to_find_and_cite_it(client):
    document = make_document(name="maak-verschil.txt")
    item = make_publication(
        "Maak verschil",
        publisher="Ministerie van BZK",
        isbn="978-90-1234-567-8",
        doi="10.1000/182",
        document=document,
    )
    page = client.get(item.url).content.decode()
    for words in (
        "Studiegroep Openbaar Bestuur (2016). Maak verschil. Ministerie van BZK. https://doi.org/10.1000/182",
        'href="https://doi.org/10.1000/182"',
        "978-90-1234-567-8",
        f'href="{document.url}"',
        "Download (TXT, 6",
    ):
        assert words in page


def test_reference_without_file_or_link_has_no_buttons(client):
    page = client.get(make_publication().url).content.decode()
    assert "Lees de publicatie" not in page
    assert "Download" not in page


@pytest.mark.parametrize(
    ("fields", "citation"),
    [
        ({"title": "Maak verschil"}, "De Vries, K. (2016). Maak verschil."),
        ({"title": "Wie stuurt?"}, "De Vries, K. (2016). Wie stuurt?"),
        ({"title": "A", "publisher": "De Vries, K."}, "De Vries, K. (2016). A."),
        (
            {"title": "A", "publisher": "VNG", "link": "https://x.test/"},
            "De Vries, K. (2016). A. VNG. https://x.test/",
        ),
    ],
)
def test_citation_has_the_parts_that_are_known(fields, citation):
    assert PublicationPage(authors="De Vries, K.", year=2016, **fields).citation == citation


def test_members_only_needs_a_leerkring():
    with pytest.raises(ValidationError) as refused:
        make_news(visibility=Visibility.MEMBERS)
    assert list(refused.value.message_dict) == ["community"]


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("isbn", "90-1234", "978-90-1234-567-8"),
        ("isbn", "97890123456789", "901234567X"),
        ("doi", "https://doi.org/10.1000/182", "10.1000/182"),
        ("year", 16, 2016),
        ("link", "javascript:alert(1)", "https://voorbeeld.test/"),
    ],
)
def test_publication_takes_only_what_makes_sense(field, wrong, right):
    with pytest.raises(ValidationError) as refused:
        make_publication(**{field: wrong})
    assert list(refused.value.message_dict) == [field]
    assert getattr(make_publication(**{field: right}), field) == right


def test_what_an_editor_types_is_text_and_never_markup(client):
    item = make_news("<script>alert(1)</script>", intro='"><img src=x>', place="<b>")
    page = client.get(item.url).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_english_item_on_a_dutch_page_says_so(client):
    page = client.get(make_publication(lang="en").url).content.decode()
    assert '<article class="stack-l" lang="en">' in page
    assert "<dt>Taal</dt><dd>Engels</dd>" in page


def test_page_of_a_member_takes_at_most_nine_queries_with_many_images_and_relations(client):
    circle = make_community()
    related = [("item", make_news()), ("item", make_publication())]
    fields = {
        "community": circle,
        "visibility": Visibility.MEMBERS,
        "themes": [make_theme()],
        "related": related,
    }
    few = make_news(body=[figure()], **fields)
    many = make_news(body=[figure() for _ in range(8)], **fields)
    client.force_login(make_membership(circle).user)
    counts = []
    for item in (few, many):
        client.get(item.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(item.url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 9
