"""What one seat sees of the session: the sections of docs/realtime.md, and the items that `can_see` allows."""

from collections.abc import Callable
from typing import Any, NamedTuple

from intervisie.engine.judging import results, standing
from intervisie.engine.method import Step
from intervisie.engine.roles import role_at, role_of, stance_at, stance_of
from intervisie.engine.state import Item, Judge, Person, State, Table
from intervisie.engine.tools import tools
from intervisie.engine.visibility import Sight, can_see, sees_content

View = dict[str, Any]
_LOOKING = {"turned": "veiled", "away": "veiled"}
_STATE_OF_ROLE = {"F": "leads", "O": "observes", "N": "notes"}
_STATE_OF_STANCE = {"away": "away", "turned": "turned", "listen": "listens"}


class Eye(NamedTuple):
    """Who looks, and how: `open`, `process` (no content), `veiled` (turned or away: no sign of who does what),
    `absent` (has not agreed) or `gone` (unknown or removed)."""

    seat: int
    how: str


def eye_of(state: State, seat: int) -> Eye:
    """How this seat looks at the session now."""
    person = state.people.get(seat)
    if person is None or person.removed:
        return Eye(seat, "gone")
    if not person.agreed:
        return Eye(seat, "absent")
    how = _LOOKING.get(stance_of(state, seat))
    return Eye(seat, how or ("open" if sees_content(state, seat) else "process"))


def view(state: State, seat: int) -> View:
    """Everything that this seat sees now; the empty view for a seat that is unknown or removed."""
    eye = eye_of(state, seat)
    result: View = {name: section(state, eye) for name, section in SECTIONS.items()}
    result["items"] = sorted(items(state, seat).values(), key=order_of)
    return result


def items(state: State, seat: int) -> dict[str, View]:
    """What this seat sees of each item, by id."""
    seen = ((item.id, item_shown(item, can_see(state, seat, item))) for item in state.items.each())
    return {name: shown for name, shown in seen if shown is not None}


def order_of(item: View) -> tuple[int, str]:
    """Where an item stands among others."""
    visit, key = item["o"]
    return visit, key


def item_shown(item: Item, sight: Sight) -> View | None:
    """One item as it goes over the wire to who has this sight of it. While it is `sealed` that is its author."""
    if sight is Sight.NONE:
        return None
    shown: View = {
        "id": item.id,
        "kind": item.kind,
        "step": item.step,
        "visit": item.visit,
        "by": item.by if sight is Sight.NAMED else None,
        "text": item.text,
        "parent": item.parent,
        "edited": item.edited,
        "o": [item.visit, item.key],
    }
    if item.date is not None:
        shown["date"] = item.date
    if item.sealed:
        shown["sealed"] = True
    return shown


def _session(state: State, eye: Eye) -> View:
    if eye.how == "gone":
        return dict(NOWHERE["session"])
    table = state.table_of(eye.seat)
    skipped = [step.id for step in state.method.steps[: table.first]]
    return {"phase": state.phase, "bringer": table.bringer, "skipped": skipped}


def _people(state: State, eye: Eye) -> list[View]:
    if eye.how == "gone":
        return []
    return [
        {"seat": p.seat, "name": p.name, "short": p.short, "initials": p.initials, "org": p.org}
        for p in state.people.values()
    ]


def _seats(state: State, eye: Eye) -> list[View]:
    if eye.how == "gone":
        return []
    number = state.people[eye.seat].table
    step = state.step_at(state.tables[number])
    others = shows_doing(state, eye)
    here = [p for p in state.people.values() if p.table == number and not p.removed]
    return [_seat(state, step, person, others or person.seat == eye.seat) for person in here]


def _seat(state: State, step: Step | None, person: Person, shows: bool) -> View:
    table = state.tables[person.table]
    role = role_at(table, person)
    stance = stance_at(state, table, step, person.seat, role)
    doing = _activity(table, step, person.seat, role) if shows else None
    known = _STATE_OF_STANCE.get(stance) or doing or _STATE_OF_ROLE.get(role, "waits")
    return {
        "seat": person.seat,
        "role": role,
        "state": known if person.agreed else "absent",
        "ready": shows and person.seat in table.ready,
        "agreed": person.agreed,
    }


def shows_doing(state: State, eye: Eye) -> bool:
    """Whether others' doings may be seen: never where that tells who wrote what."""
    if eye.how == "gone":
        return False
    step = state.step_at(state.table_of(eye.seat))
    return eye.how in ("open", "process") and (step is None or not step.names_nobody)


def _activity(table: Table, step: Step | None, seat: int, role: str) -> str | None:
    """What somebody is seen to do in the step of now."""
    if step is None or role not in step.acting:
        return "ready" if seat in table.ready else None
    if table.floor == seat or step.kind in ("tell", "commit"):
        return "floor"
    if seat in table.ready:
        return "ready"
    if seat in table.passed:
        return "passed"
    if seat in table.done or (step.kind == "write" and table.spoke.get(seat)):
        return "said"
    if step.kind == "judge" and table.judge is not None and seat in table.judge.votes:
        return "voted"
    return "writes" if step.kind == "write" else None


def _me(state: State, eye: Eye) -> View | None:
    if eye.how == "gone":
        return None
    seat = eye.seat
    return {
        "seat": seat,
        "role": role_of(state, seat),
        "stance": stance_of(state, seat),
        "tools": tools(state, seat),
    }


def _step(state: State, eye: Eye) -> View | None:
    if eye.how in ("gone", "absent"):
        return None
    table = state.table_of(eye.seat)
    step = state.step_at(table)
    if step is None:
        return None
    floor = table.floor if table.floor == eye.seat or shows_doing(state, eye) else None
    last = table.index == len(state.method.steps) - 1
    return {"index": table.index, "id": step.id, "visit": table.visit, "floor": floor, "last": last}


def _clock(state: State, eye: Eye) -> View | None:
    if eye.how in ("gone", "absent"):
        return None
    table = state.table_of(eye.seat)
    if state.phase != "running":
        return None
    return {"ends": table.ends, "left": table.left, "total": table.total, "paused": table.left is not None}


def _sees_content(state: State, eye: Eye) -> bool:
    return eye.how in ("open", "veiled") and sees_content(state, eye.seat)


def _case(state: State, eye: Eye) -> View | None:
    if not _sees_content(state, eye):
        return None
    brought = state.table_of(eye.seat).brought
    if brought is None:
        return None
    case = brought.case
    outcome = case.outcome if brought.opened or brought.by == eye.seat else ""
    return {
        "by": brought.by,
        "title": case.title,
        "question": case.question,
        "situation": case.situation,
        "own_role": case.own_role,
        "parties": list(case.parties),
        "outcome": outcome or None,
    }


def _judge(state: State, eye: Eye) -> View | None:
    if not _sees_content(state, eye):
        return None
    table: Table = state.table_of(eye.seat)
    judge: Judge | None = table.judge
    if judge is None:
        return None
    step = state.method.step(judge.step)
    seen = [
        one
        for one in standing(state, judge, step)
        if can_see(state, eye.seat, state.items[one]) is not Sight.NONE
    ]
    counted = (
        {item: n for item, n in results(state, judge, step).items() if item in seen} if judge.over else None
    )
    mine = {item: n for item, n in judge.votes.get(eye.seat, {}).items() if item in seen}
    return {"options": seen, "mine": mine, "results": counted, "chosen": judge.chosen}


def _stops(state: State, eye: Eye) -> list[View]:
    if eye.how in ("gone", "absent"):
        return []
    hushed = eye.how == "process"
    return [{"id": stop.id, "by": stop.by, "text": "" if hushed else stop.text} for stop in state.stops]


SECTIONS: dict[str, Callable[[State, Eye], Any]] = {
    "session": _session,
    "people": _people,
    "seats": _seats,
    "me": _me,
    "step": _step,
    "clock": _clock,
    "case": _case,
    "judge": _judge,
    "stops": _stops,
}

NOWHERE: View = {
    "session": {"phase": "ended", "bringer": None, "skipped": []},
    "people": [],
    "seats": [],
    "me": None,
    "step": None,
    "clock": None,
    "case": None,
    "judge": None,
    "stops": [],
    "items": [],
}
