"""A passkey in a real browser: added, used as the second step and alone, on pages without barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tafelronde.management.commands.demo import PASSWORD
from tests.e2e.test_pages import barriers, faults_of
from tests.support.server import Server

pytestmark = pytest.mark.e2e

SASKIA = "saskia@tafelronde.example"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def log_out(page: Page, server: Server) -> None:
    page.goto(f"{server.origin}/account/logout/")
    press(page, "Log uit")


def test_a_passkey_is_the_second_step_and_opens_the_door_alone(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit("/account/login/", phone=True, theme="dark")
    faults = faults_of(page)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def look() -> None:
        page.wait_for_load_state()
        assert barriers(page) == [], page.url
        assert faults == [], page.url
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url

    def enter() -> None:
        page.goto(f"{server.origin}/account/login/")
        page.get_by_label("E-mailadres").fill(SASKIA)
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        press(page, "Log in")

    look()
    enter()
    page.goto(f"{server.origin}/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        press(page, "Ga verder")
    look()
    page.get_by_label("Naam van deze passkey").fill("Werktelefoon")
    press(page, "Voeg de passkey toe")
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    look()
    page.goto(f"{server.origin}/account/2fa/totp/activate/")
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0, "the picture is there"
    look()
    page.goto(f"{server.origin}/account/2fa/")
    expect(page.get_by_text("Werktelefoon").first).to_be_visible()
    look()

    log_out(page, server)
    page.goto(f"{server.origin}/account/login/")
    press(page, "Log in met een passkey")
    page.wait_for_url("**/start/")

    log_out(page, server)
    enter()
    page.wait_for_url("**/2fa/authenticate/")
    look()
    press(page, "Gebruik een passkey")
    page.wait_for_url("**/start/")

    page.goto(f"{server.origin}/account/2fa/")  # leaves saskia to the other journeys as she was
    page.get_by_role("link", name="Verwijder Werktelefoon").click()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Ga verder")
    press(page, "Verwijder de passkey")
    expect(page.get_by_text("Je passkey is verwijderd.")).to_be_visible()
