"""What a decision of the engine costs when much was said before."""

import itertools
import time
from collections.abc import Callable
from statistics import median

from intervisie.engine import Open, Person, State, decide, parse, replay
from intervisie.engine import commands as c
from tests.benchmarks.methods import MEMBERS, OPEN_TALK

FEW, MANY = 10, 1000
TIMES = 2000
NOW = 1_790_000_000_000


def ratios(rounds: int) -> dict[str, float]:
    """`decide_1000_vs_10_events`: the time of one decision, and of the state after it, in a session with 1,000 events in
    its log ÷ in one with 10, in turn; medians of the rounds."""
    short, long = _session(FEW), _session(MANY)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for number in range(rounds * 2):
        for events, state in ((FEW, short), (MANY, long))[:: 1 if number % 2 else -1]:
            times[events].append(_seconds(state))
    return {"decide_1000_vs_10_events": median(times[MANY]) / median(times[FEW])}


def _session(events: int) -> State:
    """An open talk with so many events behind it."""
    people = tuple(
        Person(seat, f"Persoon {seat}", cast="facilitator" if seat == 1 else "member")
        for seat in range(1, MEMBERS + 1)
    )
    ids = _ids("a")
    log = list(decide(None, Open(parse(OPEN_TALK), people), NOW, ids))
    state = replay(log)
    wishes = itertools.chain(
        (c.Agree(seat) for seat in range(1, MEMBERS + 1)),
        [c.Start(1)],
        (c.Say(2 + number % (MEMBERS - 1), f"Bijdrage {number}") for number in itertools.count()),
    )
    while len(log) < events:
        made = decide(state, next(wishes), NOW, ids)
        log += made
        state = replay(made, state)
    return state


def _seconds(state: State) -> float:
    """Of one contribution: deciding on it, and the state that follows."""
    ids = _ids("b")
    began = time.perf_counter()
    for _ in range(TIMES):
        replay(decide(state, c.Say(3, "Wat merk jij daar zelf van?"), NOW, ids), state)
    return (time.perf_counter() - began) / TIMES


def _ids(word: str) -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"{word}{next(numbers)}"
