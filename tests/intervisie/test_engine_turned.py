"""What reaches somebody who is turned or away, and what gets through from them."""

import json

import pytest

from intervisie.engine import commands as c
from intervisie.engine import view
from tests.intervisie.engine_support import Game, choosing, make_method, make_step

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


def test_who_was_turned_and_leads_again_still_sees_no_doings_of_that_step() -> None:
    """Whoever leads counts as note-taker while their line is down; what they read then goes without names for ever."""
    turned = make_step("talk", "achter", actors=["C"], stance={"N": "turned"})
    game = Game(make_method(*choosing(), turned, make_step("tell"), make_step("write", actors=["C"])), 6)
    game.start().to("achter", bringer=2)
    game.do(c.Lend(1, frozenset({2, 3, 4, 5, 6})))
    line = game.say(5, "nu je niet kijkt")
    game.do(c.Ready(5, True))
    game.do(c.Restore(1))
    seen = view(game.state, 1)
    assert seen["me"]["role"] == "F" and game.sees(1)[line]["by"] is None
    assert seen["cue"] is None and not any(seat["ready"] for seat in seen["seats"])
    assert view(game.state, 4)["seats"][4]["ready"], "who saw it all along still does"
    game.advance().advance()
    assert view(game.state, 1)["cue"] is not None, "what comes after is no secret"


def test_who_was_turned_but_read_nothing_sees_what_everybody_sees() -> None:
    turned = make_step("talk", "achter", actors=["C"], stance={"N": "turned"})
    game = Game(make_method(*choosing(), turned, make_step("tell")), 6).start()
    game.to("achter", bringer=2)
    game.do(c.Lend(1, frozenset({2, 3, 4, 5, 6})))
    game.do(c.Restore(1))
    assert view(game.state, 1)["cue"] == {"quiet": [3, 4, 5, 6], "of": 4}


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
