"""The rail of steps, the round table with its seats, and the clock."""

import math
from datetime import UTC, datetime

from django.utils import timezone

from intervisie.room.look import Json, Look


def rail(look: Look) -> list[Json]:
    return [
        {
            "title": step["short"],
            "minutes": look.word("minutes", n=as_minutes(step["minutes"])),
            "state": "past" if at < look.number else "now" if at == look.number else "next",
            "weight": min(20, max(3, math.ceil(step["minutes"]))),
        }
        for at, step in enumerate(look.steps)
    ]


def as_minutes(minutes: float) -> str:
    """7.5 → "7½"."""
    return f"{math.floor(minutes)}{'½' if minutes % 1 else ''}"


def table(look: Look, now: int) -> Json:
    case, seats = look.view["case"], look.view["seats"]
    open_question = look.word("no_case") if look.phase in ("lobby", "running") else ""
    question = case["question"] if case else open_question
    return {
        "name": look.word("table", n=len(seats)),
        "kicker": look.word("question_of", name=look.first(case["by"])) if case else "",
        "question": question,
        "size": "short" if len(question) < 60 else "medium" if len(question) < 110 else "long",
        "clock": _clock(look, now),
        "count": len(seats),
        "seats": [_seat(look, seat, at / len(seats)) for at, seat in enumerate(seats)],
    }


def _seat(look: Look, seat: Json, turn: float) -> Json:
    """`turn`: where on the circle, 0 is the top, 0.5 the bottom."""
    person = look.people[seat["seat"]]
    me = seat["seat"] == look.me["seat"]
    word = look.texts["states"][seat["state"]]
    marks = [seat["state"]]
    marks += ["bringer"] if seat["role"] == "B" else []
    marks += ["me"] if me else []
    marks += ["up"] if math.cos(turn * 2 * math.pi) > 0.15 else []
    return {
        "seat": seat["seat"],
        "name": person["name"],
        "short": person["short"],
        "initials": person["initials"],
        "org": person["org"],
        "word": word,
        "note": word or (look.word("you") if me else person["org"]),
        "me": me,
        "check": seat["state"] in ("said", "voted", "ready"),
        "classes": " ".join(f"seat--{mark}" for mark in marks),
    }


def _clock(look: Look, now: int) -> Json | None:
    """Without a script the time at which the step ends, since a page does not count down."""
    clock = look.view["clock"]
    if clock is None:
        return None
    left = clock["left"] if clock["paused"] else clock["ends"] - now
    return {
        "face": as_clock(left) if clock["paused"] else _hour(clock["ends"]),
        "label": look.word("clock_paused" if clock["paused"] else "clock_until"),
        "percent": f"{max(0.0, min(100.0, left / clock['total'] * 100)):.2f}",
    }


def as_clock(left: int) -> str:
    """Milliseconds as minutes and seconds: 252000 → "4:12"."""
    seconds = math.ceil(max(0, left) / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def _hour(ms: int) -> str:
    return timezone.localtime(datetime.fromtimestamp(ms / 1000, tz=UTC)).strftime("%H:%M")
