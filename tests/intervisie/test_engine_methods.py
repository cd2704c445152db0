"""Methods as data: the format, its schema, what the linter says, and the methods that are shipped."""

import copy
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import (
    Method,
    MethodError,
    lint,
    load_shipped,
    method_files,
    parse,
    total_minutes,
)
from intervisie.engine.library import FOLDER
from tests.intervisie.engine_support import choosing, examples, make_method, make_step, method_json

SCHEMA = jsonschema.Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in method_files()}
WORDS = {"nl": "woorden", "en": "words"}
EVERYTHING = method_json(
    *choosing(),
    make_step(
        "write",
        stance={"B": "listen", "N": "away"},
        actors=["C"],
        items={"min": 1, "max": 3, "max_words": 15},
        stem=WORDS,
        canvas="kernkwadrant",
        collects="question",
        reveal="step:label",
        attribution="alias",
        uses=[{"step": "pitch", "filter": "warm"}],
        rules=[{"id": "open_q"}, {"id": "max_words", "level": "block"}],
        side={"roles": ["N"], "stem": WORDS},
        chat=["C", "F"],
        persona=WORDS,
        group="trio",
        repeat="each member",
        include="module",
        optional=True,
        joins_in=True,
        observer="content",
        minutes={"default": 2.5, "min": 1, "max": 5, "per_person": True, "end": "hard", "estimated": True},
    ),
    make_step(
        "judge", "label", scale={"type": "label", "options": [WORDS, WORDS], "low": 0, "high": 9, "dots": 2}
    ),
    make_step("ask", turns={"order": "lot", "seconds": 90}),
    make_step("pause"),
) | {
    "purpose": ["decide"],
    "experience": "much",
    "loop": "member",
    "interrupts": ["meta"],
    "confidentiality": "double",
    "source": ["https://example.org/"],
    "parent": "INC6",
}


# What is shipped


def test_inc6_and_rod_are_shipped() -> None:
    methods = load_shipped()
    assert {"INC6", "ROD"} <= set(methods)
    assert [step.id for step in methods["INC6"].steps] == [
        "pitch", "choose", "explain", "facts", "diagnosis", "solutions", "intention",
    ]  # fmt: skip
    assert [step.id for step in methods["ROD"].steps] == [
        "pitch", "choose", "introduce", "explore", "gossip", "return", "solutions", "intention",
    ]  # fmt: skip
    assert (total_minutes(methods["INC6"]), total_minutes(methods["ROD"])) == (50, 60)
    assert methods["INC6"].step("diagnosis").minutes.default == 7.5


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_file_fits_the_schema_and_is_sound(name: str) -> None:
    SCHEMA.validate(FILES[name])
    method = parse(FILES[name])
    assert lint(method) == []
    assert method.id.lower() == name
    assert method.source and method.licence and method.credit.nl


@pytest.mark.parametrize("name", FILES)
def test_every_role_has_an_instruction_for_what_it_does(name: str) -> None:
    for step in parse(FILES[name]).steps:
        assert "F" in step.instruction, f"{step.id}: the facilitator is told what to watch"
        assert set(step.stance.values()) <= set(step.instruction), step.id
        if step.has_turns:
            assert "floor" in step.instruction, step.id
        if step.answerer:
            assert step.answerer | step.actors <= set(step.instruction), step.id


def test_the_schema_itself_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA.schema)


# The format


def test_every_attribute_is_read() -> None:
    SCHEMA.validate(EVERYTHING)
    method = parse(EVERYTHING)
    assert (method.loop, method.parent, method.confidentiality) == ("member", "INC6", "double")
    write = method.step("write")
    assert (write.items.max_words, write.reveal, write.attribution) == (15, "step:label", "alias")
    assert write.chat == {"C", "F"} and write.acting == {"C", "F"} and write.blocks == {"max_words"}
    assert (write.minutes.end, write.minutes.per_person, write.minutes.estimated) == ("hard", True, True)
    assert (write.side and write.side.roles, write.group, write.optional) == ({"N"}, "trio", True)
    assert method.step("ask").turns.seconds == 90
    assert method.step("pitch").turns.order == "fixed" and method.step("pitch").items.max == 1
    assert total_minutes(method, 4) == 5 * 5 + 4 * 2.5


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(EVERYTHING)
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["id"], ..., "id"),
        (["name"], {"nl": "x"}, "name.en"),
        (["name", "nl"], " ", "name.nl"),
        (["version"], True, "version"),
        (["group", "min"], -1, "group.min"),
        (["steps"], [], "steps"),
        (["steps"], {}, "steps"),
        (["extra"], 1, "extra"),
        (["licence"], ..., "licence"),
        (["parent"], None, "parent"),
        (["steps", 2, "kind"], "dance", "steps[2].kind"),
        (["steps", 2, "minutes", "default"], 0, "steps[2].minutes.default"),
        (["steps", 2, "minutes", "end"], "maybe", "steps[2].minutes.end"),
        (["steps", 2, "actors"], ["X"], "steps[2].actors[0]"),
        (["steps", 2, "stance"], {"Q": "listen"}, "steps[2].stance.Q"),
        (["steps", 2, "stance"], {"B": "asleep"}, "steps[2].stance.B"),
        (["steps", 2, "instruction"], {"B": WORDS}, "steps[2].instruction.default"),
        (["steps", 2, "instruction", "cook"], WORDS, "steps[2].instruction.cook"),
        (["steps", 2, "reveal"], "soon", "steps[2].reveal"),
        (["steps", 2, "reveal"], "step:nowhere", "steps[2]"),
        (["steps", 2, "uses"], [{"step": "nowhere"}], "steps[2]"),
        (["steps", 2, "rules", 0, "id"], "be_nice", "steps[2].rules[0].id"),
        (["steps", 2, "optional"], "yes", "steps[2].optional"),
        (["steps", 2, "colour"], "red", "steps[2].colour"),
        (["steps", 2, "effect"], "case", "steps[2].effect"),
        (["steps", 2, "id"], "pitch", "steps"),
        (["steps", 3, "scale"], ..., "steps[3].scale"),
        (["steps", 4, "answerer"], ..., "steps[4].answerer"),
        (["steps", 5, "scale"], {"type": "dots"}, "steps[5].scale"),
    ],
)
def test_a_fault_is_named_by_its_place(path: list[Any], value: Any, place: str) -> None:
    with pytest.raises(MethodError) as fault:
        parse(changed(path, value))
    assert fault.value.path == place
    assert str(fault.value).startswith(f"{place}: ")


@pytest.mark.parametrize("data", [None, [], "INC6", 5])
def test_only_an_object_is_a_method(data: object) -> None:
    with pytest.raises(MethodError, match="method: must be an object"):
        parse(data)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the data, innermost too."""
    found = [path] if path else []
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        found += places(value, (*path, key))
    return found


ODD = st.sampled_from(
    [..., None, True, 0, -1, 2.5, "", "x", [], {}, ["A"], {"nl": "a", "en": "b"}, "judge", "live"]
)


@examples(100)
@given(st.sampled_from(places(EVERYTHING)), ODD)
def test_schema_and_parser_agree_on_any_change(path: tuple[Any, ...], value: Any) -> None:
    """What the parser takes fits the schema; what does not fit the schema the parser refuses."""
    data = changed(list(path), value)
    try:
        parse(data)
    except MethodError:
        return
    SCHEMA.validate(data)


# The linter


def tell(**more: Any) -> dict[str, Any]:
    return make_step("tell", "end", **more)


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
            make_method(make_step("talk", uses=[{"step": "end"}]), make_step("talk", "end")),
            "which comes later",
        ),
        (make_method(make_step("write", reveal="step:write")), "comes no later"),
        (
            make_method(make_step("write", reveal="turn"), make_step("talk")),
            "no later step with turns uses it",
        ),
        (make_method(make_step("judge")), "needs a step whose items it judges"),
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
        (make_method(*choosing(), tell(canvas="krachtenveld")), "canvas is not played"),
        (parse(EVERYTHING), "alias is played as anon"),
        (parse(EVERYTHING), "a filter is not played"),
        (make_method(*choosing(), tell(effect="question")), "effect question is not played"),
        (parse(method_json(tell()) | {"group": {"min": 5, "ideal": 3, "max": 8}}), "must rise, from 2"),
        (parse(method_json(tell()) | {"loop": "member"}), "loop is not played"),
    ],
)
def test_the_linter_says_what_is_wrong(method: Method, word: str) -> None:
    assert any(word in problem for problem in lint(method)), lint(method)


def test_the_linter_is_content_with_a_sound_method() -> None:
    assert lint(make_method(*choosing(), make_step("tell"))) == []


def test_a_step_without_a_line_to_say_is_told() -> None:
    step = make_step("talk")
    del step["script"]
    assert any("no line to say" in problem for problem in lint(make_method(step)))
