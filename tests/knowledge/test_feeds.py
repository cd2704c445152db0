"""The feeds as a reader program takes them."""

import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.knowledge.factories import make_news, make_publication, make_theme

pytestmark = pytest.mark.django_db


def channel(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def test_news_feed_has_whole_addresses_dates_themes_and_language(client, settings):
    settings.SITE_URL = "https://tafelronde.voorbeeld.test"
    make_news("Eén & twee", intro="Hoe 1 < 2 is.", slug="een", lang="en", themes=[make_theme("Besturen")])
    found = channel(client, "news_feed")
    assert found.findtext("link") == "https://tafelronde.voorbeeld.test/kennis/actualiteiten/"
    assert found.findtext("language") == "nl"
    item = found.find("item")
    assert item.findtext("link") == "https://tafelronde.voorbeeld.test/kennis/actualiteiten/een/"
    assert item.findtext("guid") == item.findtext("link")
    assert item.findtext("title") == "Eén &amp; twee"
    assert item.findtext("description") == "Hoe 1 &lt; 2 is."
    assert item.findtext("category") == "Besturen"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == "en"
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == datetime.date(2026, 11, 18)


def test_publication_feed_puts_what_came_last_on_top(client):
    make_publication("Nieuw hier", year=1998)
    make_publication("Nog nieuwer hier", year=1990)
    titles = [item.findtext("title") for item in channel(client, "publication_feed").iter("item")]
    assert titles == ["Nog nieuwer hier", "Nieuw hier"]


def test_empty_feeds_are_still_feeds(client):
    assert channel(client, "news_feed").findall("item") == []
    assert channel(client, "publication_feed").findall("item") == []


def test_feed_takes_as_many_queries_for_thirty_items_as_for_three(client, django_assert_num_queries):
    theme = make_theme()
    for number in range(30):
        make_news(themes=[theme])
        if number == 2:
            client.get(reverse("news_feed"))
    with django_assert_num_queries(3):
        client.get(reverse("news_feed"))
