"""The one writer of this process: gathers what is waiting from all rooms, and reads and commits it together."""

import logging
import queue
import threading
from functools import partial
from uuid import UUID

from django.db import close_old_connections

from intervisie.actions import Wish, perform_many
from intervisie.realtime.held import with_held_connection

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 256


class Writer:
    """A thread with a queue. While one batch is committed the next one gathers, so that load makes batches larger.

    What other processes wrote is read by the same thread: it holds the rooms anyway, and mostly asks the database already.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Wish | UUID | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="room-writer", daemon=True)
        self._thread.start()

    def put(self, wish: Wish) -> None:
        """Takes a wish; its outcome is told through the `settled` signal."""
        self._waiting.put(wish)

    def look(self, session_id: UUID) -> None:
        """Another process wrote in this session; what it was is told through the `settled` signal."""
        self._waiting.put(session_id)

    def finish(self, timeout: float) -> None:
        """Does what is waiting, then stops. `timeout` in seconds."""
        self._waiting.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        more = True
        while more:
            wishes, behind, more = self._batch()
            if wishes or behind:
                try:
                    with_held_connection(partial(perform_many, behind=behind), wishes)
                except Exception:
                    # The clients get no answer and repeat; the writer itself must live.
                    logger.exception("A batch of commands failed")
        close_old_connections()

    def _batch(self) -> tuple[list[Wish], set[UUID], bool]:
        """What is waiting now (waits for the first), and whether to go on afterwards."""
        wishes: list[Wish] = []
        behind: set[UUID] = set()
        while (one := self._waiting.get()) is not None:
            if isinstance(one, UUID):
                behind.add(one)
            else:
                wishes.append(one)
            if len(wishes) >= MOST_AT_ONCE or self._waiting.empty():
                return wishes, behind, True
        return wishes, behind, False
