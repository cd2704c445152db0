"""Workers that are killed, and two at once, against a real mail server: no mail goes twice, none is lost silently."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.mail_server import Post, mail_server
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.server

PUT_IN = """
from tafelronde.mail import send_all
from tafelronde.post.models import Letter
from django_tasks_db.models import DBTaskResult
Letter.objects.all().delete()
DBTaskResult.objects.all().delete()
send_all("accounts/invitation", [f"p{n}@zwolle.test" for n in range(COUNT)], {"inviter": "Zoë", "token": "x", "days": 7})
"""
STATES = """
import json
from tafelronde.post.models import Letter
print(json.dumps({str(letter.pk): letter.status for letter in Letter.objects.all()}))
"""
AGE = """
from datetime import timedelta
from django.utils import timezone
from tafelronde.post.actions import take_back
from tafelronde.post.models import Letter
Letter.objects.filter(status="sending").update(claimed_at=timezone.now() - timedelta(days=1))
take_back()
"""


class SlowPost(Post):
    """A mail server that takes its time with the answer at one point; `reached` tells that it got there."""

    def __init__(self, at: str = "", seconds: float = 0) -> None:
        super().__init__()
        self.at, self.seconds, self.reached = at, seconds, threading.Event()

    async def _wait(self, point: str) -> None:
        if point == self.at:
            self.reached.set()
            await asyncio.sleep(self.seconds)

    async def handle_RCPT(self, *args: Any) -> str:
        await self._wait("RCPT")
        return await super().handle_RCPT(*args)

    async def handle_DATA(self, *args: Any) -> str:
        answer = await super().handle_DATA(*args)
        await self._wait("DATA")
        return answer

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"])[1:37] for mail in self.mails]


class Site:
    """A site in production with workers that can be killed."""

    def __init__(self, folder: Path, port: int) -> None:
        self.server = Server(
            folder,
            origin="https://leerkring.test",
            TAFELRONDE_ENV="production",
            SECRET_KEY="k" * 50,
            ALLOWED_HOSTS="leerkring.test",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(port),
            EMAIL_TIMEOUT="20",
            LOG_LEVEL="ERROR",
        )
        self.workers: list[subprocess.Popen[str]] = []

    def run(self, code: str) -> str:
        return self.server.manage("shell", "-v0", "-c", code)

    def states(self, before: str = "") -> dict[str, str]:
        """What became of the letters, after running `before`."""
        return json.loads(self.run(before + STATES))

    def work(self) -> subprocess.Popen[str]:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT,
            env=self.server.env,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None and "ready" in worker.stdout.readline()
        self.workers.append(worker)
        return worker

    def end(self, number: int = signal.SIGKILL) -> list[int]:
        codes = []
        for worker in self.workers:
            worker.send_signal(number)
            codes.append(worker.wait(30))
            worker.stdout.close()  # type: ignore[union-attr]
        self.workers.clear()
        return codes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    """Data that is brought up to date once, as that takes a while."""
    folder = tmp_path_factory.mktemp("post")
    Server(folder).migrate()
    return folder


@pytest.fixture
def make_site(folder: Path) -> Any:
    made: list[Site] = []

    def make(port: int) -> Site:
        made.append(Site(folder, port))
        return made[-1]

    yield make
    for site in made:
        site.end()


def until(true: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_worker_killed_before_the_message_left_sends_it_once_later_and_after_it_not_again(
    make_site: Any,
) -> None:
    post = SlowPost("RCPT", 30)
    with mail_server(post) as port:
        site = make_site(port)
        site.run(PUT_IN.replace("COUNT", "1"))
        site.work()
        assert post.reached.wait(60)
        site.end()
        assert post.raw == []
        assert list(site.states(AGE).values()) == ["waiting"]
        post.at = "DATA"
        post.reached.clear()
        site.work()
        assert post.reached.wait(90)
        site.end()
        assert len(post.raw) == 1
        assert list(site.states(AGE).values()) == ["uncertain"]
        site.work()
        time.sleep(4)
        assert len(post.raw) == 1 and site.end(signal.SIGTERM) == [0]


def test_no_mail_goes_twice_or_is_lost_silently_while_workers_die(make_site: Any) -> None:
    post = SlowPost("DATA", 0.1)
    with mail_server(post) as port:
        site = make_site(port)
        site.run(PUT_IN.replace("COUNT", "30"))
        for kill in range(1, 3):
            site.work()
            until(lambda wanted=kill * 5: len(post.raw) >= wanted)
            time.sleep(random.random() * 0.3)
            site.end()
            site.run(AGE)
        site.work()
        site.work()
        until(lambda: len(post.raw) + 2 >= 30, 90)
        time.sleep(4)
        assert site.end(signal.SIGTERM) == [0, 0]
        states = site.states()
    assert len(post.ids) == len(set(post.ids))
    assert len(states) == 30 and set(states.values()) <= {"sent", "uncertain"}
    assert {key for key, status in states.items() if status == "sent"} <= set(post.ids) <= set(states)
    assert list(states.values()).count("uncertain") <= 2


def test_server_brings_its_worker_and_both_end_together(folder: Path) -> None:
    server = Server(folder)
    server.start()
    try:
        server.manage("shell", "-v0", "-c", PUT_IN.replace("COUNT", "3"))
        until(
            lambda: sum(file.read_bytes().count(b"\nTo: ") for file in (folder / "mail").glob("*.log")) == 3
        )
        assert server.stop() == 0
    finally:
        server.kill()
