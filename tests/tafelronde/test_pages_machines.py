"""What search engines get: the sitemap and the robots file."""

from xml.etree import ElementTree

import pytest

from communities.enums import Visibility
from tests.communities.factories import make_community, make_meeting
from tests.knowledge.factories import make_news, make_publication

pytestmark = pytest.mark.django_db

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://tafelronde.voorbeeld.test"


def locations(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    tree = ElementTree.fromstring(response.content)
    return [element.text for element in tree.findall("s:url/s:loc", NAMESPACE)]


def test_sitemap_names_every_public_page_by_its_whole_address(client):
    community = make_community()
    pages = [make_news(), make_publication(), community.page, make_meeting(community).page]
    found = locations(client)
    assert "https://tafelronde.voorbeeld.test/" in found
    assert "https://tafelronde.voorbeeld.test/kennis/" in found
    assert {f"https://tafelronde.voorbeeld.test{page.url}" for page in pages} <= set(found)
    assert all(
        client.get(url.removeprefix("https://tafelronde.voorbeeld.test")).status_code == 200 for url in found
    )


def test_sitemap_holds_nothing_of_members_and_no_drafts(client):
    hidden = make_community(slug="kanarie-kring", visibility=Visibility.MEMBERS)
    make_meeting(hidden, slug="kanarie-dag")
    circle = make_community()
    make_meeting(circle, slug="kanarie-besloten", visibility=Visibility.MEMBERS)
    make_news(slug="kanarie-nieuws", community=circle, visibility=Visibility.MEMBERS)
    make_news(slug="kanarie-kringnieuws", community=hidden)
    make_publication(slug="kanarie-concept", live=False)
    assert [url for url in locations(client) if "kanarie" in url] == []


def test_sitemap_takes_as_many_queries_for_thirty_pages_as_for_three(client, django_assert_num_queries):
    for number in range(30):
        make_news()
        if number == 2:
            locations(client)
    with django_assert_num_queries(2):
        locations(client)


def test_robots_keep_out_of_what_needs_an_account_and_find_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /intervisie/" in lines
    assert lines[-1] == "Sitemap: https://tafelronde.voorbeeld.test/sitemap.xml"
