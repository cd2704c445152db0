"""The search among 10,000 items against the bare index of the database: `python -m tests.benchmarks.search` prints it.

Both answer the same questions about the same texts with the ten best. The bare index gets them as they are and ranks
by its own means; ours knows Dutch, leaves out what the asker may not see, and hands over the rows.
"""

import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from statistics import median

from tests.benchmarks.process import ROOT

ITEMS, WORDS_EACH, ROUNDS, SEED = 10_000, 120, 5, 8
Figures = dict[str, float]


def ratios(run: Callable[..., str], urls: Iterable[str]) -> Figures:
    """`search_vs_raw_index`, the worst of the databases, and each of them (empty: SQLite).

    `run` starts a command and returns its output.
    """
    command = [sys.executable, "-m", "tests.benchmarks.search"]
    found: Figures = {}
    for url in urls:
        found |= json.loads(run(command, DATABASE_URL=url, TAFELRONDE_ENV="test"))
    return {"search_vs_raw_index": max(found.values()), **found}


def measure() -> Figures:
    """In a database of its own, which is thrown away afterwards."""
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        words = vocabulary()
        asker = fill(words)
        return {f"search_{connection.vendor}_vs_raw_index": compare(asker, questions(words))}
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def vocabulary() -> list[str]:
    """Words and compounds of the field in no order; how often each is said follows Zipf."""
    from tafelronde.search.dutch import PARTS

    chance = random.Random(SEED)
    words = sorted(PARTS)
    words += [first + second for first in words for second in chance.sample(words, 20)]
    chance.shuffle(words)
    return words


def questions(words: list[str]) -> list[str]:
    """Words that many items have, alone and in pairs."""
    return words[3:63:3] + [f"{one} {other}" for one, other in zip(words[2:22:2], words[3:23:2], strict=True)]


def fill(words: list[str]) -> object:
    """Items of twenty leerkringen and of the site, some for members only, in both indexes. Who asks belongs to two."""
    from django.db import connection, transaction

    from communities.enums import Visibility
    from communities.models import Community
    from tafelronde.search.enums import Kind
    from tafelronde.search.index import index
    from tafelronde.search.models import Entry
    from tafelronde.search.signs import signs_of
    from tests.communities.factories import make_community, make_membership
    from tests.tafelronde.factories import make_user

    chance = random.Random(SEED)
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    asker, circles = make_user(), [make_community() for _ in range(20)]
    Community.objects.filter(pk=circles[0].pk).update(visibility=Visibility.MEMBERS)
    for circle in circles[1:3]:
        make_membership(circle, asker)
    Entry.objects.all().delete()
    entries = Entry.objects.bulk_create(
        Entry(
            kind=chance.choice([Kind.NEWS, Kind.PUBLICATION, Kind.MEETING]),
            page=page,
            community=chance.choice([*circles, None]),
            visibility=Visibility.MEMBERS if number % 5 == 0 else Visibility.PUBLIC,
            title=" ".join(chance.choices(words, cum_weights=weights, k=6)),
            lead="",
            text=" ".join(chance.choices(words, cum_weights=weights, k=WORDS_EACH)),
            lang="nl",
            date=page.first_published_at.date(),
        )
        for number, page in enumerate(_pages())
    )
    bare = RAW[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(bare["make"])
        cursor.executemany(bare["put"], [(entry.pk, entry.title, entry.text) for entry in entries])
        for entry in entries:
            index().put(entry.pk, signs_of(entry.title, entry.lead, entry.text))
        for statement in bare["ready"]:
            cursor.execute(statement)
    return asker


def _pages() -> list:
    """Bare rows for the items to point at."""
    from datetime import timedelta

    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page

    home, kind = Page.objects.get(depth=2), ContentType.objects.get_for_model(Page)
    now, chance = timezone.now(), random.Random(SEED)
    return Page.objects.bulk_create(
        Page(
            title="",
            draft_title="",
            slug=f"item-{number}",
            path=home.path + Page._int2str(number + 100_000).rjust(4, "0"),
            depth=3,
            content_type=kind,
            locale_id=home.locale_id,
            url_path=f"{home.url_path}item-{number}/",
            first_published_at=now - timedelta(days=chance.randrange(2000)),
        )
        for number in range(ITEMS)
    )


RAW = {
    "sqlite": {
        "make": "CREATE VIRTUAL TABLE bare USING fts5(title, text)",
        "put": "INSERT INTO bare (rowid, title, text) VALUES (%s, %s, %s)",
        "ready": ["ANALYZE"],
        "ask": "SELECT rowid FROM bare WHERE bare MATCH %s ORDER BY rank LIMIT 10",
        "and": " AND ",
    },
    "postgresql": {
        "make": "CREATE TABLE bare (id bigint PRIMARY KEY, words tsvector)",
        "put": "INSERT INTO bare VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))",
        "ready": ["CREATE INDEX ON bare USING gin (words)", "ANALYZE"],
        "ask": "SELECT id FROM bare, to_tsquery('simple', %s) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10",
        "and": " & ",
    },
}


def compare(asker: object, asked: list[str]) -> float:
    """The median time of ours ÷ that of the bare index, taken in turn."""
    from django.db import connection

    from tafelronde.search.queries import first

    words = RAW[connection.vendor]

    def bare(question: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(words["ask"], [words["and"].join(question.split())])
            cursor.fetchall()

    def ours(question: str) -> None:
        assert first(asker, question), question

    taken: dict[Callable[[str], None], list[float]] = {bare: [], ours: []}
    for number in range(ROUNDS + 1):
        for contestant in (bare, ours):
            for question in asked:
                began = time.perf_counter()
                contestant(question)
                if number:  # the first round warms both
                    taken[contestant].append(time.perf_counter() - began)
    if "-v" in sys.argv:
        print(
            {c.__name__: (1000 * median(t), 1000 * sorted(t)[int(0.95 * len(t))]) for c, t in taken.items()},
            file=sys.stderr,
        )
    return median(taken[ours]) / median(taken[bare])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tafelronde.settings"
    import django

    django.setup()
    print(json.dumps(measure()))
