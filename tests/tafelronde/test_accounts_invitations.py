"""Inviting people who have no account yet, and what their token can and cannot do."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tafelronde.accounts import actions
from tafelronde.accounts.models import Invitation, User
from tafelronde.accounts.queries import hash_of
from tafelronde.accounts.rules import INVITE, may_invite, may_revoke
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

SIGNUP = {"first_name": "Jan", "last_name": "Kok", "password1": "vier-koude-fietsen", "organisation": ""}


def make_inviter(**fields):
    user = make_user(**fields)
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="accounts", codename="add_invitation")
    )
    return User.objects.get(pk=user.pk)


@pytest.fixture
def invited(django_capture_on_commit_callbacks):
    """Invites an address and returns the path in the mail."""

    def invite(email="jan@zwolle.test", **more):
        with django_capture_on_commit_callbacks(execute=True):
            actions.invite(more.pop("inviter", None) or make_user(), email, **more)
        return re.search(rf"{settings.SITE_URL}(/uitnodiging/\S+)", mail.outbox[-1].body)[1]

    return invite


def token_of(path):
    return path.strip("/").split("/")[-1]


def test_invitation_keeps_only_the_hash_of_a_long_token(invited):
    token = token_of(invited())
    assert len(token) >= 43  # 256 bits
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hash_of(token)
    assert token not in str(vars(invitation))


def test_invitation_goes_out_by_mail():
    actions.invite(make_user(first_name="Fatma"), "Jan@Zwolle.test ")
    assert mail.outbox[0].to == ["jan@zwolle.test"]
    assert mail.outbox[0].subject == "Fatma Bakker nodigt je uit"


def test_invitation_lasts_seven_days_at_most(invited):
    invited()
    invitation = Invitation.objects.get()
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    "elsewhere", ["https://kwaad.test/", "//kwaad.test/", "/\\kwaad.test", "leerkringen/"]
)
def test_invitation_leads_within_this_site_only(elsewhere):
    with pytest.raises(ValueError, match="next_url"):
        actions.invite(make_user(), "jan@zwolle.test", next_url=elsewhere)


def test_new_invitation_takes_the_place_of_the_open_one(client, invited):
    inviter = make_user()
    first = invited(inviter=inviter)
    second = invited(inviter=inviter)
    elsewhere = invited(inviter=inviter, next_url="/leerkringen/")
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == client.get(elsewhere).status_code == 200


def test_opening_the_link_accepts_nothing(client, invited):
    path = invited()
    for _ in range(5):
        assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert Invitation.objects.get().is_open
    assert "account_verified_email" not in client.session


@pytest.mark.parametrize("signup", ["open", "invited"])
def test_accepting_leads_to_a_verified_account(client, invited, settings, signup):
    settings.SIGNUP = signup
    path = invited(next_url="/leerkringen/")
    page = client.post(path, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_signup"))
    assert 'value="jan@zwolle.test"' in page.content.decode()
    response = client.post(reverse("account_signup"), SIGNUP | {"next": "/leerkringen/"})
    assert response.url == "/leerkringen/"
    user = User.objects.get(first_name="Jan")
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not Invitation.objects.get().is_open


def test_invited_person_cannot_sign_up_with_another_address(client, invited, settings):
    settings.SIGNUP = "invited"
    client.post(invited())
    client.post(reverse("account_signup"), SIGNUP | {"email": "ander@zwolle.test"})
    assert User.objects.get(first_name="Jan").email == "jan@zwolle.test"


def test_invitation_works_once(client, invited, settings):
    settings.SIGNUP = "invited"
    path = invited()
    client.post(path)
    client.post(reverse("account_signup"), SIGNUP)
    client.post(reverse("account_logout"))
    assert client.get(path).status_code == client.post(path).status_code == 404
    page = client.get(reverse("account_signup"))
    assert "account/signup_closed.html" in [template.name for template in page.templates]


def test_invitation_that_is_withdrawn_during_signup_no_longer_lets_in(client, invited, settings):
    settings.SIGNUP = "invited"
    client.post(invited())
    invitation = Invitation.objects.get()
    actions.revoke(invitation.invited_by, invitation)
    client.post(reverse("account_signup"), SIGNUP)
    assert not User.objects.filter(first_name="Jan").exists()


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}, {"accepted_at": timezone.now()}],
)
def test_invitation_that_is_over_is_gone(client, invited, change):
    path = invited()
    Invitation.objects.update(**change)
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 404
        assert "werkt niet" in response.content.decode()
    assert not actions.accept(Invitation.objects.get())


def test_unknown_token_is_gone(client):
    assert client.get("/uitnodiging/verzonnen/").status_code == 404


def test_accepting_wins_once():
    invitation = actions.invite(make_user(), "jan@zwolle.test")
    assert actions.accept(invitation)
    assert not actions.accept(invitation)


def test_invited_person_with_an_account_logs_in_and_goes_on(client, invited):
    make_user("jan@zwolle.test")
    response = client.post(invited(next_url="/leerkringen/"))
    assert response.url == f"{reverse('account_login')}?next=%2Fleerkringen%2F"
    assert not Invitation.objects.get().is_open


def test_invited_person_who_is_logged_in_goes_straight_on(client, invited):
    client.force_login(make_user("jan@zwolle.test"))
    assert client.post(invited(next_url="/leerkringen/")).url == "/leerkringen/"


def test_somebody_else_who_is_logged_in_cannot_accept(client, invited):
    path = invited()
    client.force_login(make_user())
    assert "voor jan@zwolle.test" in client.get(path).content.decode()
    client.post(path)
    assert Invitation.objects.get().is_open


def test_page_of_an_invitation_is_not_kept_and_tells_no_other_site(client, invited):
    response = client.get(invited())
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_only_those_with_the_right_may_invite():
    assert may_invite(make_inviter())
    assert may_invite(make_user(is_superuser=True))
    assert not may_invite(make_user())
    assert Permission.objects.filter(
        content_type__app_label="accounts", codename=INVITE.split(".")[1]
    ).exists()


def test_inviter_invites_on_the_page(client, django_capture_on_commit_callbacks):
    client.force_login(make_inviter())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("invitations"), {"email": "jan@zwolle.test"}, follow=True)
    assert "jan@zwolle.test" in response.content.decode()
    assert [message.to for message in mail.outbox] == [["jan@zwolle.test"]]


def test_page_to_invite_refuses_what_is_no_address_and_keeps_it(client):
    client.force_login(make_inviter())
    response = client.post(reverse("invitations"), {"email": "jan bij zwolle"})
    assert response.status_code == 422
    assert 'value="jan bij zwolle"' in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["bekend@deventer.test", "onbekend@deventer.test"])
def test_page_to_invite_does_not_tell_who_has_an_account(client, email):
    make_user("bekend@deventer.test")
    client.force_login(make_inviter())
    response = client.post(reverse("invitations"), {"email": email}, follow=True)
    assert f"De uitnodiging aan {email} is onderweg." in response.content.decode()


def test_page_to_invite_is_closed_to_others(client):
    assert client.get(reverse("invitations")).url.startswith(reverse("account_login"))
    client.force_login(make_user())
    assert client.get(reverse("invitations")).status_code == 403
    assert client.post(reverse("invitations"), {"email": "jan@zwolle.test"}).status_code == 403
    assert not Invitation.objects.exists()


def test_page_to_invite_lists_own_open_invitations_with_few_queries(client, django_assert_num_queries):
    inviter = make_inviter()
    actions.invite(make_user(), "van-een-ander@zwolle.test")
    client.force_login(inviter)
    for count in (3, 30):
        for number in range(count):
            actions.invite(inviter, f"p{number}@zwolle.test")
        with django_assert_num_queries(4):
            page = client.get(reverse("invitations"))
        assert len(page.context["invitations"]) == count
        assert "van-een-ander" not in page.content.decode()


def test_inviter_withdraws_an_invitation(client):
    inviter = make_inviter()
    invitation = actions.invite(inviter, "jan@zwolle.test")
    client.force_login(inviter)
    client.post(reverse("revoke_invitation", args=[invitation.pk]))
    assert not Invitation.objects.get().is_open


def test_nobody_else_withdraws_an_invitation(client):
    inviter = make_inviter()
    invitation = actions.invite(inviter, "jan@zwolle.test")
    address = reverse("revoke_invitation", args=[invitation.pk])
    client.post(address)
    client.force_login(make_inviter())
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert Invitation.objects.get().is_open
    assert may_revoke(inviter, invitation)
