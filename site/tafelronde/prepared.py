"""Queries that are written once and asked often: for a small page Django takes longer to write its SQL than the database to answer.

`@prepared` goes around a function that makes a queryset out of what is given. It is called once, with a stand-in for each
value; from then on only the values change. So what it is given may stand in a filter as it is, and decide nothing: a
function that looks at its arguments would be asked about the stand-ins. Values are numbers and texts, as a database takes them.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

RowT = TypeVar("RowT")


class Given(Expression):
    """Stands in a query for a value that comes when it is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Written(NamedTuple):
    """A queryset with its SQL. The compiler knows how to make rows out of what comes back."""

    rows: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def ask(self, given: tuple[object, ...]) -> list[Any]:
        params = tuple(given[each.place] if isinstance(each, Given) else each for each in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connections[self.rows.db]  # each thread has its own
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


class prepared(Generic[RowT]):
    """Makes a function that returns a queryset into one that returns its rows."""

    def __init__(self, write: Callable[..., QuerySet[Any, RowT]]) -> None:
        self._write = write
        self._written: Written | None = None

    def __call__(self, *given: int | str) -> list[RowT]:
        if self._written is None:
            self._written = self._write_for(len(given))
        return self._written.ask(given)

    def _write_for(self, count: int) -> Written:
        rows = self._write(*map(Given, range(count)))
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        return Written(rows, compiler, sql, tuple(params))
