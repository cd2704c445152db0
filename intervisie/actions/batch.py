"""What is asked of sessions, and what is decided of it in one batch: nothing here reads or writes the database."""

import logging
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from intervisie import engine, rooms
from intervisie.actions.dialects import NewEntry
from intervisie.actions.following import Update, following
from intervisie.engine import Event, Refused, State
from intervisie.signals import settled

logger = logging.getLogger(__name__)

LOGGED_OUT = -1  # in the place of a seat


@dataclass(frozen=True, slots=True)
class Tick:
    """System: do what the clock asks for, such as a step with a hard end."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One command as it came in. `command` is a wire object of a person, or a system command of ours."""

    session_id: UUID
    command: Any
    id: UUID | None = None
    user_id: int | None = None  # None: the system itself
    login: str | None = None  # key of the log-in that a live line came in with; it must still be there
    origin: Any = None  # whoever waits for the answer; handed back untouched


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ok`, or a refusal `code` with `params`; `seq` is the log's head for this session afterwards."""

    ok: bool
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    repeated: bool = False


@dataclass(slots=True)
class Work:
    """One session within a batch: what is decided but not yet committed."""

    room: rooms.Room
    before: State | None
    state: State | None
    seq: int
    entries: list[tuple[NewEntry, State, tuple[Event, ...]]] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    @classmethod
    def on(cls, room: rooms.Room) -> "Work":
        return cls(room, room.state, room.state, room.seq)

    def append(self, events: tuple[Event, ...], command: UUID | None, now: int) -> None:
        """One decision more. `now` in milliseconds."""
        after = engine.replay(events, self.state)
        self.seq += 1
        entry = NewEntry(
            self.room.session_id,
            self.seq,
            datetime.fromtimestamp(now / 1000, UTC),
            engine.event_kind(events[0]),
            command,
            rooms.payload_of(events),
        )
        self.entries.append((entry, after, events))
        self.state = after
        if command is not None:
            self.done.add(command.int)

    @property
    def began(self) -> int:
        """The number of the newest entry when this was decided."""
        return self.seq - len(self.entries)

    def stands(self) -> bool:
        """Whether memory is what this was decided on: meanwhile it may have read on in the log, or let the room go."""
        return rooms.peek(self.room.session_id) is self.room and self.room.seq == self.began

    def followed(self) -> list[Update]:
        """What of the rows beside the log follows from this."""
        if not self.entries:
            return []
        return following(self.room.session_id, self.before, self.state, self.entries[-1][0].at)

    def written(self) -> list[tuple[UUID, int, UUID | None, bytes]]:
        """The entries as `rooms.take_in` takes them."""
        return [(entry.session_id, entry.seq, entry.command, entry.payload) for entry, _, _ in self.entries]

    def remember(self) -> None:
        """What was committed becomes memory."""
        for entry, state, events in self.entries:
            self.room.advance(entry.seq, state, events, entry.command)
        rooms.keep(self.room)


def decide(wish: Wish, work: Work | None, seat: int | None, now: int) -> Outcome:
    """What becomes of a wish in the state that the batch has brought about so far. Never raises.

    `seat`: of the person who wishes; None where they have none now, LOGGED_OUT where their log-in is gone. `now` in milliseconds.
    """
    if work is None:
        return Outcome(False, "no_session")
    try:
        return _decided(wish, work, seat, now)
    except Refused as refusal:
        return Outcome(False, refusal.code, dict(refusal.params), work.seq)
    except Exception:
        # A fault of ours in one command must not cost the others of the batch. Its text stays out of the log file.
        logger.error("The engine failed on a command", exc_info=settings.DEBUG)
        return Outcome(False, "broken", seq=work.seq)


def _decided(wish: Wish, work: Work, seat: int | None, now: int) -> Outcome:
    if wish.user_id is None:
        command = wish.command
    else:
        if seat is None:
            return Outcome(False, "not_in_session", seq=work.seq)
        if seat == LOGGED_OUT:
            return Outcome(False, "logged_out", seq=work.seq)
        if wish.id is not None and (wish.id.int in work.room.done or wish.id.int in work.done):
            return Outcome(True, seq=work.seq, repeated=True)
        command = engine.command_from_wire(seat, wish.command)
    if isinstance(command, Tick):
        events = engine.due(work.state, now, new_id) if work.state is not None else ()
    else:
        events = engine.decide(work.state, command, now, new_id)
    if events:
        work.append(events, wish.id, now)
    return Outcome(True, seq=work.seq)


def tell(results: Sequence[tuple[Wish, Outcome]], moved: Iterable[Work]) -> None:
    """Tells listeners what was done or refused, and which sessions moved."""
    settled.send(sender=None, results=results, moved=[work.room.session_id for work in moved])


def clock() -> int:
    """Now, in milliseconds."""
    return int(time.time() * 1000)


def new_id() -> str:
    """A name for something new in a session."""
    return secrets.token_hex(4)
