"""The statements of the log in SQL, as each kind of database takes them (docs/decisions/0006)."""

# ruff: noqa: S608 - the only texts put into these statements are names of our own tables

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakSet

from django.contrib.auth import get_user_model
from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

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


class Sqlite:
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


class Postgres:
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


def dialect() -> Any:
    """That of the database in use."""
    return Postgres if connection.vendor == "postgresql" else Sqlite
