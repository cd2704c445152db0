"""What each event makes of the state. Nothing is refused here: an event has happened."""

from collections.abc import Iterable

from intervisie.engine import events as e
from intervisie.engine import evolve_items, evolve_people, evolve_steps
from intervisie.engine.state import State

_CHANGES = evolve_people.CHANGES | evolve_steps.CHANGES | evolve_items.CHANGES


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
