"""What `collectstatic` makes of sheets and scripts means the same to a browser as what we wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, expect
from rjsmin import jsmin

from tafelronde.sheets import SHEETS
from tafelronde.storage import cssmin
from tests.support.server import Server

pytestmark = pytest.mark.e2e

RULES = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  // A value with var() is kept as it was written, so white space after commas and colons still differs there.
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/([,:{}();])\\s+/g, "$1").replace(/\\s+([{})])/g, "$1"));
}"""


def source(name: str) -> str:
    return Path(str(finders.find(name))).read_text()


@pytest.mark.parametrize("name", SHEETS)
def test_a_browser_reads_the_same_rules_from_the_joined_sheet(visit: Callable[..., Page], name: str) -> None:
    page = visit("/robots.txt")
    css = "\n".join(source(part) for part in SHEETS[name])
    rules = page.evaluate(RULES, css)
    assert len(rules) >= len(SHEETS[name])
    assert page.evaluate(RULES, cssmin(css)) == rules


def test_the_room_works_with_minified_scripts(visit: Callable[..., Page], server: Server) -> None:
    scene = server.scene(people=4, method="INC6", agree=True, start=True)
    page = visit("/robots.txt", key=scene["people"][0]["key"])
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    small: list[str] = []

    def minified(route: Route) -> None:
        name = route.request.url.partition("/static/")[2].partition("?")[0]
        small.append(name)
        route.fulfill(body=jsmin(source(name)), content_type="text/javascript")

    page.route("**/static/**/*.js", minified)
    page.goto(f"{server.origin}/intervisie/{scene['session']}/tafel/")
    expect(page.locator("#room[data-live]")).to_be_attached()
    expect(page.locator(".seat")).to_have_count(4)
    assert "intervisie/js/socket.js" in small
    assert faults == []
