"""The index in PostgreSQL: a column of the entry's row that Django does not know, with a GIN index.

The column dies with the row. Words have no places in it, so that the index answers without reading them again.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL

from tafelronde.search.signs import Question


def put(entry_id: int, signs: Collection[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_entry SET words = array_to_tsvector(%s::text[]) WHERE id = %s",
            [sorted(signs), entry_id],
        )


def remove(entry_id: int) -> None:
    put(entry_id, [])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_entry SET words = NULL")


def meeting(question: Question) -> RawSQL:
    groups = (
        " | ".join(f"'{sign.text}'{':*' * sign.begins}" for sign in group) for group in question if group
    )
    asked = " & ".join(f"({group})" for group in groups)
    return RawSQL("SELECT search_meeting(%s::tsquery)", [asked])


def signs_held() -> dict[int, frozenset[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tsvector_to_array(words) FROM search_entry WHERE words IS NOT NULL")
        return {entry_id: frozenset(signs) for entry_id, signs in cursor.fetchall()}
