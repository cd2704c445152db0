"""Without a line the browser shows our page, and keeps nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import Server

pytestmark = pytest.mark.e2e

KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
    (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""


@pytest.fixture
def fragile(tmp_path: Path) -> Server:
    """A server of its own, to be stopped."""
    server = Server(tmp_path)
    server.migrate()
    return server.start()


def test_page_without_a_line_is_ours_and_nothing_else_is_kept(
    visit: Callable[..., Page], fragile: Server
) -> None:
    page = visit("/kennis/", origin=fragile.origin)
    try:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller")
        page.goto(f"{fragile.origin}/account/login/")
        kept = page.evaluate(KEPT)
    finally:
        fragile.stop()
    assert "/offline/" in kept
    assert [path for path in kept if path != "/offline/" and not path.startswith("/static/")] == []
    page.goto(f"{fragile.origin}/leerkringen/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Er is geen verbinding")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).minHeight") != "auto"
    fragile.start()
    try:
        page.get_by_role("link", name="Probeer opnieuw").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Er is geen verbinding")
    finally:
        fragile.stop()
