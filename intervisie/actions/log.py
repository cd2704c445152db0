"""The few statements behind every contribution, in plain SQL that both databases speak.

They run hundreds of times a second under one lock, where building the same query with the ORM costs more than running
it, and PostgreSQL gets those that can go together in one go (docs/decisions/0006). Called within the transaction of
`perform_many`.
"""

# ruff: noqa: S608 - the only texts put into these statements are names of our own tables

import json
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

_HEADS = f"SELECT id, head FROM {_SESSION} WHERE id {{among}} AND status NOT IN (%s, %s) ORDER BY id {{lock}}"
_SEATS = (
    f"SELECT p.session_id, p.user_id, p.seat FROM {_PARTICIPANT} p JOIN {_PERSON} u ON u.id = p.user_id"
    " WHERE p.session_id {sessions} AND p.user_id {people}"
    " AND p.invitation = %s AND p.removed_at IS NULL AND u.is_active"
)
_LOGINS = f"SELECT session_key FROM {_LOGIN} WHERE session_key {{among}} AND expire_date > %s"
_APPEND = f"INSERT INTO {_ENTRY} (session_id, seq, at, kind, command, payload) {{rows}}"


class NewEntry(NamedTuple):
    """One row of the log, in the order of its columns."""

    session_id: UUID
    seq: int
    at: datetime
    kind: str
    command: UUID | None
    payload: bytes


class Read(NamedTuple):
    """What a batch is decided on: (session, head) of those that can still change, (session, person) → seat of who
    accepted, was not removed and has a live account, and the log-ins that still are."""

    heads: list[tuple[UUID, int]]
    seats: dict[tuple[UUID, int], int]
    logins: set[str]


class _Sqlite:
    """A list of values is one parameter, as JSON: the text of a statement stays the same, and is read once."""

    among = "IN (SELECT value FROM json_each(%s))"
    heads = _HEADS.format(among=among, lock="")
    seats = _SEATS.format(sessions=among, people=among)
    logins = _LOGINS.format(among=among)
    insert = _APPEND.format(rows="VALUES (%s, %s, %s, %s, %s, %s)")
    update = f"UPDATE {_SESSION} SET head = %s WHERE id = %s"

    @staticmethod
    def uuid(value: Any) -> UUID:
        return UUID(value)

    @staticmethod
    def many(values: Iterable[object]) -> str:
        return json.dumps([value.hex if isinstance(value, UUID) else value for value in values])

    @staticmethod
    def moment(value: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(value)

    @staticmethod
    def ask(*questions: tuple[str, Sequence[Any]]) -> list[list[tuple]]:
        with connection.cursor() as cursor:
            return [cursor.execute(text, values).fetchall() for text, values in questions]

    @classmethod
    def write(cls, entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
        rows = [
            (
                one.session_id.hex,
                one.seq,
                cls.moment(one.at),
                one.kind,
                one.command and one.command.hex,
                one.payload,
            )
            for one in entries
        ]
        with connection.cursor() as cursor:
            cursor.executemany(cls.insert, rows)
            cursor.executemany(cls.update, [(head, pk.hex) for pk, head in heads])


class _Postgres:
    """A list of values is one parameter, as the text of an array, and statements go off together: one wait, not three."""

    heads = _HEADS.format(among="= ANY(%s::uuid[])", lock="FOR UPDATE")
    seats = _SEATS.format(sessions="= ANY(%s::uuid[])", people="= ANY(%s::bigint[])")
    logins = _LOGINS.format(among="= ANY(%s::text[])")
    insert = _APPEND.format(
        rows="SELECT * FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::text[], %s::uuid[], %s::bytea[])"
    )
    update = (
        f"UPDATE {_SESSION} SET head = v.head FROM unnest(%s::uuid[], %s::int[]) AS v (id, head)"
        f" WHERE {_SESSION}.id = v.id"
    )

    @staticmethod
    def uuid(value: Any) -> UUID:
        return value  # type: ignore[no-any-return]

    @staticmethod
    def many(values: Iterable[object]) -> str:
        """Numbers, ids and words; none of them has a quote or a backslash in it."""
        return "{" + ",".join(["NULL" if value is None else f'"{value}"' for value in values]) + "}"

    @staticmethod
    def moment(value: datetime) -> datetime:
        return value

    @staticmethod
    def ask(*questions: tuple[str, Sequence[Any]]) -> list[list[tuple]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "; ".join([text for text, _ in questions]),
                [value for _, values in questions for value in values],
            )
            rows = [cursor.fetchall()]
            while cursor.nextset():
                rows.append(cursor.fetchall())
            return rows

    @classmethod
    def write(cls, entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
        sessions, numbers, moments, kinds, commands, payloads = zip(*entries, strict=True)
        raw = [rf"\\x{payload.hex()}" for payload in payloads]  # a backslash, escaped for the array
        columns = [sessions, numbers, moments, kinds, commands, raw, *zip(*heads, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(f"{cls.insert}; {cls.update}", [cls.many(column) for column in columns])


def _dialect() -> Any:
    return _Postgres if connection.vendor == "postgresql" else _Sqlite


def lock_and_read(session_ids: Collection[UUID], people: Collection[int], logins: Collection[str]) -> Read:
    """Locks these sessions, in one order for all, and reads the rest afterwards. SQLite's lock is the transaction's."""
    us = _dialect()
    ids = us.many(session_ids)
    heads, seats, live = us.ask(
        (us.heads, [ids, SessionStatus.CANCELLED, SessionStatus.ERASED]),
        (us.seats, [ids, us.many(people), Invitation.ACCEPTED]),
        (us.logins, [us.many(logins), us.moment(timezone.now())]),
    )
    return Read(
        [(us.uuid(pk), head) for pk, head in heads],
        {(us.uuid(session_id), person): seat for session_id, person, seat in seats},
        {key for (key,) in live},
    )


def append(entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
    """Writes entries at the end of their sessions' logs and sets the newest number of each session.

    Raises IntegrityError where a number is taken.
    """
    _dialect().write(entries, heads)
