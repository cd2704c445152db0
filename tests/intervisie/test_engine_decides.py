"""What a step decides when it is left: roles, a module, a question, whether a gate opens, the end of a loop."""

from dataclasses import replace
from typing import Any

import pytest

from intervisie.engine import Method, Remove, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import CASE, Game, choosing, make_method, make_people, make_step

DOTS = {"type": "dots", "dots": 3}
PICK = {"type": "pick"}


def casting(*casts: str, scale: dict[str, Any] = PICK) -> Game:
    """A vote on who gets these roles is open, with four members beside the facilitator."""
    cast = make_step("judge", "cast", effect="role", casts=list(casts), scale=scale)
    return Game(make_method(cast, make_step("tell", actors=["A"])), 5).start()


def cast_of(game: Game) -> dict[int, str]:
    return {seat: game.role(seat) for seat in game.state.people}


# Roles


def test_each_role_goes_to_who_wins_it_and_nobody_gets_two() -> None:
    game = casting("B", "F", "N", "T")
    for voter in (2, 3):
        for option in ("B:2", "F:3", "N:4", "T:5"):
            game.do(c.Vote(voter, option, 1))
    game.advance()
    assert cast_of(game) == {1: "C", 2: "B", 3: "F", 4: "N", 5: "C"}
    assert game.state.people[5].duties == {"timekeeper"}
    assert view(game.state, 1)["judge"]["cast"] == ["B:2", "F:3", "N:4", "T:5"]


def test_a_pick_of_one_role_leaves_that_of_another() -> None:
    game = casting("B", "N")
    for option in ("B:2", "N:4", "B:3"):
        game.do(c.Vote(5, option, 1))
    assert view(game.state, 5)["judge"]["mine"] == {"N:4": 1, "B:3": 1}


def test_only_a_bringer_is_needed() -> None:
    game = casting("B", "N")
    assert game.refused(c.Advance(1, 1)) == "choose_first"
    assert game.refused(c.Advance(1, 1, "anyway")) == "choose_first", "somebody has to bring the case"
    game.do(c.Vote(2, "B:3", 1))
    game.advance()
    assert cast_of(game) == {1: "F", 2: "C", 3: "B", 4: "C", 5: "C"}


def test_a_tie_of_any_role_is_settled_first_or_gone_past() -> None:
    game = casting("N")
    for voter, option in ((2, "N:2"), (3, "N:3")):
        game.do(c.Vote(voter, option, 1))
    assert game.refused(c.Advance(1, 1)) == "tie"
    assert game.refused(c.Choose(1, "N:4")) == "not_tied"
    assert game.refused(c.Choose(1, "N:9")) == "no_such_item"
    assert game.refused(c.Choose(1, None)) == "malformed"
    game.do(c.Choose(1, "N:3"))
    assert game.do(c.Choose(1, "N:3")) == (), "settled already"
    game.advance()
    assert cast_of(game)[3] == "N"


def test_a_tie_of_a_role_can_be_gone_past() -> None:
    game = casting("N")
    for voter, option in ((2, "N:2"), (3, "N:3")):
        game.do(c.Vote(voter, option, 1))
    game.leave(1, "anyway")
    assert "N" not in cast_of(game).values() and game.step == "tell"


def test_lots_give_each_role_to_somebody_else() -> None:
    game = casting("B", "N", "T")
    game.do(c.Choose(1, None, "lot"))
    seats = {option[2:] for option in view(game.state, 1)["judge"]["cast"]}
    assert len(seats) == 3
    game.advance()
    assert sorted(cast_of(game).values()).count("B") == 1


def test_by_turn_it_is_whoever_brought_least() -> None:
    cast = make_step("judge", "cast", effect="role", casts=["B"], scale=PICK)
    brought = {2: 4, 3: 1, 4: 2}
    people = tuple(replace(person, brought=brought.get(person.seat, 0)) for person in make_people(4))
    game = Game(make_method(cast, make_step("tell")), people).start()
    game.do(c.Choose(1, None, "turn"))
    assert game.advance().table.bringer == 3


def test_who_has_left_cannot_be_drawn() -> None:
    cast = make_step("judge", "cast", effect="role", casts=["N"], scale=PICK)
    game = Game(make_method(cast, make_step("talk")), 3).start()
    for seat in (2, 3):
        game.do(Remove(seat))
    assert game.refused(c.Choose(1, None, "lot")) == "choose_first"


def test_where_a_bringer_is_known_none_is_cast() -> None:
    cast = make_step("judge", "cast", effect="role", casts=["B", "N"], scale=PICK)
    game = Game(make_method(cast, make_step("tell")), 5, {3: CASE}, chosen=3).start()
    assert view(game.state, 2)["judge"]["options"] == ["N:2", "N:4", "N:5"]
    game.do(c.Choose(1, None, "lot"))
    assert len(view(game.state, 1)["judge"]["cast"]) == 1
    game.advance()
    assert game.table.bringer == 3


# A module


def modules() -> Method:
    vote = make_step("judge", "which", effect="module", scale=PICK)
    plays = make_step("talk", "play", include=True)
    found = [make_step("round", "mirror"), make_step("write", "letters", collects="question")]
    return make_method(vote, plays, make_step("talk", "after"), modules=found)


def test_the_module_that_wins_is_played_in_the_place_of_the_step() -> None:
    game = Game(modules(), 4).start()
    assert view(game.state, 2)["judge"]["options"] == ["m:mirror", "m:letters"]
    game.do(c.Vote(2, "m:letters", 1))
    game.advance()
    step = view(game.state, 2)["step"]
    assert (step["id"], step["module"]) == ("play", "letters")
    asked = game.say(3)
    assert game.sees(3)[asked]["kind"] == "question"


def test_without_a_module_the_step_is_played_as_it_stands() -> None:
    game = Game(modules(), 4).start()
    assert game.refused(c.Advance(1, 1)) == "choose_first"
    assert game.tools(1)["advance"]["ways"] == ["anyway"]
    game.leave(1, "anyway")
    step = view(game.state, 2)["step"]
    assert (step["id"], step["module"], game.table.floor) == ("play", None, None)


# A question


@pytest.mark.parametrize("scale", [DOTS, PICK, {"type": "consent"}])
def test_the_question_that_wins_is_on_the_table_and_kept(scale: dict[str, Any]) -> None:
    vote = make_step("judge", "vote", effect="question", uses=[{"step": "write"}], scale=scale)
    game = Game(make_method(make_step("write"), vote, make_step("talk")), 4).start()
    first, second = game.say(2, "Wat nu?"), game.say(3, "Waarom?")
    game.advance()
    for seat in (2, 3):
        game.do(c.Vote(seat, second, 1))
    game.do(c.Vote(4, first, 1))
    game.advance()
    assert view(game.state, 4)["case"]["question"] == "Waarom?"


def test_an_objection_takes_a_question_out_of_the_running() -> None:
    vote = make_step("judge", "vote", effect="question", uses=[{"step": "write"}], scale={"type": "consent"})
    game = Game(make_method(make_step("write"), vote, make_step("talk")), 4).start()
    first, second = game.say(2, "Wat nu?"), game.say(3, "Waarom?")
    game.advance()
    for seat in (2, 3, 4):
        game.do(c.Vote(seat, second, 1))
    game.do(c.Vote(2, second, 2))
    game.do(c.Vote(2, first, 1))
    game.advance()
    assert view(game.state, 4)["case"]["question"] == "Wat nu?"


@pytest.mark.parametrize(
    ("votes", "left"),
    [({2: "a", 3: "a", 4: "b"}, ["a"]), ({2: "a", 3: "b"}, ["a", "b"]), ({}, [])],
)
def test_what_was_chosen_is_all_that_the_next_step_uses(votes: dict[int, str], left: list[str]) -> None:
    vote = make_step("judge", "vote", uses=[{"step": "write"}], scale=PICK)
    after = make_step("talk", uses=[{"step": "vote", "filter": "chosen"}])
    game = Game(make_method(make_step("write"), vote, after), 4).start()
    ids = {name: game.say(seat, name) for name, seat in (("a", 2), ("b", 3))}
    game.advance()
    for seat, name in votes.items():
        game.do(c.Vote(seat, ids[name], 1))
    game.advance()
    assert view(game.state, 2)["step"]["uses"] == [ids[name] for name in left]


def test_a_filter_on_a_vote_that_was_never_held_keeps_nothing() -> None:
    """The vote may be left out, where it is optional."""
    vote = make_step("judge", "vote", uses=[{"step": "write"}], scale=PICK, optional=True)
    after = make_step("talk", uses=[{"step": "vote", "filter": "chosen"}])
    game = Game(make_method(make_step("write"), vote, after), 4).start()
    game.say(2)
    game.leave(1, "skip")
    assert game.step == "talk" and view(game.state, 2)["step"]["uses"] == []


# A gate


def gated() -> Game:
    gate = make_step(
        "judge", "gate", effect="gate", gate="plan", uses=[{"step": "plan"}], scale={"type": "consent"}
    )
    return Game(make_method(make_step("write", "plan"), gate, make_step("talk")), 4).start()


def test_a_gate_opens_where_nobody_objects() -> None:
    game = gated()
    plan = game.say(2, "We beginnen.")
    game.advance()
    assert game.refused(c.Advance(1, 2)) == "choose_first"
    assert game.refused(c.Choose(1, plan)) == "not_in_this_step"
    game.do(c.Vote(3, plan, 1))
    assert game.advance().step == "talk"


def test_an_objection_leads_back_and_the_gate_asks_about_the_new_attempt_alone() -> None:
    game = gated()
    game.do(c.Vote(3, _planned(game, "We beginnen."), 2))
    assert game.advance().step == "plan"
    second = _planned(game, "We beginnen morgen.")
    assert view(game.state, 3)["judge"]["options"] == [second]
    game.do(c.Vote(3, second, 2))
    game.leave(1, "anyway")
    assert game.step == "talk", "whoever leads can go past an objection"


def _planned(game: Game, text: str) -> str:
    plan = game.say(2, text)
    game.advance()
    return plan


# Ways to leave a step


def test_only_an_optional_step_can_be_skipped() -> None:
    steps = (make_step("talk", "a"), make_step("talk", "b", optional=True), make_step("talk", "c"))
    game = Game(make_method(*steps), 3).start()
    game.leave(1, "skip")
    assert game.step == "c"
    assert game.refused(c.Advance(1, 2, "skip")) == "not_optional"
    assert game.refused(c.Advance(1, 2, "close")) == "no_loop"


def test_only_a_loop_can_be_closed() -> None:
    game = Game(make_method(make_step("talk", "begin"), make_step("tell"), loop={"start": "tell"}), 4).start()
    assert game.refused(c.Advance(1, 1, "close")) == "no_loop", "it has not begun yet"
    game.advance().leave(1, "close")
    assert game.state.phase == "closing"


def test_what_it_is_about_is_chosen_before_the_step_is_left() -> None:
    game = Game(make_method(*choosing(), make_step("tell")), 4).start()
    game.round()
    game.advance()
    assert game.refused(c.Advance(1, 2, "anyway")) == "choose_first"


def test_a_step_for_each_item_comes_back_until_all_were_there() -> None:
    each = make_step("talk", "each", repeat="item", uses=[{"step": "write"}])
    game = Game(make_method(make_step("write"), each, make_step("round")), 4).start()
    first = game.say(2)
    game.tick(1000)
    second = game.say(3)
    seen = []
    while game.advance().step == "each":
        seen.append(view(game.state, 4)["step"]["focus"])
    assert seen == [first, second]


def test_a_vote_apart_shows_the_bringers_answer_beside_that_of_the_others() -> None:
    vote = make_step("judge", "vote", uses=[{"step": "write"}], scale={"type": "score", "apart": True})
    game = Game(make_method(*choosing(), make_step("write"), vote, make_step("tell")), 4).start()
    game.to("write", bringer=2)
    item = game.say(3)
    game.advance()
    for seat, value in ((2, 5), (3, 1), (4, 2)):
        game.do(c.Vote(seat, item, value))
    seen = view(game.advance().state, 4)["judge"]
    assert seen["results"] == {item: {"1": 1, "2": 1}} and seen["bringer"] == {item: 5}


def test_what_is_put_forward_in_a_vote_is_what_it_is_about_and_what_a_later_step_uses() -> None:
    vote = make_step("judge", "vote", collects="text", uses=[{"step": "write"}])
    after = make_step("talk", uses=[{"step": "vote"}])
    game = Game(make_method(make_step("write"), vote, after), 4).start()
    read = game.say(2)
    game.advance()
    assert view(game.state, 3)["judge"]["options"] == [] and view(game.state, 3)["step"]["uses"] == [read]
    put = game.say(3)
    assert view(game.state, 2)["judge"]["options"] == [put]
    assert view(game.advance().state, 2)["step"]["uses"] == [put]
