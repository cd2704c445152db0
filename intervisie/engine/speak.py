"""Decisions on what people do beside contributing: turns, votes, notes, marks, chat and signals. All rights were checked before."""

from dataclasses import replace

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.errors import Refused
from intervisie.engine.events import Events
from intervisie.engine.evolve import replay
from intervisie.engine.judging import check_value, standing
from intervisie.engine.lead import at
from intervisie.engine.roles import actors, role_at, role_of
from intervisie.engine.say import elsewhere, key_of, module_of, turn_of
from intervisie.engine.state import Item, State, Stop
from intervisie.engine.steps import Ids, go_on
from intervisie.engine.visibility import Sight, can_see


def pass_turn(state: State, wish: c.Pass, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if not step.has_turns and step.kind != "round":
        raise Refused("no_turns")
    if not step.has_turns:
        return [e.FloorMoved(number, wish.seat, "passed", None, now)]
    if table.floor != wish.seat:
        raise Refused("not_your_turn")
    how = "said" if table.spoke.get(wish.seat) else "passed"
    return turns.move(state, number, step, how, turns.next_after(state, number, step, wish.seat), now)


def ready(state: State, wish: c.Ready, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if state.idle(number):
        raise Refused("finished" if table.finished else "not_in_this_step")
    if role_of(state, wish.seat) == "F" and "F" not in step.acting:
        raise Refused("not_your_role")
    if (wish.seat in table.ready) == wish.on:
        return []
    events: Events = [e.Readied(wish.seat, wish.on)]
    people = set(actors(state, number, step))
    if step.advance != "ready" or wish.seat not in people or people - table.ready - {wish.seat}:
        return events
    return events + go_on(replay(events, state), number, now, ids)


def vote(state: State, wish: c.Vote, now: int, ids: Ids) -> Events:
    _, table, step = at(state, wish.seat)
    assert table.judge is not None
    if table.locked:
        raise Refused("time_is_up")
    if wish.item not in standing(state, table.judge, step):
        raise Refused("no_such_item")
    check_value(step, table.judge, wish.seat, wish.item, wish.value)
    if table.judge.votes.get(wish.seat, {}).get(wish.item, 0) == wish.value:
        return []
    return [e.Voted(wish.seat, wish.item, wish.value)]


def note(state: State, wish: c.Note, now: int, ids: Ids) -> Events:
    return [e.Said(_private(state, wish.seat, "note", wish.text, now, ids))]


def aside(state: State, wish: c.Aside, now: int, ids: Ids) -> Events:
    """Beside the step: one's own for ever, open when the step is over, or for the bringer alone, as the method says."""
    number, table, step = at(state, wish.seat)
    if step.side is None or role_of(state, wish.seat) not in step.side.roles:
        raise Refused("no_side")
    made = _private(state, wish.seat, "side", wish.text, now, ids)
    to = table.bringer if step.side.reveal == "to:B" else None
    return [e.Said(replace(made, reveal=step.side.reveal, to=to, hidden=elsewhere(state, number)))]


def mark(state: State, wish: c.Mark, now: int, ids: Ids) -> Events:
    item = state.items.get(wish.item)
    if (
        item is None
        or can_see(state, wish.seat, item) is Sight.NONE
        or item.by == wish.seat
        or item.kind == "chat"
    ):
        raise Refused("no_such_item")
    marks = [
        one.id
        for one in state.items.each()
        if one.kind == "mark" and one.by == wish.seat and one.parent == wish.item and not one.withdrawn
    ]
    if bool(marks) == wish.on:
        return []
    if not wish.on:
        return [e.Withdrawn(marks[0])]
    made = _private(state, wish.seat, "mark", "", now, ids)
    return [e.Said(replace(made, parent=wish.item))]


def _private(state: State, seat: int, kind: str, text: str, now: int, ids: Ids) -> Item:
    number, table, step = at(state, seat)
    name = ids()
    key = key_of(table, now, name)
    return Item(
        name,
        kind,
        seat,
        text,
        step.id,
        table.visit,
        key,
        number,
        module=module_of(state, table),
        turn=turn_of(state, table),
    )


def chat(state: State, wish: c.Chat, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if role_of(state, wish.seat) not in step.chat:
        raise Refused("no_chat")
    outside = frozenset(
        p.seat for p in state.people.values() if p.table != number or role_at(table, p) not in step.chat
    )
    item = _private(state, wish.seat, "chat", wish.text, now, ids)
    return [e.Said(replace(item, hidden=outside, observers="O" in step.chat))]


def stop(state: State, wish: c.RaiseStop, now: int, ids: Ids) -> Events:
    if wish.kind != "stop" and wish.kind not in state.method.interrupts:
        raise Refused("not_in_this_step")
    return [e.Stopped(Stop(ids(), None if wish.anonymous else wish.seat, wish.text, wish.kind))]


def unseal(state: State, wish: c.Unseal, now: int, ids: Ids) -> Events:
    number = state.people[wish.seat].table
    brought = state.tables[number].brought
    step = state.step_at(state.tables[number])
    if brought is None or brought.by != wish.seat or not brought.case.outcome:
        raise Refused("nothing_sealed")
    if step is not None and step.holds_outcome:
        raise Refused("sealed_here")
    return [] if brought.opened else [e.Unsealed(number)]
