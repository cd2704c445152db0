"""The search in a browser: results while one types, by keyboard, on a phone, without JavaScript, and with the line down."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_pages import barriers, faults_of

pytestmark = pytest.mark.e2e
BOX, OPTIONS = "#search-bar", "#search-bar-options [role=option]"


def test_typing_shows_results_that_the_keyboard_reaches(visit: Callable[..., Page], log_in) -> None:
    page = visit("/leerkringen/", key=log_in()["saskia"])
    faults = faults_of(page)
    box, options = page.locator(BOX), page.locator(OPTIONS)
    box.press_sequentially("kampen")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]")).to_contain_text("resultaten")
    expect(page.locator(".search mark").first).to_have_text("Kampen")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    assert barriers(page) == []
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("kampen")
    box.press("ArrowDown")
    box.press("ArrowDown")
    address = options.first.get_attribute("href") or ""
    box.press("Enter")
    page.wait_for_url(f"**{address}")
    assert faults == []


def test_enter_without_a_choice_goes_to_all_results(visit: Callable[..., Page]) -> None:
    page = visit("/", java_script_enabled=False)
    page.fill(BOX, "zwolle")
    page.press(BOX, "Enter")
    page.wait_for_url("**/zoeken/?q=zwolle")
    expect(page.locator(".result").first).to_be_visible()


def test_phone_opens_the_box_from_the_bar(visit: Callable[..., Page]) -> None:
    page = visit("/", phone=True)
    expect(page.locator(BOX)).to_be_hidden()
    page.click(".bar__find")
    expect(page.locator(BOX)).to_be_focused()
    page.locator(BOX).press_sequentially("regio")
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_line_that_is_down_is_said(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.route("**/zoeken/terwijl-je-typt/**", lambda route: route.abort())
    page.locator(BOX).press_sequentially("regio")
    expect(page.locator(".search [role=status]")).to_contain_text("Zoeken lukt nu niet")
    expect(page.locator(BOX)).to_have_value("regio")
