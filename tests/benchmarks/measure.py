"""One turn of one contestant: a fresh server, a load, the figures."""

from statistics import median, quantiles
from typing import Protocol

from tests.benchmarks.process import Process, on_core
from tests.benchmarks.swarm import Load, Seat, Swarm

FEW, MANY = 20, 200  # rooms; with eight members 160 and 1,600 connections
CALM = 100  # contributions a second
Figures = dict[str, float]


class Contestant(Protocol):
    name: str

    def start(self) -> Process: ...
    def seats(self, rooms: range) -> list[list[Seat]]: ...
    def swarm(self, port: int) -> Swarm: ...


def turn(contestant: Contestant, seconds: float) -> Figures:
    """Starts the contestant's server, loads it with few and with many rooms, stops it."""
    server = contestant.start()
    try:
        with on_core(1):
            swarm = contestant.swarm(server.port)
            try:
                return _figures(contestant, server, swarm, seconds)
            finally:
                swarm.close()
    finally:
        server.stop()


def _figures(contestant: Contestant, server: Process, swarm: Swarm, seconds: float) -> Figures:
    swarm.connect(contestant.seats(range(1)))
    swarm.calm(10, 0.5)  # warm: what is loaded once is no memory of a connection
    before = server.memory()
    swarm.connect(contestant.seats(range(1, FEW)))
    seats = sum(len(room.clients) for room in swarm.rooms[1:])
    figures = {
        "connects_per_second": swarm.connects_per_second,
        "kB_per_connection": (server.memory() - before) / seats / 1024,
    }
    figures |= _flat_out(server, swarm, seconds)
    figures |= {f"calm_{key}": value for key, value in _latency(swarm.calm(CALM, seconds)).items()}
    swarm.connect(contestant.seats(range(FEW, MANY)))
    many = _flat_out(server, swarm, seconds)
    return figures | {"cpu_ms_per_1000_many": many["cpu_ms_per_1000"], "per_second_many": many["per_second"]}


def _flat_out(server: Process, swarm: Swarm, seconds: float) -> Figures:
    used: list[float] = []
    load = swarm.flat_out(seconds, lambda: used.append(server.cpu()))
    cpu = server.cpu() - used[0]
    return {
        "per_second": load.deliveries / load.seconds,
        "cpu_ms_per_1000": cpu / load.deliveries * 1000,
        **_latency(load),
    }


def _latency(load: Load) -> Figures:
    """p50, p95 and p99 in milliseconds."""
    parts = quantiles(load.latencies, n=100)
    return {f"p{part}_ms": parts[part - 1] * 1000 for part in (50, 95, 99)}


def medians(turns: list[Figures]) -> Figures:
    """The median of each figure over the rounds."""
    return {key: median(one[key] for one in turns) for key in turns[0]}
