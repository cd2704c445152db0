"""One example per rule of what a command does, or why it is refused."""

import pytest

from intervisie.engine import (
    CaseText,
    Join,
    Open,
    Person,
    Refused,
    Remove,
    decide,
    event_to_json,
    next_due,
    view,
)
from intervisie.engine import commands as c
from intervisie.engine.events import Stopped
from tests.intervisie.engine_support import (
    MINUTE,
    Game,
    choosing,
    make_method,
    make_people,
    make_person,
    make_step,
)

CASE = CaseText(
    "Sporthal", "Hoe neem ik de dorpen mee?", "Twee dorpen, één hal.", "trekker", ("wethouder",), "Het lukte."
)


def pitch_of(game: Game, seat: int) -> str:
    return next(i.id for i in game.state.items.each() if i.kind == "pitch" and i.by == seat)


# Lobby and start


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
    assert seen["session"] == {"phase": "running", "bringer": 3, "skipped": ["pitch", "choose"]}
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


# Rounds


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


# Choosing a case


def test_dots_are_limited_and_can_be_taken_back() -> None:
    game = Game("INC6", 4).start().to("choose")
    two, three = pitch_of(game, 2), pitch_of(game, 3)
    game.do(c.Vote(2, two, 2))
    assert game.refused(c.Vote(2, three, 2)) == "too_many_dots"
    assert game.refused(c.Vote(2, three, 4)) == "bad_value"
    game.do(c.Vote(2, three, 1))
    assert game.tools(2)["vote"]["left"] == 0
    game.do(c.Vote(2, two, 0))
    assert game.tools(2)["vote"]["left"] == 2
    assert game.do(c.Vote(2, three, 1)) == ()
    assert game.refused(c.Vote(2, "niets", 1)) == "no_such_item"
    assert game.refused(c.Vote(1, two, 1)) == "not_your_turn"


def test_one_may_give_dots_to_the_own_pitch() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Vote(3, pitch_of(game, 3), 3))
    game.advance()
    assert game.role(3) == "B"


def test_results_stay_hidden_until_the_step_is_over() -> None:
    game = Game("INC6", 4).start().to("choose")
    three = pitch_of(game, 3)
    game.do(c.Vote(2, three, 3))
    assert view(game.state, 1)["judge"]["results"] is None
    assert view(game.state, 1)["judge"]["mine"] == {}
    assert view(game.state, 2)["judge"]["mine"] == {three: 3}
    assert game.states(1)[2] == "voted"
    game.advance()
    judge = view(game.state, 1)["judge"]
    assert judge["results"][three] == 3 and judge["chosen"] == three


def test_a_tie_is_settled_by_the_facilitator() -> None:
    game = Game("INC6", 4).start().to("choose")
    visit = game.table.visit
    two, three, four = (pitch_of(game, seat) for seat in (2, 3, 4))
    assert game.refused(c.Advance(1, visit)) == "choose_first"
    game.do(c.Vote(2, two, 1))
    game.do(c.Vote(3, three, 1))
    with pytest.raises(Refused) as refusal:
        game.do(c.Advance(1, visit))
    assert (refusal.value.code, refusal.value.params) == ("tie", {"items": [two, three]})
    assert game.refused(c.Choose(1, four)) == "not_tied"
    assert game.refused(c.Choose(1, "niets")) == "no_such_item"
    assert game.refused(c.Choose(3, two)) == "facilitator_only"
    game.do(c.Choose(1, three))
    assert game.do(c.Choose(1, three)) == ()
    assert view(game.state, 4)["judge"]["chosen"] == three
    game.advance()
    assert game.role(3) == "B"


def test_without_votes_the_facilitator_may_choose_any() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Choose(1, pitch_of(game, 4)))
    game.advance()
    assert game.role(4) == "B"


def test_new_votes_count_more_than_what_was_settled() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Choose(1, pitch_of(game, 4)))
    game.do(c.Vote(2, pitch_of(game, 3), 1))
    game.advance()
    assert game.role(3) == "B"


def test_pitches_of_who_is_gone_or_leads_cannot_win() -> None:
    game = Game("INC6", 5).start().to("choose")
    three, four = pitch_of(game, 3), pitch_of(game, 4)
    game.do(c.Vote(2, three, 3))
    game.do(c.Vote(5, four, 1))
    game.do(Remove(3))
    game.do(c.HandOver(1, 5))
    assert three not in view(game.state, 2)["judge"]["options"]
    assert pitch_of(game, 5) not in view(game.state, 2)["judge"]["options"]
    assert game.refused(c.Vote(4, three, 1)) == "no_such_item"
    game.advance()
    assert game.role(4) == "B"


def test_a_pick_moves_with_the_newest_vote() -> None:
    pick = make_step("judge", "choose", effect="case", uses=[{"step": "pitch"}], scale={"type": "pick"})
    game = Game(make_method(choosing()[0], pick, make_step("tell")), 4).start().to("choose", bringer=0)
    two, three = pitch_of(game, 2), pitch_of(game, 3)
    game.do(c.Vote(4, two, 1))
    game.do(c.Vote(4, three, 1))
    assert view(game.state, 4)["judge"]["mine"] == {three: 1}
    assert game.refused(c.Vote(4, two, 2)) == "bad_value"


def test_labels_are_counted_per_value() -> None:
    text = {"nl": "warm", "en": "warm"}
    scale = {"type": "label", "options": [text, text, text]}
    game = Game(
        make_method(
            make_step("write"), make_step("judge", uses=[{"step": "write"}], scale=scale), make_step("talk")
        ),
        4,
    ).start()
    line = game.say(2)
    game.advance()
    for seat, value in ((2, 1), (3, 3), (4, 3)):
        game.do(c.Vote(seat, line, value))
    assert game.refused(c.Vote(2, line, 4)) == "bad_value"
    assert game.refused(c.Choose(1, line)) == "not_in_this_step"
    game.advance()
    assert view(game.state, 2)["judge"]["results"] == {line: {"1": 1, "3": 2}}


def test_scores_keep_to_their_range() -> None:
    scale = {"type": "score", "low": 2, "high": 4}
    game = Game(
        make_method(make_step("write"), make_step("judge", uses=[{"step": "write"}], scale=scale)), 3
    ).start()
    line = game.say(2)
    game.advance()
    assert [game.refused(c.Vote(2, line, value)) for value in (1, 5)] == ["bad_value", "bad_value"]
    game.do(c.Vote(2, line, 2))


# The case and its outcome


def test_a_pitch_with_the_prepared_case_puts_that_case_on_the_table() -> None:
    game = Game("INC6", 4, {3: CASE}).start()
    assert game.tools(2)["say"].get("case") is None
    assert game.refused(c.Say(2, "de mijne", case=True)) == "no_prepared_case"
    game.say(2)
    assert game.tools(3)["say"]["case"] is True
    game.say(3, "over de sporthal", case=True)
    game.say(4)
    game.advance().do(c.Choose(1, pitch_of(game, 3)))
    game.advance()
    case = view(game.state, 2)["case"]
    assert (case["title"], case["parties"], case["outcome"]) == ("Sporthal", ["wethouder"], None)


def test_a_pitch_without_a_prepared_case_is_the_question() -> None:
    game = Game("INC6", 4, {3: CASE}).start().to("explain", bringer=3)
    assert view(game.state, 2)["case"]["question"] == "beurt van 3"
    assert view(game.state, 2)["case"]["title"] == ""


def test_the_outcome_is_sealed_until_its_bringer_opens_it() -> None:
    game = Game("INC6", 4, {3: CASE}, chosen=3).start()
    assert view(game.state, 3)["case"]["outcome"] == "Het lukte."
    assert view(game.state, 1)["case"]["outcome"] is None
    assert game.refused(c.Unseal(3)) == "sealed_here"
    assert "unseal" not in game.tools(3)
    game.advance()
    assert game.refused(c.Unseal(1)) == "bringer_only"
    assert "unseal" in game.tools(3)
    game.do(c.Unseal(3))
    assert game.do(c.Unseal(3)) == ()
    assert "unseal" not in game.tools(3)
    assert view(game.state, 1)["case"]["outcome"] == "Het lukte."


def test_there_may_be_nothing_sealed() -> None:
    game = Game("INC6", 4).start().to("facts", bringer=3)
    assert game.refused(c.Unseal(3)) == "nothing_sealed"


# Going on and back


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
    assert game.refused(c.Edit(2, pitch_of(game, 2), "anders")) == "too_late"
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


# The clock


def test_the_clock_is_the_steps_and_can_be_given_time() -> None:
    game = Game("INC6", 4).start()
    began = game.now
    assert view(game.state, 2)["clock"] == {
        "ends": began + 7 * MINUTE,
        "left": None,
        "total": 7 * MINUTE,
        "paused": False,
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


# Contributions


def test_questions_are_asked_by_participants_and_answered_by_the_bringer() -> None:
    game = Game("INC6", 5).start().to("facts")
    assert game.refused(c.Say(2, "zomaar")) == "reply_needed"
    question = game.say(3, "wanneer was dat?")
    assert game.sees(2)[question]["kind"] == "question"
    assert game.refused(c.Say(4, "ik denk gisteren", parent=question)) == "no_reply"
    answer = game.say(2, "in mei", parent=question)
    assert game.sees(3)[answer] | {"kind": "answer", "parent": question} == game.sees(3)[answer]
    assert game.refused(c.Say(2, "ook", parent=answer)) == "no_such_item"
    assert game.refused(c.Say(2, "ook", parent="niets")) == "no_such_item"
    assert game.refused(c.Say(2, "ook", parent=pitch_of(game, 3))) == "no_such_item"
    assert [tool for tool in view(game.state, 2)["me"]["tools"] if tool["do"] == "say"] == [
        {
            "do": "say",
            "kind": "answer",
            "sees": "all_named",
            "left": None,
            "max_words": None,
            "parent": "required",
        }
    ]


def test_everybody_may_ask_and_answer_everybody_where_the_step_says_so() -> None:
    game = Game(make_method(make_step("ask", actors=["A"], answerer=["A"])), 4).start()
    question = game.say(3, "waarom?")
    game.say(4, "daarom", parent=question)
    game.say(3, "omdat", parent=question)


def test_written_questions_are_answered_in_a_later_step() -> None:
    write = make_step("write", collects="question", actors=["C"], reveal="end")
    game = (
        Game(make_method(*choosing(), write, make_step("ask", uses=[{"step": "write"}])), 4)
        .start()
        .to("write")
    )
    question = game.say(3, "wat wil je echt?")
    game.advance()
    game.say(2, "rust", parent=question)


def test_a_step_limits_contributions_per_person() -> None:
    game = Game("ROD", 4).start().to("explore")
    for n in range(3):
        assert game.tools(3)["say"]["left"] == 3 - n
        game.say(3, f"vraag {n}")
    assert "say" not in game.tools(3)
    assert game.refused(c.Say(3, "vraag 4")) == "enough"
    question = next(i.id for i in game.state.items.each() if i.kind == "question")
    game.do(c.Withdraw(3, question))
    game.say(3, "vraag 4")


def test_words_are_limited_where_the_rule_blocks() -> None:
    strict = make_step("write", items={"max_words": 3}, rules=[{"id": "max_words", "level": "block"}])
    game = Game(make_method(strict, make_step("talk", items={"max_words": 3})), 3).start()
    assert game.refused(c.Say(2, "dit zijn vier woorden")) == "too_many_words"
    assert game.tools(2)["say"]["max_words"] == 3
    line = game.say(2, "drie woorden maar")
    assert game.refused(c.Edit(2, line, "dit zijn vier woorden")) == "too_many_words"
    game.advance().say(2, "hier is het maar een raad")


def test_replies_are_refused_where_the_rule_blocks() -> None:
    loud = make_step("talk")
    quiet = make_step("talk", "quiet", rules=[{"id": "no_reply", "level": "block"}])
    game = Game(make_method(loud, quiet), 3).start()
    line = game.say(2)
    assert game.tools(3)["say"]["parent"] == "allowed"
    game.say(3, "eens", parent=line)
    game.advance()
    assert game.tools(3)["say"]["parent"] == "none"
    later = game.say(2)
    assert game.refused(c.Say(3, "eens", parent=later)) == "no_reply"


def test_a_reply_belongs_to_the_step_of_now() -> None:
    game = Game(make_method(make_step("talk"), make_step("talk", "more")), 3).start()
    line = game.say(2)
    game.advance()
    assert game.refused(c.Say(3, "nog over net", parent=line)) == "no_such_item"


def test_own_live_contributions_can_be_changed_until_the_step_is_left() -> None:
    game = Game("ROD", 4).start().to("gossip")
    line, other = game.say(3, "eerste"), game.say(4, "tweede")
    game.do(c.Edit(3, line, "beter"))
    assert game.do(c.Edit(3, line, "beter")) == ()
    assert game.sees(2)[line] | {"text": "beter", "edited": True} == game.sees(2)[line]
    assert game.refused(c.Edit(3, other, "x")) == "not_yours"
    assert game.refused(c.Edit(3, "niets", "x")) == "no_such_item"
    game.do(c.Withdraw(3, line))
    assert line not in game.sees(3) and game.state.items[line].text == ""
    assert game.refused(c.Withdraw(3, line)) == "no_such_item"
    game.advance()
    assert game.refused(c.Edit(4, other, "x")) == "too_late"
    assert game.refused(c.Withdraw(4, other)) == "too_late"


def test_what_waits_for_its_reveal_can_be_changed_until_then() -> None:
    write = make_step("write", reveal="step:later")
    game = Game(make_method(write, make_step("talk"), make_step("talk", "later")), 3).start()
    line = game.say(2, "eerste beeld")
    assert game.sees(2)[line]["sealed"] is True
    game.advance()
    game.do(c.Edit(2, line, "tweede beeld"))
    game.advance()
    assert game.refused(c.Edit(2, line, "derde beeld")) == "too_late"
    assert "sealed" not in game.sees(2)[line] and game.sees(3)[line]["text"] == "tweede beeld"


def test_nobody_speaks_in_a_pause() -> None:
    game = Game(make_method(make_step("pause"), make_step("talk")), 3).start()
    assert game.refused(c.Say(2, "stil")) == "not_in_this_step"


def test_ready_is_per_visit() -> None:
    game = Game("INC6", 4).start()
    game.do(c.Ready(3, True))
    assert game.do(c.Ready(3, True)) == ()
    assert game.states(1)[3] == "ready"
    assert game.refused(c.Ready(1, True)) == "not_your_role"
    game.do(c.Ready(3, False))
    game.do(c.Ready(4, True))
    game.advance()
    assert not any(seat["ready"] for seat in view(game.state, 1)["seats"])


def test_an_intention_may_have_a_date() -> None:
    game = Game("INC6", 4).start().to("intention")
    assert game.tools(2)["say"]["kind"] == "intention"
    line = game.say(2, "ik bel haar", date="2027-01-15")
    assert game.sees(3)[line]["date"] == "2027-01-15"
    assert game.states(3)[2] == "floor"


# Leading


def test_handing_over_changes_both_roles() -> None:
    game = Game("INC6", make_people(5, s5="observer")).start()
    assert game.refused(c.HandOver(1, 99)) == "no_such_seat"
    assert game.refused(c.HandOver(1, 1)) == "already_leads"
    game.do(c.HandOver(1, 2))
    assert (game.role(1), game.role(2)) == ("C", "F")
    assert game.table.floor == 1, "the floor of who leads now goes to the first in turn"
    assert game.refused(c.Advance(1, 1)) == "facilitator_only"
    game.do(c.HandOver(2, 5))
    assert game.role(5) == "F"


def test_the_bringer_cannot_lead() -> None:
    game = Game("INC6", 4).start().to("explain", bringer=3)
    assert game.refused(c.HandOver(1, 3)) == "bringer_cannot_lead"
    lobby = Game("INC6", 4, {3: CASE}, chosen=3).agree_all()
    assert lobby.refused(c.HandOver(1, 3)) == "bringer_cannot_lead"


def test_the_lead_goes_to_another_when_its_last_holder_is_removed() -> None:
    game = Game("INC6", make_people(4, s2="observer")).start()
    game.do(Remove(1))
    assert game.role(3) == "F"
    assert game.table.floor == 4


def test_a_facilitator_who_joins_in_acts_too() -> None:
    game = Game(make_method(make_step("round", joins_in=True), make_step("talk")), 3).start()
    assert game.table.floor == 1
    game.do(c.Ready(1, True))
    game.round()
    assert {item["by"] for item in game.sees(2).values()} == {1, 2, 3}


# Stop signals


def test_a_stop_signal_can_be_given_by_anyone_always_and_cleared() -> None:
    game = Game("INC6", make_people(5, s5="observer")).start().to("diagnosis")
    game.do(c.RaiseStop(2, "dit gaat te snel", False))
    game.do(c.RaiseStop(5, "", True))
    for seat in game.state.people:
        named, hidden = view(game.state, seat)["stops"]
        assert named["by"] == 2 and hidden["by"] is None
    assert game.refused(c.ClearStop(2, named["id"])) == "facilitator_only"
    game.do(c.ClearStop(1, named["id"]))
    assert [stop["by"] for stop in view(game.state, 3)["stops"]] == [None]
    assert game.refused(c.ClearStop(1, named["id"])) == "no_such_item"
    given = [event_to_json(event) for event in game.log if isinstance(event, Stopped)]
    assert given[1] == {"kind": "stopped", "stop": {"id": hidden["id"], "by": None, "text": ""}}, (
        "not even in the log"
    )


# People who come and go


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
    game.do(c.Vote(2, pitch_of(game, 4), 3))
    game.advance()
    assert game.role(4) == "B"
