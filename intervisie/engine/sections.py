"""The sections of what one seat sees, each by itself: docs/realtime.md says what stands in them."""

from collections.abc import Callable
from itertools import takewhile
from typing import Any

from intervisie.engine.eye import Eye, View, reads
from intervisie.engine.judging import used_items
from intervisie.engine.method import Step
from intervisie.engine.plan import lateness
from intervisie.engine.roles import actors, role_at, role_of, stance_at, stance_of
from intervisie.engine.sections_case import case_shown, vote_shown
from intervisie.engine.state import USED, Person, State, Table
from intervisie.engine.steps import next_bringer
from intervisie.engine.tools import tools
from intervisie.engine.visibility import Sight, can_see

_STATE_OF_ROLE = {"F": "leads", "O": "observes", "N": "notes"}
_STATE_OF_STANCE = {"away": "away", "turned": "turned", "listen": "listens"}


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
    if eye.how not in ("open", "process"):
        return False
    table = state.table_of(eye.seat)
    step = state.step_at(table)
    return step is None or not (step.names_nobody or _was_turned(state, eye.seat, table, step))


def _was_turned(state: State, seat: int, table: Table, step: Step) -> bool:
    """Whether this seat read anything of this visit without its name, and has another role only since."""
    if "turned" not in step.stance.values():
        return False
    number = state.people[seat].table
    here = (item for item in state.items.newest() if item.table == number)
    return any(seat in item.unnamed for item in takewhile(lambda item: item.visit == table.visit, here))


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
    used = used_items(state, number, step, USED) if step.uses and reads(state, eye) else ()
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
    "case": case_shown,
    "judge": vote_shown,
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
