"""What every answer carries: the reader's language and the security headers."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from communities import queries
from tafelronde.accounts.models import User
from tests.intervisie.factories import make_session
from tests.knowledge.factories import make_news
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE
)


def policy_of(response):
    """The content security policy as directive → values."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in parts}


@pytest.fixture
def login_page(client):
    return lambda **more: client.get(reverse("account_login"), **more)


def test_dutch_is_the_language_whatever_the_browser_wishes(login_page):
    response = login_page(headers={"accept-language": "en-GB,en"})
    assert '<html lang="nl"' in response.content.decode()
    assert response["Content-Language"] == "nl"


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("nl", "nl"), ("tlh", "nl"), ("", "nl")])
def test_visitor_is_spoken_to_in_the_language_of_the_cookie(client, login_page, cookie, language):
    client.cookies["language"] = cookie
    response = login_page()
    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language


def test_profile_goes_before_the_cookie(client):
    client.force_login(make_user(language="en"))
    client.cookies["language"] = "nl"
    assert client.get(reverse("profile"))["Content-Language"] == "en"


def test_one_reader_leaves_no_language_to_the_next(client, login_page):
    client.cookies["language"] = "en"
    login_page()
    del client.cookies["language"]
    assert login_page()["Content-Language"] == "nl"


def test_answers_differ_by_cookie(login_page):
    assert "Cookie" in login_page()["Vary"]


def test_policy_lets_in_nothing_from_elsewhere_and_nothing_inline(login_page):
    policy = policy_of(login_page())
    for directive in ("default-src", "style-src", "img-src", "font-src", "form-action", "frame-ancestors"):
        assert policy[directive] == {"'self'"}, directive
    assert policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["connect-src"] == {"'self'", settings.SITE_URL.replace("http", "ws", 1)}
    assert all("unsafe" not in value for values in policy.values() for value in values)


def test_admin_has_a_policy_of_its_own_without_others_either(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for address in ("/beheer/", "/beheer/django/"):
        policy = policy_of(client.get(address))
        assert policy["default-src"] == {"'self'"}
        assert policy["script-src"] == {"'self'", "'unsafe-inline'"}
        assert not [value for values in policy.values() for value in values if value.startswith("http")]


def test_answers_carry_the_other_headers(login_page):
    response = login_page()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "mailbox"])
def test_pages_for_visitors_have_nothing_inline(client, name):
    assert not INLINE.findall(client.get(reverse(name)).content.decode())


@pytest.mark.parametrize(
    "name", ["profile", "account_email", "account_change_password", "invitations", "account_reauthenticate"]
)
def test_pages_for_people_have_nothing_inline(client, name):
    client.force_login(make_user(is_superuser=True))
    assert not INLINE.findall(client.get(reverse(name)).content.decode())


def test_what_somebody_logged_in_sees_is_kept_nowhere(client):
    client.force_login(make_user())
    assert client.get(reverse("profile"))["Cache-Control"] == "no-store, private"


def test_what_is_in_use_is_not_deleted_at_the_desk_and_it_says_so(client):
    person = make_session().organiser
    client.force_login(make_user(is_superuser=True, is_staff=True))
    refused = client.post(f"/beheer/users/delete/{person.pk}/", follow=True)
    assert refused.status_code == 200
    assert "nog gebruikt" in refused.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_half_a_form_at_the_desk_is_a_bad_request(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert client.post(f"/beheer/pages/{make_news().pk}/edit/").status_code == 400
    assert client.post("/beheer/redirects/import/process/").status_code == 400
    assert client.post("/beheer/choose-external-link/").status_code == 400


def test_word_for_a_number_at_the_desk_is_a_bad_request(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert client.get("/beheer/images/chooser/chosen/nergens/").status_code == 400


def test_own_fault_at_the_desk_is_not_laid_at_the_door_of_who_asks(client, monkeypatch):
    def broken(*_):
        raise KeyError("ours")

    monkeypatch.setattr(queries, "pages_visible_to", broken)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    with pytest.raises(KeyError, match="ours"):
        client.get("/beheer/choose-page/")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SETUP"])
def test_method_that_no_page_means_is_refused_with_a_page_before_anything_is_looked_up(
    client, method, django_assert_num_queries
):
    client.force_login(make_user(language="en"))
    for address in ("/", "/start/", "/account/email/", "/beheer/pages/", "/nergens/", "/geen-adres"):
        with django_assert_num_queries(0):
            refused = client.generic(method, address)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, POST")
        assert "<h1>Dat kan hier niet</h1>" in refused.content.decode()
        assert int(refused["Content-Length"]) == len(refused.content)


def test_view_that_refuses_says_so_on_a_page_in_the_language_of_the_reader(client):
    client.force_login(make_user(language="en"))
    refused = client.get(reverse("remove_photo"))
    assert (refused.status_code, refused["Allow"]) == (405, "POST")
    assert "<h1>That cannot be done here</h1>" in refused.content.decode()
    assert client.post(reverse("start")).status_code == 405


def test_what_the_scripts_of_the_desk_send_arrives(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    put_away = client.patch("/beheer/dismissibles/", '{"hint": true}', content_type="application/json")
    assert put_away.json() == {"hint": True}
    page = make_news()
    assert client.delete(f"/beheer/pages/{page.pk}/edit/preview/").json() == {"success": True}
    assert client.put(f"/beheer/pages/{page.pk}/edit/preview/").status_code == 405
    assert client.put("/beheer/dismissibles/").status_code == 405
