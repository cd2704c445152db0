"""Sub-groups at tables of their own: who sits where, what stays there, and how all come back together."""

from dataclasses import replace
from typing import Any

from intervisie.engine import Join, Method, Remove, next_due, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import (
    MINUTE,
    Game,
    choosing,
    make_method,
    make_people,
    make_person,
    make_step,
)

PAIRS = {"min": 2, "max": 2}


def pairs(**more: Any) -> Method:
    """Talk in pairs between two steps for all."""
    talk = make_step("talk", "pairs", **{"group": PAIRS} | more)
    return make_method(make_step("round"), talk, make_step("talk", "after"))


def apart(method: Method | None = None, people: int = 5, **casts: str) -> Game:
    """A session with its pairs at work; seat 1 leads."""
    game = Game(method or pairs(), make_people(people, **casts)).start().advance()
    assert game.state.apart
    return game


def small(game: Game, number: int = 1) -> tuple[int, int]:
    """Two who sit at this small table."""
    first, second = game.at(number)[:2]
    return first, second


# Who sits where


def test_sub_groups_are_as_few_as_fit_and_evenly_filled() -> None:
    game = Game(pairs(group={"min": 2, "max": 3}), 9).start().advance()
    assert sorted(len(game.at(number)) for number in (1, 2, 3)) == [2, 3, 3]
    assert game.at(0) == [1]


def test_everybody_sees_who_sits_where_and_how_far_each_table_is() -> None:
    game = apart()
    one, other = small(game)
    game.leave(one)
    tables = view(game.state, 1)["tables"]
    assert tables == [
        {"seats": game.at(1), "step": "pairs", "bringer": None, "done": True},
        {"seats": game.at(2), "step": "pairs", "bringer": None, "done": False},
    ]
    assert view(game.state, one)["tables"] == tables
    assert [view(game.state, seat)["step"]["waits"] for seat in (1, one, game.at(2)[0])] == [
        True,
        True,
        False,
    ]
    assert {seat["seat"] for seat in view(game.state, one)["seats"]} == {one, other}


def test_who_does_not_act_in_the_step_stays_at_the_first_table() -> None:
    steps = (*choosing(), make_step("talk", "pairs", actors=["C"], group=PAIRS, stance={"B": "away"}))
    game = Game(make_method(*steps, make_step("tell")), make_people(8, s7="observer", s8="notetaker")).start()
    game.to("pairs", bringer=2)
    assert game.at(0) == [1, 2, 7, 8]
    assert view(game.state, 2)["me"]["stance"] == "away"
    assert view(game.state, 1)["me"]["stance"] == "waits"


def test_where_nobody_can_sit_apart_all_stay_together() -> None:
    game = Game(pairs(actors=["N"]), make_people(4, s4="notetaker")).start().advance()
    assert not game.state.apart
    game.say(4)


# What stays there


def test_what_is_said_at_a_small_table_stays_there_for_ever() -> None:
    game = apart(people=6, s6="observer")
    one, other = small(game)
    line = game.say(one)
    assert game.sees(other)[line]["by"] == one
    elsewhere = [1, 6, *game.at(2)]
    assert not [seat for seat in elsewhere if line in game.sees(seat)]
    game.do(Join(make_person(9)))
    game.do(c.Agree(9))
    game.advance()
    assert not [seat for seat in (*elsewhere, 9) if line in game.sees(seat)]
    assert line in game.sees(other)


def test_who_comes_back_to_the_session_reads_nothing_of_a_small_table_but_their_own() -> None:
    game = apart()
    one, other = small(game)
    theirs, own = game.say(one), game.say(other)
    game.do(Remove(other))
    game.do(Join(make_person(other)))
    game.do(c.Agree(other))
    assert game.state.people[other].table == 1, "with whom there are fewest"
    assert theirs not in game.sees(other) and own in game.sees(other)


def test_a_later_step_of_a_group_opens_nothing_to_the_other_groups() -> None:
    loop = {"start": "tell", "group": PAIRS}
    game = Game(
        make_method(make_step("tell"), make_step("talk", uses=[{"step": "tell"}]), loop=loop), 5
    ).start()
    bringer = game.state.tables[1].bringer
    assert bringer is not None
    line = game.say(bringer, "alleen voor ons")
    game.leave(bringer)
    assert [seat for seat in game.state.people if line in game.sees(seat)] == game.at(1)


def test_other_people_at_the_same_number_of_table_read_nothing_of_before() -> None:
    loop = {"start": "tell", "group": PAIRS}
    talk = make_step("talk", uses=[{"step": "tell"}])
    game = Game(make_method(make_step("pause"), make_step("tell"), talk, loop=loop), 7).start().advance()
    groups = [game.at(number) for number in (1, 2, 3)]
    bringer = game.state.tables[1].bringer
    assert bringer is not None
    line = game.say(bringer)
    game.do(c.Back(1, game.table.visit))
    assert not game.state.apart
    counter = iter(range(100, 0, -1))
    game.ids = lambda: f"i9{next(counter):03d}"
    game.advance()
    assert [game.at(number) for number in (1, 2, 3)] != groups
    for number in (1, 2, 3):
        game.leave(game.at(number)[0])
        assert line not in view(game.state, game.at(number)[0])["step"]["uses"]
    assert [seat for seat in game.state.people if line in game.sees(seat)] == groups[0]


def test_a_small_table_reads_what_was_said_when_all_were_together() -> None:
    game = Game(pairs(uses=[{"step": "round"}]), 5).start()
    line = game.say(2)
    game.advance()
    one, _ = small(game)
    assert view(game.state, one)["step"]["uses"] == [line]


def test_what_waits_for_the_end_of_a_sub_groups_step_opens_there_when_all_are_called() -> None:
    game = apart(pairs(reveal="end", chat=["F", "C", "N"]), 6, s6="notetaker")
    one, other = small(game)
    line = game.say(one)
    chat = view(game.state, 1)["me"]["tools"]
    assert [tool["kind"] for tool in chat if tool["do"] == "chat"] == ["chat"]
    game.do(c.Chat(1, "zullen we?"))
    assert line not in game.sees(other)
    assert not [item for item in game.sees(one).values() if item["kind"] == "chat"]
    assert [item["text"] for item in game.sees(6).values()] == ["zullen we?"]
    game.advance()
    assert line in game.sees(other) and line not in game.sees(1)


def test_what_was_written_beside_opens_when_all_are_back() -> None:
    game = apart(pairs(side={"roles": ["N"], "reveal": "end"}), 6, s6="notetaker")
    game.do(c.Aside(6, "twee groepjes zijn stil"))
    assert game.sees(1) == {}
    game.advance()
    assert [item["by"] for item in game.sees(2).values()] == [6]


# How it goes on


def test_at_a_small_table_everybody_leads_and_nobody_else() -> None:
    game = apart()
    one, other = small(game)
    assert view(game.state, one)["me"]["steers"] and not view(game.state, 1)["me"]["steers"]
    game.do(c.Pause(one))
    assert game.state.tables[1].left is not None and game.state.tables[2].left is None
    game.do(c.Resume(other))
    game.do(c.Pause(1))
    assert all(table.left is not None for table in game.state.tables), "from the first table for all"
    assert game.refused(c.Replan(one, "shorten")) == "facilitator_only"


def test_all_come_back_when_the_last_group_is_through() -> None:
    game = apart()
    one, _ = small(game)
    game.leave(one)
    assert game.state.tables[1].finished and game.state.tables[1].ends is None
    for wish in (
        c.Advance(one, game.state.table_of(one).visit),
        c.Back(one, game.state.table_of(one).visit),
        c.Ready(one, True),
    ):
        assert game.refused(wish) == "finished"
    assert game.refused(c.Say(one, "nog iets")) == "not_your_turn"
    assert set(game.tools(one)) <= {"stop", "edit", "withdraw"}
    game.leave(game.at(2)[0])
    assert not game.state.apart and game.step == "after"


def test_the_facilitator_calls_all_together() -> None:
    game = apart()
    game.advance()
    assert not game.state.apart and game.step == "after" and game.at(0) == [1, 2, 3, 4, 5]


def test_the_facilitator_can_take_all_back() -> None:
    game = apart()
    game.do(c.Back(1, game.tools(1)["back"]["visit"]))
    assert not game.state.apart and game.step == "round"


def test_who_joins_late_sits_down_with_the_smallest_group_and_hears_what_is_said_from_then_on() -> None:
    game = apart(pairs(group={"min": 2, "max": 3}), 6)
    small = min((1, 2), key=lambda number: len(game.at(number)))
    one, other = game.at(small)
    before = game.say(one, "voor je kwam")
    game.do(Join(make_person(9)))
    between = game.say(one, "terwijl je las wat we afspreken")
    game.do(c.Agree(9))
    assert game.at(small) == [one, other, 9]
    after = game.say(other, "nu je er bent")
    assert [item["id"] for item in view(game.state, 9)["items"]] == [after]
    assert {before, between, after} <= {item["id"] for item in view(game.state, one)["items"]}
    game.say(9, "dank je")
    game.advance()  # the facilitator calls all back
    assert not game.state.apart and 9 in game.at(0)


def test_who_joins_late_has_a_turn_to_bring_with_their_group() -> None:
    game = Game("TRO", 7).start()
    while not game.state.apart:
        game.advance()
    game.do(Join(make_person(9)))
    game.do(c.Agree(9))
    number = game.state.people[9].table
    brought = {game.state.tables[number].bringer}
    while not game.state.tables[number].finished:
        game.do(c.Advance(9, game.state.tables[number].visit))
        brought.add(game.state.tables[number].bringer)
    assert 9 in brought


def test_who_joins_to_observe_waits_at_the_first_table_where_nothing_happens() -> None:
    game = apart(pairs(turns={"order": "fixed"}, advance="ready"))
    game.do(Join(replace(make_person(9), cast="observer")))
    game.do(c.Agree(9))
    assert game.table.floor is None
    assert view(game.state, 9)["me"]["stance"] == "waits"
    assert game.refused(c.Ready(9, True)) == "not_your_role"
    assert game.refused(c.GiveFloor(1, 9)) == "not_in_this_step"
    assert set(game.tools(9)) == {"stop", "edit", "withdraw"}


def test_a_group_of_which_everybody_left_is_through() -> None:
    game = apart()
    for seat in game.at(1):
        game.do(Remove(seat))
    assert game.state.tables[1].finished
    for seat in game.at(2):
        game.do(Remove(seat))
    assert not game.state.apart


def test_who_gets_the_lead_comes_to_the_first_table() -> None:
    game = apart(pairs(turns={"order": "fixed"}), 7)
    one = game.state.tables[1].floor
    assert one is not None
    game.do(c.HandOver(1, one))
    assert game.state.people[one].table == 0 and game.role(1) == "C"
    assert game.state.tables[1].floor in game.at(1), "the turn goes on without them"
    game.do(Remove(one))
    assert game.lead in game.at(0)
    game.do(c.Appoint(game.lead, game.at(2)[0], "facilitator"))
    assert len(game.at(0)) == 3


def test_sub_groups_take_turns_to_bring_each_at_its_own_pace() -> None:
    steps = (make_step("tell", advance="clock", effect="question"), make_step("talk", advance="clock"))
    game = Game(make_method(*steps, loop={"start": "tell", "group": PAIRS}), 5).start()
    one, other = small(game)
    assert game.state.tables[1].bringer == one
    game.leave(one)
    assert game.state.table_of(one).index == 1 and game.state.tables[2].index == 0
    line = "Hoe nu verder?"
    two = game.state.tables[2].bringer
    assert two is not None
    game.say(two, line)
    assert next_due(game.state) == game.now + 5 * MINUTE
    game.tick(5 * MINUTE)
    assert game.state.tables[2].index == 1
    assert view(game.state, two)["case"]["question"] == line, "also where the clock goes on"
    assert (game.state.table_of(one).bringer, game.state.table_of(one).index) == (other, 0)
    for _ in range(3):
        game.tick(5 * MINUTE)
    assert game.state.phase == "closing" and not game.state.apart


def test_what_was_said_in_a_group_cannot_be_answered_later() -> None:
    talk = make_step("talk", "pairs", group=PAIRS, actors=["A"])
    method = make_method(make_step("round"), talk, make_step("ask", actors=["A"], answerer=["A"]))
    game = apart(method)
    one, _ = small(game, 2)
    said = game.say(one, "onder ons")
    game.advance()
    assert game.step == "ask" and said in game.sees(one)
    assert game.refused(c.Say(one, "nog iets", parent=said)) == "no_such_item"


def test_what_nobody_else_ever_reads_can_be_taken_back_when_all_are_together() -> None:
    write = make_step("write", "pairs", group=PAIRS, reveal="never")
    game = apart(make_method(make_step("round"), write, make_step("talk", "after")))
    one, _ = small(game, 2)
    mine = game.say(one, "voor mezelf")
    game.advance()
    game.do(c.Withdraw(one, mine))
    assert mine not in game.sees(one)


def test_who_leads_all_has_nothing_to_choose_while_sub_groups_vote() -> None:
    vote = make_step("judge", "pairs", group=PAIRS, uses=[{"step": "round"}])
    game = Game(make_method(make_step("round"), vote, make_step("talk")), 5).start()
    game.round()
    game.advance()
    assert game.state.apart and "choose" not in game.tools(1)


def test_who_comes_or_goes_after_a_loop_in_sub_groups_starts_no_new_turn() -> None:
    method = make_method(make_step("tell"), make_step("talk"), loop={"start": "tell", "group": PAIRS})
    game = Game(method, 5).start().advance()
    assert game.state.phase == "closing"
    game.do(c.Back(1, game.table.visit))
    game.do(Remove(3))
    assert game.step == "talk" and not game.state.apart and game.table.bringer is None
