"""What the editors do in Wagtail: write, preview, publish; and what they cannot."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from communities.enums import Visibility
from knowledge.models import (
    KnowledgeIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationIndexPage,
    PublicationPage,
    Theme,
)
from tafelronde.pages.models import HomePage
from tests.communities.factories import make_community, make_coordinator_of
from tests.knowledge.factories import make_document, make_news, make_publication, make_theme
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user()
    user.groups.add(Group.objects.get(name="Redactie"))
    client.force_login(user)
    return user


def typed(**fields):
    """What the form of a news item sends."""
    usual = {
        "title": "Regio’s krijgen een plek",
        "slug": "regios",
        "date": "2026-11-18",
        "place": "Zwolle",
        "intro": "Wat dat vraagt van raden.",
        "body": streamfield([("paragraph", rich_text("<p>Kies wie er spreekt.</p>")), ("heading", "En nu")]),
        "related": streamfield([]),
        "source_name": "",
        "source_url": "",
        "lang": "nl",
        "community": "",
        "visibility": "public",
        "search_description": "",
    }
    return nested_form_data(usual | fields)


def add(client, page_type, parent):
    app_label, model = page_type._meta.app_label, page_type._meta.model_name
    return reverse("wagtailadmin_pages:add", args=[app_label, model, parent.objects.get().pk])


def test_desk_goes_by_the_name_of_the_site(client, editor):
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert re.search(r"<h1[^>]*>\s*Tafelronde\s*</h1>", html)


def test_editor_writes_and_publishes_news(client, editor):
    theme = make_theme()
    address = add(client, NewsPage, NewsIndexPage)
    assert client.get(address).status_code == 200
    client.post(address, typed() | {"themes": [theme.pk], "action-publish": "1"})
    item = NewsPage.objects.get()
    assert item.live
    assert list(item.themes.all()) == [theme]
    assert "Kies wie er spreekt." in client.get(item.url).content.decode()


def test_editor_sees_what_is_missing_and_loses_nothing(client, editor):
    response = client.post(
        add(client, NewsPage, NewsIndexPage),
        typed(visibility="members", place="Kampen") | {"action-publish": "1"},
    )
    page = response.content.decode()
    assert NewsPage.objects.count() == 0
    assert "Kies de leerkring waarvan de leden dit kunnen lezen." in page
    assert 'value="Kampen"' in page


def test_editor_keeps_a_draft_that_nobody_else_can_read(client, editor):
    client.post(add(client, NewsPage, NewsIndexPage), typed())
    item = NewsPage.objects.get()
    assert not item.live
    assert client.get(item.get_url()).status_code == 404
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[item.pk])).content.decode()
    assert "Kies wie er spreekt." in preview


def test_editor_previews_a_members_only_item_without_being_a_member(client, editor):
    item = make_news(community=make_community(), visibility=Visibility.MEMBERS)
    item.save_revision()
    assert client.get(item.url).status_code == 404
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[item.pk]))
    assert item.title in preview.content.decode()


def test_editor_previews_what_was_never_saved(client, editor):
    parent = NewsIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["knowledge", "newspage", parent.pk])
    assert client.post(address, typed()).json()["is_valid"]
    preview = client.get(address, {"mode": ""}).content.decode()
    assert "Kies wie er spreekt." in preview
    assert 'href="/kennis/actualiteiten/"' in preview


@pytest.mark.parametrize("page_type", [KnowledgeIndexPage, NewsIndexPage, PublicationIndexPage])
def test_preview_of_a_list_is_the_list(client, editor, page_type):
    make_news("Nieuws in de lijst")
    page = page_type.objects.get()
    page.save_revision()
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert ("Nieuws in de lijst" in response.content.decode()) == (page_type is not PublicationIndexPage)


def test_editor_adds_a_theme(client, editor):
    address = reverse(Theme.snippet_viewset.get_url_name("add"))
    client.post(address, {"name_nl": "Wonen", "name_en": "Housing", "slug": "wonen"})
    assert Theme.objects.get().name_en == "Housing"


def test_editor_cannot_touch_home_or_leerkringen(client, editor):
    for page in (HomePage.objects.get(), make_community().page):
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")


def test_only_the_right_pages_can_stand_below_each(client, editor):
    assert NewsIndexPage.allowed_subpage_models() == [NewsPage]
    assert PublicationIndexPage.allowed_subpage_models() == [PublicationPage]
    assert NewsPage.allowed_subpage_models() == PublicationPage.allowed_subpage_models() == []


def test_editor_is_led_from_an_item_to_its_form(client, editor):
    for page in (make_news(), make_publication()):
        address = f"/beheer/pages/{page.pk}/edit/"
        client.force_login(editor)
        assert address in client.get(page.url).content.decode()
        assert client.get(address).status_code == 200
        client.force_login(make_coordinator_of(make_community()))
        assert address not in client.get(page.url).content.decode()


def test_list_for_machines_names_documents_to_who_may_choose_them(client, editor):
    document = make_document()
    for address in ("/beheer/api/main/documents/", f"/beheer/api/main/documents/{document.pk}/"):
        assert document.title in client.get(address).content.decode()


def test_list_for_machines_names_no_documents_to_coordinators(client):
    document = make_document()
    client.force_login(make_coordinator_of(make_community()))
    assert client.get("/beheer/api/main/documents/").json()["items"] == []
    assert client.get(f"/beheer/api/main/documents/{document.pk}/").status_code == 404
