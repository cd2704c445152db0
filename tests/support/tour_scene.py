"""Makes what is on the tour (tests/support/tour.py) in a server's data: `python -m tests.support.tour_scene`.

Wishes come as JSON on stdin: {"language": …} makes people, places and what is drawn; {"rooms": true} begins the live
sessions. Prints {"cookie", "keys", "places", "errors", "mails"} as JSON. Goes through the same actions as everybody; only what
a mail alone knows (the secret of a link) and what a device makes (a passkey) is put in directly.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tafelronde.settings")

import django  # noqa: E402

django.setup()

import itertools  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
from datetime import timedelta  # noqa: E402
from typing import Any  # noqa: E402

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY  # noqa: E402
from allauth.account.forms import default_token_generator  # noqa: E402
from allauth.account.models import EmailAddress, EmailConfirmationHMAC  # noqa: E402
from allauth.account.utils import user_pk_to_url_str  # noqa: E402
from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402
from allauth.mfa.webauthn.internal.auth import WebAuthn  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from fido2.utils import websafe_encode  # noqa: E402
from fido2.webauthn import (  # noqa: E402
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)
from wagtail.models import Page  # noqa: E402

from communities import actions as communities  # noqa: E402
from communities.models import Community, LeerkringIndexPage, LeerkringPage, Meeting, MeetingPage  # noqa: E402
from intervisie import actions, queries  # noqa: E402
from intervisie.actions import Plan  # noqa: E402
from intervisie.enums import CastRole  # noqa: E402
from intervisie.models import Case, Session  # noqa: E402
from knowledge.models import NewsIndexPage, NewsPage, PublicationPage  # noqa: E402
from tafelronde.accounts import actions as accounts  # noqa: E402
from tafelronde.accounts.models import Invitation, User  # noqa: E402
from tafelronde.accounts.queries import hash_of  # noqa: E402
from tafelronde.accounts.sessions import SessionStore  # noqa: E402
from tafelronde.demo import people  # noqa: E402
from tafelronde.demo.sessions import FINISHED, TO_START  # noqa: E402
from tafelronde.demo.sit import BETWEEN_LINES, hold, plan  # noqa: E402
from tafelronde.management.commands.demo import PASSWORD  # noqa: E402
from tafelronde.pages.models import HomePage  # noqa: E402
from tafelronde.post.enums import Kind  # noqa: E402
from tafelronde.post.models import Letter  # noqa: E402
from tafelronde.post.queries import unsubscribe_token  # noqa: E402
from tafelronde.post.writing import write  # noqa: E402
from tests.support.scene import log_in  # noqa: E402

ERRORS = ("400", "403", "403_csrf", "404", "405", "429", "500")
LONG = "Interbestuurlijke arbeidsmarktregiocoördinatie en verantwoordelijkheidsverdeling"
STEPS = {  # of which script, and after how many times "next"
    "inc6_pitch": (0, 0),
    "inc6_choose": (0, 1),
    "inc6_explain": (0, 2),
    "inc6_facts": (0, 3),
    "inc6_diagnosis": (0, 4),
    "inc6_intention": (0, 6),
    "inc6_closing": (0, 7),
    "rod_gossip": (1, 4),
    "rod_reaction": (1, 5),
}


def user_of(key: str) -> User:
    return User.objects.get(email=f"{key}@tafelronde.example")


def just_now(user: User) -> str:
    """A log-in that gave its password a moment ago, and does not have to again while the tour lasts."""
    store = SessionStore(log_in(user))
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    store["account_authentication_methods_user"] = str(user.pk)
    store.save()
    return store.session_key


def halfway(user: User) -> str:
    """A browser that gave the password and owes the second step."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def passkey() -> dict[str, Any]:
    """What a browser tells when a device made a key."""
    point = {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}  # the shape of a public key, of nobody
    attested = AttestedCredentialData.create(bytes(16), b"tour", point)
    told = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, attested)
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"tour", settings.SITE_URL)
    return {
        "id": websafe_encode(b"tour"),
        "rawId": websafe_encode(b"tour"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def keys() -> dict[str, str]:
    """Log-ins of everybody on the tour. Tom has every way in that there is."""
    tom = user_of("tom")
    TOTP.activate(tom, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(tom)
    WebAuthn.add(tom, "Werktelefoon", passkey())
    log_in(user_of("saskia"))  # elsewhere
    everybody = [*people.MEMBERS, people.COORDINATOR, people.EDITOR, people.ADMINISTRATOR, people.VISITOR]
    plain = {person.key: log_in(user_of(person.key)) for person in everybody}
    return plain | {"tom": just_now(tom), "lars": just_now(user_of("lars")), "half": halfway(tom)}


def places() -> dict[str, str]:
    saskia, marjan, beheer = user_of("saskia"), user_of("marjan"), user_of("beheer")
    community = Community.objects.get(slug="slim-samenwerken")
    communities.invite(marjan, community, user_of("wouter").email)
    communities.invite(marjan, community, "nieuwe.collega@gemeente.example")
    accounts.invite(beheer, "griffier@gemeente.example")
    Invitation.objects.create(
        email="raadsadviseur@gemeente.example",
        token_hash=hash_of("uitgenodigd"),
        invited_by=marjan,
        next_url=reverse("communities:join", args=[community.slug]),
        expires_at=timezone.now() + timedelta(days=14),
    )
    address = EmailAddress(user=saskia, email="saskia.visser@zwolle.example")
    address.save()
    secret = default_token_generator.make_token(saskia)
    held, gossip = Session.objects.filter(status="ended").order_by("starts_at")
    coming = Session.objects.get(status="planned", method_id="INC6")
    passkey = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    member = community.memberships.get(user=saskia)
    return {
        "empty_leerkring": empty_leerkring(),
        "confirm_address": reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key]),
        "new_password": reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(saskia), "key": secret},
        ),
        "invited": reverse("accept_invitation", args=["uitgenodigd"]),
        "unsubscribe": reverse("post:unsubscribe", args=[unsubscribe_token(saskia, Kind.NEW_MEETINGS)]),
        "passkey": f"/account/2fa/webauthn/keys/{passkey.pk}/",
        "member": reverse("communities:member", args=[community.slug, member.pk]),
        "case": reverse("intervisie:case_detail", args=[Case.objects.get(owner=saskia).pk]),
        "session": reverse("intervisie:session", args=[coming.pk]),
        "invited_session": reverse("intervisie:session", args=[asked(community).pk]),
        "held": reverse("intervisie:session", args=[held.pk]),
        "held_gossip": reverse("intervisie:session", args=[gossip.pk]),
        **desk(),
    }


def empty_leerkring() -> str:
    """A leerkring without a meeting, and with the longest of words."""
    page = LeerkringIndexPage.objects.get().add_child(
        instance=LeerkringPage(
            live=False, title=LONG, slug="lang", question=f"{LONG}?", intro=f"{LONG}.", edition="voorjaar"
        )
    )
    page.save_revision().publish()
    return str(page.url)


def asked(community: Community) -> Session:
    """A session by somebody, to which not everybody has answered yet."""
    erik, fatma = user_of("erik"), user_of("fatma")
    cast = [(erik, CastRole.FACILITATOR), (fatma, CastRole.MEMBER), (user_of("tom"), CastRole.MEMBER)]
    wanted = Plan(
        title="Tussentijdse intervisie",
        method=queries.shipped_json("ROD"),
        starts_at=timezone.now() + timedelta(days=12),
        video_url="https://video.example/tafel",
    )
    return actions.plan_session(erik, wanted, community=community, cast=cast)


def desk() -> dict[str, str]:
    """Where editors write each kind of page."""
    shown = {
        "home": HomePage,
        "leerkringen": LeerkringIndexPage,
        "leerkring": LeerkringPage,
        "meeting": MeetingPage,
        "news_list": NewsIndexPage,
        "news": NewsPage,
        "publication": PublicationPage,
    }
    home = LeerkringPage.objects.get(slug="slim-samenwerken")
    new = {
        "desk_meeting_new": reverse("wagtailadmin_pages:add", args=["communities", "meetingpage", home.pk])
    }
    return new | {f"desk_{name}": edit_address(kind) for name, kind in shown.items()}


def edit_address(kind: type[Page]) -> str:
    page = kind.objects.order_by("pk").first()
    assert page is not None
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def errors(language: str) -> dict[str, str]:
    """The pages of what goes wrong."""
    request = RequestFactory().get("/kennis/")
    request.user, request.csp_nonce = AnonymousUser(), "nonce"  # type: ignore[attr-defined]
    with translation.override(language):
        return {
            f"error-{name}": render_to_string(f"{name}.html", {"number": "3f9c2a71"}, request=request)
            for name in ERRORS
        }


def mails() -> dict[str, str]:
    """One mail of each kind that the demo sends."""
    made = {}
    Client().post(reverse("account_reset_password"), {"email": user_of("fatma").email})
    waiting = Letter.objects.filter(status="waiting").order_by("template")
    for template, letters in itertools.groupby(waiting, lambda letter: letter.template):
        mails = (mail for letter in letters if (mail := write(letter)))
        if mail := next(mails, None):
            made[f"mail-{template.replace('/', '-')}"] = str(mail.alternatives[0][0])
    return made


def rooms() -> dict[str, str]:
    """A session at each of the steps, as if it had begun so long ago."""
    everybody = {person.key: user_of(person.key) for person in people.MEMBERS}
    meeting = Meeting.objects.get(slug="kampen")
    community = meeting.edition.community
    made = {"lobby": plan(TO_START[0], community, meeting, everybody)}
    for name, (number, steps) in STEPS.items():
        script = FINISHED[number]
        ends = [at for at, line in enumerate(script.script) if line[1] == "next" or line[1] == "end"]
        begun = [at for at, line in enumerate(script.script) if line[1] == "next"][:steps]
        # Halfway through the step: some have spoken, others have yet to.
        start = begun[-1] + 1 if begun else 0
        until = start + (next(at for at in ends if at >= start) - start) // 2
        short = script._replace(title="Intervisie in Kampen", script=script.script[:until])
        began = timezone.now() - BETWEEN_LINES * (len(script.members) + 2 + until) - timedelta(seconds=20)
        made[name] = plan(short, community, meeting, everybody)
        hold(made[name], short, everybody, began)
    return {name: reverse("intervisie:room", args=[session.pk]) for name, session in made.items()}


def main() -> None:
    wanted = json.load(sys.stdin)
    if wanted.get("rooms"):
        print(json.dumps({"places": rooms()}))  # noqa: T201
        return
    User.objects.update(language=wanted["language"])
    made = {
        "cookie": settings.SESSION_COOKIE_NAME,
        "keys": keys(),
        "places": places(),
        "errors": errors(wanted["language"]),
        "mails": mails(),
    }
    print(json.dumps(made))  # noqa: T201


if __name__ == "__main__":
    main()
