"""Every tool says who will see what is written with it."""

from typing import Any

import pytest

from tests.intervisie.engine_support import Game, choosing, make_method, make_step


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


def test_the_other_tools_say_it_too() -> None:
    game = Game("ROD", 4).start()
    assert game.tools(3)["stop"]["sees"] == "stop_named"
    game.to("choose")
    assert game.tools(3)["vote"]["sees"] == "votes_end"
    game.to("gossip")
    assert game.tools(2)["note"]["sees"] == "only_me"
    assert game.tools(3)["say"]["sees"] == "group_named_bringer_no_name"
