"""Votes: what may be judged, what a vote may be, what comes of them."""

from collections.abc import Iterable

from intervisie.engine.errors import Refused
from intervisie.engine.method import CHOSEN, Scale, Step, Use
from intervisie.engine.state import (
    JUDGED,
    Item,
    Judge,
    Person,
    State,
    Table,
    as_cast,
    cast_option,
)

OBJECTION = 2  # of a consent scale; 1 goes along


def options_for(state: State, number: int, step: Step) -> tuple[str, ...]:
    """Ids of what a judge step is about: people, modules, fields of a canvas, or items in the order they were made."""
    if step.effect == "role":
        return tuple(_casts(state, number, step))
    if step.effect == "module":
        return tuple(f"m:{module.id}" for module in state.method.modules)
    if step.canvas is not None:
        return tuple(f"k:{one.id}" for one in step.canvas.fields)
    if step.collecting:
        return ()  # what is put forward in the vote itself; what it uses is there to be read
    found = used_items(state, number, step, JUDGED)
    if step.effect != "gate":
        return found
    newest = max(
        (state.items[one].visit for one in found), default=0
    )  # a gate asks about the last attempt alone
    return tuple(one for one in found if state.items[one].visit == newest)


def _casts(state: State, number: int, step: Step) -> Iterable[str]:
    """Each role with each member who could have it; who brings the case is known already where it is."""
    table = state.tables[number]
    for role in step.casts:
        if role == "B" and table.bringer is not None:
            continue
        for person in state.people.values():
            if person.table == number and may_be_cast(person, table):
                yield cast_option(role, person.seat)


def may_be_cast(person: Person, table: Table) -> bool:
    """Whether this person can still get a role in a vote."""
    return person.here and person.cast == "member" and person.seat != table.bringer


def used_items(state: State, number: int, step: Step, kinds: frozenset[str]) -> tuple[str, ...]:
    """Ids of the items of these kinds that the step uses, as its filters say, in the order in which they were made."""
    table = state.tables[number]
    kept = [name for use in step.uses for name in _used(state, number, table, use)]
    found = [item for name in dict.fromkeys(kept) if (item := state.items[name]).kind in kinds]
    shown = [item for item in found if not item.withdrawn and not item.sealed]
    return tuple(item.id for item in sorted(shown, key=lambda item: (item.visit, item.key)))


def _judge_of(table: Table, step_id: str) -> Judge | None:
    """The last vote in this step; also the newest, which is put away when the next step is entered."""
    newest = table.judge
    return newest if newest is not None and newest.step == step_id else table.judged.get(step_id)


def _used(state: State, number: int, table: Table, use: Use) -> Iterable[str]:
    judge = _judge_of(table, use.step)
    if use.filter is None:
        if judge is not None:
            return [name for name in judge.options if name in state.items]
        return [item.id for item in state.items.each() if item.step == use.step and _at(state, number, item)]
    if judge is None:
        return []
    if use.filter == CHOSEN:
        decided = [judge.chosen] if judge.chosen else leading(state, judge, state.method.step(use.step))
        return [one for one in decided if one in state.items]
    step = state.method.step(use.step)
    assert step.scale is not None
    if _shows_one(table, judge, step):
        return [one for one in judge.options if one in state.items]
    wanted = [label.id for label in step.scale.labels].index(use.filter) + 1
    return [name for name, value in labels(state, table, judge, step).items() if value == wanted]


def _at(state: State, number: int, item: Item) -> bool:
    """A sub-group reads what was said at its own table, and what was said when all were together."""
    return state.made_at(number, item) or (item.table == 0 and number > 0)


def standing(state: State, judge: Judge, step: Step) -> tuple[str, ...]:
    """The options that count: not withdrawn, and while somebody is chosen, of somebody who can be it."""
    return tuple(one for one in judge.options if _stands(state, judge, step, one))


def _stands(state: State, judge: Judge, step: Step, option: str) -> bool:
    cast = as_cast(option)
    if cast is not None:
        person = state.people[cast[1]]
        return judge.over or may_be_cast(person, state.tables[person.table])
    item = state.items.get(option)
    return item is None or _item_stands(state, item, step.effect == "case" and not judge.over)


def _item_stands(state: State, item: Item, binds: bool) -> bool:
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
    named = {"pick": 1, "dots": scale.dots, "score": scale.high, "consent": 2, "label": len(scale.labels)}
    return named[scale.type]


def _lowest(scale: Scale) -> int:
    return scale.low if scale.type == "score" else 1


def secret(step: Step) -> bool:
    """Whether nobody learns who gave what: wherever more than one person judges."""
    return step.acting != {"B"}


Results = dict[str, int | dict[str, int]]


def results(state: State, judge: Judge, step: Step, without: int | None = None) -> Results:
    """Per standing option the sum of its dots or picks, else how often each value was given.

    What somebody gave who was removed since counts too; what the seat `without` gave does not.
    """
    assert step.scale is not None
    votes = [given for seat, given in judge.votes.items() if seat != without]
    given = {item: [v[item] for v in votes if item in v] for item in standing(state, judge, step)}
    if step.scale.type in ("dots", "pick"):
        return {item: sum(values) for item, values in given.items()}
    return {
        item: {str(value): values.count(value) for value in sorted(set(values))}
        for item, values in given.items()
    }


def told(state: State, table: Table, judge: Judge, step: Step) -> Results | None:
    """The results as everybody learns them: not before the vote is over, and not where a secret vote was one person's."""
    if not judge.over or step.scale is None:
        return None
    if _shows_one(table, judge, step):
        return None
    return results(state, judge, step, table.bringer if step.scale.apart else None)


def _shows_one(table: Table, judge: Judge, step: Step) -> bool:
    """Whether the results of a secret vote would show what one person gave, since nobody else voted."""
    without = table.bringer if step.scale is not None and step.scale.apart else None
    return secret(step) and len([seat for seat in judge.votes if seat != without]) == 1


def bringers_own(table: Table, judge: Judge, step: Step) -> dict[str, int] | None:
    """What the bringer gave, where that is told beside the group's results, under their name."""
    if not judge.over or step.scale is None or not step.scale.apart or table.bringer is None:
        return None
    return dict(judge.votes.get(table.bringer, {}))


def leading(state: State, judge: Judge, step: Step, role: str | None = None) -> list[str]:
    """The options with most dots, picks or consents (and no objection); none while nobody voted.

    Of people, those for this role.
    """
    counts = {
        item: number
        for item, found in results(state, judge, step).items()
        if (role is None or item[0] == role) and (number := _weight(found))
    }
    most = max(counts.values(), default=0)
    return [item for item, count in counts.items() if count == most]


def _weight(found: int | dict[str, int]) -> int:
    if isinstance(found, int):
        return found
    return 0 if found.get(str(OBJECTION)) else found.get("1", 0)


def winner(state: State, table: Table, step: Step, role: str | None = None) -> str:
    """The option that wins, settled by the facilitator where votes leave it open. Raises Refused."""
    assert table.judge is not None
    top = leading(state, table.judge, step, role)
    if len(top) == 1:
        return top[0]
    options = [o for o in standing(state, table.judge, step) if role is None or o[0] == role]
    for settled in (table.judge.chosen, *table.judge.cast):
        if settled in (top or options):
            return settled
    if top:
        raise Refused("tie", {"items": top})
    raise Refused("choose_first")


def passed(state: State, judge: Judge, step: Step) -> bool:
    """Whether a gate is open: somebody went along, and nobody objects. Raises Refused where nobody said anything."""
    found = [one for one in results(state, judge, step).values() if isinstance(one, dict)]
    if not any(found):
        raise Refused("choose_first")
    return not any(one.get(str(OBJECTION)) for one in found)


def labels(state: State, table: Table, judge: Judge, step: Step) -> dict[str, int]:
    """The label that each option got from most; of equals the first. Options without a vote get none, and none gets one
    where it would show what one person gave."""
    if _shows_one(table, judge, step):
        return {}
    counts = {item: found for item, found in results(state, judge, step).items() if isinstance(found, dict)}
    return {
        item: int(max(found, key=lambda value: (found[value], -int(value))))
        for item, found in counts.items()
        if found and item in state.items
    }
