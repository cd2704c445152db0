"""What is seen when: reveals, side chat, observers, newcomers, those who left."""

import json

import pytest

from intervisie.engine import Join, Remove, Sight, can_see, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import Game, choosing, make_method, make_people, make_person, make_step


def told(game: Game, seat: int) -> str:
    """Everything this seat was ever sent, as bytes would have it."""
    return json.dumps(game.streams[seat], ensure_ascii=False)


# Reveal


@pytest.mark.parametrize("reveal", ["end", "step:later", "never"])
def test_a_delayed_reveal_keeps_the_text_with_its_author(reveal: str) -> None:
    write = make_step("write", reveal=reveal)
    game = Game(make_method(write, make_step("talk", "later")), 4).start()
    line = game.say(2, "geheim-1")
    assert game.sees(2)[line]["by"] == 2 and game.sees(2)[line]["sealed"] is True
    assert all("geheim-1" not in told(game, seat) for seat in (1, 3, 4))
    game.advance()
    open_now = reveal != "never"
    assert [line in game.sees(seat) for seat in (1, 3, 4)] == [open_now] * 3
    assert ("sealed" in game.sees(2)[line]) is not open_now


def test_going_back_reveals_nothing() -> None:
    game = Game(
        make_method(make_step("talk"), make_step("write", reveal="end"), make_step("talk", "later")), 3
    ).start()
    game.advance()
    line = game.say(2)
    game.do(c.Back(1, 2))
    assert line not in game.sees(3) and "sealed" in game.sees(2)[line]
    game.advance().advance()
    assert line in game.sees(3)


def test_texts_open_when_it_is_their_authors_turn() -> None:
    write = make_step("write", reveal="turn")
    game = Game(make_method(write, make_step("round", uses=[{"step": "write"}])), 4).start()
    lines = {seat: game.say(seat) for seat in (2, 3, 4)}
    game.advance()
    assert set(game.sees(1)) == {lines[2]}
    game.do(c.Pass(2))
    assert set(game.sees(1)) == {lines[2], lines[3]}
    game.do(c.GiveFloor(1, 4))
    assert set(game.sees(1)) == set(lines.values())


def test_what_is_for_the_bringer_reaches_the_bringer_alone_and_answers_who_asked() -> None:
    game = Game(make_method(*choosing(), make_step("ask", reveal="to:B")), 5).start().to("ask", bringer=2)
    question = game.say(3, "mag ik dit vragen?")
    answer = game.say(2, "alleen aan jou", parent=question)
    assert {seat for seat in game.state.people if question in game.sees(seat)} == {2, 3}
    assert {seat for seat in game.state.people if answer in game.sees(seat)} == {2, 3}
    assert all("alleen aan jou" not in told(game, seat) for seat in (1, 4, 5))


def test_a_promise_to_one_bringer_does_not_pass_to_the_next() -> None:
    game = Game(make_method(*choosing(), make_step("ask", reveal="to:B"), make_step("talk")), 5).start()
    game.to("ask", bringer=2)
    question = game.say(3)
    game.do(c.Back(1, game.table.visit))
    four = next(i.id for i in game.state.items.each() if i.kind == "pitch" and i.by == 4)
    game.do(c.Vote(4, four, 1))
    game.advance()
    assert game.role(4) == "B"
    assert question not in game.sees(4) and question in game.sees(2)


# Side chat


def test_a_side_chat_is_for_its_roles_alone() -> None:
    step = make_step("talk", "zonder", actors=["C"], stance={"B": "listen"}, chat=["C", "F"])
    people = make_people(6, s5="observer", s6="notetaker")
    game = Game(make_method(*choosing(), step, make_step("tell")), people).start().to("zonder", bringer=2)
    assert game.tools(3)["chat"]["sees"] == "chat_roles"
    assert game.refused(c.Chat(6, "ik ook")) == "no_chat" and "chat" not in game.tools(6)
    game.do(c.Chat(3, "zullen we door?"))
    line = next(i.id for i in game.state.items.each() if i.kind == "chat")
    assert {seat for seat in game.state.people if line in game.sees(seat)} == {1, 3, 4}
    game.do(Join(make_person(7)))
    game.do(c.Agree(7))
    assert line in game.sees(7), "a late participant reads what participants read"
    game.do(Join(make_person(8, "notetaker")))
    game.do(c.Agree(8))
    assert line not in game.sees(8)
    game.do(c.Edit(3, line, "zullen we verder?"))
    game.do(c.Withdraw(3, line))
    assert line not in game.sees(4)


def test_a_step_gives_no_side_chat_unless_it_says_so() -> None:
    game = Game("INC6", 4).start()
    assert game.refused(c.Chat(3, "hallo")) == "no_chat"


def test_the_next_bringer_does_not_read_the_chat_about_the_last_one() -> None:
    step = make_step("talk", "zonder", actors=["C"], chat=["C"])
    game = Game(make_method(*choosing(), step, make_step("tell")), 5).start().to("zonder", bringer=2)
    game.do(c.Chat(3, "ik vind het lastig voor hem"))
    game.do(c.Back(1, game.table.visit))
    three = next(i.id for i in game.state.items.each() if i.kind == "pitch" and i.by == 4)
    game.do(c.Vote(4, three, 1))
    game.advance()
    assert game.role(2) == "C"
    assert "lastig voor hem" not in json.dumps(view(game.state, 2))


# Observers, newcomers, those who left


def test_an_observer_sees_the_process_and_no_content() -> None:
    game = Game("INC6", make_people(6, s6="observer")).start().to("facts")
    game.say(3, "wat gebeurde er toen?")
    seen = view(game.state, 6)
    assert seen["items"] == [] and seen["case"] is None and seen["judge"] is None
    assert seen["step"]["id"] == "facts" and seen["clock"] is not None
    assert "gebeurde" not in told(game, 6) and "beurt van" not in told(game, 6)
    game.do(c.RaiseStop(3, "mijn telefoon gaat", False))
    assert view(game.state, 6)["stops"][0]["text"] == ""


def test_an_observer_reads_along_where_the_step_says_so() -> None:
    game = Game(
        make_method(make_step("talk", observer="content"), make_step("talk", "later")),
        make_people(4, s4="observer"),
    )
    game.start()
    line = game.say(2)
    game.advance()
    other = game.say(2)
    assert line in game.sees(4) and other not in game.sees(4)


def test_a_late_joiner_sees_what_their_role_may_see_after_agreeing() -> None:
    game = Game("INC6", 4).start().to("facts", bringer=2)
    question = game.say(3)
    game.do(Join(make_person(7)))
    seen = view(game.state, 7)
    assert seen["items"] == [] and seen["case"] is None and seen["step"] is None and seen["stops"] == []
    assert len(seen["people"]) == 5
    game.do(c.Agree(7))
    assert set(game.sees(7)) == set(game.sees(4)) and question in game.sees(7)


def test_a_late_joiner_reads_without_names_what_their_role_read_so() -> None:
    interview = make_step("ask", "interview", actors=["F"], stance={"C": "turned"})
    game = Game(make_method(*choosing(), interview, make_step("talk")), 4).start().to("interview", bringer=2)
    line = game.say(1, "wat speelt er?")
    game.do(Join(make_person(7)))
    game.do(c.Agree(7))
    assert game.sees(7)[line]["by"] is None and game.sees(2)[line]["by"] == 1


def test_a_removed_participant_sees_nothing_more_at_once() -> None:
    game = Game("INC6", 4).start().to("facts")
    game.do(Remove(4))
    seen = view(game.state, 4)
    assert all(not seen[name] for name in seen if name != "session")
    sent = len(game.streams[4])
    line = game.say(3)
    game.advance().advance().advance().advance().do(c.End(1))
    assert len(game.streams[4]) == sent
    assert can_see(game.state, 4, game.state.items[line]) is Sight.NONE
    assert can_see(game.state, 99, game.state.items[line]) is Sight.NONE
    assert [person["seat"] for person in view(game.state, 3)["people"]] == [1, 2, 3, 4], (
        "who spoke keeps a name"
    )
