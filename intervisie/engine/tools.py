"""The tools that a seat has now, each with the promise of who will see what is written with it."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from intervisie.engine.method import THREADLESS, Step
from intervisie.engine.permissions import TABLE, permit
from intervisie.engine.roles import role_of, stance_of
from intervisie.engine.state import State, Table

Tool = dict[str, object]
_WHEN = {"live": "all", "turn": "turn", "end": "end"}


@cache
def possible(role: str, agreed: bool, place: str, stance: str) -> tuple[str, ...]:
    """Commands that the table of rights allows here."""
    return tuple(do for do in TABLE if permit(do, role, agreed, place, stance) is None)


class _Place(NamedTuple):
    """Where somebody stands: all that decides about their tools beside the table of rights."""

    state: State
    table: Table
    step: Step | None
    seat: int
    role: str


def tools(state: State, seat: int) -> list[Tool]:
    """The tools of this seat as they go over the wire. What is not among them is refused."""
    table = state.table_of(seat)
    step = state.step_at(table)
    place = _Place(state, table, step, seat, role_of(state, seat))
    where = step.kind if step is not None else state.phase
    names = possible(place.role, state.people[seat].agreed, where, stance_of(state, seat))
    return [tool for do in names for tool in _MAKERS.get(do, partial(_plain, do))(place)]


def _plain(do: str, place: _Place) -> list[Tool]:
    """A tool without a text, where nothing stands in its way."""
    fits = _CONDITIONS.get(do)
    return [{"do": do}] if fits is None or fits(place) else []


def _has_turns(place: _Place) -> bool:
    return place.step is not None and place.step.has_turns


def _may_pass(place: _Place) -> bool:
    if _has_turns(place):
        return place.table.floor == place.seat
    return place.step is not None and place.step.kind == "round"


def _may_unseal(place: _Place) -> bool:
    brought = place.table.brought
    if brought is None or brought.by != place.seat or brought.opened or not brought.case.outcome:
        return False
    return place.step is None or not place.step.holds_outcome


_CONDITIONS: dict[str, Callable[[_Place], bool]] = {
    "agree": lambda at: not at.state.people[at.seat].agreed,
    "pause": lambda at: at.table.ends is not None,
    "resume": lambda at: at.table.left is not None,
    "give_floor": _has_turns,
    "pass": _may_pass,
    "choose": lambda at: at.step is not None and at.step.effect == "case",
    "clear_stop": lambda at: bool(at.state.stops),
    "ready": lambda at: at.role != "F" or (at.step is not None and "F" in at.step.acting),
    "unseal": _may_unseal,
}


def _written(do: str, kind: str, sees: str, left: int | None = None) -> Tool:
    return {"do": do, "kind": kind, "sees": sees, "left": left, "max_words": None, "parent": "none"}


def _say(place: _Place) -> list[Tool]:
    step = place.step
    if step is None:
        return [_written("say", "takeaway", "all_named")]
    if place.table.locked:
        return []
    answers = step.kind == "ask" and place.role in step.answering
    answer = [_written("say", "answer", audience(step)) | {"parent": "required"}] if answers else []
    return _contribution(place, step) + answer


def _contribution(place: _Place, step: Step) -> list[Tool]:
    most = step.items.max
    left = None if most is None else most - place.table.spoke.get(place.seat, 0)
    turn = not step.has_turns or place.table.floor == place.seat
    if place.role not in step.acting or not turn or (left is not None and left <= 0):
        return []
    tool = _written("say", step.collects, audience(step), left) | {"max_words": step.items.max_words}
    if step.kind == "talk" and not step.blocks & THREADLESS:
        tool["parent"] = "allowed"
    if step.collects == "pitch" and place.seat in place.state.cases:
        tool["case"] = True
    return [tool]


def _vote(place: _Place) -> list[Tool]:
    judge, scale = place.table.judge, place.step.scale if place.step else None
    if judge is None or scale is None or place.table.locked:
        return []
    spent = sum(judge.votes.get(place.seat, {}).values())
    left = scale.dots - spent if scale.type == "dots" else None
    return [{"do": "vote", "scale": scale.type, "left": left, "sees": "votes_end"}]


def _chat(place: _Place) -> list[Tool]:
    allowed = place.step is not None and place.role in place.step.chat
    return [_written("chat", "chat", "chat_roles")] if allowed else []


_MAKERS: dict[str, Callable[[_Place], list[Tool]]] = {
    "say": _say,
    "vote": _vote,
    "chat": _chat,
    "note": lambda at: [_written("note", "note", "only_me")],
    "stop": lambda at: [{"do": "stop", "sees": "stop_named"}],
    "advance": lambda at: [{"do": "advance", "visit": at.table.visit}],
    "back": lambda at: [{"do": "back", "visit": at.table.visit}] if at.table.index > at.table.first else [],
}


@cache
def _code(when: str, anonymous: bool, turned: frozenset[str], away: frozenset[str], listen: bool) -> str:
    """The promise as one word; docs/realtime.md lists them all."""
    name = "anon" if anonymous else "named"
    if away:
        return f"group_{name}_{'bringer' if away == {'B'} else 'some'}_away"
    if turned and not anonymous:
        return f"group_named_{'bringer' if turned == {'B'} else 'some'}_no_name"
    return f"{when}_{name}_bringer_listens" if listen and when == "all" else f"{when}_{name}"


def audience(step: Step) -> str:
    """Who will see a contribution to this step, when, and under what name."""
    if step.reveal == "never":
        return "nobody_ever"
    if step.reveal == "to:B":
        return "to_bringer"
    turned = frozenset(role for role, stance in step.stance.items() if stance == "turned")
    away = frozenset(role for role, stance in step.stance.items() if stance == "away")
    when = _WHEN.get(step.reveal, "later")
    return _code(when, step.names_nobody, turned, away, step.stance.get("B") == "listen")
