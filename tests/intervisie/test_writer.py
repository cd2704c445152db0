"""The writer of one process on an event loop: in order, never waiting on the loop, nothing lost on the way.

On PostgreSQL most wishes take the short way, one statement for what memory suffices for; on SQLite all take the long one.
"""

import asyncio
import os
import socket
import threading
import uuid
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import AsyncMock, Mock
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from intervisie import rooms
from intervisie.actions import LoopLog, Outcome, Wish, load_room, log, on_loop, perform, perform_many
from intervisie.enums import SessionStatus
from intervisie.models import Session, Snapshot
from intervisie.realtime.writer import Writer
from intervisie.signals import settled
from tests.intervisie.test_perform import _memory, started, unopened_session

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10.0  # seconds


class Desk:
    """A writer on a loop of its own, and what it told."""

    def __init__(self) -> None:
        self.writer = Writer(asyncio.get_running_loop())
        self.told: list[tuple[Wish, Outcome]] = []

    def heard(self, results: list[tuple[Wish, Outcome]], **_: Any) -> None:
        self.told.extend(results)

    def put(self, *wishes: Wish) -> None:
        for one in wishes:
            self.writer.put(one)

    async def hears(self, number: int) -> list[Outcome]:
        """So many outcomes, in the order in which they came."""
        async with asyncio.timeout(PATIENCE):
            while len(self.told) < number:
                await asyncio.sleep(0.005)
        return [outcome for _, outcome in self.told]


def at_desk(work: Callable[[Desk], Awaitable[None]]) -> None:
    async def sit() -> None:
        desk = Desk()
        settled.connect(desk.heard)
        try:
            await work(desk)
        finally:
            await desk.writer.finish(PATIENCE)
            settled.disconnect(desk.heard)
            await asyncio.get_running_loop().run_in_executor(None, connections.close_all)

    asyncio.run(sit())


@pytest.fixture
def session() -> Session:
    """It runs, and memory knows the seats of all four."""
    return seated(unopened_session())


def seated(session: Session) -> Session:
    load_room(session.pk)
    started(session)
    assert all(outcome.ok for outcome in perform_many([asks(session)(seat, "Ho") for seat in range(1, 5)]))
    return session


def asks(session: Session) -> Callable[..., Wish]:
    """What makes wishes of its people without asking the database, which a loop may not do."""
    people = dict(session.participants.values_list("seat", "user_id"))

    def ask(seat: int, text: str, do: str = "stop") -> Wish:
        return Wish(session.pk, {"do": do, "text": text}, id=uuid.uuid4(), user_id=people[seat])

    return ask


def stops(session: Session) -> list[str]:
    return [stop.text for stop in load_room(session.pk).state.stops][4:]


def sound(session: Session) -> None:
    """What memory has is what the log says."""
    kept = _memory(load_room(session.pk))
    rooms.forget(session.pk)
    assert _memory(load_room(session.pk)) == kept


def test_wishes_are_done_in_the_order_in_which_they_came(session: Session) -> None:
    """Also where one of them takes the long way, as rows beside the log follow from it, and others come while it is away."""
    other = seated(unopened_session())
    words = [f"Stop {number}" for number in range(40)]

    ask, ask_other = asks(session), asks(other)

    async def work(desk: Desk) -> None:
        for number, text in enumerate(words):
            desk.put(ask(2, text), ask_other(3, text))
            if number == 10:
                desk.put(ask(2, "", do="agree"))
            if number % 7 == 0:
                await asyncio.sleep(0.002)
        assert all(outcome.ok for outcome in await desk.hears(2 * len(words) + 1))

    at_desk(work)
    assert stops(session) == stops(other) == words
    sound(session)
    sound(other)


def test_the_loop_goes_on_while_another_thread_has_the_rooms(session: Session) -> None:
    free, taken = threading.Event(), threading.Event()

    def keep() -> None:
        with rooms.turn:
            taken.set()
            free.wait(PATIENCE)

    ask = asks(session)

    async def work(desk: Desk) -> None:
        thread = threading.Thread(target=keep)
        thread.start()
        taken.wait(PATIENCE)
        desk.put(ask(2, "Even"), ask(2, "Stil"))
        await asyncio.sleep(0.05)  # the loop runs: this comes back
        assert desk.told == []
        free.set()
        assert [outcome.ok for outcome in await desk.hears(2)] == [True, True]
        thread.join()

    at_desk(work)
    assert stops(session) == ["Even", "Stil"]


def test_the_loop_goes_on_while_the_database_writes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who wishes something meanwhile in the same session comes afterwards; in another one it is decided already."""
    other = seated(unopened_session())
    ask, ask_other = asks(session), asks(other)
    free = threading.Event()
    at_once, under_lock = LoopLog.append_where_unmoved, log.append

    async def append_late(*arguments: Any) -> set[UUID]:
        await asyncio.get_running_loop().run_in_executor(None, free.wait, PATIENCE)
        return await at_once(*arguments)

    def append_under_lock_late(*arguments: Any) -> None:
        free.wait(PATIENCE)
        under_lock(*arguments)

    monkeypatch.setattr(LoopLog, "append_where_unmoved", append_late)
    monkeypatch.setattr(log, "append", append_under_lock_late)

    async def work(desk: Desk) -> None:
        desk.put(ask(2, "Een"))
        await asyncio.sleep(0.05)
        desk.put(ask(3, "Twee"), ask_other(2, "Ook"))
        await asyncio.sleep(0.05)
        assert desk.told == []
        free.set()
        assert all(outcome.ok for outcome in await desk.hears(3))

    at_desk(work)
    assert stops(session) == ["Een", "Twee"]
    assert stops(other) == ["Ook"]
    sound(session)


def test_a_line_to_the_database_that_broke_is_replaced(session: Session) -> None:
    """While it is idle as well as while an answer is awaited; nothing that was wished is lost."""
    ask = asks(session)

    async def work(desk: Desk) -> None:
        for number, text in enumerate(["Een", "Twee", "Drie", "Vier"]):
            desk.put(ask(2, text))
            if number == 1:
                cut(desk)
            assert (await desk.hears(number + 1))[-1].ok
            if number == 2:
                cut(desk)
                await asyncio.sleep(0.1)

    at_desk(work)
    assert stops(session) == ["Een", "Twee", "Drie", "Vier"]
    sound(session)


def cut(desk: Desk) -> None:
    """The database hangs up, where a loop has a line to it."""
    line = desk.writer._log._line
    if log.can_write_at_once():
        with socket.socket(fileno=os.dup(line.socket)) as ours:
            ours.shutdown(socket.SHUT_RDWR)


LATE = {  # what makes writing an entry fail; with PostgreSQL only at the commit, when its rows were told already
    "postgresql": """
        CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'too late'; END $$;
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON intervisie_entry
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION too_late()
    """,
    "sqlite": "CREATE TRIGGER late BEFORE INSERT ON intervisie_entry BEGIN SELECT RAISE(ABORT, 'too late'); END",
}
IN_TIME = {"postgresql": "DROP FUNCTION too_late CASCADE", "sqlite": "DROP TRIGGER late"}


def test_what_fails_at_the_commit_is_not_told_as_done(session: Session) -> None:
    ask, seq = asks(session), load_room(session.pk).seq

    async def work(desk: Desk) -> None:
        desk.put(ask(2, "Een"))
        assert [outcome.code for outcome in await desk.hears(1)] == ["busy"]

    with connection.cursor() as cursor:
        cursor.execute(LATE[connection.vendor])
        try:
            at_desk(work)
        finally:
            cursor.execute(IN_TIME[connection.vendor])
    assert rooms.peek(session.pk).seq == seq
    assert perform(ask(2, "Twee")).ok
    assert stops(session) == ["Twee"]


@pytest.mark.parametrize(
    "answer",
    [AsyncMock(return_value=set()), AsyncMock(side_effect=OperationalError)],
    ids=["moved", "failed"],
)
def test_what_could_not_be_written_at_once_is_decided_again(
    session: Session, monkeypatch: pytest.MonkeyPatch, answer: AsyncMock
) -> None:
    monkeypatch.setattr(LoopLog, "append_where_unmoved", answer)

    ask = asks(session)

    async def work(desk: Desk) -> None:
        desk.put(ask(2, "Een"))
        await asyncio.sleep(0)
        desk.put(ask(2, "Twee"), ask(3, "Drie"))
        assert all(outcome.ok for outcome in await desk.hears(3))

    at_desk(work)
    assert stops(session) == ["Een", "Twee", "Drie"]
    sound(session)


def test_who_was_removed_elsewhere_is_refused_and_holds_up_nobody(session: Session) -> None:
    session.participants.filter(seat=3).update(removed_at=timezone.now())  # nobody told this process

    ask = asks(session)

    async def work(desk: Desk) -> None:
        desk.put(ask(3, "Ik"), ask(2, "Jij"))
        assert [outcome.code for outcome in await desk.hears(2)] == ["not_in_session", ""]

    at_desk(work)
    assert stops(session) == ["Jij"]


def test_who_memory_does_not_know_yet_comes_through(session: Session) -> None:
    unknown = seated(unopened_session())
    rooms.forget(unknown.pk)
    rooms.peek(session.pk).seats.pop(session.participants.get(seat=4).user_id)

    ask, ask_unknown = asks(session), asks(unknown)

    async def work(desk: Desk) -> None:
        desk.put(
            ask_unknown(2, "Hier"),
            ask(2, "Een"),
            ask(4, "Twee"),
            ask(2, "Drie"),
        )
        assert all(outcome.ok for outcome in await desk.hears(4))

    at_desk(work)
    assert stops(session) == ["Een", "Twee", "Drie"]


def test_a_fault_in_one_batch_ends_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asked gets no answer and asks again, with the same id."""
    ask = asks(session)
    one = ask(2, "Een")

    async def work(desk: Desk) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(LoopLog, "append_where_unmoved", AsyncMock(side_effect=ZeroDivisionError))
            broken.setattr(log, "lock_and_read", Mock(side_effect=ZeroDivisionError))
            desk.put(one)
            await asyncio.sleep(0.1)
        desk.put(one)
        assert [outcome.ok for outcome in await desk.hears(1)] == [True]

    at_desk(work)
    assert stops(session) == ["Een"]


def test_what_waits_is_done_at_the_end(session: Session) -> None:
    ask = asks(session)

    async def work(desk: Desk) -> None:
        desk.put(
            *(ask(2, f"Stop {number}") for number in range(5)), ask(2, "", do="agree"), ask(2, "Nog een")
        )
        await desk.writer.finish(PATIENCE)
        assert len(desk.told) == 7

    at_desk(work)


def test_long_logs_get_a_snapshot(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intervisie.actions.snapshots.SNAPSHOT_EVERY", load_room(session.pk).seq + 3)

    ask = asks(session)

    async def work(desk: Desk) -> None:
        desk.put(*(ask(2, f"Stop {number}") for number in range(5)))
        await desk.hears(5)

    at_desk(work)
    assert Snapshot.objects.filter(session=session).exists()
    known = load_room(session.pk).state
    rooms.forget(session.pk)
    assert load_room(session.pk).state == known


def test_what_is_erased_meanwhile_comes_back_in_no_snapshot(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intervisie.actions.snapshots.SNAPSHOT_EVERY", load_room(session.pk).seq + 1)
    taken = rooms.snapshot_of

    def erased_then(room: rooms.Room) -> bytes:
        payload = taken(room)
        Session.objects.filter(pk=session.pk).update(status=SessionStatus.ERASED, head=0)
        return payload

    monkeypatch.setattr(rooms, "snapshot_of", erased_then)
    ask = asks(session)

    async def work(desk: Desk) -> None:
        desk.put(ask(2, "Een"))
        assert [outcome.ok for outcome in await desk.hears(1)] == [True]

    at_desk(work)
    assert Session.objects.get(pk=session.pk).status == SessionStatus.ERASED
    assert not Snapshot.objects.filter(session=session).exists()


def test_a_database_that_does_not_answer_is_asked_again_and_does_it_once(
    session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What was given up may be written after all: then its id tells."""
    monkeypatch.setattr(on_loop, "PATIENCE", 0.1)
    ask = asks(session)
    waits = log.can_write_at_once()  # SQLite in memory refuses where PostgreSQL waits for a lock
    locked, done = threading.Event(), threading.Event()

    def lock() -> None:
        with transaction.atomic():
            Session.objects.filter(pk=session.pk).update(title="Bezet")
            locked.set()
            done.wait(PATIENCE)
        connection.close()

    async def work(desk: Desk) -> None:
        thread = threading.Thread(target=lock)
        if waits:
            thread.start()
            locked.wait(PATIENCE)
        desk.put(ask(2, "Een"))
        await asyncio.sleep(0.4)
        desk.put(ask(2, "Twee"))
        assert not (waits and desk.told)
        done.set()
        assert [outcome.ok for outcome in await desk.hears(2)] == [True, True]
        if waits:
            thread.join()

    at_desk(work)
    assert stops(session) == ["Een", "Twee"]
    assert ("Not written at once" in caplog.text) == waits
    sound(session)
