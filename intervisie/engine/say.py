"""Decisions on contributions: said, and changed or taken back while that can be. All rights were checked before."""

from collections.abc import Mapping

from intervisie.engine import commands as c
from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.errors import Refused
from intervisie.engine.events import Events
from intervisie.engine.judging import used_items
from intervisie.engine.lead import at
from intervisie.engine.method import QUESTIONS, THREADLESS, Step
from intervisie.engine.roles import others_with_stance, role_of
from intervisie.engine.state import CLOSING, NOBODY, PRIVATE, USED, Item, State, Table
from intervisie.engine.steps import Ids
from intervisie.engine.visibility import Sight, can_see

ALIASES = 24  # made-up names that the phrases have
Fields = Mapping[str, str]


def say(state: State, wish: c.Say, now: int, ids: Ids) -> Events:
    if state.phase == CLOSING:
        return [e.Said(_takeaway(state, wish, now, ids))]
    number, table, step = at(state, wish.seat)
    if role_of(state, wish.seat) not in step.takes:
        raise Refused("not_in_this_step")
    if table.locked:
        raise Refused("time_is_up")
    parent = _parent(state, wish, number, step)
    answers = bool(step.answering) and parent is not None
    if not answers:
        _check_room(table, step, wish.seat)
    text, fields = _written(step, wish.text, wish.fields, parent is not None)
    _check_words(step, text)
    if parent is None:
        _check_question(step, text)
    if wish.case and (step.collects != "pitch" or wish.seat not in state.cases):
        raise Refused("no_prepared_case")
    item = _contribution(state, wish, now, ids, parent, text, fields)
    return [e.Said(item), *_after_saying(state, number, item, step, now)]


def _takeaway(state: State, wish: c.Say, now: int, ids: Ids) -> Item:
    if wish.parent is not None:
        raise Refused("no_reply")
    if wish.case:
        raise Refused("no_prepared_case")
    text, _ = _written(None, wish.text, wish.fields, False)
    number = state.people[wish.seat].table
    table = state.tables[number]
    name = ids()
    return Item(name, "takeaway", wish.seat, text, CLOSING, table.visit, key_of(table, now, name), number)


def key_of(table: Table, now: int, name: str) -> str:
    """By what an item is put in order: when it came in this visit."""
    return f"{max(0, now - table.since):09d}{name}"


def _written(step: Step | None, text: str, fields: Fields, replies: bool) -> tuple[str, Fields]:
    """What is contributed: a text, or what stands in a canvas with all of it as a text. Raises Refused."""
    canvas = step.canvas if step is not None and step.kind != "judge" and not replies else None
    if canvas is None:
        if fields:
            raise Refused("malformed", {"field": "fields"})
        if not text:
            raise Refused("empty")
        return text, fields
    filled = {one.id: fields[one.id] for one in canvas.fields if fields.get(one.id)}
    for name, value in fields.items():
        found = canvas.field(name)
        if found is None or (found.options and value and value not in {one.id for one in found.options}):
            raise Refused("malformed", {"field": "fields"})
    if not any(not canvas.field(name).options for name in filled):  # type: ignore[union-attr]
        raise Refused("empty")
    if canvas.cells and len(filled) > 1:
        raise Refused("malformed", {"field": "fields"})
    told = " · ".join(value for name, value in filled.items() if not canvas.field(name).options)  # type: ignore[union-attr]
    return told, filled


def _parent(state: State, wish: c.Say, number: int, step: Step) -> Item | None:
    """The item that is replied to. Raises Refused; what cannot be seen is as if it were not there."""
    role = role_of(state, wish.seat)
    if wish.parent is None:
        if step.answering and role not in step.acting:
            raise Refused("reply_needed")
        return None
    if step.kind == "talk":
        if step.blocks & THREADLESS:
            raise Refused("no_reply")
    elif role not in step.answering:
        raise Refused("no_reply")
    item = state.items.get(wish.parent)
    if item is None or can_see(state, wish.seat, item) is Sight.NONE:
        raise Refused("no_such_item")
    if not _answerable(state, item, number, step):
        raise Refused("no_such_item")
    return item


def _answerable(state: State, item: Item, number: int, step: Step) -> bool:
    """Whether this is replied to in this step at this table."""
    if item.kind in PRIVATE or item.kind in ("chat", "answer") or item.sealed:
        return False
    if item.reveal == "to:B" and step.reveal != "to:B":
        return False  # what others answer aloud, they know of
    if step.kind == "talk":
        return item.visit == state.tables[number].visit and item.kind != "side"
    if item.step == step.id:
        return item.kind == step.collects
    return item.id in used_items(state, number, step, USED)


def _check_room(table: Table, step: Step, seat: int) -> None:
    if step.items.max is not None and table.spoke.get(seat, 0) >= step.items.max:
        raise Refused("enough", {"max": step.items.max})


def _check_words(step: Step, text: str) -> None:
    most = step.items.max_words
    if most is not None and "max_words" in step.blocks and len(text.split()) > most:
        raise Refused("too_many_words", {"max": most})


def _check_question(step: Step, text: str) -> None:
    """Where only questions are asked, by force, what starts a thread ends in a question mark (the one sign that can be
    told from the text)."""
    if step.blocks & QUESTIONS and not text.rstrip(' "”’)').endswith("?"):
        raise Refused("question_needed")


def _persona(step: Step, role: str, wish: c.Say) -> str:
    """As whom somebody speaks: as they say themselves, or as the method says ("@C"); nobody else where it says nothing."""
    if step.persona is None or (role not in step.persona.choose and role not in step.persona.speaks):
        if wish.persona:
            raise Refused("malformed", {"field": "persona"})
        return ""
    if role not in step.persona.choose:
        return f"@{role}"
    if not wish.persona or wish.persona.startswith("@"):
        raise Refused("persona_needed")
    return wish.persona


def _alias(table: Table, step: Step, seat: int, ids: Ids) -> int | None:
    """The number of a made-up name: one's own in this visit, or a free one by lot."""
    if step.attribution != "alias":
        return None
    if seat in table.aliases:
        return table.aliases[seat]
    free = [n for n in range(max(ALIASES, len(table.aliases) + 1)) if n not in table.aliases.values()]
    return min(free, key=lambda _: ids())


def _contribution(
    state: State, wish: c.Say, now: int, ids: Ids, parent: Item | None, text: str, fields: Fields
) -> Item:
    number, table, step = at(state, wish.seat)
    role = role_of(state, wish.seat)
    name = ids()
    shuffled = step.names_nobody and step.reveal != "live"
    answers = bool(step.answering) and parent is not None
    return Item(
        id=name,
        kind="answer" if answers else step.collects,
        by=wish.seat,
        text=text,
        step=step.id,
        visit=table.visit,
        key=name if shuffled else key_of(table, now, name),
        table=number,
        parent=wish.parent,
        reveal=step.reveal,
        anonymous=step.names_nobody,
        observers=step.observer == "content",
        unnamed=others_with_stance(state, number, step, "turned", wish.seat),
        hidden=_out_of_earshot(state, number, step, wish.seat),
        to=_addressee(table, step, parent, answers),
        case=wish.case,
        date=wish.date if step.kind == "commit" else None,
        fields=fields,
        persona=_persona(step, role, wish),
        alias=_alias(table, step, wish.seat, ids),
        module=module_of(state, table),
        turn=turn_of(state, table),
    )


def elsewhere(state: State, number: int) -> frozenset[int]:
    """What is said at a small table stays there."""
    if number == 0:
        return NOBODY
    return frozenset(person.seat for person in state.people.values() if person.table != number)


def _out_of_earshot(state: State, number: int, step: Step, seat: int) -> frozenset[int]:
    """Who never reads what this seat says here and now: those who are away, and those at other tables."""
    away = others_with_stance(state, number, step, "away", seat)
    return away | elsewhere(state, number) if number else away


def _addressee(table: Table, step: Step, parent: Item | None, answers: bool) -> int | None:
    if step.reveal != "to:B":
        return None
    return parent.by if answers and parent is not None else table.bringer


def module_of(state: State, table: Table) -> str | None:
    """The module that is played, where it is."""
    return table.module if state.method.steps[table.index].include else None


def turn_of(state: State, table: Table) -> int | None:
    """Whose turn it is, where all take turns to bring."""
    start = state.method.loop_start
    return None if start is None or table.index < start else table.whose


def _after_saying(state: State, number: int, item: Item, step: Step, now: int) -> Events:
    """The floor goes on when somebody has said all they may in one turn."""
    table = state.tables[number]
    if item.kind == "answer" or step.items.max is None or table.spoke.get(item.by, 0) + 1 < step.items.max:
        return []
    if step.has_turns:
        return turns.move(state, number, step, "said", turns.next_after(state, number, step, item.by), now)
    return [e.FloorMoved(number, item.by, "said", None, now)] if step.kind == "round" else []


def edit(state: State, wish: c.Edit, now: int, ids: Ids) -> Events:
    item = _own(state, wish.seat, wish.item)
    table = state.table_of(wish.seat)
    step = state.step_of(item) if item.kind not in (*PRIVATE, "chat", "side") else None
    text, fields = _written(step, wish.text, wish.fields, item.parent is not None)
    if step is not None:
        if state.phase != CLOSING and table.locked and item.visit == table.visit:
            raise Refused("time_is_up")
        _check_words(step, text)
        if item.parent is None:
            _check_question(step, text)
    return [] if (item.text, item.fields) == (text, fields) else [e.Edited(item.id, text, fields)]


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
