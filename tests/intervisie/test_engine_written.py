"""What can be written where, and as whom: canvases, personas, made-up names, the side, and what is refused."""

from typing import Any

import pytest

from intervisie.engine import codec, view
from intervisie.engine import commands as c
from intervisie.engine.state import Table, changed
from tests.intervisie.engine_support import CASE, MINUTE, Game, choosing, make_method, make_step

WORDS = {"nl": "woorden", "en": "words"}
OPTIONS = [{"id": "left"} | WORDS, {"id": "right"} | WORDS]
CANVAS = {
    "id": "own",
    "name": WORDS,
    "layout": "columns",
    "fields": [
        {"id": "what", "label": WORDS},
        {"id": "why", "label": WORDS},
        {"id": "side", "label": WORDS, "options": OPTIONS},
    ],
}


def one(kind: str = "write", people: int = 4, **more: Any) -> Game:
    """A session of one step, in which it stands."""
    return Game(make_method(make_step(kind, **more)), people).start()


# A canvas


def test_a_form_takes_as_many_fields_as_one_likes() -> None:
    game = one(canvas=CANVAS)
    name = game.say(2, "", fields={"what": "de hal", "why": "ruimte", "side": "left"})
    item = game.sees(2)[name]
    assert item["text"] == "de hal · ruimte"
    assert item["fields"] == {"what": "de hal", "why": "ruimte", "side": "left"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"nowhere": "x"}, "malformed"),
        ({"what": "x", "side": "up"}, "malformed"),
        ({"side": "left"}, "empty"),
        ({}, "empty"),
    ],
)
def test_a_form_takes_only_its_own_fields_and_something_written(fields: dict[str, str], code: str) -> None:
    assert one(canvas=CANVAS).refused(c.Say(2, "", fields=fields)) == code


def test_a_card_fills_one_field() -> None:
    game = one(canvas=CANVAS | {"cells": True})
    assert game.refused(c.Say(2, "", fields={"what": "x", "why": "y"})) == "malformed"
    game.say(2, "", fields={"why": "y"})


def test_without_a_canvas_there_are_no_fields_and_a_text_is_needed() -> None:
    game = one()
    assert game.refused(c.Say(2, "tekst", fields={"what": "x"})) == "malformed"
    assert game.refused(c.Say(2, "")) == "empty"


# As whom, and under what name


def test_as_whom_somebody_speaks_is_said_by_the_method_or_by_themselves() -> None:
    persona = {"speaks": {"B": WORDS}, "choose": ["C"]}
    talk = make_step("talk", persona=persona, joins_in=True)
    game = Game(make_method(*choosing(), talk, make_step("tell")), 4).start().to("talk", bringer=2)
    spoken = {
        seat: game.say(seat, "ik", **more) for seat, more in ((2, {}), (3, {"persona": "het dorp"}), (1, {}))
    }
    seen = game.sees(4)
    assert [seen[spoken[seat]].get("persona") for seat in (2, 3, 1)] == ["@B", "het dorp", None]
    assert game.refused(c.Say(3, "ik")) == "persona_needed"
    assert game.refused(c.Say(3, "ik", persona="@B")) == "persona_needed", "nobody speaks as the method says"
    assert game.refused(c.Say(1, "ik", persona="het dorp")) == "malformed"


def test_a_made_up_name_is_ones_own_for_one_visit() -> None:
    game = one(attribution="alias", reveal="end")
    mine, again, others = game.say(2), game.say(2), game.say(3)
    game.advance()
    seen = game.sees(4)
    assert seen[mine]["alias"] == seen[again]["alias"] != seen[others]["alias"]
    assert {seen[item]["by"] for item in (mine, again, others)} == {None}
    assert "alias" not in game.sees(2)[mine] and game.sees(2)[mine]["by"] == 2


def test_made_up_names_go_when_real_ones_come() -> None:
    write = make_step("write", attribution="alias", reveal="end", names_at="talk")
    game = Game(make_method(write, make_step("round"), make_step("talk")), 4).start()
    mine = game.say(2)
    game.advance()
    assert game.sees(3)[mine]["by"] is None and "alias" in game.sees(3)[mine]
    game.advance()
    assert game.sees(3)[mine]["by"] == 2 and "alias" not in game.sees(3)[mine]


# Questions, time, turns


@pytest.mark.parametrize(
    ("text", "fits"),
    [("Waarom?", True), ('Zei hij "waarom?"', True), ("Waarom? ", True), ("Daarom.", False)],
)
def test_where_only_questions_are_asked_a_text_ends_in_a_question_mark(text: str, fits: bool) -> None:
    game = one(rules=[{"id": "q_only", "level": "block"}])
    if fits:
        asked = game.say(2, text)
        assert game.refused(c.Edit(2, asked, "Daarom.")) == "question_needed"
    else:
        assert game.refused(c.Say(2, text)) == "question_needed"


def test_nobody_votes_when_the_time_is_up() -> None:
    judge = make_step("judge", uses=[{"step": "write"}], minutes={"default": 1, "end": "hard"})
    game = Game(make_method(make_step("write"), judge), 4).start()
    item = game.say(2)
    game.advance().tick(2 * MINUTE)
    assert game.refused(c.Vote(2, item, 1)) == "time_is_up"


def test_only_who_has_the_floor_passes() -> None:
    game = one("round")
    assert game.table.floor == 2
    assert game.refused(c.Pass(3)) == "not_your_turn"
    assert one("talk").refused(c.Pass(2)) == "no_turns"


def test_who_answers_has_no_turn_to_pass() -> None:
    ask = make_step("ask", turns={"order": "fixed"})
    game = Game(make_method(*choosing(), ask, make_step("tell")), 4).start().to("ask", bringer=2)
    assert game.table.floor == 3 and game.refused(c.Pass(2)) == "not_your_turn"


def test_one_says_something_only_where_that_is_asked() -> None:
    game = one(actors=["C"], items={"max": 1})
    assert game.refused(c.Say(1, "ik ook")) == "not_your_turn"
    game.say(2)
    assert game.refused(c.Say(2, "nog een")) == "enough"
    vote = make_step("judge", effect="module", scale={"type": "pick"})
    judged = Game(
        make_method(vote, make_step("talk", include=True), modules=[make_step("talk", "m")]), 4
    ).start()
    assert judged.refused(c.Say(2, "iets")) == "not_in_this_step"


def test_what_only_the_bringer_reads_is_answered_by_the_bringer_alone() -> None:
    ask = make_step("ask", reveal="to:B")
    aloud = make_step("ask", "aloud", uses=[{"step": "ask"}], actors=["C"], answerer=["B"])
    game = Game(make_method(*choosing(), ask, aloud, make_step("tell")), 4).start().to("ask", bringer=2)
    asked = game.say(3, "Wat zie je?")
    answer = game.say(2, "Een hal", parent=asked)
    assert answer in game.sees(3) and answer not in game.sees(4)
    game.advance()
    assert game.refused(c.Say(2, "hardop", parent=asked)) == "no_such_item"


# Beside the step


def test_only_some_write_beside_the_step_or_interrupt_it() -> None:
    side = {"roles": ["N"], "reveal": "end"}
    game = Game(make_method(make_step("talk", side=side), make_step("round"), interrupts=["meta"]), 4).start()
    assert game.refused(c.Aside(2, "opzij")) == "no_side"
    game.do(c.RaiseStop(2, "hoe praten we?", False, "meta"))
    assert view(game.state, 3)["stops"][0]["kind"] == "meta"
    assert one().refused(c.RaiseStop(2, "hoe praten we?", False, "meta")) == "not_in_this_step"


def test_who_has_not_prepared_a_case_cannot_bring_it() -> None:
    game = Game(make_method(*choosing(), make_step("tell")), 4, {3: CASE}).start()
    assert game.refused(c.Say(2, "mijn geval", case=True)) == "no_prepared_case"


# How it is kept


def test_a_field_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="has no nothing"):
        changed(Table(), nothing=1)


def test_a_whole_number_is_a_fraction_too() -> None:
    assert codec.decode(float, 3) == 3.0 and type(codec.decode(float, 3)) is float
