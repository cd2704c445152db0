"""The room without a server: pages as the templates draw them, our own static files, and a socket that we play ourselves."""

import json
import mimetypes
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, WebSocketRoute

from intervisie.room import scene
from tests.intervisie.played import Moment

ORIGIN = "http://room.test"
SESSION = UUID("00000000-0000-4000-8000-000000000001")
PATH = f"/intervisie/{SESSION}/tafel/"


def html_of(moment: Moment, language: str = "nl") -> str:
    """The page of this moment as the server draws it."""
    request = RequestFactory().get(PATH)
    request.user = AnonymousUser()
    texts = moment.texts(language)
    with translation.override(language):
        context = {
            "session": SimpleNamespace(pk=SESSION, neutral_title="Intervisie op 3 december", community=None),
            "room": scene(moment.view, texts, None, moment.now),
            "words": texts["words"],
            "links": texts["links"],
            "new_id": uuid4,
            "script": {
                "texts": texts,
                "session": str(SESSION),
                "visitor": "one",
                "socket": f"/ws/sessie/{SESSION}/",
                "sprite": "/static/img/icons.svg",
                "logout": "/account/logout/",
            },
        }
        return render_to_string("intervisie/room.html", context, request=request)


class Mock:
    """One page of the room. `frames` holds what the page sent; `greets` says whether a new line is greeted at once."""

    def __init__(self, browser: Browser, moment: Moment, language: str = "nl", **context: Any) -> None:
        self.moment, self.language, self.greets = moment, language, True
        self.cursor = 1
        self.frames: list[dict[str, Any]] = []
        self.lines: list[WebSocketRoute] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        self.page.route("**/*", self._serve)
        self.page.route_web_socket("**/ws/**", self._connect)

    def open(self) -> "Mock":
        self.page.goto(f"{ORIGIN}{PATH}")
        return self

    def live(self) -> "Mock":
        """Opens the page and waits until the script has taken over."""
        self.open().page.wait_for_selector("#room[data-live]")
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
        ops += [["item", item] for item in now["items"] if item not in was["items"]] + [["gone", one] for one in gone]
        self.moment = moment
        self.delta(*ops, ack=ack)

    def sent(self, does: str) -> list[dict[str, Any]]:
        """The commands of this name that came in."""
        return [frame for frame in self.frames if frame.get("do") == does]

    def wait_for(self, does: str, count: int = 1) -> dict[str, Any]:
        """The newest command of this name, once `count` of them came in."""
        for _ in range(200):
            if len(self.sent(does)) >= count:
                return self.sent(does)[-1]
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no {does!r} among {self.frames}")

    def _connect(self, line: WebSocketRoute) -> None:
        self.lines.append(line)
        line.on_message(lambda text: self._heard(json.loads(str(text))))

    def _heard(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["t"] != "hi" or not self.greets:
            return
        if frame["since"] == self.cursor:
            self.send(t="d", c=self.cursor, o=[])
        else:
            view = self.moment.view
            here = [seat["seat"] for seat in view["seats"]]
            self.send(t="hello", v=1, e="e1", seat=self.moment.seat, c=self.cursor, now=self.moment.now, here=here, view=view)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0].split("#")[0]
        if path == PATH:
            route.fulfill(body=html_of(self.moment, self.language), content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=str(found), content_type=mimetypes.guess_type(path)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")
