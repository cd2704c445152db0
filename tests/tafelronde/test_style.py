"""The style page shows every component and every state, in both languages, and reads its states from the sheets."""

import re

import pytest
from django.urls import reverse

from tafelronde import themes
from tafelronde.sheets import SHEETS
from tafelronde.style.contents import CONTENTS
from tafelronde.style.states import states_sheet, with_classes
from tafelronde.templatetags.ui import STATIC, icon_names

pytestmark = pytest.mark.django_db
URL = "/stijl/"
# Of the frame around every page, so they are on it already.
FRAME = {"bar", "foot", "breadcrumb", "messages", "logo", "skip-link"}


@pytest.fixture(params=["nl", "en"])
def page(client, request):
    client.cookies["language"] = request.param
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def classes(html: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}


def test_every_part_is_in_the_index_and_on_the_page(page):
    assert [part.name for part in CONTENTS] == re.findall(
        r'<section class="[^"]*style__part" id="(\w+)"', page
    )
    assert set(re.findall(r'<li><a href="#(\w+)">', page)) >= {part.name for part in CONTENTS}


def test_every_component_of_the_design_language_is_shown(page):
    sheets = [STATIC / name for name in SHEETS["css/site.css"] if "/components/" in name]
    assert sheets
    shown = classes(page)
    own = {
        path.name: set(re.findall(r"^  \.([a-z][\w-]*)", path.read_text(), re.MULTILINE)) for path in sheets
    }
    assert {name for name, blocks in own.items() if not blocks & (shown | FRAME)} == set()


@pytest.mark.parametrize("kind", ["button", "button--quiet", "button--plain", "button--danger"])
def test_buttons_show_every_state(page, kind):
    buttons = [tag for tag in re.findall(r"<button[^>]*>", page) if kind in tag.split('"')[1].split()]
    for state in ("is-hover", "is-focus", "is-active", "disabled", 'aria-busy="true"', 'aria-pressed="true"'):
        assert any(state in tag for tag in buttons), state


def test_every_icon_and_every_theme_is_offered(page):
    assert set(re.findall(r"icons\.svg#([\w-]+)", page)) >= icon_names()
    assert set(re.findall(r'href="\?theme=(\w+)"', page)) == {theme.name for theme in themes.themes()}


def test_long_words_and_names_are_there(page):
    assert "Meervoudigonderhandseaanbestedingsprocedure" in page
    assert "Oldenbarnevelt-Schimmelpenninck" in page


def test_page_wears_the_theme_that_is_asked_for(client):
    client.get(URL)  # what is kept of a page without a theme
    page = client.get(URL, {"theme": "meerwold"}).content.decode()
    assert 'class="theme-meerwold"' in page
    assert page.index("themes/meerwold.css") < page.index("css/contrast.css"), (
        "more contrast goes before any theme"
    )
    assert "themes/meerwold.css" not in client.get(URL).content.decode()
    assert client.get(URL, {"theme": "../css/tokens"}).status_code == 404


def test_page_asks_nothing_of_the_database(client, django_assert_num_queries):
    client.get(URL)
    with django_assert_num_queries(0):
        client.get(URL)


def test_page_answers_reading_alone(client):
    assert client.post(URL).status_code == 405


def test_states_become_classes():
    css = "/* no */ a { x: y } a:hover, .b:focus-visible > i { c: d } @media (x) { .e:active { f: g } }"
    assert with_classes(css) == ["a.is-hover, .b.is-focus > i { c: d }", ".e.is-active { f: g }"]


def test_sheet_of_states_holds_them_all_and_nothing_that_a_pointer_makes(client):
    response = client.get(reverse("style:states"))
    assert response["Content-Type"].startswith("text/css")
    css = response.content.decode()
    assert css == states_sheet()
    assert {".button.is-hover", ".button.is-active", ".is-focus"} <= set(
        re.findall(r"[.\w-]*\.is-\w+", css)
    ) | {".is-focus"}
    assert re.search(r":hover|:focus-visible|:active", css) is None
