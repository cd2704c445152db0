"""A server of ours, Chromium, and people who are logged in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.support.browser import launch
from tests.support.cluster import Cluster, a_site
from tests.support.server import Server

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}
PATIENCE = 60_000  # milliseconds; the machine of a test may be busy

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server | Cluster]:
    server = a_site(Path(tmp_path_factory.mktemp("var")))
    server.migrate()
    server.manage("demo")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def log_in(server: Server) -> Callable[[str], dict[str, str]]:
    """Log-in keys of people of the demo, by the first part of their address, who read in this language."""

    def keys(language: str = "nl") -> dict[str, str]:
        names = ("saskia", "fatma", "erik", "marjan", "wouter", "beheer", "sanne")
        made = server.scene(log_in=[f"{name}@tafelronde.example" for name in names], language=language)
        return {email.split("@")[0]: key for email, key in made.items()}

    return keys


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def nothing_left_open(browser: Browser) -> Iterator[None]:
    """What a test opened and left open would go on ticking behind the next ones."""
    before = set(browser.contexts)
    yield
    for context in set(browser.contexts) - before:
        context.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """A page of somebody: `visit(cookie, key, path, phone=…, theme=…, language=…, origin=…)`, closed at the end."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        key: str = "",
        cookie: str = "",
        phone: bool = False,
        theme: str = "light",
        language: str = "nl",
        origin: str | None = None,
        **options: Any,
    ) -> Page:
        address = origin or server.origin
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="nl-NL",
            **options,
        )
        contexts.append(context)
        cookies = [{"name": "language", "value": language, "url": address}]
        if key:
            cookies.append({"name": cookie or f"sessionid-{server.port}", "value": key, "url": address})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
