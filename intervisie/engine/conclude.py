"""What a step decides when it is left on purpose: the case, roles, a module, a question, or whether a gate opens."""

from dataclasses import dataclass, field

from intervisie.engine import events as e
from intervisie.engine.errors import Refused
from intervisie.engine.events import Events
from intervisie.engine.evolve import replay
from intervisie.engine.judging import passed, winner
from intervisie.engine.method import Step
from intervisie.engine.roles import leads
from intervisie.engine.state import State, as_cast
from intervisie.engine.steps import Ids, go_on, last_index, leave_for


@dataclass(frozen=True, slots=True)
class Decided:
    """What comes of a step; `back_to`: the place of the step to which an objection leads."""

    events: Events = field(default_factory=list)
    back_to: int | None = None


def conclude(state: State, number: int, step: Step, how: str, now: int, ids: Ids) -> Events:
    """The table leaves its step, `how` as in `Advance`. Raises Refused where the vote leaves open what it should decide."""
    decided = _decided(state, number, step, how)
    state = replay(decided.events, state)
    if decided.back_to is not None:
        return decided.events + leave_for(state, number, decided.back_to, now, ids)
    index = state.tables[number].index
    if how == "close":
        return decided.events + _close(state, number, now, ids)
    if how == "skip":
        return decided.events + leave_for(state, number, _behind_optional(state, number, index), now, ids)
    return decided.events + go_on(state, number, now, ids)


def _behind_optional(state: State, number: int, index: int) -> int:
    steps = state.method.steps
    if index >= last_index(state, number) or not steps[index + 1].optional:
        raise Refused("not_optional")
    return index + 2


def _close(state: State, number: int, now: int, ids: Ids) -> Events:
    """A loop ends before everybody had their turn: who is left counts as having had it."""
    table, start = state.tables[number], state.method.loop_start
    if start is None or table.index < start:
        raise Refused("no_loop")
    left = [p.seat for p in state.people.values() if p.table == number and p.cast == "member"]
    over = e.LoopClosed(number, tuple(seat for seat in left if seat not in table.had))
    return [over, *leave_for(replay([over], state), number, last_index(state, number) + 1, now, ids)]


def _decided(state: State, number: int, step: Step, how: str) -> Decided:
    if step.effect not in _EFFECTS or (step.effect == "gate" and how == "anyway"):
        return Decided()
    try:
        return _EFFECTS[step.effect](state, number, step)
    except Refused:
        if how == "anyway" and (step.effect != "case" and not _lacks_bringer(state, number, step)):
            return Decided()
        raise


def _lacks_bringer(state: State, number: int, step: Step) -> bool:
    return "B" in step.casts and state.tables[number].bringer is None


def _case(state: State, number: int, step: Step) -> Decided:
    pitch = winner(state, state.tables[number], step)
    return Decided([e.CaseChosen(number, state.items[pitch].by, pitch)])


def _roles(state: State, number: int, step: Step) -> Decided:
    """Each role goes to who wins it; who got one is out of the running for the next. Only a bringer is needed."""
    events: Events = []
    for role in step.casts:
        after = replay(events, state)
        if role == "B" and after.tables[number].bringer is not None:
            continue
        try:
            option = winner(after, after.tables[number], step, role)
        except Refused as refusal:
            if role == "B" or refusal.code == "tie":
                raise
            continue
        events += _given(after, number, option)
    return Decided(events)


def _given(state: State, number: int, option: str) -> Events:
    cast = as_cast(option)
    assert cast is not None
    role, seat = cast
    settled = e.Settled(number, option)
    if role == "B":
        return [settled, e.CaseChosen(number, seat)]
    if role == "F":
        return [settled, e.HandedOver(next(iter(leads(state)), None), seat)]
    return [settled, e.Appointed(seat, {"N": "notetaker", "T": "timekeeper"}[role])]


def _module(state: State, number: int, step: Step) -> Decided:
    option = winner(state, state.tables[number], step)
    chosen = option.removeprefix("m:")
    return Decided([e.Settled(number, option), e.ModuleChosen(number, chosen)])


def _question(state: State, number: int, step: Step) -> Decided:
    """What was chosen is the question from now on. (What was told becomes it when its step is left, however that is.)"""
    if step.kind != "judge":
        return Decided()
    option = winner(state, state.tables[number], step)
    return Decided([e.Settled(number, option), e.QuestionPut(number, state.items[option].text)])


def _gate(state: State, number: int, step: Step) -> Decided:
    judge = state.tables[number].judge
    assert judge is not None and step.gate is not None
    if passed(state, judge, step):
        return Decided()
    return Decided(back_to=state.method.positions[step.gate])


_EFFECTS = {"case": _case, "role": _roles, "module": _module, "question": _question, "gate": _gate}
