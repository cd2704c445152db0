"""What the log says of a request and of an error, and what it never says: anything that somebody typed.

In production every line is one JSON object. Texts of our own loggers come whole, as our code logs no content. Of all
others only the template that stands in their code comes along, never the values; of an exception its type and place,
never its message, as a database or a parser puts what it was given into that.
"""

import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse

OURS = ("tafelronde", "communities", "intervisie", "knowledge")
ROOT = str(Path(__file__).resolve().parents[2]) + "/"
MOST_FRAMES = 30

log = logging.getLogger(__name__)
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestLogMiddleware:
    """Gives every request a number, which the answer carries too, and logs one line about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with numbered() as (number, began):
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            # The route, as the address itself may hold a token or a name.
            match = request.resolver_match
            say(request.method or "", match.route if match else None, response.status_code, began)
            return response


@contextmanager
def numbered() -> Iterator[tuple[str, float]]:
    """A number for a request, which stands in all lines that are logged meanwhile; and the moment it began."""
    number = secrets.token_hex(8)
    token = request_id.set(number)
    try:
        yield number, time.perf_counter()
    finally:
        request_id.reset(token)


def say(method: str, route: str | None, status: int, began: float) -> None:
    """The line about a request that began at this moment of `time.perf_counter`."""
    fields = {
        "method": method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other",
        "route": route,
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000),
    }
    log.info("%(method)s %(route)s %(status)s, %(ms)s ms", fields, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """One JSON object per record: time, level, logger, request, message or fields, error."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if number := request_id.get():
            entry["request"] = number
        fields = getattr(record, "fields", None)
        entry |= fields if _is_ours(record) and fields else {"message": _message(record)}
        if record.exc_info and record.exc_info[1]:
            entry["error"] = [
                {"type": _name(type(error)), "at": _places(error)} for error in _chain(record.exc_info[1])
            ]
        return json.dumps(entry, default=lambda value: _name(type(value)))


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in OURS


def _message(record: logging.LogRecord) -> str:
    """The text as far as it can hold no content: a text of others without values may have been put together."""
    if _is_ours(record):
        return record.getMessage()
    place = f"{_short(record.pathname)}:{record.lineno}"
    return f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else place


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it came from, the newest first."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _places(error: BaseException) -> list[str]:
    frames = [
        f"{_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return frames[-MOST_FRAMES:]


def _short(path: str) -> str:
    return path.rpartition("/site-packages/")[2].removeprefix(ROOT)


def _name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
