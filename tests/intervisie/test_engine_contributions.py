"""What may be said, answered, changed and taken back."""

from intervisie.engine import commands as c
from intervisie.engine import (
    view,
)
from tests.intervisie.engine_support import (
    Game,
    choosing,
    make_method,
    make_step,
)


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
    assert game.refused(c.Say(2, "ook", parent=game.pitch_of(3))) == "no_such_item"
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


def test_nobody_answers_a_question_that_they_cannot_see() -> None:
    private = make_step("ask", actors=["A"], answerer=["A"], reveal="to:B")
    game = Game(make_method(*choosing(), private), 5).start().to("ask", bringer=2)
    question = game.say(3, "tussen ons?")
    assert game.refused(c.Say(4, "ik weet het wel", parent=question)) == "no_such_item"
    game.say(2, "nee", parent=question)


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


def test_what_was_made_for_one_step_never_lands_in_the_next() -> None:
    game = Game("INC6", 4).start()
    game.say(2)
    late = c.Say(3, "mijn situatie", made_in=1)
    game.do(c.Advance(1, 1, made_in=1))
    for wish in (late, c.Ready(3, True, made_in=1), c.Chat(3, "hallo", made_in=9), c.Pause(1, made_in=1)):
        assert game.refused(wish) == "stale"
    game.do(c.RaiseStop(3, "wacht", False, made_in=1))
    game.do(c.Ready(3, True, made_in=2))


def test_a_reply_in_a_talk_on_a_canvas_is_a_text() -> None:
    game = Game(make_method(make_step("talk", canvas="dilemma")), 4).start()
    game.do(c.Say(2, fields={"a": "Tempo"}))
    first = next(iter(game.state.items))
    reply = game.say(3, "Is dat echt een keuze?", parent=first)
    assert "fields" not in game.sees(2)[reply]
    game.do(c.Edit(3, reply, "Is dat een keuze?"))
    assert game.sees(2)[reply]["text"] == "Is dat een keuze?"
    assert game.refused(c.Say(3, parent=first, fields={"a": "Tempo"})) == "malformed"


def test_who_answers_as_somebody_else_is_asked_as_whom() -> None:
    step = make_step("ask", actors=["B"], answerer=["C"], persona={"choose": ["C"]})
    game = Game(make_method(*choosing(), step), 4).start().to("ask")
    question = game.say(2, "wat wil jij?")
    assert game.tools(3)["say"]["persona"]
    assert game.refused(c.Say(3, "rust", parent=question)) == "persona_needed"
    answer = game.say(3, "rust", parent=question, persona="de buurman")
    assert game.sees(2)[answer]["persona"] == "de buurman"
