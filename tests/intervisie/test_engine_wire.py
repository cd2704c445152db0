"""Whatever comes in over the wire is a wish or is refused as malformed: never anything else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import NAMES, WISHES, Refused, command_from_wire
from intervisie.engine import commands as c
from tests.intervisie.engine_support import examples

GOOD: list[tuple[dict[str, Any], c.Wish]] = [
    ({"do": "agree"}, c.Agree(3)),
    ({"do": "start"}, c.Start(3)),
    ({"do": "advance", "visit": 4}, c.Advance(3, 4, made_in=4)),
    ({"do": "back", "visit": 0}, c.Back(3, 0, made_in=0)),
    ({"do": "pass", "visit": 4}, c.Pass(3, made_in=4)),
    ({"do": "pass", "visit": None}, c.Pass(3)),
    ({"do": "extend", "minutes": 5}, c.Extend(3, 5)),
    ({"do": "pause"}, c.Pause(3)),
    ({"do": "resume"}, c.Resume(3)),
    ({"do": "give_floor", "to": 2}, c.GiveFloor(3, 2)),
    ({"do": "give_floor", "to": None}, c.GiveFloor(3, None)),
    ({"do": "choose", "item": "a1"}, c.Choose(3, "a1")),
    ({"do": "choose", "by": "lot"}, c.Choose(3, None, "lot")),
    ({"do": "advance", "visit": 4, "how": "close"}, c.Advance(3, 4, "close", made_in=4)),
    ({"do": "hand_over", "to": 2}, c.HandOver(3, 2)),
    ({"do": "appoint", "to": 2, "what": "timekeeper"}, c.Appoint(3, 2, "timekeeper")),
    ({"do": "appoint", "what": "bringer", "by": "turn"}, c.Appoint(3, None, "bringer", "turn")),
    ({"do": "replan", "choice": "overrun"}, c.Replan(3, "overrun")),
    ({"do": "aside", "text": "opgevallen"}, c.Aside(3, "opgevallen")),
    ({"do": "say", "fields": {"a": " kracht ", "b": " "}}, c.Say(3, fields={"a": "kracht"})),
    ({"do": "say", "text": "ik", "persona": "de wethouder"}, c.Say(3, "ik", persona="de wethouder")),
    ({"do": "edit", "item": "a1", "fields": {"a": "valkuil"}}, c.Edit(3, "a1", fields={"a": "valkuil"})),
    ({"do": "stop", "kind": "meta"}, c.RaiseStop(3, "", False, "meta")),
    ({"do": "say", "text": " "}, c.Say(3)),
    ({"do": "end"}, c.End(3)),
    ({"do": "say", "text": " hallo \n"}, c.Say(3, "hallo")),
    ({"do": "say", "text": "x", "parent": None, "date": None}, c.Say(3, "x")),
    (
        {"do": "say", "text": "ik ga", "parent": "a1", "date": "2027-02-28", "case": True},
        c.Say(3, "ik ga", "a1", "2027-02-28", True),
    ),
    ({"do": "edit", "item": "a1", "text": "beter"}, c.Edit(3, "a1", "beter")),
    ({"do": "withdraw", "item": "a1"}, c.Withdraw(3, "a1")),
    ({"do": "pass"}, c.Pass(3)),
    ({"do": "ready", "on": False}, c.Ready(3, False)),
    ({"do": "vote", "item": "a1", "value": 0}, c.Vote(3, "a1", 0)),
    ({"do": "note", "text": "raakt"}, c.Note(3, "raakt")),
    ({"do": "mark", "item": "a1", "on": True}, c.Mark(3, "a1", True)),
    ({"do": "chat", "text": "psst"}, c.Chat(3, "psst")),
    ({"do": "stop"}, c.RaiseStop(3, "", False)),
    ({"do": "stop", "text": "ho", "anonymous": True}, c.RaiseStop(3, "ho", True)),
    ({"do": "clear_stop", "item": "a1"}, c.ClearStop(3, "a1")),
    ({"do": "unseal", "t": "do", "id": "een uuid"}, c.Unseal(3)),
    ({"do": "say", "text": "é" * 4000}, c.Say(3, "é" * 4000)),
]

BAD: list[tuple[Any, str]] = [
    (None, "do"),
    ([], "do"),
    ("say", "do"),
    ({}, "do"),
    ({"do": "explode"}, "do"),
    ({"do": ["say"]}, "do"),
    ({"do": {}}, "do"),
    ({"do": "say", "fields": []}, "fields"),
    ({"do": "say", "fields": {"a": 1}}, "fields"),
    ({"do": "say", "fields": {"": "x"}}, "fields"),
    ({"do": "say", "fields": {5: "x"}}, "fields"),
    ({"do": "say", "fields": {str(n): "x" for n in range(33)}}, "fields"),
    ({"do": "say", "fields": {"a": "x" * 2001, "b": "x" * 2000}}, "fields"),
    ({"do": "say", "text": "x", "persona": ""}, "persona"),
    ({"do": "note", "text": " \n\t "}, "text"),
    ({"do": "aside", "text": ""}, "text"),
    ({"do": "chat"}, "text"),
    ({"do": "advance", "visit": 1, "how": "up"}, "how"),
    ({"do": "choose", "item": "a", "by": "force"}, "by"),
    ({"do": "appoint", "to": 2, "what": "king"}, "what"),
    ({"do": "appoint", "to": "2", "what": "deputy"}, "to"),
    ({"do": "replan", "choice": "panic"}, "choice"),
    ({"do": "stop", "kind": "go"}, "kind"),
    ({"do": "say", "text": None}, "text"),
    ({"do": "say", "text": 7}, "text"),
    ({"do": "say", "text": "x" * 4001}, "text"),
    ({"do": "say", "text": "nul\0teken"}, "text"),
    ({"do": "say", "text": "half \ud800 teken"}, "text"),
    ({"do": "say", "text": "x", "parent": 5}, "parent"),
    ({"do": "say", "text": "x", "parent": ""}, "parent"),
    ({"do": "say", "text": "x", "parent": "x" * 65}, "parent"),
    ({"do": "say", "text": "x", "date": "2026-02-30"}, "date"),
    ({"do": "say", "text": "x", "date": "20260201"}, "date"),
    ({"do": "say", "text": "x", "date": "٢٠٢٦-01-01"}, "date"),
    ({"do": "say", "text": "x", "case": 1}, "case"),
    ({"do": "advance"}, "visit"),
    ({"do": "advance", "visit": True}, "visit"),
    ({"do": "advance", "visit": 1.0}, "visit"),
    ({"do": "advance", "visit": -1}, "visit"),
    ({"do": "advance", "visit": "1"}, "visit"),
    ({"do": "advance", "visit": 10**30}, "visit"),
    ({"do": "pass", "visit": "4"}, "visit"),
    ({"do": "extend", "minutes": 3}, "minutes"),
    ({"do": "extend", "minutes": True}, "minutes"),
    ({"do": "extend", "minutes": [1]}, "minutes"),
    ({"do": "give_floor"}, "to"),
    ({"do": "give_floor", "to": "2"}, "to"),
    ({"do": "hand_over", "to": None}, "to"),
    ({"do": "hand_over", "to": 40_000}, "to"),
    ({"do": "ready", "on": "yes"}, "on"),
    ({"do": "ready"}, "on"),
    ({"do": "vote", "item": "a", "value": 101}, "value"),
    ({"do": "vote", "item": "a", "value": None}, "value"),
    ({"do": "mark", "item": ["a"], "on": True}, "item"),
    ({"do": "stop", "text": None}, "text"),
    ({"do": "stop", "text": "x" * 4001}, "text"),
    ({"do": "stop", "anonymous": "ja"}, "anonymous"),
    ({"do": "edit", "item": "a", "text": 5}, "text"),
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    *("text", "parent", "date", "case", "visit", "minutes", "to", "item", "on", "value", "anonymous"),
    *("how", "by", "what", "choice", "fields", "persona", "kind"),
)


def test_every_wish_has_a_good_example() -> None:
    assert {wish["do"] for wish, _ in GOOD} == set(WISHES)
    assert {wish: name for name, wish in WISHES.items()} == NAMES


@pytest.mark.parametrize(("data", "expected"), GOOD)
def test_a_good_object_is_a_wish(data: dict[str, Any], expected: c.Wish) -> None:
    assert command_from_wire(3, data) == expected


@pytest.mark.parametrize(("data", "field"), BAD)
def test_a_bad_object_is_refused_with_the_field(data: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        command_from_wire(3, data)
    assert (refusal.value.code, refusal.value.params) == ("malformed", {"field": field})


@examples(100)
@given(
    JSON | st.fixed_dictionaries({"do": st.sampled_from(list(WISHES))}, optional=dict.fromkeys(FIELDS, JSON))
)
def test_any_json_value_is_a_wish_or_malformed(data: Any) -> None:
    try:
        wish = command_from_wire(3, data)
    except Refused as refusal:
        assert refusal.code == "malformed" and set(refusal.params) == {"field"}
    else:
        assert wish.seat == 3 and NAMES[type(wish)] == data["do"]
