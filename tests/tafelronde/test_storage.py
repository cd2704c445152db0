"""What `collectstatic` puts out: one sheet for the site and one for the room, nothing lost, and small enough."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, override_settings

from tafelronde.accounts.models import User
from tafelronde.sheets import SHEETS
from tafelronde.storage import INSTALLED, cssmin
from tafelronde.themes import themes
from tests.tafelronde.collected import compressed, parts_of

ROOT = Path(__file__).resolve().parents[2]
KB = 1000
HASHED = settings.STORAGES | {"staticfiles": {"BACKEND": "tafelronde.storage.HashedStaticFiles"}}
OWN_SHEETS = sorted(path for path in ROOT.glob("**/static/**/*.css") if not path.is_relative_to(INSTALLED))
OWN_SHEETS = [path for path in OWN_SHEETS if path.relative_to(ROOT).parts[0] not in (".venv", "var")]
# What is linked by itself, where it is needed.
ALONE = {"css/admin.css", "css/contrast.css", "css/style-page.css", *(theme.sheet for theme in themes())}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("static")
    others = ["admin", "wagtail*", "rest_framework", "django_tasks", "debug_toolbar"]
    with override_settings(STATIC_ROOT=root, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)
    return root


@pytest.fixture
def production(collected: Path) -> Iterator[Path]:
    """Templates name the collected files."""
    with override_settings(STATIC_ROOT=collected, STORAGES=HASHED):
        yield collected


def source(name: str) -> str:
    return Path(finders.find(name)).read_text()


def tokens(css: str) -> list[str]:
    """The words of a sheet, with a mark where a space means "inside"."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"(?<=[{};]) | (?=[{};])|(?<=[,:]) ", "", css)
    return re.findall(r"[\w-]+|\S| ", css.replace(";}", "}").strip())


# Joining


def test_every_sheet_of_ours_is_in_one_list_or_linked_alone():
    present = {path.relative_to(next(p for p in path.parents if p.name == "static")) for path in OWN_SHEETS}
    listed = [name for parts in SHEETS.values() for name in parts]
    assert sorted(listed + sorted(ALONE)) == sorted(map(str, present))


def test_sheets_are_linked_one_by_one_where_we_build():
    html = Template('{% load ui %}{% sheets "css/room.css" %}').render(Context())
    assert re.findall(r'href="/static/([^"]+)"', html) == list(SHEETS["css/room.css"])


@pytest.mark.parametrize("name", SHEETS)
def test_production_links_the_joined_sheet_and_no_rule_is_lost(production, name):
    html = Template(f'{{% load ui %}}{{% sheets "{name}" %}}').render(Context())
    [address] = re.findall(r'href="([^"]+)"', html)
    assert re.fullmatch(rf"/static/{name.removesuffix('.css')}\.[0-9a-f]{{12}}\.css", address)
    joined = (production / address.removeprefix("/static/")).read_text()
    joined = re.sub(r"(\.\./fonts/[\w-]+)\.[0-9a-f]{12}\.", r"\1.", joined)
    assert tokens(joined) == [token for part in SHEETS[name] for token in tokens(source(part))]
    assert "/*" not in joined


def test_joined_sheets_lie_where_the_addresses_in_them_hold():
    """An address in a sheet is relative to its own folder: the joined one must be in a folder beside."""
    for name, parts in SHEETS.items():
        for part in parts:
            if "url(" in source(part):
                assert Path(part).parent == Path(name).parent


@pytest.mark.parametrize(
    ("css", "small"),
    [
        (
            ".a :is(b, i) > c { top: calc(1px + 2 * (3px - 1px)); }",
            ".a :is(b,i) > c{top:calc(1px + 2 * (3px - 1px))}",
        ),
        (".a .b:hover,\n.c { color: red; }\n\n", ".a .b:hover,.c{color:red}"),
        ("@media (min-width: 1rem) and (x) {\n a { b: c; }\n}", "@media (min-width:1rem) and (x){a{b:c}}"),
        ('p::before { content: "a /* b */  ; c"; /* gone */ }', 'p::before{content:"a /* b */  ; c"}'),
        (".table :is(th, td) :last-child { }", ".table :is(th,td) :last-child{}"),
    ],
)
def test_cssmin_takes_out_only_what_means_nothing(css, small):
    assert cssmin(css) == small


# Scripts


def test_no_script_has_a_template_inside_a_template():
    """rjsmin reads `a ${`b`} // c` wrongly; what it did to our scripts was compared as syntax trees."""
    scripts = [path for path in ROOT.glob("**/static/**/*.js") if not path.is_relative_to(INSTALLED)]
    scripts = [path for path in scripts if path.relative_to(ROOT).parts[0] not in (".venv", "var")]
    assert scripts
    assert [
        path.name for path in scripts if re.search(r"`[^`]*\$\{[^}`]*`[^`]*`[^}`]*\}[^`]*`", path.read_text())
    ] == []


def test_scripts_of_ours_are_minified_and_find_each_other(collected):
    [room] = collected.glob("intervisie/js/room.????????????.js")
    assert re.search(r"^\s*//", room.read_text(), re.MULTILINE) is None
    parts = parts_of(f'<script type="module" src="/static/intervisie/js/{room.name}"></script>', collected)
    assert {re.sub(r".*/|\.[0-9a-f]{12}", "", name) for name in parts} == {
        path.name for path in (ROOT / "intervisie/static/intervisie/js").glob("*.js")
    }


def test_script_of_the_room_stays_under_twenty_kilobytes(collected):
    """What everybody loads; what only some need, such as the bar of who leads, comes when they do, in small parts."""
    scripts = {
        re.sub(r"\.[0-9a-f]{12}", "", path.name): path.read_text()
        for path in collected.glob("intervisie/js/*.????????????.js")
    }
    at_once, waiting = set(), ["room.js"]
    while waiting:
        name = waiting.pop()
        at_once.add(name)
        found = re.findall(r'from\s*"\./([\w-]+)(?:\.[0-9a-f]{12})?(\.js)"', scripts[name])
        waiting += {stem + end for stem, end in found} - at_once
    sizes = {name: compressed(text) for name, text in scripts.items()}
    assert "draw-lead.js" in sizes.keys() - at_once
    assert 10 * KB < sum(sizes[name] for name in at_once) <= 20 * KB
    assert {name: size for name, size in sizes.items() if name not in at_once and size > 5 * KB} == {}


# First view


FIRST_VIEWS = [
    ("", "/"),
    ("", "/leerkringen/"),
    ("", "/leerkringen/slim-samenwerken/"),
    ("", "/leerkringen/slim-samenwerken/kampen/"),
    ("", "/kennis/actualiteiten/"),
    ("", "/account/login/"),
    ("", "/zoeken/?q=samenwerken"),
    ("saskia@tafelronde.example", "/start/"),
    ("saskia@tafelronde.example", "/zoeken/?q=samenwerken"),
    ("saskia@tafelronde.example", "/leerkringen/slim-samenwerken/"),
]


@pytest.mark.django_db
def test_first_view_of_a_page_stays_under_thirty_kilobytes(production):
    """HTML, sheets and scripts, compressed; without fonts and pictures."""
    call_command("demo", verbosity=0)
    sizes = {}
    for who, path in FIRST_VIEWS:
        client = Client()
        if who:
            client.force_login(User.objects.get(email=who), "django.contrib.auth.backends.ModelBackend")
        response = client.get(path)
        assert response.status_code == 200, path
        html = response.content.decode()
        parts = parts_of(html, production)
        assert len([name for name in parts if name.endswith(".css")]) <= 2, "one joined sheet, and contrast"
        sizes[f"{path} {who}"] = compressed(html) + sum(compressed(part) for part in parts.values())
    assert {path: size for path, size in sizes.items() if size > 30 * KB} == {}
