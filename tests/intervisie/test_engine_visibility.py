"""Who sees what, when, and under what name; and that nothing else tells them."""

import json
from pathlib import Path
from typing import Any

import pytest

from intervisie.engine import Join, Remove, Sight, can_see, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import Game, choosing, make_method, make_people, make_person, make_step

REALTIME = (Path(__file__).parents[2] / "docs" / "realtime.md").read_text(encoding="utf-8")


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


# Names


def test_anonymous_contributions_have_no_name_for_anybody_but_their_author() -> None:
    game = Game(
        make_method(make_step("write", reveal="end", attribution="anon"), make_step("talk")), 4
    ).start()
    line = game.say(3, "liever niet hardop")
    game.advance()
    assert game.sees(3)[line]["by"] == 3
    assert [game.sees(seat)[line]["by"] for seat in (1, 2, 4)] == [None] * 3


def test_a_step_without_names_does_not_show_who_wrote_or_is_ready() -> None:
    game = Game(make_method(make_step("write", attribution="anon")), 4).start()
    before = game.states(2)
    game.say(3)
    game.do(c.Ready(3, True))
    assert game.states(2) == before
    assert game.states(3)[3] == "ready", "I do see what I did myself"


def delayed_orders(first: int, second: int) -> list[str]:
    game = Game(
        make_method(make_step("write", reveal="end", attribution="anon"), make_step("talk")), 4
    ).start()
    names = iter(["zz", "aa"])
    game.ids = lambda: next(names)
    game.say(first, f"van {first}")
    game.now += 500
    game.say(second, f"van {second}")
    game.advance()
    return [item["text"] for item in view(game.state, 1)["items"]]


def test_the_order_of_anonymous_texts_does_not_tell_who_was_first() -> None:
    assert delayed_orders(2, 3) == ["van 3", "van 2"]


def streams_without_names(author: int, step: dict[str, Any], edit: bool) -> dict[int, list[Any]]:
    """One of seats 3 and 4 writes; everything that each seat is sent."""
    game = Game(make_method(step, make_step("talk", "later")), 5).start()
    line = game.say(author, "zeg het maar")
    if edit:
        game.do(c.Edit(author, line, "zeg het anders"))
        game.do(c.Withdraw(author, line))
        game.say(author, "en nog eens")
    game.do(c.Ready(author, True))
    game.now += 3
    game.say(2)
    game.advance()
    return game.streams


@pytest.mark.parametrize("reveal", ["live", "end", "step:later"])
@pytest.mark.parametrize("edit", [False, True])
def test_who_of_two_wrote_without_a_name_cannot_be_told_from_anything_sent(reveal: str, edit: bool) -> None:
    step = make_step("write", attribution="anon", reveal=reveal)
    one, other = streams_without_names(3, step, edit), streams_without_names(4, step, edit)
    for seat in (1, 2, 5):
        assert json.dumps(one[seat]) == json.dumps(other[seat])


# Turned


def gossip_of(author: int) -> Game:
    game = Game("ROD", 5).start().to("gossip", bringer=2)
    game.streams[2].clear()
    line = game.say(author, "zij wil het iedereen naar de zin maken")
    game.do(c.Edit(author, line, "zij wil iedereen tevreden houden"))
    game.do(c.Ready(author, True))
    game.say(author, "en zichzelf vergeet ze")
    return game


def test_a_turned_bringer_cannot_tell_who_speaks_from_anything_sent() -> None:
    """The same bytes, whoever of two people spoke; also afterwards, when everybody faces each other again."""
    one, other = gossip_of(3), gossip_of(4)
    assert one.streams[2] and json.dumps(one.streams[2]) == json.dumps(other.streams[2])
    assert json.dumps(view(one.state, 2)) == json.dumps(view(other.state, 2))
    one.advance().advance()
    other.advance().advance()
    assert json.dumps(one.streams[2]) == json.dumps(other.streams[2])
    read = [item for item in one.sees(2).values() if item["step"] == "gossip"]
    assert read and all(item["by"] is None for item in read)
    assert all(item["by"] == 3 for item in one.sees(4).values() if item["step"] == "gossip")


def test_a_turned_bringer_sees_no_floor_and_no_doings() -> None:
    turned = make_step("round", "spiegel", actors=["C"], stance={"B": "turned"})
    game = Game(make_method(*choosing(), turned, make_step("talk")), 5).start().to("spiegel", bringer=2)
    before = len(game.streams[2])
    game.do(c.Ready(4, True))
    game.say(3, "een")
    ops = game.streams[2][before:]
    assert [op[0] for op in ops] == ["item"] and ops[0][1]["by"] is None
    assert view(game.state, 2)["step"]["floor"] is None
    assert set(game.states(2).values()) == {"leads", "turned", "waits"}
    assert game.states(5)[3] == "said" and view(game.state, 5)["step"]["floor"] == 4


def test_notes_and_marks_of_a_turned_bringer_reach_nobody_else() -> None:
    game = Game("ROD", 5).start().to("gossip", bringer=2)
    line = game.say(3)
    sent = {seat: len(game.streams[seat]) for seat in game.state.people}
    game.do(c.Note(2, "dit raakt"))
    game.do(c.Mark(2, line, True))
    assert game.do(c.Mark(2, line, True)) == ()
    assert all(len(game.streams[seat]) == sent[seat] for seat in (1, 3, 4, 5)), "not even a cursor moves"
    (mark,) = [item for item in game.sees(2).values() if item["kind"] == "mark"]
    assert mark["parent"] == line and mark["text"] == ""
    game.do(c.Mark(2, line, False))
    assert game.do(c.Mark(2, line, False)) == ()
    assert not any(item["kind"] == "mark" for item in game.sees(2).values())
    assert game.refused(c.Mark(2, "niets", True)) == "no_such_item"
    assert game.refused(c.Note(3, "ik ook")) == "not_turned"
    game.do(c.Mark(2, line, True))
    game.advance()
    assert {item["kind"] for item in game.sees(2).values()} >= {"note", "mark"}
    assert game.refused(c.Note(2, "nu niet meer")) == "not_turned"


@pytest.mark.parametrize(
    ("stance", "code"), [("listen", "listening"), ("turned", "turned"), ("away", "away")]
)
def test_nothing_of_a_silent_bringer_gets_through(stance: str, code: str) -> None:
    silent = make_step("talk", "zonder", actors=["C"], stance={"B": stance}, chat=["B", "C"])
    game = Game(make_method(*choosing(), silent, make_step("tell")), 5).start().to("zonder", bringer=2)
    line = game.say(3)
    for wish in (
        c.Say(2, "ja maar"),
        c.Say(2, "ja maar", parent=line),
        c.Edit(2, line, "x"),
        c.Withdraw(2, line),
        c.Pass(2),
        c.Ready(2, True),
        c.Vote(2, line, 1),
        c.Chat(2, "psst"),
        c.Unseal(2),
    ):
        assert game.refused(wish) == code
    allowed = {"stop", "note", "mark"} if stance == "turned" else {"stop"}
    assert set(game.tools(2)) == allowed
    game.do(c.RaiseStop(2, "ik wil even iets zeggen", False))


# Away


def test_who_was_away_never_reads_what_they_missed() -> None:
    away = make_step("talk", "zonder", actors=["C"], stance={"B": "away"})
    game = Game(make_method(*choosing(), away, make_step("tell")), 5).start().to("zonder", bringer=2)
    sent = len(game.streams[2])
    line = game.say(3, "nu hij weg is")
    game.do(c.Edit(3, line, "nu hij weg is, eerlijk"))
    assert len(game.streams[2]) == sent
    game.advance().advance()
    assert line not in game.sees(2) and line in game.sees(4)


def test_a_later_step_can_show_what_was_missed() -> None:
    away = make_step("talk", "zonder", actors=["C"], stance={"B": "away"})
    back = make_step("tell", uses=[{"step": "zonder"}])
    game = Game(make_method(*choosing(), away, back), 5).start().to("zonder", bringer=2)
    line, gone = game.say(3), game.say(4)
    game.do(c.Withdraw(4, gone))
    game.advance()
    assert game.sees(2)[line]["by"] == 3 and gone not in game.sees(2)


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
    assert len(game.streams[4]) == sent
    assert can_see(game.state, 4, game.state.items[line]) is Sight.NONE
    assert can_see(game.state, 99, game.state.items[line]) is Sight.NONE
    assert [person["seat"] for person in view(game.state, 3)["people"]] == [1, 2, 3, 4], (
        "who spoke keeps a name"
    )


# The line under the input


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "all_named"),
        ({"attribution": "anon"}, "all_anon"),
        ({"stance": {"B": "listen"}}, "all_named_bringer_listens"),
        ({"stance": {"B": "listen"}, "attribution": "anon"}, "all_anon_bringer_listens"),
        ({"stance": {"B": "turned"}}, "group_named_bringer_no_name"),
        ({"stance": {"B": "turned"}, "attribution": "anon"}, "all_anon"),
        ({"stance": {"B": "away"}}, "group_named_bringer_away"),
        ({"stance": {"B": "away"}, "attribution": "anon"}, "group_anon_bringer_away"),
        ({"stance": {"N": "turned"}}, "group_named_some_no_name"),
        ({"stance": {"N": "away"}}, "group_named_some_away"),
        ({"stance": {"N": "away"}, "attribution": "anon"}, "group_anon_some_away"),
        ({"reveal": "turn"}, "turn_named"),
        ({"reveal": "turn", "attribution": "anon"}, "turn_anon"),
        ({"reveal": "end", "stance": {"B": "listen"}}, "end_named"),
        ({"reveal": "end", "attribution": "anon"}, "end_anon"),
        ({"reveal": "step:talk"}, "later_named"),
        ({"reveal": "step:talk", "attribution": "anon"}, "later_anon"),
        ({"reveal": "to:B"}, "to_bringer"),
        ({"reveal": "never"}, "nobody_ever"),
    ],
)
def test_every_tool_says_who_will_see_it(more: dict[str, Any], code: str) -> None:
    step = make_step("write", actors=["C"], **more)
    game = Game(make_method(*choosing(), step, make_step("talk")), 4).start().to("write", bringer=2)
    assert game.tools(3)["say"]["sees"] == code
    assert f"`{code}`" in REALTIME


def test_the_other_tools_say_it_too() -> None:
    game = Game("ROD", 4).start()
    assert game.tools(3)["stop"]["sees"] == "stop_named"
    game.to("choose")
    assert game.tools(3)["vote"]["sees"] == "votes_end"
    game.to("gossip")
    assert game.tools(2)["note"]["sees"] == "only_me"
    assert game.tools(3)["say"]["sees"] == "group_named_bringer_no_name"
    for code in ("stop_named", "stop_anon", "votes_end", "only_me", "chat_roles"):
        assert f"`{code}`" in REALTIME
