"""Sections of what one seat sees: the case, and what is voted on."""

from collections.abc import Mapping
from typing import Any

from intervisie.engine.eye import Eye, View, reads
from intervisie.engine.judging import bringers_own, standing, told
from intervisie.engine.state import Judge, State, Table
from intervisie.engine.visibility import Sight, can_see

_CASELESS: View = {
    "by": None,
    "title": "",
    "question": "",
    "situation": "",
    "own_role": "",
    "parties": [],
    "outcome": None,
}


def case_shown(state: State, eye: Eye) -> View | None:
    """The case on the table, as far as this eye may read it."""
    if not reads(state, eye):
        return None
    brought = state.table_of(eye.seat).brought
    if brought is None:
        asks = state.table_of(eye.seat).asks
        return None if asks is None else _CASELESS | {"question": asks}
    case = brought.case
    outcome = case.outcome if brought.opened or brought.by == eye.seat else ""
    return {
        "by": brought.by,
        "title": case.title,
        "question": brought.question,
        "situation": case.situation,
        "own_role": case.own_role,
        "parties": list(case.parties),
        "outcome": outcome or None,
    }


def vote_shown(state: State, eye: Eye) -> View | None:
    """What is voted on, and how, as far as it may be known yet."""
    if not reads(state, eye):
        return None
    table = state.table_of(eye.seat)
    if table.judge is None:
        return None
    return _vote(state, eye, table, table.judge) | {"last": _last_vote(state, eye, table)}


def _last_vote(state: State, eye: Eye, table: Table) -> View | None:
    """What came of the vote before this one, while this one is open: where two follow each other nobody saw it yet."""
    if table.judge is None or table.judge.over:
        return None
    earlier = [judge for judge in table.judged.values() if judge.over and judge.step != table.judge.step]
    newest = max(earlier, key=lambda judge: judge.visit, default=None)
    return None if newest is None else _vote(state, eye, table, newest)


def _vote(state: State, eye: Eye, table: Table, judge: Judge) -> View:
    step = state.method.step(judge.step)
    seen = [
        one
        for one in standing(state, judge, step)
        if one not in state.items or can_see(state, eye.seat, state.items[one]) is not Sight.NONE
    ]
    return {
        "step": judge.step,
        "options": seen,
        "mine": _only(judge.votes.get(eye.seat, {}), seen),
        "results": _only(told(state, table, judge, step), seen),
        "bringer": _only(bringers_own(table, judge, step), seen),
        "chosen": judge.chosen if judge.chosen in seen else None,
        "cast": list(judge.cast),
    }


def _only(found: Mapping[str, Any] | None, seen: list[str]) -> View | None:
    return None if found is None else {option: value for option, value in found.items() if option in seen}
