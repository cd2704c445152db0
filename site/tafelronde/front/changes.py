"""A mark that is another one after every change that a visitor may see, for all processes of the site at once.

Any statement that writes counts, but for the tables that no page for visitors shows: a table that nobody thought of
here costs a page that is drawn once too often, and never one that is out of date. It counts when it is committed.
"""

import logging
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import redis
import redis.asyncio
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

KEY = "tafelronde:changes"
PATIENCE = 0.5  # seconds for any one answer of Redis
PAUSE = 2.0  # seconds for which it is left alone after a failure

_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA", "SET", "DECLARE", "FETCH", "CLOSE")
# What is prepared has a name that begins with the table that it writes.
_TABLE = re.compile(
    r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|PREPARE|EXECUTE)\s+"?(\w+)', re.IGNORECASE
)
# Log-ins, mail, jobs, live sessions, drafts and logs of the desk, search: written often, in no page for visitors.
_UNSEEN = re.compile(
    r"accounts_login|account_|mfa_|socialaccount_|django_|post_|intervisie_|search_|wagtailsearch_|wagtailadmin_"
    r"|wagtailcore_(?:revision|pagelogentry|modellogentry|comment|pagesubscription|task|workflow)"
)


class Changes(Protocol):
    async def mark(self) -> str | None:
        """The mark as it is now; None where it cannot be known."""

    def move_on(self) -> None:
        """From now on the mark is another one."""


class ChangesInFile:
    """For all processes on one machine: the mark is the length of a file, which grows by a byte with each change."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def mark(self) -> str | None:
        try:
            return str(os.stat(self._path).st_size)  # noqa: PTH116 (asked for with every page)
        except FileNotFoundError:
            return "0"

    def move_on(self) -> None:
        with self._path.open("ab") as file:
            file.write(b".")


class ChangesInRedis:
    """For processes anywhere. While Redis is away nobody knows the mark; a change of that time is told afterwards."""

    def __init__(self, url: str) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        self._writer = redis.Redis.from_url(url, retry=None, **patience)
        self._reader = redis.asyncio.Redis.from_url(url, retry=None, decode_responses=True, **patience)
        self._untold = False
        self._ask_again_at = 0.0

    async def mark(self) -> str | None:
        if time.monotonic() < self._ask_again_at:
            return None
        try:
            if self._untold:
                await self._reader.set(KEY, secrets.token_hex(8))
                self._untold = False
            return await self._reader.get(KEY) or await self._first()
        except (redis.RedisError, OSError):
            self._ask_again_at = time.monotonic() + PAUSE
            return None

    async def _first(self) -> str | None:
        """A Redis that has forgotten all gets a mark that was never there before."""
        await self._reader.set(KEY, secrets.token_hex(8), nx=True)
        return await self._reader.get(KEY)

    def move_on(self) -> None:
        try:
            self._writer.set(KEY, secrets.token_hex(8))
        except (redis.RedisError, OSError) as fault:
            self._untold = True
            logger.warning("A change could not be told to other processes: %s", type(fault).__name__)


class NoChanges:
    """Where other processes may write and nothing connects them: the mark is never known."""

    async def mark(self) -> str | None:
        return None

    def move_on(self) -> None:
        pass


@cache
def changes() -> Changes:
    """Those of this site."""
    if settings.REDIS_URL:
        return ChangesInRedis(settings.REDIS_URL)
    return ChangesInFile(settings.VAR_DIR / "changes") if settings.EMBEDDED else NoChanges()


def is_seen(sql: str) -> bool:
    """Whether this statement may change what a visitor sees."""
    if sql.lstrip("( \n").upper().startswith(_READS):  # what is joined may begin with a bracket
        return False
    table = _TABLE.match(sql)
    return table is None or not _UNSEEN.match(table[1])


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Called with every new connection to the database."""
    if _watched not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watched)


def _watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if is_seen(sql):
        connection = context["connection"]
        connection.has_untold_change = True
        tell = partial(_tell, connection)
        connection.on_commit(tell, robust=True) if connection.in_atomic_block else tell()
    return result


def _tell(connection: Any) -> None:
    """Once, however many statements a transaction had. A full disk is no reason to fail: pages are kept for a minute."""
    if connection.has_untold_change:
        connection.has_untold_change = False
        with suppress(OSError):
            changes().move_on()
