"""Two sessions that differ only in who of two people wrote what goes without a name: nobody else may see a difference.

Bots play the first; the second gets the same commands at the same times with the same ids, but where one of the two
contributes without a name (to all, or to whoever is turned), votes so or says that they are ready, the other one does it
in the second. The two may have different roles, where these let them do the same in that step.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from intervisie.engine import (
    Command,
    Event,
    Method,
    Open,
    Refused,
    Remove,
    State,
    Step,
    decide,
    due,
    fan_out,
    replay,
    stance_of,
    view,
)
from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine.roles import actors, role_of
from tests.intervisie.engine_support import CASE, make_people


class Over(Exception):
    """From here on the two may differ: names have come, as announced, or one of the two got another role."""


class Half:
    """One of the two sessions. `drawn`: the ids that its last command took, or has to take."""

    def __init__(self, method: Method, people: int, chosen: int | None, **casts: str) -> None:
        self.events = decide(None, Open(method, make_people(people, **casts), {3: CASE}, chosen), 0, str)
        self.before: State | None = None
        self.state: State = replay(self.events)
        self.drawn: list[str] = []

    def play(self, command: Command | None, now: int, ids: Iterator[str]) -> tuple[Event, ...] | str:
        """What happened, or the code of the refusal; None for time that went by."""
        self.drawn = []

        def draw() -> str:
            self.drawn.append(next(ids))
            return self.drawn[-1]

        before = self.state
        try:
            self.events = due(before, now, draw) if command is None else decide(before, command, now, draw)
        except Refused as refusal:
            return refusal.code
        self.before, self.state = before, replay(self.events, before)
        return self.events

    def sent(self) -> "_Encoded":
        """What the last command sent to each seat."""
        return _Encoded(fan_out(self.before, self.state, self.events))


class _Encoded:
    """What is sent to each seat as bytes; equal rows are one object, and encoded once."""

    def __init__(self, rows: dict[int, Any]) -> None:
        self._rows, self._done = rows, dict[int, str]()

    def of(self, seat: int) -> str:
        row = self._rows.get(seat)
        if id(row) not in self._done:
            self._done[id(row)] = json.dumps(row)
        return self._done[id(row)]


class Twins:
    """Both halves behind one `Play`. `swapped` counts what one did in the first and the other in the second."""

    def __init__(self, method: Method, seed: int, chosen: int | None = None) -> None:
        casts = {"s7": "observer", "s8": "notetaker"}
        self.one, self.two = (Half(method, 9, chosen, **casts) for _ in range(2))
        self.two.state = self.one.state  # as long as nothing was done by the other
        self.pair: tuple[int, int] | None = None  # chosen when somebody first contributes without a name
        self.now = 1_000_000
        self.draw = Random(seed)
        names = [f"i{number:05d}" for number in range(6_000)]
        self.draw.shuffle(names)
        self.ids = iter(names)
        self.blind = {*self.one.state.people, *range(10, 40)}
        self.swapped = self.compared = 0
        self.where: tuple[int, int] | None = None  # the visit in which the two wrote for each other

    @property
    def state(self) -> State:
        return self.one.state

    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self._play(None, None)

    def do(self, command: Command) -> None:
        if isinstance(command, c.Say) and command.case:
            command = replace(command, case=False)  # only one of the two has prepared one
        code = self._play(command, self._other(command))
        if code is not None:
            raise Refused(code)

    def _play(self, first: Command | None, second: Command | None) -> str | None:
        alike = self.one.state is self.two.state and first == second
        done = self.one.play(first, self.now, self.ids)
        drawn = self._second_draws(done)
        if alike and drawn == self.one.drawn:
            self.two.state = self.one.state
            return done if isinstance(done, str) else None
        again = self.two.play(second, self.now, itertools.chain(drawn, itertools.repeat("none left")))
        if isinstance(done, str) or isinstance(again, str):
            assert done == again, (first, second, done, again)
            return str(done)
        assert self.one.drawn == self.two.drawn or sorted(self.one.drawn) == sorted(self.two.drawn)
        self._stop_where_they_may_differ(done)
        self.blind -= self._faces_again()
        assert len(done) == len(again), "one counts more events than the other"
        self._compare_rows()
        if first != second or any(isinstance(event, e.Entered | e.Closed | e.Ended) for event in done):
            self._compare_views()
        return None

    def _compare_rows(self) -> None:
        """Byte for byte, what goes to everybody else."""
        halves = [half.sent() for half in (self.one, self.two)]
        for seat in self.blind & set(self.one.state.people):
            assert halves[0].of(seat) == halves[1].of(seat), f"what is sent to seat {seat}"

    def _compare_views(self) -> None:
        """And what they get who look anew."""
        for seat in self.blind & set(self.one.state.people):
            views = [json.dumps(view(half.state, seat)) for half in (self.one, self.two)]
            assert views[0] == views[1], f"what seat {seat} sees"
            self.compared += 1

    def _stop_where_they_may_differ(self, events: tuple[Event, ...]) -> None:
        if any(isinstance(event, e.Revealed) and event.named for event in events):
            raise Over
        pair = set(self.pair or ())
        if any(isinstance(event, e.HandedOver) and {event.frm, event.to} & pair for event in events):
            raise Over

    def _faces_again(self) -> set[int]:
        """Who was turned in this visit, is not any more, and read nothing meanwhile: names are no secret to them."""
        if self.where is None or self.where[0] >= len(self.state.tables):
            return set()
        number, visit = self.where
        step = self.state.step_at(self.state.tables[number])
        if step is None or step.names_nobody or self.state.tables[number].visit != visit:
            return set()
        read = [i.unnamed for i in self.state.items.each() if i.table == number and i.visit == visit]
        facing = {
            seat for seat in self.blind & set(self.state.people) if stance_of(self.state, seat) != "turned"
        }
        return facing - set().union(*read)

    # Who does it in the second session

    def _nameless(self, seat: int) -> Step | None:
        """The step of now, if what people contribute there goes without their names to somebody."""
        step = self.state.step_at(self.state.table_of(seat))
        return step if step is not None and step.hides_names else None

    def _alike(self, seat: int) -> list[int]:
        """Others who sit at the same table and may do the same there: they may as well have done it."""
        here = self.state.people[seat]
        people = [
            p for p in self.state.people.values() if p.here and p.table == here.table and p.seat != seat
        ]
        return [p.seat for p in people if self._rights(p.seat) == self._rights(seat)]

    def _rights(self, seat: int) -> tuple[object, ...]:
        """What the role of this seat lets it do in the step of now."""
        role, step = role_of(self.state, seat), self.state.step_at(self.state.table_of(seat))
        if step is None:
            return (role == "B",)
        apart = step.scale is not None and step.scale.apart and role == "B"
        ready = role in ("B", "C") or (role == "F" and role in step.acting)
        return (role in step.acting, role in step.answering, step.stance.get(role), ready, apart)

    def _pair_with(self, seat: int, others: list[int]) -> bool:
        """Whether this seat is one of the two; the first who contributes without a name makes them."""
        if self.pair is None and others:
            self.pair = (seat, self.draw.choice(others))
            self.blind -= set(self.pair)
        return self.pair is not None and seat in self.pair

    def _swap(self, seat: int) -> int:
        a, b = self.pair or (seat, seat)
        return {a: b, b: a}.get(seat, seat)

    def _other(self, command: Command) -> Command:
        """The same command as it is given in the second session."""
        if self.pair and {getattr(command, "seat", None), getattr(command, "to", None)} & set(self.pair):
            if isinstance(command, Remove | c.Appoint | c.HandOver):
                raise Over
            if isinstance(command, c.Mark):
                raise Refused("not_tried")  # nobody marks what is their own
        if not isinstance(command, c.Wish) or command.seat not in self.state.people:
            return command
        if isinstance(command, c.Edit | c.Withdraw):
            return self._others_own(command)
        table = self.state.table_of(command.seat)
        here = (self.state.people[command.seat].table, table.visit)
        if self.pair and self.where == here and self.pair[1] not in self._alike(self.pair[0]):
            raise Over
        step = self._nameless(command.seat)
        if step is None:
            return command
        if isinstance(command, c.GiveFloor) and command.to is not None and step.has_turns:
            return replace(command, to=self._swap(command.to)) if self.where == here else command
        vote = isinstance(command, c.Vote) and step.kind == "judge" and step.names_nobody
        said = isinstance(command, c.Say | c.Pass | c.Ready) and (
            step.has_turns or not self.state.idle(here[0])
        )
        if not vote and not said:
            return command
        others = [] if step.has_turns else self._alike(command.seat)
        if not self._pair_with(command.seat, others):
            return command
        drawn = (
            self.where == here if step.has_turns else self._swap(command.seat) in self._alike(command.seat)
        )
        if not drawn:
            return command
        self._watch(step, here)
        return replace(command, seat=self._swap(command.seat))

    def _others_own(self, command: c.Edit | c.Withdraw) -> Command:
        """What somebody does with their own is done by its author in the second session."""
        first, second = (half.state.items.get(command.item) for half in (self.one, self.two))
        if first is None or second is None or first.by == second.by or command.seat != first.by:
            return command
        if second.by not in self._alike(first.by):
            raise Over
        return replace(command, seat=second.by)

    def _watch(self, step: Step, here: tuple[int, int]) -> None:
        """From now on only who gets no name is held against their twin."""
        self.swapped += 1
        self.where = here
        if not step.names_nobody:
            roles = {role for role, stance in step.stance.items() if stance == "turned"}
            people = [p.seat for p in self.state.people.values() if p.table == here[0]]
            self.blind &= {seat for seat in people if role_of(self.state, seat) in roles}

    def _check_order_is_drawn(self, done: tuple[Event, ...] | str) -> None:
        """Where turns are taken and somebody reads without names, no order may be known beforehand."""
        for event in done:
            if isinstance(event, e.Entered) and event.table < len(self.state.tables):
                step = self.state.step_at(self.state.tables[event.table])
                here = step is not None and self.state.method.steps[event.index].id == step.id
                if step is not None and here and step.hides_names and step.has_turns:
                    assert event.lots or not actors(self.state, event.table, step), "no lots drawn"

    def _second_draws(self, done: tuple[Event, ...] | str) -> list[str]:
        """The ids of the first session; where lots are drawn for turns that show no names, the two change places."""
        drawn = list(self.one.drawn)
        self._check_order_is_drawn(done)
        entered = [event for event in done if isinstance(event, e.Entered) and event.lots]
        if len(entered) == 1 and len(entered[0].lots) == len(drawn) > 1:
            people = sorted(entered[0].lots)
            step = self._nameless(people[0])
            if step is not None:
                self._pair_with(people[0], people[1:])
            if step is not None and self.pair and set(self.pair) <= set(people):
                first, second = (people.index(seat) for seat in self.pair)
                drawn[first], drawn[second] = drawn[second], drawn[first]
                self._watch(step, (entered[0].table, self.state.table_of(people[0]).visit))
        return drawn
