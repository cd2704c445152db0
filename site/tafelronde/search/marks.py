"""Shows where a text says what was asked: escaped, with `<mark>` around the words."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tafelronde.search.analyser import Word, stem, stems, typo_keys, words_of
from tafelronde.search.signs import SHORTEST_BEGINNING

EXCERPT, BEFORE = (
    220,
    60,
)  # signs of an excerpt, and how many of them stand before the first word that was asked


class Marker:
    """Knows which words answer a question, by the same means as the index. `alike`: also with a letter wrong."""

    def __init__(self, asked: Iterable[str], *, alike: bool = False) -> None:
        self.words = list(asked)
        self.stems = frozenset(map(stem, self.words))
        self.beginnings = tuple(word for word in self.words if len(word) >= SHORTEST_BEGINNING)
        self.keys = frozenset(key for word in self.words for key in typo_keys(word)) if alike else frozenset()

    def answers(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.beginnings)
            or not self.stems.isdisjoint(stems(word))
            or (bool(self.keys) and not self.keys.isdisjoint(typo_keys(word)))
        )

    def mark(self, text: str) -> SafeString:
        """The whole text."""
        return self._marked(text, [word for word in words_of(text) if self.answers(word.folded)])

    def excerpt(self, lead: str, text: str) -> SafeString:
        """The part of lead or text where the first word stands that was asked, else the beginning of the lead."""
        for source in (lead, text):
            first = next((word for word in words_of(source) if self.answers(word.folded)), None)
            if first:
                return self.mark(_cut(source, first))
        return self.mark(_cut(lead or text, None))

    def _marked(self, text: str, found: list[Word]) -> SafeString:
        edges = [0, *(place for word in found for place in (word.start, word.end)), len(text)]
        pieces = (text[begin:end] for begin, end in pairwise(edges))
        marked = (
            f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece)
            for number, piece in enumerate(pieces)
        )
        return mark_safe("".join(marked))  # noqa: S308 - every piece is escaped


def _cut(text: str, first: Word | None) -> str:
    """About `EXCERPT` signs of a text, from a word's beginning to a word's end."""
    begin = 0 if first is None or first.end < EXCERPT else max(0, first.start - BEFORE)
    if begin:
        begin = text.find(" ", begin, first.start) + 1 if first else 0
        begin = begin or (first.start if first else 0)
    end = (
        len(text) if len(text) <= begin + EXCERPT else text.rfind(" ", begin + EXCERPT // 2, begin + EXCERPT)
    )
    end = end if end > begin else begin + EXCERPT
    shown = " · ".join(text[begin:end].strip().splitlines())
    return f"{'… ' * bool(begin)}{shown}{' …' * (end < len(text))}"
