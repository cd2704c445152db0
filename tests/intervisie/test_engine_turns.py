"""Whose turn it is: rounds, passes, the floor."""

from intervisie.engine import (
    Join,
    Remove,
    view,
)
from intervisie.engine import commands as c
from tests.intervisie.engine_support import (
    Game,
    choosing,
    make_method,
    make_person,
    make_step,
)


def test_a_round_goes_by_seat_from_the_first_actor() -> None:
    game = Game("INC6", 4).start()
    order = []
    while game.table.floor is not None:
        order.append(game.table.floor)
        game.say(game.table.floor)
    assert order == [2, 3, 4]
    assert game.states(1) == {1: "leads", 2: "said", 3: "said", 4: "said"}


def test_the_others_wait_and_a_pass_goes_on() -> None:
    game = Game("INC6", 4).start()
    assert game.refused(c.Say(3, "ik eerst")) == "not_your_turn"
    assert game.refused(c.Pass(3)) == "not_your_turn"
    game.do(c.Pass(2))
    assert game.table.floor == 3
    assert game.states(1)[2] == "passed" and game.states(1)[3] == "floor"


def test_the_facilitator_gives_the_floor_and_who_was_interrupted_keeps_a_turn() -> None:
    game = Game("INC6", 5).start()
    game.do(c.GiveFloor(1, 4))
    assert game.table.floor == 4
    game.say(4)
    assert game.table.floor == 2
    game.do(c.GiveFloor(1, None))
    assert game.table.floor == 3 and game.states(1)[2] == "passed"
    game.do(c.GiveFloor(1, 4))
    game.say(4, "nog iets")
    assert [item["by"] for item in game.sees(1).values()] == [4, 4]
    assert game.refused(c.GiveFloor(1, 1)) == "not_in_turn"
    assert game.refused(c.GiveFloor(1, 77)) == "not_in_turn"


def test_there_are_no_turns_outside_a_round() -> None:
    game = Game("ROD", 5).start().to("gossip")
    assert game.refused(c.GiveFloor(1, 3)) == "no_turns"
    assert game.refused(c.Pass(3)) == "no_turns"
    assert "pass" not in game.tools(3) and "give_floor" not in game.tools(1)


def test_more_may_be_said_in_one_turn_where_the_step_says_so() -> None:
    game = Game(make_method(make_step("round", items={"max": 2})), 3).start()
    game.say(2, "een")
    assert game.table.floor == 2 and game.tools(2)["say"]["left"] == 1
    game.say(2, "twee")
    assert game.table.floor == 3
    game.say(3, "een")
    game.do(c.Pass(3))
    assert game.states(1)[3] == "said", "who said something did not pass"


def test_a_free_round_lets_everybody_speak_once_in_any_order() -> None:
    game = Game(make_method(make_step("round", turns={"order": "free"})), 4).start()
    game.say(3)
    game.do(c.Pass(4))
    assert game.refused(c.Say(3, "nog eens")) == "not_your_turn"
    assert game.states(1) == {1: "leads", 2: "waits", 3: "said", 4: "passed"}
    game.say(2)


def test_an_order_by_lot_is_drawn_from_the_ids() -> None:
    method = make_method(make_step("round", turns={"order": "lot"}))
    game = Game(method, 4).agree_all()
    names = iter(["c", "a", "b", "x", "y", "z"])
    game.ids = lambda: next(names)
    game.do(c.Start(1))
    order = []
    while game.table.floor is not None:
        order.append(game.table.floor)
        game.say(game.table.floor)
    assert order == [3, 4, 2]


def test_a_late_joiner_enters_the_queue_even_after_the_last_turn() -> None:
    game = Game("INC6", 3).start()
    game.round()
    assert game.table.floor is None
    game.do(Join(make_person(9)))
    assert game.table.floor is None
    game.do(c.Agree(9))
    assert game.table.floor == 9


def test_a_removed_seat_leaves_the_queue_and_the_floor() -> None:
    game = Game("INC6", 5).start()
    game.do(Remove(3))
    game.do(Remove(2))
    assert game.table.floor == 4
    assert game.refused(c.Say(2, "hallo")) == "no_access"
    assert game.do(Remove(2)) == ()
    assert game.refused(Remove(99)) == "no_such_seat"


def test_questions_can_be_asked_in_turn_too() -> None:
    game = Game(make_method(*choosing(), make_step("ask", turns={"order": "fixed"}, items={"max": 1})), 4)
    game.start().to("ask")
    assert game.table.floor == 3
    question = game.say(3, "wie?")
    assert game.table.floor == 4
    game.say(2, "de wethouder", parent=question)
    assert game.table.floor == 4, "an answer is nobody's turn"


def test_where_all_bring_in_turn_everybody_knows_whose_turn_comes_next() -> None:
    game = Game("WIS", 4).start()
    turns = [view(game.state, seat)["session"]["turn"] for seat in (1, 3)]
    assert turns == [{"n": 1, "of": 3, "next": 3}] * 2
    for _ in range(8):
        game.advance()
    assert view(game.state, 1)["session"]["turn"] == {"n": 3, "of": 3, "next": None}


def test_after_a_pause_the_clock_of_a_turn_starts_anew() -> None:
    game = Game(make_method(make_step("round", turns={"seconds": 90})), 4).start()
    began = game.now
    game.tick(30_000)
    game.do(c.Pause(1))
    game.tick(600_000)
    game.do(c.Resume(1))
    assert view(game.state, 3)["clock"]["turn"] == {"since": began + 630_000, "seconds": 90}


def test_a_small_table_that_is_through_has_no_clock_and_nothing_to_do() -> None:
    game = Game("TRO", 8).start().advance()
    seat = next(seat for seat, person in game.state.people.items() if person.table == 2)
    while not game.state.tables[2].finished:
        game.do(c.Advance(seat, game.state.tables[2].visit))
    assert view(game.state, seat)["clock"] is None
    assert view(game.state, 1)["clock"] is not None
    assert set(game.tools(seat)) == {"stop", "edit", "withdraw"}
    assert set(game.states(seat).values()) == {"waits"}
    assert game.refused(c.Ready(seat, True)) == "finished"
