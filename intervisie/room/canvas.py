"""Canvases: a form to write in, and one picture of all that was written in it."""

from intervisie.room.look import Json, Look

MOST_COLUMNS = 3  # of a table; more fields are read one contribution at a time


def inputs(canvas: Json, key: str, values: Json, only: Json | None = None) -> Json:
    """The fields of a form with this key. `values` by name; `only`: what an own contribution holds, to change it."""
    if canvas["cells"] and only is None:
        chosen = values.get("cell", "")
        choices = [one | {"on": one["id"] == chosen} for one in canvas["fields"]]
        return {"cell": f"{key}-cell", "choices": choices, "fields": []}
    held: Json = only or {}
    fields = [one for one in canvas["fields"] if not canvas["cells"] or one["id"] in held]
    first = next(one["id"] for one in fields if not one["options"])
    return {
        "cell": "",
        "choices": [],
        "fields": [
            one
            | _value(one, str(values.get(f"f:{one['id']}", held.get(one["id"], ""))))
            | {"name": f"f:{one['id']}", "at": key if one["id"] == first else f"{key}-{one['id']}"}
            for one in fields
        ],
    }


def _value(field: Json, value: str) -> Json:
    options = [option | {"on": option["id"] == value} for option in field["options"]]
    return {"value": value, "options": options}


def rows(look: Look, item: Json) -> list[Json]:
    """What one contribution says, field by field."""
    canvas = (look.step_of(item["step"]) or {}).get("canvas")
    filled = item.get("fields", {})
    if canvas is None:
        return []
    return [
        {"label": one["label"], "text": _said(one, filled[one["id"]])}
        for one in canvas["fields"]
        if filled.get(one["id"])
    ]


def _said(field: Json, value: str) -> str:
    """What was written, or the label of the option that was chosen."""
    found = (str(option["label"]) for option in field["options"] if option["id"] == value)
    return next(found, value)


def picture(look: Look, items: list[Json], by: dict[str, str]) -> Json | None:
    """One picture of contributions to one canvas, in words. `by`: who said each, by its id."""
    step = look.step_of(items[0]["step"]) if items else None
    canvas = step["canvas"] if step else None
    if canvas is None or any(item["step"] != items[0]["step"] or "fields" not in item for item in items):
        return None
    by = (
        by if len({item["by"] for item in items}) > 1 else dict.fromkeys(by, "")
    )  # of one person it is plain who
    sealed = all(item.get("sealed") for item in items)
    drawn = {
        "note": look.word("sealed") if sealed else "",
        "name": canvas["name"],
        "layout": canvas["layout"],
        "cells": [],
        "head": [],
        "rows": [],
        "rest": [],
    }
    if canvas["layout"] == "field":
        return drawn | _placed(canvas, items, by)
    if canvas["layout"] == "rows":
        return drawn | _table(canvas, items, by) if 1 < len(canvas["fields"]) <= MOST_COLUMNS else None
    return drawn | {"cells": [_cell(field, items, by) for field in canvas["fields"]]}


def _cell(field: Json, items: list[Json], by: dict[str, str]) -> Json:
    entries = [
        {"text": _said(field, item["fields"][field["id"]]), "by": by[item["id"]]}
        for item in items
        if item["fields"].get(field["id"])
    ]
    return {"label": field["label"], "hint": field["hint"], "entries": entries}


def _table(canvas: Json, items: list[Json], by: dict[str, str]) -> Json:
    first, *others = canvas["fields"]
    lines = [
        {
            "title": _said(first, item["fields"].get(first["id"], "")),
            "by": by[item["id"]],
            "cells": [
                {"label": one["label"], "text": _said(one, item["fields"].get(one["id"], ""))}
                for one in others
            ],
        }
        for item in items
    ]
    return {"head": [one["label"] for one in canvas["fields"]], "rows": lines}


def _placed(canvas: Json, items: list[Json], by: dict[str, str]) -> Json:
    """Contributions where their two choices cross: the first gives the row, the second the column."""
    down, across = [field for field in canvas["fields"] if field["options"]][:2]
    entries = [(item["fields"].get(down["id"]), item["fields"].get(across["id"]), item) for item in items]

    def there(row: str | None, column: str | None) -> list[Json]:
        return [_party(canvas, item, by) for at, to, item in entries if at == row and to == column]

    lines = [
        {
            "title": row["label"],
            "cells": [
                {"label": column["label"], "entries": there(row["id"], column["id"])}
                for column in across["options"]
            ],
        }
        for row in down["options"]
    ]
    rest = [_party(canvas, item, by) for at, to, item in entries if not (at and to)]
    return {
        "head": [down["label"], *(column["label"] for column in across["options"])],
        "rows": lines,
        "rest": rest,
    }


def _party(canvas: Json, item: Json, by: dict[str, str]) -> Json:
    written = [item["fields"].get(field["id"], "") for field in canvas["fields"] if not field["options"]]
    title, *more = [text for text in written if text]
    return {"title": title, "text": " · ".join(more), "by": by[item["id"]]}
