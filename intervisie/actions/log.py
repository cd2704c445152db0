"""The few statements behind every contribution, in plain SQL that both databases speak.

They run hundreds of times a second under one lock, where building the same query with the ORM costs more than running
it (docs/decisions/0006). All of them are called within the transaction of `perform_many`.
"""

# ruff: noqa: S608 - the only texts put into these statements are names of our own tables and marks

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Entry, Participant, Session
from tafelronde.accounts.models import LogIn

_SESSION = Session._meta.db_table
_PARTICIPANT = Participant._meta.db_table
_ENTRY = Entry._meta.db_table
_PERSON = get_user_model()._meta.db_table
_LOGIN = LogIn._meta.db_table
_uuid = Session._meta.pk


class NewEntry(NamedTuple):
    """One row of the log, in the order of its columns."""

    session_id: UUID
    seq: int
    at: datetime
    kind: str
    command: UUID | None
    payload: bytes


def lock_heads(session_ids: Collection[UUID]) -> list[tuple[UUID, int]]:
    """Id and head of the sessions that can still change, locked in one order for all. SQLite's lock is the transaction's."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = _rows(
        f"SELECT id, head FROM {_SESSION} WHERE id IN ({_marks(session_ids)}) AND status NOT IN (%s, %s)"
        f" ORDER BY id{lock}",
        [*map(_key, session_ids), SessionStatus.CANCELLED, SessionStatus.ERASED],
    )
    return [(_to_uuid(pk), head) for pk, head in rows]


def fresh_seats(session_ids: Collection[UUID], people: Collection[int]) -> dict[tuple[UUID, int], int]:
    """(session, person) → seat, for who accepted, was not removed and has a live account."""
    rows = _rows(
        f"SELECT p.session_id, p.user_id, p.seat FROM {_PARTICIPANT} p JOIN {_PERSON} u ON u.id = p.user_id"
        f" WHERE p.session_id IN ({_marks(session_ids)}) AND p.user_id IN ({_marks(people)})"
        " AND p.invitation = %s AND p.removed_at IS NULL AND u.is_active",
        [*map(_key, session_ids), *people, Invitation.ACCEPTED],
    )
    return {(_to_uuid(session_id), person): seat for session_id, person, seat in rows}


def live_logins(keys: Collection[str]) -> set[str]:
    """Those of these log-ins that still are."""
    rows = _rows(
        f"SELECT session_key FROM {_LOGIN} WHERE session_key IN ({_marks(keys)}) AND expire_date > %s",
        [*keys, connection.ops.adapt_datetimefield_value(timezone.now())],
    )
    return {key for (key,) in rows}


def append(entries: Iterable[NewEntry]) -> None:
    """Writes entries at the end of their sessions' logs. Raises IntegrityError where a number is taken."""
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_ENTRY} (session_id, seq, at, kind, command, payload) VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (
                    _key(entry.session_id),
                    entry.seq,
                    moment(entry.at),
                    entry.kind,
                    _key(entry.command),
                    entry.payload,
                )
                for entry in entries
            ],
        )


def move_heads(heads: Sequence[tuple[UUID, int]]) -> None:
    """Sets the newest number of each session."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_SESSION} SET head = %s WHERE id = %s", [(head, _key(pk)) for pk, head in heads]
        )


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _key(value: UUID | None) -> Any:
    """A UUID as this database stores it."""
    return None if value is None else _uuid.get_db_prep_value(value, connection)


def _to_uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
