"""The tools that a seat has now, each with the promise of who will see what is written with it."""

from functools import cache

from intervisie.engine.method import Step
from intervisie.engine.permissions import TABLE, permit
from intervisie.engine.roles import role_of, stance_of
from intervisie.engine.state import State, Table

Tool = dict[str, object]
_WHEN = {"live": "all", "turn": "turn", "end": "end"}


@cache
def possible(role: str, agreed: bool, place: str, stance: str) -> tuple[str, ...]:
    """Commands that the table of rights allows here."""
    return tuple(do for do in TABLE if permit(do, role, agreed, place, stance) is None)


def tools(state: State, seat: int) -> list[Tool]:
    """The tools of this seat as they go over the wire. What is not among them is refused."""
    table = state.table_of(seat)
    role, stance = role_of(state, seat), stance_of(state, seat)
    step = state.step_at(table)
    place = step.kind if step is not None else state.phase
    names = possible(role, state.people[seat].agreed, place, stance)
    result: list[Tool] = []
    for do in names:
        result += _made(state, table, step, seat, role, do)
    return result


def _made(state: State, table: Table, step: Step | None, seat: int, role: str, do: str) -> list[Tool]:
    """One tool, or none where something else than role, place and stance stands in the way."""
    if do == "say":
        return [_takeaway()] if step is None else _say(state, table, step, seat, role)
    if do == "vote":
        return _vote(table, step, seat)
    if do == "note":
        return [_written("note", "note", "only_me")]
    if do == "chat":
        return [_written("chat", "chat", "chat_roles")] if step is not None and role in step.chat else []
    if do == "stop":
        return [{"do": "stop", "sees": "stop_named"}]
    if do == "advance" or (do == "back" and table.index > table.first):
        return [{"do": do, "visit": table.visit}]
    return [{"do": do}] if _fits(state, table, step, seat, role, do) else []


def _fits(state: State, table: Table, step: Step | None, seat: int, role: str, do: str) -> bool:
    if do == "agree":
        return not state.people[seat].agreed
    if do == "back":
        return False
    if do == "pause":
        return table.ends is not None
    if do == "resume":
        return table.left is not None
    if do == "give_floor":
        return step is not None and step.has_turns
    if do == "pass":
        return step is not None and (table.floor == seat if step.has_turns else step.kind == "round")
    if do == "choose":
        return step is not None and step.effect == "case"
    if do == "clear_stop":
        return bool(state.stops)
    if do == "ready":
        return role != "F" or (step is not None and "F" in step.acting)
    if do == "unseal":
        return _may_unseal(table, step, seat)
    return True


def _may_unseal(table: Table, step: Step | None, seat: int) -> bool:
    brought = table.brought
    if brought is None or brought.by != seat or brought.opened or not brought.case.outcome:
        return False
    return step is None or not step.holds_outcome


def _written(do: str, kind: str, sees: str, left: int | None = None) -> Tool:
    return {"do": do, "kind": kind, "sees": sees, "left": left, "max_words": None, "parent": "none"}


def _takeaway() -> Tool:
    return _written("say", "takeaway", "all_named")


def _say(state: State, table: Table, step: Step, seat: int, role: str) -> list[Tool]:
    if table.locked:
        return []
    result = []
    left = None if step.items.max is None else step.items.max - table.spoke.get(seat, 0)
    if role in step.acting and (left is None or left > 0) and _has_turn(table, step, seat):
        tool = _written("say", step.collects, audience(step), left) | {"max_words": step.items.max_words}
        if step.kind == "talk" and not step.blocks & {"no_reply", "no_discussion"}:
            tool["parent"] = "allowed"
        if step.collects == "pitch" and seat in state.cases:
            tool["case"] = True
        result.append(tool)
    if step.kind == "ask" and role in step.answering:
        result.append(_written("say", "answer", audience(step)) | {"parent": "required"})
    return result


def _has_turn(table: Table, step: Step, seat: int) -> bool:
    return not step.has_turns or table.floor == seat


def _vote(table: Table, step: Step | None, seat: int) -> list[Tool]:
    if step is None or step.scale is None or table.judge is None or table.locked:
        return []
    spent = sum(table.judge.votes.get(seat, {}).values())
    left = step.scale.dots - spent if step.scale.type == "dots" else None
    return [{"do": "vote", "scale": step.scale.type, "left": left, "sees": "votes_end"}]


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
