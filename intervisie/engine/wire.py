"""From a JSON object off the wire to a command; whatever does not fit is refused, never raised otherwise."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from intervisie.engine.commands import WISHES, Wish
from intervisie.engine.errors import Refused

LONGEST = 4000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_REQUIRED = object()
Read = Callable[[Any], Any]


def _text(value: Any) -> str:
    """A text that can be stored and shown, without blanks around it."""
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise ValueError
    value.encode()  # half a surrogate pair raises UnicodeEncodeError, a ValueError
    return value.strip()


def _said(value: Any) -> str:
    text = _text(value)
    if not text:
        raise ValueError
    return text


def _name(value: Any) -> str:
    text = _said(value)
    if len(text) > 64:
        raise ValueError
    return text


def _number(low: int, high: int) -> Read:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError
        return value

    return read


def _minutes(value: Any) -> int:
    if type(value) is not int or value not in (1, 2, 5):
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _day(value: Any) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value).isoformat()


def _or_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _one_of(*words: str) -> Read:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError
        return value

    return read


def _fields(value: Any) -> dict[str, str]:
    """What stands in the fields of a canvas: texts by short names; empty ones are left out."""
    if not isinstance(value, Mapping) or len(value) > 32:
        raise ValueError
    read = {_name(name): text for name, one in value.items() if (text := _text(one))}
    if sum(map(len, read.values())) > LONGEST:
        raise ValueError
    return read


_SEAT, _VISIT, _VALUE = _number(0, 32_767), _number(0, 1_000_000), _number(0, 100)
_FIELDS: dict[str, dict[str, tuple[Read, Any]]] = {
    "advance": {
        "visit": (_VISIT, _REQUIRED),
        "how": (_one_of("next", "skip", "anyway", "close"), "next"),
    },
    "back": {"visit": (_VISIT, _REQUIRED)},
    "extend": {"minutes": (_minutes, _REQUIRED)},
    "give_floor": {"to": (_or_none(_SEAT), _REQUIRED)},
    "choose": {"item": (_or_none(_name), None), "by": (_or_none(_one_of("lot", "turn")), None)},
    "hand_over": {"to": (_SEAT, _REQUIRED)},
    "say": {
        "text": (_text, ""),
        "parent": (_or_none(_name), None),
        "date": (_or_none(_day), None),
        "case": (_truth, False),
        "fields": (_fields, {}),
        "persona": (_or_none(_name), None),
    },
    "edit": {"item": (_name, _REQUIRED), "text": (_text, ""), "fields": (_fields, {})},
    "withdraw": {"item": (_name, _REQUIRED)},
    "ready": {"on": (_truth, _REQUIRED)},
    "vote": {"item": (_name, _REQUIRED), "value": (_VALUE, _REQUIRED)},
    "appoint": {
        "to": (_or_none(_SEAT), None),
        "what": (
            _one_of("bringer", "facilitator", "deputy", "timekeeper", "notetaker", "observer", "member"),
            _REQUIRED,
        ),
        "by": (_or_none(_one_of("lot", "turn")), None),
    },
    "replan": {"choice": (_one_of("shorten", "skip", "overrun"), _REQUIRED)},
    "aside": {"text": (_said, _REQUIRED)},
    "note": {"text": (_said, _REQUIRED)},
    "mark": {"item": (_name, _REQUIRED), "on": (_truth, _REQUIRED)},
    "chat": {"text": (_said, _REQUIRED)},
    "stop": {"text": (_text, ""), "anonymous": (_truth, False), "kind": (_one_of("stop", "meta"), "stop")},
    "clear_stop": {"item": (_name, _REQUIRED)},
}


def command_from_wire(seat: int, data: object) -> Wish:
    """The wish of this seat in this JSON value. Raises Refused("malformed") with the field that does not fit."""
    if not isinstance(data, Mapping):
        raise Refused("malformed", {"field": "do"})
    do = data.get("do")
    if not isinstance(do, str) or do not in WISHES:
        raise Refused("malformed", {"field": "do"})
    values = {name: _read(data, name, read, default) for name, (read, default) in _FIELDS.get(do, {}).items()}
    made_in = _read(data, "visit", _or_none(_VISIT), None)
    return WISHES[do](seat, **values, made_in=made_in)


def _read(data: Mapping[Any, Any], name: str, read: Read, default: Any) -> Any:
    value = data.get(name, default)
    if value is default and default is not _REQUIRED:
        return default
    try:
        if value is _REQUIRED:
            raise ValueError
        return read(value)
    except ValueError:
        raise Refused("malformed", {"field": name}) from None
