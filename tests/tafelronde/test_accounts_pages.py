"""Every page and mail that allauth can show is ours: our template, our design, our words in both languages."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account import urls as allauth_urls
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

THEIRS = Path(allauth.__file__).parent / "templates"
ADDRESSES = [pattern.name for pattern in allauth_urls.urlpatterns]


def sources(response):
    return [template.origin.name for template in response.templates if template.origin.name]


def pages(client, names=ADDRESSES):
    """Every page of allauth without a key in its address, as this client gets it."""
    for name in names:
        try:
            response = client.get(reverse(name))
        except NoReverseMatch:
            continue
        yield name, response


@pytest.mark.parametrize("logged_in", [False, True])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_our_own(client, logged_in, language):
    client.cookies["language"] = language
    if logged_in:
        client.force_login(make_user(language=language))
    shown = 0
    for name, response in pages(client):
        assert response.status_code in {200, 302}, name
        if response.status_code == 200:
            shown += 1
            page = response.content.decode()
            assert not [source for source in sources(response) if source.startswith(str(THEIRS))], name
            assert f'<html lang="{language}"' in page, name
            assert page.count("<h1") == 1, name
    assert shown >= 4


def test_pages_with_a_key_are_our_own(client):
    unconfirmed = EmailAddress.objects.get(user=make_user(verified=False))
    good = EmailConfirmationHMAC(unconfirmed).key
    for address in (
        reverse("account_confirm_email", args=[good]),
        reverse("account_confirm_email", args=["onzin"]),
        "/account/password/reset/key/1-onzin/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert not [source for source in sources(response) if source.startswith(str(THEIRS))], address


def test_page_that_asks_for_a_confirmed_address_is_our_own():
    assert "accounts" in get_template("account/verified_email_required.html").origin.name


def test_messages_are_our_own():
    used = {"login_code_sent", "phone_verification_sent", "phone_verified"}  # of ways in that are not offered
    for path in (THEIRS / "account/messages").glob("*.txt"):
        if path.stem not in used:
            assert str(THEIRS) not in get_template(f"account/messages/{path.name}").origin.name, path.stem


def test_pages_of_the_door_speak_dutch_without_english_left(client):
    english = re.compile(r"\b(the|your|you|with|password|account already|sign)\b", re.IGNORECASE)
    for name, response in pages(client):
        if response.status_code == 200:
            words = re.sub(r"<[^>]*>", " ", response.content.decode().split("<main")[1].split("</main")[0])
            assert not english.findall(words), name


def test_password_is_changed_and_told_by_mail(client):
    user = make_user()
    elsewhere = type(client)()
    elsewhere.force_login(user)
    client.force_login(user)
    fields = {"oldpassword": PASSWORD, "password1": "vijf-warme-truien"}
    assert client.post(reverse("account_change_password"), fields).url == reverse("profile")
    user.refresh_from_db()
    assert user.check_password("vijf-warme-truien")
    assert client.get(reverse("profile")).status_code == 200
    assert elsewhere.get(reverse("profile")).status_code == 302
    assert mail.outbox[0].subject == "Je wachtwoord is veranderd"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "Gebruik minstens 12 tekens."),
        ("qwerty123456", "makkelijk te raden"),
        ("persoon@voorbeeld.test", "te veel op je naam of adres"),
    ],
)
def test_weak_password_is_refused_with_a_sentence(client, password, sentence):
    user = make_user("persoon@voorbeeld.test")
    client.force_login(user)
    fields = {"oldpassword": PASSWORD, "password1": password}
    response = client.post(reverse("account_change_password"), fields)
    assert sentence in str(response.context["form"].errors["password1"])
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_password_is_not_changed_without_the_old_one(client):
    user = make_user()
    client.force_login(user)
    client.post(reverse("account_change_password"), {"oldpassword": "fout", "password1": "vijf-warme-truien"})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def ask_for_address(client, email):
    return client.post(reverse("account_email"), {"email": email, "action_add": ""})


def confirm_it_is_me(client, response, password=PASSWORD):
    return client.post(response.url, {"password": password, "next": reverse("account_email")})


def change_address(client, email="nieuw@kampen.test"):
    return confirm_it_is_me(client, ask_for_address(client, email))


def link_in(message):
    return re.search(rf"{settings.SITE_URL}(/\S+)", message.body)[1]


def test_new_address_counts_once_it_is_confirmed(client):
    user = make_user("oud@kampen.test")
    client.force_login(user)
    change_address(client)
    user.refresh_from_db()
    assert user.email == "oud@kampen.test"
    assert "nieuw@kampen.test" in client.get(reverse("account_email")).content.decode()
    client.post(link_in(mail.outbox[0]))
    user.refresh_from_db()
    assert user.email == "nieuw@kampen.test"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nieuw@kampen.test", True)]
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["oud@kampen.test"],
        "Je e-mailadres is veranderd",
    )


def test_new_address_can_be_given_up(client):
    user = make_user("oud@kampen.test")
    client.force_login(user)
    change_address(client)
    client.post(reverse("account_email"), {"email": "nieuw@kampen.test", "action_remove": ""})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["oud@kampen.test"]


def test_address_changes_only_after_the_password_was_given_again(client):
    client.force_login(make_user())
    response = ask_for_address(client, "nieuw@kampen.test")
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert confirm_it_is_me(client, response, "fout").status_code == 422
    assert mail.outbox == []
    confirm_it_is_me(client, response)
    assert mail.outbox[0].to == ["nieuw@kampen.test"]


@pytest.mark.parametrize("verified", [True, False])
def test_address_of_somebody_else_cannot_be_taken(client, verified):
    make_user("bekend@deventer.test", verified=verified)
    user = make_user()
    client.force_login(user)
    assert change_address(client, "bekend@deventer.test").status_code == 302
    for message in mail.outbox:
        client.post(link_in(message))
    email = user.email
    user.refresh_from_db()
    assert user.email == email
