"""All take turns to bring: who is next, what belongs to whose turn, going back, closing early."""

from dataclasses import replace
from typing import Any

from intervisie.engine import CaseText, Join, Method, Remove, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import Game, make_method, make_people, make_person, make_step

CASES = {3: CaseText("van drie", "drie?"), 4: CaseText("van vier", "vier?")}


def taking_turns(*more: dict[str, Any]) -> Method:
    steps = (make_step("tell"), *more, make_step("talk"))
    return make_method(make_step("pause"), *steps, loop={"start": "tell"})


def looping(*more: dict[str, Any], brought: dict[int, int] | None = None) -> Game:
    """A session of four, in the first turn."""
    people = [replace(p, brought=(brought or {}).get(p.seat, 0)) for p in make_people(4)]
    return Game(taking_turns(*more), tuple(people), CASES).start().advance()


def turns(game: Game) -> dict[str, Any]:
    return dict(view(game.state, 1)["session"]["turn"])


def test_each_member_brings_in_turn_with_what_they_prepared() -> None:
    game = looping()
    seen = []
    while game.state.phase == "running":
        seen.append((game.step, game.table.bringer, view(game.state, 1)["case"]["question"]))
        game.advance()
    assert seen == [
        ("tell", 2, ""), ("talk", 2, ""), ("tell", 3, "drie?"), ("talk", 3, "drie?"), ("tell", 4, "vier?"), ("talk", 4, "vier?"),
    ]  # fmt: skip
    assert game.table.had == (2, 3, 4)


def test_who_brought_least_before_is_first_and_who_was_chosen_before_them() -> None:
    assert looping(brought={2: 2, 3: 1, 4: 1}).table.bringer == 3
    game = Game(taking_turns(), 4, CASES, chosen=4).start().advance()
    assert (game.table.bringer, turns(game)) == (4, {"n": 1, "of": 3, "next": 2})


def test_who_joins_late_has_a_turn_and_who_left_has_none() -> None:
    game = looping()
    game.do(Join(make_person(9)))
    game.do(c.Agree(9))
    game.do(Remove(3))
    assert turns(game) == {"n": 1, "of": 3, "next": 4}
    game.advance().advance()
    assert game.table.bringer == 4
    game.advance().advance()
    assert game.table.bringer == 9


def test_whose_turn_it_is_may_leave_in_the_middle_of_it() -> None:
    game = looping(make_step("write", actors=["C"], reveal="end"))
    game.advance()
    line = game.say(3, "voor het eind")
    game.do(Remove(2))
    assert (game.step, game.table.bringer) == ("tell", 3)
    assert line in game.sees(4), "the step is over, so what waited for its end is open"


def test_a_loop_can_be_closed_before_all_had_their_turn() -> None:
    game = looping()
    assert "close" in game.tools(1)["advance"]["ways"]
    game.leave(1, "close")
    assert game.state.phase == "closing"
    game.do(c.Back(1, game.table.visit))
    assert (game.step, game.table.bringer) == ("talk", 2)
    game.advance()
    assert game.state.phase == "closing"


def test_there_is_nothing_to_close_before_the_loop_or_without_one() -> None:
    game = Game(taking_turns(), 4).start()
    assert "ways" not in game.tools(1)["advance"]
    assert game.refused(c.Advance(1, 1, "close")) == "no_loop"
    assert Game("INC6", 4).start().refused(c.Advance(1, 1, "close")) == "no_loop"


def test_going_back_leads_to_the_last_step_of_the_turn_before() -> None:
    game = looping().advance().advance()
    assert game.table.bringer == 3
    game.do(c.Back(1, game.table.visit))
    assert (game.step, game.table.bringer, game.table.had) == ("talk", 2, (2,))
    game.advance()
    assert (game.step, game.table.bringer) == ("tell", 3)


def test_nobody_goes_back_to_who_has_left() -> None:
    game = looping().advance().advance().advance().advance()
    assert game.table.had == (2, 3, 4)
    game.do(Remove(3))
    game.do(c.Back(1, game.table.visit))
    assert (game.table.bringer, game.table.had) == (2, (2,))
    game.do(c.Back(1, game.table.visit))
    game.do(c.Appoint(1, 4, "observer"))
    game.do(c.Back(1, game.table.visit))
    assert game.step == "pause", "before the first turn lies what comes before the loop"


def test_what_was_said_in_one_turn_is_not_judged_in_the_next() -> None:
    write = make_step("write", reveal="end")
    judge = make_step("judge", uses=[{"step": "write"}], scale={"type": "dots", "dots": 2})
    game = looping(write, judge, make_step("round", uses=[{"step": "judge", "filter": "chosen"}])).advance()
    first = game.say(3)
    game.advance().do(c.Vote(3, first, 1))
    game.advance()
    assert view(game.state, 2)["step"]["uses"] == [first]
    game.advance().advance()
    assert (game.step, game.table.bringer) == ("tell", 3)
    assert view(game.state, 2)["judge"] is None, "the vote was about another case"
    second = game.advance().say(4)
    game.advance()
    assert view(game.state, 2)["judge"]["options"] == [second]
    game.advance()
    assert view(game.state, 2)["step"]["uses"] == []


def test_what_waited_for_a_turn_is_not_read_out_in_another_ones() -> None:
    write = make_step("write", reveal="turn", actors=["C"])
    game = looping(write, make_step("round", actors=["C"], uses=[{"step": "write"}])).advance()
    first = game.say(4, "over de zaak van twee")
    game.advance()
    game.do(c.GiveFloor(1, 3))
    game.advance().advance()
    assert game.table.bringer == 3
    game.advance().advance()
    game.do(c.GiveFloor(1, 4))
    assert first not in game.sees(2)
