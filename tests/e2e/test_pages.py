"""Every page of the journey: no barrier that axe finds, nothing that the content policy blocks, no sideways scrolling."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.urls import URLResolver, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.support.tour import PAGES, ROOMS, Stop, Tour, demo_at, tour

pytestmark = pytest.mark.e2e

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that a theme changes


def barriers(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(document, rules)", rules)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def faults_of(page: Page) -> list[str]:
    """Fills with what the page complains of."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security" in message.text else None
    )
    return faults


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_at(Path(tmp_path_factory.mktemp("demo")) / "var")


@pytest.fixture
def make_tour(demo: Path, tmp_path: Path) -> Iterator[Callable[[str], Tour]]:
    """The tour in a language, on a server of its own: it sets up people and sessions that others must not meet."""
    with ExitStack() as stack:
        yield lambda language: stack.enter_context(tour(demo, tmp_path / language, language))


def faults_at(
    stops: list[Stop], made: Tour, visit: Callable[..., Page], **reader: Any
) -> dict[str, list[str]]:
    """What is wrong with the pages of these stops, by name."""
    trouble: dict[str, list[str]] = {}
    windows: dict[str, tuple[Page, list[str]]] = {}
    for stop in stops:
        if stop.who not in windows:
            key = made.keys.get(stop.who, "")
            page = visit(
                "/robots.txt",
                key=key,
                cookie=made.cookie,
                origin=made.server.origin,
                service_workers="block",
                **reader,
            )
            made.show_drawn(page)
            windows[stop.who] = (page, faults_of(page))
        page, faults = windows[stop.who]
        found = problems(page, stop, made, reader["language"], reader["theme"])
        if found or faults:
            trouble[f"{stop.name} {page.url}"] = [*found, *faults]
        faults.clear()
    return trouble


def problems(page: Page, stop: Stop, made: Tour, language: str, theme: str) -> list[str]:
    response = page.goto(made.address(stop))
    assert response is not None
    if response.status != stop.status:
        return [f"status {response.status}"]
    if stop in ROOMS:
        expect(page.locator("#room[data-live]")).to_be_attached()
    if stop.act:
        stop.act(page)
    found = barriers(page)
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    found += [f"in the other theme {one}" for one in barriers(page, COLOURS)]
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    if page.locator("html").get_attribute("lang") != language:
        found.append("is in another language")
    return found + [f"scrolls sideways at {width} px" for width in sideways(page)]


def sideways(page: Page) -> list[int]:
    """The widths, of a desktop and of a phone, at which something sticks out. The window ends as wide as it was."""
    found, usual = [], page.viewport_size
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(size["width"])
    page.set_viewport_size(usual)  # type: ignore[arg-type]
    return found


READERS = [("light", "nl", False), ("dark", "en", True)]


@pytest.mark.parametrize(("theme", "language", "phone"), READERS)
def test_pages_have_no_barriers(
    visit: Callable[..., Page], make_tour: Callable[[str], Tour], theme: str, language: str, phone: bool
) -> None:
    made = make_tour(language)
    assert faults_at(made.pages(), made, visit, theme=theme, language=language, phone=phone) == {}


@pytest.mark.parametrize(("theme", "language", "phone"), READERS)
def test_the_room_has_no_barriers(
    visit: Callable[..., Page], make_tour: Callable[[str], Tour], theme: str, language: str, phone: bool
) -> None:
    made = make_tour(language)
    made.lay_tables()
    assert faults_at(ROOMS, made, visit, theme=theme, language=language, phone=phone) == {}


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


FOCUSED = """() => {
    const here = document.activeElement;
    const part = here.closest(".style__part")?.id ?? "";
    const shown = [here, here.closest("label"), here.parentElement].some((one) => one && getComputedStyle(one).outlineStyle !== "none");
    const { top, bottom } = here.getBoundingClientRect();
    return { part, shown, inSight: bottom > 0 && top < innerHeight, html: here.outerHTML.slice(0, 120) };
}"""
WITH_CONTROLS = """() => [...document.querySelectorAll(".style__part")]
    .filter((part) => [...part.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .some((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility()))
    .map((part) => part.id)"""


def test_every_component_works_by_keyboard(visit: Callable[..., Page]) -> None:
    """Tab goes through all parts of the style page in their order, and shows where it is."""
    page = visit("/stijl/")
    page.locator("#main").focus()
    seen: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("!document.activeElement.closest('main')"):
            break
        here = page.evaluate(FOCUSED)
        assert here["shown"], here
        assert here["inSight"], here
        if here["part"] and here["part"] not in seen:
            seen.append(here["part"])
    assert seen == page.evaluate(WITH_CONTROLS)


def test_dialog_menu_and_tabs_work_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/stijl/")
    opener, dialog = page.locator("[data-opens=sample-dialog]"), page.locator("#sample-dialog")
    opener.press("Enter")
    expect(dialog).to_be_visible()
    assert barriers(page) == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()

    page.locator("[popovertarget=sample-menu]").press("Enter")
    expect(page.locator("#sample-menu")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#sample-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sample-menu")).to_be_hidden()

    tabs = page.locator("#navigation .tabs a")
    tabs.first.focus()
    page.keyboard.press("Tab")
    expect(tabs.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stijl/#navigation")


# Addresses without a line: forms that only take a post, files, ways on, and pages that a line's act leads to.
NO_LINE = """
set_language remove_photo revoke_invitation end_login end_other_logins mfa_login_webauthn
communities:invitation communities:decide communities:withdraw
intervisie:session_answer intervisie:session_case intervisie:person_role intervisie:person_remove intervisie:guest_remove
photo image app_picture mfa_download_recovery_codes news_feed publication_feed sitemap robots worker security_txt
communities:calendar intervisie:session_calendar style:states search_suggestions mailbox_html
mfa_list_webauthn socialaccount_connections openid_login openid_callback account_confirm_login_code
openid_connect_account mailbox_mail
"""


def names_of(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The names of addresses, those of the desk left out."""
    for pattern in patterns:
        if str(pattern.pattern).startswith("beheer/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and not pattern.name.startswith("wagtail"):
            yield space + pattern.name


def test_every_page_is_on_the_tour(make_tour: Callable[[str], Tour]) -> None:
    made = make_tour("nl")
    made.lay_tables()
    paths = {stop.path.format(**made.places).partition("?")[0] for stop in [*PAGES, *ROOMS]}
    seen = {resolve(path).view_name for path in paths}
    assert set(names_of(get_resolver().url_patterns)) - seen - set(NO_LINE.split()) == set()
