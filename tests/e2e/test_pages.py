"""Every page of the journey: no barrier that axe finds, nothing that the content policy blocks, no sideways scrolling."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.support.server import Server

pytestmark = pytest.mark.e2e

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

KRING = "/leerkringen/slim-samenwerken/"
PAGES = [
    ("", "/"),
    ("", "/leerkringen/"),
    ("", KRING),
    ("", f"{KRING}kampen/"),
    ("", f"{KRING}zwolle/"),
    ("", "/stijl/"),
    ("", "/stijl/?theme=meerwold"),
    ("", "/kennis/"),
    ("", "/kennis/actualiteiten/"),
    ("", "/kennis/actualiteiten/?theme=raad"),
    ("", "/kennis/actualiteiten/een-besluit-zes-partners/"),
    ("", "/kennis/publicaties/"),
    ("", "/kennis/publicaties/werkende-samenwerking/"),
    ("", "/zoeken/"),
    ("", "/zoeken/?q=nietsvandit"),
    ("", "/privacy/"),
    ("", "/toegankelijkheid/"),
    ("", "/colofon/"),
    ("", "/beveiliging/"),
    ("", "/offline/"),
    ("", "/account/login/"),
    ("", "/account/signup/"),
    ("", "/account/password/reset/"),
    ("saskia", "/start/"),
    ("saskia", "/profiel/"),
    ("saskia", "/account/email/"),
    ("saskia", "/account/password/change/"),
    ("saskia", "/account/2fa/"),
    ("saskia", "/account/2fa/needed/"),
    ("", "/account/3rdparty/login/cancelled/"),
    ("saskia", KRING),
    ("saskia", f"{KRING}kampen/"),
    ("saskia", "/kring/slim-samenwerken/leden/"),
    ("saskia", "/zoeken/?q=regio"),
    ("saskia", "/zoeken/?q=intervisei"),
    ("saskia", "/kring/slim-samenwerken/verlaten/"),
    ("saskia", "/intervisie/"),
    ("saskia", "/intervisie/casussen/"),
    ("saskia", "/intervisie/casussen/nieuw/"),
    ("saskia", "/intervisie/methoden/"),
    ("saskia", "/intervisie/methoden/ROD/"),
    ("erik", "/intervisie/nieuw/?leerkring=slim-samenwerken"),
    ("marjan", "/kring/slim-samenwerken/verzoeken/"),
    ("marjan", "/kring/slim-samenwerken/uitnodigen/"),
    ("beheer", "/uitnodigen/"),
    ("beheer", "/privacy/"),
    ("sanne", KRING),
    ("sanne", "/start/"),
    ("sanne", "/intervisie/"),
]


def barriers(page: Page) -> list[str]:
    """What axe finds, one line each."""
    page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def faults_of(page: Page) -> list[str]:
    """Fills with what the page complains of."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security" in message.text else None
    )
    return faults


@pytest.mark.parametrize(("theme", "language", "phone"), [("light", "nl", False), ("dark", "en", True)])
def test_pages_have_no_barriers(
    visit: Callable[..., Page],
    server: Server,
    log_in: Callable[[str], dict[str, str]],
    theme: str,
    language: str,
    phone: bool,
) -> None:
    keys = log_in(language)
    trouble: dict[str, list[str]] = {}
    windows: dict[str, tuple[Page, list[str]]] = {}
    for who, path in PAGES:
        if who not in windows:
            page = visit("/robots.txt", key=keys.get(who, ""), theme=theme, language=language, phone=phone)
            windows[who] = (page, faults_of(page))
        page, faults = windows[who]
        response = page.goto(server.origin + path)
        assert response is not None
        if response.status >= 400:
            trouble[f"{who} {path}"] = [f"status {response.status}"]
            continue
        assert page.locator("html").get_attribute("lang") == language
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [*barriers(page), *faults, *(["scrolls sideways"] if wide else [])]
        faults.clear()
        if found:
            trouble[f"{who} {path}"] = found
    assert trouble == {}


@pytest.mark.parametrize(("theme", "language", "phone"), [("light", "nl", False), ("dark", "en", True)])
def test_the_room_has_no_barriers(
    visit: Callable[..., Page], server: Server, theme: str, language: str, phone: bool
) -> None:
    lobby = server.scene(people=5, method="INC6", language=language)
    running = server.scene(people=5, method="ROD", language=language, agree=True, start=True)
    for scene, seats in ((lobby, (1, 2)), (running, (1, 2, 3))):
        for seat in seats:
            key = scene["people"][seat - 1]["key"]
            path = f"/intervisie/{scene['session']}/tafel/"
            page = visit("/robots.txt", key=key, theme=theme, language=language, phone=phone)
            faults = faults_of(page)
            page.goto(server.origin + path)
            expect(page.locator("#room[data-live]")).to_be_attached(timeout=30_000)
            assert barriers(page) == [], f"seat {seat}"
            assert faults == []
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_everything_can_be_reached_by_keyboard(
    visit: Callable[..., Page], log_in: Callable[[str], dict[str, str]]
) -> None:
    """The skip link comes first, and Tab visits the header, the content and the footer without getting caught."""
    page = visit("/start/", key=log_in("nl")["saskia"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen: list[Any] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.closest('header, main, footer')?.tagName ?? 'BODY'")
        )
    assert {"MAIN", "FOOTER"} <= set(seen)
