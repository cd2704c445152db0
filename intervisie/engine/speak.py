"""Decisions on what people contribute. All rights by role, place and stance were checked before."""

from dataclasses import replace

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.errors import Refused
from intervisie.engine.judging import check_value, standing
from intervisie.engine.lead import Events, at
from intervisie.engine.method import THREADLESS, Step
from intervisie.engine.roles import role_at, role_of, seats_with_stance
from intervisie.engine.state import CLOSING, PRIVATE, Item, State, Stop, Table
from intervisie.engine.steps import Ids
from intervisie.engine.visibility import Sight, can_see


def say(state: State, wish: c.Say, now: int, ids: Ids) -> Events:
    if state.phase == CLOSING:
        return [e.Said(_takeaway(state, wish, now, ids))]
    number, table, step = at(state, wish.seat)
    if table.locked:
        raise Refused("time_is_up")
    parent = _parent(state, wish, table, step)
    answers = step.kind == "ask" and parent is not None
    if not answers:
        _check_room(table, step, wish.seat)
    _check_words(step, wish.text)
    if wish.case and (step.collects != "pitch" or wish.seat not in state.cases):
        raise Refused("no_prepared_case")
    item = _contribution(state, wish, now, ids, parent)
    return [e.Said(item), *_after_saying(state, number, item, step)]


def _takeaway(state: State, wish: c.Say, now: int, ids: Ids) -> Item:
    if wish.parent is not None:
        raise Refused("no_reply")
    if wish.case:
        raise Refused("no_prepared_case")
    number = state.people[wish.seat].table
    table = state.tables[number]
    name = ids()
    return Item(name, "takeaway", wish.seat, wish.text, CLOSING, table.visit, _key(table, now, name), number)


def _key(table: Table, now: int, name: str) -> str:
    return f"{max(0, now - table.since):09d}{name}"


def _parent(state: State, wish: c.Say, table: Table, step: Step) -> Item | None:
    """The item that is replied to. Raises Refused; what cannot be seen is as if it were not there."""
    if wish.parent is None:
        if step.kind == "ask" and role_of(state, wish.seat) not in step.acting:
            raise Refused("reply_needed")
        return None
    if step.kind == "talk":
        if step.blocks & THREADLESS:
            raise Refused("no_reply")
    elif step.kind != "ask" or role_of(state, wish.seat) not in step.answering:
        raise Refused("no_reply")
    item = state.items.get(wish.parent)
    if item is None or can_see(state, wish.seat, item) is Sight.NONE or not _answerable(item, table, step):
        raise Refused("no_such_item")
    return item


def _answerable(item: Item, table: Table, step: Step) -> bool:
    if item.kind in PRIVATE or item.kind == "chat" or item.sealed:
        return False
    if step.kind == "talk":
        return item.visit == table.visit
    return (item.step == step.id and item.kind == "question") or item.step in {use.step for use in step.uses}


def _check_room(table: Table, step: Step, seat: int) -> None:
    if step.items.max is not None and table.spoke.get(seat, 0) >= step.items.max:
        raise Refused("enough", {"max": step.items.max})


def _check_words(step: Step, text: str) -> None:
    most = step.items.max_words
    if most is not None and "max_words" in step.blocks and len(text.split()) > most:
        raise Refused("too_many_words", {"max": most})


def _contribution(state: State, wish: c.Say, now: int, ids: Ids, parent: Item | None) -> Item:
    number, table, step = at(state, wish.seat)
    name = ids()
    shuffled = step.names_nobody and step.reveal != "live"
    answers = step.kind == "ask" and parent is not None
    return Item(
        id=name,
        kind="answer" if answers else step.collects,
        by=wish.seat,
        text=wish.text,
        step=step.id,
        visit=table.visit,
        key=name if shuffled else _key(table, now, name),
        table=number,
        parent=wish.parent,
        reveal=step.reveal,
        anonymous=step.names_nobody,
        observers=step.observer == "content",
        unnamed=seats_with_stance(state, number, step, "turned") - {wish.seat},
        hidden=seats_with_stance(state, number, step, "away") - {wish.seat},
        to=_addressee(table, step, parent, answers),
        case=wish.case,
        date=wish.date if step.kind == "commit" else None,
    )


def _addressee(table: Table, step: Step, parent: Item | None, answers: bool) -> int | None:
    if step.reveal != "to:B":
        return None
    return parent.by if answers and parent is not None else table.bringer


def _after_saying(state: State, number: int, item: Item, step: Step) -> Events:
    """The floor goes on when somebody has said all they may in one turn."""
    table = state.tables[number]
    if item.kind == "answer" or step.items.max is None or table.spoke.get(item.by, 0) + 1 < step.items.max:
        return []
    if step.has_turns:
        return turns.move(state, number, step, "said", turns.next_after(state, number, step, item.by))
    return [e.FloorMoved(number, item.by, "said", None)] if step.kind == "round" else []


def edit(state: State, wish: c.Edit, now: int, ids: Ids) -> Events:
    item = _own(state, wish.seat, wish.item)
    table = state.table_of(wish.seat)
    if state.phase != CLOSING and item.step in state.method.positions:
        step = state.method.step(item.step)
        if table.locked and item.visit == table.visit:
            raise Refused("time_is_up")
        _check_words(step, wish.text)
    return [] if item.text == wish.text else [e.Edited(item.id, wish.text)]


def withdraw(state: State, wish: c.Withdraw, now: int, ids: Ids) -> Events:
    return [e.Withdrawn(_own(state, wish.seat, wish.item).id)]


def _own(state: State, seat: int, name: str) -> Item:
    """The item, if this seat may still change it. Raises Refused; others' items that cannot be seen do not exist."""
    item = state.items.get(name)
    if item is None or can_see(state, seat, item) is Sight.NONE or item.kind == "mark":
        raise Refused("no_such_item")
    if item.by != seat:
        raise Refused("not_yours")
    live = item.reveal in ("live", "to:B")
    if item.opened or (live and item.visit != state.table_of(seat).visit):
        raise Refused("too_late")
    return item


def pass_turn(state: State, wish: c.Pass, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if not step.has_turns and step.kind != "round":
        raise Refused("no_turns")
    if not step.has_turns:
        return [e.FloorMoved(number, wish.seat, "passed", None)]
    if table.floor != wish.seat:
        raise Refused("not_your_turn")
    how = "said" if table.spoke.get(wish.seat) else "passed"
    return turns.move(state, number, step, how, turns.next_after(state, number, step, wish.seat))


def ready(state: State, wish: c.Ready, now: int, ids: Ids) -> Events:
    _, table, step = at(state, wish.seat)
    if role_of(state, wish.seat) == "F" and "F" not in step.acting:
        raise Refused("not_your_role")
    return [] if (wish.seat in table.ready) == wish.on else [e.Readied(wish.seat, wish.on)]


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
    return Item(name, kind, seat, text, step.id, table.visit, _key(table, now, name), number)


def chat(state: State, wish: c.Chat, now: int, ids: Ids) -> Events:
    number, table, step = at(state, wish.seat)
    if role_of(state, wish.seat) not in step.chat:
        raise Refused("no_chat")
    outside = frozenset(
        p.seat for p in state.people.values() if p.table == number and role_at(table, p) not in step.chat
    )
    name = ids()
    item = Item(name, "chat", wish.seat, wish.text, step.id, table.visit, _key(table, now, name), number)
    return [e.Said(replace(item, hidden=outside, observers="O" in step.chat))]


def stop(state: State, wish: c.RaiseStop, now: int, ids: Ids) -> Events:
    return [e.Stopped(Stop(ids(), None if wish.anonymous else wish.seat, wish.text))]


def unseal(state: State, wish: c.Unseal, now: int, ids: Ids) -> Events:
    number = state.people[wish.seat].table
    brought = state.tables[number].brought
    step = state.step_at(state.tables[number])
    if brought is None or brought.by != wish.seat or not brought.case.outcome:
        raise Refused("nothing_sealed")
    if step is not None and step.holds_outcome:
        raise Refused("sealed_here")
    return [] if brought.opened else [e.Unsealed(number)]
