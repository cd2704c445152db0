"""Decided on what memory has, written in one statement that looks whether all of it still holds (docs/decisions/0006)."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import Error

from intervisie import rooms
from intervisie.actions import log
from intervisie.actions.batch import Outcome, Wish, Work, decide, tell
from intervisie.actions.on_loop import LoopLog

logger = logging.getLogger(__name__)


class Attempt:
    """Wishes that are written together: `add` them, `write`, `finish`. An attempt is used once.

    `add` and `finish` want `rooms.turn`; `write` waits for the database and wants nobody to wait for it. While it is at work
    others may use the rooms, and decide on what memory still has: one of the two is written then, the other decided again.
    """

    def __init__(self) -> None:
        self._works: dict[UUID, Work] = {}
        self._assumed: dict[UUID, set[tuple[UUID, int, int, str | None]]] = {}
        self._decided: list[tuple[Wish, Outcome]] = []
        self._held: Collection[UUID] = ()
        # What came of each wish, in order. None: it was not done, as somebody else wrote first, a right is gone, or rows
        # follow; where the answer got lost, the ids of the commands tell those who ask again.
        self.outcomes: list[Outcome | None] = []
        self.left: list[Wish] = []
        self.moved: list[Work] = []

    def __len__(self) -> int:
        return len(self._decided)

    def __contains__(self, session_id: UUID) -> bool:
        return session_id in self._works

    @property
    def sessions(self) -> Collection[UUID]:
        """Those in which something is wished."""
        return self._works.keys()

    def add(self, wish: Wish, now: int) -> bool:
        """Decides on a wish. `now` in milliseconds. False where memory does not have the session, or the seat of who wishes this."""
        pk, person, seat = wish.session_id, wish.user_id, None
        work = self._works.get(pk) or _remembered(pk)
        if work is not None and person is not None:
            seat = work.room.seats.get(person)
        if work is None or (seat is None) != (person is None):
            return False
        self._works[pk] = work
        assumed = self._assumed.setdefault(pk, set())
        if person is not None and seat is not None:
            assumed.add((pk, person, seat, wish.login))
        self._decided.append((wish, decide(wish, work, seat, now)))
        return True

    def write(self) -> None:
        """Writes all that still holds, but for sessions in which rows beside the log follow. Never raises for the database."""
        with _warning():
            if (wanted := self._wanted()) is not None:
                self._held = log.append_where_unmoved(wanted)

    async def write_on(self, line: LoopLog) -> None:
        """The same on an event loop."""
        with _warning():
            if (wanted := self._wanted()) is not None:
                self._held = await line.append_where_unmoved(wanted)

    def _wanted(self) -> log.Decided | None:
        works = {pk: work for pk, work in self._works.items() if not work.followed()}
        if not works:
            return None
        return log.Decided(
            [entry for work in works.values() for entry, _, _ in work.entries],
            [(pk, work.began, work.seq) for pk, work in works.items()],
            [one for pk in works for one in self._assumed[pk]],
        )

    def finish(self) -> None:
        """What was written becomes memory, where that is still what it was decided on, else as what others wrote; tells listeners."""
        held = self._held
        self.outcomes = [outcome if wish.session_id in held else None for wish, outcome in self._decided]
        self.left = [wish for wish, _ in self._decided if wish.session_id not in held]
        self.moved = [work for pk in held if (work := self._works[pk]).entries]
        for work in self.moved:
            try:
                if work.stands():
                    work.remember()
                else:
                    rooms.take_in(work.written())
            except Exception as fault:
                # It is in the log: who needs it reads it there. The text of the fault may hold what was said.
                logger.error("Memory could not follow the log: %s", type(fault).__name__)
                rooms.forget(work.room.session_id)
        tell([one for one in self._decided if one[0].session_id in held], self.moved)


@contextmanager
def _warning() -> Iterator[None]:
    try:
        yield
    except Error as fault:
        logger.warning("Not written at once: %s", type(fault).__name__)


def _remembered(session_id: UUID) -> Work | None:
    room = rooms.peek(session_id)
    return None if room is None or room.state is None else Work.on(room)
