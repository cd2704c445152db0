"""What changes a session: form posts, jobs and tests come in here (settled 1-3), sockets through the writer, which shares its parts."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from intervisie import engine, rooms
from intervisie.actions import log
from intervisie.actions.at_once import Attempt
from intervisie.actions.batch import LOGGED_OUT, Outcome, Tick, Wish, Work, clock, decide, new_id, tell
from intervisie.actions.opening import case_of, opening, person_of
from intervisie.actions.snapshots import take_snapshots
from intervisie.models import Participant, Session
from intervisie.queries import times_brought
from intervisie.signals import caught_up, rights_changed

logger = logging.getLogger(__name__)


def perform(wish: Wish) -> Outcome:
    """A batch of one."""
    return perform_many([wish])[0]


def perform_many(wishes: Sequence[Wish], *, now: int | None = None) -> list[Outcome]:
    """Does all that may be done and tells listeners afterwards; an outcome per wish, in order.

    What memory suffices for is written first where the database can do that in one statement, the rest in a transaction that
    locks its sessions. Each wish stands alone: a refused one adds nothing and harms no other. `now` is in milliseconds.
    Never raises for what people send; a database that fails gives `busy`, and nothing was written then.
    """
    now = clock() if now is None else now
    attempt = Attempt()
    added = [False] * len(wishes)
    if log.can_write_at_once():
        with rooms.turn:
            added = list(_added(attempt, wishes, now))
        attempt.write()
        with rooms.turn:
            attempt.finish()
        take_snapshots(attempt.moved)
    tried = iter(attempt.outcomes)
    quick = [next(tried) if one else None for one in added]
    left = [wish for wish, outcome in zip(wishes, quick, strict=True) if outcome is None]
    others = iter(perform_under_lock(left, now=now) if left else ())
    return [outcome or next(others) for outcome in quick]


def _added(attempt: Attempt, wishes: Sequence[Wish], now: int) -> Iterator[bool]:
    """For each wish whether the attempt takes it. After one that it does not take it gets none of that session: what is wished
    first is done first."""
    past: set[UUID] = set()
    for wish in wishes:
        taken = wish.session_id not in past and attempt.add(wish, now)
        if not taken:
            past.add(wish.session_id)
        yield taken


def perform_under_lock(wishes: Sequence[Wish], *, now: int | None = None) -> list[Outcome]:
    """As `perform_many`, for what memory does not suffice for."""
    outcomes, moved = _under_lock(wishes, clock() if now is None else now)
    tell(list(zip(wishes, outcomes, strict=True)), moved)
    take_snapshots(moved)
    return outcomes


def read_on(session_ids: Collection[UUID]) -> None:
    """Brings memory up to what other processes wrote in these sessions, and tells listeners.

    One that is gone, or cannot be read, holds up none of the others. A database that is away leaves memory as it is:
    whoever looks again finds it.
    """
    try:
        for session_id in session_ids:
            if rooms.peek(session_id) is None:
                with suppress(Session.DoesNotExist):
                    load_room(session_id)
        entries = log.newer(rooms.known(session_ids))
    except (OperationalError, InterfaceError) as fault:
        logger.warning("The database cannot be read: %s", type(fault).__name__)
        return
    with rooms.turn:
        rooms.take_in(entries)
    caught_up.send(sender=None, session_ids=session_ids)


def _under_lock(wishes: Sequence[Wish], now: int) -> tuple[list[Outcome], list[Work]]:
    """Locks the sessions, reads what is true of them now, decides and writes: an outcome per wish, and what moved."""
    with rooms.turn:
        try:
            outcomes, works = _commit(wishes, now)
        except (OperationalError, InterfaceError) as fault:
            # The database is away or overloaded. Whether the commit arrived is unknown: the ids of the commands tell,
            # when they are repeated.
            logger.warning("The database cannot be written: %s", type(fault).__name__)
            return [Outcome(False, "busy") for _ in wishes], []
        except DatabaseError:
            if len(wishes) > 1:
                parts = [_under_lock([wish], now) for wish in wishes]
                return [outcome for outcomes, _ in parts for outcome in outcomes], [
                    work for _, moved in parts for work in moved
                ]
            logger.exception("The log could not be written")
            return [Outcome(False, "busy")], []
        for work in works.values():
            work.remember()
    return outcomes, [work for work in works.values() if work.entries]


@transaction.atomic(durable=True)
def _commit(wishes: Sequence[Wish], now: int) -> tuple[list[Outcome], dict[UUID, Work]]:
    people = {wish.user_id for wish in wishes if wish.user_id is not None}
    logins = {wish.login for wish in wishes if wish.login}
    read = log.lock_and_read({wish.session_id for wish in wishes}, people, logins)
    works = _opened(read.heads, now)
    outcomes = [decide(wish, works.get(wish.session_id), _seat(wish, read), now) for wish in wishes]
    moved = [work for work in works.values() if work.entries]
    if moved:
        entries = [entry for work in moved for entry, _, _ in work.entries]
        log.append(entries, [(work.room.session_id, work.seq) for work in moved])
        for work in moved:
            for update in work.followed():
                update()
    for (pk, person), seat in read.seats.items():
        if pk in works:
            works[pk].room.seats[person] = seat
    return outcomes, works


def _opened(heads: Sequence[tuple[UUID, int]], now: int) -> dict[UUID, Work]:
    """Brings the rooms of the locked sessions up to the heads of their logs.

    A session that nobody entered before gets its first entry here: the lobby opens.
    """
    if behind := {pk: seq for pk, head in heads if (seq := rooms.known([pk]).get(pk, head)) < head}:
        rooms.take_in(log.newer(behind))
    works = {}
    for pk, head in heads:
        works[pk] = work = Work.on(rooms.room_of(pk, head))
        if work.state is None:
            work.append(engine.decide(None, opening(pk), now, new_id), None, now)
    return works


def _seat(wish: Wish, read: log.Read) -> int | None:
    """The seat of who wishes this; read anew for every batch, so that a removal holds at once."""
    if wish.user_id is None:
        return None
    if wish.login and wish.login not in read.logins:
        return LOGGED_OUT
    return read.seats.get((wish.session_id, wish.user_id))


def load_room(session_id: UUID) -> rooms.Room:
    """The room at the head of the log, its lobby opened if nobody did so before. Raises Session.DoesNotExist."""
    head = _head(session_id)
    if head == 0:
        perform(Wish(session_id, Tick()))
    with rooms.turn:
        if rooms.known([session_id]).get(session_id) != head:  # somebody wrote meanwhile, or memory is behind
            head = _head(session_id)
        return rooms.room_of(session_id, head)


def _head(session_id: UUID) -> int:
    return Session.objects.values_list("head", flat=True).get(pk=session_id)


def admit_participant(session_id: UUID, participant: Participant) -> None:
    """Lets somebody in, or brings their seat up to date; before the lobby opens there is nothing to do."""
    if Session.objects.filter(pk=session_id, head__gt=0).exists():
        brought = times_brought(participant.session, [participant.user_id]).get(participant.user_id, 0)
        perform(Wish(session_id, engine.Join(person_of(participant, brought), case_of(participant))))


def remove_participant(session_id: UUID, participant: Participant) -> None:
    """Takes somebody out of the session: their turn, their rights and their live line end at once."""
    if Session.objects.filter(pk=session_id, head__gt=0).exists():
        perform(Wish(session_id, engine.Remove(participant.seat)))
    rights_changed.send(sender=None, session_id=session_id, user_id=participant.user_id)
