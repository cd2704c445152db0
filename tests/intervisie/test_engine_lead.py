"""Leading, handing over, stop signals."""

from intervisie.engine import (
    Remove,
    event_to_json,
    view,
)
from intervisie.engine import commands as c
from intervisie.engine.events import Stopped
from tests.intervisie.engine_support import (
    CASE,
    Game,
    make_method,
    make_people,
    make_step,
)


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
