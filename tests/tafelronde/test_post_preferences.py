"""Choosing which mail one gets: the page in the profile, and the link in the mail."""

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from tafelronde.accounts.actions import close_account
from tafelronde.mail import Kind, send
from tafelronde.post import actions, queries
from tafelronde.post.models import OptOut
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

PAGE = "/mail/"


def link(user, kind=Kind.MEETING_REMINDERS):
    return reverse("post:unsubscribe", args=[queries.unsubscribe_token(user, kind)])


def test_page_shows_every_kind_and_what_is_always_sent(client, django_assert_max_num_queries):
    client.force_login(make_user())
    with django_assert_max_num_queries(8):
        page = client.get(PAGE).content.decode()
    assert page.count("checked") == len(Kind.values)
    for kind in Kind.values:
        assert f'value="{kind}"' in page
    assert "als een bijeenkomst verschuift of niet doorgaat" in page


def test_page_is_for_who_is_logged_in(client):
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"


def test_choice_is_kept_for_oneself_alone(client):
    user, other = make_user(), make_user()
    actions.unsubscribe(user, Kind.ANSWERS)
    actions.unsubscribe(other, Kind.ANSWERS)
    client.force_login(user)
    assert client.post(PAGE, {"kinds": [Kind.NEW_MEETINGS, Kind.ANSWERS]})["Location"] == PAGE
    assert queries.unwanted_kinds(user) == {Kind.MEETING_REMINDERS, Kind.SESSION_REMINDERS}
    assert queries.unwanted_kinds(other) == {Kind.ANSWERS}


def test_no_mark_at_all_ends_all_of_them(client):
    user = make_user()
    client.force_login(user)
    client.post(PAGE, {})
    assert queries.unwanted_kinds(user) == set(Kind.values)


def test_unknown_kind_changes_nothing(client):
    user = make_user()
    client.force_login(user)
    assert client.post(PAGE, {"kinds": ["account"]}).status_code == 422
    assert not OptOut.objects.exists()


def test_link_asks_first_as_scanners_open_every_link(client):
    user = make_user()
    response = client.get(link(user))
    assert response.status_code == 200 and not OptOut.objects.exists()
    page = response.content.decode()
    assert '<form class="form__actions" method="post">' in page and "herinnering aan bijeenkomsten" in page
    assert user.email not in page and str(user) not in page


def test_one_post_ends_it_without_log_in_cookie_or_redirect():
    user = make_user()
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = strict.post(link(user), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert queries.unwanted_kinds(user) == {Kind.MEETING_REMINDERS}
    assert "Je krijgt deze mail niet meer" in strict.get(link(user)).content.decode()


@pytest.mark.parametrize("other", [False, True], ids=["nobody", "somebody else"])
def test_link_works_whoever_is_logged_in(client, other):
    user = make_user()
    if other:
        client.force_login(make_user())
    client.post(link(user))
    assert OptOut.objects.get().user == user


def test_link_that_is_not_ours_is_not_found(client):
    user = make_user()
    foreign = signing.dumps([user.pk, "meeting_reminders"], salt="other")
    unknown_kind = queries.unsubscribe_token(user, "everything")
    for token in ("x", queries.unsubscribe_token(user, Kind.ANSWERS)[:-1], foreign, unknown_kind):
        for method in (client.get, client.post):
            response = method(reverse("post:unsubscribe", args=[token]))
            assert response.status_code == 404 and "Deze link werkt niet" in response.content.decode()
    assert not OptOut.objects.exists()


def test_link_of_a_closed_account_is_not_found(client):
    assert client.post(link(make_user(is_active=False))).status_code == 404


def test_unwanted_kind_is_not_sent_and_what_is_not_a_choice_is():
    user = make_user()
    actions.unsubscribe(user, Kind.ANSWERS)
    words = {"inviter": "Fatma", "token": "x", "days": 7}
    for kind in (Kind.ANSWERS, Kind.NEW_MEETINGS, ""):
        send("accounts/invitation", user, words, kind=kind)
    assert len(mail.outbox) == 2


def test_wishes_go_with_the_account():
    user, other = make_user(), make_user()
    for person in (user, other):
        actions.choose_mail(person, [])
    close_account(user)
    assert not user.opt_outs.exists()
    assert other.opt_outs.count() == len(Kind)
