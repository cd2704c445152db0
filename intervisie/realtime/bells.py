"""Doorbells between the processes of one site, through Redis: "look at session X". Never content.

A bell may be lost: then `Hub` finds out by itself within seconds. So nothing here waits for Redis and nothing fails
without it. What a bell may carry is listed in docs/realtime.md; tests/intervisie/test_processes.py reads along.
"""

import atexit
import json
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

CHANNEL = "tafelronde:bells"
SILENT_AFTER = 8.0  # seconds without hearing our own bell: from then on the line is taken for dead
_RING_OURSELVES = 2.0  # seconds
_PATIENCE = 2.0  # seconds for any one answer of Redis; its client waits for ever, or fails when nobody rings, if not told
_MOST_WAITING = 10_000

Bell = dict[str, Any]


class Bells:
    """Rings, and hears once somebody listens. May be used from any thread."""

    def __init__(self, url: str) -> None:
        self.me = secrets.token_hex(4)
        self._url = url
        self._out: queue.Queue[Bell] = queue.Queue(_MOST_WAITING)
        self._heard: Callable[[str, Bell], None] = lambda sender, bell: None
        self._round_trip = float("-inf")
        self._listening = False
        atexit.register(self.finish, 1.0)
        threading.Thread(target=self._ring_on, name="bells-out", daemon=True).start()

    def listen(self, heard: Callable[[str, Bell], None]) -> None:
        """From now on `heard(sender, bell)` is called, in a thread of ours, with every bell of another process."""
        self._heard = heard
        if not self._listening:
            self._listening = True
            threading.Thread(target=self._listen_on, name="bells-in", daemon=True).start()

    def ring(self, **bell: Any) -> None:
        """Sends a bell to the other processes, when that can be; never waits."""
        with suppress(queue.Full):  # Redis is away: the others look by themselves
            self._out.put_nowait(bell)

    @property
    def healthy(self) -> bool:
        """Whether our own bells came back a moment ago."""
        return time.monotonic() - self._round_trip < SILENT_AFTER

    def finish(self, timeout: float) -> None:
        """Waits until what was rung is out, for at most `timeout` seconds."""
        end = time.monotonic() + timeout
        while self._out.unfinished_tasks and time.monotonic() < end:
            time.sleep(0.01)

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(
            self._url,
            socket_timeout=_PATIENCE,
            socket_connect_timeout=_PATIENCE,
            decode_responses=True,
            retry=None,
        )

    def _ring_on(self) -> None:
        client = self._client()
        while True:
            bell, waited = self._next()
            try:
                client.publish(CHANNEL, json.dumps({"from": self.me, **bell}))
            except (redis.RedisError, OSError):
                client.close()
                time.sleep(0.2)
            if waited:
                self._out.task_done()

    def _next(self) -> tuple[Bell, bool]:
        """What is to be rung, and whether it was asked for; else an empty bell, by which we hear ourselves."""
        try:
            return self._out.get(timeout=_RING_OURSELVES if self._listening else None), True
        except queue.Empty:
            return {}, False

    def _listen_on(self) -> None:
        while True:
            try:
                with self._client().pubsub(ignore_subscribe_messages=True) as line:
                    line.subscribe(CHANNEL)
                    self._round_trip = time.monotonic()
                    while self.healthy:
                        message = line.get_message(timeout=1.0)
                        if message is not None:
                            self._take(message["data"])
            except (redis.RedisError, OSError) as fault:
                logger.warning("No bells from other processes for now: %s", type(fault).__name__)
            time.sleep(0.5)

    def _take(self, text: str) -> None:
        try:
            bell = json.loads(text)
            sender = bell.pop("from")
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # not ours
        if sender == self.me:
            self._round_trip = time.monotonic()
        elif bell:
            self._heard(sender, bell)


@cache
def bells() -> Bells | None:
    """The bells of this process; None where no REDIS_URL is set, and this process is alone or has to look by itself."""
    return Bells(settings.REDIS_URL) if settings.REDIS_URL else None
