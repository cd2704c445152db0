"""What each event makes of the state. Nothing is refused here: an event has happened."""

from collections.abc import Callable, Iterable
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.method import Step
from intervisie.engine.roles import role_at
from intervisie.engine.state import (
    UNCOUNTED,
    BroughtCase,
    CaseText,
    Item,
    Judge,
    Person,
    State,
    Table,
    changed,
)


def evolve(state: State | None, event: e.Event) -> State:
    """The state after this event; only `Opened` needs no state before it. Raises ValueError for an impossible order."""
    if isinstance(event, e.Opened):
        if state is not None:
            raise ValueError("opened twice")
        people = {person.seat: person for person in sorted(event.people, key=lambda one: one.seat)}
        return State(event.method, people, event.cases, event.chosen)
    if state is None:
        raise ValueError("not opened yet")
    return _CHANGES[type(event)](state, event)


def replay(events: Iterable[e.Event], state: State | None = None) -> State:
    """The state after these events, from `state` on. Raises ValueError if there is nothing to replay."""
    for event in events:
        state = evolve(state, event)
    if state is None:
        raise ValueError("no events")
    return state


def with_table(state: State, number: int, **changes: Any) -> State:
    """The state with something changed at one table."""
    tables = list(state.tables)
    tables[number] = changed(tables[number], **changes)
    return changed(state, tables=tuple(tables))


def _with_person(state: State, person: Person) -> State:
    people = {**state.people, person.seat: person}
    return changed(state, people=dict(sorted(people.items())))


def _with_items(state: State, *items: Item) -> State:
    shelf = state.items
    for item in items:
        shelf = shelf.put(item)
    return changed(state, items=shelf)


def _joined(state: State, event: e.Joined) -> State:
    person = event.person
    before = state.people.get(person.seat)
    state = _with_case(_with_person(state, person), person, event.case)
    if before is not None and not before.removed:
        return state
    role = role_at(state.tables[person.table], person)
    return _with_items(state, *(_for_newcomer(state, item, person.seat, role) for item in state.items.each()))


def _with_case(state: State, person: Person, case: CaseText | None) -> State:
    """The state with this as the case of somebody; who has none or may not bring one is not the one chosen."""
    cases = {seat: one for seat, one in state.cases.items() if seat != person.seat}
    if case is not None:
        cases[person.seat] = case
    lost = state.chosen == person.seat and (case is None or person.cast != "member")
    return changed(state, cases=cases, chosen=None if lost else state.chosen)


def _for_newcomer(state: State, item: Item, seat: int, role: str) -> Item:
    """Who joins late reads what their role might read when it was made."""
    if item.by == seat or item.step not in state.method.positions:
        return item
    step = state.method.step(item.step)
    stance = step.stance.get(role)
    if stance == "away" or (item.kind == "chat" and role not in step.chat):
        return changed(item, hidden=item.hidden | {seat})
    return changed(item, unnamed=item.unnamed | {seat}) if stance == "turned" else item


def _removed(state: State, event: e.Removed) -> State:
    person = state.people[event.seat]
    state = _with_person(state, changed(person, removed=True))
    if state.chosen == event.seat:
        state = changed(state, chosen=None)
    table = state.tables[person.table]
    return with_table(
        state,
        person.table,
        bringer=None if table.bringer == event.seat else table.bringer,
        ready=table.ready - {event.seat},
    )


def _agreed(state: State, event: e.Agreed) -> State:
    return _with_person(state, changed(state.people[event.seat], agreed=True))


def _entered(state: State, event: e.Entered) -> State:
    before = state.tables[event.table]
    step = state.method.steps[event.index]
    table = Table(
        index=event.index,
        visit=before.visit + 1,
        first=before.first if before.visit else event.index,
        since=event.at,
        ends=event.at + event.total,
        total=event.total,
        bringer=before.bringer,
        brought=before.brought,
        lots=event.lots,
        judge=_judge_on_entering(state, before, step, event),
    )
    return changed(with_whole_table(state, event.table, table), phase="running")


def _judge_on_entering(state: State, before: Table, step: Step, event: e.Entered) -> Judge | None:
    if step.kind == "judge":
        return Judge(step.id, before.visit + 1, event.options)
    if before.judge is None or before.judge.over:
        return before.judge
    return None if event.back else changed(before.judge, over=True)


def with_whole_table(state: State, number: int, table: Table) -> State:
    """The state with one table put in the place of the old."""
    return changed(state, tables=(*state.tables[:number], table, *state.tables[number + 1 :]))


def _closed(state: State, event: e.Closed) -> State:
    before = state.tables[event.table]
    judge = changed(before.judge, over=True) if before.judge else None
    table = Table(
        index=len(state.method.steps),
        visit=before.visit + 1,
        first=before.first,
        since=event.at,
        bringer=before.bringer,
        brought=before.brought,
        judge=judge,
    )
    return changed(with_whole_table(state, event.table, table), phase="closing")


def _ended(state: State, event: e.Ended) -> State:
    return changed(state, phase="ended")


def _clock_moved(state: State, event: e.ClockMoved) -> State:
    return with_table(
        state, event.table, ends=event.ends, left=event.left, total=event.total, locked=event.locked
    )


def _floor_moved(state: State, event: e.FloorMoved) -> State:
    table = state.tables[event.table]
    done, passed, spoke = table.done, table.passed, table.spoke
    if event.frm is not None and event.how != "kept":
        done |= {event.frm}
        passed = passed | {event.frm} if event.how == "passed" else passed - {event.frm}
    if event.to is not None:
        done, passed = done - {event.to}, passed - {event.to}
        spoke = {seat: count for seat, count in spoke.items() if seat != event.to}
    return with_table(state, event.table, floor=event.to, done=done, passed=passed, spoke=spoke)


def _case_chosen(state: State, event: e.CaseChosen) -> State:
    pitch = state.items[event.item] if event.item is not None else None
    case = state.cases[event.seat] if pitch is None or pitch.case else CaseText(title="", question=pitch.text)
    state = with_table(state, event.table, bringer=event.seat, brought=BroughtCase(event.seat, case))
    judge = state.tables[event.table].judge
    if judge is None or event.item is None:
        return state
    return with_table(state, event.table, judge=changed(judge, chosen=event.item))


def _settled(state: State, event: e.Settled) -> State:
    judge = state.tables[event.table].judge
    assert judge is not None
    return with_table(state, event.table, judge=changed(judge, chosen=event.item))


def _handed_over(state: State, event: e.HandedOver) -> State:
    if event.frm is not None:
        state = _with_person(state, changed(state.people[event.frm], cast="member"))
    lead = changed(state.people[event.to], cast="facilitator")
    ready = state.tables[lead.table].ready - {event.to}
    return _with_person(with_table(state, lead.table, ready=ready), lead)


def _said(state: State, event: e.Said) -> State:
    item = event.item
    state = _with_items(state, item)
    if item.kind in UNCOUNTED:
        return state
    spoke = state.tables[item.table].spoke
    return with_table(state, item.table, spoke={**spoke, item.by: spoke.get(item.by, 0) + 1})


def _edited(state: State, event: e.Edited) -> State:
    return _with_items(state, changed(state.items[event.item], text=event.text, edited=True))


def _withdrawn(state: State, event: e.Withdrawn) -> State:
    item = state.items[event.item]
    state = _with_items(state, changed(item, withdrawn=True, text=""))
    table = state.tables[item.table]
    if item.kind in UNCOUNTED or item.visit != table.visit or not table.spoke.get(item.by):
        return state
    return with_table(state, item.table, spoke={**table.spoke, item.by: table.spoke[item.by] - 1})


def _revealed(state: State, event: e.Revealed) -> State:
    items = (state.items[item] for item in event.items)
    if event.missed:
        return _with_items(state, *(changed(item, hidden=frozenset()) for item in items))
    return _with_items(state, *(changed(item, opened=True) for item in items))


def _readied(state: State, event: e.Readied) -> State:
    number = state.people[event.seat].table
    ready = state.tables[number].ready
    return with_table(state, number, ready=ready | {event.seat} if event.on else ready - {event.seat})


def _voted(state: State, event: e.Voted) -> State:
    number = state.people[event.seat].table
    judge = state.tables[number].judge
    assert judge is not None
    scale = state.method.step(judge.step).scale
    mine = {} if scale is not None and scale.type == "pick" else dict(judge.votes.get(event.seat, {}))
    mine.pop(event.item, None)
    if event.value:
        mine[event.item] = event.value
    votes = {seat: given for seat, given in judge.votes.items() if seat != event.seat}
    if mine:
        votes[event.seat] = mine
    return with_table(state, number, judge=changed(judge, votes=votes))


def _stopped(state: State, event: e.Stopped) -> State:
    return changed(state, stops=(*state.stops, event.stop))


def _stop_cleared(state: State, event: e.StopCleared) -> State:
    return changed(state, stops=tuple(stop for stop in state.stops if stop.id != event.stop))


def _unsealed(state: State, event: e.Unsealed) -> State:
    brought = state.tables[event.table].brought
    assert brought is not None
    return with_table(state, event.table, brought=changed(brought, opened=True))


_CHANGES: dict[type[e.Event], Callable[[State, Any], State]] = {
    e.Joined: _joined,
    e.Removed: _removed,
    e.Agreed: _agreed,
    e.Entered: _entered,
    e.Closed: _closed,
    e.Ended: _ended,
    e.ClockMoved: _clock_moved,
    e.FloorMoved: _floor_moved,
    e.CaseChosen: _case_chosen,
    e.Settled: _settled,
    e.HandedOver: _handed_over,
    e.Said: _said,
    e.Edited: _edited,
    e.Withdrawn: _withdrawn,
    e.Revealed: _revealed,
    e.Readied: _readied,
    e.Voted: _voted,
    e.Stopped: _stopped,
    e.StopCleared: _stop_cleared,
    e.Unsealed: _unsealed,
}
