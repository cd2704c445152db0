"""Every tool says who will see what is written with it."""

from typing import Any

import pytest

from intervisie.engine import parse
from tests.intervisie.engine_support import Game, choosing, make_method, make_step, method_json
from tests.intervisie.loose import Loose

ANON = {"attribution": "anon"}
ALIAS = {"attribution": "alias"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "all_named"),
        (ANON, "all_anon"),
        (ALIAS, "all_alias"),
        ({"stance": {"B": "listen"}}, "all_named_bringer_listens"),
        ({"stance": {"B": "listen"}, **ANON}, "all_anon_bringer_listens"),
        ({"stance": {"B": "listen"}, **ALIAS}, "all_alias_bringer_listens"),
        ({"stance": {"B": "turned"}}, "group_named_bringer_no_name"),
        ({"stance": {"B": "turned"}, **ANON}, "all_anon"),
        ({"stance": {"B": "away"}}, "group_named_bringer_away"),
        ({"stance": {"B": "away"}, **ANON}, "group_anon_bringer_away"),
        ({"stance": {"N": "turned"}}, "group_named_some_no_name"),
        ({"stance": {"N": "away"}}, "group_named_some_away"),
        ({"stance": {"N": "away"}, **ANON}, "group_anon_some_away"),
        ({"reveal": "turn"}, "turn_named"),
        ({"reveal": "end", "stance": {"B": "listen"}}, "end_named"),
        ({"reveal": "end", **ANON}, "end_anon"),
        ({"reveal": "end", **ALIAS}, "end_alias"),
        ({"reveal": "end", "names_at": "talk", **ANON}, "end_anon_then_named"),
        ({"reveal": "end", "names_at": "talk", **ALIAS}, "end_alias_then_named"),
        ({"reveal": "step:talk"}, "later_named"),
        ({"reveal": "step:talk", **ANON}, "later_anon"),
        ({"reveal": "to:B"}, "to_bringer"),
        ({"reveal": "to:B", **ANON}, "to_bringer_anon"),
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


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "table_named"),
        (ANON, "table_anon"),
        (ALIAS, "table_alias"),
        ({"stance": {"B": "listen"}}, "table_named"),
        ({"stance": {"B": "turned"}}, "table_named_bringer_no_name"),
        ({"stance": {"B": "turned"}, **ANON}, "table_anon"),
        ({"stance": {"B": "away"}}, "table_named_bringer_away"),
        ({"stance": {"N": "away"}}, "table_named"),
        ({"reveal": "end"}, "table_end_named"),
        ({"reveal": "end", "names_at": "end", **ANON}, "table_end_anon_then_named"),
        ({"reveal": "step:end", **ALIAS}, "table_later_alias"),
        ({"reveal": "turn"}, "table_turn_named"),
        ({"reveal": "to:B"}, "to_bringer"),
        ({"reveal": "never"}, "nobody_ever"),
    ],
)
def test_at_a_small_table_it_speaks_of_that_table(more: dict[str, Any], code: str) -> None:
    step = make_step("write", actors=["C"], **more)
    loop = {"loop": {"start": "write", "group": {"min": 3, "max": 4}}}
    game = Loose(parse(method_json(step, make_step("tell", "end")) | loop), 7).start()
    writer = next(seat for seat in range(2, 8) if game.role(seat) == "C")
    assert game.tools(writer)["say"]["sees"] == code


def test_who_stays_behind_is_no_part_of_what_a_sub_group_is_promised() -> None:
    """Where one step is done in sub-groups the bringer, who does not act in it, sits elsewhere."""
    step = make_step("write", actors=["C"], stance={"B": "turned"}, group={"min": 2, "max": 2})
    game = Loose(make_method(*choosing(), step, make_step("tell", "end")), 6).start().to("write", bringer=2)
    assert game.tools(3)["say"]["sees"] == "table_named"


def test_an_answer_to_a_question_for_the_bringer_alone_goes_to_who_asked() -> None:
    step = make_step("ask", reveal="to:B")
    game = Game(make_method(*choosing(), step), 4).start().to("ask", bringer=2)
    assert (game.tools(3)["say"]["sees"], game.tools(2)["say"]["sees"]) == ("to_bringer", "to_asker")


@pytest.mark.parametrize(
    ("reveal", "large", "small"),
    [
        ("never", "nobody_ever", "nobody_ever"),
        ("end", "end_named", "table_end_named"),
        ("to:B", "to_bringer", "to_bringer"),
    ],
)
def test_writing_beside_a_step_says_it(reveal: str, large: str, small: str) -> None:
    step = make_step("tell", "tell", side={"roles": ["C"], "reveal": reveal})
    game = Game(make_method(*choosing(), step), 4).start().to("tell", bringer=2)
    assert game.tools(3)["aside"]["sees"] == large
    loop = {"loop": {"start": "tell", "group": {"min": 3, "max": 4}}}
    apart = Loose(parse(method_json(step) | loop), 7).start()
    writer = next(seat for seat in range(2, 8) if apart.role(seat) == "C")
    assert apart.tools(writer)["aside"]["sees"] == small
