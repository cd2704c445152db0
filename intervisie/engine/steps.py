"""From one step to the next: what entering and leaving a step brings about, for everybody and for sub-groups."""

from collections.abc import Callable, Iterable, Iterator

from intervisie.engine import events as e
from intervisie.engine import turns
from intervisie.engine.events import Event, Events
from intervisie.engine.evolve import replay
from intervisie.engine.judging import JUDGED, labels, options_for, used_items
from intervisie.engine.method import Circle, Step, shares, total_minutes
from intervisie.engine.roles import actors, role_at
from intervisie.engine.state import PRIVATE, Item, State

MINUTE = 60_000
Ids = Callable[[], str]


def leave_for(state: State, number: int, index: int, now: int, ids: Ids) -> Events:
    """The step of now is over, `index` is next; what lies behind the last step depends on the method."""
    events = _leaving(state, number)
    return events + _go_to(replay(events, state), number, index, now, ids)


def go_on(state: State, number: int, now: int, ids: Ids) -> Events:
    """The step after this one, or this one again for the next item that it is played for."""
    table = state.tables[number]
    step = state.step_at(table)
    following = next_focus(state, number, step) if step is not None else None
    if following is None:
        return leave_for(state, number, table.index + 1, now, ids)
    events = _leaving(state, number)
    return events + enter(replay(events, state), number, table.index, now, ids, focus=following)


def next_focus(state: State, number: int, step: Step) -> str | None:
    """The item for which a step that is repeated is played next."""
    if step.repeat != "item":
        return None
    focus = state.items.get(state.tables[number].focus or "")
    place = (-1, "") if focus is None else (focus.visit, focus.key)
    later = (state.items[one] for one in used_items(state, number, step, JUDGED))
    return next((item.id for item in later if (item.visit, item.key) > place), None)


def _leaving(state: State, number: int) -> Events:
    """What opens and what is settled because a step is over."""
    table = state.tables[number]
    step = state.step_at(table)
    assert step is not None
    waiting = (
        item.id
        for item in state.items.each()
        if item.step == step.id and item.reveal == "end" and item.sealed and state.made_at(number, item)
    )
    events = turns.revealed(state, waiting) + _told_question(state, number, step)
    if step.scale is not None and step.scale.type == "label" and table.judge is not None:
        given = labels(state, table, table.judge, step)
        events += [e.Labelled(given)] if given else []
    return events


def _told_question(state: State, number: int, step: Step) -> Events:
    """What was told last is the question from now on: by whoever brings the case, if they said anything and that is no
    secret."""
    if step.effect != "question" or step.kind == "judge":
        return []
    table = state.tables[number]
    told = [
        item
        for item in state.items.each()
        if item.step == step.id
        and item.table == number
        and item.visit == table.visit
        and item.kind == step.collects
        and item.parent is None
        and not item.withdrawn
    ]
    own = [item for item in told if item.by == table.bringer and not step.hides_names]
    last = max(own or told, key=lambda item: (item.visit, item.key), default=None)
    if last is None:
        return []
    asked = step.canvas.question(last.fields) if step.canvas is not None else ""
    return [e.QuestionPut(number, asked or last.text)]


def last_index(state: State, number: int) -> int:
    """The place of the last step that this table does: of a sub-group, before it comes back to the others."""
    return state.together if number else len(state.method.steps) - 1


def _go_to(state: State, number: int, index: int, now: int, ids: Ids) -> Events:
    index = _not_skipped(state, index)
    if index <= last_index(state, number):
        return enter(state, number, index, now, ids)
    following = next_bringer(state, number)
    start = state.method.loop_start
    if following is not None and start is not None:
        turned = e.BringerTurned(number, following)
        return [turned, *enter(replay([turned], state), number, start, now, ids)]
    return _through(state, number, now, ids)


def _not_skipped(state: State, index: int) -> int:
    steps = state.method.steps
    while index < len(steps) and steps[index].id in state.skipped:
        index += 1
    return index


def next_bringer(state: State, number: int) -> int | None:
    """Who brings next where all members take turns: those who brought least before come first; None for nobody more."""
    loop, table = state.method.loop, state.tables[number]
    if loop is None or (loop.group is not None) != bool(number):
        return None
    waiting = [
        person
        for person in state.people.values()
        if person.table == number and person.here and person.cast == "member" and person.seat not in table.had
    ]
    waiting.sort(key=lambda person: (person.seat != state.chosen, person.brought, person.seat))
    return waiting[0].seat if waiting else None


def _through(state: State, number: int, now: int, ids: Ids) -> Events:
    """A table has done all its steps: the session closes, or a sub-group waits until the last one is through."""
    if number == 0:
        return [e.Closed(0, now)]
    finished = e.Finished(number, now)
    after = replay([finished], state)
    if all(table.finished for table in after.tables[1:]):
        return [finished, *gather(after, now, ids)]
    return [finished]


def gather(state: State, now: int, ids: Ids) -> Events:
    """Everybody comes back to the first table, which goes on with what follows."""
    events = called_together(state)
    return events + _go_to(replay(events, state), 0, state.together + 1, now, ids)


def called_together(state: State) -> Events:
    """The sub-groups stop where they are, and all sit at the first table."""
    left = [event for number in range(len(state.tables)) for event in _leaving(state, number)]
    return [*left, e.Gathered()]


def enter(
    state: State,
    number: int,
    index: int,
    now: int,
    ids: Ids,
    back: bool = False,
    focus: str | None = None,
    until: int | None = None,
) -> Events:
    """A table begins a visit of this step: what was kept for it opens, the first in turn gets the floor."""
    before: Events = _first_bringer(state, number, index, back)
    state = replay(before, state)
    step = state.method.played(state.method.steps[index], state.tables[number].module)
    before += _opened_by(state, number, step)
    state = replay(before, state)
    if step.repeat == "item" and focus is None:
        focus = next(iter(used_items(state, number, step, JUDGED)), None)
    people = actors(state, number, step)
    lots = tuple(sorted(people, key=lambda _: ids())) if _by_lot(step) else ()
    options = options_for(state, number, step) if step.kind == "judge" else ()
    total = round(_minutes(state, number, step, len(people)) * MINUTE)
    entered = e.Entered(number, index, now, total, back, lots, options, focus, until)
    state = replay([entered], state)
    parting = _parting(state, number, index, now, ids)
    return [*before, entered, *(parting or _first_floor(state, number, step, now))]


def _by_lot(step: Step) -> bool:
    """Whether the order of turns is drawn: where somebody reads without names, the order of seats would tell them."""
    return step.turns.order == "lot" or (step.has_turns and "turned" in step.stance.values())


def _first_bringer(state: State, number: int, index: int, back: bool) -> Events:
    """Who begins where all take turns to bring, if nobody did yet."""
    if index != state.method.loop_start or back or state.tables[number].had:
        return []
    first = next_bringer(state, number)
    return [] if first is None else [e.BringerTurned(number, first)]


def _minutes(state: State, number: int, step: Step, people: int) -> float:
    minutes = state.plan.get(step.id, step.minutes.default)
    return minutes * max(1, people) if step.minutes.per_person else minutes


def _first_floor(state: State, number: int, step: Step, now: int) -> Events:
    first = turns.next_after(state, number, step, None) if step.has_turns else None
    return [] if first is None else turns.move(state, number, step, "kept", first, now)


def _parting(state: State, number: int, index: int, now: int, ids: Ids) -> Events:
    """Where a step, or all from here on, is done in sub-groups: who sits where, and the first step at each table."""
    circle, until = _circle(state, index)
    if number or circle is None:
        return []
    step = state.method.steps[index]
    going = [
        person.seat
        for person in state.people.values()
        if person.here
        and person.cast == "member"
        and (step.group is None or role_at(state.tables[0], person) in step.acting | step.answering)
    ]
    going.sort(key=lambda _: ids())
    groups, place = [], 0
    for size in shares(len(going), circle):
        groups.append(tuple(sorted(going[place : place + size])))
        place += size
    if not groups:
        return []
    events: Events = [e.Parted(tuple(groups), until)]
    state = replay(events, state)
    for table in range(1, len(groups) + 1):
        begun = enter(state, table, index, now, ids)
        state = replay(begun, state)
        events += begun
    return events


def _circle(state: State, index: int) -> tuple[Circle | None, int]:
    """How large the sub-groups are that form at this step, and up to which step they last."""
    method = state.method
    if method.loop is not None and method.loop.group is not None and index == method.loop_start:
        return method.loop.group, len(method.steps) - 1
    return method.steps[index].group, index


def _opened_by(state: State, number: int, step: Step) -> Events:
    """What waited for this step opens, and gets names if that was said; and what it uses opens to those who were away."""
    waited = _ids(
        i
        for i in state.items.each()
        if i.reveal == f"step:{step.id}" and i.sealed and state.made_at(number, i)
    )
    named = {one.id for one in state.method.steps if one.names_at == step.id}
    unnamed = _ids(i for i in _of(state, number, named) if i.anonymous)
    missed = _ids(i for i in _read_by(state, number, step) if _was_missed(state, i))
    return [
        *turns.revealed(state, waited),
        *turns.revealed(state, unnamed, named=True),
        *turns.revealed(state, missed, missed=True),
    ]


def _read_by(state: State, number: int, step: Step) -> list[Item]:
    """What this step uses: all that was made in a step that it names, and what a filter keeps."""
    whole = {use.step for use in step.uses if use.filter is None}
    kept = [state.items[one] for one in used_items(state, number, step, JUDGED)] if step.uses else []
    made = [*_of(state, number, whole), *(item for item in kept if state.made_at(number, item))]
    return list({item.id: item for item in made}.values())


def _was_missed(state: State, item: Item) -> bool:
    """Whether there are people, or may be who come later, from whom this was kept because they were away."""
    if item.kind in PRIVATE or item.kind == "chat" or item.opened:
        return False
    step = state.step_of(item)
    return step is not None and "away" in step.stance.values()


def _of(state: State, number: int, steps: set[str]) -> Iterator[Item]:
    if steps:
        yield from (item for item in state.items.each() if item.step in steps and state.made_at(number, item))


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def due(state: State, now: int, ids: Ids) -> tuple[Event, ...]:
    """Events of timers that have run out: a step with a hard end takes no more contributions until it gets time, and
    one that goes on by the clock is left."""
    events: Events = []
    for number in range(len(state.tables)):
        current = replay(events, state) if events else state
        if number < len(current.tables):
            events += _due_at(current, number, now, ids)
    return tuple(events)


def _due_at(state: State, number: int, now: int, ids: Ids) -> Events:
    table = state.tables[number]
    step = _timed(state, number)
    if step is None or table.ends is None or table.ends > now:
        return []
    if step.advance == "clock":
        return go_on(state, number, now, ids)
    return [e.ClockMoved(number, table.ends, None, table.total, locked=True)]


def next_due(state: State) -> int | None:
    """When `due` will have something to say, in milliseconds; None while no timer runs."""
    running = (
        table.ends
        for number, table in enumerate(state.tables)
        if table.ends is not None and _timed(state, number) is not None
    )
    return min(running, default=None)


def _timed(state: State, number: int) -> Step | None:
    """The step of a table if something happens when its time is over. While sub-groups work they keep the time."""
    table = state.tables[number]
    step = state.step_at(table)
    if step is None or table.locked or state.idle(number):
        return None
    return step if step.minutes.end == "hard" or step.advance == "clock" else None


def planned(state: State) -> int:
    """How long the session takes as planned, in milliseconds, with the members of now."""
    members = sum(person.here and person.cast == "member" for person in state.people.values())
    return round(total_minutes(state.method, members) * MINUTE)
