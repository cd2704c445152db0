"""A new state from an old one, with one part changed."""

from typing import Any

from intervisie.engine.state import Item, Person, State, Table, changed


def with_table(state: State, number: int, **changes: Any) -> State:
    """The state with something changed at one table."""
    return changed(state, tables=tables_with(state, number, **changes))


def tables_with(state: State, number: int, **changes: Any) -> tuple[Table, ...]:
    """All tables, with something changed at one."""
    tables = list(state.tables)
    tables[number] = changed(tables[number], **changes)
    return tuple(tables)


def with_whole_table(state: State, number: int, table: Table) -> State:
    """The state with one table put in the place of the old."""
    return changed(state, tables=(*state.tables[:number], table, *state.tables[number + 1 :]))


def with_person(state: State, person: Person) -> State:
    """The state with this person at their seat; people stay in the order of their seats."""
    people = {**state.people, person.seat: person}
    return changed(state, people=dict(sorted(people.items())))


def with_items(state: State, *items: Item) -> State:
    """The state with these items added, or put in the place of those with their ids."""
    shelf = state.items
    for item in items:
        shelf = shelf.put(item)
    return changed(state, items=shelf)
