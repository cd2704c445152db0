"""Who has a live line in other processes: seats under marks that say nothing to who reads along, and forgotten soon."""

import hmac
import time
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from intervisie import rooms
from intervisie.realtime.bells import Bell

FORGOTTEN_AFTER = 25.0  # seconds; told again every ten


class Elsewhere:
    """Per session and process the marks of the seats that are there, and when that was told."""

    def __init__(self) -> None:
        self._told: dict[UUID, dict[str, tuple[frozenset[str], float]]] = defaultdict(dict)

    def told(self, session_id: UUID, seats: Iterable[int]) -> Bell:
        """The bell that says that these seats are here."""
        return {"here": str(session_id), "marks": sorted(_mark(session_id, seat) for seat in seats)}

    def heard(self, process: str, bell: Bell) -> bool:
        """Takes the bell of another process in; whether it changes who is there. The sender may be anything."""
        session_id, marks = UUID(bell["here"]), frozenset(map(str, bell.get("marks", ())))
        was = self._told[session_id].get(process, (frozenset(), 0.0))[0]
        self._told[session_id][process] = marks, time.monotonic()
        return marks != was

    def expire(self, session_id: UUID) -> bool:
        """Forgets processes that say nothing any more; whether there were any with somebody there."""
        here, end = self._told.get(session_id, {}), time.monotonic() - FORGOTTEN_AFTER
        gone = [here.pop(process) for process, (_, at) in tuple(here.items()) if at < end]
        return any(marks for marks, _ in gone)

    def forget(self, session_id: UUID) -> None:
        """Nobody here looks on any more."""
        self._told.pop(session_id, None)

    def seats(self, session_id: UUID) -> set[int]:
        """The seats that other processes told of."""
        marks = frozenset().union(*(marks for marks, _ in self._told.get(session_id, {}).values()))
        room = rooms.peek(session_id) if marks else None
        if room is None or room.state is None:
            return set()
        return {seat for seat in room.state.people if _mark(session_id, seat) in marks}


def _mark(session_id: UUID, seat: int) -> str:
    """A number for this seat that only who has our secret can tie to it (settled 10)."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"seat {session_id} {seat}".encode(), "sha256")[:6].hex()
