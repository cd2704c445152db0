"""The one door: every wish stands alone, nothing happens twice, and rights are those of now."""

import json
import uuid
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intervisie import codec, engine, rooms
from intervisie.actions import Wish, load_room, log, perform, perform_many, read_on, remove_participant
from intervisie.actions.dialects import Postgres
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Entry, Participant, Session
from tafelronde.accounts.sessions import SessionStore
from tests.support.methods import method_json
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def unopened_session() -> Session:
    run = uuid.uuid4().hex[:6]
    people = [
        make_user(f"p{seat}.{run}@example.org", first_name=f"P{seat}", last_name="Tafel")
        for seat in range(1, 5)
    ]
    session = Session.objects.create(
        organiser=people[0],
        title="Proef",
        method_id="INC6",
        method=method_json("INC6"),
        starts_at=timezone.now(),
    )
    for seat, user in enumerate(people, start=1):
        Participant.objects.create(
            session=session,
            user=user,
            seat=seat,
            role=CastRole.FACILITATOR if seat == 1 else CastRole.MEMBER,
            invitation=Invitation.ACCEPTED,
        )
    return session


@pytest.fixture
def unopened() -> Session:
    """Four people who accepted; seat 1 facilitates. Nobody entered yet."""
    return unopened_session()


@pytest.fixture
def session(unopened: Session) -> Session:
    load_room(unopened.pk)
    return unopened


def wish(
    session: Session,
    seat: int,
    do: str,
    *,
    id: uuid.UUID | None = None,
    login: str | None = None,
    **more: Any,
) -> Wish:
    user_id = session.participants.get(seat=seat).user_id
    return Wish(session.pk, {"do": do, **more}, id=id or uuid.uuid4(), user_id=user_id, login=login)


def started(session: Session) -> None:
    outcomes = perform_many(
        [*(wish(session, seat, "agree") for seat in range(1, 5)), wish(session, 1, "start")]
    )
    assert all(outcome.ok for outcome in outcomes)


def test_a_batch_does_what_it_may_and_refuses_the_rest(session: Session) -> None:
    outcomes = perform_many([wish(session, 1, "agree"), wish(session, 2, "start"), wish(session, 3, "agree")])
    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    kinds = list(Entry.objects.filter(session=session).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["opened", "agreed", "agreed"]
    session.refresh_from_db()
    assert session.head == 3


def test_the_rows_beside_the_log_follow_it(session: Session) -> None:
    started(session)
    session.refresh_from_db()
    assert session.status == SessionStatus.RUNNING
    assert session.started_at is not None
    assert not session.participants.filter(agreed_at=None).exists()


def test_who_agrees_in_the_batch_that_opens_a_session_has_agreed(unopened: Session) -> None:
    assert perform(wish(unopened, 1, "agree")).ok
    assert list(unopened.participants.exclude(agreed_at=None).values_list("seat", flat=True)) == [1]


def test_handing_over_changes_the_rows_too(session: Session) -> None:
    started(session)
    assert perform(wish(session, 1, "hand_over", to=3)).ok
    roles = dict(session.participants.values_list("seat", "role"))
    assert (roles[1], roles[3]) == (CastRole.MEMBER, CastRole.FACILITATOR)


def test_a_command_that_comes_twice_happens_once(session: Session) -> None:
    same = uuid.uuid4()
    first, again = perform_many([wish(session, 2, "agree", id=same), wish(session, 2, "agree", id=same)])
    assert (first.ok, again.ok, again.repeated) == (True, True, True)
    rooms.forget(session.pk)
    assert perform(wish(session, 2, "agree", id=same)).repeated
    assert Entry.objects.filter(session=session, kind="agreed").count() == 1


def test_a_rebuilt_room_equals_the_one_in_memory(session: Session) -> None:
    started(session)
    floor = load_room(session.pk).state.tables[0].floor
    assert perform(wish(session, floor, "say", text="Mijn situatie")).ok
    room = load_room(session.pk)
    rooms.forget(session.pk)
    rebuilt = load_room(session.pk)
    assert rebuilt is not room
    assert _memory(rebuilt) == _memory(room)


def test_the_ops_since_a_cursor_bring_a_view_up_to_date(session: Session) -> None:
    room = load_room(session.pk)
    before = {seat: (room.cursor(seat), engine.view(room.state, seat)) for seat in range(1, 5)}
    started(session)
    for seat, (cursor, view) in before.items():
        ops = [json.loads(op) for op in load_room(session.pk).since(seat, cursor) or ()]
        assert engine.apply(view, ops) == engine.view(load_room(session.pk).state, seat)
    assert load_room(session.pk).since(1, 10_000) is None


def test_another_process_that_wrote_is_noticed(session: Session) -> None:
    """Memory counts only at the head: an entry that another process added is read before anything is decided."""
    stale = load_room(session.pk)
    old_state, old_seq = stale.state, stale.seq
    assert perform(wish(session, 1, "agree")).ok
    rooms.keep(rooms.Room(session.pk, old_state, old_seq))
    assert perform(wish(session, 1, "agree")).ok
    assert Entry.objects.filter(session=session, kind="agreed").count() == 1, "it was known to have agreed"
    assert load_room(session.pk).seq == old_seq + 1


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prepared statements that were run, which Django's own count of queries does not see."""
    names: list[str] = []
    run = Postgres.run

    def noted(name: str, values: Any) -> Any:
        names.append(name)
        return run(name, values)

    monkeypatch.setattr(Postgres, "run", noted)
    return names


def test_what_other_processes_wrote_in_many_sessions_is_read_at_once(
    prepared: list[str],
) -> None:
    """Memory is behind in two sessions, and has one as it is."""
    behind, level = [unopened_session(), unopened_session()], unopened_session()
    load_room(level.pk)
    stale, current = zip(*map(_fallen_behind, behind), strict=True)
    read_on([level.pk])  # where it is new to this connection, the statement is prepared
    prepared.clear()
    with CaptureQueriesContext(connection) as queries:
        read_on([session.pk for session in (*behind, level)])
    assert len(queries) + len(prepared) == 1
    for session, room, whole in zip(behind, stale, current, strict=True):
        assert rooms.peek(session.pk) is room
        assert _memory(room) == _memory(whole)


def test_what_other_processes_wrote_is_read_though_one_of_the_sessions_is_gone(session: Session) -> None:
    """In one that memory has, one that it does not have, one that is gone, and one that is asked for twice."""
    unknown = unopened_session()
    load_room(unknown.pk)
    rooms.forget(unknown.pk)
    stale, current = _fallen_behind(session)
    read_on([uuid.uuid4(), unknown.pk, session.pk, session.pk])
    assert rooms.peek(session.pk) is stale
    assert _memory(stale) == _memory(current)
    assert rooms.peek(unknown.pk).seq == 1


def test_what_is_wished_is_decided_on_what_other_processes_wrote(session: Session) -> None:
    """Also where nobody told this process of it."""
    stale, current = _fallen_behind(session)
    assert perform(wish(session, 2, "ready", on=True)).ok, "the session runs"
    assert (rooms.peek(session.pk), stale.seq) == (stale, current.seq + 1)


def test_an_entry_that_cannot_be_read_holds_up_no_other_session(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """As a process of newer code writes it, while this one is still to be restarted."""
    other = unopened_session()
    stale, current = _fallen_behind(other)
    unreadable, whole = _fallen_behind(session)
    Entry.objects.filter(session=session, seq=unreadable.seq + 1).update(
        payload=codec.encode([{"t": "whispered", "text": "geheim"}])
    )
    read_on([session.pk, other.pk])
    assert _memory(stale) == _memory(current)
    assert rooms.peek(session.pk) is unreadable and unreadable.seq < whole.seq
    assert "cannot be read" in caplog.text and "geheim" not in caplog.text


def test_a_database_that_is_away_costs_who_looks_on_no_more_than_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale, current = _fallen_behind(session)
    with monkeypatch.context() as away:
        away.setattr(log, "newer", Mock(side_effect=OperationalError))
        read_on([session.pk])
    assert stale.seq < current.seq
    read_on([session.pk])
    assert _memory(stale) == _memory(current)


def _fallen_behind(session: Session) -> tuple[rooms.Room, rooms.Room]:
    """The room in memory as it was before the session started, and how it is."""
    room = load_room(session.pk)
    streams = {seat: list(stream) for seat, stream in room.streams.items()}
    stale = rooms.Room(session.pk, room.state, room.seq, streams=streams, done=set(room.done))
    started(session)
    rooms.keep(stale)
    return stale, room


def _memory(room: rooms.Room) -> tuple[Any, ...]:
    return room.state, room.seq, room.streams, room.done


def test_what_was_made_for_one_step_never_lands_in_the_next(session: Session) -> None:
    started(session)
    floor = load_room(session.pk).state.tables[0].floor
    late = wish(session, floor, "say", text="Net te laat", visit=1)
    outcomes = perform_many([wish(session, 1, "advance", visit=1), late])
    assert [outcome.code for outcome in outcomes] == ["", "stale"]


def test_removal_holds_at_once(session: Session) -> None:
    started(session)
    participant = session.participants.get(seat=3)
    participant.removed_at = timezone.now()
    participant.save(update_fields=["removed_at"])
    remove_participant(session.pk, participant)
    assert perform(wish(session, 3, "stop", text="Ho", anonymous=False)).code == "not_in_session"


def test_somebody_inactive_is_refused(session: Session) -> None:
    user = session.participants.get(seat=2).user
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert perform(wish(session, 2, "agree")).code == "not_in_session"


def test_a_log_in_that_ended_is_refused(session: Session) -> None:
    store = SessionStore()
    store.create()
    assert perform(wish(session, 2, "agree", login=store.session_key)).ok
    store.delete()
    assert perform(wish(session, 3, "agree", login=store.session_key)).code == "logged_out"


def test_a_stranger_is_refused(session: Session) -> None:
    stranger = make_user("vreemd@example.org")
    outcome = perform(Wish(session.pk, {"do": "agree"}, id=uuid.uuid4(), user_id=stranger.pk))
    assert outcome.code == "not_in_session"


def test_an_erased_session_takes_nothing(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(status=SessionStatus.ERASED)
    assert perform(wish(session, 2, "agree")).code == "no_session"


@pytest.mark.parametrize(
    "junk", [None, 7, "agree", [], {}, {"do": 1}, {"do": "mark"}, {"do": "vlieg"}, {"do": "say", "text": 3}]
)
def test_junk_is_refused_without_a_trace(session: Session, junk: Any) -> None:
    user_id = session.participants.get(seat=2).user_id
    outcome = perform(Wish(session.pk, junk, id=uuid.uuid4(), user_id=user_id))
    assert outcome.code == "malformed"
    assert Entry.objects.filter(session=session).count() == 1


def test_a_database_that_fails_gives_busy_and_forgets_what_was_not_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(log, "append", fails)
        outcomes = perform_many([wish(session, 1, "agree"), wish(session, 2, "agree")])
    assert [outcome.code for outcome in outcomes] == ["busy", "busy"]
    assert perform(wish(session, 1, "agree")).ok, "what was not written did not stay in memory"
