"""Without a name means without a name: nothing that is sent tells who wrote."""

import json
from typing import Any

import pytest

from intervisie.engine import commands as c
from intervisie.engine import view
from tests.intervisie.engine_support import Game, make_method, make_step


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
