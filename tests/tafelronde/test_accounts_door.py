"""Signing up, logging in and out, forgetting a password: as a stranger and as a known person."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.urls import reverse

from tafelronde.accounts.forms.door import SignupForm
from tafelronde.accounts.models import User
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGNUP = {
    "first_name": "Noor",
    "name_prefix": "van der",
    "last_name": "Velde",
    "organisation": "Gemeente Kampen",
    "email": "noor@kampen.test",
    "password1": "vier-koude-fietsen",
}


def link_in(message):
    """The path of the one link to this site in a mail that is not its foot."""
    return re.search(rf"{settings.SITE_URL}(/\S+)", message.body)[1]


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), SIGNUP | changes)


def log_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def logged_in(client):
    return "_auth_user_id" in client.session


def test_signup_keeps_who_somebody_is(client):
    sign_up(client)
    user = User.objects.get()
    assert str(user) == "Noor van der Velde"
    assert (user.organisation, user.language) == ("Gemeente Kampen", "nl")
    assert not logged_in(client)


def test_signup_speaks_the_language_of_the_page(client):
    client.cookies["language"] = "en"
    sign_up(client)
    assert User.objects.get().language == "en"
    assert mail.outbox[0].subject == "Confirm your address"


def test_signup_is_complete_after_the_mail_was_confirmed(client):
    sign_up(client, next="/profiel/")
    (message,) = mail.outbox
    assert message.to == ["noor@kampen.test"]
    path = link_in(message)
    client.get(path)
    assert not EmailAddress.objects.get().verified  # a mail scanner that opens links confirms nothing
    response = client.post(path)
    assert EmailAddress.objects.get().verified
    assert response.url == "/profiel/"
    assert logged_in(client)


def test_confirming_in_another_browser_does_not_log_in(client, django_client):
    sign_up(client)
    django_client.post(link_in(mail.outbox[0]))
    assert EmailAddress.objects.get().verified
    assert not logged_in(django_client)


@pytest.fixture
def django_client(client):
    return type(client)()


def test_signup_refuses_what_is_missing_and_keeps_what_was_typed(client):
    response = sign_up(client, first_name="", password1="kort")
    assert response.status_code == 422
    page = response.content.decode()
    assert set(response.context["form"].errors) == {"first_name", "password1"}
    assert 'value="Gemeente Kampen"' in page and 'value="Velde"' in page
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["bekend@deventer.test", "onbekend@deventer.test"])
def test_signup_answers_the_same_for_known_and_unknown_address(client, email):
    make_user("bekend@deventer.test")
    response = sign_up(client, email=email)
    assert response.url == reverse("account_email_verification_sent")
    page = client.get(response.url)
    assert page.status_code == 200
    assert email not in page.content.decode()
    assert [message.to for message in mail.outbox] == [[email]]


def test_signup_with_a_known_address_makes_nothing_and_tells_its_owner(client):
    owner = make_user("bekend@deventer.test")
    sign_up(client, email="bekend@deventer.test")
    assert User.objects.get() == owner
    assert "wachtwoord" in mail.outbox[0].body


def test_two_signups_at_the_same_moment_make_one_account(client, monkeypatch):
    owner = make_user("noor@kampen.test")
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda form, email: email)
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert User.objects.get() == owner


def test_signup_is_closed_where_people_are_invited(client, settings):
    settings.SIGNUP = "invited"
    response = client.get(reverse("account_signup"))
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    sign_up(client)
    assert not User.objects.exists()


def test_login_leads_to_the_start_page(client):
    user = make_user()
    assert log_in(client, user.email.upper()).url == "/start/"
    assert logged_in(client)


@pytest.mark.parametrize(
    ("wish", "goal"),
    [
        ("/profiel/", "/profiel/"),
        ("https://kwaad.test/", "/start/"),
        ("//kwaad.test/", "/start/"),
        ("javascript:alert(1)", "/start/"),
        ("/\\kwaad.test", "/start/"),
    ],
)
def test_login_goes_on_within_this_site_only(client, wish, goal):
    assert log_in(client, make_user().email, next=wish).url == goal


@pytest.mark.parametrize("wish", ["https://kwaad.test/", '/"><script>'])
def test_login_page_never_writes_a_strange_next(client, wish):
    page = client.get(reverse("account_login"), {"next": wish}).content.decode()
    assert "<script>" not in page.split("<main")[1].split("</main")[0]


def test_login_answers_the_same_for_known_and_unknown_address(client):
    make_user("bekend@deventer.test")
    answers = [
        log_in(client, email, "niet-het-wachtwoord").context["form"].errors.as_json()
        for email in ("bekend@deventer.test", "onbekend@deventer.test")
    ]
    assert answers[0] == answers[1]
    assert not logged_in(client)


def test_login_with_an_unconfirmed_address_asks_to_confirm_it(client):
    user = make_user(verified=False)
    assert log_in(client, user.email).url == reverse("account_email_verification_sent")
    assert not logged_in(client)
    assert mail.outbox[0].to == [user.email]


def test_login_of_a_closed_account_is_told_so(client):
    user = make_user(is_active=False)
    assert log_in(client, user.email).url == reverse("account_inactive")
    assert not logged_in(client)


def test_too_many_wrong_passwords_are_refused_even_when_right(client):
    user = make_user()
    for _ in range(5):
        log_in(client, user.email, "niet-het-wachtwoord")
    response = log_in(client, user.email)
    assert not logged_in(client)
    assert "vijf minuten" in str(response.context["form"].errors)


def test_too_many_signups_from_one_place_get_429(client):
    for number in range(20):
        assert sign_up(client, email=f"p{number}@kampen.test").status_code == 302
    response = sign_up(client, email="nog-een@kampen.test")
    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("address", ["/_util/login/", "/beheer/login/", "/beheer/django/login/"])
def test_no_other_door_takes_a_password(client, address):
    """One that did would go round the second step and the limit on guesses."""
    user = make_user(is_staff=True, is_superuser=True)
    entered = client.post(address, {"username": user.email, "password": PASSWORD})
    assert entered.status_code in (302, 405)
    assert not logged_in(client)


def test_the_admin_has_no_door_to_the_password_of_its_own(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert client.get("/beheer/django/password_change/").url == reverse("account_change_password")


def test_logout_needs_a_post_and_ends_the_session(client):
    log_in(client, make_user().email)
    key = client.session.session_key
    client.get(reverse("account_logout"))
    assert logged_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not logged_in(client)
    assert not client.session.exists(key)


def test_logout_needs_our_own_form():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    assert client.post(reverse("account_logout")).status_code == 403


@pytest.mark.parametrize("email", ["bekend@deventer.test", "onbekend@deventer.test"])
def test_password_reset_answers_the_same_for_known_and_unknown_address(client, email):
    make_user("bekend@deventer.test")
    response = client.post(reverse("account_reset_password"), {"email": email})
    assert response.url == reverse("account_reset_password_done")
    assert email not in client.get(response.url).content.decode()
    assert [message.to for message in mail.outbox] == [[email]]


def test_password_reset_lets_in_with_the_new_password_only(client):
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    path = client.get(link_in(mail.outbox[0])).url
    assert client.get(path).status_code == 200
    client.post(path, {"password1": "vijf-warme-truien"})
    assert not logged_in(client)
    log_in(client, user.email)
    assert not logged_in(client)
    log_in(client, user.email, "vijf-warme-truien")
    assert logged_in(client)


def test_password_reset_link_works_once(client):
    client.post(reverse("account_reset_password"), {"email": make_user().email})
    link = link_in(mail.outbox[0])
    client.post(client.get(link).url, {"password1": "vijf-warme-truien"})
    page = client.get(link)
    assert page.context["token_fail"]


def test_password_reset_ends_the_sessions_elsewhere(client, django_client):
    user = make_user()
    django_client.force_login(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(client.get(link_in(mail.outbox[0])).url, {"password1": "vijf-warme-truien"})
    assert django_client.get("/profiel/").status_code == 302


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_inactive"]
)
def test_pages_of_the_door_are_not_kept(client, name):
    assert "no-store" in client.get(reverse(name))["Cache-Control"]
