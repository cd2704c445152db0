"""Who is what at a table: role, and stance in the step of now."""

from collections.abc import Mapping

from intervisie.engine.method import Step
from intervisie.engine.state import CLOSING, NOBODY, Person, State, Table

_CAST_ROLES = {"facilitator": "F", "observer": "O", "notetaker": "N"}


def role_of(state: State, seat: int) -> str:
    """B, C, F, O or N. Raises KeyError for an unknown seat."""
    person = state.people[seat]
    return role_at(state.tables[person.table], person)


def role_at(table: Table, person: Person) -> str:
    """As `role_of`, where table and person are at hand."""
    if person.cast == "member":
        return "B" if table.bringer == person.seat else "C"
    return _CAST_ROLES[person.cast]


def hats_of(state: State, seat: int) -> str:
    """The role, with T for who keeps the time, and L for who sits at a table of a sub-group: there everybody leads.

    Raises KeyError for an unknown seat.
    """
    person = state.people[seat]
    hats = role_at(state.tables[person.table], person)
    if "timekeeper" in person.duties:
        hats += "T"
    return hats + "L" if person.table else hats


def stance_of(state: State, seat: int) -> str:
    """acts, waits, listen, turned or away. Raises KeyError for an unknown seat."""
    table = state.table_of(seat)
    return stance_at(state, table, state.step_at(table), seat, role_of(state, seat))


def stance_at(state: State, table: Table, step: Step | None, seat: int, role: str) -> str:
    """As `stance_of`, where table, step and role are at hand."""
    if step is None:
        return "acts" if state.phase == CLOSING else "waits"
    if role in step.stance:
        return step.stance[role]
    if table.finished or (state.apart and table is state.tables[0]):
        return "waits"
    if role in step.answering:
        return "acts"
    if role not in step.acting:
        return "waits"
    if step.has_turns:
        return "acts" if table.floor == seat else "waits"
    return "waits" if seat in table.done else "acts"


def actors(state: State, number: int, step: Step) -> list[int]:
    """Seats that may contribute in this step at this table, in seat order, the answerer not counted."""
    table = state.tables[number]
    return [
        person.seat
        for person in state.people.values()
        if person.table == number and person.here and role_at(table, person) in step.acting
    ]


def others_with_stance(state: State, number: int, step: Step, stance: str, seat: int) -> frozenset[int]:
    """Seats at this table but for this one, whether they agreed already or not, whose role has this stance in the step."""
    if stance not in step.stance.values():
        return NOBODY
    table = state.tables[number]
    return frozenset(
        person.seat
        for person in state.people.values()
        if person.table == number
        and person.seat != seat
        and step.stance.get(role_at(table, person)) == stance
    )


def stood_in(lent: Mapping[int, int], seat: int) -> list[int]:
    """This seat, who leads for them, who leads for these, and so on; whoever leads now is the last."""
    row = [seat]
    while row[-1] in lent:
        row.append(lent[row[-1]])
    return row


def leads(state: State) -> list[int]:
    """Seats of the facilitators who take part or may yet."""
    return [p.seat for p in state.people.values() if p.cast == "facilitator" and not p.removed]
