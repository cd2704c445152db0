"""What holds for every template of the site: nothing inline, nothing from elsewhere, only icons and styles that exist."""

import re
from pathlib import Path

import pytest

from tafelronde.templatetags.ui import STATIC, icon_names

ROOT = Path(__file__).resolve().parents[2]
APPS = ["site/tafelronde", "communities", "intervisie", "knowledge"]
MAIL = ROOT / "site/tafelronde/post/templates/mail"  # no page: mail programmes know inline styles alone
TEMPLATES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("templates/**/*.html") if MAIL not in path.parents
)
OURS = [path for path in TEMPLATES if "wagtailadmin" not in path.parts]  # there `icon` is Wagtail's own tag
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
ALLOWED_SCRIPT = re.compile(r"\bsrc=|\bnonce=|type=\"application/json\"")
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|use|video|audio)\b[^>]*(?:src|href|srcset)=[\"']?(?:https?:)?//"
)

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


def source(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


def faults(html: str) -> list[str]:
    """What the content security policy of the site would refuse in a template."""
    found = re.findall(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", html, re.IGNORECASE)
    found += [tag for tag in SCRIPT.findall(html) if not ALLOWED_SCRIPT.search(tag)]
    return found + ELSEWHERE.findall(html)


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
        '<img src="https://example.org/x.png">',
        '<link rel="stylesheet" href="//example.org/x.css">',
    ],
)
def test_faults_are_found(html):
    assert faults(html) != []


@pytest.mark.parametrize(
    "html",
    [
        '<script type="module" src="/static/js/ui.js"></script>',
        '<script type="application/json" id="x">{}</script>',
        '<a href="https://eupl.eu/1.2/en/">EUPL-1.2</a>',
        '<input data-on="click" autocomplete="on">',
    ],
)
def test_what_is_allowed_is_no_fault(html):
    assert faults(html) == []


@every_template
def test_template_has_nothing_inline_and_nothing_from_elsewhere(path):
    assert faults(source(path)) == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_uses_icons_that_exist(path):
    assert set(re.findall(r"\{% icon [\"']([^\"']+)[\"']", source(path))) - icon_names() == set()


OUTSIDE = ("fonts.css", "admin.css", "contrast.css")  # contrast must overrule themes, which know no layers


def test_layers_are_the_only_place_of_rules():
    sheets = [path for path in (STATIC / "css").rglob("*.css") if path.name not in OUTSIDE]
    assert [path.name for path in sheets if "@layer" not in path.read_text()] == []
