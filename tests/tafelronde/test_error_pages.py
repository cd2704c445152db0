"""The frame of every page and the pages for when something goes wrong, in both languages."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.urls import path
from django.utils import translation

from tafelronde import errors
from tafelronde.urls import urlpatterns as site_urls
from tests.tafelronde.factories import make_user


@pytest.fixture
def request_of_a_visitor(rf):
    request = rf.get("/kennis/")
    request.user = AnonymousUser()
    request.csp_nonce = "nonce"
    return request


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "429", "offline"])
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


def breaks(request):
    raise RuntimeError("kanarie")


def puzzles(request):
    raise SuspiciousOperation("kanarie")


def refuses(request):
    raise PermissionDenied("kanarie")


def lacks(request):
    raise Http404("kanarie")


urlpatterns = [
    path("kapot/", breaks),
    path("raar/", puzzles),
    path("dicht/", refuses),
    path("weg/", lacks),
    *site_urls,
]
handler400, handler500 = errors.bad_request, errors.server_error


@pytest.fixture
def broken(settings):
    """A browser on a site with pages that go wrong."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/kapot/", 500, "Er ging bij ons iets mis"),
        ("/raar/", 400, "Dat konden we niet lezen"),
        ("/dicht/", 403, "Deze pagina mag je niet openen"),
        ("/weg/", 404, "Op dit adres is niets"),
    ],
)
def test_errors_come_in_our_design_and_never_say_what_the_error_said(broken, address, status, words):
    response = broken.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'class="bar"' in html
    assert 'href="/"' in html
    assert "kanarie" not in html


@pytest.mark.django_db
def test_our_own_fault_has_a_number_that_the_log_has_too(broken):
    response = broken.get("/kapot/")
    assert f"<code>{response['X-Request-ID']}</code>" in response.content.decode()


@pytest.mark.django_db
def test_fault_that_breaks_the_templates_too_gets_a_plain_sentence(broken, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False}]
    response = broken.get("/kapot/")
    assert response.status_code == 500
    assert "Er ging bij ons iets mis." in response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_name_of_a_host_that_is_not_ours_gets_the_page_too(client):
    response = client.get("/kennis/", headers={"host": "elders.example"})
    assert response.status_code == 400
    assert "elders" not in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_gets_a_page_with_the_way_back():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "kanarie"})
    assert response.status_code == 403
    assert '<a class="button" href="/account/login/"' in response.content.decode()
    assert "kanarie" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Er is geen verbinding"), ("en", "There is no connection")]
)
def test_offline_page_holds_nothing_of_anybody(client, language, words):
    client.force_login(make_user(first_name="Kanarie", language=language))
    html = client.get("/offline/").content.decode()
    assert words in html
    assert "Kanarie" not in html
    assert "csrf" not in html


@pytest.mark.django_db
def test_worker_keeps_the_offline_page_and_its_files_alone(client):
    response = client.get("/worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    script = response.content.decode()
    kept = json.loads(re.search(r"^const FILES = (.*);$", script, re.MULTILINE)[1])
    assert all(re.fullmatch(r"/static/[\w./-]+\.(css|js|woff2)", name) for name in kept)
    assert {"/static/js/theme.js", "/static/css/contrast.css"} < set(kept)
    assert 'const PAGE = "/offline/";' in script


@pytest.mark.django_db
def test_worker_is_another_one_in_another_language(client):
    dutch = client.get("/worker.js").content
    assert client.get("/worker.js").content == dutch
    client.cookies["language"] = "en"
    assert client.get("/worker.js").content != dutch


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
