"""Every page of the product, for whoever walks past all of them: the test for barriers and the screenshots.

A new page gets a line in `PAGES` (of the live session in `ROOMS`, of the editors' desk in `DESK`); a test says so.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, Route

from tests.support.openid import CLIENT, SECRET
from tests.support.openid_provider import Provider, came_back, sign_up, somebody
from tests.support.pages import Browser
from tests.support.server import ROOT, Server, free_port

KRING = "/leerkringen/slim-samenwerken/"
ROUND = "/kring/slim-samenwerken/"


class Stop(NamedTuple):
    """One page as one person sees it. `path` may name places that `tour_scene` makes; `act` is done once it is there."""

    name: str
    path: str
    who: str = ""
    act: Callable[[Page], object] | None = None
    status: int = 200


def send_empty(page: Page) -> None:
    """Sends the page's form as it is, past what the browser would hold back."""
    form = page.locator("main form.form").first
    with page.expect_navigation():
        form.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")


def press(target: str) -> Callable[[Page], object]:
    return lambda page: page.locator(target).first.click()


def follow(target: str) -> Callable[[Page], object]:
    """Presses what leads to another page."""

    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator(target).first.click()

    return act


def write_a_line(page: Page) -> None:
    field = page.locator("[data-part=tools] textarea[name=text]")
    field.fill("dat drie weken voor een kleine organisatie geen termijn is, maar een mededeling.")


def type_into_search(page: Page) -> None:
    page.locator("[role=combobox]:visible").first.press_sequentially("kampen")
    page.locator("[role=option]").first.wait_for()


PAGES = [
    Stop("home", "/"),
    Stop("leerkringen", "/leerkringen/"),
    Stop("leerkring", KRING),
    Stop("leerkring-empty", "{empty_leerkring}"),
    Stop("meeting", f"{KRING}kampen/"),
    Stop("meeting-held", f"{KRING}zwolle/"),
    Stop("meeting-information", f"{KRING}informatiebijeenkomst-utrecht/"),
    Stop("knowledge", "/kennis/"),
    Stop("news-list", "/kennis/actualiteiten/"),
    Stop("news-list-theme", "/kennis/actualiteiten/?theme=raad"),
    Stop("news", "/kennis/actualiteiten/een-besluit-zes-partners/"),
    Stop("publication-list", "/kennis/publicaties/"),
    Stop("publication", "/kennis/publicaties/werkende-samenwerking/"),
    Stop("search", "/zoeken/"),
    Stop("search-typing", "/zoeken/", act=type_into_search),
    Stop("search-nothing", "/zoeken/?q=nietsvandit"),
    Stop("search-hits", "/zoeken/?q=regio"),
    Stop("privacy", "/privacy/"),
    Stop("accessibility", "/toegankelijkheid/"),
    Stop("colophon", "/colofon/"),
    Stop("security", "/beveiliging/"),
    Stop("offline", "/offline/"),
    Stop("style", "/stijl/"),
    Stop("style-meerwold", "/stijl/?theme=meerwold"),
    Stop("log-in", "/account/login/"),
    Stop("log-in-refused", "/account/login/", act=send_empty),
    Stop("log-in-for-desk", "/account/login/?next=/beheer/"),
    Stop("sign-up", "/account/signup/"),
    Stop("sign-up-refused", "/account/signup/", act=send_empty),
    Stop("sign-up-sent", "/account/confirm-email/"),
    Stop("address-confirm", "{confirm_address}"),
    Stop("address-confirm-gone", "/account/confirm-email/oud/"),
    Stop("password-forgotten", "/account/password/reset/"),
    Stop("password-forgotten-sent", "/account/password/reset/done/"),
    Stop("password-new", "{new_password}"),
    Stop("password-new-gone", "/account/password/reset/key/1-oud/"),
    Stop("password-new-done", "/account/password/reset/key/done/"),
    Stop("account-inactive", "/account/inactive/"),
    Stop("second-step", "/account/2fa/authenticate/", "half"),
    Stop("second-step-refused", "/account/2fa/authenticate/", "half", send_empty),
    Stop("openid-cancelled", "/account/3rdparty/login/cancelled/"),
    Stop("openid-failed", "/account/3rdparty/login/error/", status=401),
    Stop("openid-sign-up", "/account/3rdparty/signup/", "newcomer"),
    Stop("openid-connect", "/account/2fa/", "lars", follow("form[action*='openid/connect'] button")),
    Stop("invited", "{invited}"),
    Stop("invited-gone", "/uitnodiging/oud/", status=404),
    Stop("unsubscribe", "{unsubscribe}"),
    Stop("unsubscribe-unknown", "/mail/afmelden/oud/", status=404),
    Stop("start", "/start/", "saskia"),
    Stop("start-menu", "/start/", "saskia", press("[popovertarget=account]")),
    Stop("start-coordinator", "/start/", "marjan"),
    Stop("start-new", "/start/", "sanne"),
    Stop("profile", "/profiel/", "saskia"),
    Stop("profile-saved", "/profiel/", "saskia", send_empty),
    Stop("account-close", "/profiel/sluiten/", "saskia"),
    Stop("address-change", "/account/email/", "saskia"),
    Stop("password-change", "/account/password/change/", "saskia"),
    Stop("password-change-refused", "/account/password/change/", "saskia", send_empty),
    Stop("password-set", "/account/password/set/", "newcomer-in"),
    Stop("password-again", "/account/reauthenticate/", "saskia"),
    Stop("log-out", "/account/logout/", "saskia"),
    Stop("ways-in", "/account/2fa/", "saskia"),
    Stop("ways-in-all", "/account/2fa/", "tom"),
    Stop("ways-in-needed", "/account/2fa/needed/", "saskia"),
    Stop("app-add", "/account/2fa/totp/activate/", "lars"),
    Stop("app-add-refused", "/account/2fa/totp/activate/", "lars", send_empty),
    Stop("app-remove", "/account/2fa/totp/deactivate/", "tom"),
    Stop("passkey-add", "/account/2fa/webauthn/add/", "lars"),
    Stop("passkey-rename", "{passkey}edit/", "tom"),
    Stop("passkey-remove", "{passkey}remove/", "tom"),
    Stop("recovery-codes", "/account/2fa/recovery-codes/", "tom"),
    Stop("recovery-codes-new", "/account/2fa/recovery-codes/generate/", "tom"),
    Stop("second-step-again", "/account/2fa/reauthenticate/", "tom"),
    Stop("passkey-again", "/account/2fa/webauthn/reauthenticate/", "tom"),
    Stop("mail-choice", "/mail/", "saskia"),
    Stop("mailbox", "/postbus/", "saskia"),
    Stop("mailbox-mail", "/postbus/", "saskia", follow("main .list a")),
    Stop("leerkring-member", KRING, "saskia"),
    Stop("leerkring-coordinator", KRING, "marjan"),
    Stop("leerkring-asked", KRING, "sanne"),
    Stop("leerkring-invited", KRING, "wouter"),
    Stop("meeting-member", f"{KRING}kampen/", "saskia"),
    Stop("meeting-coordinator", f"{KRING}kampen/", "marjan"),
    Stop("news-editor", "/kennis/actualiteiten/een-besluit-zes-partners/", "wouter"),
    Stop("meeting-answer", f"{ROUND}bijeenkomst/kampen/antwoord/", "saskia"),
    Stop("members", f"{ROUND}leden/", "saskia"),
    Stop("members-coordinator", f"{ROUND}leden/", "marjan"),
    Stop("member", "{member}", "marjan"),
    Stop("join", f"{ROUND}aanmelden/", "beheer"),
    Stop("leave", f"{ROUND}verlaten/", "saskia"),
    Stop("requests", f"{ROUND}verzoeken/", "marjan"),
    Stop("invite", f"{ROUND}uitnodigen/", "marjan"),
    Stop("invite-refused", f"{ROUND}uitnodigen/", "marjan", send_empty),
    Stop("invitations", "/uitnodigen/", "beheer"),
    Stop("search-hits-member", "/zoeken/?q=regio", "saskia"),
    Stop("search-meant", "/zoeken/?q=intervisei", "saskia"),
    Stop("privacy-unfilled", "/privacy/", "beheer"),
    Stop("intervisie", "/intervisie/", "saskia"),
    Stop("intervisie-facilitator", "/intervisie/", "erik"),
    Stop("intervisie-new", "/intervisie/", "sanne"),
    Stop("methods", "/intervisie/methoden/", "saskia"),
    Stop("method-inc6", "/intervisie/methoden/INC6/", "saskia"),
    Stop("method-rod", "/intervisie/methoden/ROD/", "saskia"),
    Stop("cases", "/intervisie/casussen/", "saskia"),
    Stop("cases-none", "/intervisie/casussen/", "sanne"),
    Stop("case", "{case}", "saskia"),
    Stop("case-write", "/intervisie/casussen/nieuw/", "saskia"),
    Stop("case-write-refused", "/intervisie/casussen/nieuw/", "saskia", send_empty),
    Stop("case-edit", "{case}wijzigen/", "saskia"),
    Stop("case-delete", "{case}wissen/", "saskia"),
    Stop("session-plan", "/intervisie/nieuw/?leerkring=slim-samenwerken", "erik"),
    Stop("session-plan-refused", "/intervisie/nieuw/?leerkring=slim-samenwerken", "erik", send_empty),
    Stop("session-invited", "{invited_session}", "fatma"),
    Stop("session", "{session}", "saskia"),
    Stop("session-facilitator", "{session}", "erik"),
    Stop("session-edit", "{session}wijzigen/", "erik"),
    Stop("session-people", "{session}mensen/", "erik"),
    Stop("session-cancel", "{session}afzeggen/", "erik"),
    Stop("harvest", "{held}opbrengst/", "saskia"),
    Stop("harvest-gossip", "{held_gossip}opbrengst/", "lars"),
    Stop("harvest-erase", "{held}wissen/", "erik"),
    Stop("session-held", "{held}", "saskia"),
]

# Drawn without the server: the pages of what goes wrong, and mails as they are sent.
DRAWN = "drawn/"

# What comes out of the printer.
PAPERS = [
    Stop("meeting", f"{KRING}kampen/", "saskia"),
    Stop("leerkring", KRING, "saskia"),
    Stop("members", f"{ROUND}leden/", "saskia"),
    Stop("method-inc6", "/intervisie/methoden/INC6/", "saskia"),
    Stop("news", "/kennis/actualiteiten/een-besluit-zes-partners/"),
    Stop("harvest", "{held}opbrengst/", "saskia"),
]

# The live session, step by step: `tour_scene` plays the demo's scripts up to there.
ROOMS = [
    Stop("room-lobby", "{lobby}", "saskia"),
    Stop("room-lobby-lead", "{lobby}", "erik"),
    Stop("room-inc6-pitch", "{inc6_pitch}", "joris"),
    Stop("room-inc6-choose", "{inc6_choose}", "joris"),
    Stop("room-inc6-explain", "{inc6_explain}", "saskia"),
    Stop("room-inc6-facts", "{inc6_facts}", "joris"),
    Stop("room-inc6-facts-bringer", "{inc6_facts}", "saskia"),
    Stop("room-inc6-facts-lead", "{inc6_facts}", "erik"),
    Stop("room-inc6-diagnosis", "{inc6_diagnosis}", "fatma"),
    Stop("room-inc6-diagnosis-floor", "{inc6_diagnosis}", "ruben", write_a_line),
    Stop("room-inc6-diagnosis-bringer", "{inc6_diagnosis}", "saskia"),
    Stop("room-inc6-intention", "{inc6_intention}", "saskia"),
    Stop("room-inc6-closing", "{inc6_closing}", "ruben"),
    Stop("room-rod-gossip-bringer", "{rod_gossip}", "lars"),
    Stop("room-rod-gossip", "{rod_gossip}", "mila"),
    Stop("room-rod-gossip-lead", "{rod_gossip}", "erik"),
    Stop("room-rod-reaction", "{rod_reaction}", "anouk"),
]

# The desk of editors and administrators: Wagtail's and Django's, with our panels.
DESK = [
    Stop("desk", "/beheer/", "wouter"),
    Stop("desk-administrator", "/beheer/", "beheer"),
    Stop("desk-coordinator", "/beheer/", "marjan"),
    Stop("desk-meeting-new", "{desk_meeting_new}", "marjan"),
    Stop("desk-home", "{desk_home}", "beheer"),
    Stop("desk-leerkringen", "{desk_leerkringen}", "beheer"),
    Stop("desk-leerkring", "{desk_leerkring}", "beheer"),
    Stop("desk-meeting", "{desk_meeting}", "beheer"),
    Stop("desk-news-list", "{desk_news_list}", "wouter"),
    Stop("desk-news", "{desk_news}", "wouter"),
    Stop("desk-publication", "{desk_publication}", "wouter"),
    Stop("desk-themes", "/beheer/snippets/knowledge/theme/", "wouter"),
    Stop("desk-people", "/beheer/users/", "beheer"),
    Stop("desk-rows", "/beheer/django/", "beheer"),
    Stop("desk-letters", "/beheer/django/post/letter/", "beheer"),
]


class Tour(NamedTuple):
    """A server with everything that is on the tour, and what opens it."""

    server: Server
    cookie: str
    keys: dict[str, str]  # of log-ins, by name
    places: dict[str, str]
    errors: dict[str, str]  # HTML by name
    mails: dict[str, str]

    def address(self, stop: Stop) -> str:
        return self.server.origin + stop.path.format(**self.places)

    def pages(self) -> list[Stop]:
        """Every page, with those of what goes wrong, the live session left out."""
        return [*PAGES, *(Stop(name, f"/{DRAWN}{name}/") for name in self.errors)]

    def letters(self) -> list[Stop]:
        """Mails as they are sent."""
        return [Stop(name, f"/{DRAWN}{name}/") for name in self.mails]

    def show_drawn(self, page: Page) -> None:
        """Lets this page show also what no server gives."""

        def answer(route: Route) -> None:
            name = route.request.url.rstrip("/").rpartition("/")[2]
            route.fulfill(body={**self.errors, **self.mails}[name], content_type="text/html; charset=utf-8")

        page.route(f"{self.server.origin}/{DRAWN}**", answer)

    def lay_tables(self) -> None:
        """Begins the live sessions. After the other pages, as they would stand on many of them."""
        self.places.update(_scene(self.server, rooms=True)["places"])


def demo_at(var_dir: Path) -> Path:
    """The demo in a folder, to copy from."""
    server = Server(var_dir)
    server.migrate()
    server.manage("demo")
    return var_dir


@contextmanager
def tour(demo: Path, var_dir: Path, language: str) -> Iterator[Tour]:
    """The tour in a language, on a copy of the demo, with a provider of log-ins beside it."""
    shutil.copytree(demo, var_dir)
    port, other = free_port(), free_port()
    words = {"OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET, "OIDC_NAME": "Gemeente Kampen"}
    server = Server(var_dir, port, LOG_LEVEL="ERROR", OIDC_ISSUER=f"http://127.0.0.1:{other}", **words)
    made = _scene(server, language=language)
    provider = Provider(f"http://localhost:{port}/account/openid/callback/", other)
    try:
        server.start()
        keys = made["keys"] | _from_provider(server, provider, made["cookie"], language)
        yield Tour(server, made["cookie"], keys, made["places"], made["errors"], made["mails"])
    finally:
        server.stop()
        provider.stop()


def _scene(server: Server, **wanted: Any) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.tour_scene"],
        cwd=ROOT,
        env=server.env,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the scene failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


def _from_provider(server: Server, provider: Provider, cookie: str, language: str) -> dict[str, str]:
    """Log-ins of somebody new who comes from the provider: before making an account, and after."""
    made = {}
    for name in ("newcomer", "newcomer-in"):
        browser = Browser(server.origin, {"language": language})
        if name == "newcomer":
            came_back(browser, provider, somebody("nieuw"))
        else:
            sign_up(browser, provider, somebody("binnen"))
        made[name] = browser.cookies[cookie]
    return made
