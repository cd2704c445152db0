"""Logging out on any page leaves nothing in the browser of what was typed at the table."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

KEPT = "JSON.stringify(sessionStorage)"


def test_logging_out_anywhere_wipes_drafts_in_every_tab(
    visit: Callable[..., Page], log_in: Callable[..., dict[str, str]]
) -> None:
    page = visit("/start/", key=log_in()["saskia"])
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.evaluate("sessionStorage.setItem('draft:een-sessie:say', 'Geheim.')")
        assert "Geheim." in tab.evaluate(KEPT)
    page.locator("[popovertarget=account]").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    assert page.evaluate(KEPT) == "{}"
    other.wait_for_function(f"{KEPT} === '{{}}'")
