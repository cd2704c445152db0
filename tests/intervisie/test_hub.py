"""The lines of one process, without a server."""

import asyncio
from random import Random
from uuid import uuid4

import pytest

from intervisie.realtime import protocol
from intervisie.realtime.hub import MOST_LINES_OF_ONE, Hub
from intervisie.realtime.identity import Admission
from intervisie.realtime.line import Line
from intervisie.realtime.wire import Frame


class Kept:
    """A wire that keeps the code it was closed with."""

    def __init__(self) -> None:
        self.code: int | None = None

    def send(self, frame: Frame) -> None:
        pass

    def close(self, code: int) -> None:
        self.code = code


@pytest.mark.parametrize("seed", range(5))
def test_the_lines_that_came_to_the_door_last_stay_in_whatever_order_they_were_let_in(seed):
    """Who may come in is read in two threads: the first to ask is not always the first to hear."""
    admission = Admission(uuid4(), user_id=1, seat=1, login="", language="nl")
    lines = [Line(admission, Kept(), since=at) for at in range(MOST_LINES_OF_ONE + 2)]

    async def come() -> None:
        hub = Hub(asyncio.get_running_loop())
        for line in Random(seed).sample(lines, len(lines)):
            hub.join(line)
        assert hub.lines[admission.session_id] == set(lines[2:])

    asyncio.run(come())
    assert [line.wire.code for line in lines] == [protocol.TOO_MANY_LINES] * 2 + [None] * MOST_LINES_OF_ONE
