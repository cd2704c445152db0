"""Whether the session runs late, and what can be done about it: for who leads it."""

import math
from datetime import UTC, datetime

from django.utils import timezone

from intervisie.room.look import Json, Look

MINUTE = 60_000
CALM = 2  # minutes that are not worth a word


def late(look: Look, now: int) -> Json:
    """When it should be over, and where it is later than that, three choices."""
    plan, clock = look.view["plan"], look.clock
    if not plan:
        return {"until": "", "late": None}
    until = look.word("ends_at", time=as_hour(plan["until"]))
    if not clock or not look.tool("replan"):
        return {"until": until, "late": None}
    here = clock["left"] if clock["paused"] else clock["ends"] - now
    room = plan["until"] - now - max(0, here)
    over = _minutes(plan["later"] - room)
    if over < CALM:
        return {"until": until, "late": None}
    choices = [
        _shorten(look, plan, room),
        _skip(look, plan),
        _overrun(look, plan["until"] + plan["later"] - room),
    ]
    return {
        "until": until,
        "late": {"label": look.word("late", n=over), "choices": [c for c in choices if c]},
    }


def _shorten(look: Look, plan: Json, room: int) -> Json | None:
    """To what fits; where even the shortest does not fit, it says so."""
    target = max(plan["short"], room)
    if _minutes(plan["later"] - target) < 1:
        return None
    told = look.word("late_shorten_to", of=_minutes(plan["later"]), n=_minutes(target))
    still = _minutes(target - room)
    notes = [told, *([look.word("late_still", n=still)] if still >= 1 else [])]
    return _choice(look, "shorten", ", ".join(notes))


def _skip(look: Look, plan: Json) -> Json | None:
    wins = _minutes(plan["optional"])
    return _choice(look, "skip", look.word("late_skip_wins", n=wins)) if wins >= 1 else None


def _overrun(look: Look, end: int) -> Json:
    return _choice(look, "overrun", look.word("late_overrun_to", time=as_hour(end)))


def _choice(look: Look, choice: str, note: str) -> Json:
    return {"choice": choice, "label": look.word(f"late_{choice}"), "note": note}


def _minutes(ms: float) -> int:
    return math.floor(ms / MINUTE + 0.5)


def as_hour(ms: int) -> str:
    """Milliseconds since 1970 as the time of day here: "16:30"."""
    return timezone.localtime(datetime.fromtimestamp(ms / 1000, tz=UTC)).strftime("%H:%M")
