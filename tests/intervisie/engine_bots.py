"""Bots of every role that play a session to its end, by whatever stands behind `Play`: the engine alone, or a server."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Any, Protocol

from intervisie.engine import Command, Join, Refused, Remove, State, Step, can_see, tools
from intervisie.engine import commands as c
from intervisie.engine.method import QUESTIONS
from intervisie.engine.state import Person
from intervisie.engine.visibility import Sight

Tool = Mapping[str, Any]
MINUTE = 60_000
ENOUGH = 2500  # commands within which every method is through


class Play(Protocol):
    """A session that takes commands."""

    @property
    def state(self) -> State:
        """The state of now."""

    def do(self, command: Command) -> object:
        """Plays a command. Raises Refused."""

    def wait(self, milliseconds: int) -> object:
        """Time goes by, and timers with it."""


def play_to_end(play: Play, seed: int, newcomers: Iterable[Join] = (), disturb: bool = True) -> Counter[str]:
    """Plays a session that was just opened until it has ended; how often each command was done or refused.

    People with the duties that bots have in mind are appointed here. `disturb`: lines break, people come and go, the
    lead changes hands, votes are tied, a gate is objected to once. Raises AssertionError where no end comes.
    """
    bots = Bots(play, Random(seed), list(newcomers), disturb)
    bots.begin()
    while play.state.phase != "ended":
        bots.move()
    return bots.done


class Bots:
    """Everybody at the table. They see what their seat sees, do what their tools allow, and sometimes more."""

    def __init__(self, play: Play, draw: Random, newcomers: list[Join], disturb: bool) -> None:
        self.play, self.draw, self.newcomers, self.disturb = play, draw, newcomers, disturb
        self.done: Counter[str] = Counter()
        self.count = 0
        self.removals = self.backs = self.handovers = 2
        self.offline: set[int] = set()
        self.objected: set[str] = set()
        self.here: dict[tuple[int, int], int] = {}  # how much was done in each visit of a table

    # What a bot has to go by

    @property
    def state(self) -> State:
        return self.play.state

    def try_(self, command: Command) -> str | None:
        """Plays a command; None, or the code with which it was refused."""
        self.count += 1
        assert self.count < ENOUGH, f"no end to {self.state.method.id}: {self.done}"
        name = type(command).__name__.lower()
        try:
            self.play.do(command)
        except Refused as refusal:
            self.done[f"{name}: {refusal.code}"] += 1
            return refusal.code
        self.done[name] += 1
        return None

    def people(self, number: int | None = None) -> list[Person]:
        found = (p for p in self.state.people.values() if p.here and p.seat not in self.offline)
        return [person for person in found if number is None or person.table == number]

    def members(self) -> list[Person]:
        return [p for p in self.state.people.values() if p.here and p.cast == "member"]

    def leads(self) -> list[int]:
        return [p.seat for p in self.people() if p.cast == "facilitator"]

    def tools(self, seat: int) -> Sequence[Tool]:
        return tools(self.state, seat)

    def tool(self, seat: int, do: str) -> Tool | None:
        return next((tool for tool in self.tools(seat) if tool["do"] == do), None)

    def step(self, number: int) -> Step | None:
        return self.state.step_at(self.state.tables[number])

    def visible(self, seat: int) -> list[str]:
        items = self.state.items.each()
        return [item.id for item in items if can_see(self.state, seat, item) is not Sight.NONE]

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def text(self, step: Step | None = None) -> str:
        question = step is not None and step.blocks & QUESTIONS
        return f"canarie-{self.count}x{'?' if question else ''}"

    # Before the first step

    def begin(self) -> None:
        """All agree; the facilitator says who does what, and begins."""
        assert self.state.phase == "lobby"
        for seat in self.draw.sample(list(self.state.people), len(self.state.people)):
            self.try_(c.Agree(seat))
        lead = self.leads()[0]
        members = [p.seat for p in self.members() if p.seat != self.state.chosen]
        for seat, duty in zip(self.draw.sample(members, 2), ("deputy", "timekeeper"), strict=True):
            assert self.try_(c.Appoint(lead, seat, duty)) is None
        method = self.state.method
        if method.needs_bringer and not method.finds_bringer and self.state.chosen is None:
            assert self.try_(c.Start(lead)) == "no_case"
            by = self.draw.choice((None, "lot", "turn"))
            assert self.try_(c.Appoint(lead, self.draw.choice(members), "bringer", by)) is None
        assert self.try_(c.Start(lead)) is None
        assert self.state.phase in ("running", "closing")

    # One thing after the other

    def move(self) -> None:
        """One thing happens at some table: somebody contributes, something goes wrong, or the lead goes on."""
        if self.state.phase == "closing":
            self._close()
            return
        number = self.draw.choice([n for n in range(len(self.state.tables)) if self._goes_on(n)])
        table = self.state.tables[number]
        visit = (number, table.visit)
        self.here[visit] = self.here.get(visit, 0) + 1
        if self.disturb and self.chance(0.12):
            self.draw.choice(self._disturbances())(number)
        elif self.here[visit] > self._patience(number):
            self.lead_on(number)
        else:
            self.contribute(number)

    def _goes_on(self, number: int) -> bool:
        """At the first table nothing happens while sub-groups work; now and then they are called together."""
        if self.state.apart and number == 0:
            return (
                len(self.people()) == 0 or not self._someone_works() or (self.disturb and self.chance(0.02))
            )
        return not self.state.tables[number].finished

    def _someone_works(self) -> bool:
        tables = range(1, len(self.state.tables))
        return any(not self.state.tables[n].finished and self.people(n) for n in tables)

    def _patience(self, number: int) -> int:
        """After how many contributions it is enough."""
        step = self.step(number)
        return 1 if step is not None and step.kind == "pause" else 2 + 2 * len(self.people(number))

    # What people do

    def contribute(self, number: int) -> None:
        people = self.people(number)
        if not people:
            self._come_back(number)
            return
        person = self.draw.choice(people)
        floor = self.state.tables[number].floor
        if floor is not None and floor not in self.offline and self.chance(0.7):
            person = self.state.people[floor]
        wishes = [wish for tool in self.tools(person.seat) for wish in self._wishes(person.seat, tool)]
        if wishes:
            self.try_(self.draw.choice(wishes))

    def _wishes(self, seat: int, tool: Tool) -> list[c.Wish]:
        """What this seat might do with this tool, what is likely more often."""
        makers: dict[str, Callable[[int, Tool], list[c.Wish]]] = {
            "say": self._say,
            "vote": self._vote,
            "edit": self._change,
            "mark": self._mark,
        }
        if tool["do"] in makers:
            return makers[tool["do"]](seat, tool)
        text = f"canarie-{self.count}n"
        plain: dict[str, tuple[int, c.Wish]] = {
            "pass": (1, c.Pass(seat)),
            "ready": (2, c.Ready(seat, self.chance(0.9))),
            "note": (2, c.Note(seat, text)),
            "aside": (3, c.Aside(seat, text)),
            "chat": (1, c.Chat(seat, text)),
            "unseal": (1, c.Unseal(seat)),
        }
        often, wish = plain.get(tool["do"], (0, c.Agree(seat)))
        return [wish] * often

    def _say(self, seat: int, tool: Tool) -> list[c.Wish]:
        step = self.state.step_at(self.state.table_of(seat))
        parent = None
        if tool["parent"] == "required" or (tool["parent"] == "allowed" and self.chance(0.5)):
            seen = self.visible(seat)
            if not seen and tool["parent"] == "required":
                return []
            parent = self.draw.choice(seen[-8:]) if seen else None
        fields: dict[str, str] = {}
        text = self.text(step)
        if tool.get("canvas"):
            assert step is not None and step.canvas is not None
            able = [one for one in step.canvas.fields if not one.options]
            count = 1 if step.canvas.cells else self.draw.randint(1, len(able))
            fields = {one.id: text for one in able[:count]}
            if not step.canvas.cells:
                fields |= {one.id: one.options[0].id for one in step.canvas.fields if one.options}
        date = "2027-03-01" if tool["kind"] == "intention" and self.chance(0.5) else None
        persona = f"canarie-{self.count}p" if tool.get("persona") else None
        case = bool(tool.get("case")) and self.chance(0.5)
        return [c.Say(seat, text if not fields else "", parent, date, case, fields, persona)] * 6

    def _vote(self, seat: int, tool: Tool) -> list[c.Wish]:
        table = self.state.table_of(seat)
        step = self.state.step_at(table)
        assert table.judge is not None and step is not None and step.scale is not None
        if not table.judge.options:
            return []
        option = self.draw.choice(table.judge.options)
        scale = step.scale
        low = scale.low if scale.type == "score" else 1
        high = {"score": scale.high, "label": len(scale.labels)}.get(scale.type, 1)
        if scale.type == "consent" and self.disturb and step.id not in self.objected and self.chance(0.5):
            self.objected.add(step.id)
            return [c.Vote(seat, option, 2)] * 8
        return [c.Vote(seat, option, self.draw.randint(low, high))] * 8

    def _change(self, seat: int, tool: Tool) -> list[c.Wish]:
        own = [item for item in self.state.items.each() if item.by == seat and not item.withdrawn]
        if not own:
            return []
        item = own[-1]
        edit = c.Edit(
            seat, item.id, "" if item.fields else self.text(), {k: self.text() for k in item.fields}
        )
        return [edit, c.Withdraw(seat, item.id)] if self.chance(0.5) else [edit]

    def _mark(self, seat: int, tool: Tool) -> list[c.Wish]:
        seen = self.visible(seat)
        return [c.Mark(seat, self.draw.choice(seen), self.chance(0.8))] * 3 if seen else []

    # How a table goes on

    def lead_on(self, number: int) -> None:
        seats = [p.seat for p in self.people(number) if self.tool(p.seat, "advance")]
        if not seats:
            self._come_back(number)
            return
        seat = self.draw.choice(seats)
        tool = self.tool(seat, "advance")
        assert tool is not None
        visit = tool["visit"]
        if self.backs and self.disturb and self.tool(seat, "back") and self.chance(0.05):
            self.backs -= 1
            self.try_(c.Back(seat, visit))
            return
        ways = tool.get("ways", ["next"])
        rare = {"skip": 0.5, "close": 0.03} if self.disturb else {}
        how = next((way for way in ways if self.chance(rare.get(way, 0))), "next")
        before = self.state
        code = self.try_(c.Advance(seat, visit, how))
        if code is None:
            assert self.state is not before
            self._press_too(seats, seat, visit)
        else:
            self._settle(seat, visit, code, tool)

    def _press_too(self, seats: list[int], seat: int, visit: int) -> None:
        """Who pressed at the same moment makes no second step."""
        before = self.state
        for other in seats:
            if other != seat:
                code = self.try_(c.Advance(other, visit))
                assert code in ("already_done", "finished", "facilitator_only"), code
        assert self.state == before

    def _settle(self, seat: int, visit: int, code: str, tool: Tool) -> None:
        """The vote leaves it open: it is settled by lot or turn, ignored, or put once more."""
        assert code in ("tie", "choose_first"), code
        by = self.draw.choice(("lot", "turn"))
        if self.tool(seat, "choose") and self.try_(c.Choose(seat, None, by)) is None:
            return
        if "anyway" in tool.get("ways", ()):
            assert self.try_(c.Advance(seat, visit, "anyway")) is None
        else:
            self._put_forward(seat, visit)

    def _put_forward(self, seat: int, visit: int) -> None:
        """Nothing to choose from yet: somebody comes with a case here, or all go back to where that is done."""
        for person in self.people(self.state.people[seat].table):
            for tool in self.tools(person.seat):
                if tool["do"] == "say":
                    self.try_(self._say(person.seat, tool)[0])
                    return
        self.try_(c.Back(seat, visit))

    def _come_back(self, number: int) -> None:
        """Nobody at this table has a line, or nobody who leads: somebody comes back."""
        there = [seat for seat in self.offline if self.state.people[seat].table in (number, 0)]
        for seat in there or list(self.offline):
            self._line_up(seat)
            return

    # What goes wrong

    def _disturbances(self) -> list[Callable[[int], None]]:
        return [
            *(self._pause, self._wait, self._wait, self._extend, self._line, self._line, self._line),
            *(self._join, self._remove, self._hand_over, self._appoint, self._stop, self._replan),
            self._give_floor,
        ]

    def _some_lead(self) -> int | None:
        return self.draw.choice(self.leads()) if self.leads() else None

    def _pause(self, number: int) -> None:
        seats = [p.seat for p in self.people(number) if self.tool(p.seat, "pause")]
        if seats:
            seat = self.draw.choice(seats)
            assert self.try_(c.Pause(seat)) is None
            self.play.wait(self.draw.randint(0, 20 * MINUTE))
            self.try_(c.Resume(seat))

    def _wait(self, number: int) -> None:
        self.play.wait(self.draw.choice((5_000, MINUTE, 4 * MINUTE, 15 * MINUTE)))

    def _extend(self, number: int) -> None:
        for person in self.people(number):
            if self.tool(person.seat, "extend"):
                assert self.try_(c.Extend(person.seat, self.draw.choice((1, 2, 5)))) is None
                return

    def _line(self, number: int) -> None:
        """A line breaks, or is up again."""
        if self.offline and self.chance(0.6):
            self._line_up(self.draw.choice(sorted(self.offline)))
            return
        people = self.people()
        if len(people) < 4:
            return
        leads = [p.seat for p in people if p.cast == "facilitator"]
        seat = leads[0] if leads and self.chance(0.4) else self.draw.choice(people).seat
        self.offline.add(seat)
        here = frozenset(p.seat for p in self.people())
        if self.state.people[seat].cast == "facilitator":
            self.try_(c.Lend(seat, here))

    def _line_up(self, seat: int) -> None:
        self.offline.discard(seat)
        self.try_(c.Restore(seat))

    def _join(self, number: int) -> None:
        if self.newcomers:
            join = self.newcomers.pop()
            if self.try_(join) is None:
                self.try_(c.Agree(join.person.seat))

    def _remove(self, number: int) -> None:
        able = [p.seat for p in self.people() if len(self.members()) > 3 or p.cast != "member"]
        if self.removals and len(able) > 3 and len(self.people()) > 4:
            self.removals -= 1
            seat = self.draw.choice(able)
            assert self.try_(Remove(seat)) is None
            self.offline.discard(seat)

    def _hand_over(self, number: int) -> None:
        """Somebody else leads: in the place of who did, or beside them."""
        lead, members = self._some_lead(), self.members()
        if lead is None or not self.handovers or len(members) < 4:
            return
        self.handovers -= 1
        seat = self.draw.choice(members).seat
        appoint = c.Appoint(lead, seat, "facilitator")
        code = self.try_(self.draw.choice((c.HandOver(lead, seat), appoint)))
        assert code in (None, "bringer_cannot_lead"), code

    def _appoint(self, number: int) -> None:
        lead = self._some_lead()
        if lead is not None:
            what = self.draw.choice(
                ("deputy", "timekeeper", "deputy", "timekeeper", "notetaker", "observer", "member")
            )
            able = self.people()
            if what in ("notetaker", "observer") and len(self.members()) < 4:
                return
            self.try_(c.Appoint(lead, self.draw.choice(able).seat, what))

    def _stop(self, number: int) -> None:
        seat = self.draw.choice(self.people()).seat if self.people() else None
        if seat is None:
            return
        kind = self.draw.choice(("stop", *self.state.method.interrupts))
        self.try_(c.RaiseStop(seat, f"canarie-{self.count}s", self.chance(0.5), kind))
        lead = self._some_lead()
        if lead is not None and self.state.stops:
            assert self.try_(c.ClearStop(lead, self.state.stops[-1].id)) is None

    def _replan(self, number: int) -> None:
        lead = self._some_lead()
        if lead is not None:
            code = self.try_(c.Replan(lead, self.draw.choice(("shorten", "skip", "overrun"))))
            assert code in (None, "nothing_to_gain"), code

    def _give_floor(self, number: int) -> None:
        for person in self.people(number):
            if self.tool(person.seat, "give_floor"):
                self.try_(c.GiveFloor(person.seat, None))
                return

    # The end

    def _close(self) -> None:
        """What everybody takes away, and the end."""
        for person in self.people():
            if self.chance(0.7):
                assert self.try_(c.Say(person.seat, f"canarie-{self.count}t")) is None
        if not self.leads():
            self._come_back(0)
            return
        lead = self.leads()[0]
        back = self.tool(lead, "back")
        if back and self.backs and self.disturb and self.chance(0.1):
            self.backs -= 1
            assert self.try_(c.Back(lead, back["visit"])) is None
            return
        assert self.try_(c.End(lead)) is None
