"""Votes: what may be judged, what a vote may be, who wins."""

from intervisie.engine.errors import Refused
from intervisie.engine.method import Scale, Step
from intervisie.engine.state import Item, Judge, State, Table

JUDGED = frozenset({"pitch", "text", "question", "intention"})


def options_for(state: State, number: int, step: Step) -> tuple[str, ...]:
    """Ids of the items that a judge step is about, in the order in which they were made."""
    used = {use.step for use in step.uses}
    found = [
        item
        for item in state.items.each()
        if item.step in used
        and item.table == number
        and item.kind in JUDGED
        and not item.withdrawn
        and not item.sealed
    ]
    return tuple(item.id for item in sorted(found, key=lambda item: (item.visit, item.key)))


def standing(state: State, judge: Judge, step: Step) -> tuple[str, ...]:
    """The options that count: not withdrawn, and while a case is chosen, of somebody who can bring it."""
    binds = step.effect == "case" and not judge.over
    return tuple(one for one in judge.options if _stands(state, state.items[one], binds))


def _stands(state: State, item: Item, binds: bool) -> bool:
    person = state.people[item.by]
    return not item.withdrawn and (not binds or (person.here and person.cast == "member"))


def check_value(step: Step, judge: Judge, seat: int, item: str, value: int) -> None:
    """Raises Refused where a vote does not fit the scale; 0 always fits."""
    assert step.scale is not None
    if value > _highest(step.scale) or (0 < value < _lowest(step.scale)):
        raise Refused("bad_value", {"max": _highest(step.scale)})
    if step.scale.type == "dots":
        spent = sum(judge.votes.get(seat, {}).values()) - judge.votes.get(seat, {}).get(item, 0)
        if spent + value > step.scale.dots:
            raise Refused("too_many_dots", {"max": step.scale.dots})


def _highest(scale: Scale) -> int:
    named = {"pick": 1, "dots": scale.dots, "score": scale.high, "consent": 2, "label": len(scale.options)}
    return named[scale.type]


def _lowest(scale: Scale) -> int:
    return scale.low if scale.type == "score" else 1


def results(state: State, judge: Judge, step: Step) -> dict[str, int | dict[str, int]]:
    """Per standing option the sum of its dots or picks, else how often each value was given.

    What somebody gave who was removed since counts too.
    """
    assert step.scale is not None
    given = {
        item: [v[item] for v in judge.votes.values() if item in v] for item in standing(state, judge, step)
    }
    if step.scale.type in ("dots", "pick"):
        return {item: sum(values) for item, values in given.items()}
    return {
        item: {str(value): values.count(value) for value in sorted(set(values))}
        for item, values in given.items()
    }


def leading(state: State, judge: Judge, step: Step) -> list[str]:
    """The options with most dots or picks; none while nobody voted."""
    counts = {item: count for item, count in results(state, judge, step).items() if isinstance(count, int)}
    most = max(counts.values(), default=0)
    return [item for item, count in counts.items() if count == most] if most else []


def winner(state: State, table: Table, step: Step) -> str:
    """The option that wins, settled by the facilitator where votes leave it open. Raises Refused."""
    assert table.judge is not None
    top = leading(state, table.judge, step)
    if len(top) == 1:
        return top[0]
    settled = table.judge.chosen
    if settled in (top or standing(state, table.judge, step)):
        assert settled is not None
        return settled
    if top:
        raise Refused("tie", {"items": top})
    raise Refused("choose_first")
