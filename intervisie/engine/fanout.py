"""What events mean for every seat's view: the operations between two views, without building either whole.

Each event says what it touches; only that is compared. What differs for nobody is made once: viewers with the same
operations get the very same tuple, so that a server can encode it once.
"""

from collections.abc import Callable, Iterable, Set
from typing import Any, NamedTuple

from intervisie.engine import events as e
from intervisie.engine.eye import Eye, View, eye_of
from intervisie.engine.sections import NOWHERE, SECTIONS, shows_doing, steers
from intervisie.engine.state import UNCOUNTED, Item, State
from intervisie.engine.view import item_shown, order_of
from intervisie.engine.visibility import Sight, can_see

Op = list[Any]
Ops = tuple[Op, ...]
Pair = tuple[Item | None, Item]
_ALL = frozenset(SECTIONS)
_MINE = frozenset({"judge", "me"})


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
    step = state.step_of(item)
    assert step is not None
    counted = _some(item.by) if step.items.max is not None else frozenset()
    sections = _PUT_FORWARD if step.kind == "judge" else frozenset()
    if state.tables[item.table].spoke.get(item.by) == 1:  # who had said nothing before
        sections |= _HAS_WRITTEN if step.kind == "write" else _NOT_QUIET
    return Touch(sections, counted, (item.id,))


_PUT_FORWARD = frozenset({"judge"})
_NOT_QUIET = frozenset({"cue"})
_HAS_WRITTEN = frozenset({"cue", "seats"})


def _withdrawn(state: State, event: e.Withdrawn) -> Touch:
    sections = frozenset({"seats", "judge", "step", "cue"})
    return Touch(sections, _some(state.items[event.item].by), (event.item,))


_FLOOR = frozenset({"seats", "step", "clock", "cue"})

_TOUCHES: dict[type[e.Event], Callable[[State, Any], Touch]] = {
    e.Opened: lambda state, event: Touch(_ALL, whole=frozenset(state.people)),
    e.Joined: lambda state, event: Touch(_ALL, whole=_some(event.person.seat)),
    e.Removed: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    e.Agreed: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    # Who stood in for whom may end with it, and so what any of them may read.
    e.HandedOver: lambda state, event: Touch(_ALL, whole=frozenset(state.people)),
    e.Entered: lambda state, event: Touch(_ALL),
    e.Parted: lambda state, event: Touch(_ALL),
    e.Seated: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    e.Finished: lambda state, event: Touch(_ALL),
    e.Gathered: lambda state, event: Touch(_ALL),
    e.BringerTurned: lambda state, event: Touch(_ALL),
    e.LoopClosed: lambda state, event: Touch(_ALL),
    e.ModuleChosen: lambda state, event: Touch(_ALL),
    e.QuestionPut: lambda state, event: Touch(frozenset({"case"})),
    e.Labelled: lambda state, event: Touch(frozenset({"step"}), items=tuple(event.labels)),
    e.Appointed: lambda state, event: Touch(_ALL, whole=_some(event.seat)),
    e.Replanned: lambda state, event: Touch(frozenset({"session", "plan", "me"})),
    e.Closed: lambda state, event: Touch(_ALL),
    e.Ended: lambda state, event: Touch(_ALL),
    e.CaseChosen: lambda state, event: Touch(_ALL),
    e.ClockMoved: lambda state, event: Touch(frozenset({"clock", "me"})),
    e.FloorMoved: lambda state, event: Touch(_FLOOR, _some(event.frm, event.to)),
    e.Settled: lambda state, event: Touch(frozenset({"judge"})),
    e.Said: _said,
    e.Edited: lambda state, event: Touch(items=(event.item,)),
    e.Withdrawn: _withdrawn,
    e.Revealed: lambda state, event: Touch(frozenset({"step"}), items=event.items),
    e.Readied: lambda state, event: Touch(frozenset({"seats"})),
    e.Voted: lambda state, event: Touch(frozenset({"seats"}), _some(event.seat)),
    e.Stopped: lambda state, event: Touch(frozenset({"stops", "me"})),
    e.StopCleared: lambda state, event: Touch(frozenset({"stops", "me"})),
    e.Unsealed: lambda state, event: Touch(frozenset({"case", "me"})),
}


def fan_out(before: State | None, after: State, events: Iterable[e.Event]) -> dict[int, Ops]:
    """Per seat the operations that make `view(before, seat)` into `view(after, seat)`; () where nothing changes.

    `events` lead from `before` to `after`. Equal operations are one object, and so are equal rows of them.
    """
    touch = _touched(after, events)
    between = _Between(before, after)
    touched, everything = between.pairs(touch.items), between.pairs(after.items) if touch.whole else []
    return {
        seat: between.ops(
            seat,
            touch.sections | _MINE if seat in touch.mine else touch.sections,
            everything if seat in touch.whole else touched,
        )
        for seat in after.people
    }


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


class _Between:
    """What differs between two states. Viewers who see alike share the work (`_done`) and the result (`_one`)."""

    def __init__(self, before: State | None, after: State) -> None:
        self._before, self._after = before, after
        self._done: dict[Any, Op | None] = {}
        self._one: dict[Any, Any] = {}

    def pairs(self, names: Iterable[str]) -> list[Pair]:
        """These items, each as it was and as it is."""
        was = {} if self._before is None else self._before.items
        return [(was.get(name), self._after.items[name]) for name in names]

    def ops(self, seat: int, names: Set[str], items: Iterable[Pair]) -> Ops:
        """What this seat has to do to these sections and items."""
        ops = self._sections(seat, names) if names else []
        for old, new in items:
            op = self._item(seat, old, new)
            if op is not None:
                ops.append(op)
        row = tuple(ops)
        return self._one.setdefault(tuple(map(id, row)), row)  # type: ignore[no-any-return]

    def _sections(self, seat: int, names: Set[str]) -> list[Op]:
        was = None if self._before is None else eye_of(self._before, seat)
        now = eye_of(self._after, seat)
        found = [self._section(name, was, now) for name in SECTIONS if name in names]
        return [op for op in found if op is not None]

    def _section(self, name: str, was: Eye | None, now: Eye) -> Op | None:
        key = (name, _variant(name, self._before, was), _variant(name, self._after, now))
        if key not in self._done:
            old = NOWHERE[name] if self._before is None or was is None else SECTIONS[name](self._before, was)
            new = SECTIONS[name](self._after, now)
            self._done[key] = (
                None if old == new else self._one.setdefault((name, repr(new)), ["set", name, new])
            )
        return self._done[key]

    def _item(self, seat: int, old: Item | None, new: Item) -> Op | None:
        was = Sight.NONE if self._before is None or old is None else can_see(self._before, seat, old)
        now = can_see(self._after, seat, new)
        key = (new.id, was, now)
        if key not in self._done:
            shown = None if old is None else item_shown(old, was)
            self._done[key] = self._item_op(new.id, shown, item_shown(new, now))
        return self._done[key]

    def _item_op(self, name: str, was: View | None, now: View | None) -> Op | None:
        if was == now:
            return None
        op = ["gone", name] if now is None else ["item", now]
        return self._one.setdefault((name, repr(now)), op)  # type: ignore[no-any-return]


_DOINGS = frozenset({"seats", "step", "clock", "cue"})
_OWN = frozenset({"me", "judge", "case"})
_LEADS = frozenset({"cue", "plan"})


def _variant(name: str, state: State | None, eye: Eye | None) -> Any:
    """Eyes of one variant see the same in this section: those who look alike, at one table."""
    if state is None or eye is None or name in _OWN:
        return eye
    if name in _DOINGS and not shows_doing(state, eye):
        return eye
    if name == "step" and _uses(state, eye):
        return eye
    leads = eye.how != "gone" and name in _LEADS and steers(state, eye.seat)
    return eye.how, leads and state.people[eye.seat].cast, _table(state, eye)


def _table(state: State, eye: Eye) -> int:
    return state.people[eye.seat].table if eye.how != "gone" and state.apart else 0


def _uses(state: State, eye: Eye) -> bool:
    """Whether the step shows contributions of before, of which not all may see all."""
    step = None if eye.how == "gone" else state.step_at(state.table_of(eye.seat))
    return step is not None and bool(step.uses)


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
