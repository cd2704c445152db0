"""The lines of one process, without a server."""

import asyncio
import threading
from random import Random
from uuid import uuid4

import pytest

from intervisie import rooms
from intervisie.actions import Outcome, Tick, Wish
from intervisie.realtime import protocol
from intervisie.realtime.hub import MOST_LINES_OF_ONE, Hub
from intervisie.realtime.identity import Admission
from intervisie.realtime.line import Line
from intervisie.realtime.wire import Frame


class Kept:
    """A wire that keeps what was sent and the code it was closed with."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.texts: list[str] = []

    def send(self, frame: Frame) -> None:
        self.texts.append(frame.text)

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


def test_what_memory_took_in_on_the_way_is_told_though_nothing_was_done() -> None:
    """A tick that had been done elsewhere does nothing here, but memory was brought up to it."""
    room = rooms.Room(uuid4(), None, 1, streams={1: ['["set","cue",null]']})
    line = Line(Admission(room.session_id, user_id=1, seat=1, login="", language="nl"), Kept(), since=0)
    line.cursor = 0

    async def come() -> None:
        hub = Hub(asyncio.get_running_loop())
        with rooms.turn:
            rooms.keep(room)
        hub.join(line)
        hub.settle([(Wish(room.session_id, Tick()), Outcome(True))], [])
        await asyncio.sleep(0.01)

    asyncio.run(come())
    assert any('"set","cue"' in text for text in line.wire.texts)


@pytest.mark.django_db(transaction=True)
def test_the_loop_goes_on_while_it_is_to_forget_a_room_that_others_hold() -> None:
    room = rooms.Room(uuid4(), None, 1)
    free, taken = threading.Event(), threading.Event()

    def hold() -> None:
        with rooms.turn:
            rooms.keep(room)
            taken.set()
            free.wait(5)

    async def come() -> None:
        hub = Hub(asyncio.get_running_loop())
        thread = threading.Thread(target=hold)
        thread.start()
        taken.wait(5)
        hub._heard("elsewhere", {"rights": [str(room.session_id), None]})
        await asyncio.sleep(0.05)  # comes back, and the room is held still
        assert rooms.peek(room.session_id) is room
        free.set()
        async with asyncio.timeout(5):
            while rooms.peek(room.session_id) is not None:
                await asyncio.sleep(0.005)
        thread.join()

    asyncio.run(come())
