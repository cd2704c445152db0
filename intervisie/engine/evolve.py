"""What each event makes of the state. Nothing is refused here: an event has happened."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.method import Step
from intervisie.engine.roles import role_at, stood_in
from intervisie.engine.state import (
    DUTIES,
    JUDGED,
    NO_CASE,
    UNCOUNTED,
    BroughtCase,
    CaseText,
    Item,
    Judge,
    Person,
    State,
    Table,
    as_cast,
    changed,
)


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


def with_table(state: State, number: int, **changes: Any) -> State:
    """The state with something changed at one table."""
    tables = list(state.tables)
    tables[number] = changed(tables[number], **changes)
    return changed(state, tables=tuple(tables))


def _with_person(state: State, person: Person) -> State:
    people = {**state.people, person.seat: person}
    return changed(state, people=dict(sorted(people.items())))


def _with_items(state: State, *items: Item) -> State:
    shelf = state.items
    for item in items:
        shelf = shelf.put(item)
    return changed(state, items=shelf)


def _joined(state: State, event: e.Joined) -> State:
    person = event.person
    before = state.people.get(person.seat)
    state = _with_case(_with_person(state, person), person, event.case)
    if before is not None and not before.removed:
        return state
    role = role_at(state.tables[person.table], person)
    return _with_items(state, *(_for_newcomer(state, item, person.seat, role) for item in state.items.each()))


def _with_case(state: State, person: Person, case: CaseText | None) -> State:
    """The state with this as the case of somebody; who took it back or may not bring one is not the one chosen."""
    cases = {seat: one for seat, one in state.cases.items() if seat != person.seat}
    if case is not None:
        cases[person.seat] = case
    took_back = case is None and person.seat in state.cases
    lost = state.chosen == person.seat and (took_back or person.cast != "member")
    return changed(state, cases=cases, chosen=None if lost else state.chosen)


def _for_newcomer(state: State, item: Item, seat: int, role: str) -> Item:
    """Who joins late reads what their role might read when it was made."""
    if item.by == seat or item.step not in state.method.positions:
        return item
    step = state.step_of(item)
    assert step is not None
    stance = None if item.kind == "side" else step.stance.get(role)
    missed = stance == "away" and not item.opened
    if missed or item.table or (item.kind == "chat" and role not in step.chat):
        return changed(item, hidden=item.hidden | {seat})
    return changed(item, unnamed=item.unnamed | {seat}) if stance == "turned" else item


def _removed(state: State, event: e.Removed) -> State:
    person = state.people[event.seat]
    state = _with_person(state, changed(person, removed=True))
    if state.chosen == event.seat:
        state = changed(state, chosen=None)
    lent = {
        seat: state.lent.get(by, by) if by == event.seat else by
        for seat, by in state.lent.items()
        if seat != event.seat
    }
    state = changed(state, lent=lent)
    table = state.tables[person.table]
    return with_table(
        state,
        person.table,
        bringer=None if table.bringer == event.seat else table.bringer,
        ready=table.ready - {event.seat},
    )


def _agreed(state: State, event: e.Agreed) -> State:
    return _with_person(state, changed(state.people[event.seat], agreed=True))


def _entered(state: State, event: e.Entered) -> State:
    before = state.tables[event.table]
    step = state.method.steps[event.index]
    table = Table(
        index=event.index,
        visit=before.visit + 1,
        first=before.first if before.visit else event.index,
        since=event.at,
        ends=event.at + event.total,
        total=event.total,
        bringer=before.bringer,
        brought=before.brought,
        lots=event.lots,
        judge=_judge_on_entering(before, step, event),
        judged=_judged(before),
        focus=event.focus,
        had=before.had,
        module=before.module,
        asks=before.asks,
        formed=before.formed,
    )
    until = state.until if event.until is None else event.until
    return changed(with_whole_table(state, event.table, table), phase="running", until=until)


def _judged(before: Table) -> Mapping[str, Judge]:
    """What was decided in each step up to now; a new vote in the same step takes the place of the old."""
    judge = before.judge
    return before.judged if judge is None else {**before.judged, judge.step: changed(judge, over=True)}


def _judge_on_entering(before: Table, step: Step, event: e.Entered) -> Judge | None:
    if step.kind == "judge":
        return Judge(step.id, before.visit + 1, event.options)
    if before.judge is None or before.judge.over:
        return before.judge
    return None if event.back else changed(before.judge, over=True)


def with_whole_table(state: State, number: int, table: Table) -> State:
    """The state with one table put in the place of the old."""
    return changed(state, tables=(*state.tables[:number], table, *state.tables[number + 1 :]))


def _closed(state: State, event: e.Closed) -> State:
    before = state.tables[event.table]
    judge = changed(before.judge, over=True) if before.judge else None
    table = Table(
        index=len(state.method.steps),
        visit=before.visit + 1,
        first=before.first,
        since=event.at,
        bringer=before.bringer,
        brought=before.brought,
        judge=judge,
        judged=_judged(before),
        had=before.had,
        module=before.module,
        asks=before.asks,
        formed=before.formed,
    )
    return changed(with_whole_table(state, event.table, table), phase="closing")


def _parted(state: State, event: e.Parted) -> State:
    """A table for each sub-group, with the case of the first; a bringer who goes along still is one."""
    first = state.tables[0]
    people, tables = dict(state.people), [changed(first, floor=None)]
    for number, group in enumerate(event.groups, start=1):
        people |= {seat: changed(people[seat], table=number) for seat in group}
        bringer = first.bringer if first.bringer in group else None
        tables.append(changed(first, first=first.index, bringer=bringer, judge=None, formed=first.visit))
    return changed(state, people=people, tables=tuple(tables), together=event.until)


def _finished(state: State, event: e.Finished) -> State:
    return with_table(state, event.table, finished=True, floor=None, ends=None, left=None, ready=frozenset())


def _gathered(state: State, event: e.Gathered) -> State:
    """Visits go on counting from the highest, so that nobody's command for a small table counts at the first."""
    people = {seat: changed(person, table=0) for seat, person in state.people.items()}
    visit = max(table.visit for table in state.tables)
    return changed(state, people=people, tables=(changed(state.tables[0], visit=visit),))


def _bringer_turned(state: State, event: e.BringerTurned) -> State:
    had = state.tables[event.table].had
    had = had[: had.index(event.seat) + 1] if event.back else (*had, event.seat)
    brought = BroughtCase(event.seat, state.cases.get(event.seat, NO_CASE))
    state = _without_votes_of_last_turn(state, event.table)
    return with_table(state, event.table, bringer=event.seat, brought=brought, had=had)


def _without_votes_of_last_turn(state: State, number: int) -> State:
    """What was voted on in the turn of one says nothing of the case of the next."""
    table, place, start = state.tables[number], state.method.positions, state.method.loop_start
    assert start is not None
    judged = {name: judge for name, judge in table.judged.items() if place[name] < start}
    judge = table.judge if table.judge is None or place[table.judge.step] < start else None
    return with_table(state, number, judged=judged, judge=judge)


def _loop_closed(state: State, event: e.LoopClosed) -> State:
    return with_table(state, event.table, had=(*event.seats, *state.tables[event.table].had))


def _ended(state: State, event: e.Ended) -> State:
    return changed(state, phase="ended")


def _clock_moved(state: State, event: e.ClockMoved) -> State:
    """When the clock runs again after a pause, so does that of who has the floor, from its beginning."""
    table = state.tables[event.table]
    clock = {"ends": event.ends, "left": event.left, "total": event.total, "locked": event.locked}
    if table.left is not None and event.ends is not None:
        clock["turn"] = event.ends - table.left
    return with_table(state, event.table, **clock)


def _floor_moved(state: State, event: e.FloorMoved) -> State:
    table = state.tables[event.table]
    done, passed, spoke = table.done, table.passed, table.spoke
    if event.frm is not None and event.how != "kept":
        done |= {event.frm}
        passed = passed | {event.frm} if event.how == "passed" else passed - {event.frm}
    if event.to is not None:
        done, passed = done - {event.to}, passed - {event.to}
        spoke = {seat: count for seat, count in spoke.items() if seat != event.to}
    return with_table(
        state, event.table, floor=event.to, done=done, passed=passed, spoke=spoke, turn=event.at
    )


def _case_chosen(state: State, event: e.CaseChosen) -> State:
    pitch = state.items[event.item] if event.item is not None else None
    prepared = state.cases.get(event.seat, NO_CASE)
    case = prepared if pitch is None or pitch.case else CaseText(title="", question=pitch.text)
    state = with_table(state, event.table, bringer=event.seat, brought=BroughtCase(event.seat, case))
    judge = state.tables[event.table].judge
    if judge is None or event.item is None:
        return state
    return with_table(state, event.table, judge=changed(judge, chosen=event.item))


def _settled(state: State, event: e.Settled) -> State:
    judge = state.tables[event.table].judge
    assert judge is not None
    if as_cast(event.item) is None:
        return with_table(state, event.table, judge=changed(judge, chosen=event.item))
    others = tuple(one for one in judge.cast if not same_pick(one, event.item))
    return with_table(state, event.table, judge=changed(judge, cast=(*others, event.item)))


def _module_chosen(state: State, event: e.ModuleChosen) -> State:
    return with_table(state, event.table, module=event.module)


def _question_put(state: State, event: e.QuestionPut) -> State:
    brought = state.tables[event.table].brought
    if brought is None:
        return with_table(state, event.table, asks=event.text)
    return with_table(state, event.table, brought=changed(brought, asks=event.text))


def _labelled(state: State, event: e.Labelled) -> State:
    return _with_items(
        state, *(changed(state.items[name], label=value) for name, value in event.labels.items())
    )


def _appointed(state: State, event: e.Appointed) -> State:
    person = state.people[event.seat]
    if event.what == "bringer":
        return changed(state, chosen=event.seat)
    if event.what in DUTIES:
        return _only_one(state, person, event.what)
    lent = {seat: by for seat, by in state.lent.items() if seat != event.seat}
    state = changed(state, lent=lent)
    if event.what == "facilitator":
        return _leading(state, person, "member")
    table = state.tables[person.table]
    state = with_table(state, person.table, ready=table.ready - {event.seat})
    return _with_person(state, changed(person, cast=event.what, usual="member"))


def _only_one(state: State, person: Person, duty: str) -> State:
    """A duty is one person's at a time."""
    people = {
        seat: changed(one, duties=one.duties - {duty}) if duty in one.duties else one
        for seat, one in state.people.items()
    }
    people[person.seat] = changed(people[person.seat], duties=people[person.seat].duties | {duty})
    return changed(state, people=people)


def _replanned(state: State, event: e.Replanned) -> State:
    return changed(
        state,
        plan={**state.plan, **event.plan},
        skipped=state.skipped | event.skipped,
        until=state.until if event.until is None else event.until,
    )


def _handed_over(state: State, event: e.HandedOver) -> State:
    lent = _lent(state, event)
    for seat in (event.frm, *(state.lent.keys() - lent.keys() - {event.to})):
        if seat is not None:
            state = _with_person(state, _leads_no_more(state.people[seat], seat in lent))
    lead = state.people[event.to]
    usual = lead.cast if event.lent and event.to not in state.lent else lead.usual
    return changed(_leading(state, lead, usual), lent=lent)


def _leads_no_more(person: Person, lent: bool) -> Person:
    """Who leads again when they are back takes no turns meanwhile, and brings no case."""
    if lent:
        return changed(person, cast="notetaker")
    return changed(person, cast=person.usual, usual="member")


def _leading(state: State, person: Person, usual: str) -> State:
    """Who leads all sits at the first table."""
    state = with_table(state, person.table, ready=state.tables[person.table].ready - {person.seat})
    return _with_person(state, changed(person, cast="facilitator", usual=usual, table=0))


def _lent(state: State, event: e.HandedOver) -> Mapping[int, int]:
    """Who leads for whom from now on; a stand-in whose line broke too has one in turn.

    Who is back leads, and whoever stood in for them has nothing to come back to; a hand-over by choice ends it all.
    """
    lent = dict(state.lent)
    if event.to in lent:
        for seat in stood_in(lent, event.to)[:-1]:
            del lent[seat]
    elif event.lent and event.frm is not None:
        lent[event.frm] = event.to
    elif event.frm is not None:
        lent = {seat: by for seat, by in lent.items() if stood_in(lent, seat)[-1] != event.frm}
    else:
        lent = {seat: event.to if state.people[by].removed else by for seat, by in lent.items()}
    return lent


def _said(state: State, event: e.Said) -> State:
    item = event.item
    state = _with_items(state, item)
    if item.kind in UNCOUNTED:
        return state
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
    return with_table(state, item.table, **changes)


def _edited(state: State, event: e.Edited) -> State:
    item = changed(state.items[event.item], text=event.text, fields=event.fields, edited=True)
    return _with_items(state, item)


def _withdrawn(state: State, event: e.Withdrawn) -> State:
    item = state.items[event.item]
    state = _with_items(state, changed(item, withdrawn=True, text="", fields={}))
    if item.table >= len(state.tables):
        return state
    table = state.tables[item.table]
    if item.kind in UNCOUNTED or item.visit != table.visit or not table.spoke.get(item.by):
        return state
    return with_table(state, item.table, spoke={**table.spoke, item.by: table.spoke[item.by] - 1})


def _revealed(state: State, event: e.Revealed) -> State:
    items = (state.items[item] for item in event.items)
    if event.missed:
        return _with_items(state, *(_shown_to_missing(state, item) for item in items))
    if event.named:
        return _with_items(state, *(changed(item, anonymous=False, alias=None) for item in items))
    return _with_items(state, *(changed(item, opened=True) for item in items))


def _shown_to_missing(state: State, item: Item) -> Item:
    """Open to who sits at its table now; what was said at a small table stays closed to all others."""
    there = {seat for seat, person in state.people.items() if person.table == item.table}
    return changed(item, hidden=item.hidden - there, opened=item.opened or item.reveal == "live")


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


def same_pick(one: str, other: str) -> bool:
    """Whether one pick takes the place of the other: of people each role is picked by itself."""
    casts = [as_cast(option) for option in (one, other)]
    return casts[0] is None or casts[1] is None or casts[0][0] == casts[1][0]


def _stopped(state: State, event: e.Stopped) -> State:
    return changed(state, stops=(*state.stops, event.stop))


def _stop_cleared(state: State, event: e.StopCleared) -> State:
    return changed(state, stops=tuple(stop for stop in state.stops if stop.id != event.stop))


def _unsealed(state: State, event: e.Unsealed) -> State:
    brought = state.tables[event.table].brought
    assert brought is not None
    return with_table(state, event.table, brought=changed(brought, opened=True))


_CHANGES: dict[type[e.Event], Callable[[State, Any], State]] = {
    e.Parted: _parted,
    e.Finished: _finished,
    e.Gathered: _gathered,
    e.BringerTurned: _bringer_turned,
    e.LoopClosed: _loop_closed,
    e.ModuleChosen: _module_chosen,
    e.QuestionPut: _question_put,
    e.Labelled: _labelled,
    e.Appointed: _appointed,
    e.Replanned: _replanned,
    e.Joined: _joined,
    e.Removed: _removed,
    e.Agreed: _agreed,
    e.Entered: _entered,
    e.Closed: _closed,
    e.Ended: _ended,
    e.ClockMoved: _clock_moved,
    e.FloorMoved: _floor_moved,
    e.CaseChosen: _case_chosen,
    e.Settled: _settled,
    e.HandedOver: _handed_over,
    e.Said: _said,
    e.Edited: _edited,
    e.Withdrawn: _withdrawn,
    e.Revealed: _revealed,
    e.Readied: _readied,
    e.Voted: _voted,
    e.Stopped: _stopped,
    e.StopCleared: _stop_cleared,
    e.Unsealed: _unsealed,
}
