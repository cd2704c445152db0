"""The one Dutch analyser: what is written into the index and what is asked of it pass through the same functions."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

from snowballstemmer import stemmer

from tafelronde.search.dutch import EXCEPTIONS, LINKS, PARTS, PROTECTED_GE, STOP_WORDS, WHOLE

LONGEST = 40  # signs of a word that count; a longer one is no word
SHORTEST_TYPO, LONGEST_TYPO = 5, 20  # a shorter word with a wrong letter is another word

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_GE = re.compile(f"ge(?={'|'.join(sorted(PROTECTED_GE, key=len, reverse=True))})")
_KRAAIJ_POHLMANN = stemmer("dutch")  # knows huizen/huis and loopt/lopen, where dutch_porter misses both
_one_at_a_time = Lock()  # the stemmer keeps its word in itself, and requests come in several threads


class Word(NamedTuple):
    """A word of a text, folded, and where it stands there."""

    folded: str
    start: int
    end: int


def fold(word: str) -> str:
    """Small letters without accents: Geïnteresseerd and geinteresseerd are one word; regio's is regio."""
    plain = unicodedata.normalize("NFKD", word.replace("ʼ", "'").replace("’", "'").casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.removesuffix("'s").replace("'", "")[:LONGEST]


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order. Whatever is no letter or digit stands between words."""
    for found in _WORD.finditer(text):
        if folded := _folded(found[0]):
            yield Word(folded, found.start(), found.end())


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return "".join(sign for sign in fold(word) if sign.isalnum())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a folded word has in common with its other forms: boeken and boek, huizen and huis, loopt and lopen."""
    word = EXCEPTIONS.get(word, word)
    if not word.isalpha():
        return word
    with _one_at_a_time:
        return _KRAAIJ_POHLMANN.stemWord(_GE.sub("ke", word))


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """The stem of a folded word and those of the parts that it is made of: jeugdzorg is also zorg."""
    return frozenset({stem(word), *map(stem, parts(word))})


def parts(word: str) -> list[str]:
    """The known parts of a compound; empty where it is none."""
    if word in WHOLE:
        return []
    # Of an unknown first part the head still says what it is: mantel-zorg is a kind of zorg.
    heads = (word[place:] for place in range(4, len(word) - 3))
    return _split(word) or next(([head] for head in heads if stem(head) in _part_stems()), [])


def _split(word: str) -> list[str]:
    """The word as known parts from end to end, the longest first; empty where that cannot be done."""
    for place in range(len(word) - 3, 2, -1):
        if word[:place] in PARTS:
            tails = [word[place:].removeprefix(link) for link in LINKS if word[place:].startswith(link)]
            whole = next(([tail] for tail in tails if len(tail) > 2 and stem(tail) in _part_stems()), [])
            if rest := whole or next(filter(None, map(_split, tails)), []):
                return [word[:place], *rest]
    return []


@cache
def _part_stems() -> frozenset[str]:
    return frozenset(map(stem, PARTS))


@lru_cache(maxsize=20_000)
def typo_keys(word: str) -> frozenset[str]:
    """The word, and the word without each of its letters. Words that share a key are a slip of the finger apart:
    a letter too many, one missing, a wrong one, or two that changed places. Empty for short words, very long ones and numbers."""
    if not SHORTEST_TYPO <= len(word) <= LONGEST_TYPO or not word.isalpha():
        return frozenset()
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


def is_stop_word(word: str) -> bool:
    return word in STOP_WORDS
