"""The rail of steps, the round table with its seats, and the clock."""

import math

from intervisie.room.late import as_hour
from intervisie.room.look import Json, Look

QUARTERS = ("", "¼", "½", "¾")
ICONS = {"deputy": "user-check", "timekeeper": "timer"}


def rail(look: Look) -> list[Json]:
    return [
        {
            "title": step["short"],
            "minutes": look.word("minutes", n=as_minutes(step["minutes"])) + _turn_now(look, at),
            "state": "past" if at < look.number else "now" if at == look.number else "next",
            "weight": min(20, max(3, math.ceil(step["minutes"]))),
        }
        for at, step in enumerate(look.steps)
    ]


def _turn_now(look: Look, at: int) -> str:
    """Where all take turns to bring: the how manieth this is."""
    turn = look.view["session"]["turn"]
    return f" · {look.word('turn_of', n=turn['n'], of=turn['of'])}" if turn and at == look.number else ""


def as_minutes(minutes: float) -> str:
    """7.5 → "7½"; to the quarter of a minute."""
    whole, quarters = divmod(math.floor(minutes * 4 + 0.5), 4)
    return f"{whole or ('' if quarters else 0)}{QUARTERS[quarters]}"


def table(look: Look, now: int) -> Json:
    seats = look.view["seats"]
    kicker, question = _middle(look)
    return {
        "name": look.word("table", n=len(seats)),
        "kicker": kicker,
        "question": question,
        "size": "short" if len(question) < 60 else "medium" if len(question) < 110 else "long",
        "clock": _clock(look, now),
        "count": len(seats),
        "seats": [_seat(look, seat, at / len(seats)) for at, seat in enumerate(seats)],
    }


def _middle(look: Look) -> tuple[str, str]:
    """What lies on the table, with a line above it: the question, or in the lobby who brings one."""
    case, chosen = look.view["case"], look.view["session"]["chosen"]
    if chosen:
        return look.word("brings"), look.name(chosen)
    if not case:
        return "", look.word(_nothing_yet(look)) if look.phase in ("lobby", "running") else ""
    if not (case["question"] or _is_asked_later(look)):
        return look.word("brings"), look.name(case["by"])
    of = look.word("question_of", name=look.first(case["by"])) if case["by"] else look.word("question_table")
    return of, case["question"] or look.word("question_comes")


def _is_asked_later(look: Look) -> bool:
    """Whether a step is still to come, or is now, that puts the question."""
    return any(step["effect"] == "question" for step in look.steps[max(look.number, 0) :])


def _nothing_yet(look: Look) -> str:
    """What stands on a table without a question."""
    method = look.texts["method"]
    if look.view["tables"]:
        return "small_tables"
    return "all_bring" if method["loop"] else "no_case" if method["brought"] else "question_comes"


def _seat(look: Look, seat: Json, turn: float) -> Json:
    """`turn`: where on the circle, 0 is the top, 0.5 the bottom."""
    person = look.people[seat["seat"]]
    me = seat["seat"] == look.me["seat"]
    word = _doing(look, seat)
    marks = [seat["state"]]
    marks += ["bringer"] if seat["role"] == "B" or seat["seat"] == look.view["session"]["chosen"] else []
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
        "turn": _turn_time(look) if seat["state"] == "floor" else "",
        "duties": [{"icon": ICONS[duty], "word": look.word(f"duty_{duty}")} for duty in seat["duties"]],
        "check": seat["state"] in ("said", "voted", "ready"),
        "classes": " ".join(f"seat--{mark}" for mark in marks),
    }


def _doing(look: Look, seat: Json) -> str:
    """What somebody does, in a word or two; who leads goes by what the method calls them."""
    if seat["seat"] == look.view["session"]["chosen"]:
        return look.word("brings_note")
    titled = seat["state"] == "leads" and "F" in look.texts["method"]["titles"]
    word = look.title("F") if titled else str(look.texts["states"][seat["state"]])
    return word or (look.word("brings_note") if seat["role"] == "B" else "")


def _turn_time(look: Look) -> str:
    """How long one turn is; a page without a script does not count down."""
    turn = look.clock and look.clock["turn"]
    return look.word("minutes", n=as_minutes(round(turn["seconds"] / 30) / 2)) if turn else ""


def _clock(look: Look, now: int) -> Json | None:
    """Without a script the time at which the step ends, since a page does not count down."""
    clock = look.clock
    if clock is None:
        return None
    left = clock["left"] if clock["paused"] else clock["ends"] - now
    return {
        "face": as_clock(left) if clock["paused"] else as_hour(clock["ends"]),
        "label": look.word("clock_paused" if clock["paused"] else "clock_until"),
        "percent": f"{max(0.0, min(100.0, left / clock['total'] * 100)):.2f}",
        "over": left <= 0,
        "mine": _turn_time(look) if look.seat["state"] == "floor" else "",
    }


def as_clock(left: int) -> str:
    """Milliseconds as minutes and seconds: 252000 → "4:12"."""
    seconds = math.ceil(max(0, left) / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"
