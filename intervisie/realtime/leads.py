"""Who leads while the line of a facilitator is down: a grace time, then somebody else, and back."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from intervisie.engine import Lend, Restore, State

RETRY = 10.0  # seconds; a command may have been lost with the database


class Leads:
    """Since when each facilitator has no line, in any process that this one knows of. Times in seconds."""

    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._down: dict[UUID, dict[int, float]] = defaultdict(dict)
        self._asked: dict[tuple[UUID, int], float] = {}

    def watch(
        self, session_id: UUID, state: State, here: frozenset[int], now: float
    ) -> Iterator[Lend | Restore]:
        """What is to be done about the lead, called every second with the seats that have a line now.

        Every process that looks on comes to the same; the engine does each but once.
        """
        leads = {p.seat for p in state.people.values() if p.cast == "facilitator" and p.here}
        down = self._down[session_id]
        self._down[session_id] = down = {seat: down.get(seat, now) for seat in leads - here}
        for seat, since in down.items():
            if (
                leads <= down.keys()
                and now - since >= self._grace
                and here
                and self._may_ask(session_id, seat, now)
            ):
                yield Lend(seat, here)
        for seat in state.lent:
            if seat in here and self._may_ask(session_id, seat, now):
                yield Restore(seat)

    def _may_ask(self, session_id: UUID, seat: int, now: float) -> bool:
        """Not again at once: the answer is on its way, or nobody could take over yet."""
        if now - self._asked.get((session_id, seat), -RETRY) < RETRY:
            return False
        self._asked[session_id, seat] = now
        return True

    def forget(self, session_id: UUID) -> None:
        """Nobody here looks on any more."""
        self._down.pop(session_id, None)
        self._asked = {key: at for key, at in self._asked.items() if key[0] != session_id}
