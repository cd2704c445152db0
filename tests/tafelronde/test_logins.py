"""Own live log-ins: what is shown of them, logging out elsewhere, and what else ends them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tafelronde.accounts.models import LogIn
from tafelronde.accounts.names import device_name
from tafelronde.accounts.sessions import SessionStore
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
    " Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
    " Safari/537.36 Edg/130.0.0.0"
)


def entered(user, agent=FIREFOX):
    """A browser in which `user` logged in at the door."""
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def inside(client):
    return client.get(reverse("profile")).status_code == 200


def page_of(client):
    return client.get(reverse("mfa_index")).content.decode()


def handles(page):
    return re.findall(r'action="/account/2fa/logins/([0-9a-f]{64})/end/"', page)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (IPHONE, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8.5", ""),
        ("", ""),
        ("Linux <script>", "Linux"),
    ],
)
def test_devices_have_names_that_people_know(agent, name):
    assert device_name(agent) == name


def test_the_page_shows_all_log_ins_without_their_keys(client):
    user = make_user()
    laptop, phone = entered(user), entered(user, IPHONE)
    entered(make_user(), EDGE)
    page = page_of(laptop)
    assert page.index("Firefox, Windows") < page.index("Dit apparaat") < page.index("Safari, iPhone")
    assert "Edge" not in page
    assert phone.session.session_key not in page
    assert len(handles(page)) == 1


def test_no_address_of_anybody_is_kept():
    entered(make_user())
    assert {field.name for field in LogIn._meta.fields} == {
        "session_key", "session_data", "expire_date", "user", "device", "since", "seen_at",
    }  # fmt: skip
    assert "127.0.0.1" not in str(LogIn.objects.get().get_decoded())


def test_log_out_there(client):
    user = make_user()
    laptop, phone = entered(user), entered(user, IPHONE)
    [handle] = handles(page_of(laptop))
    assert laptop.get(reverse("end_login", args=[handle])).status_code == 405
    assert laptop.post(reverse("end_login", args=[handle])).url == reverse("mfa_index")
    assert (inside(laptop), inside(phone)) == (True, False)
    assert laptop.post(reverse("end_login", args=[handle])).status_code == 404


def test_log_out_everywhere_else():
    user = make_user()
    laptop, phone, tablet = entered(user), entered(user, IPHONE), entered(user, EDGE)
    laptop.post(reverse("end_other_logins"))
    assert [inside(one) for one in (laptop, phone, tablet)] == [True, False, False]
    assert "nergens anders ingelogd" in page_of(laptop)


def test_nobody_ends_the_log_in_of_another():
    owner, stranger = entered(make_user()), entered(make_user())
    entered_too = LogIn.objects.get(pk=owner.session.session_key)
    handle = handles(page_of(entered(entered_too.user)))[0]
    assert stranger.post(reverse("end_login", args=[handle])).status_code == 404
    stranger.post(reverse("end_other_logins"))
    assert inside(owner)
    assert Client().post(reverse("end_other_logins")).status_code == 302
    assert inside(owner)


def test_a_new_password_ends_all_other_log_ins_and_keeps_since_when_this_one_is():
    user = make_user()
    laptop, phone = entered(user), entered(user, IPHONE)
    since = LogIn.objects.get(pk=laptop.session.session_key).since
    fields = {"oldpassword": PASSWORD, "password1": "vijf-warme-truien"}
    laptop.post(reverse("account_change_password"), fields)
    assert (inside(laptop), inside(phone)) == (True, False)
    assert [(login.pk, login.since) for login in user.logins.all()] == [(laptop.session.session_key, since)]


def test_closing_the_account_ends_all_log_ins():
    user = make_user()
    laptop, _phone = entered(user), entered(user, IPHONE)
    laptop.post(reverse("close_account"), {"password": PASSWORD})
    assert not user.logins.exists()


def test_a_visit_is_noted_at_most_once_in_five_minutes():
    user = make_user()
    laptop = entered(user)
    key = laptop.session.session_key
    before = LogIn.objects.get(pk=key).seen_at
    laptop.get(reverse("profile"))
    assert LogIn.objects.get(pk=key).seen_at == before
    LogIn.objects.filter(pk=key).update(seen_at=timezone.now() - timedelta(minutes=6))
    laptop.get(reverse("profile"))
    assert timezone.now() - LogIn.objects.get(pk=key).seen_at < timedelta(minutes=1)


def test_a_log_in_that_ran_out_is_not_shown():
    user = make_user()
    laptop, phone = entered(user), entered(user, IPHONE)
    LogIn.objects.filter(pk=phone.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    assert handles(page_of(laptop)) == []


def test_sessions_are_kept_here_alone():
    assert settings.SESSION_ENGINE == "tafelronde.accounts.sessions"
    assert LogIn.get_session_store_class().get_model_class() is LogIn


# The person comes along with the log-in


def test_person_is_loaded_with_the_log_in(client):
    client.force_login(make_user())
    inside(client)
    with CaptureQueriesContext(connection) as asked:
        assert inside(client)
    assert [query["sql"] for query in asked if 'FROM "accounts_user"' in query["sql"]] == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_log_in_of_who_may_not_enter_any_more_is_none(client, change):
    user = make_user()
    client.force_login(user)
    assert inside(client)
    type(user).objects.filter(pk=user.pk).update(**change)
    assert not inside(client)


@pytest.mark.parametrize(
    ("key", "value"), [("_auth_user_id", "other"), ("_auth_user_hash", ""), ("_auth_user_backend", "a.B")]
)
def test_log_in_that_says_anything_else_than_its_row_is_judged_by_django(client, key, value):
    user, other = make_user(), make_user()
    client.force_login(user)
    row = LogIn.objects.get(user=user)
    data = row.get_decoded() | {key: str(other.pk) if value == "other" else value}
    LogIn.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(data))
    assert not inside(client)
