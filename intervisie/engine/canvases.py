"""From JSON to canvases, those of a method and those that are shipped for all."""

import json
from functools import cache
from pathlib import Path

from intervisie.engine import method as m
from intervisie.engine.errors import MethodError
from intervisie.engine.reading import Reader, listed, one_of, text, truth, word

LAYOUTS = ("columns", "rows", "quadrant", "matrix", "field", "petals")


def named_canvas(data: object, path: str) -> m.Canvas:
    """A canvas by the name under which it is shipped, or whole."""
    if isinstance(data, str):
        if data not in canvases():
            raise MethodError(path, f"must be one of {', '.join(canvases())}")
        return canvases()[data]
    return canvas(data, path)


def canvas(data: object, path: str) -> m.Canvas:
    """The canvas in this JSON value. Raises MethodError."""
    read = Reader(data, path)
    result = m.Canvas(
        id=read.get("id", word),
        name=read.get("name", text),
        layout=read.get("layout", one_of(*LAYOUTS)),
        fields=read.get("fields", listed(_field)),
        cells=read.get("cells", truth, False),
    )
    read.done()
    if len({one.id for one in result.fields}) != len(result.fields) or not result.fields:
        raise MethodError(f"{path}.fields", "need ids that differ, and at least one")
    return result


def _field(data: object, path: str) -> m.Field:
    read = Reader(data, path)
    result = m.Field(
        id=read.get("id", word),
        label=read.get("label", text),
        hint=read.get("hint", text, None),
        options=read.get("options", listed(label), ()),
        asks=read.get("asks", word, ""),
    )
    read.done()
    return result


@cache
def canvases() -> dict[str, m.Canvas]:
    """The canvases that are shipped, by id. Raises MethodError where the file is not sound."""
    data = json.loads((Path(__file__).parent / "methods" / "canvases.json").read_text(encoding="utf-8"))
    return {one.id: one for one in listed(canvas)(data["canvases"], "canvases")}


def label(data: object, path: str) -> m.Label:
    """A word that is given to something, with its id, in this JSON value. Raises MethodError."""
    read = Reader(data, path)
    result = m.Label(id=read.get("id", word), text=m.Text(nl=read.get("nl", word), en=read.get("en", word)))
    read.done()
    return result
