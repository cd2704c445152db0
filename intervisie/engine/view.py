"""What one seat sees of the session: the sections of docs/realtime.md, and the items that `can_see` allows."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from intervisie.engine.judging import bringers_own, standing, told, used_items
from intervisie.engine.method import Step
from intervisie.engine.plan import lateness
from intervisie.engine.roles import actors, role_at, role_of, stance_at, stance_of
from intervisie.engine.state import USED, Item, Judge, Person, State, Table
from intervisie.engine.steps import next_bringer
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
    if item.fields:
        shown["fields"] = dict(item.fields)
    if item.persona:
        shown["persona"] = item.persona
    if item.alias is not None and sight is Sight.ANON:
        shown["alias"] = item.alias
    if item.label is not None:
        shown["label"] = item.label
    if item.sealed:
        shown["sealed"] = True
    return shown


def _session(state: State, eye: Eye) -> View:
    if eye.how == "gone":
        return dict(NOWHERE["session"])
    number = state.people[eye.seat].table
    table = state.tables[number]
    first = state.tables[0].first
    skipped = [s.id for n, s in enumerate(state.method.steps) if n < first or s.id in state.skipped]
    return {
        "phase": state.phase,
        "bringer": table.bringer,
        "chosen": state.chosen if state.phase == "lobby" else None,
        "skipped": skipped,
        "plan": dict(state.plan),
        "turn": _turn(state, number),
    }


def _turn(state: State, number: int) -> View | None:
    """Where all members take turns to bring: the how manieth this is, of how many, and whose the next one is."""
    start, table = state.method.loop_start, state.tables[number]
    if start is None or state.phase != "running" or not table.had:
        return None
    at_table = [p for p in state.people.values() if p.table == number and p.here and p.cast == "member"]
    still = [p for p in at_table if p.seat not in table.had]
    return {"n": len(table.had), "of": len(table.had) + len(still), "next": next_bringer(state, number)}


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
        "duties": sorted(person.duties),
    }


def shows_doing(state: State, eye: Eye) -> bool:
    """Whether others' doings may be seen: never where that tells who wrote what."""
    if eye.how == "gone":
        return False
    step = state.step_at(state.table_of(eye.seat))
    return eye.how in ("open", "process") and (step is None or not step.names_nobody)


def _activity(table: Table, step: Step | None, seat: int, role: str) -> str | None:
    """What somebody is seen to do in the step of now."""
    if table.finished:
        return None
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
        "steers": state.people[seat].table > 0 and not state.table_of(seat).finished,
        "tools": tools(state, seat),
    }


def _step(state: State, eye: Eye) -> View | None:
    if eye.how in ("gone", "absent"):
        return None
    table = state.table_of(eye.seat)
    step = state.step_at(table)
    if step is None:
        return None
    number = state.people[eye.seat].table
    floor = table.floor if table.floor == eye.seat or shows_doing(state, eye) else None
    last = table.index == len(state.method.steps) - 1
    used = used_items(state, number, step, USED) if step.uses and _sees_content(state, eye) else ()
    seen = [one for one in used if can_see(state, eye.seat, state.items[one]) is not Sight.NONE]
    return {
        "index": table.index,
        "id": step.id,
        "visit": table.visit,
        "floor": floor,
        "last": last,
        "uses": seen,
        "focus": table.focus if table.focus in seen else None,
        "module": table.module if state.method.steps[table.index].include else None,
        "waits": table.finished or (state.apart and number == 0),
    }


def _clock(state: State, eye: Eye) -> View | None:
    if eye.how in ("gone", "absent"):
        return None
    table = state.table_of(eye.seat)
    if state.phase != "running" or table.finished:
        return None
    step = state.step_at(table)
    timed = step is not None and step.turns.seconds is not None and table.floor is not None
    shows = timed and (table.floor == eye.seat or shows_doing(state, eye))
    return {
        "ends": table.ends,
        "left": table.left,
        "total": table.total,
        "paused": table.left is not None,
        "turn": {"since": table.turn, "seconds": step.turns.seconds} if shows and step is not None else None,
    }


def _sees_content(state: State, eye: Eye) -> bool:
    return eye.how in ("open", "veiled") and sees_content(state, eye.seat)


_CASELESS: View = {
    "by": None,
    "title": "",
    "question": "",
    "situation": "",
    "own_role": "",
    "parties": [],
    "outcome": None,
}


def _case(state: State, eye: Eye) -> View | None:
    if not _sees_content(state, eye):
        return None
    brought = state.table_of(eye.seat).brought
    if brought is None:
        asks = state.table_of(eye.seat).asks
        return None if asks is None else _CASELESS | {"question": asks}
    case = brought.case
    outcome = case.outcome if brought.opened or brought.by == eye.seat else ""
    return {
        "by": brought.by,
        "title": case.title,
        "question": brought.question,
        "situation": case.situation,
        "own_role": case.own_role,
        "parties": list(case.parties),
        "outcome": outcome or None,
    }


def _judge(state: State, eye: Eye) -> View | None:
    if not _sees_content(state, eye):
        return None
    table = state.table_of(eye.seat)
    if table.judge is None:
        return None
    return _vote(state, eye, table, table.judge) | {"last": _last_vote(state, eye, table)}


def _last_vote(state: State, eye: Eye, table: Table) -> View | None:
    """What came of the vote before this one, while this one is open: where two follow each other nobody saw it yet."""
    if table.judge is None or table.judge.over:
        return None
    earlier = [judge for judge in table.judged.values() if judge.over and judge.step != table.judge.step]
    newest = max(earlier, key=lambda judge: judge.visit, default=None)
    return None if newest is None else _vote(state, eye, table, newest)


def _vote(state: State, eye: Eye, table: Table, judge: Judge) -> View:
    step = state.method.step(judge.step)
    seen = [
        one
        for one in standing(state, judge, step)
        if one not in state.items or can_see(state, eye.seat, state.items[one]) is not Sight.NONE
    ]
    return {
        "step": judge.step,
        "options": seen,
        "mine": _only(judge.votes.get(eye.seat, {}), seen),
        "results": _only(told(state, table, judge, step), seen),
        "bringer": _only(bringers_own(table, judge, step), seen),
        "chosen": judge.chosen if judge.chosen in seen else None,
        "cast": list(judge.cast),
    }


def _only(found: Mapping[str, Any] | None, seen: list[str]) -> View | None:
    return None if found is None else {option: value for option, value in found.items() if option in seen}


def _tables(state: State, eye: Eye) -> list[View]:
    """While sub-groups work: who sits where, and how far each is."""
    if eye.how in ("gone", "absent") or not state.apart:
        return []
    found = []
    for number, table in enumerate(state.tables):
        seats = [p.seat for p in state.people.values() if p.table == number and not p.removed]
        if number:
            step = state.step_at(table)
            found.append(
                {
                    "seats": seats,
                    "step": step.id if step else None,
                    "bringer": table.bringer,
                    "done": table.finished,
                }
            )
    return found


def steers(state: State, seat: int) -> bool:
    """Whether this seat leads its table: as facilitator, or as one of a sub-group."""
    person = state.people[seat]
    return person.here and (person.cast == "facilitator" or person.table > 0)


def _cue(state: State, eye: Eye) -> View | None:
    """A quiet hint for who leads: who has not said anything yet in this step. Never where that tells who wrote what."""
    if eye.how in ("gone", "absent") or not steers(state, eye.seat) or not shows_doing(state, eye):
        return None
    number = state.people[eye.seat].table
    table = state.tables[number]
    step = state.step_at(table)
    if step is None or step.kind not in ("ask", "write", "round", "talk"):
        return None
    people = actors(state, number, step)
    quiet = [
        seat
        for seat in people
        if not table.spoke.get(seat) and seat not in table.done and seat != table.floor
    ]
    return {"quiet": quiet, "of": len(people)}


def _plan(state: State, eye: Eye) -> View | None:
    """For who leads all: how the time left and what is to come compare."""
    if eye.how in ("gone", "absent") or state.people[eye.seat].cast != "facilitator":
        return None
    return lateness(state, 0)


def _stops(state: State, eye: Eye) -> list[View]:
    if eye.how in ("gone", "absent"):
        return []
    hushed = eye.how == "process"
    return [
        {"id": stop.id, "by": stop.by, "text": "" if hushed else stop.text, "kind": stop.kind}
        for stop in state.stops
    ]


SECTIONS: dict[str, Callable[[State, Eye], Any]] = {
    "session": _session,
    "people": _people,
    "seats": _seats,
    "me": _me,
    "step": _step,
    "clock": _clock,
    "case": _case,
    "judge": _judge,
    "tables": _tables,
    "cue": _cue,
    "plan": _plan,
    "stops": _stops,
}

NOWHERE: View = {
    "session": {
        "phase": "ended",
        "bringer": None,
        "chosen": None,
        "skipped": [],
        "plan": {},
        "turn": None,
    },
    "people": [],
    "seats": [],
    "me": None,
    "step": None,
    "clock": None,
    "case": None,
    "judge": None,
    "tables": [],
    "cue": None,
    "plan": None,
    "stops": [],
    "items": [],
}
