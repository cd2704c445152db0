"""Decisions on what the facilitator wants, and on people who come and go. All rights were checked before."""

from dataclasses import replace

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.errors import Refused
from intervisie.engine.evolve import replay
from intervisie.engine.judging import leading, standing, winner
from intervisie.engine.method import Step
from intervisie.engine.roles import actors, leads, role_of
from intervisie.engine.state import CLOSING, State, Table
from intervisie.engine.steps import MINUTE, Ids, enter, leave_for

Events = list[e.Event]


def at(state: State, seat: int) -> tuple[int, Table, Step]:
    """Number, table and step of this seat, in the running phase."""
    number = state.people[seat].table
    table = state.tables[number]
    step = state.step_at(table)
    assert step is not None
    return number, table, step


def settle(state: State, events: Events, number: int) -> Events:
    """These events, and what they mean for the lead and for the floor at this table."""
    after = replay(events, state)
    succession = _succession(after)
    return events + succession + turns.mend(replay(succession, after), number)


def _succession(state: State) -> Events:
    """While a session is under way somebody leads it: if nobody is left, the first other person at hand."""
    if state.phase not in ("running", CLOSING) or leads(state):
        return []
    here = [(role_of(state, person.seat), person.seat) for person in state.people.values() if person.here]
    heirs = sorted(("CNO".index(role), seat) for role, seat in here if role in "CNO")
    return [e.HandedOver(None, heirs[0][1])] if heirs else []


def agree(state: State, wish: c.Agree, now: int, ids: Ids) -> Events:
    person = state.people[wish.seat]
    return [] if person.agreed else settle(state, [e.Agreed(wish.seat)], person.table)


def start(state: State, wish: c.Start, now: int, ids: Ids) -> Events:
    members = [p for p in state.people.values() if p.here and p.cast == "member"]
    if not members:
        raise Refused("nobody_here")
    if state.chosen is None:
        if state.method.case_step is None and any(
            "B" in step.actors | step.answerer for step in state.method.steps
        ):
            raise Refused("no_case")
        return enter(state, 0, 0, now, ids)
    if state.chosen not in [person.seat for person in members]:
        raise Refused("bringer_absent", {"seat": state.chosen})
    chosen = e.CaseChosen(0, state.chosen)
    first = 0 if state.method.case_step is None else state.method.case_step + 1
    return [chosen, *leave_for(replay([chosen], state), 0, first, now, ids)]


def advance(state: State, wish: c.Advance, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if step.effect != "case":
        return leave_for(state, number, table.index + 1, now, ids)
    pitch = winner(state, table, step)
    chosen = e.CaseChosen(number, state.items[pitch].by, pitch)
    return [chosen, *leave_for(replay([chosen], state), number, table.index + 1, now, ids)]


def back(state: State, wish: c.Back, now: int, ids: Ids) -> Events:
    number = state.people[wish.seat].table
    table = state.tables[number]
    if table.index <= table.first:
        raise Refused("nothing_before")
    return enter(state, number, table.index - 1, now, ids, back=True)


def extend(state: State, wish: c.Extend, now: int, ids: Ids) -> Events:
    number, table, _ = at(state, wish.seat)
    more = wish.minutes * MINUTE
    if table.ends is None:
        assert table.left is not None
        return [e.ClockMoved(number, None, max(table.left, 0) + more, table.total + more)]
    return [e.ClockMoved(number, max(table.ends, now) + more, None, table.total + more)]


def pause(state: State, wish: c.Pause, now: int, ids: Ids) -> Events:
    number, table, _ = at(state, wish.seat)
    if table.ends is None:
        return []
    return [e.ClockMoved(number, None, table.ends - now, table.total, table.locked)]


def resume(state: State, wish: c.Resume, now: int, ids: Ids) -> Events:
    number, table, _ = at(state, wish.seat)
    if table.left is None:
        return []
    return [e.ClockMoved(number, now + table.left, None, table.total, table.locked)]


def give_floor(state: State, wish: c.GiveFloor, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if not step.has_turns:
        raise Refused("no_turns")
    if wish.to is None:
        how = "said" if table.floor is not None and table.spoke.get(table.floor) else "passed"
        return turns.move(state, number, step, how, turns.next_after(state, number, step, table.floor))
    if wish.to not in actors(state, number, step):
        raise Refused("not_in_turn")
    if wish.to == table.floor:
        return []
    how = "said" if table.floor is not None and table.spoke.get(table.floor) else "kept"
    return turns.move(state, number, step, how, wish.to)


def choose(state: State, wish: c.Choose, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    assert table.judge is not None
    if step.effect != "case":
        raise Refused("not_in_this_step")
    options = standing(state, table.judge, step)
    if wish.item not in options:
        raise Refused("no_such_item")
    if wish.item not in (leading(state, table.judge, step) or options):
        raise Refused("not_tied")
    return [] if table.judge.chosen == wish.item else [e.Settled(number, wish.item)]


def hand_over(state: State, wish: c.HandOver, now: int, ids: Ids) -> Events:
    person = state.people.get(wish.to)
    if person is None or not person.here:
        raise Refused("no_such_seat")
    if person.cast == "facilitator":
        raise Refused("already_leads")
    if role_of(state, wish.to) == "B" or (state.phase == "lobby" and state.chosen == wish.to):
        raise Refused("bringer_cannot_lead")
    return settle(state, [e.HandedOver(wish.seat, wish.to)], state.people[wish.seat].table)


def end(state: State, wish: c.End, now: int, ids: Ids) -> Events:
    return [e.Ended()]


def clear_stop(state: State, wish: c.ClearStop, now: int, ids: Ids) -> Events:
    if wish.item not in [stop.id for stop in state.stops]:
        raise Refused("no_such_item")
    return [e.StopCleared(wish.item)]


def opening(command: c.Open) -> Events:
    """The first event of a session. Raises Refused where the cast does not fit together."""
    seats = {person.seat for person in command.people}
    known = command.chosen is None or command.chosen in command.cases
    member = {person.seat for person in command.people if person.cast == "member"}
    if len(seats) != len(command.people) or not set(command.cases) <= seats:
        raise Refused("malformed", {"field": "people"})
    if not known or (command.chosen is not None and command.chosen not in member):
        raise Refused("malformed", {"field": "chosen"})
    people = tuple(replace(person, agreed=False, removed=False) for person in command.people)
    return [e.Opened(command.method, people, dict(command.cases), command.chosen)]


def join(state: State, command: c.Join) -> Events:
    """A newcomer still has to agree. Of who is there already, name and case are brought up to date, the role in the
    lobby only."""
    if state.phase == "ended":
        raise Refused("ended")
    seat, lobby = command.person.seat, state.phase == "lobby"
    there, prepared = state.people.get(seat), state.cases.get(seat)
    person = replace(command.person, agreed=False, removed=False)
    case = command.case if lobby else command.case or prepared
    if there is not None and not there.removed:
        person = replace(
            person, agreed=there.agreed, table=there.table, cast=person.cast if lobby else there.cast
        )
        if (person, case) == (there, prepared):
            return []
    return settle(state, [e.Joined(person, case)], person.table)


def remove(state: State, command: c.Remove) -> Events:
    person = state.people.get(command.seat)
    if person is None:
        raise Refused("no_such_seat")
    return [] if person.removed else settle(state, [e.Removed(command.seat)], person.table)
