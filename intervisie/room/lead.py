"""The facilitator's bar."""

from intervisie.room.look import Json, Look

TURN_KINDS = ("round", "judge", "write")
NOT_YET = ("waits", "floor", "writes")
MINUTES = (1, 2, 5)


def lead(look: Look) -> Json | None:
    has = {tool["do"] for tool in look.tools}
    go = next((do for do in ("start", "advance", "end") if do in has), "")
    if not go:
        return None
    here = [seat for seat in look.view["seats"] if seat["agreed"]]
    error = look.typed("lead")["error"]
    return {
        "tool": "lead",
        "error": error,
        "go": go,
        "label": _label(look, go),
        "confirm": _confirmation(look, go),
        "ready": _ready(look, here),
        "back": "back" in has,
        "extend": [{"n": n, "label": look.word("extend", n=n)} for n in MINUTES] if "extend" in has else [],
        "clock": next((do for do in ("pause", "resume") if do in has), ""),
        "floor": _may_speak(look) if "give_floor" in has else [],
        "choices": _cases(look) if "choose" in has and error else [],
        "heirs": _heirs(look, here) if "hand_over" in has else [],
    }


def _label(look: Look, go: str) -> str:
    if go != "advance":
        return look.word(go)
    following = look.steps[look.number + 1 :]
    return look.word("next", step=following[0]["short"]) if following else look.word("round_off")


def _confirmation(look: Look, go: str) -> str:
    """What is asked before going on; empty where nobody would be passed by."""
    if go == "end":
        return look.word("end_sure")
    names = ", ".join(_not_yet(look))
    return look.word(f"{'start' if go == 'start' else 'next'}_anyway", names=names) if names else ""


def _not_yet(look: Look) -> list[str]:
    """Who has not come yet, or has not had their turn."""
    seats = look.view["seats"]
    if look.step is None:
        return [look.first(seat["seat"]) for seat in seats if not seat["agreed"]]
    if look.step["kind"] not in TURN_KINDS:
        return []
    return [look.first(seat["seat"]) for seat in _acting(look) if seat["state"] in NOT_YET]


def _acting(look: Look) -> list[Json]:
    roles = look.step["acting"] if look.step else []
    return [seat for seat in look.view["seats"] if seat["agreed"] and seat["role"] in roles]


def _ready(look: Look, here: list[Json]) -> str:
    able = [seat for seat in here if seat["role"] in "BC"]
    ready = sum(seat["ready"] for seat in able)
    return look.word("ready_count", n=ready, of=len(able)) if ready else ""


def _more(look: Look, n: int) -> Json:
    return {"n": n, "label": look.word("extend", n=n)}


def _may_speak(look: Look) -> list[Json]:
    states = look.texts["states"]
    return [
        {"seat": seat["seat"], "name": look.name(seat["seat"]), "word": states[seat["state"]]}
        for seat in _acting(look)
        if seat["state"] != "floor"
    ]


def _cases(look: Look) -> list[Json]:
    options = look.view["judge"]["options"] if look.view["judge"] else []
    found = [item for item in look.view["items"] if item["id"] in options]
    return [{"id": item["id"], "by": look.name(item["by"]), "text": item["text"]} for item in found]


def _heirs(look: Look, here: list[Json]) -> list[Json]:
    return [
        {"seat": seat["seat"], "name": look.name(seat["seat"])} for seat in here if seat["role"] not in "FB"
    ]
