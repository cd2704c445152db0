"""How a finished frame reaches one client: straight to the server's transport where we know that server, else by ASGI.

Of what a delivery costs, most was spent between `await send(...)` and the socket (docs/decisions/0008). A server sends its
frames unmasked, so the same bytes go to everybody with the same view. `tests/intervisie/test_wire.py` holds both servers
to what is relied on here; whatever does not look like that gets the plain way.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

_TEXT = 0x81  # one unfragmented text message (RFC 6455, 5.2)


class Frame:
    """A text message that may go to many: framed once, and only where somebody takes it framed."""

    __slots__ = ("_framed", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._framed: bytes | None = None

    def framed(self) -> bytes:
        """The bytes of RFC 6455: header and payload."""
        if self._framed is None:
            payload = self.text.encode()
            size = len(payload)
            if size < 126:
                header = bytes((_TEXT, size))
            elif size < 0x10000:
                header = bytes((_TEXT, 126)) + size.to_bytes(2)
            else:
                header = bytes((_TEXT, 127)) + size.to_bytes(8)
            self._framed = header + payload
        return self._framed


class Wire:
    """The plain way, for any ASGI server. What is sent waits in order; nobody waits for a slow client."""

    __slots__ = ("_closing", "_pump", "_send", "_waiting")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[dict[str, Any]] = []
        self._pump: asyncio.Task[None] | None = None
        self._closing = False

    def send(self, frame: Frame) -> None:
        """Sends after all that was sent before; to a client that is gone or told to go, nothing."""
        if not self._closing:
            self._put({"type": "websocket.send", "text": frame.text})

    def close(self, code: int) -> None:
        """Closes after all that was sent before."""
        self._closing = True
        # Not every server lets an application use the codes below 3000; 4012 stands for 1012 (docs/realtime.md).
        self._put({"type": "websocket.close", "code": code if code >= 3000 else 4000 + code % 1000})

    async def sent(self) -> None:
        """Returns when everything was handed to the server."""
        if self._pump is not None:
            await self._pump

    def _put(self, message: dict[str, Any]) -> None:
        self._waiting.append(message)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting, []
            try:
                for message in now:
                    await self._send(message)
            except Exception:
                # Servers differ in what they raise for a client that is gone; `receive` tells the socket so.
                self._waiting.clear()


class _UvicornWire(Wire):
    """Writes to asyncio's transport, which sends at once and keeps the rest; closing is left to the server."""

    __slots__ = ("_transport",)

    def __init__(self, send: Send, transport: asyncio.WriteTransport) -> None:
        super().__init__(send)
        self._transport = transport

    def send(self, frame: Frame) -> None:
        if not (self._closing or self._transport.is_closing()):
            self._transport.write(frame.framed())

    def close(self, code: int) -> None:
        self._closing = True
        self._put({"type": "websocket.close", "code": code})


class _DaphneWire(Wire):
    """Writes to the socket at once, which spares Twisted a round through its reactor for every frame."""

    __slots__ = ("_protocol", "_transport")

    def __init__(self, send: Send, protocol: Any) -> None:
        super().__init__(send)
        self._protocol = protocol
        self._transport = protocol.transport

    def send(self, frame: Frame) -> None:
        protocol, transport = self._protocol, self._transport
        if protocol.state != protocol.STATE_OPEN or not transport.connected:
            return
        data = frame.framed()
        if not (transport._tempDataLen or transport.dataBuffer or protocol.send_queue):
            count = transport.writeSomeData(data)
            if count == len(data):
                return
            if isinstance(count, int):  # else the connection is lost, as Twisted will find when it writes
                data = data[count:]
        transport.write(data)

    def close(self, code: int) -> None:
        if self._protocol.state == self._protocol.STATE_OPEN:
            self._protocol.sendCloseFrame(code)  # the `sendClose` of an application may not say 1012
        else:
            super().close(code)


def wire_for(send: Send) -> Wire:
    """The best way to the client behind this ASGI `send`; to be used once the handshake is done."""
    if isinstance(send, partial) and send.args and _module(send.args[0]) == "daphne.ws_protocol":
        protocol = send.args[0]
        transport = protocol.transport
        # With TLS in the server itself the socket is not ours to write to.
        if _module(transport) == "twisted.internet.tcp" and not getattr(transport, "TLS", False):
            return _DaphneWire(send, protocol)
    server = getattr(send, "__self__", None)
    if _module(server).startswith("uvicorn.protocols.websockets.websockets_"):
        transport = getattr(server, "transport", None)
        if hasattr(transport, "write") and hasattr(transport, "is_closing"):
            return _UvicornWire(send, transport)
    return Wire(send)


def _module(thing: object) -> str:
    return type(thing).__module__
