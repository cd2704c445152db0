"""Decisions on people who come and go, and on who leads. All rights were checked before."""

from collections import Counter
from dataclasses import replace

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.errors import Refused
from intervisie.engine.events import Events
from intervisie.engine.evolve import replay
from intervisie.engine.roles import leads, role_of, stood_in
from intervisie.engine.state import CLOSING, DUTIES, State
from intervisie.engine.steps import Ids, last_index, leave_for


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


def join(state: State, command: c.Join, now: int, ids: Ids) -> Events:
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
            person,
            agreed=there.agreed,
            table=there.table,
            duties=there.duties,
            cast=person.cast if lobby else there.cast,
            usual=there.usual,
        )
        if (person, case) == (there, prepared):
            return []
    return settle(state, [e.Joined(person, case)], now, ids)


def remove(state: State, command: c.Remove, now: int, ids: Ids) -> Events:
    person = state.people.get(command.seat)
    if person is None:
        raise Refused("no_such_seat")
    return [] if person.removed else settle(state, [e.Removed(command.seat)], now, ids)


def agree(state: State, wish: c.Agree, now: int, ids: Ids) -> Events:
    person = state.people[wish.seat]
    if person.agreed:
        return []
    table = _smallest(state) if person.cast == "member" and not person.table else None
    seated = [] if table is None else [e.Seated(wish.seat, table)]
    return settle(state, [e.Agreed(wish.seat), *seated], now, ids)


def _smallest(state: State) -> int | None:
    """The small table with the fewest people that is still at work, for who comes late; None where there is none."""
    sizes = Counter(p.table for p in state.people.values() if p.here)
    working = [number for number, table in enumerate(state.tables) if number and not table.finished]
    return min(working, key=lambda number: sizes[number], default=None)


def settle(state: State, events: Events, now: int, ids: Ids) -> Events:
    """These events, and what they mean for the lead, for whose turn it is to bring, and for the floor."""
    after = replay(events, state)
    more = _succession(after)
    events, after = events + more, replay(more, after)
    for mend in (_new_bringer, _new_floor):
        for number in range(len(after.tables)):
            more = mend(after, number, now, ids) if number < len(after.tables) else []
            events, after = events + more, replay(more, after)
    return events


def _new_floor(state: State, number: int, now: int, ids: Ids) -> Events:
    return turns.mend(state, number, now)


def _succession(state: State) -> Events:
    """While a session is under way somebody leads it: if nobody is left, the deputy, else the first other at hand."""
    if state.phase not in ("running", CLOSING) or leads(state):
        return []
    heir = next(iter(_heirs(state)), None)
    return [] if heir is None else [e.HandedOver(None, heir)]


def _heirs(state: State) -> list[int]:
    """Who could take the lead, the deputy first; nobody who brings the case, unless there is nobody else."""
    here = [(role_of(state, p.seat), p) for p in state.people.values() if p.here and p.cast != "facilitator"]
    able = [("deputy" not in p.duties, "CNO".index(role), p.seat) for role, p in here if role in "CNO"]
    return [seat for _, _, seat in sorted(able)]


def _new_bringer(state: State, number: int, now: int, ids: Ids) -> Events:
    """Whose turn it was to bring has left: the next one begins; a sub-group without anybody is through."""
    table = state.tables[number]
    start = state.method.loop_start
    if state.phase != "running" or table.finished:
        return []
    if number and not any(p.table == number and p.here for p in state.people.values()):
        return leave_for(state, number, last_index(state, number) + 1, now, ids)
    if start is None or table.index < start or table.bringer is not None or (state.apart and not number):
        return []
    if state.method.loop and (state.method.loop.group is not None) != bool(number):
        return []
    return leave_for(state, number, last_index(state, number) + 1, now, ids)


def hand_over(state: State, wish: c.HandOver, now: int, ids: Ids) -> Events:
    _check_heir(state, wish.to)
    return settle(state, [e.HandedOver(wish.seat, wish.to)], now, ids)


def _check_heir(state: State, seat: int) -> None:
    """Raises Refused for who cannot lead."""
    person = state.people.get(seat)
    if person is None or not person.here:
        raise Refused("no_such_seat")
    if person.cast == "facilitator":
        raise Refused("already_leads")
    if role_of(state, seat) == "B" or (state.phase == "lobby" and state.chosen == seat):
        raise Refused("bringer_cannot_lead")


def appoint(state: State, wish: c.Appoint, now: int, ids: Ids) -> Events:
    if wish.what == "bringer":
        return _appoint_bringer(state, wish, ids)
    if wish.to is None:
        raise Refused("no_such_seat")
    if wish.what == "facilitator":
        _check_heir(state, wish.to)
    person = state.people.get(wish.to)
    if person is None or not person.here:
        raise Refused("no_such_seat")
    if wish.what in person.duties or wish.what == person.cast:
        return []
    if wish.what not in DUTIES:
        _check_free(state, wish.to)
    return settle(state, [e.Appointed(wish.to, wish.what)], now, ids)


def _check_free(state: State, seat: int) -> None:
    """Raises Refused for who has a role that cannot be given up like that."""
    if role_of(state, seat) == "B" or (state.phase == "lobby" and state.chosen == seat):
        raise Refused("bringer_cannot_lead")
    if leads(state) == [seat]:
        raise Refused("last_lead")


def _appoint_bringer(state: State, wish: c.Appoint, ids: Ids) -> Events:
    """In the lobby: who brings the case, named or drawn from those who are here."""
    if state.phase != "lobby":
        raise Refused("already_started")
    able = [p for p in state.people.values() if p.here and p.cast == "member"]
    if wish.by is not None:
        able.sort(key=lambda p: (p.brought if wish.by == "turn" else 0, ids()))
    else:
        able = [p for p in able if p.seat == wish.to]
    if not able:
        raise Refused("no_such_seat")
    return [] if state.chosen == able[0].seat else [e.Appointed(able[0].seat, "bringer")]


def lend(state: State, command: c.Lend, now: int, ids: Ids) -> Events:
    """While the line of who leads is down, the deputy leads, or the first other whose line is up. Sub-groups lead
    themselves."""
    person = state.people.get(command.seat)
    if person is None or not person.here or person.cast != "facilitator" or command.seat in command.here:
        return []
    if state.phase not in ("running", CLOSING) or state.apart or command.here & set(leads(state)):
        return []
    heir = next((seat for seat in _heirs(state) if seat in command.here), None)
    if heir is None:
        return []
    return settle(state, [e.HandedOver(command.seat, heir, lent=True)], now, ids)


def restore(state: State, command: c.Restore, now: int, ids: Ids) -> Events:
    """Who led before the line broke leads again."""
    if command.seat not in state.lent or not state.people[command.seat].here:
        return []
    standin = stood_in(state.lent, command.seat)[-1]
    leading = standin if state.people[standin].cast == "facilitator" else None
    return settle(state, [e.HandedOver(leading, command.seat)], now, ids)
