"""A municipality's theme: one file in static/themes that gives tokens of the design another value, and does nothing else."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

STATIC = Path(__file__).parent / "static"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"(--tafel-[\w-]+):")
# Colours, sizes, fonts and other tokens: nothing that asks for a file, and no way out of the rule.
_VALUE = re.compile(r"""[\w\s#%.,/()"'+*-]+""")
_FUNCTION = re.compile(r"([\w-]*)\s*\(")
_FUNCTIONS = {"", "light-dark", "var", "color-mix", "rgb", "hsl", "oklch", "calc", "min", "max", "clamp"}


@dataclass(frozen=True)
class Theme:
    """What `name` stands for: the file that is linked, and the class on <html> that makes it hold."""

    name: str

    @property
    def sheet(self) -> str:
        return f"themes/{self.name}.css"

    @property
    def css_class(self) -> str:
        return f"theme-{self.name}"

    @property
    def path(self) -> Path:
        return STATIC / self.sheet


def themes() -> list[Theme]:
    """All that there are, by name."""
    return [Theme(path.stem) for path in sorted((STATIC / "themes").glob("*.css"))]


def chosen() -> Theme | None:
    """The theme that the setting names; None for our own."""
    return Theme(settings.THEME) if settings.THEME else None


def known_tokens() -> frozenset[str]:
    """The names that a theme may give a value."""
    return frozenset(_TOKEN.findall(_COMMENT.sub("", (STATIC / "css/tokens.css").read_text())))


def faults(css: str, css_class: str) -> list[str]:
    """What in this sheet is not one rule of known custom properties under this class; empty where all is well."""
    rule = re.fullmatch(rf"\s*\.{re.escape(css_class)}\s*\{{([^{{}}]*)\}}\s*", _COMMENT.sub("", css))
    if rule is None:
        return [f"It must hold one rule, .{css_class} {{ … }}, and nothing beside it."]
    found = []
    for line in filter(None, map(str.strip, rule[1].split(";"))):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not name.startswith("--"):
            found.append(f"{line!r} is not a custom property.")
        elif name not in known_tokens():
            found.append(f"{name} is not a token of css/tokens.css.")
        elif not _VALUE.fullmatch(value) or not set(_FUNCTION.findall(value)) <= _FUNCTIONS:
            found.append(f"{name} has a value that a theme may not use: {value!r}.")
    return found


def check_theme(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """System check: the theme in use exists and is only a theme."""
    theme = chosen()
    if theme is None:
        return []
    if theme not in themes():
        offered = ", ".join(one.name for one in themes())
        return [
            Error(
                f"There is no theme {theme.name!r}.", hint=f"THEME may be: {offered}.", id="tafelronde.E001"
            )
        ]
    wrong = faults(theme.path.read_text(), theme.css_class)
    return [
        Error(f"{theme.path.name}: {fault}", hint="See docs/design.md.", id="tafelronde.E002")
        for fault in wrong
    ]
