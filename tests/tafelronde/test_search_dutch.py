"""The analyser knows Dutch: forms of a word, compounds, accents, slips of the finger."""

import threading

import pytest

from tafelronde.search.analyser import fold, stem, stems, typo_keys, words_of
from tafelronde.search.signs import words_asked


@pytest.mark.parametrize(
    "forms",
    [
        "boek boeken",
        "loopt lopen gelopen",
        "huis huizen",
        "gemeente gemeenten gemeentelijke",
        "gebied gebieden",
        "gesprek gesprekken",
        "gebouw gebouwen",
        "gezin gezinnen",
        "gebruik gebruiken gebruikt",
        "gezond gezondheid",
        "grens grenzen",
        "opgave opgaven",
        "stad steden",
        "lid leden",
        "brief brieven",
        "werk werken gewerkt werkt",
        "samenwerken samenwerking samengewerkt",
        "leren leert geleerd",
        "sturen sturing gestuurd stuurt",
        "schrijven schrijft geschreven",
        "regio regio's regio’s regionale",
        "thema thema's",
        "provincie provincies provinciale",
        "geïnteresseerd geinteresseerd",
        "coördinatie coordinatie COÖRDINATIE",
        "leerkring leerkringen leergemeenschap",
        "burgemeester burgemeesters",
        "ambtenaar ambtenaren",
    ],
)
def test_forms_of_a_word_count_as_one(forms):
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "gemeente meent",
        "gebied bied",
        "gevolg volg",
        "gemeente meen",
        "gebouw bouw",
        "raad rat",
        "land landelijk",
    ],
)
def test_words_that_only_look_alike_stay_apart(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("jeugdzorg", "jeugd zorg"),
        ("gezondheidszorg", "gezondheid zorg"),
        ("mantelzorg", "zorg"),
        ("woningbouwprojecten", "woning bouw project"),
        ("gemeenteraadsverkiezingen", "gemeente raad verkiezing"),
        ("omgevingsvisie", "omgeving visie"),
        ("projectbezoek", "project bezoek"),
    ],
)
def test_compound_counts_as_its_parts_too(compound, parts):
    assert {stem(part) for part in parts.split()} < stems(compound)


@pytest.mark.parametrize("word", ["intervisie", "verzorging", "landelijk", "bestuur", "wethouder"])
def test_other_word_has_no_parts(word):
    assert stems(word) == {stem(word)}


@pytest.mark.parametrize("slip", ["intervisei", "intervise", "intervissie", "intervusie", "ntervisie"])
def test_slip_of_the_finger_shares_a_key(slip):
    assert not typo_keys("intervisie").isdisjoint(typo_keys(slip))


def test_words_know_their_place():
    text = "Regio’s & e-mail: 'Zwolle'"
    assert [(word.folded, text[word.start : word.end]) for word in words_of(text)] == [
        ("regio", "Regio’s"),
        ("e", "e"),
        ("mail", "mail"),
        ("zwolle", "Zwolle"),
    ]


def test_stop_words_count_only_where_there_is_nothing_else():
    assert words_asked("de raad van het waterschap") == ["raad", "waterschap"]
    assert words_asked("de het") == ["de", "het"]


def test_stemmer_is_safe_in_threads():
    words = [f"{first}{second}en" for first in ("woning", "gesprek", "boer") for second in "abcdefghijklmnop"]
    alone = [stem.__wrapped__(word) for word in words]
    wrong = []

    def run() -> None:
        for _ in range(20):
            wrong.extend(
                word
                for word, expected in zip(words, alone, strict=True)
                if stem.__wrapped__(word) != expected
            )

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
