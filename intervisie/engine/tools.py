"""The tools that a seat has now, each with the promise of who will see what is written with it."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from intervisie.engine.judging import secret
from intervisie.engine.method import THREADLESS, Step
from intervisie.engine.permissions import TABLE, permit
from intervisie.engine.roles import actors, hats_of, role_of, stance_of
from intervisie.engine.state import State, Table
from intervisie.engine.steps import last_index

Tool = dict[str, object]
FEW = 3  # with fewer who could have written it, a name is easily guessed
_WHEN = {"live": "all", "turn": "turn", "end": "end"}


@cache
def possible(hats: str, agreed: bool, place: str, stance: str) -> tuple[str, ...]:
    """Commands that the table of rights allows here."""
    return tuple(do for do in TABLE if permit(do, hats, agreed, place, stance) is None)


class _Place(NamedTuple):
    """Where somebody stands: all that decides about their tools beside the table of rights."""

    state: State
    number: int
    table: Table
    step: Step | None
    seat: int
    role: str

    @property
    def seat_at_small_table(self) -> bool:
        return self.number > 0


def tools(state: State, seat: int) -> list[Tool]:
    """The tools of this seat as they go over the wire. What is not among them is refused."""
    number = state.people[seat].table
    table = state.tables[number]
    step = state.step_at(table)
    place = _Place(state, number, table, step, seat, role_of(state, seat))
    where = step.kind if step is not None else state.phase
    names = possible(hats_of(state, seat), state.people[seat].agreed, where, stance_of(state, seat))
    return [tool for do in names for tool in _MAKERS.get(do, partial(_plain, do))(place)]


def _plain(do: str, place: _Place) -> list[Tool]:
    """A tool without a text, where nothing stands in its way."""
    fits = _CONDITIONS.get(do)
    return [{"do": do}] if fits is None or fits(place) else []


def _has_turns(place: _Place) -> bool:
    return place.step is not None and place.step.has_turns and not place.state.idle(place.number)


def _may_pass(place: _Place) -> bool:
    if _has_turns(place):
        return place.table.floor == place.seat
    return place.step is not None and place.step.kind == "round"


def _steers(place: _Place) -> bool:
    """A sub-group that is through has nothing to lead any more."""
    return not place.table.finished


def _may_choose(place: _Place) -> bool:
    if place.step is None or place.state.idle(place.number):
        return False
    return place.step.effect not in (None, "gate")


def _may_be_ready(place: _Place) -> bool:
    if place.step is None or place.state.idle(place.number):
        return False
    return place.role != "F" or "F" in place.step.acting


def _may_unseal(place: _Place) -> bool:
    brought = place.table.brought
    if brought is None or brought.by != place.seat or brought.opened or not brought.case.outcome:
        return False
    return place.step is None or not place.step.holds_outcome


_CONDITIONS: dict[str, Callable[[_Place], bool]] = {
    "agree": lambda at: not at.state.people[at.seat].agreed,
    "extend": _steers,
    "pause": lambda at: at.table.ends is not None,
    "resume": lambda at: at.table.left is not None,
    "give_floor": _has_turns,
    "replan": lambda at: at.state.until is not None,
    "pass": _may_pass,
    "choose": _may_choose,
    "clear_stop": lambda at: bool(at.state.stops),
    "ready": _may_be_ready,
    "unseal": _may_unseal,
}


def _written(do: str, kind: str, sees: str, left: int | None = None) -> Tool:
    return {"do": do, "kind": kind, "sees": sees, "left": left, "max_words": None, "parent": "none"}


def _say(place: _Place) -> list[Tool]:
    step = place.step
    if step is None:
        return [_written("say", "takeaway", "all_named")]
    if place.table.locked or place.role not in step.takes:
        return []
    answers = place.role in step.answering
    sees = audience(step, place.seat_at_small_table)
    replied = "to_asker" if step.reveal == "to:B" else sees
    answer = _written("say", "answer", replied) | {"parent": "required"} | _as_whom(place, step)
    return [*_contribution(place, step, sees), *([answer] if answers else [])]


def _as_whom(place: _Place, step: Step) -> Tool:
    """Who says themselves as whom they speak, has to."""
    return {"persona": True} if step.persona is not None and place.role in step.persona.choose else {}


def _contribution(place: _Place, step: Step, sees: str) -> list[Tool]:
    most = step.items.max
    left = None if most is None else most - place.table.spoke.get(place.seat, 0)
    turn = not step.has_turns or place.table.floor == place.seat
    if place.role not in step.acting or not turn or (left is not None and left <= 0):
        return []
    tool = _written("say", step.collects, sees, left) | {"max_words": step.items.max_words}
    if step.kind == "talk" and not step.blocks & THREADLESS:
        tool["parent"] = "allowed"
    if step.collects == "pitch" and place.seat in place.state.cases:
        tool["case"] = True
    if step.canvas is not None and step.kind != "judge":
        tool["canvas"] = True
    if step.names_nobody and len(actors(place.state, place.number, step)) < FEW:
        tool["few"] = True
    return [tool | _as_whom(place, step)]


def _vote(place: _Place) -> list[Tool]:
    judge, step = place.table.judge, place.step
    scale = step.scale if step else None
    if judge is None or step is None or scale is None or place.table.locked:
        return []
    spent = sum(judge.votes.get(place.seat, {}).values())
    left = scale.dots - spent if scale.type == "dots" else None
    own = not secret(step) or (scale.apart and place.role == "B")
    return [{"do": "vote", "scale": scale.type, "left": left, "sees": "votes_own" if own else "votes_end"}]


_SIDE = {"never": "nobody_ever", "end": "end_named", "to:B": "to_bringer"}


def _aside(place: _Place) -> list[Tool]:
    side = place.step.side if place.step else None
    if side is None or place.role not in side.roles:
        return []
    sees = "table_end_named" if side.reveal == "end" and place.seat_at_small_table else _SIDE[side.reveal]
    return [_written("aside", "side", sees)]


def _advance(place: _Place) -> list[Tool]:
    """With what else the step can be left by: `skip` an optional one, `anyway`, `close` a loop."""
    if place.table.finished:
        return []
    tool: Tool = {"do": "advance", "visit": place.table.visit}
    gathers = place.state.apart and place.number == 0
    ways = [] if gathers else [how for how, fits in _WAYS.items() if fits(place)]
    return [tool | {"ways": ways} if ways else tool]


def _may_skip(place: _Place) -> bool:
    following = place.table.index + 1
    steps = place.state.method.steps
    return (
        following <= last_index(place.state, place.number)
        and steps[following].optional
        and steps[following].id not in place.state.skipped
    )


def _may_ignore(place: _Place) -> bool:
    step = place.step
    if step is None or step.kind != "judge" or step.effect in (None, "case"):
        return False
    return "B" not in step.casts or place.table.bringer is not None


def _may_close(place: _Place) -> bool:
    start = place.state.method.loop_start
    return start is not None and place.table.index >= start and bool(place.table.had)


_WAYS: dict[str, Callable[[_Place], bool]] = {
    "skip": _may_skip,
    "anyway": _may_ignore,
    "close": _may_close,
}


def _back(place: _Place) -> list[Tool]:
    looped = place.table.index == place.state.method.loop_start and len(place.table.had) > 1
    if place.table.finished or (place.table.index <= place.table.first and not looped):
        return []
    return [{"do": "back", "visit": place.table.visit}]


def _stop(place: _Place) -> list[Tool]:
    kinds = ["stop", *place.state.method.interrupts]
    return [{"do": "stop", "kind": kind, "sees": "stop_named"} for kind in kinds]


def _chat(place: _Place) -> list[Tool]:
    allowed = place.step is not None and place.role in place.step.chat
    return [_written("chat", "chat", "chat_roles")] if allowed else []


_MAKERS: dict[str, Callable[[_Place], list[Tool]]] = {
    "say": _say,
    "vote": _vote,
    "chat": _chat,
    "aside": _aside,
    "note": lambda at: [_written("note", "note", "only_me")],
    "stop": _stop,
    "advance": _advance,
    "back": _back,
}


@cache
def _code(when: str, name: str, turned: frozenset[str], away: frozenset[str], listen: bool) -> str:
    """The promise as one word; docs/realtime.md lists them all."""
    if away:
        return f"group_{name}_{'bringer' if away == {'B'} else 'some'}_away"
    if turned and name == "named":
        return f"group_named_{'bringer' if turned == {'B'} else 'some'}_no_name"
    return f"{when}_{name}_bringer_listens" if listen and when == "all" else f"{when}_{name}"


def audience(step: Step, small: bool = False) -> str:
    """Who will see a contribution to this step, when, and under what name; `small`: at the table of a sub-group."""
    if step.reveal == "never":
        return "nobody_ever"
    if step.reveal == "to:B":
        return "to_bringer_anon" if step.names_nobody else "to_bringer"
    code = _small(step) if small else _large(step)
    return f"{code}_then_named" if step.names_at is not None else code


def _large(step: Step) -> str:
    turned = frozenset(role for role, stance in step.stance.items() if stance == "turned")
    away = frozenset(role for role, stance in step.stance.items() if stance == "away")
    when = _WHEN.get(step.reveal, "later")
    return _code(when, step.attribution, turned, away, step.stance.get("B") == "listen")


def _small(step: Step) -> str:
    """At a small table sit members alone; where this step alone is done in sub-groups, nobody who does not act in it."""
    bringer = None if step.group else step.stance.get("B")
    if bringer == "away":
        return f"table_{step.attribution}_bringer_away"
    if bringer == "turned" and not step.names_nobody:
        return "table_named_bringer_no_name"
    when = _WHEN.get(step.reveal, "later")
    return f"table_{step.attribution}" if when == "all" else f"table_{when}_{step.attribution}"
