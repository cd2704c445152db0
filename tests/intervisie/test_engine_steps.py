"""From step to step, and the clock of each."""

import pytest

from intervisie.engine import commands as c
from intervisie.engine import (
    next_due,
    view,
)
from tests.intervisie.engine_support import (
    MINUTE,
    Game,
    choosing,
    make_method,
    make_people,
    make_step,
)


def test_advancing_a_visit_that_is_over_is_already_done() -> None:
    game = Game("INC6", 4).start()
    game.do(c.Advance(1, 1))
    assert game.refused(c.Advance(1, 1)) == "already_done"
    assert game.refused(c.Back(1, 1)) == "already_done"
    assert game.refused(c.Advance(1, 99)) == "already_done"


def test_two_facilitators_make_one_step() -> None:
    game = Game("INC6", make_people(4, s2="facilitator")).start()
    game.do(c.Advance(2, 1))
    assert game.refused(c.Advance(1, 1)) == "already_done"
    assert game.step == "choose"


def test_going_back_opens_a_new_visit_and_keeps_what_was_said() -> None:
    game = Game("INC6", 4).start()
    game.round()
    game.advance()
    game.do(c.Back(1, 2))
    assert (game.step, game.table.visit) == ("pitch", 3)
    assert len(game.sees(2)) == 3
    assert game.refused(c.Edit(2, game.pitch_of(2), "anders")) == "too_late"
    game.say(2, "nog een")
    game.advance()
    assert len(view(game.state, 2)["judge"]["options"]) == 4


def test_back_stops_at_the_first_step_and_comes_back_from_closing() -> None:
    game = Game(make_method(make_step("talk"), make_step("round")), 3).start()
    assert game.refused(c.Back(1, 1)) == "nothing_before"
    assert "back" not in game.tools(1)
    game.advance().advance()
    assert game.state.phase == "closing"
    assert game.refused(c.Advance(1, game.table.visit)) == "in_closing"
    assert game.refused(c.Advance(1, game.table.visit - 1)) == "already_done"
    game.say(2, "mijn les")
    game.do(c.Back(1, game.tools(1)["back"]["visit"]))
    assert game.step == "round"
    assert len(game.sees(3)) == 1


def test_closing_takes_take_aways_of_everybody_until_the_end() -> None:
    game = (
        Game(make_method(make_step("talk")), make_people(4, s3="observer", s4="notetaker")).start().advance()
    )
    line = game.say(2, "rustig blijven")
    for seat in (1, 3, 4):
        game.say(seat, "ook iets")
    assert game.sees(1)[line] | {"kind": "takeaway", "by": 2, "step": "closing"} == game.sees(1)[line]
    game.do(c.Edit(2, line, "rustiger blijven"))
    assert game.refused(c.Say(2, "antwoord", parent=line)) == "no_reply"
    assert game.refused(c.Say(2, "casus", case=True)) == "no_prepared_case"
    assert game.refused(c.End(2)) == "facilitator_only"
    game.do(c.End(1))
    for wish in (c.Say(2, "te laat"), c.Edit(2, line, "x"), c.End(1), c.RaiseStop(2, "x", True), c.Agree(2)):
        assert game.refused(wish) == "ended"


def test_the_clock_is_the_steps_and_can_be_given_time() -> None:
    game = Game("INC6", 4).start()
    began = game.now
    assert view(game.state, 2)["clock"] == {
        "ends": began + 7 * MINUTE,
        "left": None,
        "total": 7 * MINUTE,
        "paused": False,
        "turn": None,
    }
    game.do(c.Extend(1, 2))
    assert view(game.state, 2)["clock"]["ends"] == began + 9 * MINUTE
    game.now += 12 * MINUTE
    game.do(c.Extend(1, 1))
    assert view(game.state, 2)["clock"]["ends"] == game.now + MINUTE, "given time counts from now"


def test_pausing_keeps_what_is_left() -> None:
    game = Game("INC6", 4).start()
    game.now += 2 * MINUTE
    game.do(c.Pause(1))
    assert game.do(c.Pause(1)) == ()
    assert view(game.state, 2)["clock"] == {
        "ends": None,
        "left": 5 * MINUTE,
        "total": 7 * MINUTE,
        "paused": True,
        "turn": None,
    }
    assert "resume" in game.tools(1) and "pause" not in game.tools(1)
    game.do(c.Extend(1, 5))
    game.now += 60 * MINUTE
    game.do(c.Resume(1))
    assert game.do(c.Resume(1)) == ()
    assert view(game.state, 2)["clock"]["ends"] == game.now + 10 * MINUTE
    game.do(c.Pause(1))
    game.advance()
    assert not view(game.state, 2)["clock"]["paused"], "a new step begins with a running clock"


def test_minutes_may_count_per_person() -> None:
    game = Game(make_method(make_step("round", minutes={"default": 1.5, "per_person": True})), 5).start()
    assert game.table.total == 6 * MINUTE


def test_minutes_per_person_are_never_none_where_nobody_is_left_to_act() -> None:
    alone = make_step("round", "alone", actors=["C"], minutes={"default": 2, "per_person": True})
    game = Game(make_method(*choosing(), alone, make_step("tell")), 2).start().to("alone", bringer=2)
    assert game.table.total == 2 * MINUTE


def test_a_hard_end_locks_the_step_until_it_gets_time() -> None:
    game = Game(make_method(make_step("talk", minutes={"default": 1, "end": "hard"})), 3).start()
    line = game.say(2)
    assert next_due(game.state) == game.now + MINUTE
    assert game.tick(MINUTE - 1) == ()
    game.now += 1
    assert game.refused(c.Say(2, "te laat")) == "time_is_up"
    assert game.tick(0)
    assert next_due(game.state) is None and game.tick(5) == ()
    assert "say" not in game.tools(2)
    assert game.refused(c.Edit(2, line, "anders")) == "time_is_up"
    game.do(c.RaiseStop(2, "mag ik nog?", False))
    game.do(c.Extend(1, 1))
    game.say(2, "toch nog")


def test_a_soft_end_only_warns() -> None:
    game = Game("ROD", 4).start().to("gossip")
    game.now += 60 * MINUTE
    game.say(3, "nog één ding")


def test_a_paused_clock_never_runs_out() -> None:
    game = Game(make_method(make_step("talk", minutes={"default": 1, "end": "hard"})), 3).start()
    game.do(c.Pause(1))
    assert game.tick(10 * MINUTE) == () and next_due(game.state) is None
    game.say(2)


@pytest.mark.parametrize("advance", ["lead", "ready", "clock"])
def test_a_question_that_was_told_counts_however_its_step_ends(advance: str) -> None:
    told = make_step("talk", "told", actors=["A"], effect="question", advance=advance)
    game = Game(make_method(told, make_step("round")), 3).start()
    game.say(2, "Hoe krijg ik tijd?")
    if advance == "lead":
        game.advance()
    elif advance == "ready":
        game.do(c.Ready(2, True))
        game.do(c.Ready(3, True))
    else:
        game.tick(5 * MINUTE)
    assert game.step == "round"
    assert view(game.state, 3)["case"]["question"] == "Hoe krijg ik tijd?"


@pytest.mark.parametrize(
    ("more", "question"),
    [
        ({}, "van de inbrenger"),
        ({"attribution": "anon"}, "van een ander"),
        ({"stance": {"N": "turned"}}, "van een ander"),
    ],
)
def test_the_bringers_own_question_goes_first_where_that_tells_no_name(
    more: dict[str, object], question: str
) -> None:
    told = make_step("write", "told", effect="question", **more)
    game = Game(make_method(*choosing(), told, make_step("round")), 4).start().to("told", bringer=2)
    game.say(2, "van de inbrenger")
    game.tick(MINUTE)
    game.say(3, "van een ander")
    game.advance()
    assert view(game.state, 4)["case"]["question"] == question


@pytest.mark.parametrize(
    ("filled", "question"),
    [
        ({"a": "zwijgen", "harm_a": "ik", "b": "spreken", "harm_b": "zij"}, "A: zwijgen\nB: spreken"),
        ({"b": "spreken"}, "B: spreken"),
        ({"harm_a": "ik"}, "ik"),
    ],
)
def test_of_a_canvas_only_what_asks_is_the_question(filled: dict[str, str], question: str) -> None:
    told = make_step("talk", "told", actors=["A"], effect="question", canvas="dilemma")
    game = Game(make_method(told, make_step("round")), 3).start()
    game.say(2, "", fields=filled)
    game.advance()
    assert view(game.state, 3)["case"]["question"] == question
