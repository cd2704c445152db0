"""A second client of the live session, written from docs/realtime.md and docs/realtime.asyncapi.yaml alone.

It shares no code with the server or with the first client, so that what only the code knows cannot help it. It reads
when it is asked to: `do`, `until` and `read_on` hold the line meanwhile, and come back on a new one when it breaks.
"""

import json
import random
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

STOP = {4401, 4403, 4404, 4409, 4410}
BEAT_EVERY = 5.0  # seconds; at least every 15
REPEAT_AFTER = 10.0  # seconds without an answer

View = dict[str, Any]
Frame = dict[str, Any]


class Refused(Exception):
    """The server said `no`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


class Ended(Exception):
    """The line was closed with a code after which trying again would not help."""


class SecondClient:
    """One line of one seat. `sent` and `came` keep every frame as text, `closes` every close code (None: broken)."""

    def __init__(self, site: str, session: str, cookie: str, *, address: str | None = None) -> None:
        self.origin = site
        self.url = f"{address or site.replace('http', 'ws', 1)}/ws/sessie/{session}/"
        self.cookie = cookie
        self.view: View = {}
        self.cursor: int | None = None
        self.rules: str | None = None
        self.seat: int | None = None
        self.here: list[int] = []
        self.sent: list[str] = []
        self.came: list[str] = []
        self.closes: list[int | None] = []
        self.errors: list[str] = []
        self._line: ClientConnection | None = None
        self._stack = ExitStack()
        self._open: dict[
            str, tuple[str, float]
        ] = {}  # commands without an answer, and when they were sent last
        self._answers: dict[str, Frame] = {}
        self._beat_at = 0.0
        self._pause = 0.1

    # What a test does with it ---------------------------------------------------------------------------

    def do(self, what: str, /, *, patience: float = 60.0, **arguments: Any) -> None:
        """Sends a command and returns when it is acknowledged. Raises Refused, Ended or TimeoutError."""
        name = str(uuid.uuid4())
        self.repeat({"t": "do", "id": name, "do": what, **arguments}, patience=patience)

    def repeat(self, command: Frame, *, patience: float = 60.0) -> str:
        """As `do`, for a whole frame that may have been sent before; returns the kind of frame that answered."""
        name = command["id"]
        self._answers.pop(name, None)
        self._open[name] = json.dumps(command), time.monotonic()
        self._say(self._open[name][0])
        self._read_until(lambda: name in self._answers, patience)
        answer = self._answers[name]
        if answer["t"] == "no":
            raise Refused(answer["code"], answer["text"])
        return str(answer["t"])

    def until(self, condition: Callable[[View], bool], *, patience: float = 60.0) -> None:
        """Returns when `condition(view)` holds. Raises Ended or TimeoutError."""
        self._read_until(lambda: bool(self.view) and condition(self.view), patience)

    def read_on(self, seconds: float) -> None:
        """Reads what comes for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read_once()

    # As its tools say --------------------------------------------------------------------------------------

    def tool(self, do: str, **wanted: Any) -> dict[str, Any]:
        """The tool of this name with these values. Raises LookupError where this seat has none."""
        for tool in (self.view.get("me") or {}).get("tools", ()):
            if tool["do"] == do and all(tool.get(name) == value for name, value in wanted.items()):
                return dict(tool)
        raise LookupError(f"no {do} with {wanted}")

    def say(
        self,
        text: str,
        *,
        kind: str | None = None,
        parent: str | None = None,
        fields: dict[str, str] | None = None,
        persona: str | None = None,
    ) -> dict[str, Any]:
        """Contributes what the tool asks for, and returns the item that it became."""
        tool = self.tool("say", **({"kind": kind} if kind else {}))
        known = {item["id"] for item in self.view["items"]}
        words: dict[str, Any] = {"fields": fields} if tool.get("canvas") else {"text": text}
        if tool.get("persona"):
            words["persona"] = persona
        if tool["parent"] == "required" or parent:
            words["parent"] = parent
        self.do("say", **words, **self._now())
        new = [item for item in self.view["items"] if item["id"] not in known and item["by"] == self.seat]
        return dict(new[-1])

    def vote(self, option: str, value: int = 1) -> None:
        """Judges an option of the vote of now."""
        self.tool("vote")
        if option not in self.view["judge"]["options"]:
            raise LookupError(f"{option} is none of {self.view['judge']['options']}")
        self.do("vote", item=option, value=value, **self._now())

    def leave(self, how: str = "next") -> None:
        """Goes on to what follows, in one of the ways of the tool."""
        tool = self.tool("advance")
        if how != "next" and how not in tool.get("ways", ()):
            raise LookupError(f"{how} is none of the ways {tool}")
        self.do("advance", visit=tool["visit"], **({} if how == "next" else {"how": how}))

    def _now(self) -> dict[str, Any]:
        return {"visit": self.view["step"]["visit"]} if self.view["step"] else {}

    def close(self) -> None:
        with suppress(ConnectionClosed):
            self._stack.close()

    # The line ---------------------------------------------------------------------------------------------

    def _read_until(self, done: Callable[[], bool], patience: float) -> None:
        end = time.monotonic() + patience
        while not done():
            if time.monotonic() > end:
                raise TimeoutError
            self._read_once()

    def _read_once(self) -> None:
        line = self._line or self._come_back()
        if line is None:
            return
        self._beat()
        self._repeat_what_waits()
        try:
            self._take(str(line.recv(timeout=0.2)))
        except TimeoutError:
            pass
        except ConnectionClosed as end:
            self._broken(end.rcvd.code if end.rcvd else None)

    def _come_back(self) -> ClientConnection | None:
        """One try to connect; on the new line, where we were and what was not answered."""
        try:
            self._line = self._stack.enter_context(
                connect(
                    self.url,
                    origin=self.origin,  # type: ignore[arg-type]
                    additional_headers={"Cookie": self.cookie},
                    compression=None,
                    open_timeout=20,
                    max_size=None,
                )
            )
        except (OSError, WebSocketException):
            time.sleep(self._pause * (0.5 + random.random()))
            self._pause = min(2 * self._pause, 4.0)
            return None
        self._beat_at = time.monotonic()
        self._say(json.dumps({"t": "hi", "v": 1, "since": self.cursor, "e": self.rules}))
        for name, (text, _) in list(self._open.items()):
            self._open[name] = text, time.monotonic()
            self._say(text)
        return self._line

    def _broken(self, code: int | None) -> None:
        self._line = None
        self.close()
        self.closes.append(code)
        if code in STOP:
            raise Ended(code)

    def _say(self, text: str) -> None:
        """Sends where there is a line; where there is none, the next one begins with what matters."""
        if self._line is None:
            return
        self.sent.append(text)
        with suppress(ConnectionClosed):  # reading finds out why
            self._line.send(text)

    def _beat(self) -> None:
        if self.rules is not None and time.monotonic() - self._beat_at > BEAT_EVERY:
            self._beat_at = time.monotonic()
            self._say('{"t":"beat"}')

    def _repeat_what_waits(self) -> None:
        for name, (text, at) in list(self._open.items()):
            if time.monotonic() - at > REPEAT_AFTER:
                self._open[name] = text, time.monotonic()
                self._say(text)

    # What comes -------------------------------------------------------------------------------------------

    def _take(self, text: str) -> None:
        self.came.append(text)
        frame = json.loads(text)
        match frame["t"]:
            case "hello":
                self._greeted(frame)
            case "d":
                self._changed(frame)
            case "ack" | "no":
                self._answered(frame["id"], frame)
            case "here":
                self.here = frame["seats"]
            case "beat":
                if self.cursor is not None and frame["c"] > self.cursor and self._line is not None:
                    self._line.close()  # we missed something: come back with `since`
            case "error":
                self.errors.append(frame["code"])

    def _greeted(self, frame: Frame) -> None:
        self._pause = 0.1
        self.view, self.cursor, self.rules = frame["view"], frame["c"], frame["e"]
        self.seat, self.here = frame["seat"], frame["here"]

    def _changed(self, frame: Frame) -> None:
        self._pause = 0.1
        held = self.cursor or 0
        if frame["c"] != held + len(frame["o"]):
            raise AssertionError(f"{len(frame['o'])} ops lead from {held} to {frame['c']}")
        self.view, self.cursor = changed(self.view, frame["o"]), frame["c"]
        for name in frame.get("ack", ()):
            self._answered(name, frame)

    def _answered(self, name: str, frame: Frame) -> None:
        self._open.pop(name, None)
        self._answers[name] = frame


def changed(view: View, ops: list[list[Any]]) -> View:
    """The view after these ops."""
    now = {**view, "items": list(view["items"])}
    for op in ops:
        match op:
            case ["set", section, value]:
                now[section] = value
            case ["item", item]:
                now["items"] = [one for one in now["items"] if one["id"] != item["id"]] + [item]
            case ["gone", name]:
                now["items"] = [one for one in now["items"] if one["id"] != name]
            case _:
                raise AssertionError(f"no op of ours: {op}")
    now["items"].sort(key=lambda item: (item["o"][0], item["o"][1]))
    return now
