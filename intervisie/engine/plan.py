"""Fitting a method into the time there is: before the start by its minutes, and when it runs late by honest choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.events import Events
from intervisie.engine.method import Method, Step, total_minutes, turns_of
from intervisie.engine.state import State

MINUTE = 60_000
QUARTER = 0.25  # of a minute: nobody plans in seconds

Json = dict[str, Any]


def bounds(step: Step) -> tuple[float, float]:
    """The shortest and the longest that a step should take, in minutes."""
    return step.minutes.min or step.minutes.default, step.minutes.max or step.minutes.default


def shortest(method: Method, people: int, without_optional: bool = True) -> float:
    """Minutes of the method where every step takes its shortest time, and what is optional is left out."""
    return sum(
        bounds(step)[0] * _times(method, index, people)
        for index, step in enumerate(method.steps)
        if not (step.optional and without_optional)
    )


def fitted(method: Method, people: int, minutes: float) -> tuple[Mapping[str, float], frozenset[str]]:
    """New minutes for each step so that all take about `minutes` with `people` members, and the optional steps that are
    left out for it. A method that cannot be that short (`shortest`) or that long gets as near as it can."""
    without: frozenset[str] = frozenset()
    used = {use.step for step in method.steps for use in step.uses}
    optional = [step.id for step in reversed(method.steps) if step.optional and step.id not in used]
    while optional and _sum_at(method, people, without, 0) > minutes:
        without |= {optional.pop(0)}
    times = {
        step.id: (bounds(step)[0], step.minutes.default, bounds(step)[1], _times(method, index, people))
        for index, step in enumerate(method.steps)
        if step.id not in without
    }
    return _scaled(times, minutes), without


def _times(method: Method, index: int, people: int) -> float:
    """By how much the minutes of a step count: per person, and for each turn of a loop."""
    each = people if method.steps[index].minutes.per_person else 1
    return max(1, each) * turns_of(method, index, people)


def _sum_at(method: Method, people: int, without: frozenset[str], bound: int) -> float:
    return sum(
        bounds(step)[bound] * _times(method, index, people)
        for index, step in enumerate(method.steps)
        if step.id not in without
    )


def _scaled(times: Mapping[str, tuple[float, float, float, float]], minutes: float) -> dict[str, float]:
    """Each step as far from its usual minutes towards its shortest or longest as all need, in quarters of a minute."""
    low = sum(short * count for short, _, _, count in times.values())
    usual = sum(default * count for _, default, _, count in times.values())
    high = sum(long * count for _, _, long, count in times.values())
    if minutes <= usual:
        share = 1.0 if usual == low else min(1.0, (usual - minutes) / (usual - low))
        found = {name: default - share * (default - short) for name, (short, default, _, _) in times.items()}
    else:
        share = 0.0 if high == usual else min(1.0, (minutes - usual) / (high - usual))
        found = {name: default + share * (long - default) for name, (_, default, long, _) in times.items()}
    return {name: max(QUARTER, round(value / QUARTER) * QUARTER) for name, value in found.items()}


@dataclass(frozen=True, slots=True)
class Fit:
    """What comes of a method in the time there is (`asked`), in minutes: as usual, at its shortest, and fitted (`total`).

    `steps`: each step with its usual and its fitted minutes, None for one that is left out.
    """

    people: int
    asked: float
    usual: float
    shortest: float
    total: float
    steps: tuple[tuple[Step, float, float | None], ...]

    @property
    def is_possible(self) -> bool:
        """Whether the method can be as short as was asked."""
        return self.shortest <= self.asked

    @property
    def left_over(self) -> float:
        """Minutes that the method does not need, where that is worth a word."""
        spare = self.asked - self.total
        return spare if spare > 2 else 0

    @property
    def left_out(self) -> tuple[Step, ...]:
        """The steps for which there is no time."""
        return tuple(step for step, _, minutes in self.steps if minutes is None)


def fit(method: Method, people: int, minutes: float) -> Fit:
    """How the method is made to take about `minutes` with so many members; as near as it can get."""
    plan, _ = fitted(method, people, minutes)
    return Fit(
        people,
        minutes,
        usual=total_minutes(method, people),
        shortest=shortest(method, people),
        total=sum(plan[s.id] * _times(method, n, people) for n, s in enumerate(method.steps) if s.id in plan),
        steps=tuple((step, step.minutes.default, plan.get(step.id)) for step in method.steps),
    )


def fitted_json(data: Json, found: Fit) -> Json:
    """The method's JSON with fitted minutes: the session's own copy, for so many people. A module that may stand in for
    a step takes as long as that step, as far as it can."""
    after = {step.id: minutes for step, _, minutes in found.steps}
    steps = [
        _with_minutes(step, after.get(step["id"]))
        for step in data["steps"]
        if after.get(step["id"], 0) is not None
    ]
    group = data["group"] | {"ideal": max(data["group"]["min"], min(found.people, data["group"]["max"]))}
    changed = data | {"steps": steps, "group": group}
    included = next((after.get(step["id"]) for step in data["steps"] if step.get("include")), None)
    if included is None:
        return changed
    return changed | {"modules": [_with_minutes(one, _within(one, included)) for one in data["modules"]]}


def _with_minutes(step: Json, minutes: float | None) -> Json:
    return step if minutes is None else step | {"minutes": step["minutes"] | {"default": minutes}}


def _within(step: Json, minutes: float) -> float:
    usual: float = step["minutes"]["default"]
    low: float = step["minutes"].get("min", usual)
    high: float = step["minutes"].get("max", usual)
    return max(low, min(minutes, high))


def ahead(state: State, number: int) -> Mapping[str, tuple[float, float, float, float]]:
    """Shortest, planned, longest minutes of each step to come and how often they count."""
    method, table = state.method, state.tables[number]
    members = sum(person.here and person.cast == "member" for person in state.people.values())
    found = {}
    for index, step in enumerate(method.steps):
        if index <= table.index or step.id in state.skipped:
            continue
        minutes = state.plan.get(step.id, step.minutes.default)
        short, long = bounds(step)
        found[step.id] = (min(short, minutes), minutes, max(long, minutes), _times(method, index, members))
    return found


def lateness(state: State, number: int) -> dict[str, int] | None:
    """For who leads: when the session should be over, and how long what is to come takes as planned (`later`), at its
    shortest (`short`) and how much of it is optional, in milliseconds. None where nothing is planned."""
    if state.until is None or state.phase != "running":
        return None
    rest = ahead(state, number)
    optional = {step.id for step in state.method.steps if step.optional}
    return {
        "until": state.until,
        "later": round(sum(planned * count for _, planned, _, count in rest.values()) * MINUTE),
        "short": round(sum(short * count for short, _, _, count in rest.values()) * MINUTE),
        "optional": round(
            sum(planned * count for name, (_, planned, _, count) in rest.items() if name in optional) * MINUTE
        ),
    }


def replanned(state: State, number: int, choice: str, now: int) -> Events:
    """What each choice changes; nothing where it would win no time."""
    rest = ahead(state, number)
    table = state.tables[number]
    here = max(0, (table.ends or now) - now)
    assert state.until is not None, "planned when it began"
    if choice == "shorten":
        plan = _scaled(rest, max(0, state.until - now - here) / MINUTE)
        shorter = {name: minutes for name, minutes in plan.items() if minutes < rest[name][1]}
        return [e.Replanned(plan=shorter)] if shorter else []
    if choice == "skip":
        optional = {step.id for step in state.method.steps if step.optional} & set(rest)
        return [e.Replanned(skipped=frozenset(optional))] if optional else []
    planned = round(sum(minutes * count for _, minutes, _, count in rest.values()) * MINUTE)
    until = now + here + planned
    return [e.Replanned(until=until)] if until > state.until else []
