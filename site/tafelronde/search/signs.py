"""How words are written into the index and asked of it. Both databases hold the same signs, so they find the same.

A sign is a word with a letter before it that says where it stood and how much of it counts. A question is a list of
groups: every group must be met, by any of its signs.
"""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from tafelronde.search.analyser import is_stop_word, stem, stems, typo_keys, words_of

TITLE_WORD, TITLE_STEM, WORD, STEM, TYPO = "a", "b", "c", "d", "e"
MOST_WORDS = 8  # of a question; it has been answered long before that
MOST_SIGNS = 300  # of a question that are looked at
SHORTEST_BEGINNING = 3
LONG_WORD, MOST_LONG_WORDS = 8, 300


class Sign(NamedTuple):
    """`begins` asks for all signs that begin with it."""

    text: str
    begins: bool = False


Question = list[list[Sign]]


def signs_of(title: str, lead: str, text: str) -> set[str]:
    """All signs of a thing. In the text, slips of the finger are forgiven in the longer words alone: that is where they
    happen, and each word needs as many signs as it has letters."""
    in_title = {word.folded for word in words_of(title)}
    in_lead = {word.folded for word in words_of(lead)}
    in_text = dict.fromkeys(word.folded for word in words_of(text))
    anywhere = in_title | in_lead | in_text.keys()
    long = islice((word for word in in_text if len(word) >= LONG_WORD), MOST_LONG_WORDS)
    return {
        *(TITLE_WORD + word for word in in_title),
        *(TITLE_STEM + each for word in in_title for each in stems(word)),
        *(WORD + word for word in anywhere),
        *(STEM + each for word in anywhere for each in stems(word)),
        *(TYPO + key for word in in_title | in_lead | set(long) for key in typo_keys(word)),
    }


def words_asked(text: str) -> list[str]:
    """The folded words of a question, each once. Words that stand in every text only count where there are no others."""
    asked = list(dict.fromkeys(word.folded for word in words_of(text[:MOST_SIGNS])))
    return ([word for word in asked if not is_stop_word(word)] or asked)[:MOST_WORDS]


def ladder(words: Iterable[str]) -> list[Question]:
    """Questions from the strictest to the widest; a thing ranks by the first that it meets, and must meet the last."""
    words = list(words)
    return [
        [[Sign(TITLE_WORD + word)] for word in words],
        [[Sign(TITLE_STEM + stem(word)), *_beginning(TITLE_WORD, word)] for word in words],
        [[Sign(WORD + word)] for word in words],
        [[Sign(STEM + stem(word)), *_beginning(WORD, word)] for word in words],
    ]


def _beginning(mark: str, word: str) -> list[Sign]:
    return [Sign(mark + word, begins=True)] if len(word) >= SHORTEST_BEGINNING else [Sign(mark + word)]


def with_typos(words: Iterable[str]) -> Question:
    """What finds the words also where a letter went wrong."""
    return [
        [Sign(STEM + stem(word)), Sign(WORD + word), *(Sign(TYPO + key) for key in sorted(typo_keys(word)))]
        for word in words
    ]
