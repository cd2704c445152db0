"""Reads of the index. Everything that anybody finds, counts or is shown passes `visible_to`."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString

from communities.queries import people_visible_to, shared_memberships, visible
from knowledge.queries import Reader
from tafelronde.search.enums import Kind
from tafelronde.search.index import index
from tafelronde.search.marks import Marker
from tafelronde.search.models import Entry
from tafelronde.search.signs import Question, ladder, with_typos, words_asked


def visible_to(user: Reader) -> Q:
    """A filter for the entries of what `user` may see: pages as their own rule says, people as the lists of members do."""
    pages = ~Q(kind=Kind.PERSON) & visible(user)
    people = Q(kind=Kind.PERSON, person__in=people_visible_to(user))
    return pages | people


def find(user: Reader, text: str, kind: str = "") -> QuerySet[Entry]:
    """What `user` finds with `text`, the best first: in the title before elsewhere, the word itself before another form
    of it, and of what is equal the newest."""
    words = words_asked(text)
    return _ranked(user, ladder(words), kind) if words else Entry.objects.none()


def find_alike(user: Reader, text: str, kind: str = "") -> QuerySet[Entry]:
    """What `user` finds where a letter of `text` may be wrong, the newest first."""
    words = words_asked(text)
    return _found(user, with_typos(words), kind).order_by("-date", "-pk") if words else Entry.objects.none()


def first(user: Reader, text: str, kind: str = "", *, begin: int = 0, end: int = 10) -> list[Entry]:
    """A part of what `find` finds, with the rows that are shown.

    Titles are asked first: where they fill the part, the many texts that also hold the words are left alone. The numbers
    of the rows come before the rows, as sorting long texts costs more than finding them.
    """
    words = words_asked(text)
    if not words:
        return []
    titles = _numbers(_ranked(user, ladder(words)[:2], kind), begin, end)
    return _rows(titles if len(titles) == end - begin else _numbers(find(user, text, kind), begin, end))


def first_alike(user: Reader, text: str, kind: str = "", *, begin: int = 0, end: int = 10) -> list[Entry]:
    """The same of what `find_alike` finds."""
    return _rows(_numbers(find_alike(user, text, kind), begin, end))


def _numbers(entries: QuerySet[Entry], begin: int, end: int) -> list[int]:
    return list(entries.values_list("pk", flat=True)[begin:end])


def _rows(ids: list[int]) -> list[Entry]:
    rows = Entry.objects.select_related("page", "community").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]  # one may be gone since


def _ranked(user: Reader, steps: list[Question], kind: str) -> QuerySet[Entry]:
    """What meets the last of these questions, by the first that it meets."""
    *stricter, widest = steps
    places = [When(_meets(question), then=Value(place)) for place, question in enumerate(stricter)]
    step = Case(*places, default=Value(len(places)))
    return _found(user, widest, kind).annotate(step=step).order_by("step", "-date", "-pk")


def _found(user: Reader, question: Question, kind: str) -> QuerySet[Entry]:
    of_kind = Q(kind=kind) if kind else Q()
    return Entry.objects.filter(_meets(question), visible_to(user), of_kind)


def _meets(question: Question) -> Q:
    return Q(pk__in=index().meeting(question))


@dataclass(frozen=True)
class Hit:
    """An entry as it is shown: its address, and its texts with the words that were asked marked."""

    entry: Entry
    url: str
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Answer:
    """What a question brings: how many of each kind, and one page of the hits."""

    counts: Counter[str]
    alike: bool  # nothing was found with these very words
    page: Page
    hits: list[Hit]

    @property
    def total(self) -> int:
        return self.counts.total()


def answer(user: Reader, text: str, kind: str, *, number: int, size: int) -> Answer:
    """Page `number` of what `user` finds; the nearest page where there is none of that number."""
    counts = _count(find(user, text))
    alike = not counts
    if alike:
        counts = _count(find_alike(user, text))
    total = counts[kind] if kind else counts.total()
    page = Paginator(range(total), size).get_page(max(1, number))
    part = first_alike if alike else first
    begin = max(0, page.start_index() - 1)
    entries = part(user, text, kind, begin=begin, end=begin + len(page)) if total else []
    return Answer(counts, alike, page, _hits(user, entries, Marker(words_asked(text), alike=alike)))


def _count(entries: QuerySet[Entry]) -> Counter[str]:
    """How many there are of each kind."""
    return Counter(entries.order_by().values_list("kind", flat=True))


def _hits(user: Reader, entries: list[Entry], marker: Marker) -> list[Hit]:
    people = _addresses_of_people(user, [entry.person_id for entry in entries if entry.person_id])
    return [
        Hit(
            entry,
            entry.page.url if entry.page else people.get(entry.person_id, ""),
            marker.mark(entry.title),
            marker.excerpt(entry.lead, entry.text),
        )
        for entry in entries
    ]


def _addresses_of_people(user: Reader, ids: list[int | None]) -> dict[int | None, str]:
    """Where each of these people stands in a list of members that `user` may read."""
    if not ids:
        return {}
    rows = shared_memberships(user).filter(user__in=ids).order_by("-community__title")
    return {
        person: f"{reverse('communities:members', args=[slug])}#person-{person}"
        for person, slug in rows.values_list("user_id", "community__slug")
    }
