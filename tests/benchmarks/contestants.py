"""Who is measured: each starts its server and says how its clients talk."""

import json
import sys

from tests.benchmarks.process import Process, free_port
from tests.benchmarks.swarm import Seat, Swarm

MEMBERS = 8
_LOCAL = ("Host: localhost", "Origin: http://localhost")


class Textbook:
    """The chat of the Channels tutorial on daphne, its layer in memory."""

    name = "textbook, daphne"

    def start(self) -> Process:
        port = free_port()
        command = [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port)]
        return Process([*command, "tests.benchmarks.textbook.asgi:application"], port)

    def seats(self, rooms: range) -> list[list[Seat]]:
        return [[Seat(f"/ws/chat/r{room}/", _LOCAL)] * MEMBERS for room in rooms]

    def swarm(self, port: int) -> Swarm:
        return Swarm(port, lambda text: json.dumps({"message": text}).encode())


class Raw:
    """A bare broadcast with `websockets`."""

    name = "raw websockets"

    def start(self) -> Process:
        port = free_port()
        return Process([sys.executable, "-m", "tests.benchmarks.raw", str(port)], port)

    def seats(self, rooms: range) -> list[list[Seat]]:
        return Textbook().seats(rooms)

    def swarm(self, port: int) -> Swarm:
        return Textbook().swarm(port)
