"""A client of the live session for tests, as docs/realtime.md describes one: resumes, repeats, counts what comes twice."""

import asyncio
import contextlib
import json
import random
import uuid
from typing import Any

import websockets
from websockets.asyncio.client import connect

from intervisie import engine

# Trying again would not help; all other codes mean: come back (docs/realtime.md).
FINAL = {4401, 4403, 4404, 4409, 4410}

PATIENCE = 60.0  # seconds; the machine of a test may be busy


class Refusal(Exception):
    """The server said no."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


class RoomClient:
    """One seat. `view` is what the screen would show; `raw` every frame that came, as text."""

    def __init__(self, origin: str, session: str, cookie: str, key: str, *, port: int | None = None) -> None:
        self.url = f"{origin.replace('http', 'ws', 1)}/ws/sessie/{session}/"
        self.address = {"host": "127.0.0.1"} | ({"port": port} if port else {})
        self.headers = {"Cookie": f"{cookie}={key}"}
        self.origin = origin
        self.view: dict[str, Any] = {}
        self.cursor: int | None = None
        self.epoch: str | None = None
        self.seat = 0
        self.raw: list[str] = []
        self.doubled = 0
        self.here: list[int] = []
        self.connects = 0
        self.closes: list[int | None] = []
        self._waiting: dict[str, tuple[dict[str, Any], asyncio.Future[None]]] = {}
        self._socket: Any = None
        self._live = False
        self._greeted = asyncio.Event()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._beats: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "RoomClient":
        self._task = asyncio.create_task(self._stay())
        self._beats = asyncio.create_task(self._beat())
        await asyncio.wait_for(self._greeted.wait(), PATIENCE)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in (self._task, self._beats):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        if self._socket is not None:
            await self._socket.close()

    async def do(self, command: str, /, timeout: float = PATIENCE, **arguments: Any) -> None:
        """Sends a command and waits until it is acknowledged. Raises Refusal, or TimeoutError."""
        command_id = str(uuid.uuid4())
        frame = {"t": "do", "id": command_id, "do": command, **arguments}
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[command_id] = (frame, answer)
        await self.send(frame)
        try:
            await asyncio.wait_for(answer, timeout)
        finally:
            self._waiting.pop(command_id, None)

    async def send(self, frame: Any) -> None:
        """Sends any frame; a dead line is no error, what matters is sent again after the resume."""
        text = frame if isinstance(frame, (str, bytes)) else json.dumps(frame)
        with contextlib.suppress(websockets.ConnectionClosed, AttributeError):
            await self._socket.send(text)

    async def until(self, condition: Any, timeout: float = PATIENCE) -> None:
        """Waits until `condition(view)` holds. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not condition(self.view):
                self._changed.clear()
                await self._changed.wait()

    @property
    def live(self) -> bool:
        """Whether this line is up and was greeted."""
        return self._live

    def texts(self) -> list[str]:
        return [item["text"] for item in self.view.get("items", ())]

    async def _stay(self) -> None:
        """Holds the line: connects, reads, and connects again after a break."""
        pause = 0.1
        while True:
            try:
                async with connect(
                    self.url,
                    additional_headers=self.headers,
                    origin=self.origin,  # type: ignore[arg-type]
                    compression=None,
                    **self.address,  # type: ignore[arg-type]
                    open_timeout=20,
                    max_size=None,
                ) as socket:
                    self._socket = socket
                    self.connects += 1
                    await self.send({"t": "hi", "v": 1, "since": self.cursor, "e": self.epoch})
                    for frame, _ in list(self._waiting.values()):
                        await self.send(frame)
                    pause = 0.1
                    try:
                        async for text in socket:
                            self._take(str(text))
                    finally:
                        self._live = False
                        self.closes.append(socket.close_code)
            except (OSError, websockets.WebSocketException, TimeoutError):
                pass  # away for a moment; comes back below
            if self.closes and self.closes[-1] in FINAL:
                return
            await asyncio.sleep(pause * (0.5 + random.random()))
            pause = min(pause * 2, 2.0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(2)
            await self.send({"t": "beat"})

    def _take(self, text: str) -> None:
        self.raw.append(text)
        frame = json.loads(text)
        kind = frame["t"]
        self._live = self._live or kind in ("hello", "d")
        if kind == "hello":
            self.view, self.cursor, self.seat, self.epoch = (
                frame["view"],
                frame["c"],
                frame["seat"],
                frame["e"],
            )
            self.here = frame["here"]
            self._greeted.set()
        elif kind == "d":
            if len(frame["o"]) != frame["c"] - (self.cursor or 0):
                self.doubled += 1
            self.view = engine.apply(self.view, frame["o"])
            self.cursor = frame["c"]
            for command_id in frame.get("ack", ()):
                self._answered(command_id)
        elif kind == "ack":
            self._answered(frame["id"])
        elif kind == "here":
            self.here = frame["seats"]
        elif kind == "no":
            waiting = self._waiting.get(frame["id"])
            if waiting and not waiting[1].done():
                waiting[1].set_exception(Refusal(frame["code"], frame["text"]))
        self._changed.set()

    def _answered(self, command_id: str) -> None:
        waiting = self._waiting.get(command_id)
        if waiting and not waiting[1].done():
            waiting[1].set_result(None)
