"""Whole sessions of the shipped methods, from the lobby to the end."""

import pytest

from intervisie.engine import commands as c
from intervisie.engine import view
from tests.intervisie.engine_support import Game


def play_facts(game: Game, bringer: int) -> None:
    for seat in game.state.people:
        if game.role(seat) == "C":
            question = game.say(seat, f"vraag van {seat}")
            game.say(bringer, "antwoord", parent=question)


def close(game: Game) -> None:
    game.advance()
    assert game.state.phase == "closing"
    for seat in game.state.people:
        game.say(seat, f"meegenomen door {seat}")
    game.do(c.End(game.lead))
    assert game.state.phase == "ended"
    for seat in game.state.people:
        assert game.refused(c.Say(seat, "te laat")) == "ended"
        assert game.tools(seat) == {}
    game.check_codecs()


@pytest.mark.parametrize("people", [6, 16])
def test_inc6_is_played_to_the_end(people: int) -> None:
    game = Game("INC6", people).start()
    assert game.step == "pitch"
    game.round()
    assert len(game.state.items) == people - 1, "all but the facilitator pitched"
    game.advance()
    pitch = next(item.id for item in game.state.items.each() if item.by == 3)
    for seat in range(2, people + 1):
        game.do(c.Vote(seat, pitch, 2))
    game.advance()
    assert game.role(3) == "B"
    assert view(game.state, 1)["case"]["question"] == "beurt van 3"
    game.say(3, "mijn verhaal")
    game.advance()
    play_facts(game, 3)
    for step in ("diagnosis", "solutions"):
        game.advance()
        assert game.step == step
        assert game.refused(c.Say(3, "ja maar")) == "listening"
        assert list(game.tools(3)) == ["stop"]
        game.round()
    game.advance()
    intention = game.say(3, "ik bel de wethouder", date="2026-12-01")
    assert game.sees(2)[intention]["date"] == "2026-12-01"
    close(game)


@pytest.mark.parametrize("people", [6, 16])
def test_rod_is_played_to_the_end(people: int) -> None:
    game = Game("ROD", people).start().to("gossip", bringer=4)
    for seat in range(2, people + 1):
        if seat != 4:
            game.say(seat, f"ik vind dat de inbrenger te aardig is, zegt stoel {seat}")
    line = next(iter(i.id for i in game.state.items.each() if i.step == "gossip"))
    game.do(c.Mark(4, line, True))
    game.do(c.Note(4, "die raakt"))
    game.advance()
    assert game.step == "return"
    read = [item for item in game.sees(4).values() if item["step"] == "gossip" and item["kind"] == "text"]
    assert len(read) == people - 2 and all(item["by"] is None for item in read)
    assert {item["kind"] for item in game.sees(4).values() if item["by"] == 4} >= {"note", "mark"}
    assert not any(item["kind"] in ("note", "mark") for item in game.sees(2).values())
    game.say(4, "dit raakte mij")
    game.advance().round()
    game.advance().say(4, "ik ga eerst luisteren")
    close(game)
