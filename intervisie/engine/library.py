"""The methods that are shipped, read from the files beside this one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from intervisie.engine.method import Method
from intervisie.engine.parse import parse

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "methods"


def method_files() -> list[Path]:
    """The files of the shipped methods, by name."""
    return sorted(path for path in FOLDER.glob("*.json") if path.name not in ("schema.json", "canvases.json"))


@cache
def load_shipped() -> dict[str, Method]:
    """The shipped methods by id. Raises MethodError where a file is not sound."""
    methods = (parse(json.loads(path.read_text(encoding="utf-8"))) for path in method_files())
    return {method.id: method for method in methods}


def shipped_json(method_id: str) -> Json:
    """The file of a shipped method, for a session's own copy: a canvas that it names is written out, so that nothing
    outside the copy can change what was played. Raises KeyError on an unknown id."""
    files = (json.loads(path.read_text(encoding="utf-8")) for path in method_files())
    found = {data["id"]: data for data in files}[method_id]
    canvases = {
        one["id"]: one for one in json.loads((FOLDER / "canvases.json").read_text("utf-8"))["canvases"]
    }
    steps = {
        name: [_whole(step, canvases) for step in found[name]]
        for name in ("steps", "modules")
        if name in found
    }
    return found | steps


def _whole(step: Json, canvases: Json) -> Json:
    named = step.get("canvas")
    return step | {"canvas": canvases[named]} if isinstance(named, str) else step
