"""The methods that are shipped, read from the files beside this one."""

import json
from functools import cache
from pathlib import Path

from intervisie.engine.method import Method
from intervisie.engine.parse import parse

FOLDER = Path(__file__).parent / "methods"


def method_files() -> list[Path]:
    """The files of the shipped methods, by name."""
    return sorted(path for path in FOLDER.glob("*.json") if path.name not in ("schema.json", "canvases.json"))


@cache
def load_shipped() -> dict[str, Method]:
    """The shipped methods by id. Raises MethodError where a file is not sound."""
    methods = (parse(json.loads(path.read_text(encoding="utf-8"))) for path in method_files())
    return {method.id: method for method in methods}
