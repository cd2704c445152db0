"""What this process does with sessions: what people wish here is gathered and written, what others wrote is read."""

import asyncio
import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar
from uuid import UUID

from django.db import close_old_connections

from intervisie import actions, rooms
from intervisie.actions import Attempt, LoopLog, Wish
from intervisie.realtime.held import with_held_connection

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 256  # of what a thread does
TRY_AGAIN_AFTER = 0.001  # seconds, where another thread has the rooms
MOST_WAY = 50  # times that long the room-writer makes way for the loop

T = TypeVar("T")


class Writer:
    """Takes wishes and looks from all rooms. `look` may be called from any thread; the rest is the event loop's.

    Where the database can write at once, a wish that memory suffices for is decided here on the loop, and while one attempt is away
    the next one gathers. All other wishes go the long way, to a thread that decides on them under lock. The loop waits for neither,
    nor for the rooms. Wishes of one session are done in the order in which they came: while some of them are away, those that
    follow are kept.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._short = actions.can_write_at_once()
        self._log = LoopLog(loop)
        self._next = Attempt()
        self._away: set[UUID] = set()  # sessions of the attempt that is being written
        self._long: Counter[UUID] = Counter()  # wishes that went the long way, by session
        self._kept: dict[UUID, list[Wish]] = {}  # what waits for either of these, or for the rooms
        self._blocked: set[UUID] = set()  # sessions that wait for the rooms alone
        self._at_work: asyncio.Task[None] | None = None
        self._rooms_wanted = False
        self._wishes = _Gathering(
            "room-writer", self._under_lock if self._short else _held(actions.perform_many)
        )
        self._looks = _Gathering("room-follower", _held(actions.read_on))
        self._snapshots = _Gathering("room-snapshots", _held(actions.take_snapshots))

    def put(self, wish: Wish) -> None:
        """Takes a wish; its outcome is told through the `settled` signal."""
        if self._short:
            self._place(wish)
        else:
            self._wishes.put(wish)

    def look(self, session_id: UUID) -> None:
        """Another process wrote in this session; that memory has it is told through the `caught_up` signal."""
        self._looks.put(session_id)

    async def finish(self, seconds: float) -> None:
        """Does what is waiting, then stops."""
        until = time.monotonic() + seconds
        while (self._at_work or self._kept or self._long) and time.monotonic() < until:
            await asyncio.sleep(TRY_AGAIN_AFTER)
        await self._log.close()
        for thread in (self._wishes, self._looks, self._snapshots):
            await self._loop.run_in_executor(None, thread.finish, max(0.0, until - time.monotonic()))

    def _place(self, wish: Wish) -> None:
        """Adds it to the next attempt, or sends it the long way; where it is to wait for something, keeps it."""
        pk = wish.session_id
        if pk in self._kept or pk in self._away or pk in self._long:
            self._kept.setdefault(pk, []).append(wish)
        elif not rooms.turn.acquire(blocking=False):
            self._kept[pk] = [wish]
            self._blocked.add(pk)
        else:
            try:
                added = self._next.add(wish, actions.clock())
            finally:
                rooms.turn.release()
            if not added and pk in self._next:
                self._kept[pk] = [wish]
            elif not added:
                self._go_long(wish)
        if self._at_work is None and (self._next or self._blocked):
            self._at_work = self._loop.create_task(self._write())

    def _let_go(self, session_ids: Iterable[UUID]) -> None:
        """These sessions have nothing to wait for any more."""
        for session_id in session_ids:
            for wish in self._kept.pop(session_id, ()):
                self._place(wish)

    def _go_long(self, wish: Wish) -> None:
        self._long[wish.session_id] += 1
        self._wishes.put(wish)

    def _under_lock(self, wishes: Sequence[Wish]) -> None:
        try:
            self._make_way()
            with_held_connection(actions.perform_under_lock, wishes)
        finally:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._came_through, wishes)

    def _make_way(self) -> None:
        """Who has the rooms nearly all of the time lets the loop have them too, which only tries."""
        for _ in range(MOST_WAY):
            if not self._rooms_wanted:
                return
            time.sleep(TRY_AGAIN_AFTER)

    def _came_through(self, wishes: Sequence[Wish]) -> None:
        self._long -= Counter(wish.session_id for wish in wishes)
        self._let_go({wish.session_id for wish in wishes} - self._long.keys())

    async def _write(self) -> None:
        """Attempt after attempt, for as long as there is something to write."""
        try:
            while self._next or self._blocked:
                await self._unblock()
                attempt, self._next = self._next, Attempt()
                self._away |= attempt.sessions
                try:
                    await self._written(attempt)
                except Exception:
                    # The clients get no answer and repeat; the rest must go on.
                    logger.exception("An attempt failed")
                finally:
                    self._away -= attempt.sessions
                    self._let_go(attempt.sessions)
        finally:
            self._at_work = None

    async def _unblock(self) -> None:
        if self._blocked:
            await self._take_rooms()
            try:
                blocked, self._blocked = self._blocked, set()
                self._let_go(blocked)
            finally:
                rooms.turn.release()

    async def _written(self, attempt: Attempt) -> None:
        if not attempt:
            return
        await attempt.write_on(self._log)
        await self._take_rooms()
        try:
            attempt.finish()
        finally:
            rooms.turn.release()
        for wish in attempt.left:
            self._go_long(wish)
        for work in attempt.moved:
            if actions.snapshot_due(work):
                self._snapshots.put(work)

    async def _take_rooms(self) -> None:
        """Takes `rooms.turn`, without holding up the loop where another thread has it."""
        while not rooms.turn.acquire(blocking=False):
            self._rooms_wanted = True
            await asyncio.sleep(TRY_AGAIN_AFTER)
        self._rooms_wanted = False


def _held(work: Callable[[list[T]], object]) -> Callable[[list[T]], object]:
    return partial(with_held_connection, work)


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
                    self._work(batch)
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
