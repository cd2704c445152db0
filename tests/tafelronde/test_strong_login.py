"""Who must have a second step at log-in reaches nothing that their right gives before they have one, by role."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intervisie.enums import CastRole
from intervisie.realtime import protocol
from intervisie.realtime.identity import Admission, admit
from tafelronde import env
from tests.intervisie.factories import make_session
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ALL = ["administrators", "editors", "facilitators"]
NEEDED = "/account/2fa/needed/"


def editor():
    user = make_user()
    group = Group.objects.create(name="Bureau")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return user


ROLES = {
    "administrator": lambda: make_user(is_staff=True, is_superuser=True),
    "staff": lambda: make_user(is_staff=True),
    "editor": editor,
    "member": make_user,
}
BOUND = {"administrator": "administrators", "staff": "administrators", "editor": "editors"}


def give_app(user):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("setting", [[], ["administrators"], ["editors"], ["facilitators"], ALL])
def test_rights_wait_for_who_is_named(role, setting, settings):
    settings.STRONG_LOGIN_FOR = setting
    client = client_of(ROLES[role]())
    bound = BOUND.get(role) in setting or (role == "administrator" and "editors" in setting)
    for path in ("/start/", "/beheer/", "/beheer/django/", "/profiel/", "/intervisie/", "/bestaat-niet/"):
        answer = client.get(path)
        assert (answer.status_code == 302 and answer["Location"] == NEEDED) == bound, path
        assert client.post(path).headers.get("Location") != NEEDED or bound


@pytest.mark.parametrize("role", BOUND)
def test_who_must_can_set_it_up_read_why_and_log_out(role, settings):
    settings.STRONG_LOGIN_FOR = ALL
    client = client_of(ROLES[role]())
    assert "Eerst een tweede stap" in client.get(NEEDED).content.decode()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_email"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post("/taal/", {"language": "en"}).status_code == 302
    assert "First, set up a second step" in client.get(NEEDED).content.decode()
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", BOUND)
def test_with_a_second_step_everything_opens_and_one_goes_on_to_where_one_went(role, settings):
    settings.STRONG_LOGIN_FOR = ALL
    user = ROLES[role]()
    client = client_of(user)
    client.get("/profiel/?a=b")
    app = give_app(user)
    assert client.get(NEEDED).url == "/profiel/?a=b"
    assert client.get(NEEDED).url == reverse("mfa_index")
    assert client.get("/start/").status_code == 200
    app.delete()
    assert client.get("/start/").url == NEEDED, "whose second step is taken away must set one up anew"


def test_recovery_codes_alone_are_no_second_step(settings):
    settings.STRONG_LOGIN_FOR = ALL
    user = editor()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert client_of(user).get("/start/").url == NEEDED


def test_after_the_door_who_must_is_led_there(settings):
    settings.STRONG_LOGIN_FOR = ["editors"]
    client = Client()
    entered = client.post(
        reverse("account_login"), {"login": editor().email, "password": PASSWORD}, follow=True
    )
    assert entered.redirect_chain[-1][0] == NEEDED
    assert entered.status_code == 200


@pytest.mark.parametrize("bound", [True, False])
def test_a_facilitator_leads_only_with_a_second_step(bound, settings):
    settings.STRONG_LOGIN_FOR = ["facilitators"] if bound else ["administrators", "editors"]
    lead, member = make_user(), make_user()
    session = make_session(lead, members=[member])
    room = reverse("intervisie:room", args=[session.pk])
    seats = {seat.user_id: seat for seat in session.participants.all()}
    assert seats[lead.pk].role == CastRole.FACILITATOR
    for method in ("get", "post"):
        answer = getattr(client_of(lead), method)(room, {"do": "agree"})
        assert (answer.status_code == 302 and answer.url == NEEDED) == bound
        assert getattr(client_of(member), method)(room, {"do": "agree"}).status_code != 302
    assert client_of(lead).get("/start/").status_code == 200, "all else stays open"
    assert client_of(lead).get(reverse("intervisie:session", args=[session.pk])).status_code == 200
    assert (line_of(session, lead) == protocol.NO_ACCESS) == bound
    assert isinstance(line_of(session, member), Admission)
    give_app(lead)
    assert client_of(lead).get(room).status_code == 200
    assert isinstance(line_of(session, lead), Admission)


def line_of(session, user):
    return admit(session.pk, client_of(user).session.session_key, "nl")


def test_a_member_pays_no_query_for_it(settings):
    client = client_of(make_user())
    client.get("/profiel/")
    counts = []
    for roles in ([], ALL):
        settings.STRONG_LOGIN_FOR = roles
        with CaptureQueriesContext(connection) as queries:
            client.get("/profiel/")
        counts.append(len(queries))
    assert counts[0] == counts[1], "the menu asks for the right to the admin anyway"


def test_the_setting_takes_known_roles_alone(monkeypatch):
    allowed = ("administrators", "editors", "facilitators")
    monkeypatch.setenv("STRONG_LOGIN_FOR", "editors, facilitators")
    assert env.some("STRONG_LOGIN_FOR", allowed, "") == ["editors", "facilitators"]
    monkeypatch.setenv("STRONG_LOGIN_FOR", "")
    assert env.some("STRONG_LOGIN_FOR", allowed, "editors") == []
    monkeypatch.setenv("STRONG_LOGIN_FOR", "editors,iedereen")
    with pytest.raises(ImproperlyConfigured):
        env.some("STRONG_LOGIN_FOR", allowed, "")
