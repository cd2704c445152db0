"""A session without a server: a game that plays commands and checks everything that must always hold."""

import itertools
import json
from collections.abc import Iterable
from typing import Any

from hypothesis import HealthCheck, settings

from intervisie.engine import (
    CaseText,
    Command,
    Event,
    Method,
    Open,
    Person,
    Refused,
    State,
    apply,
    decide,
    due,
    event_from_json,
    event_to_json,
    fan_out,
    load_shipped,
    parse,
    replay,
    role_of,
    state_from_json,
    state_to_json,
    view,
)
from intervisie.engine import commands as c
from tests.intervisie.engine_oracle import Oracle, check

MINUTE = 60_000
CASE = CaseText(
    "Sporthal", "Hoe neem ik de dorpen mee?", "Twee dorpen, één hal.", "trekker", ("wethouder",), "Het lukte."
)


def examples(count: int) -> settings:
    """How a property is tried: the same way each run, as a busy machine is no fault and a new find none of the change at hand."""
    return settings(
        max_examples=count, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )


def make_person(seat: int, cast: str = "member") -> Person:
    return Person(
        seat, f"Persoon{seat} Achternaam{seat}", f"Persoon{seat} A.", f"P{seat}", f"Gemeente{seat}", cast
    )


def make_people(count: int, **casts: str) -> tuple[Person, ...]:
    """Seats 1..count; seat 1 is the facilitator, others as said (`s3="observer"`)."""
    return tuple(
        make_person(n, casts.get(f"s{n}", "facilitator" if n == 1 else "member")) for n in range(1, count + 1)
    )


def make_step(kind: str, step_id: str | None = None, **more: Any) -> dict[str, Any]:
    """One step as JSON, playable as it is."""
    text = {"nl": "tekst", "en": "text"}
    step: dict[str, Any] = {
        "id": step_id or kind,
        "kind": kind,
        "title": text,
        "short": text,
        "script": text,
        "instruction": {"default": text},
        "actors": ["B"] if kind in ("tell", "commit") else ["C"] if kind == "ask" else ["A"],
        "minutes": {"default": 5},
    }
    if kind == "ask":
        step["answerer"] = ["B"]
    if kind == "judge":
        step["scale"] = {"type": "dots", "dots": 3}
    return step | more


def choosing() -> list[dict[str, Any]]:
    """The two steps in which a case is found."""
    return [
        make_step("round", "pitch", collects="pitch"),
        make_step("judge", "choose", effect="case", uses=[{"step": "pitch"}]),
    ]


def method_json(*steps: dict[str, Any]) -> dict[str, Any]:
    text = {"nl": "tekst", "en": "text"}
    return {
        "id": "TEST",
        "version": 1,
        "name": text,
        "summary": text,
        "group": {"min": 3, "ideal": 5, "max": 16},
        "licence": "EUPL-1.2",
        "credit": text,
        "steps": list(steps),
    }


def make_method(*steps: dict[str, Any], **more: Any) -> Method:
    return parse(method_json(*steps) | more)


class Game:
    """A session in play. Every command goes through every check there is; `streams` keeps each seat's operations."""

    def __init__(
        self,
        method: Method | str = "INC6",
        people: tuple[Person, ...] | int = 5,
        cases: dict[int, CaseText] | None = None,
        chosen: int | None = None,
    ) -> None:
        method = load_shipped()[method] if isinstance(method, str) else method
        people = make_people(people) if isinstance(people, int) else people
        counter = itertools.count(1)
        self.ids = lambda: f"i{next(counter):04d}"
        self.now = 1_000_000
        self.log: list[Event] = list(
            decide(None, Open(method, people, cases or {}, chosen), self.now, self.ids)
        )
        self.state: State = replay(self.log)
        self.oracle = Oracle()
        self.streams: dict[int, list[Any]] = {person.seat: [] for person in people}
        self.views: dict[int, Any] = {}
        check(self.state)

    @property
    def table(self) -> Any:
        return self.state.tables[0]

    @property
    def step(self) -> str | None:
        step = self.state.step_at(self.table)
        return step.id if step else None

    @property
    def lead(self) -> int:
        leads = (p.seat for p in self.state.people.values() if p.cast == "facilitator" and not p.removed)
        return next(leads, 99)

    def do(self, command: Command) -> tuple[Event, ...]:
        """Plays a command. Raises Refused."""
        return self._happened(decide(self.state, command, self.now, self.ids))

    def tick(self, milliseconds: int) -> tuple[Event, ...]:
        """Time goes by, and timers with it."""
        self.now += milliseconds
        return self._happened(due(self.state, self.now, self.ids))

    wait = tick

    def _happened(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        before, after = self.state, replay(events, self.state)
        self.oracle.watch(before, events, after)
        ops = fan_out(before, after, events)
        for seat in after.people:
            self._check_seat(before, after, seat, ops[seat])
        rows = list(ops.values())
        assert len({id(row) for row in rows}) == len({json.dumps(row) for row in rows}), (
            "equal rows are one object"
        )
        check(after)
        self.log += events
        self.state = after
        return events

    def _check_seat(self, before: State, after: State, seat: int, ops: Iterable[Any]) -> None:
        """The law of operations, that none is idle, and that a view says what the oracle allows: no more, no less."""
        was, now = self.views.get(seat) or view(before, seat), view(after, seat)
        self.views[seat] = now
        assert apply(was, ops) == now, (seat, ops)
        assert bool(ops) == (was != now)
        for op in ops:
            assert op[0] != "set" or was[op[1]] != op[2], "an operation that changes nothing"
        self.streams.setdefault(seat, []).extend(ops)
        self.oracle.compare(after, seat, now)
        self.oracle.check_bytes(after, seat, ops, now)

    def check_codecs(self) -> None:
        """The log and the state survive a trip through JSON; the log alone makes the state."""
        events = [event_from_json(json.loads(json.dumps(event_to_json(event)))) for event in self.log]
        assert events == self.log
        assert replay(events) == self.state
        assert state_from_json(json.loads(json.dumps(state_to_json(self.state)))) == self.state

    def refused(self, command: Command) -> str:
        """The code with which this command is refused."""
        try:
            events = decide(self.state, command, self.now, self.ids)
        except Refused as refusal:
            return refusal.code
        raise AssertionError(f"not refused: {events}")

    # What a session does again and again.

    def agree_all(self) -> "Game":
        for seat in list(self.state.people):
            self.do(c.Agree(seat))
        return self

    def start(self) -> "Game":
        self.agree_all().do(c.Start(self.lead))
        return self

    def advance(self) -> "Game":
        self.do(c.Advance(self.lead, self.table.visit))
        return self

    def leave(self, seat: int, how: str = "next") -> "Game":
        """The table of this seat leaves its step, on this seat's wish."""
        self.do(c.Advance(seat, self.state.table_of(seat).visit, how))
        return self

    def at(self, number: int) -> list[int]:
        """Who sits at this table."""
        return [seat for seat, person in self.state.people.items() if person.table == number]

    def say(self, seat: int, text: str = "tekst", **more: Any) -> str:
        """Says something and gives the id of the item."""
        known = set(self.state.items)
        self.do(c.Say(seat, text, **more))
        return next(item.id for item in self.state.items.each() if item.id not in known)

    def round(self) -> None:
        """Everybody in turn says something."""
        while self.table.floor is not None:
            self.say(self.table.floor, f"beurt van {self.table.floor}")

    def to(self, step_id: str, bringer: int = 2) -> "Game":
        """Plays on to a step; where a case is chosen, `bringer` wins."""
        while self.step != step_id:
            if self.step == "pitch":
                self.round()
            if self.step == "choose":
                pitch = next(i.id for i in self.state.items.each() if i.kind == "pitch" and i.by == bringer)
                self.do(c.Vote(bringer, pitch, 3))
            self.advance()
        return self

    def pitch_of(self, seat: int) -> str:
        """The id of what this seat pitched."""
        return next(i.id for i in self.state.items.each() if i.kind == "pitch" and i.by == seat)

    def sees(self, seat: int) -> dict[str, Any]:
        """What this seat sees of the items, by id."""
        return {item["id"]: item for item in view(self.state, seat)["items"]}

    def tools(self, seat: int) -> dict[str, Any]:
        """The tools of a seat by name; of two `say` tools the last."""
        return {tool["do"]: tool for tool in view(self.state, seat)["me"]["tools"]}

    def states(self, seat: int) -> dict[int, str]:
        """What `seat` sees the others do."""
        return {one["seat"]: one["state"] for one in view(self.state, seat)["seats"]}

    def role(self, seat: int) -> str:
        return role_of(self.state, seat)
