"""Turns the states that a pointer or keyboard makes into classes. Read from the sheets themselves: nothing is copied by hand."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from tafelronde.sheets import SHEETS

STATES = {":hover": ".is-hover", ":focus-visible": ".is-focus", ":active": ".is-active"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_STATE = re.compile("|".join(STATES))


def with_classes(css: str) -> list[str]:
    """The rules of a sheet that hold in a state, each with the class instead."""
    rules = [(selector.strip(), body) for selector, body in _RULE.findall(_COMMENT.sub("", css))]
    return [
        f"{_STATE.sub(lambda match: STATES[match[0]], selector)} {{{body}}}"
        for selector, body in rules
        if _STATE.search(selector)
    ]


@cache
def states_sheet() -> str:
    """For all tags and components of the site and the room."""
    names = [name for parts in SHEETS.values() for name in parts]
    layers = {"base": [name for name in names if name == "css/base.css"]}
    layers["components"] = [name for name in names if re.search(r"components/|intervisie/", name)]
    return "\n".join(
        f"@layer {layer} {{\n{chr(10).join(rule for name in sheets for rule in with_classes(_source(name)))}\n}}"
        for layer, sheets in layers.items()
    )


def _source(name: str) -> str:
    return Path(str(finders.find(name))).read_text()
