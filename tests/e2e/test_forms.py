"""The script and the server turn the same fields of a form into the same wish."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from intervisie import engine
from intervisie.room.wire import command
from tests.e2e.room_mock import Files
from tests.intervisie.test_room_posts import FORMS

pytestmark = pytest.mark.e2e

MORE = [
    {"do": "say", "text": "  ", "visit": "3"},
    {"do": "say", "text": "ja", "parent": "", "date": "", "case": "true"},
    {"do": "say", "text": " ", "cell": "context"},
    {"do": "say", "text": "x", "cell": ""},
    {"do": "edit", "item": "a", "f:who": "ik", "f:why": " ", "text": ""},
    {"do": "vote", "item": "k:one", "value": "7", "visit": "x"},
    {"do": "vote", "item": "B:3", "value": "-1"},
    {"do": "give_floor", "to": ""},
    {"do": "extend", "minutes": "5", "tool": "lead", "csrfmiddlewaretoken": "geheim"},
    {"do": "stop", "kind": "stop", "text": "ho", "anonymous": "true"},
    {"do": "ready", "on": "false", "id": "een uuid"},
    {"do": "advance", "visit": "", "how": ""},
]


@pytest.fixture
def files() -> Iterator[Files]:
    files = Files()
    yield files
    files.shutdown()
    files.server_close()


def wish(data: dict[str, object]) -> engine.Wish | str:
    """What the engine makes of a command: equal is what means the same."""
    try:
        return engine.command_from_wire(3, data)
    except engine.Refused as refusal:
        return refusal.code


def test_script_and_server_make_the_same_of_every_form(browser: Browser, files: Files) -> None:
    forms = [fields for fields, _ in FORMS] + MORE
    files.html = "<!doctype html><title>formulieren</title>"
    page = browser.new_page()
    page.goto(f"{files.origin}/intervisie/00000000-0000-4000-8000-000000000001/tafel/")
    made = page.evaluate(
        """async (forms) => {
            const { commandOf } = await import("/static/intervisie/js/forms.js");
            return JSON.stringify(forms.map(commandOf));
        }""",
        forms,
    )
    page.close()
    assert [wish(one) for one in json.loads(made)] == [wish(command(fields)) for fields in forms]
