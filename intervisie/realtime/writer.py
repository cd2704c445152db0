"""What this process does with sessions: one thread gathers and writes what people wish here, one reads what others wrote."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from django.db import close_old_connections

from intervisie.actions import Wish, perform_many, read_on
from intervisie.realtime.held import with_held_connection

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 256

T = TypeVar("T")


class Writer:
    """Takes wishes and looks from all rooms. `finish` does what is waiting."""

    def __init__(self) -> None:
        self._wishes = _Gathering("room-writer", perform_many)
        self._looks = _Gathering("room-follower", read_on)

    def put(self, wish: Wish) -> None:
        """Takes a wish; its outcome is told through the `settled` signal."""
        self._wishes.put(wish)

    def look(self, session_id: UUID) -> None:
        """Another process wrote in this session; that memory has it is told through the `caught_up` signal."""
        self._looks.put(session_id)

    def finish(self, timeout: float) -> None:
        """Does what is waiting, then stops. `timeout` in seconds."""
        until = time.monotonic() + timeout
        for thread in (self._wishes, self._looks):
            thread.finish(max(0.0, until - time.monotonic()))


class _Gathering(Generic[T]):
    """A thread with a queue. While one batch is at work the next one gathers, so that load makes batches larger."""

    def __init__(self, name: str, work: Callable[[list[T]], object]) -> None:
        self._waiting: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        self._work = work
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self.put = self._waiting.put

    def finish(self, timeout: float) -> None:
        self._waiting.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._batch()
            if batch:
                try:
                    with_held_connection(self._work, batch)
                except Exception:
                    # The clients get no answer and repeat; the thread itself must live.
                    logger.exception("A batch of %s failed", self._thread.name)
        close_old_connections()

    def _batch(self) -> tuple[list[T], bool]:
        """What is waiting now (waits for the first), and whether to go on afterwards."""
        batch: list[T] = []
        while (one := self._waiting.get()) is not None:
            batch.append(one)
            if len(batch) >= MOST_AT_ONCE or self._waiting.empty():
                return batch, True
        return batch, False
