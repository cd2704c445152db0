"""The load: many WebSocket clients in one thread, light enough that the server is what gets measured.

A plain epoll loop with a frame reader of its own: at 4 µs per delivery it asks less than any server here gives.
"""

import base64
import itertools
import os
import select
import socket
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MARK = b"~#"  # then seven digits: the number by which a contribution is known when it comes back
DIGITS = 7
TEXT = "Wat maakt dat de samenwerking met de buurgemeenten nu stokt, en wie merkt daar het eerst iets van in het werk?"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one client goes: the path, the headers it shows, and what it sends first."""

    path: str
    headers: tuple[str, ...] = ()
    hello: bytes = b""
    greeted_by: bytes = b""


@dataclass(slots=True)
class Client:
    """One open connection. `rest` is the start of a frame whose end has not come yet."""

    link: socket.socket
    seat: Seat
    rest: bytes = b""
    greeted: bool = False


@dataclass(slots=True)
class Room:
    """The clients of one room, and whose turn it is to speak."""

    clients: list[Client]
    turn: int = 0

    def next_speaker(self) -> Client:
        self.turn = (self.turn + 1) % len(self.clients)
        return self.clients[self.turn]


@dataclass(slots=True)
class Flight:
    """One contribution on its way: `missing` members have not got it yet."""

    room: Room
    sent_at: float
    missing: int


@dataclass(slots=True)
class Load:
    """What a run gave: deliveries, how long it took, and for each contribution the seconds until all had it."""

    seconds: float
    deliveries: int
    latencies: list[float] = field(default_factory=list)


class Swarm:
    """All clients of one contestant, spread over its ports. `say` turns a text into the frame that contributes it."""

    def __init__(self, ports: list[int], say: Callable[[str], bytes], beat: bytes = b"") -> None:
        self._next_port = itertools.cycle(ports)
        self.say = say
        self.beat = beat
        self.rooms: list[Room] = []
        self._clients: dict[int, Client] = {}
        self._poll = select.epoll()
        self._flights: dict[bytes, Flight] = {}
        self._number = 0
        self._landed: Callable[[Flight], None] = lambda flight: None
        self._deliveries = 0
        self._beaten_at = time.perf_counter()

    # Connecting -----------------------------------------------------------------------------------------

    def connect(self, rooms: list[list[Seat]], at_once: int = 32) -> float:
        """Opens a connection for every seat and waits until all are greeted; how many that were a second.

        Raises RuntimeError where one is refused.
        """
        began = time.perf_counter()
        seats = [seat for room in rooms for seat in room]
        clients: list[Client] = []
        for start in range(0, len(seats), at_once):
            clients += self._connected(seats[start : start + at_once])
            self._read(0)
        members = iter(clients)
        self.rooms += [Room([next(members) for _ in room]) for room in rooms]
        self._until(lambda: all(client.greeted for client in clients), 60)
        taken = time.perf_counter() - began
        self._quiet(0.5)
        return len(seats) / taken

    def _connected(self, seats: list[Seat]) -> Iterator[Client]:
        links = [socket.create_connection(("127.0.0.1", next(self._next_port)), timeout=30) for _ in seats]
        for link, seat in zip(links, seats, strict=True):
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link.sendall(_upgrade(seat))
        for link, seat in zip(links, seats, strict=True):
            client = Client(link, seat, rest=_accepted(link, seat), greeted=not seat.greeted_by)
            if seat.hello:
                link.sendall(_frame(seat.hello))
            link.setblocking(False)
            self._clients[link.fileno()] = client
            self._poll.register(link.fileno(), select.EPOLLIN)
            self._take(client, b"")
            yield client

    def close(self) -> None:
        for client in self._clients.values():
            client.link.close()
        self._poll.close()

    # Loads ----------------------------------------------------------------------------------------------

    def flat_out(
        self, seconds: float, at_start: Callable[[], None] = lambda: None, in_flight: int = 1
    ) -> Load:
        """So many contributions in flight per room, the next as soon as all have one; the first second is not counted.

        `at_start` is called when the counted time begins.
        """
        load = Load(0, 0)

        def landed(flight: Flight) -> None:
            load.latencies.append(time.perf_counter() - flight.sent_at)
            self._send(flight.room)

        self._landed = landed
        for room in self.rooms * in_flight:
            self._send(room)
        self._run(time.perf_counter() + 1)
        at_start()
        load.latencies.clear()
        self._deliveries, began = 0, time.perf_counter()
        self._run(began + seconds)
        load.deliveries, load.seconds = self._deliveries, time.perf_counter() - began
        self._settle()
        return load

    def calm(self, per_second: int, seconds: float) -> Load:
        """Contributions at a fixed pace, room after room, whether or not the server keeps up."""
        load = Load(seconds, 0)
        self._landed = lambda flight: load.latencies.append(time.perf_counter() - flight.sent_at)
        self._deliveries, began = 0, time.perf_counter()
        for number in range(int(per_second * seconds)):
            self._run(began + number / per_second)
            self._send(self.rooms[number % len(self.rooms)])
        self._settle()
        load.deliveries = self._deliveries
        return load

    def _settle(self) -> None:
        """Lets what is under way land. Raises RuntimeError where something never does: then it was lost."""
        self._landed = lambda flight: None
        self._until(lambda: not self._flights, 30)

    # The wire -------------------------------------------------------------------------------------------

    def _send(self, room: Room) -> None:
        self._number += 1
        number = b"%07d" % self._number
        self._flights[number] = Flight(room, time.perf_counter(), len(room.clients))
        room.next_speaker().link.sendall(_frame(self.say(f"{TEXT} ~#{number.decode()}")))

    def _run(self, until: float) -> None:
        """Reads what comes until the clock says `until`."""
        while (left := until - time.perf_counter()) > 0:
            self._read(min(left, 1.0))

    def _quiet(self, seconds: float) -> None:
        self._run(time.perf_counter() + seconds)

    def _until(self, done: Callable[[], bool], seconds: float) -> None:
        end = time.perf_counter() + seconds
        while not done():
            if time.perf_counter() > end:
                raise RuntimeError(
                    f"nothing more came in {seconds} s; {len(self._flights)} contributions are missing"
                )
            self._read(0.2)

    def _read(self, timeout: float) -> None:
        if self.beat and time.perf_counter() - self._beaten_at > 5:
            self._beaten_at = time.perf_counter()
            for client in self._clients.values():
                client.link.sendall(_frame(self.beat))
        for number, _ in self._poll.poll(timeout, 512):
            client = self._clients[number]
            data = client.link.recv(16384)
            if not data:
                raise RuntimeError("the server closed a connection")
            self._take(client, data)

    def _take(self, client: Client, data: bytes) -> None:
        """Reads the whole frames of `data`, keeps the rest for later."""
        data = client.rest + data if client.rest else data
        place, size = 0, len(data)
        while size - place >= 2:
            length, start = data[place + 1], place + 2
            if length == 126:
                length, start = int.from_bytes(data[start : start + 2]), start + 2
            elif length == 127:
                length, start = int.from_bytes(data[start : start + 8]), start + 8
            end = start + length
            if end > size:
                break
            opcode = data[place] & 15
            if opcode == 1:
                self._text(client, data, start, end)
            elif opcode == 9:
                client.link.sendall(_frame(data[start:end], opcode=10))
            elif opcode == 8:
                raise RuntimeError(f"the server closed a connection: {data[start:end]!r}")
            place = end
        client.rest = data[place:]

    def _text(self, client: Client, data: bytes, start: int, end: int) -> None:
        if not client.greeted and data.find(client.seat.greeted_by, start, end) >= 0:
            client.greeted = True
            return
        place = data.find(MARK, start, end)
        while place >= 0:  # a frame may bring several contributions
            self._arrived(data[place + 2 : place + 2 + DIGITS])
            place = data.find(MARK, place + 2, end)

    def _arrived(self, number: bytes) -> None:
        flight = self._flights.get(number)
        if flight is None:
            raise RuntimeError(f"contribution {number!r} came twice")
        self._deliveries += 1
        flight.missing -= 1
        if not flight.missing:
            del self._flights[number]
            self._landed(flight)


def _upgrade(seat: Seat) -> bytes:
    lines = [
        f"GET {seat.path} HTTP/1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *seat.headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _accepted(link: socket.socket, seat: Seat) -> bytes:
    """Waits for the answer to the handshake; returns what came after it. Raises RuntimeError on a refusal."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = link.recv(4096)
        if not more:
            raise RuntimeError(f"{seat.path}: closed during the handshake: {answer!r}")
        answer += more
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"{seat.path}: {head!r}")
    return rest


def _frame(payload: bytes, opcode: int = 1) -> bytes:
    """One client frame. The mask is zero, which is legal and costs nothing."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BBI", 128 | opcode, 128 | size, 0) + payload
    return struct.pack("!BBHI", 128 | opcode, 128 | 126, size, 0) + payload
