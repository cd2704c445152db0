"""A municipality's theme gives tokens another value, and nothing else gets through."""

import pytest
from django.test import override_settings

from tafelronde import themes
from tafelronde.themes import Theme, check_theme, faults

CLASS = "theme-meerwold"


@pytest.mark.parametrize("theme", themes.themes(), ids=lambda theme: theme.name)
def test_every_theme_is_only_a_theme(theme):
    assert faults(theme.path.read_text(), theme.css_class) == []


@pytest.mark.parametrize(
    "css",
    [
        "",
        ".theme-meerwold { --tafel-delft: red; } p { color: red; }",
        ".theme-elders { --tafel-delft: red; }",
        "html .theme-meerwold { --tafel-delft: red; }",
        "@import 'https://elders.example/x.css'; .theme-meerwold { --tafel-delft: red; }",
        ".theme-meerwold { color: red; }",
        ".theme-meerwold { --delft: red; }",
        ".theme-meerwold { --tafel-delf: red; }",
        ".theme-meerwold { --tafel-delft }",
        ".theme-meerwold { --tafel-delft: url(https://elders.example/x); }",
        ".theme-meerwold { --tafel-delft: URL (x); }",
        ".theme-meerwold { --tafel-delft: image-set('x.png' 1x); }",
        ".theme-meerwold { --tafel-delft: \\75rl(x); }",
        ".theme-meerwold { & p { --tafel-delft: red; } }",
        ".theme-meerwold { --tafel-delft: red !important; }",
    ],
)
def test_anything_else_is_refused(css):
    assert faults(css, CLASS) != []


def test_comments_colours_sizes_and_fonts_pass():
    css = """/* ours */ .theme-meerwold { --tafel-delft: light-dark(#0a4f4f, #7fd0c8); --tafel-radius: 0.25rem;
      --tafel-font-text: "Atkinson Hyperlegible", sans-serif; --tafel-button-radius: var(--tafel-radius-small) }"""
    assert faults(css, CLASS) == []


def test_the_check_is_quiet_without_a_theme_and_with_the_example():
    assert check_theme() == []
    with override_settings(THEME="meerwold"):
        assert check_theme() == []


def test_the_check_names_a_theme_that_is_not_there():
    with override_settings(THEME="../secrets"):
        [error] = check_theme()
    assert error.id == "tafelronde.E001"
    assert "meerwold" in error.hint


def test_the_check_refuses_a_file_that_does_more(tmp_path, monkeypatch):
    for part in ("css", "themes"):
        (tmp_path / part).mkdir()
    (tmp_path / "css/tokens.css").write_text((themes.STATIC / "css/tokens.css").read_text())
    (tmp_path / "themes/meerwold.css").write_text(".theme-meerwold { display: none; }")
    monkeypatch.setattr(themes, "STATIC", tmp_path)
    with override_settings(THEME="meerwold"):
        [error] = check_theme()
    assert error.id == "tafelronde.E002"


@pytest.mark.django_db
def test_pages_wear_the_theme_of_the_setting(client):
    assert "themes/" not in client.get("/account/login/").content.decode()
    with override_settings(THEME="meerwold"):
        html = client.get("/account/login/").content.decode()
    assert '<html lang="nl" class="theme-meerwold">' in html
    own, contrast = html.index("/static/themes/meerwold.css"), html.index("/static/css/contrast.css")
    assert html.index("/static/css/tokens.css") < own < contrast, "contrast overrules the theme"


def test_names_follow_the_file():
    assert Theme("meerwold").sheet == "themes/meerwold.css"
    assert Theme("meerwold") in themes.themes()
