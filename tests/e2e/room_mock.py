"""The room without the product's server: pages as the templates draw them, static files, a socket that the test plays."""

import json
import mimetypes
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, WebSocketRoute

from intervisie.room import Kept, scene
from tafelronde.accounts.models import User
from tests.e2e.conftest import PATIENCE
from tests.intervisie.played import Moment

SESSION = UUID("00000000-0000-4000-8000-000000000001")
PATH = f"/intervisie/{SESSION}/tafel/"


def html_of(moment: Moment, language: str = "nl", kept: Kept | None = None) -> str:
    """The page of this moment as the server draws it."""
    request = RequestFactory().get(PATH)
    request.user = User(first_name="Saskia", is_active=False)  # without rights to look up in a database
    texts = moment.texts(language)
    with translation.override(language):
        context = {
            "session": SimpleNamespace(pk=SESSION, neutral_title="Intervisie op 3 december", community=None),
            "room": scene(moment.view, texts, kept, moment.now),
            "words": texts["words"],
            "links": texts["links"],
            "new_id": uuid4,
            "script": {
                "texts": texts,
                "session": str(SESSION),
                "visitor": "one",
                "socket": f"/ws/sessie/{SESSION}/",
                "sprite": "/static/img/icons.svg",
            },
        }
        return render_to_string("intervisie/room.html", context, request=request)


class Files(ThreadingHTTPServer):
    """Serves the page in `html` and our own static files, on a free port of loopback."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.html = ""
        self.origin = f"http://127.0.0.1:{self.server_port}"
        Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A window was closed before all of its files had come. Whatever else fails shows as a file that is missing."""


class _Answer(BaseHTTPRequestHandler):
    server: Files

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path == PATH:
            self._answer(200, self.server.html.encode(), "text/html; charset=utf-8")
        elif found:
            self._answer(200, Path(str(found)).read_bytes(), mimetypes.guess_type(path)[0] or "text/plain")
        else:
            self._answer(404, b"", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Mock:
    """One page of the room. `frames` holds what the page sent; `greets` says whether a new line is greeted at once."""

    def __init__(
        self, browser: Browser, files: Files, moment: Moment, language: str = "nl", **context: Any
    ) -> None:
        self.files, self.moment, self.language, self.greets = files, moment, language, True
        self.cursor = 1
        self.kept: Kept | None = None
        self.frames: list[dict[str, Any]] = []
        self.lines: list[WebSocketRoute] = []
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            service_workers="block",  # there is no server of ours to give the worker
            **context,
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        self.page.route_web_socket("**/ws/**", self._connect)

    def open(self) -> "Mock":
        self.files.html = html_of(self.moment, self.language, self.kept)
        self.page.goto(f"{self.files.origin}{PATH}")
        return self

    def live(self) -> "Mock":
        """Opens the page and waits until the script has taken over."""
        self.open().page.wait_for_selector("#room[data-live]")
        return self

    def without_time(self) -> "Mock":
        """To be called before the page opens: its clock stands still, and goes on by `page.clock.run_for` alone."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(1000)
        return self

    def close(self) -> None:
        self.context.close()

    def send(self, **frame: Any) -> None:
        """A frame from the server on the newest line."""
        self.lines[-1].send(json.dumps(frame))

    def delta(self, *ops: Any, ack: list[str] | None = None) -> None:
        """What one commit means for this page."""
        self.cursor += len(ops)
        self.send(t="d", c=self.cursor, o=list(ops), **({"ack": ack} if ack else {}))

    def become(self, moment: Moment, ack: list[str] | None = None) -> None:
        """Everything that differs between the moment of now and another one."""
        was, now = self.moment.view, moment.view
        gone = {item["id"] for item in was["items"]} - {item["id"] for item in now["items"]}
        ops = [["set", name, now[name]] for name in now if name != "items" and was[name] != now[name]]
        ops += [["item", item] for item in now["items"] if item not in was["items"]] + [
            ["gone", one] for one in gone
        ]
        self.moment = moment
        self.delta(*ops, ack=ack)

    def sent(self, does: str) -> list[dict[str, Any]]:
        """The commands of this name that came in."""
        return [frame for frame in self.frames if frame.get("do") == does]

    def wait_for(self, does: str, count: int = 1) -> dict[str, Any]:
        """The newest command of this name, once `count` of them came in."""
        self.until(lambda: len(self.sent(does)) >= count)
        return self.sent(does)[-1]

    def until(self, true: Callable[[], bool]) -> None:
        """Lets the page go on until this holds."""
        for _ in range(PATIENCE // 50):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"that did not come: {self.frames}")

    def _connect(self, line: WebSocketRoute) -> None:
        self.lines.append(line)
        line.on_message(lambda text: self._heard(json.loads(str(text))))

    def _heard(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["t"] == "hi" and self.greets:
            self.greet(frame["since"])

    def greet(self, since: int | None = None) -> None:
        """Answers `hi`: nothing new for who has it all, else the whole view."""
        if since == self.cursor:
            self.send(t="d", c=self.cursor, o=[])
        else:
            view = self.moment.view
            here = [seat["seat"] for seat in view["seats"]]
            self.send(
                t="hello",
                v=1,
                e="e1",
                seat=self.moment.seat,
                c=self.cursor,
                now=self.moment.now,
                here=here,
                view=view,
            )
