"""What events about contributions, votes and signals make of the state."""

from collections.abc import Callable
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.changing import tables_with, with_items, with_table
from intervisie.engine.state import JUDGED, UNCOUNTED, Item, State, as_cast, changed


def _said(state: State, event: e.Said) -> State:
    item = event.item
    items = state.items.put(item)
    if item.kind in UNCOUNTED:
        return changed(state, items=items)
    table = state.tables[item.table]
    changes: dict[str, Any] = {"spoke": {**table.spoke, item.by: table.spoke.get(item.by, 0) + 1}}
    if item.alias is not None and item.by not in table.aliases:
        changes["aliases"] = {**table.aliases, item.by: item.alias}
    judge = table.judge
    if (
        judge is not None
        and not judge.over
        and judge.step == item.step
        and item.kind in JUDGED
        and not item.sealed
    ):
        changes["judge"] = changed(judge, options=(*judge.options, item.id))
    return changed(state, items=items, tables=tables_with(state, item.table, **changes))


def _edited(state: State, event: e.Edited) -> State:
    item = changed(state.items[event.item], text=event.text, fields=event.fields, edited=True)
    return with_items(state, item)


def _withdrawn(state: State, event: e.Withdrawn) -> State:
    item = state.items[event.item]
    state = with_items(state, changed(item, withdrawn=True, text="", fields={}))
    if item.table >= len(state.tables):
        return state
    table = state.tables[item.table]
    if item.kind in UNCOUNTED or item.visit != table.visit or not table.spoke.get(item.by):
        return state
    return with_table(state, item.table, spoke={**table.spoke, item.by: table.spoke[item.by] - 1})


def _revealed(state: State, event: e.Revealed) -> State:
    items = (state.items[item] for item in event.items)
    if event.missed:
        return with_items(state, *(_shown_to_missing(state, item) for item in items))
    if event.named:
        return with_items(state, *(changed(item, anonymous=False, alias=None) for item in items))
    return with_items(state, *(changed(item, opened=True) for item in items))


def _shown_to_missing(state: State, item: Item) -> Item:
    """Open to who sits at its table now; what was said at a small table stays closed to all others."""
    there = {seat for seat, person in state.people.items() if person.table == item.table}
    return changed(item, hidden=item.hidden - there, opened=item.opened or item.reveal == "live")


def _labelled(state: State, event: e.Labelled) -> State:
    return with_items(
        state, *(changed(state.items[name], label=value) for name, value in event.labels.items())
    )


def _readied(state: State, event: e.Readied) -> State:
    number = state.people[event.seat].table
    ready = state.tables[number].ready
    return with_table(state, number, ready=ready | {event.seat} if event.on else ready - {event.seat})


def _voted(state: State, event: e.Voted) -> State:
    number = state.people[event.seat].table
    judge = state.tables[number].judge
    assert judge is not None
    scale = state.method.step(judge.step).scale
    mine = dict(judge.votes.get(event.seat, {}))
    if scale is not None and scale.type == "pick":
        mine = {one: value for one, value in mine.items() if not same_pick(one, event.item)}
    mine.pop(event.item, None)
    if event.value:
        mine[event.item] = event.value
    votes = {seat: given for seat, given in judge.votes.items() if seat != event.seat}
    if mine:
        votes[event.seat] = mine
    return with_table(state, number, judge=changed(judge, votes=votes))


def _settled(state: State, event: e.Settled) -> State:
    judge = state.tables[event.table].judge
    assert judge is not None
    if as_cast(event.item) is None:
        return with_table(state, event.table, judge=changed(judge, chosen=event.item))
    others = tuple(one for one in judge.cast if not same_pick(one, event.item))
    return with_table(state, event.table, judge=changed(judge, cast=(*others, event.item)))


def same_pick(one: str, other: str) -> bool:
    """Whether one pick takes the place of the other: of people each role is picked by itself."""
    casts = [as_cast(option) for option in (one, other)]
    return casts[0] is None or casts[1] is None or casts[0][0] == casts[1][0]


def _stopped(state: State, event: e.Stopped) -> State:
    return changed(state, stops=(*state.stops, event.stop))


def _stop_cleared(state: State, event: e.StopCleared) -> State:
    return changed(state, stops=tuple(stop for stop in state.stops if stop.id != event.stop))


CHANGES: dict[type[e.Event], Callable[[State, Any], State]] = {
    e.Labelled: _labelled,
    e.Settled: _settled,
    e.Said: _said,
    e.Edited: _edited,
    e.Withdrawn: _withdrawn,
    e.Revealed: _revealed,
    e.Readied: _readied,
    e.Voted: _voted,
    e.Stopped: _stopped,
    e.StopCleared: _stop_cleared,
}
