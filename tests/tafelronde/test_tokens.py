"""The colours of the design hold in light, dark and high contrast: WCAG ratios computed from the tokens themselves."""

import re
from pathlib import Path

import pytest

from tafelronde.templatetags.ui import STATIC
from tafelronde.themes import Theme, themes

ROOT = Path(__file__).resolve().parents[2]
APPS = ["site/tafelronde", "communities", "intervisie", "knowledge"]
SHEETS = [path for app in APPS for path in (ROOT / app / "static").rglob("*.css")]
CSS = (STATIC / "css/tokens.css").read_text()
CONTRAST = (STATIC / "css/contrast.css").read_text()
BLOCK = re.compile(r":root \{(.*?)\n\s*\}", re.DOTALL)
TOKEN = re.compile(r"--(tafel-[\w-]+): (.+?);")
LIGHT_DARK = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")

PAPER = ["color-background", "color-surface"]
TINTS = ["color-action-soft", "color-danger-soft", "color-success-soft", "color-attention-soft", "color-sunk"]
WORDS = ["color-text", "color-text-muted", "color-action", "color-action-hover"]
WORDS += ["color-danger", "color-success", "color-attention", "color-bringer"]
SHAPES = ["color-line-strong", "color-focus", "color-bringer-fill", "color-ready", "color-time"]
SHAPES += [f"color-pillar-{kind}" for kind in ("news", "intervisie", "deepening", "visit", "other")]
OWN_TINTS = [
    ("color-action", "color-action-soft"),
    ("color-danger", "color-danger-soft"),
    ("color-success", "color-success-soft"),
    ("color-attention", "color-attention-soft"),
    ("color-bringer", "color-bringer-soft"),
    ("avatar-text", "avatar-background"),
]
ON_FILLS = [
    ("color-on-action", "color-action"),
    ("color-on-action", "color-action-hover"),
    ("color-on-action", "color-danger"),
    ("button-text", "button-background"),
    ("color-background", "color-text"),
]


def tokens(contrast: str, theme: Theme | None) -> dict[str, str]:
    """The values that hold for `contrast` "normal" or "more", in our own colours or in a municipality's theme."""
    values = dict(TOKEN.findall(BLOCK.search(CSS)[1]))
    if theme:
        values |= dict(TOKEN.findall(without_comments(theme.path)))
    return values | (dict(TOKEN.findall(CONTRAST)) if contrast == "more" else {})


def colour(name: str, light: str, values: dict[str, str]) -> str:
    """Follows var() to the six digits of a token in a theme."""
    value = values[f"tafel-{name}"]
    while match := re.fullmatch(r"var\(--(.+)\)", value):
        value = values[match[1]]
    return LIGHT_DARK.fullmatch(value)[1 if light == "light" else 2]


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failures(pairs: list[tuple[str, str]], least: float, look: tuple[Theme | None, str, str]) -> list[str]:
    theme, light, contrast = look
    values = tokens(contrast, theme)
    found = [(a, b, ratio(colour(a, light, values), colour(b, light, values))) for a, b in pairs]
    return [f"{a} on {b}: {value:.2f}" for a, b, value in found if value < least]


LOOKS = [
    (theme, light, contrast)
    for theme in [None, *themes()]
    for light in ("light", "dark")
    for contrast in ("normal", "more")
]
every_look = pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: "-".join([look[0].name if look[0] else "own", *look[1:]])
)


def test_ratio_is_that_of_wcag():
    assert ratio("#ffffff", "#000000") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@every_look
def test_words_on_paper_reach_seven(look):
    assert failures([(word, paper) for word in WORDS for paper in PAPER], 7, look) == []


@every_look
def test_words_on_tints_reach_four_and_a_half(look):
    inks = [(word, tint) for word in ("color-text", "color-text-muted") for tint in TINTS]
    assert failures(inks + OWN_TINTS, 4.5, look) == []


@every_look
def test_words_on_fills_reach_seven(look):
    assert failures(ON_FILLS, 7, look) == []


@every_look
def test_shapes_reach_three(look):
    assert failures([(shape, paper) for shape in SHAPES for paper in PAPER], 3, look) == []


@every_look
def test_badges_reach_four_and_a_half(look):
    hues = [(hue, f"{hue}-soft") for hue in ("delft", "moss", "oker", "brick")]
    assert failures([*hues, ("color-text-muted", "color-sunk")], 4.5, look) == []


@pytest.mark.parametrize("look", [look for look in LOOKS if look[2] == "more"], ids=str)
def test_high_contrast_has_visible_hairlines(look):
    assert failures([("color-line", paper) for paper in PAPER], 4.5, look) == []


def test_components_take_their_colours_from_tokens():
    sheets = set((STATIC / "css/components").glob("*.css")) | {STATIC / "css/base.css"}
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    found = {path.name: literal.findall(without_comments(path)) for path in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_token_that_is_used_exists():
    sheets = [without_comments(path) for path in SHEETS]
    defined = set(re.findall(r"(--tafel-[\w-]+):", "".join(sheets)))
    used = {name for sheet in sheets for name in re.findall(r"var\((--tafel-[\w-]+)\)", sheet)}
    assert used - defined == set()


# Motion


TIME = "var(--tafel-time)"  # 0 s for who asked for less


def restless(css: str) -> set[str]:
    """The selectors that still move for somebody who asked for less of it."""
    moving, calmed, open_blocks = set(), set(), []
    for words, sign in re.findall(r"([^{}]*)([{}])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        *rules, begin = words.split(";")
        within = " ".join(open_blocks)
        for rule in rules if sign == "{" else words.split(";"):
            name, _, value = (part.strip() for part in rule.partition(":"))
            if name in ("transition", "animation") and "no-preference" not in within and TIME not in value:
                (calmed if value == "none" and "reduce" in within else moving).add(open_blocks[-1])
        open_blocks = [*open_blocks, " ".join(begin.split())] if sign == "{" else open_blocks[:-1]
    return moving - calmed


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_moves_for_who_asked_for_less_motion(sheet):
    assert restless(sheet.read_text()) == set()


def test_what_moves_all_the_same_is_found():
    assert re.search(r"prefers-reduced-motion: reduce\) \{\s*:root \{ --tafel-time: 0s; \}", CSS)
    calm = "@media (prefers-reduced-motion: no-preference) { a { color: red; transition: color 1s; } }"
    assert restless(calm) == set()
    assert restless("b { animation: spin 1s } " + calm) == {"b"}
    undone = "@media (prefers-reduced-motion: reduce) { b { animation: none; } }"
    assert restless("b { animation: spin 1s } " + undone) == set()
