"""Sessions in the memory of this process: what a long one leaves there."""

import gc
import uuid

from intervisie import rooms
from intervisie.engine import commands as c
from intervisie.engine import decide, replay
from tests.intervisie.engine_support import Game, make_method, make_step

SAID = 200


def test_a_contribution_leaves_no_more_than_itself_for_the_collector_of_garbage() -> None:
    """Who looks through all that lives halts everybody meanwhile: a session of thousands of contributions should not be felt."""
    game = Game(make_method(make_step("talk", actors=["A"])), 4).start()
    room = rooms.Room(uuid.uuid4(), game.state, 0)
    _say(room, game, 2)  # what is made once
    before = _looked_through()
    for seq in range(3, SAID + 3):
        _say(room, game, seq)
    assert SAID <= _looked_through() - before < 1.1 * SAID


def _say(room: rooms.Room, game: Game, seq: int) -> None:
    events = decide(room.state, c.Say(2, f"Daar merken we {seq} keer iets van."), game.now, game.ids)
    room.advance(seq, replay(events, room.state), events, uuid.uuid4())


def _looked_through() -> int:
    gc.collect()
    return len(gc.get_objects())
