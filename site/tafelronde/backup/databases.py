"""How each kind of database gives a copy of itself while it is in use, and takes one back."""

import re
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder

from tafelronde import env

PATIENCE = 3.0  # seconds


class Failed(Exception):
    """The database or one of its tools refused; the message says why."""


class Database(Protocol):
    """What a backup asks of a database."""

    kind: str

    def dump(self, target: Path) -> None:
        """Writes the database as it is at one moment."""

    def in_use(self) -> str:
        """Who else uses it, in words; empty where nobody does."""

    def load(self, source: Path) -> None:
        """Puts what `dump` wrote in the place of all there is; whole or not at all."""


def current() -> Database:
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def migrations() -> list[str]:
    """The migrations that the database has behind it."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def has_people() -> bool:
    """Whether anybody has an account; without one there is nothing yet that somebody could miss."""
    people = get_user_model()
    return people._meta.db_table in connection.introspection.table_names() and people.objects.exists()


class SQLite:
    kind = "sqlite"

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])

    def dump(self, target: Path) -> None:
        with (
            closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=60)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)  # in one go: in pieces it would begin anew with every write of the server
            copy.execute("PRAGMA journal_mode=DELETE")
            _check(copy)

    def in_use(self) -> str:
        return ""  # said by the lock on VAR_DIR

    def load(self, source: Path) -> None:
        with closing(sqlite3.connect(source)) as copy:
            _check(copy)
        connections.close_all()
        for ending in (
            "-wal",
            "-shm",
            "-journal",
        ):  # of the old file; read with the new one they would destroy it
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        source.replace(self.path)


def _check(copy: sqlite3.Connection) -> None:
    try:
        (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Failed("The SQLite database in it cannot be read.") from error
    if answer != "ok":
        raise Failed("The SQLite database in it is damaged.")


class PostgreSQL:
    kind = "postgresql"

    def __init__(self) -> None:
        # One connection and no pool, so that every other one is somebody else's.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["OPTIONS"].pop("pool", None)

    def dump(self, target: Path) -> None:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")

    def in_use(self) -> str:
        end = time.monotonic() + PATIENCE  # a process that has just ended leaves its connection for a moment
        while (others := self._others()) and time.monotonic() < end:
            time.sleep(0.2)
        return f"other connections to the database ({others})" if others else ""

    def _others(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            return int(cursor.fetchone()[0])

    def load(self, source: Path) -> None:
        script, clear = source.with_suffix(".sql"), source.with_suffix(".clear.sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source), connect=False)
        names = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
        drops = [f"DROP TABLE IF EXISTS {name} CASCADE;" for name in names]
        drops += [f"DROP ROUTINE IF EXISTS {signature} CASCADE;" for signature in _routines()]
        clear.write_text("\n".join(drops))
        connections.close_all()
        words = ("--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null")
        variables = ("--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse")
        _run("psql", *words, *variables, f"--file={clear}", f"--file={script}")


def _routines() -> list[str]:
    """Our own functions, such as those of triggers, with their arguments; not those of extensions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        return [signature for (signature,) in cursor.fetchall()]


def _run(tool: str, *words: str, connect: bool = True) -> None:
    """Runs a tool of PostgreSQL's client on our database. Raises Failed with what it said."""
    _check_version(tool)
    args, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, list(words))
    command = [tool, *(args[1:] if connect else words)]
    quiet = {"PGOPTIONS": "-c client_min_messages=warning"}
    done = subprocess.run(  # noqa: S603 (no shell; the words are ours)
        command, env=env.whole(**quiet, **(secrets or {})), capture_output=True, text=True
    )
    if done.returncode:
        raise Failed(f"{tool} failed: {done.stderr.strip() or 'without a word'}")


def _check_version(tool: str) -> None:
    connection.ensure_connection()
    server = connection.pg_version // 10000  # type: ignore[attr-defined]
    try:
        said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        raise Failed(
            f"{tool} is missing. Install the client of PostgreSQL {server} (Debian: postgresql-client-{server})."
        ) from None
    version = int((re.search(r"(\d+)", said) or ["0"])[0])
    if version < server:
        raise Failed(
            f"{tool} is of version {version}, the server of version {server}. Install the client of PostgreSQL {server}."
        )
