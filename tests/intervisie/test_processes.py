"""Several processes serve one session: nothing is lost, whatever happens to one of them, to Redis or to PostgreSQL."""

import asyncio
import http.client
import time
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import PATIENCE, RoomClient
from tests.support.cluster import Cluster, Postgres, Redis

pytestmark = pytest.mark.server

LOOK_EVERY = 10.0  # seconds, where no bell rings
SOON = 2 * LOOK_EVERY
LOGGED_OUT_SOON = 15.0  # seconds, half of what it takes where no bell rings


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    postgres = Postgres().start()
    yield postgres
    postgres.remove()


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    redis = Redis().start()
    yield redis
    redis.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, redis: Redis) -> Iterator[Cluster]:
    site = Cluster(
        Path(tmp_path_factory.mktemp("var")),
        DATABASE_URL=postgres.url,
        REDIS_URL=redis.url,
        ROOM_FRAMES_PER_SECOND="1000",
    )
    site.migrate()
    site.start()
    yield site
    site.stop()


class Table:
    """Six people at one table, every second one on the other process."""

    def __init__(self, site: Cluster, scene: dict[str, Any]) -> None:
        self.acknowledged: list[str] = []
        self.clients = [
            RoomClient(site.origin, scene["session"], scene["cookie"], person["key"], port=site.port)
            for person in scene["people"]
        ]

    async def say(self, client: RoomClient, text: str) -> None:
        await client.do("stop", text=text, anonymous=False)
        self.acknowledged.append(text)

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[None]:
        """Everybody goes on talking meanwhile."""
        end = asyncio.Event()

        async def talk(client: RoomClient) -> None:
            said = 0
            while not end.is_set():
                await self.say(client, f"geheim {client.seat}-{said} {time.monotonic()}")
                said += 1
                await asyncio.sleep(0.5)

        talks = [asyncio.create_task(talk(client)) for client in self.clients]
        try:
            yield
        finally:
            end.set()
            await asyncio.gather(*talks)

    async def all_live(self) -> None:
        """Everybody is back, and hears of a new contribution."""
        await self.back()
        await self.say(self.clients[0], f"terug {time.monotonic()}")
        for client in self.clients:
            await client.until(lambda view: view["stops"][-1]["text"] == self.acknowledged[-1])

    async def back(self) -> None:
        """Everybody has a line."""
        async with asyncio.timeout(PATIENCE):
            while not all(client.live for client in self.clients):
                await asyncio.sleep(0.02)

    async def here(self, *seats: int) -> None:
        """Everybody is shown that these are here."""
        async with asyncio.timeout(SOON):
            while any(client.here != [*seats] for client in self.clients):
                await asyncio.sleep(0.05)

    async def agrees(self) -> None:
        """Everybody has exactly what was acknowledged, once, in one order."""
        for client in self.clients:
            await client.until(lambda view: len(view["stops"]) >= len(self.acknowledged))
        orders = [[stop["id"] for stop in client.view["stops"]] for client in self.clients]
        assert orders == [orders[0]] * len(orders)
        for client in self.clients:
            assert sorted(stop["text"] for stop in client.view["stops"]) == sorted(self.acknowledged)
            assert client.doubled == 0


def at_table(site: Cluster, journey: Callable[[Table, dict[str, Any]], Awaitable[None]]) -> None:
    scene = site.scene(people=6, method="INC6", agree=True, start=True)

    async def play() -> None:
        table = Table(site, scene)
        async with AsyncExitStack() as stack:
            for client in table.clients:
                await stack.enter_async_context(client)
            await journey(table, scene)

    asyncio.run(play())


def test_two_processes_show_one_session(site: Cluster) -> None:
    async def journey(table: Table, _: dict[str, Any]) -> None:
        said = [time.monotonic()]
        for client in table.clients:
            await table.say(client, f"van {client.seat}")
            for other in table.clients:
                await other.until(lambda view: len(view["stops"]) == len(table.acknowledged))
            said.append(time.monotonic())
        # There and back again takes one round of looking between two processes that hear no bell.
        there_and_back = [after - before for before, after in zip(said[1:], said[3:], strict=False)]
        assert min(there_and_back) < LOOK_EVERY - 1
        await table.here(1, 2, 3, 4, 5, 6)
        await table.agrees()

    at_table(site, journey)


def test_who_leaves_the_other_process_is_shown_to_have_left(site: Cluster) -> None:
    async def journey(table: Table, scene: dict[str, Any]) -> None:
        guest = table.clients.pop()
        await table.here(1, 2, 3, 4, 5, 6)
        await guest.__aexit__()
        await table.here(1, 2, 3, 4, 5)

    at_table(site, journey)


@pytest.mark.parametrize("trouble", ["flushed", "restarted", "paused"])
def test_redis_in_trouble_loses_nothing(site: Cluster, redis: Redis, trouble: str) -> None:
    async def journey(table: Table, _: dict[str, Any]) -> None:
        async with table.talking():
            await asyncio.sleep(1)
            if trouble == "flushed":
                redis.client().flushall()
            elif trouble == "paused":
                redis.client().client_pause(12_000)
                await asyncio.sleep(13)
            else:
                redis.stop()
                await asyncio.sleep(3)
                await asyncio.to_thread(redis.start)
            await asyncio.sleep(1)
        await table.all_live()
        await table.agrees()

    at_table(site, journey)


def test_postgresql_restarted_loses_nothing(site: Cluster, postgres: Postgres) -> None:
    async def journey(table: Table, _: dict[str, Any]) -> None:
        async with table.talking():
            await asyncio.sleep(1)
            await asyncio.to_thread(postgres.stop)
            await asyncio.sleep(4)
            await asyncio.to_thread(postgres.start)
            known = len(table.acknowledged)
            async with asyncio.timeout(PATIENCE):
                while len(table.acknowledged) < known + 12:
                    await asyncio.sleep(0.05)
        await table.all_live()
        await table.agrees()

    at_table(site, journey)


def test_processes_restart_one_by_one_hardly_noticed(site: Cluster) -> None:
    async def journey(table: Table, _: dict[str, Any]) -> None:
        async with table.talking():
            for member in site.members:
                await asyncio.sleep(1)
                await asyncio.to_thread(member.stop)
                await table.back()
                await asyncio.to_thread(member.start)
        closes = [code for client in table.clients for code in client.closes]
        assert closes
        assert set(closes) == {1012}
        await table.agrees()

    at_table(site, journey)


def test_rights_end_on_the_other_process_too(site: Cluster) -> None:
    async def journey(table: Table, scene: dict[str, Any]) -> None:
        for client in table.clients[1:3]:  # one on each process
            person = scene["people"][client.seat - 1]
            await asyncio.to_thread(log_out, site, scene["cookie"], person["key"])
            async with asyncio.timeout(LOGGED_OUT_SOON):
                while 4401 not in client.closes:
                    await asyncio.sleep(0.02)

    at_table(site, journey)


def log_out(site: Cluster, cookie: str, key: str) -> None:
    """As the page does it, through whichever process answers."""
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": "x" * 32}).encode()
    headers = {
        "Cookie": f"{cookie}={key}; csrftoken-{site.port}={'x' * 32}",
        "Referer": site.origin,
        "Origin": site.origin,
        "Host": site.origin.split("//")[1],
    }
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request("POST", "/account/logout/", body=form, headers=headers)
    assert line.getresponse().status == 302
    line.close()


def test_redis_sees_no_content_names_or_keys(site: Cluster, redis: Redis) -> None:
    spy = redis.client().pubsub(ignore_subscribe_messages=True)
    spy.psubscribe("*")
    spy.get_message(timeout=1)

    async def journey(table: Table, scene: dict[str, Any]) -> None:
        async with table.talking():
            await asyncio.sleep(2)
        await table.agrees()
        seen: list[str] = []
        while message := spy.get_message(timeout=0.5):
            seen.append(str(message["data"]))
        client = redis.client()
        kept = [str(value) for key in client.keys("*") for value in (key, client.dump(key))]
        assert any(scene["session"] in text for text in seen), "bells did ring"
        for text in [*seen, *kept]:
            assert "geheim" not in text
            for person in scene["people"]:
                assert person["key"] not in text
                assert person["name"] not in text

    try:
        at_table(site, journey)
    finally:
        spy.close()
