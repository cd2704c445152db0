"""docs/realtime.asyncapi.yaml and docs/realtime.md, as tests ask them: does this frame fit, what is named there."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

ROOT = Path(__file__).resolve().parents[2]
ASYNCAPI: dict[str, Any] = yaml.safe_load((ROOT / "docs/realtime.asyncapi.yaml").read_text(encoding="utf-8"))
PROSE = (ROOT / "docs/realtime.md").read_text(encoding="utf-8")
MESSAGES: dict[str, Any] = ASYNCAPI["components"]["messages"]
SCHEMAS: dict[str, Any] = ASYNCAPI["components"]["schemas"]
CHANNEL: dict[str, Any] = ASYNCAPI["channels"]["session"]

_HERE = "urn:realtime"
_REGISTRY = Registry().with_resource(_HERE, Resource(ASYNCAPI, DRAFT7))


@cache
def validator(pointer: str) -> Any:
    """What checks a value against the schema at this place of the document."""
    return jsonschema.Draft7Validator(
        {"$ref": f"{_HERE}#{pointer}"},
        registry=_REGISTRY,
        format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER,
    )


def message_of(frame: dict[str, Any], *, ours: bool) -> str:
    """The name of the message that a frame claims to be; `ours`: sent by the server. Raises KeyError."""
    kind = frame["t"]
    sent = {name.rpartition("/")[2] for name in messages("tell")}
    name = (
        kind if ours else f"do_{frame['do']}" if kind == "do" else {"hi": "hi", "beat": "client_beat"}[kind]
    )
    if (name in sent) is not ours or name not in MESSAGES:
        raise KeyError(name)
    return str(name)


@cache
def messages(operation: str) -> tuple[str, ...]:
    """Where the messages of an operation stand."""
    return tuple(one["$ref"] for one in ASYNCAPI["operations"][operation]["messages"])


def fault(frame: Any, *, ours: bool) -> str:
    """What is wrong with a frame of the server (`ours`) or of a client; empty when it fits its schema."""
    try:
        name = message_of(frame, ours=ours)
    except (KeyError, TypeError) as problem:
        return f"no message of the document: {problem}"
    return fault_at(f"/components/messages/{name}/payload", frame)


def fault_at(pointer: str, value: Any) -> str:
    """What is wrong with a value for the schema at this place; empty when it fits."""
    problem = jsonschema.exceptions.best_match(validator(pointer).iter_errors(value))
    return "" if problem is None else f"{problem.json_path}: {problem.message}"


@cache
def fault_in_text(text: str, *, ours: bool) -> str:
    """As `fault`, for the text of a frame."""
    return fault(json.loads(text), ours=ours)


def section(heading: str) -> str:
    """What stands under a heading of docs/realtime.md, up to the next one of any level."""
    found = re.search(rf"\n##+ {re.escape(heading)}\n(.*?)(?=\n##|\Z)", PROSE, re.DOTALL)
    assert found, f"docs/realtime.md has no heading {heading}"
    return found[1]


def rows(heading: str) -> list[list[str]]:
    """The cells of the rows of the tables under a heading, without their heads."""
    lines = re.findall(r"^\| (`.+) \|$", section(heading), re.MULTILINE)
    return [[cell.strip() for cell in re.split(r" ?(?<!\\)\| ?", line)] for line in lines]


def named(text: str) -> list[str]:
    """What stands in code letters."""
    return re.findall(r"`([^`]+)`", text)


def first_names(heading: str) -> list[str]:
    """The names in code letters of the first column of the tables under a heading."""
    return [name for row in rows(heading) for name in named(row[0])]
