"""From one step to the next: what entering and leaving a step brings about."""

from collections.abc import Callable, Iterable

from intervisie.engine import turns
from intervisie.engine.events import ClockMoved, Closed, Entered, Event
from intervisie.engine.evolve import replay
from intervisie.engine.judging import options_for
from intervisie.engine.method import Step
from intervisie.engine.roles import actors
from intervisie.engine.state import Item, State

MINUTE = 60_000
Ids = Callable[[], str]


def leave_for(state: State, number: int, index: int, now: int, ids: Ids) -> list[Event]:
    """The step of now is over, `index` is next; past the last step the table closes."""
    step = state.step_at(state.tables[number])
    events: list[Event] = list(_opened_at_end(state, number, step)) if step else []
    if index == len(state.method.steps):
        return [*events, Closed(number, now)]
    return events + enter(replay(events, state), number, index, now, ids)


def enter(state: State, number: int, index: int, now: int, ids: Ids, back: bool = False) -> list[Event]:
    """A table begins a visit of this step: what was kept for it opens, the first in turn gets the floor."""
    step = state.method.steps[index]
    events = _opened_by(state, number, step)
    state = replay(events, state)
    people = actors(state, number, step)
    minutes = step.minutes.default * (max(1, len(people)) if step.minutes.per_person else 1)
    lots = tuple(sorted(people, key=lambda _: ids())) if step.turns.order == "lot" else ()
    options = options_for(state, number, step) if step.kind == "judge" else ()
    entered = Entered(number, index, now, round(minutes * MINUTE), back, lots, options)
    state = replay([entered], state)
    return [*events, entered, *_first_floor(state, number, step)]


def _first_floor(state: State, number: int, step: Step) -> list[Event]:
    first = turns.next_after(state, number, step, None) if step.has_turns else None
    return [] if first is None else turns.move(state, number, step, "kept", first)


def _opened_at_end(state: State, number: int, step: Step) -> list[Event]:
    if step.reveal != "end":
        return []
    return turns.revealed(
        state, _ids(i for i in _of(state, number, {step.id}) if i.reveal == "end" and i.sealed)
    )


def _opened_by(state: State, number: int, step: Step) -> list[Event]:
    """What waited for this step; and what it uses opens to those who were away when it was made."""
    waited = _ids(
        i for i in state.items.each() if i.reveal == f"step:{step.id}" and i.sealed and i.table == number
    )
    used = _of(state, number, {use.step for use in step.uses})
    missed = _ids(i for i in used if i.hidden and i.kind != "chat")
    return [*turns.revealed(state, waited), *turns.revealed(state, missed, missed=True)]


def _of(state: State, number: int, steps: set[str]) -> Iterable[Item]:
    if not steps:
        return ()
    return (item for item in state.items.each() if item.step in steps and item.table == number)


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def due(state: State, now: int) -> tuple[Event, ...]:
    """Events of timers that have run out: a step with a hard end takes no more contributions until it gets time."""
    return tuple(
        ClockMoved(number, table.ends, None, table.total, locked=True)
        for number, table in enumerate(state.tables)
        if table.ends is not None and table.ends <= now and not table.locked and _hard(state, number)
    )


def next_due(state: State) -> int | None:
    """When `due` will have something to say, in milliseconds; None while no timer runs."""
    running = (
        table.ends
        for number, table in enumerate(state.tables)
        if table.ends is not None and not table.locked and _hard(state, number)
    )
    return min(running, default=None)


def _hard(state: State, number: int) -> bool:
    step = state.step_at(state.tables[number])
    return step is not None and step.minutes.end == "hard"
