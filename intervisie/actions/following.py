"""Rows that follow the log: what lists and rules ask of a session without reading what was said in it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from intervisie.engine import State
from intervisie.enums import SessionStatus
from intervisie.models import Participant, Session

Update = Callable[[], object]


def following(session_id: UUID, before: State | None, after: State | None, at: datetime) -> list[Update]:
    """What brings status, roles and agreements up to date with what happened between two states, the last of it at `at`.

    To be called within the transaction that writes what happened; mostly there is nothing to call.
    """
    return [] if after is None else list(_following(session_id, before, after, at))


def _following(session_id: UUID, before: State | None, after: State, at: datetime) -> Iterator[Update]:
    if before is None or after.phase != before.phase:
        yield partial(_write_phase, session_id, after, at)
    if before is None or after.people is not before.people:
        if agreed := _agreed(after) - _agreed(before):
            yield partial(_seats(session_id, *agreed).update, agreed_at=at)
        for seat, cast in _recast(before, after).items():
            yield partial(_seats(session_id, seat).update, role=cast)
    if (
        before is not None
        and after.tables is not before.tables
        and (new := _bringers(after) - _bringers(before))
    ):
        yield partial(_seats(session_id, *new).update, brought=True)


def _seats(session_id: UUID, *seats: int) -> QuerySet[Participant]:
    return Participant.objects.filter(session_id=session_id, seat__in=seats)


def _write_phase(session_id: UUID, state: State, at: datetime) -> None:
    row = Session.objects.filter(pk=session_id)
    if state.phase == "running":
        row.update(status=SessionStatus.RUNNING)
        row.filter(started_at=None).update(started_at=at)  # a step back from the closing is no new beginning
    elif state.phase == "ended":
        row.update(status=SessionStatus.ENDED, ended_at=at)
        for seat, day in _promised_days(state).items():
            _seats(session_id, seat).update(intention_on=day)


def _promised_days(state: State) -> dict[int, str]:
    """Seat → the day by which they meant to do what they promised; the last one counts. The day alone, not the words."""
    promises = (item for item in state.items.values() if item.kind == "intention" and not item.withdrawn)
    return {item.by: item.date for item in promises if item.date}


def _recast(before: State | None, after: State) -> dict[int, str]:
    """Seat → what they are asked for now, where that changed: the lead was handed over."""
    known = before.people if before else {}
    return {
        seat: person.cast
        for seat, person in after.people.items()
        if seat in known and person.cast != known[seat].cast
    }


def _bringers(state: State) -> set[int]:
    return {table.bringer for table in state.tables if table.bringer is not None}


def _agreed(state: State | None) -> set[int]:
    return {seat for seat, person in state.people.items() if person.agreed} if state else set()
