"""The second step at log-in: setting it up, using it, losing it; passkeys that were made up; what is kept and mailed."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TYPES = Authenticator.Type


def code_of(secret=SECRET, ago=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def with_app(**fields):
    user = make_user(**fields)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def log_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def logged_in(client):
    return "_auth_user_id" in client.session


def proven(client, user):
    """This client, logged in as somebody who just gave their password once more."""
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_log_in_asks_for_the_code_and_takes_each_code_once(client):
    user = with_app()
    assert log_in(client, user).url == reverse("mfa_authenticate")
    assert not logged_in(client)
    assert client.get(reverse("start")).status_code == 302
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert refused.status_code == 422
    assert "Deze code klopt niet" in refused.content.decode()
    code = code_of()
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("start")
    assert logged_in(client)
    other = type(client)()
    log_in(other, user)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 422
    assert not logged_in(other)


def test_a_recovery_code_works_once_and_its_owner_hears(client):
    user = with_app()
    code = RecoveryCodes.activate(user).get_unused_codes()[3]
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert logged_in(client)
    assert [one.subject for one in mail.outbox] == ["Er is een herstelcode gebruikt"]
    other = type(client)()
    log_in(other, user)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert not logged_in(other)


def test_guessing_codes_is_stopped(client):
    user = with_app()
    log_in(client, user)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert not logged_in(client)
    assert "te vaak" in answer.content.decode()


def test_a_forgotten_password_does_not_go_round_the_second_step(client):
    user = with_app()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "vijf-warme-truien"})
    assert not logged_in(client)
    client.post(reverse("account_login"), {"login": user.email, "password": "vijf-warme-truien"})
    assert not logged_in(client)


def test_setting_up_an_app(client, django_capture_on_commit_callbacks):
    user = make_user()
    client.force_login(user)
    page = reverse("mfa_activate_totp")
    assert client.get(page).url.startswith(reverse("account_reauthenticate")), "first the password again"
    proven(client, user)
    shown = client.get(page)
    assert "data:" not in shown.content.decode()
    picture = client.get(reverse("app_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert client.post(page, {"code": "123"}).status_code == 422
    secret = shown.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(page, {"code": code_of(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert [one.subject for one in mail.outbox] == ["Er is een authenticator-app ingesteld"]
    assert client.get(reverse("app_picture")).status_code == 404, "the secret is shown no more"
    kept = Authenticator.objects.get(user=user, type=TYPES.TOTP)
    assert secret not in json.dumps(kept.data), "the database holds it locked"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(done.url).content.decode())
    assert len(codes) == 10
    assert "<code>" not in client.get(done.url).content.decode(), "shown once"
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 403


def test_turning_the_app_off_takes_the_codes_along(client):
    user = with_app()
    proven(client, user)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=user).exists()
    assert mail.outbox[-1].subject == "Je authenticator-app staat uit"


def test_new_recovery_codes_make_the_old_ones_worthless(client, django_capture_on_commit_callbacks):
    user = with_app()
    old = RecoveryCodes.activate(user).get_unused_codes()
    proven(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_generate_recovery_codes"))
    assert done.url == reverse("mfa_view_recovery_codes")
    assert not set(old) & set(RecoveryCodes.activate(user).get_unused_codes())
    assert mail.outbox[-1].subject == "Nieuwe herstelcodes"


def test_another_secret_key_opens_nothing(client, settings):
    user = with_app()
    settings.SECRET_KEY = "een heel andere sleutel"
    wrapped = Authenticator.objects.get(user=user, type=TYPES.TOTP).wrap()
    assert not wrapped.validate_code(code_of())
    assert (
        not Authenticator.objects.get(user=user, type=TYPES.RECOVERY_CODES).wrap().validate_code("00000000")
    )


MADE_UP = [
    "",
    "null",
    "7",
    "[]",
    '"x"',
    "{}",
    '{"response": 7}',
    '{"id": "x", "rawId": "x", "response": {}, "type": "public-key"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "!", "attestationObject": "?",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}',
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "oA",
                "authenticatorData": "A" * 60,
                "signature": "AA",
                "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
            },
        }
    ),
]


@pytest.mark.parametrize("answer", MADE_UP)
def test_a_made_up_passkey_is_refused_everywhere_without_a_traceback(client, answer):
    user = with_app()
    fields = {"credential": answer}
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert client.post(reverse("mfa_login_webauthn"), fields).status_code == 302
    log_in(client, user)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), fields).status_code in {200, 422}
    assert not logged_in(client)
    proven(client, user)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"name": "x", **fields}).status_code == 422
    client.get(reverse("mfa_reauthenticate_webauthn"))
    assert client.post(reverse("mfa_reauthenticate_webauthn"), fields).status_code == 302
    assert not Authenticator.objects.filter(user=user, type=TYPES.WEBAUTHN).exists()


def test_nobody_reaches_the_passkey_of_another(client):
    owner = make_user()
    passkey = Authenticator.objects.create(user=owner, type=TYPES.WEBAUTHN, data={"name": "laptop"})
    proven(client, make_user())
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[passkey.pk])).status_code == 404
        assert client.post(reverse(name, args=[passkey.pk]), {"name": "van mij"}).status_code == 404
    assert Authenticator.objects.get(pk=passkey.pk).data == {"name": "laptop"}


def test_the_owner_renames_and_removes_a_passkey(client):
    owner = make_user()
    passkey = Authenticator.objects.create(user=owner, type=TYPES.WEBAUTHN, data={"name": "laptop"})
    proven(client, owner)
    assert client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": ""}).status_code == 422
    client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Werklaptop"})
    assert "Werklaptop" in client.get(reverse("mfa_index")).content.decode()
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert not Authenticator.objects.filter(user=owner).exists()
    assert mail.outbox[-1].subject == "Er is een passkey verwijderd"


PAGES = [
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
]


@pytest.mark.parametrize("name", PAGES)
def test_visitors_are_sent_to_the_door(client, name):
    assert reverse("account_login") in client.get(reverse(name), follow=True).redirect_chain[0][0]


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_many_passkeys(
    client, django_assert_max_num_queries
):
    user = with_app()
    client.force_login(user)
    for number in range(8):
        Authenticator.objects.create(user=user, type=TYPES.WEBAUTHN, data={"name": f"sleutel {number}"})
    client.get(reverse("mfa_index"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("mfa_index")).content.decode().count("sleutel 7") == 3


def test_the_admin_shows_no_secret_and_deletes(client):
    owner = with_app()
    boss = make_user(is_staff=True, is_superuser=True)
    client.force_login(boss)
    one = Authenticator.objects.get(user=owner, type=TYPES.TOTP)
    address = reverse("admin:mfa_authenticator_change", args=[one.pk])
    assert one.data["secret"] not in client.get(address).content.decode()
    assert (
        client.post(reverse("admin:mfa_authenticator_delete", args=[one.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert not Authenticator.objects.filter(pk=one.pk).exists()
