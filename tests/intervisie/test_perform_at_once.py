"""The one door again, outside a transaction: there PostgreSQL takes what memory suffices for in one statement."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, connection
from django.utils import timezone

from intervisie import rooms
from intervisie.actions import Wish, load_room, log, perform, perform_many
from intervisie.actions.dialects import Postgres
from intervisie.engine.commands import RaiseStop
from intervisie.models import Entry, Session
from tests.intervisie.test_perform import *  # noqa: F403
from tests.intervisie.test_perform import _fallen_behind, _memory, started, unopened_session, wish

pytestmark = pytest.mark.django_db(transaction=True)

BY_CURSOR = {"postgresql": 0, "sqlite": 7}  # SQLite: BEGIN, three questions, entries, heads, COMMIT
PREPARED = {"postgresql": ["append"], "sqlite": []}


def seats_known(session: Session) -> None:
    """Running, and everybody has wished something before."""
    started(session)
    outcomes = perform_many([wish(session, seat, "stop", text="Ho") for seat in range(1, 5)])
    assert all(outcome.ok for outcome in outcomes)


def test_what_memory_suffices_for_takes_one_statement(
    session: Session, django_assert_num_queries: Any, prepared: list[str]
) -> None:
    other = unopened_session()
    seats_known(session)
    seats_known(other)
    wishes = [
        wish(session, 2, "stop", text="Even"),
        wish(other, 3, "stop", text="Stil"),
        wish(session, 4, "start"),
    ]
    prepared.clear()
    with django_assert_num_queries(BY_CURSOR[connection.vendor]):
        outcomes = perform_many(wishes)
    assert prepared == PREPARED[connection.vendor]
    assert [outcome.code for outcome in outcomes[:2]] == ["", ""]
    assert not outcomes[2].ok
    for one in (session, other):
        room = rooms.peek(one.pk)
        assert room.seq == Session.objects.get(pk=one.pk).head == Entry.objects.filter(session=one).count()
        rooms.forget(one.pk)
        assert _memory(load_room(one.pk)) == _memory(room)


def test_who_was_removed_elsewhere_writes_nothing_and_holds_up_nobody(session: Session) -> None:
    other = unopened_session()
    seats_known(session)
    seats_known(other)
    session.participants.filter(seat=3).update(removed_at=timezone.now())  # nobody told this process
    gone, same_room, elsewhere = perform_many(
        [
            wish(session, 3, "stop", text="Ik"),
            wish(session, 2, "stop", text="Jij"),
            wish(other, 3, "stop", text="Wij"),
        ]
    )
    assert (gone.code, same_room.ok, elsewhere.ok) == ("not_in_session", True, True)
    said = [stop.text for stop in load_room(session.pk).state.stops]
    assert "Jij" in said and "Ik" not in said


def test_what_somebody_wrote_first_in_another_process_is_seen(session: Session) -> None:
    """Two sessions at once, memory behind in one of them: what is asked there is decided on what was written."""
    other = unopened_session()
    seats_known(other)
    stale, whole = _fallen_behind(session)
    stale.seats = dict(whole.seats)
    first, second = perform_many([wish(session, 1, "start"), wish(other, 1, "stop", text="Ho")])
    assert (first.ok, second.ok) == (False, True), "it had started"
    assert first.seq == whole.seq
    assert perform(wish(session, 2, "ready", on=True, id=uuid.uuid4())).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, lambda pk: load_room(pk)),
        (None, rooms.forget),
        (None, lambda pk: (rooms.forget(pk), load_room(pk))),
        (lambda pk: (rooms.forget(pk), load_room(pk)), None),
        (lambda pk: perform(Wish(pk, RaiseStop(4, "Eerst", False))), None),
        (lambda pk: (perform(Wish(pk, RaiseStop(4, "Eerst", False))), rooms.forget(pk)), None),
    ],
    ids=[
        "read-on",
        "let-go",
        "read-anew",
        "read-anew-before",
        "written-first",
        "written-first-and-let-go",
    ],
)
def test_rooms_are_free_while_the_database_writes(session: Session, monkeypatch, before, after) -> None:
    """Others may read the same room or change it meanwhile; each entry is in memory once, at its place in the log."""
    seats_known(session)
    write = log.append_where_unmoved

    def meanwhile(*arguments):
        monkeypatch.setattr(log, "append_where_unmoved", write)
        on_other_thread(before, session.pk)
        answer = write(*arguments)
        on_other_thread(after, session.pk)
        return answer

    monkeypatch.setattr(log, "append_where_unmoved", meanwhile)
    outcomes = perform_many([wish(session, 2, "stop", text="Even"), wish(session, 3, "stop", text="Stil")])
    assert all(outcome.ok for outcome in outcomes)
    room = rooms.peek(session.pk)
    assert room is None or room.seq == outcomes[-1].seq
    texts = [stop.text for stop in load_room(session.pk).state.stops]
    assert texts.count("Even") == texts.count("Stil") == 1
    kept = _memory(load_room(session.pk))
    rooms.forget(session.pk)
    assert _memory(load_room(session.pk)) == kept


def on_other_thread(work: Callable[[UUID], object] | None, session_id: UUID) -> None:
    """Does it where `rooms.turn` has to be asked for, and waits until it is done."""
    if work is not None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(with_own_connection, work, session_id).result(10)


def with_own_connection(work: Callable[[UUID], object], session_id: UUID) -> None:
    try:
        work(session_id)
    finally:
        connection.close()


def test_what_the_prepared_statement_fails_on_is_told_as_by_a_cursor(session: Session) -> None:
    """Only PostgreSQL has such statements; the connection counts as broken afterwards, so that it is not kept."""
    if log.can_write_at_once():
        with pytest.raises(Error):
            Postgres.run("no_such", [])
        assert connection.errors_occurred
    seats_known(session)
    assert perform(wish(session, 2, "stop", text="Toch")).ok
