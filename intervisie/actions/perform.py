"""The only place that changes a session. Sockets, form posts, jobs and tests all come in here (settled 1-3)."""

import logging
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError, Error, InterfaceError, OperationalError, transaction

from intervisie import engine, rooms
from intervisie.actions import log
from intervisie.actions.batch import LOGGED_OUT, Outcome, Tick, Wish, Work, decide, new_id
from intervisie.actions.following import Update, following
from intervisie.actions.opening import case_of, opening, person_of
from intervisie.models import Participant, Session, Snapshot
from intervisie.queries import times_brought
from intervisie.signals import caught_up, rights_changed, settled

logger = logging.getLogger(__name__)

SNAPSHOT_EVERY = 1000  # entries; replaying that many takes less than a second


def perform(wish: Wish) -> Outcome:
    """A batch of one."""
    return perform_many([wish])[0]


def perform_many(wishes: Sequence[Wish], *, now: int | None = None) -> list[Outcome]:
    """Does all that may be done and tells listeners afterwards; an outcome per wish, in order.

    What memory suffices for is written first, the rest in a second transaction; all of one session is in the same.
    Each wish stands alone: a refused one adds nothing and harms no other. `now` is in milliseconds.
    Never raises for what people send; a database that fails gives `busy`, and nothing was written then.
    """
    now = int(time.time() * 1000) if now is None else now
    quick, moved = _at_once(wishes, now)
    left = [wish for number, wish in enumerate(wishes) if number not in quick]
    done, more = _under_lock(left, now) if left else ([], [])
    others = iter(done)
    outcomes = [quick[number] if number in quick else next(others) for number in range(len(wishes))]
    settled.send(sender=None, results=list(zip(wishes, outcomes, strict=True)), moved=moved + more)
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


def _at_once(wishes: Sequence[Wish], now: int) -> tuple[dict[int, Outcome], list[UUID]]:
    """Decides on what memory has, and writes it in one statement that looks whether all of that still holds.

    Returns the outcomes by the number of the wish, and the sessions that moved. What is not among them was not done:
    somebody else wrote first, a right is gone, memory does not have the session, rows beside the log follow from it,
    or the database cannot do so much in one statement. Where the answer gets lost the ids of the commands tell, under lock.
    While the database works at it others may use the rooms, and decide on what memory still has: one of the two is
    written then, and the other decided again.
    """
    if not wishes or not log.can_write_at_once():
        return {}, []
    outcomes: dict[int, Outcome] = {}
    with rooms.turn:
        works = _remembered(wishes)
        assumed: dict[UUID, set[tuple[UUID, int, int, str | None]]] = {pk: set() for pk in works}
        for number, wish in enumerate(wishes):
            pk, person = wish.session_id, wish.user_id
            if (work := works.get(pk)) is None:
                continue
            seat = None
            if person is not None:
                seat = work.room.seats[person]
                assumed[pk].add((pk, person, seat, wish.login))
            outcomes[number] = decide(wish, work, seat, now)
        works = {pk: work for pk, work in works.items() if not _followed(work)}
    if not works:
        return {}, []
    try:
        held = log.append_where_unmoved(
            [entry for work in works.values() for entry, _, _ in work.entries],
            [(pk, work.began, work.seq) for pk, work in works.items()],
            [one for pk in works for one in assumed[pk]],
        )
    except Error as fault:
        logger.warning("Not written at once: %s", type(fault).__name__)
        return {}, []
    with rooms.turn:
        for pk in held:
            if works[pk].stands():
                _remember(works[pk])
            else:
                rooms.take_in(works[pk].written())
    done = {number: outcome for number, outcome in outcomes.items() if wishes[number].session_id in held}
    return done, [pk for pk in held if works[pk].entries]


def _remembered(wishes: Sequence[Wish]) -> dict[UUID, Work]:
    """The sessions that memory has, with the seats of all who wish something in them."""
    works: dict[UUID, Work | None] = {}
    for wish in wishes:
        pk = wish.session_id
        if pk not in works:
            room = rooms.peek(pk)
            works[pk] = None if room is None or room.state is None else Work.on(room)
        work = works[pk]
        if work is not None and wish.user_id is not None and wish.user_id not in work.room.seats:
            works[pk] = None
    return {pk: work for pk, work in works.items() if work is not None}


def _followed(work: Work) -> list[Update]:
    if not work.entries:
        return []
    return following(work.room.session_id, work.room.state, work.state, work.entries[-1][0].at)


def _under_lock(wishes: Sequence[Wish], now: int) -> tuple[list[Outcome], list[UUID]]:
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
                    pk for _, moved in parts for pk in moved
                ]
            logger.exception("The log could not be written")
            return [Outcome(False, "busy")], []
        for work in works.values():
            _remember(work)
    return outcomes, [pk for pk, work in works.items() if work.entries]


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
            for update in _followed(work):
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


def _remember(work: Work) -> None:
    """What was committed becomes memory; now and then also a snapshot, in a transaction of its own: it is a cache."""
    room, seen = work.room, work.room.seq
    work.remember()
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
        perform(Wish(session_id, engine.Join(person_of(participant, brought), case_of(participant))))


def remove_participant(session_id: UUID, participant: Participant) -> None:
    """Takes somebody out of the session: their turn, their rights and their live line end at once."""
    if Session.objects.filter(pk=session_id, head__gt=0).exists():
        perform(Wish(session_id, engine.Remove(participant.seat)))
    rights_changed.send(sender=None, session_id=session_id, user_id=participant.user_id)
