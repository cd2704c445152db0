"""The frame of every page and the pages for when something goes wrong, in both languages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.utils import translation

from tests.tafelronde.factories import make_user


@pytest.fixture
def request_of_a_visitor(rf):
    request = rf.get("/kennis/")
    request.user = AnonymousUser()
    request.csp_nonce = "nonce"
    return request


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_error_page_has_one_title_a_drawing_and_a_way_on(request_of_a_visitor, name, language):
    with translation.override(language):
        html = render_to_string(f"{name}.html", request=request_of_a_visitor)
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert 'class="drawing"' in html
    assert '<a class="button"' in html


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Er ging bij ons iets mis"), ("en", "Something went wrong")]
)
def test_page_of_our_own_faults_needs_neither_database_nor_context(language, words):
    with translation.override(language):
        html = get_template("500.html").render()
    assert words in html
    assert f'<html lang="{language}">' in html


@pytest.mark.django_db
def test_unknown_address_answers_404_and_offers_to_log_in(client):
    response = client.get("/er-is-niets/?q=1")
    assert response.status_code == 404
    assert "/account/login/?next=/er-is-niets/%3Fq%3D1" in response.content.decode()


@pytest.mark.django_db
def test_unknown_address_does_not_offer_to_log_in_to_who_is_in(client):
    client.force_login(make_user())
    assert "/account/login/" not in client.get("/er-is-niets/").content.decode()


def test_bar_marks_where_we_are_and_shows_a_visitor_the_way_in(request_of_a_visitor):
    html = render_to_string("404.html", request=request_of_a_visitor)
    assert '<a href="/kennis/" aria-current="page">' in html
    assert 'href="/account/login/"' in html
    assert 'href="/intervisie/"' not in html
    assert 'action="/account/logout/"' not in html


@pytest.mark.django_db
def test_bar_offers_who_is_logged_in_their_own_places(client):
    client.force_login(make_user(organisation="Gemeente Deventer"))
    html = client.get("/er-is-niets/").content.decode()
    assert 'href="/intervisie/"' in html
    assert "Gemeente Deventer" in html
    assert 'method="post" action="/account/logout/"' in html
    assert 'href="/beheer/"' not in html


@pytest.mark.django_db
def test_bar_leads_to_the_admin_who_may_enter_it(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert 'href="/beheer/"' in client.get("/er-is-niets/").content.decode()
