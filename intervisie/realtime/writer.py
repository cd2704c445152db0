"""The one writer of this process: gathers what is waiting from all rooms and commits it together."""

import logging
import queue
import threading
import time

from django.db import close_old_connections, connection

from intervisie.actions import Wish, perform_many

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 256
RESTED = 1.0  # seconds without work, after which a connection is no longer trusted without a look


class Writer:
    """A thread with a queue. While one batch is committed the next one gathers, so that load makes batches larger."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Wish | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="room-writer", daemon=True)
        self._thread.start()

    def put(self, wish: Wish) -> None:
        """Takes a wish; its outcome is told through the `settled` signal."""
        self._waiting.put(wish)

    def finish(self, timeout: float) -> None:
        """Does what is waiting, then stops. `timeout` in seconds."""
        self._waiting.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        more, worked_at = True, 0.0
        while more:
            batch, more = self._batch()
            if batch:
                if connection.errors_occurred or time.monotonic() - worked_at > RESTED:
                    close_old_connections()
                try:
                    perform_many(batch)
                    worked_at = time.monotonic()
                except Exception:
                    # The clients get no answer and repeat; the writer itself must live.
                    logger.exception("A batch of commands failed")
        close_old_connections()

    def _batch(self) -> tuple[list[Wish], bool]:
        """What is waiting now (waits for the first), and whether to go on afterwards."""
        batch: list[Wish] = []
        wish = self._waiting.get()
        while wish is not None:
            batch.append(wish)
            if len(batch) >= MOST_AT_ONCE or self._waiting.empty():
                return batch, True
            wish = self._waiting.get()
        return batch, False
