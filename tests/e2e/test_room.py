"""The room's page with its script, against a socket that the test plays: what it draws, keeps, says and sends again."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.room_mock import Mock
from tests.intervisie.played import FATMA, JORIS, Moment, diagnosis, gossip, moments

pytestmark = pytest.mark.e2e

MOMENTS = moments()

# What both hands draw differently on purpose: ids of posts, the running clock, marks of the script itself.
STRUCTURE = """() => {
  const skip = new Set(['data-kept', 'stroke-dasharray', 'data-new']);
  const line = (node) => {
    if (node.nodeType === 3) return node.data.replace(/\\s+/g, ' ').trim();
    if (node.matches('[data-clock], [data-clock-label]')) return '';
    const names = [...node.attributes].filter(({ name }) => !skip.has(name));
    const secret = ['id', 'csrfmiddlewaretoken'].includes(node.getAttribute('name'));
    const said = names.map(({ name, value }) => (secret && name === 'value' ? name : `${name}=${value}`)).sort();
    const inner = [...node.childNodes].map(line).filter(Boolean).join('\\n');
    return `<${node.localName} ${said.join(' ')}>${inner}</${node.localName}>`;
  };
  const parts = [...document.querySelectorAll('[data-part]')].filter((part) => part.dataset.part !== 'line');
  return Object.fromEntries(parts.map((part) => [part.dataset.part, line(part)]));
}"""


@pytest.fixture
def room(browser: Browser) -> Iterator[Callable[..., Mock]]:
    """Opens a page at a moment: `room(moment, language="nl")`. Faults on the page fail the test."""
    opened: list[Mock] = []

    def open_room(moment: Moment, language: str = "nl", **context: object) -> Mock:
        opened.append(Mock(browser, moment, language, **context))
        return opened[-1]

    yield open_room
    for mock in opened:
        assert mock.faults == []
        mock.close()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", MOMENTS)
def test_script_draws_what_the_server_drew(room: Callable[..., Mock], name: str, language: str) -> None:
    mock = room(MOMENTS[name], language)
    mock.greets = False
    before = mock.open().page.evaluate(STRUCTURE)
    mock.greets = True
    mock.page.reload()
    mock.page.wait_for_selector("#room[data-live]")
    assert mock.page.evaluate(STRUCTURE) == before
