"""What must hold in every state, and who may see what, said a second time and naively: from watching what happens."""

from dataclasses import dataclass, field, replace
from typing import Any

from intervisie.engine import Event, Item, State, Step
from intervisie.engine import events as e


def naive_role(state: State, seat: int) -> str:
    person = state.people[seat]
    other = {"facilitator": "F", "observer": "O", "notetaker": "N"}
    return other.get(person.cast) or ("B" if state.tables[person.table].bringer == seat else "C")


def naive_step(state: State, number: int = 0) -> Step | None:
    if state.phase != "running":
        return None
    table = state.tables[number]
    step = state.method.steps[table.index]
    module = next((one for one in state.method.modules if step.include and one.id == table.module), None)
    return step if module is None else replace(module, id=step.id)


@dataclass
class Written:
    """What was true when an item was made."""

    step: Step | None
    roles: dict[int, str]
    bringer: int | None
    asker: int | None
    revealed: bool = False
    shown_to_missing: bool = False
    joined_as: dict[int, str] = field(default_factory=dict)


class Oracle:
    """Watches a session and knows what everybody was promised."""

    def __init__(self) -> None:
        self.items: dict[str, Written] = {}

    def watch(self, before: State, events: tuple[Event, ...], after: State) -> None:
        for event in events:
            if isinstance(event, e.Said):
                self._written(before, event.item)
            if isinstance(event, e.Joined):
                person = before.people.get(event.person.seat)
                if person is None or person.removed:
                    self._newcomer(after, event.person.seat)
        if any(isinstance(event, e.Entered | e.Closed) for event in events):
            back = any(isinstance(event, e.Entered) and event.back for event in events)
            self._step_change(before, after, back)
        self._turn(after)

    def _written(self, state: State, item: Item) -> None:
        step = naive_step(state) if item.kind != "takeaway" else None
        roles = {seat: naive_role(state, seat) for seat in state.people}
        asker = state.items[item.parent].by if item.kind == "answer" and item.parent else None
        self.items[item.id] = Written(step, roles, state.tables[0].bringer, asker)

    def _newcomer(self, state: State, seat: int) -> None:
        for written in self.items.values():
            written.joined_as[seat] = naive_role(state, seat)

    def _step_change(self, before: State, after: State, back: bool) -> None:
        left, entered = naive_step(before), naive_step(after)
        for name, written in self.items.items():
            item = after.items[name]
            if written.step is None or item.kind in ("note", "mark", "chat"):
                continue
            if left is not None and not back and written.step.id == left.id and written.step.reveal == "end":
                written.revealed = True
            if entered is not None and written.step.reveal == f"step:{entered.id}":
                written.revealed = True
            used = entered is not None and written.step.id in {use.step for use in entered.uses}
            if used and written.step.reveal != "never" and not item.withdrawn:
                written.shown_to_missing = True

    def _turn(self, after: State) -> None:
        """Who has the floor reads out what they wrote."""
        step, floor = naive_step(after), after.tables[0].floor
        if step is None or floor is None:
            return
        for name, written in self.items.items():
            used = written.step is not None and written.step.id in {use.step for use in step.uses}
            if used and written.step and written.step.reveal == "turn" and after.items[name].by == floor:
                written.revealed = True

    def sight(self, state: State, seat: int, item: Item) -> str:
        """none, named or anon."""
        person, written = state.people[seat], self.items[item.id]
        if not person.agreed or person.removed or item.withdrawn:
            return "none"
        if item.by == seat:
            return "named"
        if item.kind in ("note", "mark"):
            return "none"
        if person.cast == "observer" and not self._observers_read(written, item):
            return "none"
        if written.step is None:
            return "named"
        if item.kind == "chat":
            return (
                "named" if all(role in written.step.chat for role in self._roles(written, seat)) else "none"
            )
        return self._contribution(written, seat)

    def _observers_read(self, written: Written, item: Item) -> bool:
        if written.step is None:
            return False
        return "O" in written.step.chat if item.kind == "chat" else written.step.observer == "content"

    def _roles(self, written: Written, seat: int) -> list[str]:
        """What this seat was when the item was made, or when they came in; both, for who came back."""
        known = [written.roles.get(seat), written.joined_as.get(seat)]
        return [role for role in known if role is not None]

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
        return "anon" if step.attribution != "named" or "turned" in stances else "named"

    def compare(self, state: State, seat: int, seen: dict[str, Any]) -> None:
        """The items of this view are exactly those that may be seen, under exactly the promised name."""
        expected = {}
        for item in state.items.each():
            sight = self.sight(state, seat, item)
            if sight != "none":
                expected[item.id] = item.by if sight == "named" else None
        assert {item["id"]: item["by"] for item in seen["items"]} == expected, f"seat {seat}"


def check(state: State) -> None:
    """Raises AssertionError if this state should be impossible."""
    assert state.phase in ("lobby", "running", "closing", "ended")
    assert list(state.people) == sorted(state.people)
    assert state.chosen is None or state.people[state.chosen].cast == "member"
    for number in range(len(state.tables)):
        _check_table(state, number)
    _check_items(state)
    here = [p for p in state.people.values() if p.agreed and not p.removed]
    leads = [p for p in state.people.values() if p.cast == "facilitator" and not p.removed]
    bringer = state.tables[0].bringer
    heirs = [p for p in here if p.seat not in (bringer, state.chosen)]
    assert leads or not heirs or state.phase in ("lobby", "ended"), "nobody leads"
    for stop in state.stops:
        assert stop.by is None or stop.by in state.people


def _check_table(state: State, number: int) -> None:
    table = state.tables[number]
    running = state.phase == "running" and not table.finished
    assert running == (table.ends is not None) ^ (running and table.left is not None)
    assert not (table.ends is not None and table.left is not None)
    if running:
        assert 0 <= table.first <= table.index < len(state.method.steps)
        assert table.visit > 0 and table.total > 0
    elif not table.finished:
        assert table.index == (0 if state.phase == "lobby" else len(state.method.steps))
    if table.bringer is not None:
        person = state.people[table.bringer]
        assert person.agreed and not person.removed and person.cast == "member"
        assert table.brought is not None and table.brought.by == table.bringer
    _check_floor(state, number)
    _check_judge(state, number)


def _check_floor(state: State, number: int) -> None:
    table = state.tables[number]
    step = None if table.finished or (state.apart and number == 0) else naive_step(state, number)
    turns = step is not None and step.turns.order != "free"
    if not turns or step is None:
        assert table.floor is None
        return
    may = step.actors | (frozenset("BC") if "A" in step.actors else frozenset())
    may = (may - {"A"}) | (frozenset("F") if step.joins_in else frozenset())
    acting = {
        seat
        for seat, p in state.people.items()
        if p.table == number and p.agreed and not p.removed and naive_role(state, seat) in may
    }
    if table.floor is None:
        assert acting <= table.done, "somebody waits for a turn that nobody gives"
    else:
        assert table.floor in acting and table.floor not in table.done
    assert table.passed <= table.done


def _check_judge(state: State, number: int) -> None:
    judge = state.tables[number].judge
    if judge is None:
        return
    scale = state.method.step(judge.step).scale
    assert scale is not None
    for seat, votes in judge.votes.items():
        assert seat in state.people and votes
        assert set(votes) <= set(judge.options)
        assert all(value > 0 for value in votes.values())
        assert scale.type != "dots" or sum(votes.values()) <= scale.dots
        assert scale.type != "pick" or len(votes) == 1
    assert judge.chosen is None or judge.chosen in judge.options


def _check_items(state: State) -> None:
    last = max(table.visit for table in state.tables)
    for name, item in state.items.items():
        assert name == item.id and item.by in state.people
        assert 0 < item.visit <= last
        assert item.parent is None or item.parent in state.items
        assert item.step == "closing" or item.step in state.method.positions
        assert not item.withdrawn or item.text == ""
        assert not (item.opened and item.reveal in ("live", "never", "to:B"))
    for number, table in enumerate(state.tables):
        assert all(state.people[seat].agreed and not state.people[seat].removed for seat in table.ready)
        step = naive_step(state, number)
        if step is not None and step.items.max is not None:
            assert all(count <= step.items.max for count in table.spoke.values())
