"""The few statements behind every contribution, in plain SQL that both databases speak.

They run hundreds of times a second, where building the same query with the ORM costs more than running
it, and PostgreSQL gets those that can go together in one go (docs/decisions/0006). Locking and appending under lock belong in
the transaction of `perform_many`; `append_where_unmoved` is one of its own.
"""

# ruff: noqa: S608 - the only texts put into these statements are names of our own tables

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakSet

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Entry, Participant, Session
from tafelronde.accounts.models import LogIn

_SESSION = Session._meta.db_table
_PARTICIPANT = Participant._meta.db_table
_ENTRY = Entry._meta.db_table
_PERSON = get_user_model()._meta.db_table
_LOGIN = LogIn._meta.db_table

_HEADS = f"SELECT id, head FROM {_SESSION} WHERE id {{among}} AND status NOT IN (%s, %s) ORDER BY id {{lock}}"
_MAY = "p.invitation = %s AND p.removed_at IS NULL AND u.is_active"
_SEATS = (
    f"SELECT p.session_id, p.user_id, p.seat FROM {_PARTICIPANT} p JOIN {_PERSON} u ON u.id = p.user_id"
    f" WHERE p.session_id {{sessions}} AND p.user_id {{people}} AND {_MAY}"
)
_LOGINS = f"SELECT session_key FROM {_LOGIN} WHERE session_key {{among}} AND expire_date > %s"
BINARY = Format.BINARY
_APPEND = f"INSERT INTO {_ENTRY} (session_id, seq, at, kind, command, payload) {{rows}}"


class NewEntry(NamedTuple):
    """One row of the log, in the order of its columns."""

    session_id: UUID
    seq: int
    at: datetime
    kind: str
    command: UUID | None
    payload: bytes


class Written(NamedTuple):
    """One entry of the log as it is read back."""

    session_id: UUID
    seq: int
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
    read_newer = (
        f"SELECT e.session_id, e.seq, e.command, e.payload FROM {_ENTRY} e"
        " JOIN (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS seq FROM json_each(%s)) known"
        " ON e.session_id = known.id AND e.seq > known.seq ORDER BY e.session_id, e.seq"
    )
    insert = _APPEND.format(rows="VALUES (%s, %s, %s, %s, %s, %s)")
    update = f"UPDATE {_SESSION} SET head = %s WHERE id = %s"

    @staticmethod
    def uuid(value: Any) -> UUID:
        return UUID(value)

    @classmethod
    def newer(cls, known: Mapping[UUID, int]) -> Iterator[tuple[UUID, int, UUID | None, bytes]]:
        pairs = json.dumps([[pk.hex, number] for pk, number in known.items()])
        for pk, seq, command, payload in cls.ask((cls.read_newer, [pairs]))[0]:
            yield UUID(pk), seq, UUID(command) if command else None, payload

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

    # What is asked most is prepared once on each connection, and planned once whatever is asked: to plan it costs more than to run
    # it. The names begin with the table, see front/changes.py.
    #
    # Decided on memory, written where memory is right. One statement is one transaction, with one wait for it. What is asked
    # of each person stands in a scalar subquery: that is looked up by index, where EXISTS would read whole tables. So would
    # a plain join for what is newer: of the log. OFFSET 0 keeps what is looked up for each session by itself.
    prepare = f"""
        SET plan_cache_mode = force_generic_plan;
        PREPARE {_ENTRY}_append AS
        WITH wrong AS MATERIALIZED (
            SELECT r.session_id
            FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[]) AS r (session_id, user_id, seat, login)
            WHERE r.seat IS DISTINCT FROM (
                SELECT p.seat FROM {_PARTICIPANT} p JOIN {_PERSON} u ON u.id = p.user_id
                WHERE p.session_id = r.session_id AND p.user_id = r.user_id AND {_MAY % "$5"}
            ) OR r.login IS DISTINCT FROM (
                SELECT l.session_key FROM {_LOGIN} l WHERE l.session_key = r.login AND l.expire_date > $6
            )
        ),
        held AS (
            SELECT s.id, a.next FROM {_SESSION} s JOIN unnest($7::uuid[], $8::int[], $9::int[]) AS a (id, head, next)
                ON a.id = s.id AND a.head = s.head
            WHERE s.status NOT IN ($10, $11) AND s.id NOT IN (SELECT session_id FROM wrong)
            ORDER BY s.id FOR UPDATE OF s
        ),
        written AS (
            INSERT INTO {_ENTRY} (session_id, seq, at, kind, command, payload)
            SELECT e.* FROM unnest(
                $12::uuid[], $13::int[], $14::timestamptz[], $15::text[], $16::uuid[], $17::bytea[]
            ) AS e (session_id, seq, at, kind, command, payload) JOIN held ON held.id = e.session_id
        ),
        moved AS (
            UPDATE {_SESSION} s SET head = held.next FROM held WHERE s.id = held.id AND held.next > s.head
        )
        SELECT id FROM held;
        PREPARE {_ENTRY}_newer AS
        SELECT e.* FROM unnest($1::uuid[], $2::int[]) AS known (id, seq) CROSS JOIN LATERAL (
            SELECT session_id, seq, command, payload FROM {_ENTRY}
            WHERE session_id = known.id AND seq > known.seq OFFSET 0
        ) AS e ORDER BY e.session_id, e.seq
    """
    prepared: WeakSet[Any] = WeakSet()  # connections that know both

    @staticmethod
    def uuid(value: Any) -> UUID:
        return value  # type: ignore[no-any-return]

    @classmethod
    def newer(cls, known: Mapping[UUID, int]) -> Iterator[tuple[UUID, int, UUID | None, bytes]]:
        for pk, seq, command, payload in cls.run("newer", [cls.many(known), cls.many(known.values())]):
            yield UUID(bytes=pk), int.from_bytes(seq), UUID(bytes=command) if command else None, payload

    @staticmethod
    def many(values: Iterable[object]) -> str:
        """Numbers, ids and words; none of them has a quote or a backslash in it."""
        return "{" + ",".join([_in_array(value) for value in values]) + "}"

    @staticmethod
    def moment(value: datetime) -> datetime:
        return value

    @classmethod
    def ask(cls, *questions: tuple[str, Sequence[Any]]) -> list[list[tuple]]:
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
    def get_ready(cls) -> None:
        """Prepares what is asked most, where this connection does not know it."""
        connection.ensure_connection()
        if connection.connection not in cls.prepared:
            with connection.cursor() as cursor:
                cursor.execute(cls.prepare)
            cls.prepared.add(connection.connection)

    @classmethod
    def run(cls, name: str, values: Iterable[object]) -> list[list[Any]]:
        """Runs what is prepared, on libpq itself: with a cursor around it that takes several times as much of the processor.

        Returns rows of values in PostgreSQL's binary form, as bytes, and None for null. Raises what a cursor would.
        """
        cls.get_ready()
        with connection.wrap_database_errors:
            return cls.rows(
                connection.connection.pgconn.exec_prepared(*cls.call(name, values), result_format=BINARY)
            )

    @staticmethod
    def call(name: str, values: Iterable[object]) -> tuple[bytes, list[bytes]]:
        """What is prepared and its values, as libpq takes them."""
        return f"{_ENTRY}_{name}".encode(), [str(value).encode() for value in values]

    @staticmethod
    def rows(result: PGresult) -> list[list[Any]]:
        """The rows of a result. Raises psycopg's errors."""
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result)
        columns = range(result.nfields)
        return [[result.get_value(row, column) for column in columns] for row in range(result.ntuples)]

    @classmethod
    def write(cls, entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
        values = cls.columns(entries) + [cls.many(column) for column in zip(*heads, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(f"{cls.insert}; {cls.update}", values)

    @classmethod
    def columns(cls, entries: Sequence[NewEntry]) -> list[str]:
        if not entries:
            return ["{}"] * len(NewEntry._fields)
        *others, payloads = zip(*entries, strict=True)
        raw = [rf"\\x{payload.hex()}" for payload in payloads]  # a backslash, escaped for the array
        return [cls.many(column) for column in (*others, raw)]


def _in_array(value: object) -> str:
    if type(value) is UUID:
        return value.hex  # in a third of the time that str() takes
    return "NULL" if value is None else f'"{value}"'


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


def newer(known: Mapping[UUID, int]) -> list[Written]:
    """All entries after the numbers that are known, by session and in order."""
    return [Written(*row) for row in _dialect().newer(known)] if known else []


def append(entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
    """Writes entries at the end of their sessions' logs and sets the newest number of each session.

    Raises IntegrityError where a number is taken.
    """
    _dialect().write(entries, heads)


def can_write_at_once() -> bool:
    """Whether `append_where_unmoved` is there: on PostgreSQL, outside a transaction. SQLite has nothing to wait for."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def append_where_unmoved(
    entries: Sequence[NewEntry],
    heads: Sequence[tuple[UUID, int, int]],
    assumed: Collection[tuple[UUID, int, int, str | None]],
) -> set[UUID]:
    """Appends entries in a transaction of its own where everything they were decided on still holds.

    `heads`: (session, number of its newest entry, what that number becomes); `assumed`: (session, person, seat, log-in
    or None) that must be true. Returns the sessions of which all of it held, those without entries too; in the others
    nothing was written.
    """
    return _sessions(_Postgres.run("append", _append_values(entries, heads, assumed)))


def own_connection() -> PGconn:
    """The connection of this thread, ready for `append_call`. Raises django.db.Error where the database is away."""
    _Postgres.get_ready()
    return connection.connection.pgconn  # type: ignore[no-any-return]


def append_call(
    entries: Sequence[NewEntry],
    heads: Sequence[tuple[UUID, int, int]],
    assumed: Collection[tuple[UUID, int, int, str | None]],
) -> tuple[bytes, list[bytes]]:
    """`append_where_unmoved` for who sends it to libpq: the name of what is prepared, and the values. `appended` reads the answer."""
    return _Postgres.call("append", _append_values(entries, heads, assumed))


def appended(result: PGresult) -> set[UUID]:
    """The sessions of which all held. Raises psycopg.Error where the statement failed."""
    return _sessions(_Postgres.rows(result))


def _append_values(
    entries: Sequence[NewEntry],
    heads: Sequence[tuple[UUID, int, int]],
    assumed: Collection[tuple[UUID, int, int, str | None]],
) -> list[object]:
    us = _Postgres
    people = zip(*assumed, strict=True) if assumed else ((),) * 4
    return [
        *(us.many(column) for column in people),
        Invitation.ACCEPTED,
        timezone.now(),
        *(us.many(column) for column in zip(*heads, strict=True)),
        SessionStatus.CANCELLED,
        SessionStatus.ERASED,
        *us.columns(entries),
    ]


def _sessions(rows: Iterable[list[bytes]]) -> set[UUID]:
    return {UUID(bytes=pk) for (pk,) in rows}
