"""The statement behind most contributions, for an event loop: that waits for PostgreSQL as it does for clients, without a thread.

A thread that waits for it is in the way of the loop; docs/decisions/0006 has the figures.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

import psycopg
from django.db import OperationalError, connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from intervisie.actions import log
from intervisie.actions.dialects import BINARY

PATIENCE = 10.0  # seconds for an answer; then the line counts as dead, and all is decided again under lock

T = TypeVar("T")


class LoopLog:
    """One connection, for one statement at a time. Django opens and closes it, in a thread, as that may take long."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._keeper = ThreadPoolExecutor(1, "room-keeper")
        self._line: PGconn | None = None
        self._socket = -1
        self._answer: asyncio.Future[PGresult] | None = None
        self._result: PGresult | None = None

    async def append_where_unmoved(self, decided: log.Decided) -> set[UUID]:
        """As `log.append_where_unmoved`. Raises django.db.Error; whoever comes next gets a new connection then."""
        self._answer, self._result = self._loop.create_future(), None
        try:
            line = self._line or await self._open()
            line.send_query_prepared(*log.append_call(decided), result_format=BINARY)
            self._flush()
            async with asyncio.timeout(PATIENCE):
                return log.appended(await self._answer)
        except (psycopg.Error, TimeoutError) as fault:
            self._drop()
            raise OperationalError(type(fault).__name__) from fault
        finally:
            self._answer = None

    async def close(self) -> None:
        """Gives the connection back."""
        self._drop()
        await self._loop.run_in_executor(self._keeper, _close)

    async def _open(self) -> PGconn:
        line = await self._loop.run_in_executor(self._keeper, _new_connection)
        line.nonblocking = 1
        self._line, self._socket = line, line.socket
        self._loop.add_reader(self._socket, self._hear)
        return line

    def _drop(self) -> None:
        if self._line is not None:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._line = None

    def _flush(self) -> None:
        """Sends what libpq has; what the socket does not take now, when it can."""
        left = self._safely(self._line.flush) if self._line is not None else 0
        if left:
            self._loop.add_writer(self._socket, self._flush)
        else:
            self._loop.remove_writer(self._socket)

    def _hear(self) -> None:
        line = self._line
        if line is not None:
            self._safely(line.consume_input)
        while self._line is not None and not self._line.is_busy():
            result = self._line.get_result()
            if result is None:  # only now it is committed: rows come before that, and the commit may fail yet
                self._settle(self._result)
                return
            self._result = result
            if result.status != ExecStatus.TUPLES_OK:  # perhaps nothing comes after it
                self._settle(result)

    def _settle(self, result: PGresult | None) -> None:
        if result is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(result)

    def _safely(self, work: Callable[[], T]) -> T | None:
        """Does what fails where the database is gone, which whoever waits for an answer is told."""
        try:
            return work()
        except psycopg.Error as fault:
            self._drop()
            if self._answer is not None and not self._answer.done():
                self._answer.set_exception(fault)
            return None


def _new_connection() -> PGconn:
    _close()  # what there was failed
    return log.own_connection()


def _close() -> None:
    connection.close()  # the one of this thread
