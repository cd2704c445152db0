"""Decisions on what the facilitator wants of the steps and their time. All rights were checked before."""

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import plan, turns
from intervisie.engine.conclude import conclude
from intervisie.engine.errors import Refused
from intervisie.engine.events import Events
from intervisie.engine.evolve import replay
from intervisie.engine.judging import leading, standing
from intervisie.engine.method import Step
from intervisie.engine.roles import actors
from intervisie.engine.state import Person, State, Table, as_cast
from intervisie.engine.steps import (
    MINUTE,
    Ids,
    called_together,
    enter,
    gather,
    last_index,
    planned,
)


def at(state: State, seat: int) -> tuple[int, Table, Step]:
    """Number, table and step of this seat, in the running phase."""
    number = state.people[seat].table
    table = state.tables[number]
    step = state.step_at(table)
    assert step is not None
    return number, table, step


def start(state: State, wish: c.Start, now: int, ids: Ids) -> Events:
    members = [p for p in state.people.values() if p.here and p.cast == "member"]
    if not members:
        raise Refused("nobody_here")
    until = now + planned(state)
    if state.chosen is None:
        if state.method.needs_bringer and not state.method.finds_bringer:
            raise Refused("no_case")
        return enter(state, 0, 0, now, ids, until=until)
    if state.chosen not in [person.seat for person in members]:
        raise Refused("bringer_absent", {"seat": state.chosen})
    if state.method.loop is not None:
        return enter(state, 0, 0, now, ids, until=until)
    chosen = e.CaseChosen(0, state.chosen)
    first = 0 if state.method.case_step is None else state.method.case_step + 1
    return [chosen, *enter(replay([chosen], state), 0, first, now, ids, until=until)]


def advance(state: State, wish: c.Advance, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if table.finished:
        raise Refused("finished")
    if state.apart and number == 0:
        return gather(state, now, ids)
    return conclude(state, number, step, wish.how, now, ids)


def back(state: State, wish: c.Back, now: int, ids: Ids) -> Events:
    number = state.people[wish.seat].table
    table = state.tables[number]
    if table.finished:
        raise Refused("finished")
    events: Events = []
    if state.apart and number == 0:
        events = called_together(state)
        state = replay(events, state)
    elif table.index == state.method.loop_start and (before := _brought_before(state, number)) is not None:
        turned = e.BringerTurned(number, before, back=True)
        last = last_index(state, number)
        return [turned, *enter(replay([turned], state), number, last, now, ids, back=True)]
    if table.index <= table.first:
        raise Refused("nothing_before")
    return events + enter(state, number, _before(state, table), now, ids, back=True)


def _brought_before(state: State, number: int) -> int | None:
    """Who brought before the one of now, and still can."""
    able = [seat for seat in state.tables[number].had[:-1] if _can_bring(state.people[seat], number)]
    return able[-1] if able else None


def _can_bring(person: Person, number: int) -> bool:
    return person.here and person.cast == "member" and person.table == number


def _before(state: State, table: Table) -> int:
    """The step before this one that was not left out."""
    index = table.index - 1
    while index > table.first and state.method.steps[index].id in state.skipped:
        index -= 1
    return index


def extend(state: State, wish: c.Extend, now: int, ids: Ids) -> Events:
    more = wish.minutes * MINUTE
    return [_given(number, table, more, now) for number, table in _clocks(state, wish.seat)]


def _clocks(state: State, seat: int) -> list[tuple[int, Table]]:
    """The tables whose clock this seat can set: its own, and from the first table those of all sub-groups."""
    own = state.people[seat].table
    numbers = range(len(state.tables)) if own == 0 else (own,)
    return [(n, table) for n in numbers if not (table := state.tables[n]).finished]


def _given(number: int, table: Table, more: int, now: int) -> e.Event:
    if table.ends is None:
        assert table.left is not None
        return e.ClockMoved(number, None, max(table.left, 0) + more, table.total + more)
    return e.ClockMoved(number, max(table.ends, now) + more, None, table.total + more)


def pause(state: State, wish: c.Pause, now: int, ids: Ids) -> Events:
    return [
        e.ClockMoved(number, None, table.ends - now, table.total, table.locked)
        for number, table in _clocks(state, wish.seat)
        if table.ends is not None
    ]


def resume(state: State, wish: c.Resume, now: int, ids: Ids) -> Events:
    return [
        e.ClockMoved(number, now + table.left, None, table.total, table.locked)
        for number, table in _clocks(state, wish.seat)
        if table.left is not None
    ]


def give_floor(state: State, wish: c.GiveFloor, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    _check_at_work(state, number)
    if not step.has_turns:
        raise Refused("no_turns")
    if wish.to is None:
        how = "said" if table.floor is not None and table.spoke.get(table.floor) else "passed"
        return turns.move(state, number, step, how, turns.next_after(state, number, step, table.floor), now)
    if wish.to not in actors(state, number, step):
        raise Refused("not_in_turn")
    if wish.to == table.floor:
        return []
    how = "said" if table.floor is not None and table.spoke.get(table.floor) else "kept"
    return turns.move(state, number, step, how, wish.to, now)


def _check_at_work(state: State, number: int) -> None:
    """Raises Refused where a sub-group is through, or all are with the sub-groups."""
    if state.idle(number):
        raise Refused("finished" if state.tables[number].finished else "not_in_this_step")


def choose(state: State, wish: c.Choose, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    assert table.judge is not None
    _check_at_work(state, number)
    if step.effect in (None, "gate"):
        raise Refused("not_in_this_step")
    options = standing(state, table.judge, step)
    if wish.item is None and wish.by is None:
        raise Refused("malformed", {"field": "item"})
    if wish.item is None:
        return [e.Settled(number, option) for option in _drawn(state, table, step, wish.by, ids)]
    cast = as_cast(wish.item)
    if wish.item not in options:
        raise Refused("no_such_item")
    role = cast[0] if cast else None
    if wish.item not in (leading(state, table.judge, step, role) or options):
        raise Refused("not_tied")
    settled = wish.item == table.judge.chosen or wish.item in table.judge.cast
    return [] if settled else [e.Settled(number, wish.item)]


def _drawn(state: State, table: Table, step: Step, by: str | None, ids: Ids) -> list[str]:
    """By lot, or who brought least before (of equals by lot), among those that the votes left: one for each role."""
    assert table.judge is not None
    found: list[str] = []
    for role in step.casts or (None,):
        if role == "B" and table.bringer is not None:
            continue
        taken = {cast[1] for one in found if (cast := as_cast(one))}
        options = [
            one
            for one in standing(state, table.judge, step)
            if role is None or (one[0] == role and (cast := as_cast(one)) and cast[1] not in taken)
        ]
        left = [one for one in leading(state, table.judge, step, role) if one in options] or options
        ranked = sorted(left, key=lambda one: (_brought(state, one) if by == "turn" else 0, ids()))
        found += ranked[:1]
    if not found:
        raise Refused("choose_first")
    return found


def _brought(state: State, option: str) -> int:
    """How often the person behind an option brought a case before."""
    cast = as_cast(option)
    item = state.items.get(option)
    seat = cast[1] if cast else item.by if item else None
    return state.people[seat].brought if seat is not None else 0


def replan(state: State, wish: c.Replan, now: int, ids: Ids) -> Events:
    number = state.people[wish.seat].table
    events = plan.replanned(state, number, wish.choice, now)
    if not events:
        raise Refused("nothing_to_gain")
    return events


def end(state: State, wish: c.End, now: int, ids: Ids) -> Events:
    return [e.Ended()]


def clear_stop(state: State, wish: c.ClearStop, now: int, ids: Ids) -> Events:
    if wish.item not in [stop.id for stop in state.stops]:
        raise Refused("no_such_item")
    return [e.StopCleared(wish.item)]
