"""What must hold in every state, and who may see what, said a second time and naively: from watching what happens."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from intervisie.engine import Event, Item, State, Step, evolve
from intervisie.engine import events as e
from intervisie.engine.state import Judge, Person

CONTRIBUTIONS = ("pitch", "text", "question", "intention")
PRIVATE = ("note", "mark")
CANARY = re.compile(r"(?:canarie|anders|noot|praat|opzij)-\d+\w?")  # how a text in a test is known again
ITEM = re.compile(r"\bi\d{4}\b")


def here(person: Person) -> bool:
    return person.agreed and not person.removed


def naive_role(state: State, seat: int) -> str:
    person = state.people[seat]
    other = {"facilitator": "F", "observer": "O", "notetaker": "N"}
    return other.get(person.cast) or ("B" if state.tables[person.table].bringer == seat else "C")


def naive_step(state: State, number: int = 0) -> Step | None:
    """The step of a table, as it is played."""
    if state.phase != "running":
        return None
    table = state.tables[number]
    step = state.method.steps[table.index]
    module = next((one for one in state.method.modules if step.include and one.id == table.module), None)
    return step if module is None else replace(module, id=step.id)


def idle(state: State, number: int) -> bool:
    """Nothing happens here: all are elsewhere, or this sub-group is through."""
    return state.tables[number].finished or (number == 0 and len(state.tables) > 1)


def in_turn(state: State, step_id: str) -> bool:
    """Whether this step is done once for everybody who brings."""
    ids = [step.id for step in state.method.steps]
    return state.method.loop is not None and ids.index(step_id) >= ids.index(state.method.loop.start)


def in_loop(state: State, number: int) -> bool:
    step = naive_step(state, number)
    return step is not None and in_turn(state, step.id)


def roles_of(people: frozenset[str]) -> set[str]:
    return set(people - {"A"}) | ({"B", "C"} if "A" in people else set())


def acting(state: State, number: int, step: Step) -> set[int]:
    """Who has a turn, or may have one, in this step at this table."""
    roles = roles_of(step.actors) | ({"F"} if step.joins_in else set())
    people = ((seat, person) for seat, person in state.people.items() if person.table == number)
    return {seat for seat, person in people if here(person) and naive_role(state, seat) in roles}


@dataclass
class Written:
    """What was true when an item was made, and what has become of its promise."""

    step: Step | None
    table: int
    sitting: int
    members: frozenset[int]
    roles: dict[int, str]
    bringer: int | None
    asker: int | None
    turn: int | None
    revealed: bool = False
    shown_to_missing: bool = False
    named: bool = False
    label: int | None = None
    joined_as: dict[int, str] = field(default_factory=dict)


@dataclass
class Vote:
    """What was judged, and what came of it."""

    options: list[str]
    labels: dict[str, int]
    leading: list[str]
    hidden: bool


class Oracle:
    """Watches a session and knows what everybody was promised."""

    def __init__(self) -> None:
        self.items: dict[str, Written] = {}
        self.votes: dict[tuple[int, str], Vote] = {}
        self.turns: dict[int, int] = {}  # whose turn it is to bring at each table, where all take turns
        self.sitting = 0  # how often sub-groups formed: one that sits at table 1 later is another
        self.aliases: dict[tuple[int, int, int, int], int] = {}

    def watch(self, before: State, events: tuple[Event, ...], after: State) -> None:
        for event in events:
            state = evolve(before, event)
            self._happened(before, event, state)
            before = state
        assert before == after

    def _happened(self, before: State, event: Event, after: State) -> None:
        if isinstance(event, e.Said):
            self._written(before, event.item)
        if isinstance(event, e.Joined):
            person = before.people.get(event.person.seat)
            if person is None or person.removed:
                self._newcomer(after, event.person.seat)
        if isinstance(event, e.BringerTurned):
            if not event.back:
                self._left(before, event.table)
            self.turns[event.table] = event.seat
            again = [name for table, name in self.votes if table == event.table and in_turn(after, name)]
            for name in again:
                del self.votes[event.table, name]
        if isinstance(event, e.Entered):
            if not event.back:
                self._left(before, event.table)
            self._kept_vote(before, event.table)
            self._entered(after, event.table)
        if isinstance(event, e.Closed | e.Finished):
            self._left(before, event.table)
            self._kept_vote(before, event.table)
        if isinstance(event, e.Parted):
            self.sitting += 1
            first = {name: vote for (table, name), vote in self.votes.items() if table == 0}
            self.votes = {(0, name): vote for name, vote in first.items()}
            self.turns = {}
            for number in range(1, len(after.tables)):
                self.votes |= {(number, name): vote for name, vote in first.items()}
        if isinstance(event, e.Gathered):
            for number in range(len(before.tables)):
                self._left(before, number)
        for number in range(len(after.tables)):
            self._read_out(after, number)

    def _written(self, state: State, item: Item) -> None:
        number = state.people[item.by].table
        step = naive_step(state, number) if item.kind != "takeaway" else None
        self.items[item.id] = Written(
            step=step,
            table=number,
            sitting=self.sitting if number else 0,
            members=frozenset(seat for seat, person in state.people.items() if person.table == number),
            roles={seat: naive_role(state, seat) for seat in state.people},
            bringer=state.tables[number].bringer,
            asker=state.items[item.parent].by if item.kind == "answer" and item.parent else None,
            turn=self.turns.get(number) if in_loop(state, number) else None,
        )
        assert item.table == number
        if item.alias is not None:
            self._alias(state, number, item)

    def _alias(self, state: State, number: int, item: Item) -> None:
        """One made-up name per person and visit, no two the same."""
        assert item.alias is not None
        mine = (self.sitting, number, state.tables[number].visit, item.by)
        others = {alias for key, alias in self.aliases.items() if key[:3] == mine[:3] and key != mine}
        assert self.aliases.setdefault(mine, item.alias) == item.alias
        assert item.alias not in others

    def _newcomer(self, state: State, seat: int) -> None:
        for written in self.items.values():
            written.joined_as[seat] = naive_role(state, seat)

    def _at(self, number: int, written: Written) -> bool:
        """Made at this table by those who sit there now, about the case of now."""
        there = written.table == number and written.sitting == (self.sitting if number else 0)
        return there and (written.turn is None or written.turn == self.turns.get(number))

    def _left(self, state: State, number: int) -> None:
        """A step is over: what was to open at its end does, and what was labelled has a label."""
        step = naive_step(state, number)
        if step is None:
            return
        for name, written in self.items.items():
            if written.step is None or written.step.id != step.id or not self._at(number, written):
                continue
            end = written.step.side.reveal if written.step.side and self._is_side(state, name) else None
            if (end or written.step.reveal) == "end" and not self._is_private(state, name):
                written.revealed = True
        judge = state.tables[number].judge
        if step.scale is not None and step.scale.type == "label" and judge is not None:
            for name, label in most_given(state, number).items():
                self.items[name].label = label

    @staticmethod
    def _is_side(state: State, name: str) -> bool:
        return state.items[name].kind == "side"

    @staticmethod
    def _is_private(state: State, name: str) -> bool:
        return state.items[name].kind in (*PRIVATE, "chat")

    def _kept_vote(self, state: State, number: int) -> None:
        judge = state.tables[number].judge
        if judge is not None:
            self.votes[number, judge.step] = Vote(
                list(judge.options),
                most_given(state, number),
                naive_leading(state, judge),
                of_one_in_secret(state, number),
            )

    def _entered(self, state: State, number: int) -> None:
        step = naive_step(state, number)
        assert step is not None
        for name, written in self.items.items():
            item = state.items[name]
            if written.step is None or not self._at(number, written):
                continue
            if item.kind in (*PRIVATE, "chat", "side"):
                continue
            if written.step.reveal == f"step:{step.id}":
                written.revealed = True
            if written.step.names_at == step.id:
                written.named = True
            made = written.step.id in {use.step for use in step.uses if use.filter is None}
            if (made or name in self.used(state, number, step)) and not item.withdrawn:
                written.shown_to_missing = True

    def _read_out(self, state: State, number: int) -> None:
        """Who has the floor reads out what they wrote."""
        step, floor = naive_step(state, number), state.tables[number].floor
        if step is None or floor is None:
            return
        for name, written in self.items.items():
            used = written.step is not None and written.step.id in {use.step for use in step.uses}
            mine = state.items[name].by == floor and self._at(number, written)
            if used and mine and written.step and written.step.reveal == "turn":
                written.revealed |= state.items[name].kind in (*CONTRIBUTIONS, "answer")

    # What a step uses

    def used(self, state: State, number: int, step: Step, side: bool = False) -> list[str]:
        """Ids of what this step reads, judges or answers here, in the order in which it was made."""
        found: set[str] = set()
        for use in step.uses:
            found |= self._use(state, number, use.step, use.filter)
        kinds = (*CONTRIBUTIONS, "side") if side else CONTRIBUTIONS
        items = [state.items[name] for name in found]
        shown = [i for i in items if i.kind in kinds and not i.withdrawn and not self._sealed(i)]
        return [item.id for item in sorted(shown, key=lambda item: (item.visit, item.key))]

    def _use(self, state: State, number: int, source: str, kept: str | None) -> set[str]:
        vote = self.votes.get((number, source))
        if kept == "chosen":
            return {name for name in vote.leading if name in state.items} if vote else set()
        if kept is not None:
            scale = next(step for step in state.method.steps if step.id == source).scale
            assert scale is not None
            value = [label.id for label in scale.labels].index(kept) + 1
            if vote and vote.hidden:
                return {name for name in vote.options if name in state.items}
            return {name for name, label in vote.labels.items() if label == value} if vote else set()
        if vote is not None:
            return {name for name in vote.options if name in state.items}
        return {
            name
            for name, written in self.items.items()
            if written.step is not None
            and written.step.id == source
            and (self._at(number, written) or (written.table == 0 and number > 0))
        }

    def _sealed(self, item: Item) -> bool:
        """Only its author reads it, for now or for ever."""
        written = self.items[item.id]
        if written.step is None or item.kind in (*PRIVATE, "chat"):
            return False
        if item.kind == "side":
            assert written.step.side is not None
            reveal = written.step.side.reveal
        else:
            reveal = written.step.reveal
        return reveal not in ("live", "to:B") and not written.revealed

    # Who sees what

    def sight(self, state: State, seat: int, item: Item) -> str:
        """none, named or anon."""
        person, written = state.people[seat], self.items[item.id]
        if not here(person) or item.withdrawn:
            return "none"
        if item.by == seat:
            return "named"
        if item.kind in PRIVATE:
            return "none"
        if written.table and (seat not in written.members or seat in written.joined_as):
            return "none"
        if person.cast == "observer" and not self._observers_read(written, item):
            return "none"
        if written.step is None:
            return "named"
        if item.kind == "chat":
            there = seat in written.members or seat in written.joined_as
            roles = self._roles(written, seat)
            return "named" if there and all(role in written.step.chat for role in roles) else "none"
        return self._side(written, seat) if item.kind == "side" else self._contribution(written, seat)

    def _observers_read(self, written: Written, item: Item) -> bool:
        if written.step is None or item.kind == "side":
            return False
        return "O" in written.step.chat if item.kind == "chat" else written.step.observer == "content"

    def _roles(self, written: Written, seat: int) -> list[str]:
        """What this seat was when the item was made, or when they came in; both, for who came back."""
        known = [written.roles.get(seat), written.joined_as.get(seat)]
        return [role for role in known if role is not None]

    def _side(self, written: Written, seat: int) -> str:
        assert written.step is not None and written.step.side is not None
        reveal = written.step.side.reveal
        if reveal == "to:B":
            return "named" if seat == written.bringer else "none"
        return "named" if reveal == "end" and written.revealed else "none"

    def _contribution(self, written: Written, seat: int) -> str:
        assert written.step is not None
        step = written.step
        stances = {step.stance.get(role) for role in self._roles(written, seat)}
        if "away" in stances and not written.shown_to_missing:
            return "none"
        if step.reveal == "to:B":
            reader = written.asker if written.asker is not None else written.bringer
            if seat != reader:
                return "none"
        elif step.reveal != "live" and not written.revealed:
            return "none"
        nameless = step.attribution != "named" and not written.named
        return "anon" if nameless or "turned" in stances else "named"

    def compare(self, state: State, seat: int, seen: dict[str, Any]) -> None:
        """The items of this view are exactly those that may be seen, under exactly the promised name."""
        expected = {}
        for item in state.items.each():
            sight = self.sight(state, seat, item)
            if sight != "none":
                expected[item.id] = self._shown(item, sight)
        assert {item["id"]: item for item in seen["items"]} == expected, f"seat {seat}"
        self._compare_step(state, seat, seen)

    def _shown(self, item: Item, sight: str) -> dict[str, Any]:
        written = self.items[item.id]
        nameless = written.step is not None and written.step.attribution == "alias" and not written.named
        more = {
            "date": item.date,
            "fields": dict(item.fields) or None,
            "persona": item.persona or None,
            "alias": item.alias if sight == "anon" and nameless else None,
            "turn": written.turn,
            "label": written.label,
            "sealed": self._sealed(item) or None,
        }
        return {
            "id": item.id,
            "kind": item.kind,
            "step": item.step,
            "visit": item.visit,
            "by": item.by if sight == "named" else None,
            "text": item.text,
            "parent": item.parent,
            "edited": item.edited,
            "o": [item.visit, item.key],
        } | {name: value for name, value in more.items() if value is not None}

    def check_bytes(self, state: State, seat: int, ops: Any, seen: dict[str, Any]) -> None:
        """Nothing that goes to this seat holds a text, or names an item, that it may not see now."""
        if not ops:
            return
        may = [state.items[item["id"]] for item in seen["items"]]
        gone = {op[1] for op in ops if op[0] == "gone"}
        known = {item.id for item in may} | {stop.id for stop in state.stops} | gone
        parents = (state.items[item.parent] for item in may if item.parent and item.kind != "mark")
        known |= {parent.id for parent in parents if parent.kind in CONTRIBUTIONS or parent.withdrawn}
        told = json.dumps([[item.text, item.persona, dict(item.fields)] for item in may])
        told += json.dumps([stop.text for stop in state.stops]) + self._on_the_table(state, seat)
        beside = {name: shown for name, shown in seen.items() if name not in ("items", "people")}
        sent = json.dumps([ops, beside])
        assert set(CANARY.findall(sent)) <= set(CANARY.findall(told)), f"seat {seat}"
        assert set(ITEM.findall(sent)) <= known, f"seat {seat}: {set(ITEM.findall(sent)) - known}"

    def _on_the_table(self, state: State, seat: int) -> str:
        """The case and the question, which all who see what is said may read."""
        person = state.people[seat]
        step = naive_step(state, person.table)
        content = person.cast != "observer" or (step is not None and step.observer == "content")
        if not here(person) or not content:
            return ""
        table = state.tables[person.table]
        return repr(table.brought) + (table.asks or "")

    def _compare_step(self, state: State, seat: int, seen: dict[str, Any]) -> None:
        """What the step uses and for what it is played, as far as this seat sees these; whose floor it is."""
        shown = seen["step"]
        person = state.people[seat]
        step = naive_step(state, person.table)
        if step is None or not here(person):
            assert shown is None and not seen["cue"]
            return
        table = state.tables[person.table]
        content = person.cast != "observer" or step.observer == "content"
        may = [one for one in self.used(state, person.table, step, side=True) if content]
        may = [one for one in may if self.sight(state, seat, state.items[one]) != "none"]
        assert shown["uses"] == may, f"seat {seat}"
        assert shown["focus"] == (table.focus if table.focus in may else None)
        hushed = step.attribution != "named" or step.stance.get(naive_role(state, seat)) in ("turned", "away")
        hushed |= self._read_unnamed(state, seat, table.visit)
        assert shown["floor"] == (None if hushed and table.floor != seat else table.floor)
        assert not (hushed and seen["cue"])
        assert shown["waits"] == idle(state, person.table)
        together = {one["seat"] for one in seen["seats"]}
        assert together == {
            p.seat for p in state.people.values() if p.table == person.table and not p.removed
        }
        self._compare_judge(state, seat, seen["judge"], content)

    def _read_unnamed(self, state: State, seat: int, visit: int) -> bool:
        """Whether this seat got something of this visit of its table without its name, as who is turned does."""
        return any(
            item.visit == visit
            and written.table == state.people[seat].table
            and written.step is not None
            and item.by != seat
            and item.kind in (*CONTRIBUTIONS, "answer")
            and "turned" in {written.step.stance.get(role) for role in self._roles(written, seat)}
            for item, written in ((state.items[name], written) for name, written in self.items.items())
        )

    def _compare_judge(self, state: State, seat: int, shown: Any, content: bool) -> None:
        """Nobody sees how a vote stands before it is over, nor ever what one person alone gave in secret."""
        table = state.table_of(seat)
        if table.judge is None or not content:
            assert shown is None
            return
        assert shown["mine"].keys() <= table.judge.votes.get(seat, {}).keys()
        step = next(one for one in state.method.steps if one.id == table.judge.step)
        assert step.scale is not None
        told = table.judge.over and not of_one_in_secret(state, state.people[seat].table)
        assert (shown["results"] is not None) == told
        assert shown["bringer"] is None or (table.judge.over and step.scale.apart)
        for option in (*shown["options"], *(shown["results"] or ())):
            assert option not in state.items or self.sight(state, seat, state.items[option]) != "none"


def of_one_in_secret(state: State, number: int) -> bool:
    """Whether what came of the vote at this table would show what one person gave in secret."""
    table = state.tables[number]
    assert table.judge is not None
    step = next(one for one in state.method.steps if one.id == table.judge.step)
    assert step.scale is not None
    voters = set(table.judge.votes) - ({table.bringer} if step.scale.apart else set())
    return (roles_of(step.actors) != {"B"} or step.joins_in) and len(voters) == 1


def most_given(state: State, number: int) -> dict[str, int]:
    """The label that each item got most; of equals the first, and none where it would show what one person gave."""
    judge = state.tables[number].judge
    assert judge is not None
    if of_one_in_secret(state, number):
        return {}
    found = {}
    for option in judge.options:
        given = Counter(votes[option] for votes in judge.votes.values() if option in votes)
        if given and option in state.items and not state.items[option].withdrawn:
            found[option] = min(value for value in given if given[value] == max(given.values()))
    return found


def naive_leading(state: State, judge: Judge) -> list[str]:
    """What was settled, or else the options that most are for."""
    if judge.chosen is not None:
        return [judge.chosen]
    step = next(one for one in state.method.steps if one.id == judge.step)
    assert step.scale is not None
    weights = {}
    for option in judge.options:
        given = [votes[option] for votes in judge.votes.values() if option in votes]
        gone = option in state.items and state.items[option].withdrawn
        if given and not gone and step.scale.type in ("dots", "pick"):
            weights[option] = sum(given)
    return [option for option, weight in weights.items() if weight == max(weights.values())]


# What must hold in every state


def check(state: State) -> None:
    """Raises AssertionError if this state should be impossible."""
    assert state.phase in ("lobby", "running", "closing", "ended")
    assert list(state.people) == sorted(state.people)
    for number in range(len(state.tables)):
        _check_table(state, number)
        _check_bringer(state, number)
        _check_floor(state, number)
        _check_judge(state, number)
    _check_seating(state)
    _check_items(state)
    _check_people(state)
    for stop in state.stops:
        assert stop.by is None or stop.by in state.people
        assert stop.kind == "stop" or stop.kind in state.method.interrupts


def _check_people(state: State) -> None:
    """Somebody leads who can, a duty is one person's, and who is out leads again only if somebody stands in."""
    leads = {p.seat for p in state.people.values() if p.cast == "facilitator" and not p.removed}
    bringers = {table.bringer for table in state.tables}
    heirs = [p for p in state.people.values() if here(p) and p.seat not in (*bringers, state.chosen)]
    assert leads or not heirs or state.phase in ("lobby", "ended"), "nobody leads"
    for duty in ("deputy", "timekeeper"):
        assert sum(duty in person.duties for person in state.people.values()) <= 1, duty
    assert all(person.duties <= {"deputy", "timekeeper"} for person in state.people.values())
    if state.chosen is not None:
        assert state.people[state.chosen].cast == "member" and not state.people[state.chosen].removed
    for seat in state.lent:
        person, by = state.people[seat], seat
        assert person.cast == "notetaker" and not person.removed
        for _ in state.lent:
            by = state.lent.get(by, by)
        assert by not in state.lent, "nobody stands in for themselves"
        assert by in leads or state.people[by].removed or len(leads) > 0 or state.phase == "ended"


def _check_seating(state: State) -> None:
    """Everybody sits at one table that is there; who leads, watches or takes notes from the start stays at the first."""
    assert all(0 <= person.table < len(state.tables) for person in state.people.values())
    assert all(p.table == 0 for p in state.people.values() if p.cast == "facilitator")
    if len(state.tables) == 1:
        return
    assert state.phase in ("running", "ended")
    assert len(state.tables) > 2 or state.people, "sub-groups of nobody"
    assert not all(table.finished for table in state.tables[1:]), "all are through, and nobody came back"
    assert 0 <= state.together < len(state.method.steps)
    for table in state.tables[1:]:
        assert state.tables[0].index <= table.index <= state.together


def _check_table(state: State, number: int) -> None:
    table = state.tables[number]
    assert not (table.ends is not None and table.left is not None)
    if table.finished:
        assert number and table.ends is None and table.left is None and table.floor is None
        assert not table.ready
    elif state.phase == "running":
        assert (table.ends is None) != (table.left is None)
        assert 0 <= table.first <= table.index < len(state.method.steps)
        assert table.visit > 0 and table.total > 0
    else:
        assert table.ends is None and table.left is None
        assert table.index == (0 if state.phase == "lobby" else len(state.method.steps))
    step = naive_step(state, number)
    if step is not None and step.items.max is not None:
        assert all(count <= step.items.max for count in table.spoke.values())
    assert all(here(state.people[seat]) and state.people[seat].table == number for seat in table.ready)
    assert len(set(table.aliases.values())) == len(table.aliases)


def _check_bringer(state: State, number: int) -> None:
    """Who brings is there, takes part, and has brought their case; where all take turns, they are the last who did."""
    table = state.tables[number]
    if table.bringer is not None:
        person = state.people[table.bringer]
        assert here(person) and person.cast == "member"
        assert person.table == number or (number == 0 and idle(state, 0))
        assert table.brought is not None and table.brought.by == table.bringer
    assert len(set(table.had)) == len(table.had)
    loop = state.method.loop
    if loop is None:
        assert not table.had
        return
    start = next(n for n, step in enumerate(state.method.steps) if step.id == loop.start)
    working = state.phase == "running" and not idle(state, number) and table.index >= start
    if working and (loop.group is not None) == bool(number):
        assert table.bringer is not None, "it is nobody's turn to bring"
        assert table.had[-1] == table.bringer


def _check_floor(state: State, number: int) -> None:
    table = state.tables[number]
    step = None if idle(state, number) else naive_step(state, number)
    if step is None or step.turns.order == "free":
        assert table.floor is None
        return
    able = acting(state, number, step)
    if table.floor is None:
        assert able <= table.done, "somebody waits for a turn that nobody gives"
    else:
        assert table.floor in able and table.floor not in table.done
    assert table.passed <= table.done


def _check_judge(state: State, number: int) -> None:
    judge = state.tables[number].judge
    if judge is None:
        return
    scale = state.method.step(judge.step).scale
    assert scale is not None
    assert len(set(judge.options)) == len(judge.options)
    for seat, votes in judge.votes.items():
        assert seat in state.people and votes
        assert set(votes) <= set(judge.options)
        assert all(value > 0 for value in votes.values())
        assert scale.type != "dots" or sum(votes.values()) <= scale.dots
        kinds = Counter(option[:2] if option[1:2] == ":" else "" for option in votes)
        assert scale.type != "pick" or max(kinds.values()) == 1
    assert judge.chosen is None or judge.chosen in judge.options
    assert set(judge.cast) <= set(judge.options)
    assert len({option[0] for option in judge.cast}) == len(judge.cast)


def _check_items(state: State) -> None:
    last = max(table.visit for table in state.tables)
    for name, item in state.items.items():
        assert name == item.id and item.by in state.people
        assert 0 < item.visit <= last
        assert item.parent is None or item.parent in state.items
        assert item.step == "closing" or item.step in state.method.positions
        assert not item.withdrawn or (item.text == "" and not item.fields)
        assert item.by not in item.unnamed
        step = state.step_of(item)
        missed = step is not None and "away" in step.stance.values()
        assert not item.opened or item.reveal not in ("live", "never", "to:B") or missed
        assert item.alias is None or item.anonymous
        drawn = step is not None and step.canvas is not None and step.kind != "judge" and item.parent is None
        if step is not None and step.canvas and drawn and item.kind in CONTRIBUTIONS:
            assert item.withdrawn or (item.fields and set(item.fields) <= {f.id for f in step.canvas.fields})
        else:
            assert not item.fields
    for table in state.tables:
        assert table.focus is None or table.focus in state.items
