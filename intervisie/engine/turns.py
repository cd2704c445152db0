"""Whose turn it is: the queue of a step in which one actor after the other gets the floor."""

from collections.abc import Iterable

from intervisie.engine.events import Events, FloorMoved, Revealed
from intervisie.engine.method import Step
from intervisie.engine.roles import actors
from intervisie.engine.state import State, Table


def queue(state: State, number: int, step: Step) -> list[int]:
    """Actors who still have their turn to come, in order: as drawn by lot, newcomers last."""
    table = state.tables[number]
    waiting = [seat for seat in actors(state, number, step) if seat not in table.done]
    drawn = {seat: place for place, seat in enumerate(table.lots)}
    return sorted(waiting, key=lambda seat: (drawn.get(seat, len(drawn)), seat))


def next_after(state: State, number: int, step: Step, leaving: int | None) -> int | None:
    """Who gets the floor when `leaving` lets it go."""
    return next((seat for seat in queue(state, number, step) if seat != leaving), None)


def move(state: State, number: int, step: Step, how: str, to: int | None, now: int) -> Events:
    """The floor goes from who has it to `to`, whose written text opens with it if this step reads texts in turn."""
    events: Events = [FloorMoved(number, state.tables[number].floor, how, to, now)]
    if to is not None:
        events += read_out(state, number, step, to)
    return events


def read_out(state: State, number: int, step: Step, seat: int) -> Events:
    """Opens what this seat wrote earlier to be read out at its turn in this step."""
    used = {use.step for use in step.uses}
    if not any(state.method.step(name).reveal == "turn" for name in used):
        return []
    waiting = (
        item.id
        for item in state.items.each()
        if item.by == seat
        and state.made_at(number, item)
        and item.step in used
        and item.reveal == "turn"
        and item.sealed
    )
    return revealed(state, waiting)


def revealed(state: State, ids: Iterable[str], missed: bool = False, named: bool = False) -> Events:
    """One event for these items, none if there are none left to open."""
    opening = tuple(item_id for item_id in ids if not state.items[item_id].withdrawn)
    return [Revealed(opening, missed, named)] if opening else []


def mend(state: State, number: int, now: int) -> Events:
    """After people came, went or changed role: a floor held by nobody who may have it goes to the next in turn."""
    table: Table = state.tables[number]
    step = state.step_at(table)
    if step is None or not step.has_turns or state.idle(number):
        return []
    if table.floor in actors(state, number, step):
        return []
    upcoming = next_after(state, number, step, None)
    return [] if upcoming == table.floor else move(state, number, step, "kept", upcoming, now)
