"""The few statements behind every contribution.

They run hundreds of times a second, where building the same query with the ORM costs more than running
it, and PostgreSQL gets those that can go together in one go (docs/decisions/0006). Locking and appending under lock belong in
one transaction; `append_where_unmoved` is one of its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg.pq.abc import PGconn, PGresult

from intervisie.actions.dialects import NewEntry, Postgres, dialect
from intervisie.enums import Invitation, SessionStatus


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


class Decided(NamedTuple):
    """Entries, and what they were decided on: `heads` (session, number of its newest entry, what that number becomes) and
    `assumed` (session, person, seat, log-in or None)."""

    entries: Sequence[NewEntry]
    heads: Sequence[tuple[UUID, int, int]]
    assumed: Collection[tuple[UUID, int, int, str | None]]


def lock_and_read(session_ids: Collection[UUID], people: Collection[int], logins: Collection[str]) -> Read:
    """Locks these sessions, in one order for all, and reads the rest afterwards. SQLite's lock is the transaction's."""
    us = dialect()
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
    return [Written(*row) for row in dialect().newer(known)] if known else []


def append(entries: Sequence[NewEntry], heads: Sequence[tuple[UUID, int]]) -> None:
    """Writes entries at the end of their sessions' logs and sets the newest number of each session.

    Raises IntegrityError where a number is taken.
    """
    dialect().write(entries, heads)


def can_write_at_once() -> bool:
    """Whether `append_where_unmoved` is there: on PostgreSQL, outside a transaction. SQLite has nothing to wait for."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def append_where_unmoved(decided: Decided) -> set[UUID]:
    """Appends entries in a transaction of its own where everything they were decided on still holds.

    Returns the sessions of which all of it held, those without entries too; in the others nothing was written.
    """
    return _sessions(Postgres.run("append", _append_values(decided)))


def own_connection() -> PGconn:
    """The connection of this thread, ready for `append_call`. Raises django.db.Error where the database is away."""
    Postgres.get_ready()
    return connection.connection.pgconn  # type: ignore[no-any-return]


def append_call(decided: Decided) -> tuple[bytes, list[bytes]]:
    """`append_where_unmoved` for who sends it to libpq: the name of what is prepared, and the values. `appended` reads the answer."""
    return Postgres.call("append", _append_values(decided))


def appended(result: PGresult) -> set[UUID]:
    """The sessions of which all held. Raises psycopg.Error where the statement failed."""
    return _sessions(Postgres.rows(result))


def _append_values(decided: Decided) -> list[object]:
    us = Postgres
    people = zip(*decided.assumed, strict=True) if decided.assumed else ((),) * 4
    return [
        *(us.many(column) for column in people),
        Invitation.ACCEPTED,
        timezone.now(),
        *(us.many(column) for column in zip(*decided.heads, strict=True)),
        SessionStatus.CANCELLED,
        SessionStatus.ERASED,
        *us.columns(decided.entries),
    ]


def _sessions(rows: Iterable[list[bytes]]) -> set[UUID]:
    return {UUID(bytes=pk) for (pk,) in rows}
