"""What events mean for every seat's view: the operations between two views, without building either whole.

Each event says what it touches; only that is compared. What differs for nobody is made once: viewers with the same
operations get the very same tuple, so that a server can encode it once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from intervisie.engine import events as e
from intervisie.engine.state import UNCOUNTED, State
from intervisie.engine.view import NOWHERE, SECTIONS, Eye, View, eye_of, item_view, order_of, shows_doing
from intervisie.engine.visibility import can_see

Op = list[Any]
Ops = tuple[Op, ...]
_ALL = frozenset(SECTIONS)


class Touch(NamedTuple):
    """What an event can change: sections for everybody, `mine` (sections judge and me) for some seats,
    single items, and everything for the seats in `whole`."""

    sections: frozenset[str] = frozenset()
    mine: frozenset[int] = frozenset()
    items: tuple[str, ...] = ()
    whole: frozenset[int] = frozenset()


def _some(*seats: int | None) -> frozenset[int]:
    return frozenset(seat for seat in seats if seat is not None)


def _said(state: State, event: e.Said) -> Touch:
    item = event.item
    if item.kind in UNCOUNTED:
        return Touch(items=(item.id,))
    step = state.method.step(item.step)
    counted = _some(item.by) if step.items.max is not None else frozenset()
    return Touch(frozenset({"seats"}) if step.kind == "write" else frozenset(), counted, (item.id,))


def _withdrawn(state: State, event: e.Withdrawn) -> Touch:
    return Touch(frozenset({"seats", "judge"}), _some(state.items[event.item].by), (event.item,))


_TOUCHES: dict[type[e.Event], Callable[[State, Any], Touch]] = {
    e.Opened: lambda state, event: Touch(_ALL, whole=frozenset(state.people)),
    e.Joined: lambda state, event: Touch(_ALL, whole=_some(event.person.seat)),
    e.Removed: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    e.Agreed: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    e.HandedOver: lambda state, event: Touch(_ALL, whole=_some(event.frm, event.to)),
    e.Entered: lambda state, event: Touch(_ALL),
    e.Closed: lambda state, event: Touch(_ALL),
    e.Ended: lambda state, event: Touch(_ALL),
    e.CaseChosen: lambda state, event: Touch(_ALL),
    e.ClockMoved: lambda state, event: Touch(frozenset({"clock", "me"})),
    e.FloorMoved: lambda state, event: Touch(frozenset({"seats", "step"}), _some(event.frm, event.to)),
    e.Settled: lambda state, event: Touch(frozenset({"judge"})),
    e.Said: _said,
    e.Edited: lambda state, event: Touch(items=(event.item,)),
    e.Withdrawn: _withdrawn,
    e.Revealed: lambda state, event: Touch(items=event.items),
    e.Readied: lambda state, event: Touch(frozenset({"seats"})),
    e.Voted: lambda state, event: Touch(frozenset({"seats"}), _some(event.seat)),
    e.Stopped: lambda state, event: Touch(frozenset({"stops", "me"})),
    e.StopCleared: lambda state, event: Touch(frozenset({"stops", "me"})),
    e.Unsealed: lambda state, event: Touch(frozenset({"case", "me"})),
}


def fan_out(before: State | None, after: State, events: Iterable[e.Event]) -> dict[int, Ops]:
    """Per seat the operations that make `view(before, seat)` into `view(after, seat)`; () where nothing changes.

    `events` lead from `before` to `after`. Equal operations are one object.
    """
    touch = _touched(after, events)
    shared: dict[Any, Any] = {}
    return {seat: _for_seat(before, after, seat, touch, shared) for seat in after.people}


def _touched(state: State, events: Iterable[e.Event]) -> Touch:
    touches = [_TOUCHES[type(event)](state, event) for event in events]
    if len(touches) == 1:
        return touches[0]
    return Touch(
        frozenset().union(*(t.sections for t in touches)),
        frozenset().union(*(t.mine for t in touches)),
        tuple(dict.fromkeys(item for t in touches for item in t.items)),
        frozenset().union(*(t.whole for t in touches)),
    )


def _for_seat(before: State | None, after: State, seat: int, touch: Touch, shared: dict[Any, Any]) -> Ops:
    ops: list[Op] = []
    names: Iterable[str] = touch.sections
    if seat in touch.mine:
        names = touch.sections | {"judge", "me"}
    if names:
        ops += _section_ops(before, after, seat, names, shared)
    ids: Sequence[str] = tuple(after.items) if seat in touch.whole else touch.items
    for item in ids:
        op = _item_op(before, after, seat, item, shared)
        if op is not None:
            ops.append(op)
    result = tuple(ops)
    return shared.setdefault(tuple(map(id, result)), result)  # type: ignore[no-any-return]


def _section_ops(
    before: State | None, after: State, seat: int, names: Iterable[str], shared: dict[Any, Any]
) -> list[Op]:
    old_eye = None if before is None else eye_of(before, seat)
    new_eye = eye_of(after, seat)
    ops = []
    for name in SECTIONS:
        if name not in names:
            continue
        key = (name, _variant(name, before, old_eye), _variant(name, after, new_eye))
        if key not in shared:
            old = NOWHERE[name] if before is None or old_eye is None else SECTIONS[name](before, old_eye)
            shared[key] = _set_op(name, old, SECTIONS[name](after, new_eye), shared)
        if shared[key] is not None:
            ops.append(shared[key])
    return ops


def _set_op(name: str, old: Any, new: Any, shared: dict[Any, Any]) -> Op | None:
    """One operation per value, also where it was worked out for several viewers."""
    if old == new:
        return None
    return (
        shared.setdefault((name, repr(new)), ["set", name, new]) if name in _PERSONAL else ["set", name, new]
    )


_PERSONAL = frozenset({"judge", "case"})
_DOINGS = frozenset({"seats", "step"})


def _variant(name: str, state: State | None, eye: Eye | None) -> Any:
    """Eyes of one variant see the same in this section."""
    if state is None or eye is None or name == "me" or name in _PERSONAL:
        return eye
    return eye.how if name not in _DOINGS or shows_doing(state, eye) else eye


def _item_op(before: State | None, after: State, seat: int, name: str, shared: dict[Any, Any]) -> Op | None:
    new_item = after.items[name]
    old_item = None if before is None else before.items.get(name)
    new = can_see(after, seat, new_item)
    old = None if old_item is None or before is None else can_see(before, seat, old_item)
    key = (name, old, new, new_item.by == seat)
    if key not in shared:
        was = None if old_item is None or before is None else item_view(before, seat, old_item)
        now = item_view(after, seat, new_item)
        shared[key] = None if was == now else ["gone", name] if now is None else ["item", now]
    return shared[key]  # type: ignore[no-any-return]


def apply(view: View, ops: Iterable[Op]) -> View:
    """The view after these operations; the given one stays as it is."""
    result = dict(view)
    items = {item["id"]: item for item in view["items"]}
    for op in ops:
        if op[0] == "set":
            result[op[1]] = op[2]
        elif op[0] == "item":
            items[op[1]["id"]] = op[1]
        else:
            items.pop(op[1], None)
    result["items"] = sorted(items.values(), key=order_of)
    return result
