"""What happens before the first step, and who may be where."""

import pytest

from intervisie.engine import (
    CaseText,
    Join,
    Open,
    Person,
    Refused,
    Remove,
    decide,
    view,
)
from intervisie.engine import commands as c
from tests.intervisie.engine_support import (
    CASE,
    Game,
    make_method,
    make_people,
    make_person,
    make_step,
)


def test_start_needs_another_member_who_agreed() -> None:
    game = Game()
    game.do(c.Agree(1))
    assert game.refused(c.Start(1)) == "nobody_here"
    game.do(c.Agree(2))
    game.do(c.Start(1))
    assert game.step == "pitch"


def test_who_did_not_agree_may_only_agree_or_give_a_stop_signal() -> None:
    game = Game()
    assert game.refused(c.Start(1)) == "not_agreed"
    assert set(game.tools(2)) == {"agree", "stop"}
    assert [tool for tool in game.tools(2).values() if tool["do"] == "agree"] == [{"do": "agree"}]
    game.do(c.RaiseStop(2, "wacht even", False))


def test_agreeing_twice_changes_nothing() -> None:
    game = Game()
    assert game.do(c.Agree(2))
    assert game.do(c.Agree(2)) == ()


def test_a_case_chosen_beforehand_skips_the_steps_up_to_the_choice() -> None:
    game = Game("INC6", 5, {3: CASE}, chosen=3).start()
    seen = view(game.state, 2)
    assert seen["step"]["id"] == "explain" and seen["step"]["index"] == 2
    assert (seen["session"]["phase"], seen["session"]["bringer"]) == ("running", 3)
    assert seen["session"]["skipped"] == ["pitch", "choose"]
    assert seen["case"]["question"] == CASE.question
    assert game.refused(c.Back(1, game.table.visit)) == "nothing_before"


def test_a_case_chosen_beforehand_needs_its_bringer() -> None:
    game = Game("INC6", 5, {3: CASE}, chosen=3)
    for seat in (1, 2, 4, 5):
        game.do(c.Agree(seat))
    assert game.refused(c.Start(1)) == "bringer_absent"
    game.do(Remove(3))
    game.do(c.Start(1))
    assert game.step == "pitch", "without its bringer the group chooses"


def test_a_method_without_a_choice_needs_a_case_chosen_beforehand() -> None:
    method = make_method(make_step("tell"))
    game = Game(method, 3).agree_all()
    assert game.refused(c.Start(1)) == "no_case"
    assert Game(method, 3, {2: CASE}, chosen=2).start().step == "tell"


@pytest.mark.parametrize(
    ("people", "cases", "chosen"),
    [
        ((make_person(1), make_person(1)), {}, None),
        (make_people(3), {7: CASE}, None),
        (make_people(3), {2: CASE}, 3),
        (make_people(3), {1: CASE}, 1),
    ],
)
def test_a_cast_that_does_not_fit_together_is_refused(
    people: tuple[Person, ...], cases: dict[int, CaseText], chosen: int | None
) -> None:
    method = Game().state.method
    with pytest.raises(Refused, match="malformed"):
        decide(None, Open(method, people, cases, chosen), 0, lambda: "x")


def test_a_session_opens_once_and_first() -> None:
    game = Game()
    assert game.refused(Open(game.state.method, make_people(3))) == "already_started"
    with pytest.raises(Refused, match="not_started"):
        decide(None, c.Agree(1), 0, lambda: "x")


def test_a_stranger_may_nothing() -> None:
    assert Game().refused(c.Agree(99)) == "no_access"


def test_who_is_there_already_is_brought_up_to_date() -> None:
    game = Game("INC6", 4).agree_all()
    game.do(Join(Person(3, "Nieuwe Naam", "N. Naam", "NN", "Zwolle"), CASE))
    assert view(game.state, 2)["people"][2]["name"] == "Nieuwe Naam"
    assert game.state.people[3].agreed and game.state.cases[3] == CASE
    assert game.do(Join(Person(3, "Nieuwe Naam", "N. Naam", "NN", "Zwolle"), CASE)) == ()
    game.do(Join(make_person(4, "observer")))
    assert game.role(4) == "O"
    game.do(c.Start(1))
    game.do(Join(make_person(4, "facilitator")))
    assert game.role(4) == "O", "once it runs, roles are handed over"
    game.do(Join(make_person(3)))
    assert game.state.cases[3] == CASE, "a case that may have been pitched stays"


def test_a_chosen_case_that_is_taken_away_is_chosen_no_more() -> None:
    game = Game("INC6", 4, {3: CASE}, chosen=3)
    game.do(Join(make_person(3)))
    assert game.state.chosen is None and game.state.cases == {}


def test_who_comes_back_agrees_again() -> None:
    game = Game("INC6", 4).start()
    game.round()
    game.do(Remove(3))
    assert view(game.state, 3)["people"] == [] and view(game.state, 3)["me"] is None
    game.do(Join(make_person(3)))
    assert game.sees(3) == {}
    game.do(c.Agree(3))
    assert len(game.sees(3)) == 3


def test_a_session_goes_on_when_its_bringer_leaves() -> None:
    game = Game("INC6", 5).start().to("explain", bringer=3)
    game.do(Remove(3))
    assert view(game.state, 2)["session"]["bringer"] is None
    game.do(c.Back(1, game.table.visit))
    game.do(c.Vote(2, game.pitch_of(4), 3))
    game.advance()
    assert game.role(4) == "B"


def test_who_is_named_to_bring_needs_no_prepared_case_and_stays_named() -> None:
    game = Game(make_method(make_step("tell"))).agree_all()
    game.do(c.Appoint(1, 3, "bringer"))
    game.do(Join(Person(3, "Andere Naam", cast="member")))
    assert [view(game.state, seat)["session"]["chosen"] for seat in (1, 2, 3)] == [3, 3, 3]
    game.do(c.Start(1))
    assert game.role(3) == "B"
