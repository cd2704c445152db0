"""The socket against a real server: bad frames, lost rights, resuming, restarting. Never a traceback, never a silence."""

import asyncio
import json
import re
import urllib.parse
import urllib.request
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import connect

from tests.support.client import PATIENCE, Refusal, RoomClient
from tests.support.server import Server

pytestmark = pytest.mark.server

AT_ONCE = 15.0  # seconds, half of what it takes where nobody says that a log-in ended


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("var")))
    server.migrate()
    server.start()
    yield server
    server.stop()


def a_client(server: Server, scene: dict[str, Any], seat: int) -> RoomClient:
    return RoomClient(server.origin, scene["session"], scene["cookie"], scene["people"][seat - 1]["key"])


def line(server: Server, scene: dict[str, Any], key: str, **other: Any) -> Any:
    """A bare socket, with which a test may do what no client does."""
    options = {"origin": server.origin, "additional_headers": {"Cookie": f"{scene['cookie']}={key}"}} | other
    return connect(f"ws://127.0.0.1:{server.port}/ws/sessie/{scene['session']}/", compression=None, **options)


async def closed_with(socket: Any, *frames: str) -> int:
    """Sends these frames and reads on until the server closes; the code."""
    try:
        for frame in frames:
            await socket.send(frame)
        async with asyncio.timeout(PATIENCE):
            while True:
                await socket.recv()
    except websockets.ConnectionClosed:
        return socket.close_code


def run(journey: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(journey())  # type: ignore[arg-type]


HI = '{"t":"hi","v":1,"since":null}'
JUNK: list[str | bytes] = [
    "",
    "geen json",
    "[]",
    "7",
    "null",
    "{}",
    '{"t":7}',
    '{"t":"vlieg"}',
    '{"t":"do"}',
    '{"t":"do","id":"x","do":"agree"}',
    '{"t":"do","id":7}',
    "[" * 5000,
    '{"t":' * 500,
    "x" * 70_000,
    b"\x00\x01",
    '{"t":"hi","since":"x"}',
]


def test_junk_is_answered_and_too_much_of_it_closes_the_line(server: Server) -> None:
    scene = server.scene(people=3, method="INC6", agree=True)

    async def journey() -> None:
        async with line(server, scene, scene["people"][1]["key"]) as socket:
            for junk in JUNK:
                await socket.send(junk)
                await asyncio.sleep(0.06)  # slower than the limit on frames
            kinds = [json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))["t"] for _ in JUNK]
            assert set(kinds) <= {"error", "hello", "here", "beat"}
            assert kinds.count("error") >= len(JUNK) - 2
        async with line(server, scene, scene["people"][1]["key"]) as socket:
            for _ in range(22):
                await socket.send("geen json")
                await asyncio.sleep(0.06)
            assert await closed_with(socket) == 4400
        async with a_client(server, scene, 2) as client:
            assert client.view["session"]["phase"] == "lobby", "the server lives on"

    run(journey)


def test_forged_commands_have_no_effect(server: Server) -> None:
    scene = server.scene(people=3, method="INC6", agree=True, start=True)
    forged = [
        {"do": "advance", "visit": 1},
        {"do": "say", "text": "x" * 5000},
        {"do": "say", "text": "\x00"},
        {"do": "say", "seat": 1, "text": "namens een ander", "by": 1},
        {"do": "hand_over", "to": 2},
        {"do": "remove", "seat": 1},
        {"do": "open"},
        {"do": ["say"]},
    ]

    async def journey() -> None:
        async with a_client(server, scene, 3) as client, a_client(server, scene, 1) as lead:
            for command in forged:
                with pytest.raises(Refusal) as refusal:
                    await client.do(command.pop("do"), **command)  # type: ignore[arg-type]
                assert refusal.value.text.endswith(".")
            assert lead.view["items"] == []
            assert lead.view["step"]["visit"] == 1

    run(journey)


def test_too_many_frames_close_the_line(server: Server) -> None:
    scene = server.scene(people=2, method="INC6")

    async def journey() -> None:
        async with line(server, scene, scene["people"][1]["key"]) as socket:
            assert await closed_with(socket, HI, *300 * ['{"t":"beat"}']) == 4429

    run(journey)


def test_who_may_not_come_in_is_told_why(server: Server) -> None:
    scene = server.scene(people=2, method="INC6")
    other = server.scene(people=2, method="INC6")
    key = scene["people"][1]["key"]

    async def code(key: str, session: str) -> int:
        async with line(server, {**scene, "session": session}, key) as socket:
            return await closed_with(socket, HI)

    async def journey() -> None:
        assert await code("", scene["session"]) == 4401
        assert await code("verzonnen", scene["session"]) == 4401
        assert await code(key, other["session"]) == 4403
        assert await code(key, str(uuid.uuid4())) == 4404
        for origin in ("https://elders.example", None):
            with pytest.raises(websockets.InvalidStatus):
                async with line(server, scene, key, origin=origin):
                    pass

    run(journey)


def test_a_client_resumes_with_exactly_what_it_missed(server: Server) -> None:
    scene = server.scene(people=3, method="INC6", agree=True)

    async def journey() -> None:
        async with a_client(server, scene, 1) as lead:
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                await socket.send(HI)
                hello = json.loads(await socket.recv())
            for n in range(3):
                await lead.do("stop", text=f"even wachten {n}", anonymous=False)
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                await socket.send(json.dumps({"t": "hi", "v": 1, "since": hello["c"], "e": hello["e"]}))
                frames = []
                while sum(len(frame.get("o", ())) for frame in frames) < 3:
                    frames.append(json.loads(await asyncio.wait_for(socket.recv(), PATIENCE)))
                assert "hello" not in {frame["t"] for frame in frames}
                assert max(frame.get("c", 0) for frame in frames) == hello["c"] + 3
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                await socket.send(json.dumps({"t": "hi", "v": 1, "since": 9999, "e": hello["e"]}))
                assert json.loads(await socket.recv())["t"] == "hello", "a cursor that cannot be starts anew"

    run(journey)


def test_who_missed_very_much_starts_from_the_whole_view(server: Server) -> None:
    """The stop signals are one section: every new one sends them all, so that what was missed soon outgrows the view."""
    scene = server.scene(people=2, method="INC6", agree=True)

    async def journey() -> None:
        async with a_client(server, scene, 1) as lead:
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                await socket.send(HI)
                hello = json.loads(await socket.recv())
            for n in range(40):
                await lead.do("stop", text=f"{n} " + 490 * "x", anonymous=False)
                await asyncio.sleep(0.03)
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                await socket.send(json.dumps({"t": "hi", "v": 1, "since": hello["c"], "e": hello["e"]}))
                answer = json.loads(await socket.recv())
                assert (answer["t"], len(answer["view"]["stops"])) == ("hello", 40)

    run(journey)


def test_a_command_that_is_sent_twice_happens_once(server: Server) -> None:
    scene = server.scene(people=3, method="INC6", agree=True)

    async def journey() -> None:
        async with a_client(server, scene, 1) as lead:
            frame = {"t": "do", "id": str(uuid.uuid4()), "do": "stop", "text": "eenmaal", "anonymous": False}
            for _ in range(5):
                await lead.send(frame)
            await lead.do("stop", text="daarna", anonymous=False)
            assert [stop["text"] for stop in lead.view["stops"]] == ["eenmaal", "daarna"]

    run(journey)


def test_a_command_before_the_greeting_is_answered_too(server: Server) -> None:
    scene = server.scene(people=3, method="INC6", agree=True)

    async def journey() -> None:
        for n in range(10):
            async with line(server, scene, scene["people"][1]["key"]) as socket:
                command = str(uuid.uuid4())
                await socket.send(HI)
                await socket.send(
                    json.dumps(
                        {"t": "do", "id": command, "do": "stop", "text": f"vroeg {n}", "anonymous": False}
                    )
                )
                while True:
                    frame = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
                    if frame.get("id") == command or command in frame.get("ack", ()):
                        break

    run(journey)


def test_one_person_has_at_most_five_lines(server: Server) -> None:
    scene = server.scene(people=2, method="INC6")

    async def journey() -> None:
        sockets = [await line(server, scene, scene["people"][1]["key"]) for _ in range(6)]
        assert await closed_with(sockets[0]) == 4409
        for socket in sockets[1:]:
            await socket.close()

    run(journey)


def test_a_line_ends_when_its_log_in_does(server: Server) -> None:
    """Logging out in another tab, as a browser does it; the socket closes at once, without sending anything."""
    scene = server.scene(people=2, method="INC6")

    async def journey() -> None:
        async with a_client(server, scene, 2) as client:
            await asyncio.to_thread(_log_out, server, scene["cookie"], scene["people"][1]["key"])
            async with asyncio.timeout(AT_ONCE):
                while client.closes != [4401]:
                    await asyncio.sleep(0.05)

    run(journey)


def test_a_restart_is_announced_and_survived(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.migrate()
    server.start()
    scene = server.scene(people=2, method="INC6", agree=True)

    async def journey() -> None:
        async with a_client(server, scene, 1) as lead:
            await lead.do("stop", text="voor", anonymous=False)
            closes = lead.closes
            assert await asyncio.to_thread(server.stop) == 0, "it ends in order"
            assert closes[0] == 1012
            await asyncio.to_thread(server.start)
            await lead.do("stop", text="na", anonymous=False)
            assert [stop["text"] for stop in lead.view["stops"]] == ["voor", "na"]
            assert lead.doubled == 0

    try:
        run(journey)
    finally:
        server.kill()


def test_a_second_server_on_the_same_data_is_refused(tmp_path: Path) -> None:
    """SQLite serves one (settled 16); on PostgreSQL there may be more."""
    server = Server(tmp_path)
    server.migrate()
    server.start()
    try:
        if server.env.get("DATABASE_URL"):
            other = Server(tmp_path).start()
            assert other.stop() == 0
        else:
            with pytest.raises(RuntimeError):
                Server(tmp_path).start()
    finally:
        server.stop()


def _log_out(server: Server, cookie: str, key: str) -> None:
    address = f"{server.origin}/account/logout/"
    page = urllib.request.Request(address, headers={"Cookie": f"{cookie}={key}"})
    with urllib.request.urlopen(page) as answer:
        html = answer.read().decode()
        token_cookie = answer.headers.get("Set-Cookie", "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token is not None
    crumbs = f"{cookie}={key}; {token_cookie.split(';')[0]}"
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    post = urllib.request.Request(address, data=form, headers={"Cookie": crumbs, "Origin": server.origin})
    urllib.request.urlopen(post).close()
