"""The index of words in the database: one interface, one module per database. What it holds are signs (`signs`)."""

from collections.abc import Collection
from typing import Protocol, cast

from django.db import connection
from django.db.models.expressions import RawSQL

from tafelronde.search.index import postgresql, sqlite
from tafelronde.search.signs import Question


class Index(Protocol):
    """Writes take part in the transaction of the caller."""

    def put(self, entry_id: int, signs: Collection[str]) -> None:
        """Hold these signs for an entry, and no others."""

    def remove(self, entry_id: int) -> None:
        """Hold nothing for an entry."""

    def clear(self) -> None:
        """Hold nothing at all."""

    def meeting(self, question: Question) -> RawSQL:
        """The ids of the entries that meet a question, for use inside a filter."""

    def signs_held(self) -> dict[int, frozenset[str]]:
        """All that it holds, for comparing."""


def index() -> Index:
    """That of the database in use."""
    return cast(Index, sqlite if connection.vendor == "sqlite" else postgresql)
