"""What events about people make of the state: who is there, as what, and who leads."""

from collections.abc import Callable, Mapping
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.changing import with_items, with_person, with_table
from intervisie.engine.roles import role_at, stood_in
from intervisie.engine.state import DUTIES, CaseText, Item, Person, State, changed


def _joined(state: State, event: e.Joined) -> State:
    person = event.person
    before = state.people.get(person.seat)
    state = _with_case(with_person(state, person), person, event.case)
    if before is not None and not before.removed:
        return state
    role = role_at(state.tables[person.table], person)
    return with_items(state, *(_for_newcomer(state, item, person.seat, role) for item in state.items.each()))


def _with_case(state: State, person: Person, case: CaseText | None) -> State:
    """The state with this as the case of somebody; who took it back or may not bring one is not the one chosen."""
    cases = {seat: one for seat, one in state.cases.items() if seat != person.seat}
    if case is not None:
        cases[person.seat] = case
    taken = case is None and person.seat in state.cases
    lost = state.chosen == person.seat and (taken or person.cast != "member")
    return changed(state, cases=cases, chosen=None if lost else state.chosen)


def _for_newcomer(state: State, item: Item, seat: int, role: str) -> Item:
    """Who joins late reads what their role might read when it was made."""
    if item.by == seat or item.step not in state.method.positions:
        return item
    step = state.step_of(item)
    assert step is not None
    stance = None if item.kind == "side" else step.stance.get(role)
    missed = stance == "away" and not item.opened
    if missed or item.table or (item.kind == "chat" and role not in step.chat):
        return changed(item, hidden=item.hidden | {seat})
    return changed(item, unnamed=item.unnamed | {seat}) if stance == "turned" else item


def _removed(state: State, event: e.Removed) -> State:
    person = state.people[event.seat]
    state = with_person(state, changed(person, removed=True))
    if state.chosen == event.seat:
        state = changed(state, chosen=None)
    lent = {
        seat: state.lent.get(by, by) if by == event.seat else by
        for seat, by in state.lent.items()
        if seat != event.seat
    }
    state = changed(state, lent=lent)
    table = state.tables[person.table]
    return with_table(
        state,
        person.table,
        bringer=None if table.bringer == event.seat else table.bringer,
        ready=table.ready - {event.seat},
    )


def _agreed(state: State, event: e.Agreed) -> State:
    return with_person(state, changed(state.people[event.seat], agreed=True))


def _seated(state: State, event: e.Seated) -> State:
    return with_person(state, changed(state.people[event.seat], table=event.table))


def _appointed(state: State, event: e.Appointed) -> State:
    person = state.people[event.seat]
    if event.what == "bringer":
        return changed(state, chosen=event.seat)
    if event.what in DUTIES:
        return _only_one(state, person, event.what)
    lent = {seat: by for seat, by in state.lent.items() if seat != event.seat}
    state = changed(state, lent=lent)
    if event.what == "facilitator":
        return _leading(state, person, "member")
    table = state.tables[person.table]
    state = with_table(state, person.table, ready=table.ready - {event.seat})
    return with_person(state, changed(person, cast=event.what, usual="member"))


def _only_one(state: State, person: Person, duty: str) -> State:
    """A duty is one person's at a time."""
    people = {
        seat: changed(one, duties=one.duties - {duty}) if duty in one.duties else one
        for seat, one in state.people.items()
    }
    people[person.seat] = changed(people[person.seat], duties=people[person.seat].duties | {duty})
    return changed(state, people=people)


def _handed_over(state: State, event: e.HandedOver) -> State:
    lent = _lent(state, event)
    for seat in (event.frm, *(state.lent.keys() - lent.keys() - {event.to})):
        if seat is not None:
            state = with_person(state, _leads_no_more(state.people[seat], seat in lent))
    lead = state.people[event.to]
    usual = lead.cast if event.lent and event.to not in state.lent else lead.usual
    return changed(_leading(state, lead, usual), lent=lent)


def _leads_no_more(person: Person, lent: bool) -> Person:
    """Who leads again when they are back takes no turns meanwhile, and brings no case."""
    if lent:
        return changed(person, cast="notetaker")
    return changed(person, cast=person.usual, usual="member")


def _leading(state: State, person: Person, usual: str) -> State:
    """Who leads all sits at the first table."""
    state = with_table(state, person.table, ready=state.tables[person.table].ready - {person.seat})
    return with_person(state, changed(person, cast="facilitator", usual=usual, table=0))


def _lent(state: State, event: e.HandedOver) -> Mapping[int, int]:
    """Who leads for whom from now on; a stand-in whose line broke too has one in turn.

    Who is back leads, and whoever stood in for them has nothing to come back to; a hand-over by choice ends it all.
    """
    lent = dict(state.lent)
    if event.to in lent:
        for seat in stood_in(lent, event.to)[:-1]:
            del lent[seat]
    elif event.lent and event.frm is not None:
        lent[event.frm] = event.to
    elif event.frm is not None:
        lent = {seat: by for seat, by in lent.items() if stood_in(lent, seat)[-1] != event.frm}
    else:
        lent = {seat: event.to if state.people[by].removed else by for seat, by in lent.items()}
    return lent


CHANGES: dict[type[e.Event], Callable[[State, Any], State]] = {
    e.Seated: _seated,
    e.Appointed: _appointed,
    e.Joined: _joined,
    e.Removed: _removed,
    e.Agreed: _agreed,
    e.HandedOver: _handed_over,
}
