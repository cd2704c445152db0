"""A server that dies in the middle loses nothing that it acknowledged; two who press at once move one step."""

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import PATIENCE, Refusal, RoomClient
from tests.support.cluster import PROCESSES, Cluster, a_site
from tests.support.server import Server

pytestmark = pytest.mark.server

CONTRIBUTIONS = 200
KILLS = 3


@pytest.fixture
def server(tmp_path: Path) -> Any:
    server = a_site(tmp_path, ROOM_FRAMES_PER_SECOND="1000")
    server.migrate()
    server.start()
    yield server
    server.stop()


def clients_of(server: Server | Cluster, scene: dict[str, Any]) -> list[RoomClient]:
    return [
        RoomClient(server.origin, scene["session"], scene["cookie"], person["key"])
        for person in scene["people"]
    ]


def came_back(clients: list[RoomClient]) -> int:
    """How often those who were cut off have come back: everybody, or with two processes only who was on that one."""
    returns = [client.connects - 1 for client in clients]
    return min(returns) if PROCESSES == 1 else sum(returns) // 2


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server | Cluster) -> None:
    scene = server.scene(people=6, method="INC6", agree=True, start=True)

    async def journey() -> None:
        clients = clients_of(server, scene)
        for client in clients:
            await client.__aenter__()
        lead = clients[0]
        acknowledged: list[str] = []

        struck = asyncio.Event()

        async def talk(number: int, client: RoomClient) -> None:
            """Goes on until all is said and the server has died for the last time."""
            said = 0
            while said < CONTRIBUTIONS / len(clients) or not struck.is_set():
                text = f"bijdrage {number}-{said}"
                await client.do("stop", text=text, anonymous=False)
                acknowledged.append(text)
                said += 1
                await asyncio.sleep(random.random() * 0.1)

        async def strike() -> None:
            for kill in range(1, KILLS + 1):
                await asyncio.sleep(0.5 + random.random())
                server.kill()
                await asyncio.to_thread(server.start)
                async with asyncio.timeout(PATIENCE):
                    while not all(client.live for client in clients) or came_back(clients) < kill:
                        await asyncio.sleep(0.05)
            struck.set()

        await asyncio.gather(strike(), *(talk(n, client) for n, client in enumerate(clients)))
        assert len(acknowledged) >= CONTRIBUTIONS
        for client in clients:
            await client.until(lambda view: len(view["stops"]) == len(acknowledged))
        expected = sorted(acknowledged)
        for client in clients:
            assert sorted(stop["text"] for stop in client.view["stops"]) == expected
            assert [stop["id"] for stop in client.view["stops"]] == [
                stop["id"] for stop in lead.view["stops"]
            ]
            assert client.doubled == 0
        for client in clients:
            await client.__aexit__()

    asyncio.run(journey())


def test_two_facilitators_who_advance_at_once_move_one_step(server: Server | Cluster) -> None:
    scene = server.scene(people=4, method="INC6", agree=True, start=True)

    async def journey() -> None:
        key = scene["people"][0]["key"]
        first, second = (RoomClient(server.origin, scene["session"], scene["cookie"], key) for _ in range(2))
        async with first, second:
            for _ in range(100):
                for what in ("advance", "back"):
                    visit = first.view["step"]["visit"]
                    answers = await asyncio.gather(
                        first.do(what, visit=visit), second.do(what, visit=visit), return_exceptions=True
                    )
                    refused = [answer for answer in answers if isinstance(answer, Refusal)]
                    assert [refusal.code for refusal in refused] == ["already_done"]
                    assert sum(answer is None for answer in answers) == 1
                    for client in (first, second):
                        await client.until(lambda view, visit=visit: view["step"]["visit"] > visit)
                        assert client.view["step"]["visit"] == visit + 1

    asyncio.run(journey())
