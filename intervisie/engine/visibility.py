"""What a seat may see of an item. Live push, history, reload and export all ask here and nowhere else."""

from enum import Enum

from intervisie.engine.state import PRIVATE, Item, State


class Sight(Enum):
    """How much of an item somebody sees."""

    NONE = "none"
    NAMED = "named"
    ANON = "anon"

    __hash__ = object.__hash__  # there is one of each; what Enum does instead is felt in every fan-out


def can_see(state: State, seat: int, item: Item) -> Sight:
    """What this seat may see of this item now. Nothing for a seat that is unknown, removed or has not agreed."""
    person = state.people.get(seat)
    if person is None or not person.here or item.withdrawn:
        return Sight.NONE
    if item.by == seat:
        return Sight.NAMED
    if item.kind in PRIVATE or seat in item.hidden or not _open_to(item, seat):
        return Sight.NONE
    if person.cast == "observer" and not item.observers:
        return Sight.NONE
    return Sight.ANON if item.anonymous or seat in item.unnamed else Sight.NAMED


def _open_to(item: Item, seat: int) -> bool:
    if item.reveal == "to:B":
        return seat == item.to
    return not item.sealed


def sees_content(state: State, seat: int) -> bool:
    """Whether this seat sees what is said at all: an observer only in steps that let them."""
    person = state.people[seat]
    if person.cast != "observer":
        return person.here
    step = state.step_at(state.tables[person.table])
    return person.here and step is not None and step.observer == "content"
