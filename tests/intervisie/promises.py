"""Every audience code that the engine can give in a method that the linter lets through, found in the code itself."""

import ast
import inspect
import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

from intervisie.engine import Method, lint, parse
from intervisie.engine import method as m
from intervisie.engine.tools import audience
from tests.intervisie.engine_support import make_step, method_json

STANCES: list[dict[str, str]] = [
    {},
    {"B": "listen"},
    *({role: stance} for role in "BN" for stance in ("turned", "away")),
]
APART: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"group": {"min": 2, "max": 3}}, {}),
    ({}, {"loop": {"start": "write", "group": {"min": 3, "max": 4}}}),
]
_CODE = re.compile(r"(all|group|turn|end|later|table|to|nobody|only|chat|stop|votes)(_[a-z]+)+")


def _methods() -> list[tuple[Method, bool]]:
    """Methods with one step in which is written, in every way; and whether that is done at small tables."""
    ways = itertools.product([*m.REVEALS, "step:talk"], m.ATTRIBUTIONS, [None, "talk"], STANCES, APART)
    found = []
    for reveal, attribution, names_at, stance, (apart, looped) in ways:
        names = {"names_at": names_at} if names_at else {}
        step = make_step(
            "write", actors=["C"], reveal=reveal, attribution=attribution, stance=stance, **names
        )
        uses = [{"step": "write"}] if reveal == "turn" else []
        later = make_step("round", "talk", uses=uses)
        found.append((parse(method_json(step | apart, later) | looped), bool(apart or looped)))
    return found


@cache
def of_steps() -> frozenset[str]:
    """The codes of steps."""
    return frozenset(audience(method.steps[0], small) for method, small in _methods() if not lint(method))


@cache
def of_tools() -> frozenset[str]:
    """The codes that stand in the code as they are: those of tools whose audience no step decides, and some of steps."""
    tree = ast.parse(Path(inspect.getfile(audience)).read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    words = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    )
    return frozenset(word for word in words if _CODE.fullmatch(word))


def promises() -> frozenset[str]:
    """All of them."""
    return of_steps() | of_tools()
