"""Methods as data: the format, its schema, and the methods that are shipped."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import (
    MethodError,
    lint,
    load_shipped,
    method_files,
    parse,
    total_minutes,
)
from intervisie.engine import method as m
from intervisie.engine.canvases import LAYOUTS
from intervisie.engine.library import FOLDER, shipped_json
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
        canvas="core_quadrant",
        collects="question",
        reveal="step:label",
        attribution="alias",
        names_at="ask",
        uses=[{"step": "choose", "filter": "chosen"}],
        rules=[{"id": "open_q"}, {"id": "max_words", "level": "block"}],
        side={"roles": ["N"], "stem": WORDS, "reveal": "end"},
        chat=["C", "F"],
        persona={"speaks": {"C": WORDS}, "choose": ["C"]},
        group={"min": 2, "max": 3},
        repeat="item",
        include=True,
        optional=True,
        joins_in=True,
        advance="ready",
        observer="content",
        minutes={"default": 2.5, "min": 1, "max": 5, "per_person": True, "end": "hard", "estimated": True},
    ),
    make_step(
        "judge",
        "label",
        scale={
            "type": "label",
            "labels": [{"id": "warm"} | WORDS, {"id": "cold"} | WORDS],
            "low": 0,
            "high": 9,
            "dots": 2,
            "apart": True,
        },
    ),
    make_step("ask", turns={"order": "lot", "seconds": 90}),
    make_step("pause"),
    make_step("judge", "gate", scale={"type": "consent"}, effect="gate", gate="ask", collects="text"),
    make_step("judge", "cast", scale={"type": "pick"}, effect="role", casts=["F", "T"]),
    make_step(
        "write",
        "table",
        canvas={
            "id": "own",
            "name": WORDS,
            "layout": "columns",
            "cells": True,
            "fields": [{"id": "a", "label": WORDS, "hint": WORDS, "options": [{"id": "x"} | WORDS]}],
        },
    ),
) | {
    "purpose": ["decide"],
    "experience": "much",
    "loop": {"start": "ask", "group": {"min": 3, "max": 4}},
    "interrupts": ["meta"],
    "titles": {"F": WORDS},
    "modules": [make_step("talk", "brainstorm")],
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
    assert method.loop and method.loop.group
    assert (method.loop.start, method.loop.group.max, method.loop_start) == ("ask", 4, 4)
    assert (method.parent, method.confidentiality, method.interrupts) == ("INC6", "double", ("meta",))
    assert (method.titles["F"].nl, [module.id for module in method.modules]) == ("woorden", ["brainstorm"])
    write = method.step("write")
    assert (write.items.max_words, write.reveal, write.attribution) == (15, "step:label", "alias")
    assert write.chat == {"C", "F"} and write.acting == {"C", "F"} and write.blocks == {"max_words"}
    assert (write.minutes.end, write.minutes.per_person, write.minutes.estimated) == ("hard", True, True)
    assert write.side and write.group and write.persona and write.canvas
    assert (write.side.roles, write.side.reveal, write.group.max, write.optional) == ({"N"}, "end", 3, True)
    assert (write.persona.choose, write.persona.speaks["C"].en) == ({"C"}, "words")
    assert [one.id for one in write.canvas.fields] == ["quality", "pitfall", "challenge", "allergy"]
    assert (write.names_at, write.repeat, write.include, write.advance) == ("ask", "item", True, "ready")
    label = method.step("label").scale
    assert label and ([one.id for one in label.labels], label.apart) == (["warm", "cold"], True)
    assert (method.step("gate").gate, method.step("gate").collecting) == ("ask", True)
    assert method.step("cast").casts == ("F", "T")
    own = method.step("table").canvas
    assert own and own.cells and own.fields[0].options[0].id == "x"
    assert method.step("ask").turns.seconds == 90
    assert method.step("pitch").turns.order == "fixed" and method.step("pitch").items.max == 1
    once, of_each = 3 * 5 + 4 * 2.5, 5 * 5
    assert total_minutes(method, 4) == once + 4 * of_each
    assert total_minutes(method, 6) == 3 * 5 + 6 * 2.5 + 3 * of_each


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
        (["steps", 2, "answerer"], ["B"], "steps[2].answerer"),
        (["steps", 2, "canvas"], "nothing", "steps[2].canvas"),
        (["steps", 2, "uses"], [{"step": "choose", "filter": "warm"}], "steps[2]"),
        (["steps", 2, "group", "max"], 1, "steps[2].group"),
        (["steps", 2, "persona"], {}, "steps[2].persona"),
        (["steps", 2, "names_at"], "nowhere", "steps[2]"),
        (["steps", 2, "effect"], "role", "steps[2].effect"),
        (["steps", 3, "scale", "labels", 0, "id"], ..., "steps[3].scale.labels[0].id"),
        (["steps", 5, "collects"], "text", "steps[5].collects"),
        (["steps", 6, "gate"], ..., "steps[6].gate"),
        (["steps", 6, "gate"], "nowhere", "steps[6]"),
        (["steps", 7, "casts"], ["X"], "steps[7].casts[0]"),
        (["steps", 7, "casts"], ..., "steps[7].casts"),
        (["steps", 8, "canvas", "fields"], [], "steps[8].canvas.fields"),
        (["steps", 8, "canvas", "layout"], "heap", "steps[8].canvas.layout"),
        (["loop", "start"], "nowhere", "loop.start"),
        (["interrupts"], ["shout"], "interrupts[0]"),
        (["modules", 0, "uses"], [{"step": "nowhere"}], "modules[0]"),
    ],
)
def test_a_fault_is_named_by_its_place(path: list[Any], value: Any, place: str) -> None:
    with pytest.raises(MethodError) as fault:
        parse(changed(path, value))
    assert fault.value.path == place
    assert str(fault.value).startswith(f"{place}: ")


def test_modules_have_names_of_their_own() -> None:
    with pytest.raises(MethodError, match="two modules have the same id"):
        make_method(make_step("talk"), modules=[make_step("talk", "m"), make_step("round", "m")])


def test_only_a_vote_can_be_filtered_by() -> None:
    with pytest.raises(MethodError, match="filters by 'chosen', which 'write' does not give"):
        make_method(make_step("write"), make_step("talk", uses=[{"step": "write", "filter": "chosen"}]))


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


# What docs/methods.md says of it


PROSE = (FOLDER.parents[2] / "docs/methods.md").read_text(encoding="utf-8")


def told(heading: str) -> tuple[list[str], set[str]]:
    """The names in code letters below a heading: those of the first column, and all."""
    part = PROSE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    first = [cell for line in part.splitlines() if line.startswith("| `") for cell in [line.split("|")[1]]]
    return [name for cell in first for name in re.findall(r"`(\w+)`", cell)], set(re.findall(r"[\w:]+", part))


def test_the_document_names_every_attribute_and_no_other() -> None:
    kinds, _ = told("Kinds of step")
    rules, _ = told("Rules of speech")
    assert (kinds, sorted(rules)) == (list(m.KINDS), sorted(m.RULES))
    parts = SCHEMA.schema["$defs"]
    canvas, said = told("A canvas")
    assert sorted(canvas) == sorted(parts["canvas"]["properties"])
    assert set(LAYOUTS) <= said
    for heading, properties in (
        ("The method", SCHEMA.schema["properties"]),
        ("A step", parts["step"]["properties"]),
    ):
        named, said = told(heading)
        assert len(named) == len(set(named))
        assert set(named) <= set(properties) <= said, heading
    words = {
        *m.STANCES,
        *m.REVEALS,
        *m.ATTRIBUTIONS,
        *m.SCALES,
        *m.EFFECTS,
        *m.COLLECTS,
        *m.ADVANCES,
        *m.REPEATS,
    }
    assert {
        *words,
        *m.SIDE_REVEALS,
        m.CHOSEN,
        "free",
        "fixed",
        "lot",
        "soft",
        "hard",
        "nudge",
        "block",
    } <= said


@pytest.mark.parametrize("field", ["id", "version", "name", "summary", "group", "licence", "credit", "steps"])
def test_what_the_document_says_must_be_there_must_be(field: str) -> None:
    assert (
        field
        in SCHEMA.schema["required"]
        == ["id", "version", "name", "summary", "group", "licence", "credit", "steps"]
    )
    with pytest.raises(MethodError, match="is missing"):
        parse({key: value for key, value in EVERYTHING.items() if key != field})


def test_a_copy_holds_its_canvases_and_is_the_same_method() -> None:
    copies = {name: shipped_json(name) for name in load_shipped()}
    steps = [step for copy in copies.values() for step in [*copy["steps"], *copy.get("modules", [])]]
    assert {type(step["canvas"]) for step in steps if "canvas" in step} == {dict}
    assert {name: parse(copy) for name, copy in copies.items()} == load_shipped()
    with pytest.raises(KeyError):
        shipped_json("NIETS")
