"""The contract between our wires and the servers of these versions (docs/decisions/0008)."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import connect

from intervisie.realtime.wire import Frame, Wire, wire_for
from tests.support.server import ROOT, free_port, wait_for_port
from tests.support.wire_server import SERVERS, text

DIRECT = {
    "daphne": "_DaphneWire",
    "uvicorn-websockets": "_UvicornWire",
    "uvicorn-websockets-sansio": "_UvicornWire",
}


@pytest.mark.parametrize("length", [0, 1, 125, 126, 0xFFFF, 0x10000, 100_000])
def test_a_frame_is_what_the_rfc_says(length: int) -> None:
    framed = Frame("a" * length).framed()
    assert framed[0] == 0x81
    assert framed.endswith(b"a" * length)
    header = framed[1 : len(framed) - length]
    if length < 126:
        assert header == bytes([length])
    elif length < 0x10000:
        assert header == b"\x7e" + length.to_bytes(2, "big")
    else:
        assert header == b"\x7f" + length.to_bytes(8, "big")


def test_an_unknown_server_gets_the_plain_way() -> None:
    seen: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        seen.append(message)

    async def journey() -> None:
        wire = wire_for(send)
        assert type(wire) is Wire
        wire.send(Frame("one"))
        wire.send(Frame("two"))
        wire.close(1012)
        await wire.sent()

    asyncio.run(journey())
    assert seen == [
        {"type": "websocket.send", "text": "one"},
        {"type": "websocket.send", "text": "two"},
        {"type": "websocket.close", "code": 4012},
    ]


def test_a_client_that_is_gone_stops_the_plain_way() -> None:
    async def send(message: dict[str, Any]) -> None:
        raise ConnectionError

    async def journey() -> None:
        wire = wire_for(send)
        for _ in range(3):
            wire.send(Frame("one"))
        await wire.sent()
        assert not wire._waiting

    asyncio.run(journey())


@pytest.fixture(scope="module", params=[(server, plain) for server in SERVERS for plain in (False, True)])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool, str]]:
    """A running server of each kind: its name, whether the plain way is asked for, its address."""
    server, plain = request.param
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "tests.support.wire_server",
        server,
        str(port),
        *(["plain"] if plain else []),
    ]
    process = subprocess.Popen(words, cwd=ROOT)
    try:
        wait_for_port(port, process)
        yield server, plain, f"ws://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


def client(address: str, **other: Any) -> Any:
    return connect(address, max_size=None, ping_interval=None, **other)


@pytest.mark.server
class TestContract:
    def test_the_direct_way_is_taken(self, served: tuple[str, bool, str]) -> None:
        server, plain, address = served

        async def journey() -> None:
            async with client(address) as socket:
                await socket.send("kind")
                assert await socket.recv() == ("Wire" if plain else DIRECT[server])

        asyncio.run(journey())

    @pytest.mark.parametrize("compression", [None, "deflate"])
    @pytest.mark.parametrize(("count", "length"), [(1, 1), (500, 90), (200, 4000), (3, 3_000_000)])
    def test_everything_comes_in_order(
        self, served: tuple[str, bool, str], count: int, length: int, compression: str | None
    ) -> None:
        *_, address = served

        async def journey() -> None:
            async with client(address, compression=compression) as socket:
                await socket.send(f"many {count} {length}")
                for number in range(count):
                    assert await socket.recv() == text(number, length)

        asyncio.run(journey())

    def test_a_slow_reader_and_pings_lose_nothing(self, served: tuple[str, bool, str]) -> None:
        *_, address = served

        async def journey() -> None:
            async with client(address, max_queue=1) as socket:  # leaves the rest in the buffers of the system
                await socket.send("many 40 200000")
                await asyncio.sleep(0.5)
                pong = await socket.ping()
                await socket.send("many 5 10")
                for number in range(40):
                    assert await socket.recv() == text(number, 200_000)
                for number in range(5):
                    assert await socket.recv() == text(number, 10)
                await asyncio.wait_for(pong, 5)

        asyncio.run(journey())

    @pytest.mark.parametrize("code", [1012, 4403])
    def test_closes_with_its_code_after_what_was_sent(self, served: tuple[str, bool, str], code: int) -> None:
        _, plain, address = served

        async def journey() -> None:
            async with client(address) as socket:
                await socket.send("many 20 100000")
                await socket.send(f"close {code}")
                got = []
                with pytest.raises(websockets.ConnectionClosed):
                    while True:
                        got.append(await socket.recv())
                assert got[-1] == "bye"
                assert len(got) == 21
                assert socket.close_code == (4012 if plain and code == 1012 else code)

        asyncio.run(journey())

    def test_a_client_that_vanishes_harms_nobody(self, served: tuple[str, bool, str]) -> None:
        *_, address = served

        async def journey() -> None:
            async with client(address) as gone:
                await gone.send("many 50 200000")
                gone.transport.abort()
            async with client(address) as other:
                await other.send("many 2 10")
                assert [await other.recv() for _ in range(2)] == [text(0, 10), text(1, 10)]

        asyncio.run(journey())
