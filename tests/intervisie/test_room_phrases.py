"""Every code that the room can meet has a sentence, in both languages, that can be filled in."""

import ast
import re
import string
from pathlib import Path

import pytest
from django.utils import translation

from intervisie import engine, phrases
from intervisie.engine.method import KINDS, RULES
from intervisie.engine.permissions import ALL_STANCES, PLACES, TABLE, permit
from intervisie.engine.say import ALIASES
from tests.intervisie import promises

APP = Path(engine.__file__).parents[1]
PARAMS = {"max": 3, "name": "Saskia", "who": "Tom"}
HATS = ("B", "C", "F", "O", "N", "CT", "CL", "BL", "CTL")


def refusals() -> set[str]:
    """Every code in the source that a command can be refused with: said aloud, or given by the table of rights."""
    found = set()
    for path in [*(APP / "engine").glob("*.py"), *(APP / "actions").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Outcome"
                and len(node.args) > 1
            ):
                found |= {node.args[1].value} if isinstance(node.args[1], ast.Constant) else set()
    for do in TABLE:
        for hats in HATS:
            for place in PLACES:
                for stance in ALL_STANCES:
                    found |= {permit(do, hats, agreed, place, stance) or "" for agreed in (True, False)}
    return found - {""}


def test_every_refusal_has_a_sentence():
    assert refusals() - set(phrases.REFUSALS) == set()


def test_no_refusal_has_a_sentence_that_nobody_says():
    assert set(phrases.REFUSALS) - refusals() == set()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", phrases.REFUSALS)
def test_refusal_can_be_said(code, language):
    sentence = phrases.refusal_sentence(code, PARAMS, language)
    assert sentence.endswith((".", "?")) and "{" not in sentence


def test_refusal_without_a_sentence_is_a_fault():
    with pytest.raises(KeyError):
        phrases.refusal_sentence("nothing like it", {}, "nl")


def test_every_promise_has_a_sentence_and_no_sentence_is_idle():
    assert set(phrases.AUDIENCES) == promises.promises()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_promises_are_said_alike(language):
    with translation.override(language):
        said = [str(sentence).format(name="Saskia") for sentence in phrases.AUDIENCES.values()]
    assert len(said) == len(set(said))
    assert [sentence for sentence in said if not sentence.endswith(".") or "{" in sentence] == []


def test_there_are_as_many_made_up_names_as_the_engine_gives_out():
    assert len({str(bird) for bird in phrases.BIRDS}) == ALIASES


def test_every_state_kind_and_rule_has_its_word():
    sections = APP / "engine" / "sections.py"
    assert set(KINDS) == set(phrases.KINDS)
    assert set(RULES) == set(phrases.NUDGES)
    said = set(re.findall(r'"([a-z]+)"', sections.read_text()))
    assert said >= set(phrases.STATES) - {"leads"}


@pytest.mark.parametrize("group", ["audiences", "states", "kinds", "nudges", "words"])
def test_both_languages_have_the_same_places_to_fill(group):
    said = {}
    for language in ("nl", "en"):
        with translation.override(language):
            said[language] = phrases.texts()[group]
    for code, english in said["en"].items():
        places = {name for _, name, _, _ in string.Formatter().parse(english) if name}
        assert {name for _, name, _, _ in string.Formatter().parse(said["nl"][code]) if name} == places, code
