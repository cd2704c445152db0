"""Ten thousand frames that no honest client sends: each is answered, none has an effect, and the server stays whole."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import ClientConnection, connect

from tests.intervisie.wire_plays import everything_json
from tests.support.client import RoomClient
from tests.support.forged import Forger
from tests.support.server import Server
from tests.support.wire_format import MESSAGES, SCHEMAS, fault_in_text

pytestmark = pytest.mark.server

MOST_UNREADABLE = 20
FRAMES = 10_000
ARGUMENTS = {
    name.removeprefix("do_"): sorted(set(message["payload"]["properties"]) - {"t", "id", "do"})
    for name, message in MESSAGES.items()
    if name.startswith("do_")
}


class Line:
    """A bare socket of one seat, which comes back when it is closed for what cannot be read."""

    def __init__(self, server: Server, scene: dict[str, Any], seat: int) -> None:
        self.address = f"ws://127.0.0.1:{server.port}/ws/sessie/{scene['session']}/"
        self.options = {
            "origin": server.origin,
            "additional_headers": {"Cookie": f"{scene['cookie']}={scene['people'][seat - 1]['key']}"},
            "max_size": None,
            "compression": None,
        }
        self.socket: ClientConnection | None = None
        self.answers: list[dict[str, Any]] = []
        self.texts: list[str] = []

    async def open(self) -> None:
        self.socket = await connect(self.address, **self.options)  # type: ignore[arg-type]
        await self.socket.send('{"t":"hi","v":1,"since":null}')
        await self.until("hello")

    async def send(self, frame: str | bytes) -> None:
        assert self.socket is not None
        await self.socket.send(frame)

    async def until(self, kind: str, count: int = 1) -> None:
        """Reads until so many frames of this kind have come."""
        assert self.socket is not None
        while count:
            self.texts.append(str(await self.socket.recv()))
            self.answers.append(json.loads(self.texts[-1]))
            count -= self.answers[-1]["t"] == kind

    async def answered(self, ids: set[str]) -> None:
        """Reads until each of these commands has its answer."""
        assert self.socket is not None
        while ids:
            self.texts.append(str(await self.socket.recv()))
            frame = json.loads(self.texts[-1])
            self.answers.append(frame)
            if frame["t"] in ("no", "ack"):
                ids.remove(frame["id"])  # a second answer would be one too many

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()


def entries(server: Server, session: str) -> int:
    count = f"print(Entry.objects.filter(session='{session}').count())"
    return int(server.manage("shell", "-v0", "-c", f"from intervisie.models import Entry; {count}"))


async def seen(server: Server, scene: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Cursor and view of every seat."""
    found = []
    for person in scene["people"]:
        async with RoomClient(server.origin, scene["session"], scene["cookie"], person["key"]) as client:
            found.append((client.cursor, client.view))
    return found


async def read_nothing(line: Line, forger: Forger, count: int) -> None:
    """Frames that cannot be read, as many to a line as it bears, and once one more."""
    for number in range(0, count, MOST_UNREADABLE):
        await line.open()
        for _ in range(MOST_UNREADABLE):
            await line.send(forger.unreadable())
        await line.until("error", MOST_UNREADABLE)
        if number == 0:
            with pytest.raises(websockets.ConnectionClosed) as end:
                await line.send("one more")
                await line.until("error")
            assert end.value.rcvd is not None and end.value.rcvd.code == 4400
        await line.close()


async def forge(line: Line, forger: Forger, count: int) -> None:
    """Commands that can be read and may not be; a beat now and then, as from anybody who reads."""
    await line.open()
    for _ in range(0, count, 100):
        frames = [forger.command() for _ in range(100)]
        for frame in frames:
            await line.send(json.dumps(frame))
        await line.answered({frame["id"] for frame in frames})
        await line.send('{"t":"beat"}')
    await line.close()


def test_ten_thousand_forged_frames_have_no_effect(tmp_path: Path) -> None:
    errors = tmp_path / "errors.log"
    server = Server(tmp_path, ROOM_FRAMES_PER_SECOND="100000", ROOM_LEAD_GRACE="3600", errors=errors)
    server.manage("migrate", "-v0")
    server.start()
    scene = server.scene(people=5, method=everything_json(), agree=True, start=True)

    async def journey() -> Line:
        async with RoomClient(
            server.origin, scene["session"], scene["cookie"], scene["people"][0]["key"]
        ) as lead:
            await lead.do("choose", item="B:2")
            await lead.do("advance", visit=1)
            said = RoomClient(server.origin, scene["session"], scene["cookie"], scene["people"][1]["key"])
            async with said as bringer:
                await bringer.do("say", fields={"who": "de wijk"})
                items = [item["id"] for item in bringer.view["items"]]
        before, written = await seen(server, scene), entries(server, scene["session"])
        listener = Line(server, scene, 3)
        forger = Forger(2026, ARGUMENTS, [*items, "B:3", "T:4", "k:one"], [1, 2, 3, 4, 5])
        await read_nothing(listener, forger, FRAMES // 5)
        await forge(listener, forger, FRAMES - FRAMES // 5)
        assert await seen(server, scene) == before
        assert entries(server, scene["session"]) == written
        return listener

    try:

        async def bounded() -> Line:
            async with asyncio.timeout(400):
                return await journey()

        listener = asyncio.run(bounded())
        assert server.stop() == 0
    finally:
        server.kill()

    told = {frame["code"] for frame in listener.answers if frame["t"] == "no"}
    assert told <= set(SCHEMAS["RefusalCode"]["enum"]) - {"broken"}
    assert {"malformed", "facilitator_only", "not_in_this_step", "bringer_only"} <= told
    unread = {frame["code"] for frame in listener.answers if frame["t"] == "error"}
    assert unread == set(SCHEMAS["ErrorCode"]["enum"]) - {"hi_first", "too_fast"}
    assert {found for text in listener.texts[::50] if (found := fault_in_text(text, ours=True))} == set()
    assert [line for line in errors.read_text().splitlines() if "Traceback" in line or "ERROR" in line] == []
