"""What the linter says of methods whose promises cannot be kept, and of dead ends."""

from typing import Any

import pytest

from intervisie.engine import Method, lint, parse
from tests.intervisie.engine_support import choosing, make_method, make_step, method_json

WORDS = {"nl": "woorden", "en": "words"}


def tell(**more: Any) -> dict[str, Any]:
    return make_step("tell", "end", **more)


PAIR = {"min": 2, "max": 2}
GATE = make_step(
    "judge", "gate", scale={"type": "consent"}, effect="gate", gate="talk", uses=[{"step": "talk"}]
)


@pytest.mark.parametrize(
    ("method", "word"),
    [
        (make_method(*choosing(), tell(minutes={"default": 5, "min": 6})), "min, default and max must rise"),
        (make_method(*choosing(), tell(stance={"B": "listen"})), "acts and is silenced at once"),
        (make_method(*choosing(), tell(), make_step("talk", actors=[])), "nobody acts"),
        (make_method(*choosing(), tell(items={"min": 3, "max": 2})), "max must be at least min"),
        (
            make_method(
                *choosing(), make_step("write", actors=["C"], stance={"B": "turned"}, reveal="end"), tell()
            ),
            "cannot be promised a later reveal",
        ),
        (make_method(*choosing(), make_step("round", attribution="anon"), tell()), "a turn shows who speaks"),
        (
            make_method(
                make_step("write", attribution="anon", reveal="turn"),
                make_step("round", uses=[{"step": "write"}]),
            ),
            "read out in turn shows who wrote it",
        ),
        (
            make_method(make_step("talk", uses=[{"step": "end"}]), make_step("talk", "end")),
            "which comes later",
        ),
        (make_method(make_step("write", reveal="step:write")), "comes no later"),
        (
            make_method(make_step("write", reveal="turn"), make_step("talk")),
            "no later step with turns uses it",
        ),
        (make_method(make_step("judge")), "needs something that it judges"),
        (
            make_method(make_step("write", reveal="never"), make_step("judge", uses=[{"step": "write"}])),
            "judges what is not revealed yet",
        ),
        (
            make_method(make_step("write"), make_step("judge", effect="case", uses=[{"step": "write"}])),
            "uses no step that collects pitches",
        ),
        (
            make_method(
                choosing()[0],
                make_step("judge", effect="case", uses=[{"step": "pitch"}], scale={"type": "score"}),
                tell(),
            ),
            "chosen by dots or pick",
        ),
        (
            make_method(
                make_step("write"), make_step("judge", uses=[{"step": "write"}], scale={"type": "label"})
            ),
            "at least two labels",
        ),
        (make_method(*choosing(), make_step("judge", "again", effect="case"), tell()), "more than once"),
        (make_method(make_step("tell"), *choosing(), tell()), "acts before the case is chosen"),
        (
            make_method(*choosing(), make_step("round", actors=["C"], stance={"B": "listen"})),
            "no way back in",
        ),
        (
            make_method(make_step("talk", "a"), make_step("talk", attribution="alias", reveal="turn")),
            "made-up name",
        ),
        (make_method(make_step("write", names_at="write")), "comes no later"),
        (make_method(make_step("write", collects="pitch", attribution="anon")), "a pitch shows who"),
        (make_method(make_step("write", collects="pitch", stance={"N": "turned"})), "a pitch shows who"),
        (
            make_method(make_step("talk", stance={"N": "turned"}, persona={"choose": ["C"]})),
            "whose words these are",
        ),
        (
            make_method(make_step("talk", stance={"N": "turned"}, persona={"speaks": {"C": WORDS}})),
            "whose words these are",
        ),
        (
            make_method(
                make_step("write", reveal="turn"),
                make_step("round", uses=[{"step": "write"}], stance={"N": "turned"}),
            ),
            "whose turn it is",
        ),
        (make_method(make_step("write", rules=[{"id": "no_advice", "level": "block"}])), "by force"),
        (make_method(make_step("write", rules=[{"id": "max_words", "level": "block"}])), "needs a number"),
        (make_method(make_step("write", side={"roles": ["C"]})), "writes nothing beside the step"),
        (make_method(make_step("round", repeat="member")), "more than one contribution"),
        (make_method(make_step("talk", repeat="item")), "needs items that it uses"),
        (make_method(*choosing(), tell(collects="intention", canvas="dilemma")), "texts and questions"),
        (make_method(make_step("judge", effect="module", scale={"type": "pick"})), "there are none"),
        (make_method(make_step("talk", include=True)), "no earlier step chooses"),
        (make_method(make_step("talk"), GATE | {"gate": "gate"}), "leads back, not ahead"),
        (make_method(make_step("talk"), GATE | {"scale": {"type": "pick"}}), "opens by consent"),
        (make_method(make_step("judge", scale={"type": "score", "low": 5}, collects="text")), "must rise"),
        (make_method(make_step("talk", optional=True)), "first step cannot be skipped"),
        (
            make_method(make_step("talk", group=PAIR), make_step("talk", "b", uses=[{"step": "talk"}])),
            "another table",
        ),
        (
            make_method(
                make_step("talk", "a"), make_step("write", group=PAIR, reveal="step:talk"), make_step("talk")
            ),
            "stays there",
        ),
        (
            make_method(
                make_step("write", group=PAIR, reveal="end", attribution="anon", names_at="talk"),
                make_step("talk"),
            ),
            "stays there",
        ),
        (
            parse(
                method_json(tell(stance={"C": "turned"}))
                | {"loop": {"start": "end", "group": {"min": 3, "max": 4}}}
            ),
            "nobody but the bringer",
        ),
        (parse(method_json(*choosing(), tell()) | {"loop": {"start": "end"}}), "no case is chosen"),
        (parse(method_json(tell(group=PAIR)) | {"loop": {"start": "end"}}), "do not go with a loop"),
        (parse(method_json(tell()) | {"modules": [make_step("talk", optional=True)]}), "one plain step"),
        (parse(method_json(tell()) | {"group": {"min": 5, "ideal": 3, "max": 8}}), "must rise, from 2"),
        (make_method(make_step("talk", minutes={"default": 5, "min": 6})), "default and max must rise"),
        (make_method(make_step("talk", actors=[])), "nobody acts"),
        (make_method(make_step("pause", turns={"order": "lot"})), "has no turns"),
        (
            make_method(
                make_step("talk", actors=["C"], stance={"B": "away"}, side={"roles": ["N"], "reveal": "to:B"})
            ),
            "cannot read what is written for them",
        ),
        (make_method(make_step("talk", stance={"N": "turned"}, chat=["N"])), "cannot chat"),
        (make_method(make_step("round", attribution="anon")), "a turn shows who speaks"),
        (make_method(make_step("talk", reveal="to:B")), "cannot come from the bringer"),
        (
            make_method(
                make_step("write", reveal="turn", attribution="anon"),
                make_step("round", uses=[{"step": "write"}]),
            ),
            "shows who wrote it",
        ),
        (
            make_method(make_step("talk", attribution="alias", stance={"N": "turned"})),
            "promised a made-up name",
        ),
        (make_method(make_step("pause", canvas="dilemma")), "in which somebody writes"),
        (
            make_method(make_step("talk", attribution="anon", persona={"choose": ["C"]})),
            "under their own name",
        ),
        (
            make_method(
                *choosing(),
                make_step("ask", reveal="to:B"),
                make_step("ask", "aloud", uses=[{"step": "ask"}]),
            ),
            "answers before all",
        ),
        (
            make_method(make_step("write", reveal="step:talk"), make_step("talk", optional=True)),
            "at a step that may be skipped",
        ),
        (make_method(make_step("write", reveal="turn"), make_step("talk")), "no later step with turns"),
        (
            make_method(
                make_step("judge", effect="role", casts=["N"], scale={"type": "pick"}, collects="text")
            ),
            "collects nothing",
        ),
        (make_method(make_step("judge", collects="text", reveal="end")), "is seen at once"),
        (
            make_method(make_step("judge", effect="role", casts=["N"], scale={"type": "consent"})),
            "chosen by dots or pick",
        ),
        (
            make_method(
                make_step("write"),
                make_step("judge", effect="question", scale={"type": "score"}, uses=[{"step": "write"}]),
            ),
            "chosen by dots, pick or consent",
        ),
        (
            make_method(
                make_step("judge", collects="text", actors=["C"], scale={"type": "pick", "apart": True})
            ),
            "apart needs bringer",
        ),
        (
            parse(
                method_json(make_step("judge", effect="module", scale={"type": "pick"}))
                | {"modules": [make_step("talk", "m")]}
            ),
            "no later step includes",
        ),
        (make_method(make_step("talk", include=True, group=PAIR)), "is no vote and has no sub-groups"),
        (make_method(make_step("write", effect="question", reveal="end")), "everybody's is seen at once"),
        (make_method(make_step("judge", collects="text", advance="clock")), "closed by who leads"),
        (
            parse(
                method_json(make_step("write", reveal="step:end"), tell())
                | {"loop": {"start": "end", "group": {"min": 3, "max": 4}}}
            ),
            "cannot open, or get names, in sub-groups",
        ),
        (
            make_method(
                make_step("write"),
                make_step(
                    "judge",
                    effect="gate",
                    gate="write",
                    scale={"type": "consent"},
                    uses=[{"step": "write"}],
                    group=PAIR,
                ),
            ),
            "decide nothing for all",
        ),
        (
            parse(method_json(make_step("talk"), tell(optional=True)) | {"loop": {"start": "end"}}),
            "turn begins cannot be skipped",
        ),
        (
            parse(method_json(tell()) | {"modules": [make_step("talk", "m", reveal="turn")]}),
            "in another step",
        ),
    ],
)
def test_the_linter_says_what_is_wrong(method: Method, word: str) -> None:
    assert any(word in problem for problem in lint(method)), lint(method)


@pytest.mark.parametrize(
    "persona", [{"choose": ["B", "C"]}, {"choose": ["B", "C"], "speaks": {"B": WORDS}}, None]
)
def test_who_speak_alike_may_do_so_behind_somebodys_back(persona: dict[str, Any] | None) -> None:
    more = {"persona": persona} if persona else {}
    assert lint(make_method(*choosing(), make_step("talk", stance={"N": "turned"}, **more))) == []


def test_the_linter_is_content_with_a_sound_method() -> None:
    assert lint(make_method(*choosing(), make_step("tell"))) == []


def test_a_step_without_a_line_to_say_is_told() -> None:
    step = make_step("talk")
    del step["script"]
    assert any("no line to say" in problem for problem in lint(make_method(step)))
