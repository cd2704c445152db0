"""The one way from a wish to facts: `decide` says what a command brings about, or refuses it."""

from collections.abc import Callable
from typing import Any

from intervisie.engine import attendance, lead, say, speak
from intervisie.engine import commands as c
from intervisie.engine.errors import Refused
from intervisie.engine.events import Event, Events
from intervisie.engine.evolve import replay
from intervisie.engine.permissions import permit
from intervisie.engine.roles import hats_of, stance_of
from intervisie.engine.state import State
from intervisie.engine.steps import Ids, due

_DECISIONS: dict[type[c.Wish], Callable[[State, Any, int, Ids], Events]] = {
    c.Agree: attendance.agree,
    c.Start: lead.start,
    c.Advance: lead.advance,
    c.Back: lead.back,
    c.Extend: lead.extend,
    c.Pause: lead.pause,
    c.Resume: lead.resume,
    c.GiveFloor: lead.give_floor,
    c.Choose: lead.choose,
    c.HandOver: attendance.hand_over,
    c.Appoint: attendance.appoint,
    c.Replan: lead.replan,
    c.End: lead.end,
    c.ClearStop: lead.clear_stop,
    c.Say: say.say,
    c.Edit: say.edit,
    c.Withdraw: say.withdraw,
    c.Pass: speak.pass_turn,
    c.Ready: speak.ready,
    c.Vote: speak.vote,
    c.Note: speak.note,
    c.Aside: speak.aside,
    c.Mark: speak.mark,
    c.Chat: speak.chat,
    c.RaiseStop: speak.stop,
    c.Unseal: speak.unseal,
}


_SYSTEM: dict[type[Any], Callable[[State, Any, int, Ids], Events]] = {
    c.Join: attendance.join,
    c.Remove: attendance.remove,
    c.Lend: attendance.lend,
    c.Restore: attendance.restore,
}


# What was made for one step never lands in the next: it was said under another promise of who would read it.
# These say nothing, see for themselves, or must always get through.
_ANY_TIME = (c.Agree, c.RaiseStop, c.Advance, c.Back)


def decide(state: State | None, command: c.Command, now: int, ids: Ids) -> tuple[Event, ...]:
    """What this command brings about now, timers that ran out before it included; () where it changes nothing.

    `now` in milliseconds since 1970, `ids` gives a new short text at every call. Raises Refused.
    """
    if isinstance(command, c.Open):
        if state is not None:
            raise Refused("already_started")
        return tuple(attendance.opening(command))
    if state is None:
        raise Refused("not_started")
    timers = due(state, now, ids)
    if timers:
        state = replay(timers, state)
    return (*timers, *_decided(state, command, now, ids))


def _decided(state: State, command: c.Command, now: int, ids: Ids) -> Events:
    if type(command) in _SYSTEM:
        return _SYSTEM[type(command)](state, command, now, ids)
    assert isinstance(command, c.Wish)
    _check_rights(state, command)
    return _DECISIONS[type(command)](state, command, now, ids)


def _check_rights(state: State, wish: c.Wish) -> None:
    person = state.people.get(wish.seat)
    if person is None or person.removed:
        raise Refused("no_access")
    if wish.made_in not in (None, state.table_of(wish.seat).visit) and not isinstance(wish, _ANY_TIME):
        raise Refused("stale")
    hats, stance = hats_of(state, wish.seat), stance_of(state, wish.seat)
    code = permit(c.NAMES[type(wish)], hats, person.agreed, place_of(state, wish.seat), stance)
    if isinstance(wish, c.Advance | c.Back) and code in (None, "in_closing"):
        _check_visit(state, wish)
    if code is not None:
        raise Refused(code)


def _check_visit(state: State, wish: c.Advance | c.Back) -> None:
    """Two who press at once make one step: the second leaves a visit that is over."""
    if wish.visit != state.table_of(wish.seat).visit:
        raise Refused("already_done")


def place_of(state: State, seat: int) -> str:
    """Where this seat is: the kind of the step of now, or the phase. Raises KeyError for an unknown seat."""
    step = state.step_at(state.table_of(seat))
    return step.kind if step is not None else state.phase
