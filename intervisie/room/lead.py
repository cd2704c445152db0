"""The bar of who leads: the facilitator, everybody at a small table, and the timekeeper what is about time."""

from intervisie.room.late import late
from intervisie.room.look import Json, Look

TURN_KINDS = ("round", "judge", "write")
NOT_YET = ("waits", "floor", "writes")
MINUTES = (1, 2, 5)
TASKS = ("facilitator", "deputy", "timekeeper", "notetaker", "observer", "member")


def lead(look: Look, now: int) -> Json | None:
    has = {tool["do"] for tool in look.tools}
    go = next((do for do in ("start", "advance", "end") if do in has), "")
    if (not go and "extend" not in has) or look.me["stance"] == "turned":
        return None
    error = look.typed("lead")["error"]
    floor = _may_speak(look) if "give_floor" in has else []
    return {
        "tool": "lead",
        "title": _title(look, go),
        "error": error,
        "choices": _choices(look) if "choose" in has and error else None,
        "cue": _cue(look, go),
        **late(look, now),
        "extend": [_more(look, n) for n in MINUTES] if "extend" in has else [],
        "clock": next((do for do in ("pause", "resume") if do in has), ""),
        "floor": floor,
        "brings": _able(look) if _asks_who_brings(look) else [],
        "brought": look.view["session"]["chosen"] is not None,
        "people": _people(look) if "appoint" in has else [],
        "tasks": [{"what": what, "label": look.word(f"appoint_{what}")} for what in TASKS],
        "more": _more_ways(look),
        "go": go,
        "label": _label(look, go) if go else "",
        "confirm": _confirmation(look, go),
    }


def _title(look: Look, go: str) -> str:
    if not go:
        return look.word("lead_time")
    return look.word("lead_table") if look.small else look.word("lead", lead=look.title("F"))


# The main button


def _label(look: Look, go: str) -> str:
    if go != "advance":
        return look.word(go)
    if look.view["tables"] and not look.small:
        return look.word("call_back")
    following = look.steps[look.number + 1 :]
    return _next_item(look) or _next_turn(look, following) or look.word("next", step=following[0]["short"])


def _next_item(look: Look) -> str:
    """Where the step is played for each item: the how manieth comes next."""
    at, step = look.view["step"], look.step
    if not step or not step["repeats"] or at["focus"] not in at["uses"][:-1]:
        return ""
    return look.word("next_item", n=at["uses"].index(at["focus"]) + 2, of=len(at["uses"]))


def _next_turn(look: Look, following: list[Json]) -> str:
    """What comes after the last step, or the last that a small table does; empty where another step follows."""
    if following and not (look.small and look.step and look.step["apart"]):
        return ""
    turn = look.view["session"]["turn"]
    if turn and turn["next"]:
        return look.word("next_turn", name=look.first(turn["next"]))
    return look.word("table_done" if look.small else "round_off")


def _confirmation(look: Look, go: str) -> str:
    """What is asked before going on; empty where nobody would be passed by."""
    if go == "end":
        return look.word("end_sure")
    if look.view["tables"] and not look.small:
        still = [look.word("table_n", n=n) for n, one in enumerate(look.view["tables"], 1) if not one["done"]]
        return look.word("call_back_anyway", names=", ".join(still)) if go and still else ""
    names = look.names(_not_yet(look)) if go else ""
    told = look.word(f"{'start' if go == 'start' else 'next'}_anyway", names=names) if names else ""
    return " ".join(part for part in (told, _gate(look)) if part) if go else ""


def _gate(look: Look) -> str:
    back_to = next((step for step in look.steps if look.step and step["id"] == look.step["gate"]), None)
    return look.word("gate", step=back_to["short"]) if back_to else ""


def _not_yet(look: Look) -> list[int]:
    """Seats of who has not come yet, or has not had their turn."""
    seats = look.view["seats"]
    if look.step is None:
        return [seat["seat"] for seat in seats if not seat["agreed"]]
    if look.step["kind"] not in TURN_KINDS:
        return []
    return [seat["seat"] for seat in _acting(look) if seat["state"] in NOT_YET]


def _acting(look: Look) -> list[Json]:
    roles = look.step["acting"] if look.step else []
    return [seat for seat in look.view["seats"] if seat["agreed"] and seat["role"] in roles]


# The line above the bar


def _cue(look: Look, go: str) -> str:
    """One quiet line: who brings, who is ready, who was not heard yet."""
    if look.phase == "lobby":
        return _who_brings(look)
    if not go or (look.view["tables"] and not look.small):
        return ""
    able = [seat for seat in look.view["seats"] if seat["agreed"] and seat["role"] in "BC"]
    ready = sum(seat["ready"] for seat in able)
    if ready and ready == len(able):
        return look.word("ready_all")
    told = [look.word("ready_count", n=ready, of=len(able))] if ready else []
    return " · ".join([*told, *_quiet(look)])


def _who_brings(look: Look) -> str:
    chosen = look.view["session"]["chosen"]
    if chosen:
        return look.word("somebody_brings", name=look.name(chosen))
    return look.word("nobody_brings") if look.texts["method"]["waits"] else ""


def _quiet(look: Look) -> list[str]:
    """Who was not heard yet, once somebody was who does not have the floor now."""
    cue = look.view["cue"]
    if not cue or not cue["quiet"] or len(cue["quiet"]) + bool(look.view["step"]["floor"]) >= cue["of"]:
        return []
    return [look.word("quiet", names=look.names(cue["quiet"]))]


# Menus


def _more(look: Look, n: int) -> Json:
    return {"n": n, "label": look.word("extend", n=n)}


def _may_speak(look: Look) -> list[Json]:
    states = look.texts["states"]
    return [
        {"seat": seat["seat"], "name": look.name(seat["seat"]), "word": states[seat["state"]]}
        for seat in _acting(look)
        if seat["state"] != "floor"
    ]


def _asks_who_brings(look: Look) -> bool:
    return look.phase == "lobby" and look.texts["method"]["waits"] and look.tool("appoint") is not None


def _able(look: Look) -> list[Json]:
    """Members who could bring the case."""
    able = [seat["seat"] for seat in look.view["seats"] if seat["agreed"] and seat["role"] in "BC"]
    chosen = look.view["session"]["chosen"]
    return [{"seat": seat, "name": look.name(seat), "on": seat == chosen} for seat in able]


def _people(look: Look) -> list[Json]:
    """Everybody who is here, with what they do."""
    here = [seat for seat in look.view["seats"] if seat["agreed"]]
    return [{"seat": seat["seat"], "name": ", ".join(_does(look, seat))} for seat in here]


def _does(look: Look, seat: Json) -> list[str]:
    role = [look.title(seat["role"])] if seat["role"] in "BFN" else []
    return [look.name(seat["seat"]), *role, *(look.word(f"duty_{duty}") for duty in seat["duties"])]


def _more_ways(look: Look) -> list[Json]:
    """What is seldom wanted: back, and other ways out of this step."""
    go = look.tool("advance") or {}
    ways: list[str] = go.get("ways", [])
    found = [_way("do", "back", "undo-2", look.word("back"))] if look.tool("back") else []
    if "skip" in ways:
        skipped = look.steps[look.number + 1]["short"]
        found.append(_way("how", "skip", "skip-forward", look.word("skip", step=skipped)))
    if "anyway" in ways:
        found.append(_way("how", "anyway", "arrow-right", look.word("anyway")))
    turn = look.view["session"]["turn"]
    if "close" in ways and turn and turn["n"] < turn["of"]:
        left = look.word("close_loop_left", n=turn["of"] - turn["n"])
        found.append(_way("how", "close", "x", look.word("close_loop"), left))
    return found + (_drawn(look) if look.tool("choose") else [])


def _way(name: str, value: str, icon: str, label: str, note: str = "") -> Json:
    """An item of the menu; `do`: the command that goes with what its button says."""
    does = {"how": "advance", "by": "choose"}.get(name, "")
    return {"name": name, "value": value, "icon": icon, "label": label, "note": note, "do": does}


def _drawn(look: Look) -> list[Json]:
    """A vote settled without the group: by lot, and where a case is looked for, by whose turn it is."""
    lot = [_way("by", "lot", "dices", look.word("by_lot"))]
    finds = look.step and (look.step["effect"] == "case" or "B" in look.step["casts"])
    return lot + ([_way("by", "turn", "rotate-ccw", look.word("by_turn"))] if finds else [])


# A vote that left it open


def _choices(look: Look) -> Json:
    """What can be settled on, once the votes left it open: contributions and modules, or for each role somebody."""
    options = look.view["judge"]["options"] if look.view["judge"] else []
    said = [item for item in look.view["items"] if item["id"] in options]
    items = [{"id": item["id"], "by": look.name(item["by"]), "text": item["text"]} for item in said]
    modules = {f"m:{name}": step["title"] for name, step in look.texts["method"]["modules"].items()}
    items += [{"id": name, "by": "", "text": title} for name, title in modules.items() if name in options]
    casts = look.step["casts"] if look.step else []
    roles = [
        {"role": role, "title": look.title(role), "options": _for_role(look, role, options)} for role in casts
    ]
    return {"items": items, "roles": [one for one in roles if one["options"]], "ways": _drawn(look)}


def _for_role(look: Look, role: str, options: list[str]) -> list[Json]:
    cast = look.view["judge"]["cast"] if look.view["judge"] else []
    found = [one for one in options if one.startswith(f"{role}:")]
    return [{"id": one, "name": look.name(int(one[2:])), "on": one in cast} for one in found]
