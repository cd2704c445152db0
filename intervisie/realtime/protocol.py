"""Frames as bytes on the wire ↔ values in the server. The format is docs/realtime.md."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from intervisie.codec import compact
from intervisie.realtime.wire import Frame

VERSION = 1
MOST_BYTES = 64 * 1024
MOST_DEPTH = 8

RESTART = 1012
TRY_AGAIN = 1013
UNREADABLE = 4400
LOGGED_OUT = 4401
NO_ACCESS = 4403
NO_SESSION = 4404
TOO_SLOW = 4408
TOO_MANY_LINES = 4409
ERASED = 4410
TOO_MANY_FRAMES = 4429


class Unreadable(ValueError):
    """A frame that is not one; `code` names what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(message: dict[str, Any]) -> dict[str, Any]:
    """The JSON object of an ASGI `websocket.receive` message. Raises Unreadable, and nothing else."""
    text = message.get("text")
    if not isinstance(text, str):
        raise Unreadable("binary")
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Unreadable("too_long")
    if _depth(text) > MOST_DEPTH:
        raise Unreadable("too_deep")
    try:
        frame = _parsed(text)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("t"), str):
        raise Unreadable("shape")
    return frame


def _parsed(text: str) -> Any:
    """Raises ValueError for what is not JSON."""
    try:
        return orjson.loads(text)
    except ValueError:  # half a surrogate pair too, for which the rules of texts have a better answer
        return json.loads(text)


def command_id(frame: dict[str, Any]) -> UUID:
    """The client's id of a `do` frame. Raises Unreadable."""
    try:
        return UUID(frame["id"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Unreadable("id") from None


def dump(**frame: Any) -> Frame:
    """One frame."""
    return Frame(compact(frame))


def deltas(cursor: int, ops: Sequence[str], acks: Sequence[UUID] = ()) -> Frame:
    """A `d` frame of ops that are JSON already, with the ids of commands that it acknowledges."""
    own = ',"ack":[' + ",".join(f'"{ack}"' for ack in acks) + "]" if acks else ""
    return Frame(f'{{"t":"d","c":{cursor},"o":[{",".join(ops)}]{own}}}')


def _depth(text: str) -> int:
    """An upper bound of the nesting: brackets inside strings count too, which only makes it stricter."""
    if text.count("{") + text.count("[") <= MOST_DEPTH:
        return 0  # cannot be too deep, whatever the order: nearly every frame ends here
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
