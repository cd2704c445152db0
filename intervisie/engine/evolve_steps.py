"""What events about steps and tables make of the state: where the session is, its clocks, its case and its sub-groups."""

from collections.abc import Callable, Mapping
from typing import Any

from intervisie.engine import events as e
from intervisie.engine.changing import with_table, with_whole_table
from intervisie.engine.method import Step
from intervisie.engine.state import NO_CASE, BroughtCase, CaseText, Judge, State, Table, changed


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


def _ended(state: State, event: e.Ended) -> State:
    return changed(state, phase="ended")


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


def _module_chosen(state: State, event: e.ModuleChosen) -> State:
    return with_table(state, event.table, module=event.module)


def _question_put(state: State, event: e.QuestionPut) -> State:
    brought = state.tables[event.table].brought
    if brought is None:
        return with_table(state, event.table, asks=event.text)
    return with_table(state, event.table, brought=changed(brought, asks=event.text))


def _unsealed(state: State, event: e.Unsealed) -> State:
    brought = state.tables[event.table].brought
    assert brought is not None
    return with_table(state, event.table, brought=changed(brought, opened=True))


def _replanned(state: State, event: e.Replanned) -> State:
    return changed(
        state,
        plan={**state.plan, **event.plan},
        skipped=state.skipped | event.skipped,
        until=state.until if event.until is None else event.until,
    )


CHANGES: dict[type[e.Event], Callable[[State, Any], State]] = {
    e.Parted: _parted,
    e.Finished: _finished,
    e.Gathered: _gathered,
    e.BringerTurned: _bringer_turned,
    e.LoopClosed: _loop_closed,
    e.ModuleChosen: _module_chosen,
    e.QuestionPut: _question_put,
    e.Replanned: _replanned,
    e.Entered: _entered,
    e.Closed: _closed,
    e.Ended: _ended,
    e.ClockMoved: _clock_moved,
    e.FloorMoved: _floor_moved,
    e.CaseChosen: _case_chosen,
    e.Unsealed: _unsealed,
}
