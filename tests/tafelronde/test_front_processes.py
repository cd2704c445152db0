"""The mark of changes between processes, and the front of the site as a server has it."""

import asyncio
import signal
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tafelronde.front.changes import ChangesInFile, ChangesInRedis, NoChanges, changes
from tests.support.cluster import Redis
from tests.support.server import Server


@pytest.fixture
def redis() -> Iterator[Redis]:
    server = Redis().start()
    yield server
    server.stop()


def test_mark_in_a_file_is_one_for_all_processes_of_the_machine(tmp_path):
    here, there = ChangesInFile(tmp_path / "changes"), ChangesInFile(tmp_path / "changes")
    marks = [asyncio.run(here.mark())]
    for who in (here, there, here):
        who.move_on()
        marks.append(asyncio.run(here.mark()))
        assert asyncio.run(there.mark()) == marks[-1]
    assert len(set(marks)) == 4


@pytest.mark.parametrize(
    ("embedded", "redis_url", "kind"),
    [(True, "", ChangesInFile), (False, "redis://127.0.0.1:1/0", ChangesInRedis), (False, "", NoChanges)],
)
def test_place_of_the_mark_follows_from_the_settings(settings, embedded, redis_url, kind):
    settings.EMBEDDED, settings.REDIS_URL = embedded, redis_url
    changes.cache_clear()
    assert type(changes()) is kind
    changes.cache_clear()


def test_without_redis_between_processes_nothing_is_known():
    NoChanges().move_on()
    assert asyncio.run(NoChanges().mark()) is None


@asynccontextmanager
async def two_processes(url: str) -> AsyncIterator[list[ChangesInRedis]]:
    both = [ChangesInRedis(url), ChangesInRedis(url)]
    yield both
    for one in both:
        await one._reader.aclose()
        one._writer.close()


@pytest.mark.server
def test_mark_in_redis_is_one_for_all_processes(redis):
    async def play() -> None:
        async with two_processes(redis.url) as (here, there):
            first = await here.mark()
            assert first
            assert await there.mark() == first
            there.move_on()
            second = await here.mark()
            assert second not in (None, first)
            assert await there.mark() == second

    asyncio.run(play())


@pytest.mark.server
def test_without_redis_nothing_is_known_and_what_changed_meanwhile_is_told(redis, monkeypatch):
    monkeypatch.setattr("tafelronde.front.changes.PAUSE", 0.0)

    async def play() -> None:
        async with two_processes(redis.url) as (here, there):
            first = await there.mark()
            redis._process.send_signal(signal.SIGSTOP)
            assert await there.mark() is None
            here.move_on()
            redis._process.send_signal(signal.SIGCONT)
            second = await here.mark()
            assert second not in (None, first)
            assert await there.mark() == second
            redis.stop()
            assert await there.mark() is None
            redis.start()
            assert await there.mark() not in (None, first, second), "it forgot all"

    asyncio.run(play())


@pytest.mark.server
def test_server_keeps_pages_until_another_process_changes_something(tmp_path: Path):
    server = Server(tmp_path, DATABASE_URL="", REDIS_URL="", PAGE_CACHE_SECONDS="600")
    server.migrate()
    server.start()
    try:
        read = lambda: urllib.request.urlopen(f"{server.origin}/", timeout=60)  # noqa: E731
        first, second = read(), read()
        assert first.headers["ETag"] == second.headers["ETag"] != None  # noqa: E711
        assert "Uit een ander proces" not in second.read().decode()
        server.manage(
            "shell",
            "-c",
            "from tafelronde.pages.models import HomePage\nHomePage.objects.update(headline='Uit een ander proces')",
        )
        assert "Uit een ander proces" in read().read().decode()
        style = urllib.request.urlopen(f"{server.origin}/static/css/base.css", timeout=60)
        assert style.headers["X-Content-Type-Options"] == "nosniff"
        assert "text/css" in style.headers["Content-Type"]
    finally:
        server.stop()
