"""Pages for visitors, kept in memory in front of Django until something changes (docs/decisions/0012).

Kept is only what says so itself: an answer with `Cache-Control: public` to somebody without any cookie but the one of
the language. Given is it only to somebody whose cookies say no more than that.
"""

import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from tafelronde import logs
from tafelronde.front.changes import Changes

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

MOST_BYTES = 32 * 1024 * 1024
MOST_BYTES_OF_ONE = 256 * 1024


@dataclass(frozen=True)
class Visit:
    """What a visitor asks for: all that the answer may depend on, and whether it may be kept for others."""

    address: tuple[str, ...]
    method: str
    known_tag: bytes
    may_keep: bool


def visit_of(scope: Message) -> Visit | None:
    """None for everything but the reading of a plain address by somebody whom no cookie or header makes known."""
    if scope["method"] not in ("GET", "HEAD") or scope["query_string"]:
        return None
    sent: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        sent[name] = sent[name] + b"," + value if name in sent else value
    cookies = parse_cookie(sent.get(b"cookie", b"").decode("latin-1"))
    if b"authorization" in sent or not cookies.keys() <= settings.VISITOR_COOKIES:
        return None
    wish = cookies.get(settings.LANGUAGE_COOKIE_NAME)
    return Visit(
        address=(
            scope.get("scheme", "http"),
            sent.get(b"x-forwarded-proto", b"").decode("latin-1"),
            sent.get(b"host", b"").decode("latin-1"),
            scope["path"],
            wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        ),
        method=scope["method"],
        known_tag=sent.get(b"if-none-match", b""),
        may_keep=scope["method"] == "GET" and settings.CSRF_COOKIE_NAME not in cookies,
    )


@dataclass(frozen=True)
class Page:
    """A finished answer. `headers` are without those that belong to one request alone."""

    headers: Headers
    body: bytes
    tag: bytes
    until: float

    async def send_to(self, visit: Visit, number: str, send: Send) -> int:
        """Sends it, or 304 to a browser that has it; returns the status."""
        there = self.tag in visit.known_tag
        status, body = (304, b"") if there else (200, self.body)
        own = [(b"ETag", self.tag), (b"X-Request-ID", number.encode())]
        length = [] if there else [(b"Content-Length", str(len(body)).encode())]
        headers = [*self.headers, *own, *length]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if visit.method == "HEAD" else body})
        return status


class KeptPages:
    """An application around another, which gives it only what is not kept. `seconds` is the age that a page may reach."""

    def __init__(self, application: Any, changes: Changes, seconds: int) -> None:
        self._application = application
        self._changes = changes
        self._seconds = seconds
        self._mark = ""
        self._pages: dict[tuple[str, ...], Page] = {}
        self._bytes = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        visit = visit_of(scope) if self._seconds else None
        mark = await self._changes.mark() if visit else None
        if visit is None or mark is None:
            await self._application(scope, receive, send)
            return
        if mark != self._mark:
            self._mark, self._bytes = mark, 0
            self._pages.clear()
        page = self._pages.get(visit.address)
        if page is not None and page.until > time.monotonic():
            await self._give(page, visit, send)
        elif visit.may_keep:
            await self._application(scope, receive, Keeping(self, visit, mark, send))
        else:
            await self._application(scope, receive, send)

    async def _give(self, page: Page, visit: Visit, send: Send) -> None:
        with logs.numbered() as (number, began):
            status = await page.send_to(visit, number, send)
            logs.say(visit.method, "(kept)", status, began)

    def keep(self, visit: Visit, mark: str, headers: Headers, body: bytes) -> Page:
        """Keeps an answer that was begun when `mark` was the mark: what changed since is not in it, perhaps."""
        tag = b'"%s"' % hashlib.sha256(body).hexdigest()[:32].encode()
        page = Page(headers, body, tag, time.monotonic() + self._seconds)
        if mark == self._mark:
            self._forget(visit.address)
            while self._pages and self._bytes + len(body) > MOST_BYTES:
                self._forget(next(iter(self._pages)))
            self._pages[visit.address] = page
            self._bytes += len(body)
        return page

    def _forget(self, address: tuple[str, ...]) -> None:
        page = self._pages.pop(address, None)
        self._bytes -= len(page.body) if page else 0


class Keeping:
    """The way back of one answer: lets through what may not be kept, holds the rest until it is whole."""

    def __init__(self, pages: KeptPages, visit: Visit, mark: str, send: Send) -> None:
        self._pages, self._visit, self._mark, self._send = pages, visit, mark, send
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and may_be_kept(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message.get("more_body") or len(message["body"]) > MOST_BYTES_OF_ONE:
            await self._send(self._start)
            await self._send(message)
            self._start = None
        else:
            await self._finish(self._start["headers"], message["body"])

    async def _finish(self, headers: Headers, body: bytes) -> None:
        number = dict(headers).get(b"X-Request-ID", b"").decode()
        shared = [
            (name, value) for name, value in headers if name not in (b"X-Request-ID", b"Content-Length")
        ]
        page = self._pages.keep(self._visit, self._mark, shared, body)
        await page.send_to(self._visit, number, self._send)


def may_be_kept(start: Message) -> bool:
    """Whether an answer says that anybody may have it, and holds nothing that was made for one request."""
    headers = {name.lower(): value for name, value in start["headers"]}
    return (
        start["status"] == 200
        and headers.get(b"cache-control", b"").startswith(b"public")
        and headers.get(b"vary", b"").lower() in (b"", b"cookie")
        and b"set-cookie" not in headers
        and b"nonce-" not in headers.get(b"content-security-policy", b"")
    )
