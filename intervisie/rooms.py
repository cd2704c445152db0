"""Sessions in the memory of this process: the state, and for every seat the stream of ops sent so far.

Memory counts only while its `seq` equals the head of the log read under the lock; otherwise it is brought up to
date from the log (docs/architecture.md). All but `peek`, `known` and `forget` are called with `turn` held.
"""

import hashlib
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from intervisie import codec, engine
from intervisie.engine import Event, State
from intervisie.models import Entry, Snapshot

logger = logging.getLogger(__name__)

# One at a time changes or rebuilds rooms: memory follows the order of the commits.
turn = threading.RLock()

_ENGINE = Path(engine.__file__).parent
# Streams are a function of the log and of this code. A client from before a change of the code starts anew.
EPOCH = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_ENGINE.glob("*.py")))).hexdigest()[:8]

_MOST_ROOMS = 256


@dataclass(slots=True)
class Room:
    """One session. `streams[seat][n]` is the op (as JSON) that brings the cursor to `base[seat] + n + 1`."""

    session_id: UUID
    state: State | None  # None before the lobby is opened
    seq: int
    base: dict[int, int] = field(default_factory=dict)
    streams: dict[int, list[str]] = field(default_factory=dict)
    # Commands by the number of their id, which takes less memory, and nothing of the collector of garbage.
    done: set[int] = field(default_factory=set)
    # The seat of each person as the database last said; nothing is written without asking it whether that still holds.
    seats: dict[int, int] = field(default_factory=dict)

    def cursor(self, seat: int) -> int:
        """How many ops this seat was given since the session began."""
        return self.base.get(seat, 0) + len(self.streams.get(seat, ()))

    def since(self, seat: int, cursor: int) -> list[str] | None:
        """The ops after `cursor`, as JSON; None where they are not in memory or never were."""
        start = cursor - self.base.get(seat, 0)
        stream = self.streams.get(seat, [])
        return stream[start:] if 0 <= start <= len(stream) else None

    def advance(self, seq: int, after: State, events: Iterable[Event], command: UUID | None) -> None:
        """Takes one entry of the log in: what it means for each seat is added to that seat's stream."""
        written: dict[int, str] = {}
        for seat, ops in engine.fan_out(self.state, after, tuple(events)).items():
            stream = self.streams.setdefault(seat, [])
            for op in ops:
                # Equal views share the very same op, so it is written once (docs/realtime.md).
                text = written.get(id(op))
                if text is None:
                    text = written[id(op)] = codec.compact(op)
                stream.append(text)
        self.state, self.seq = after, seq
        if command is not None:
            self.done.add(command.int)


_rooms: dict[UUID, Room] = {}


def peek(session_id: UUID) -> Room | None:
    """The room as memory has it, however old: for pushing what it has, never for deciding."""
    return _rooms.get(session_id)


def room_of(session_id: UUID, head: int) -> Room:
    """The room at the log's head: from memory, with what other processes wrote since, or rebuilt."""
    room = _rooms.get(session_id)
    if room is None or room.seq > head:
        room = _from_snapshot(session_id) or Room(session_id, None, 0)
    if room.seq < head:
        _catch_up(room)
    keep(room)
    return room


def known(session_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How far memory is in those of these sessions that it has."""
    return {pk: room.seq for pk in session_ids if (room := _rooms.get(pk)) is not None}


def take_in(entries: Iterable[tuple[UUID, int, UUID | None, bytes]]) -> None:
    """What other processes wrote in sessions that memory has: (session, number, command, payload), in order.

    One that cannot be read, as code newer than this may write them, stays out and holds up no other session.
    """
    for session_id, seq, command, payload in entries:
        room = _rooms.get(session_id)
        if room is not None and seq == room.seq + 1:
            try:
                _advance(room, seq, command, payload)
            except Exception as fault:  # its text may hold what was said
                logger.error("An entry of the log cannot be read: %s", type(fault).__name__)
            keep(room)


def keep(room: Room) -> None:
    """Remembers the room; the one unused for longest makes place."""
    _rooms.pop(room.session_id, None)
    _rooms[room.session_id] = room
    while len(_rooms) > _MOST_ROOMS:
        _rooms.pop(next(iter(_rooms)))


def forget(session_id: UUID) -> None:
    """Drops what memory has of a session, when its content is deleted."""
    with turn:
        _rooms.pop(session_id, None)


def payload_of(events: Iterable[Event]) -> bytes:
    """One decision of the engine as the payload of one log entry."""
    return codec.encode([engine.event_to_json(event) for event in events])


def snapshot_of(room: Room) -> bytes:
    """The room as the payload of a snapshot."""
    cursors = {str(seat): room.cursor(seat) for seat in room.streams.keys() | room.base.keys()}
    return codec.encode({"epoch": EPOCH, "state": engine.state_to_json(room.state), "cursors": cursors})


def _catch_up(room: Room) -> None:
    entries = Entry.objects.filter(session_id=room.session_id, seq__gt=room.seq).order_by("seq")
    for seq, command, payload in entries.values_list("seq", "command", "payload"):
        _advance(room, seq, command, payload)


def _advance(room: Room, seq: int, command: UUID | None, payload: bytes) -> None:
    events = [engine.event_from_json(data) for data in codec.decode(payload)]
    room.advance(seq, engine.replay(events, room.state), events, command)


def _from_snapshot(session_id: UUID) -> Room | None:
    snapshot = Snapshot.objects.filter(session_id=session_id).first()
    if snapshot is None:
        return None
    data: dict[str, Any] = codec.decode(snapshot.payload)
    if data["epoch"] != EPOCH:
        return None
    entries = Entry.objects.filter(session_id=session_id, seq__lte=snapshot.seq, command__isnull=False)
    return Room(
        session_id,
        engine.state_from_json(data["state"]),
        snapshot.seq,
        base={int(seat): cursor for seat, cursor in data["cursors"].items()},
        done={command.int for command in entries.values_list("command", flat=True) if command},
    )
