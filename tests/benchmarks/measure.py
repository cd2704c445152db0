"""One turn of one contestant: a fresh server, a load, the figures."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median, quantiles

from tests.benchmarks.contestants import MEMBERS, Contestant
from tests.benchmarks.process import Running, on_core
from tests.benchmarks.swarm import Load, Swarm

FEW, MANY = 20, 200  # rooms; with eight members 160 and 1,600 connections
STORM = -(-500 // MEMBERS)  # rooms whose members come in at once
BURST = 8  # contributions in flight per room
CALM = 100  # contributions a second
EVERY = 0.5  # seconds between slow queries
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
Figures = dict[str, float]


def turn(contestant: Contestant, seconds: float) -> Figures:
    """Starts the contestant's server, loads it with few and with many rooms, stops it."""
    server = contestant.start()
    try:
        with on_core(server.load()):
            swarm = contestant.swarm(server.ports)
            try:
                return _figures(contestant, server, swarm, seconds)
            finally:
                swarm.close()
    finally:
        server.stop()


def _figures(contestant: Contestant, server: Running, swarm: Swarm, seconds: float) -> Figures:
    swarm.connect(contestant.seats(range(1)))
    swarm.calm(10, 0.5)  # warm: what is loaded once is no memory of a connection
    before = server.memory()
    connects = swarm.connect(contestant.seats(range(1, FEW)))
    seats = sum(len(room.clients) for room in swarm.rooms[1:])
    figures = {
        "connects_per_second": connects,
        "kB_per_connection": (server.memory() - before) / seats / 1024,
    }
    figures |= _flat_out(server, swarm, seconds)
    if "burst" in contestant.loads:
        figures |= _prefixed("burst", _flat_out(server, swarm, seconds, BURST))
    if "calm" in contestant.loads:
        figures |= _prefixed("calm", _latency(swarm.calm(CALM, seconds)))
    if "slow" in contestant.loads:
        with slow_queries(server.ports[0]):
            figures |= _prefixed("slow", _latency(swarm.calm(CALM, seconds)))
    here = FEW
    if "storm" in contestant.loads:
        here += STORM
        figures["storm_per_second"] = swarm.connect(
            contestant.seats(range(FEW, here)), at_once=STORM * MEMBERS
        )
    if "many" in contestant.loads:
        swarm.connect(contestant.seats(range(here, MANY)))
        many = _flat_out(server, swarm, seconds)
        figures |= {f"{key}_many": many[key] for key in ("cpu_ms_per_1000", "per_second")}
    return figures


def _flat_out(server: Running, swarm: Swarm, seconds: float, in_flight: int = 1) -> Figures:
    used: list[float] = []
    load = swarm.flat_out(seconds, lambda: used.append(server.cpu()), in_flight)
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


def _prefixed(word: str, figures: Figures) -> Figures:
    return {f"{word}_{key}": value for key, value in figures.items()}


@contextmanager
def slow_queries(port: int) -> Iterator[None]:
    """Meanwhile somebody asks for the page of tests/benchmarks/slow.py, again and again. Raises RuntimeError if it fails."""
    done = threading.Event()
    answers: list[int] = []

    def ask() -> None:
        while not done.wait(EVERY):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", "/bench/slow/", headers=HEADERS)
                answers.append(connection.getresponse().status)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(5)
    if not answers or set(answers) != {200}:
        raise RuntimeError(f"the slow page answered {sorted(set(answers))}")


def medians(turns: list[Figures]) -> Figures:
    """The median of each figure over the rounds."""
    return {key: median(one[key] for one in turns) for key in turns[0]}
