"""The index in SQLite: an FTS5 table whose row number is the entry's."""

from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL

from tafelronde.search.signs import Question


def put(entry_id: int, signs: Collection[str]) -> None:
    remove(entry_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (rowid, signs) VALUES (%s, %s)", [entry_id, " ".join(sorted(signs))]
        )


def remove(entry_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words WHERE rowid = %s", [entry_id])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words")


def meeting(question: Question) -> RawSQL:
    groups = (
        " OR ".join(f'"{sign.text}"{"*" * sign.begins}' for sign in group) for group in question if group
    )
    asked = " AND ".join(f"({group})" for group in groups)
    return RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [asked])


def signs_held() -> dict[int, frozenset[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, signs FROM search_words")
        return {entry_id: frozenset(signs.split()) for entry_id, signs in cursor.fetchall()}
