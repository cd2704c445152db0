"""The only place that changes a session. Sockets, form posts, jobs and tests all come in here (settled 1-3)."""

import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from intervisie import engine, rooms
from intervisie.actions import log
from intervisie.actions.following import follow
from intervisie.engine import Event, Refused, State
from intervisie.enums import Invitation
from intervisie.models import Participant, Session, Snapshot
from intervisie.queries import times_brought
from intervisie.signals import rights_changed, settled

logger = logging.getLogger(__name__)

SNAPSHOT_EVERY = 1000  # entries; replaying that many takes less than a second


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
class _Work:
    """One session within a batch: what is decided but not yet committed."""

    room: rooms.Room
    state: State | None
    seq: int
    entries: list[tuple[log.NewEntry, State, tuple[Event, ...]]] = field(default_factory=list)
    done: set[UUID] = field(default_factory=set)


def perform(wish: Wish) -> Outcome:
    """A batch of one."""
    return perform_many([wish])[0]


def perform_many(wishes: Sequence[Wish], *, now: int | None = None) -> list[Outcome]:
    """Does all that may be done in one transaction and tells listeners afterwards; an outcome per wish, in order.

    Each wish stands alone: a refused one adds nothing and harms no other. `now` is in milliseconds.
    Never raises for what people send; a database that fails gives `busy`, and nothing was written then.
    """
    now = int(time.time() * 1000) if now is None else now
    with rooms.turn:
        try:
            outcomes, works = _commit(wishes, now)
        except (OperationalError, InterfaceError) as fault:
            # The database is away or overloaded. Whether the commit arrived is unknown: the ids of the commands tell,
            # when they are repeated.
            logger.warning("The database cannot be written: %s", type(fault).__name__)
            outcomes, works = [Outcome(False, "busy") for _ in wishes], {}
        except DatabaseError:
            if len(wishes) > 1:
                return [perform_many([wish], now=now)[0] for wish in wishes]
            logger.exception("The log could not be written")
            outcomes, works = [Outcome(False, "busy")], {}
        for work in works.values():
            _remember(work)
        moved = {session_id: work.seq for session_id, work in works.items() if work.entries}
    settled.send(sender=None, results=list(zip(wishes, outcomes, strict=True)), sessions=moved)
    return outcomes


@transaction.atomic(durable=True)
def _commit(wishes: Sequence[Wish], now: int) -> tuple[list[Outcome], dict[UUID, _Work]]:
    people = {wish.user_id for wish in wishes if wish.user_id is not None}
    logins = {wish.login for wish in wishes if wish.login}
    read = log.lock_and_read({wish.session_id for wish in wishes}, people, logins)
    works = _opened(read.heads, now)
    rights = _rights(wishes, read)
    outcomes = [_decide(wish, works.get(wish.session_id), rights, now) for wish in wishes]
    moved = [work for work in works.values() if work.entries]
    if moved:
        entries = [entry for work in moved for entry, _, _ in work.entries]
        log.append(entries, [(work.room.session_id, work.seq) for work in moved])
        for work in moved:
            follow(work.room.session_id, work.room.state, work.state, work.entries[-1][0].at)
    return outcomes, works


def _opened(heads: Sequence[tuple[UUID, int]], now: int) -> dict[UUID, _Work]:
    """Brings the rooms of the locked sessions up to the heads of their logs.

    A session that nobody entered before gets its first entry here: the lobby opens.
    """
    works = {}
    for pk, head in heads:
        room = rooms.room_of(pk, head)
        works[pk] = work = _Work(room, room.state, room.seq)
        if work.state is None:
            _append(work, engine.decide(None, _opening(pk), now, _new_id), None, now)
    return works


def _rights(wishes: Sequence[Wish], read: log.Read) -> dict[tuple[UUID, int], int]:
    """(session, user) → seat for all who may act now; read anew for every batch, so that a removal holds at once."""
    rights = dict(read.seats)
    for wish in wishes:
        if wish.login and wish.login not in read.logins and wish.user_id is not None:
            rights[wish.session_id, wish.user_id] = _LOGGED_OUT
    return rights


_LOGGED_OUT = -1


def _decide(wish: Wish, work: _Work | None, rights: dict[tuple[UUID, int], int], now: int) -> Outcome:
    if work is None:
        return Outcome(False, "no_session")
    try:
        return _decided(wish, work, rights, now)
    except Refused as refusal:
        return Outcome(False, refusal.code, dict(refusal.params), work.seq)
    except Exception:
        # A fault of ours in one command must not cost the others of the batch. Its text stays out of the log file.
        logger.error("The engine failed on a command", exc_info=settings.DEBUG)
        return Outcome(False, "broken", seq=work.seq)


def _decided(wish: Wish, work: _Work, rights: dict[tuple[UUID, int], int], now: int) -> Outcome:
    if wish.user_id is None:
        command = wish.command
    else:
        seat = rights.get((wish.session_id, wish.user_id))
        if seat is None:
            return Outcome(False, "not_in_session", seq=work.seq)
        if seat == _LOGGED_OUT:
            return Outcome(False, "logged_out", seq=work.seq)
        if wish.id is not None and (wish.id in work.room.done or wish.id in work.done):
            return Outcome(True, seq=work.seq, repeated=True)
        command = engine.command_from_wire(seat, wish.command)
    if isinstance(command, Tick):
        events = engine.due(work.state, now, _new_id) if work.state is not None else ()
    else:
        events = engine.decide(work.state, command, now, _new_id)
    if events:
        _append(work, events, wish.id, now)
    return Outcome(True, seq=work.seq)


def _append(work: _Work, events: tuple[Event, ...], command: UUID | None, now: int) -> None:
    after = engine.replay(events, work.state)
    work.seq += 1
    entry = log.NewEntry(
        work.room.session_id,
        work.seq,
        datetime.fromtimestamp(now / 1000, UTC),
        engine.event_kind(events[0]),
        command,
        rooms.payload_of(events),
    )
    work.entries.append((entry, after, events))
    work.state = after
    if command is not None:
        work.done.add(command)


def _new_id() -> str:
    return secrets.token_hex(4)


def _remember(work: _Work) -> None:
    """What was committed becomes memory; now and then also a snapshot, in a transaction of its own: it is a cache."""
    room, seen = work.room, work.room.seq
    for entry, state, events in work.entries:
        room.advance(entry.seq, state, events, entry.command)
    rooms.keep(room)
    if room.seq // SNAPSHOT_EVERY > seen // SNAPSHOT_EVERY:
        Snapshot.objects.update_or_create(
            session_id=room.session_id, defaults={"seq": room.seq, "payload": rooms.snapshot_of(room)}
        )


def load_room(session_id: UUID) -> rooms.Room:
    """The room at the head of the log, its lobby opened if nobody did so before. Raises Session.DoesNotExist."""
    with rooms.turn:
        head = Session.objects.values_list("head", flat=True).get(pk=session_id)
        if head == 0:
            perform(Wish(session_id, Tick()))
            head = Session.objects.values_list("head", flat=True).get(pk=session_id)
        return rooms.room_of(session_id, head)


def admit_participant(session_id: UUID, participant: Participant) -> None:
    """Lets somebody in, or brings their seat up to date; before the lobby opens there is nothing to do."""
    if Session.objects.filter(pk=session_id, head__gt=0).exists():
        brought = times_brought(participant.session, [participant.user_id]).get(participant.user_id, 0)
        perform(Wish(session_id, engine.Join(_person(participant, brought), _case_of(participant))))


def remove_participant(session_id: UUID, participant: Participant) -> None:
    """Takes somebody out of the session: their turn, their rights and their live line end at once."""
    if Session.objects.filter(pk=session_id, head__gt=0).exists():
        perform(Wish(session_id, engine.Remove(participant.seat)))
    rights_changed.send(sender=None, session_id=session_id, user_id=participant.user_id)


def _opening(session_id: UUID) -> engine.Open:
    """The first command of every log: the method, who is here, and the cases they prepared."""
    session = Session.objects.get(pk=session_id)
    seats = (
        Participant.objects.filter(session=session, invitation=Invitation.ACCEPTED, removed_at__isnull=True)
        .select_related("user", "case")
        .order_by("seat")
    )
    brought = times_brought(session, [participant.user_id for participant in seats])
    people = tuple(_person(participant, brought.get(participant.user_id, 0)) for participant in seats)
    cases = {participant.seat: case for participant in seats if (case := _case_of(participant))}
    chosen = session.chosen_seat if session.chosen_seat in cases else None
    return engine.Open(engine.parse(session.method), people, cases, chosen)


def _person(participant: Participant, brought: int) -> engine.Person:
    user = participant.user
    return engine.Person(
        seat=participant.seat,
        name=user.get_full_name(),
        short=user.table_name,
        initials=user.initials,
        org=user.organisation,
        cast=participant.role,
        brought=brought,
    )


def _case_of(participant: Participant) -> engine.CaseText | None:
    case = participant.case
    if case is None:
        return None
    return engine.CaseText(
        title=case.title,
        question=case.question,
        situation=case.situation,
        own_role=case.own_role,
        parties=tuple(case.parties),
        outcome=case.outcome,
    )
