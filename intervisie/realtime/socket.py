"""The ASGI application behind a room's socket: reads frames, hands commands to the writer, decides nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.conf import settings

from intervisie.actions import Wish
from intervisie.realtime import protocol, receivers
from intervisie.realtime.hub import Hub
from intervisie.realtime.identity import Admission, login_of
from intervisie.realtime.line import NOT_GREETED, Line
from intervisie.realtime.wire import Send, wire_for

Receive = Callable[[], Awaitable[dict[str, Any]]]

MOST_UNREADABLE = 20


class _Bucket:
    """Frames that a client may still send: `rate` more each second, at most two seconds' worth at once."""

    __slots__ = ("filled_at", "left", "rate")

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.left = 2.0 * rate
        self.filled_at = time.monotonic()

    def take(self) -> float:
        """Takes one; what is left, below zero when the client is too fast."""
        now = time.monotonic()
        self.left = min(2.0 * self.rate, self.left + (now - self.filled_at) * self.rate) - 1
        self.filled_at = now
        return self.left


async def room_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One connection, from handshake to close."""
    if (await receive())["type"] != "websocket.connect":
        return
    came_at = time.monotonic()
    await send({"type": "websocket.accept"})
    wire = wire_for(send)
    hub = receivers.hub_of(asyncio.get_running_loop())
    session_id: UUID = scope["url_route"]["kwargs"]["session_id"]
    if hub.draining:
        admission: Admission | int = protocol.RESTART
    else:
        admission = await hub.admitted(session_id, *login_of(scope))
    if isinstance(admission, int):
        wire.close(admission)
        await wire.sent()
        return
    line = Line(admission, wire, came_at)
    hub.join(line)
    try:
        await _listen(hub, line, receive)
    finally:
        line.closed = True
        hub.leave(line)
        await wire.sent()


async def _listen(hub: Hub, line: Line, receive: Receive) -> None:
    bucket = _Bucket(settings.ROOM_FRAMES_PER_SECOND)
    unreadable = 0
    while not line.closed:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        left = bucket.take()
        if left < -2 * bucket.rate:
            line.close(protocol.TOO_MANY_FRAMES)
            return
        try:
            if left < 0:
                raise protocol.Unreadable("too_fast")
            await _handle(hub, line, protocol.read(message))
        except protocol.Unreadable as fault:
            unreadable += fault.code != "too_fast"
            if unreadable > MOST_UNREADABLE:
                line.close(protocol.UNREADABLE)
            else:
                line.tell(protocol.dump(t="error", code=fault.code))


async def _handle(hub: Hub, line: Line, frame: dict[str, Any]) -> None:
    kind = frame["t"]
    line.heard(confirmed=kind == "beat")
    if kind == "do":
        admission = line.admission
        wish = Wish(
            admission.session_id,
            frame,
            id=protocol.command_id(frame),
            user_id=admission.user_id,
            login=admission.login,
            origin=line,
        )
        hub.writer.put(wish)
    elif kind == "hi":
        await hub.greet(line, receivers.usable_cursor(frame))
    elif kind != "beat":
        raise protocol.Unreadable("kind")
    elif line.cursor == NOT_GREETED:
        raise protocol.Unreadable("hi_first")
