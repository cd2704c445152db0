"""The stage: where we are, what is asked of me, the case, and what touched me."""

from intervisie.room.look import Json, Look
from intervisie.room.table import as_minutes

SILENT = {"listen": "you_listen", "turned": "you_are_turned", "away": "you_are_away"}


def head(look: Look) -> Json:
    """Kicker, title, one sentence for me; nudges for who acts, and what the facilitator may say aloud."""
    if look.step is None:
        return _outside(look)
    step, stance, leads = look.step, look.me["stance"], look.me["role"] == "F"
    kind = look.texts["kinds"][step["kind"]]
    return {
        "kicker": look.word("step_of", n=look.number + 1, of=len(look.steps), kind=kind),
        "title": look.word("turned_title") if stance == "turned" else step["title"],
        "text": _role_sentence(look, step),
        "nudges": [look.texts["nudges"][rule] for rule in step["nudges"]]
        if leads or stance == "acts"
        else [],
        "script": _aloud(look, step) if leads and not look.view["step"]["waits"] else "",
    }


def _aloud(look: Look, step: Json) -> str:
    """What the facilitator may say, with the minutes of this step as they are planned now."""
    n = as_minutes(step["minutes"])
    told = look.texts["spoken"].get(n) or look.word("spoken_minutes", n=n)
    return str(step["script"]).replace("{minutes}", told)


def _outside(look: Look) -> Json:
    """Before the first step, after the last, and for who has not accepted the agreement."""
    phase = look.phase if look.seat["agreed"] and look.phase != "running" else "lobby"
    method = look.texts["method"]
    takes = look.word("method_takes", method=method["name"], n=method["minutes"])
    text = "lobby_lead" if phase == "lobby" and look.me["role"] == "F" else f"{phase}_text"
    return {
        "kicker": takes if phase == "lobby" else look.word(f"{phase}_kicker"),
        "title": look.word(phase),
        "text": look.word(text, lead=look.title("F")),
        "nudges": [],
        "script": "",
    }


def _role_sentence(look: Look, step: Json) -> str:
    """The instruction for me, now: as who has the floor, by my stance, by my role, or for everybody."""
    told: dict[str, str] = step["instruction"]
    if look.small and look.view["step"]["waits"]:
        return look.word("table_waits")
    role, stance, floor = look.me["role"], look.me["stance"], look.view["step"]["floor"]
    if floor == look.me["seat"]:
        return told.get("floor") or f"{look.word('you_have_floor')} {told.get(role, told['default'])}"
    if stance in SILENT:
        return told.get(stance) or told.get(role) or look.word(SILENT[stance])
    text = told.get(role, told["default"])
    return f"{look.word('other_has_floor', who=look.first(floor))} {text}" if floor else text


def case(look: Look) -> Json | None:
    """The case on the table, where it says more than the question in the middle of the table."""
    brought = look.view["case"]
    quiet = look.phase == "ended" or look.me["stance"] == "turned"
    if not brought or quiet or not (brought["situation"] or brought["outcome"]):
        return None
    texts = brought | {"parties": ", ".join(brought["parties"])}
    keys = ("question", "situation", "own_role", "parties", "outcome")
    return {
        "title": look.word("case_of", name=look.first(brought["by"])),
        "name": brought["title"],
        "rows": [{"label": look.word(key), "text": texts[key]} for key in keys if texts[key]],
        "open": look.step is not None and look.step["kind"] == "tell" and not look.items("question", "text"),
        "unseals": look.tool("unseal") is not None,
        **look.typed("unseal"),
    }


def mine(look: Look) -> Json | None:
    """What I marked and wrote down with my back turned, once I am back."""
    if look.me["stance"] == "turned" or look.phase == "ended":
        return None
    marked = {item["parent"] for item in look.items("mark")}
    lines = [item["text"] for item in look.view["items"] if item["id"] in marked]
    notes = [item["text"] for item in look.items("note")]
    opens = look.step is not None and look.step["kind"] == "tell" and look.me["stance"] == "acts"
    return {"lines": lines, "notes": notes, "open": opens} if lines or notes else None


def still(look: Look) -> str:
    """What is said where nothing is to be done."""
    return look.word("still") if look.step is not None and look.step["kind"] == "pause" else ""


def tips(look: Look) -> list[str]:
    """What a good question is, for who asks one and for who leads."""
    asks = look.tool("say", "question") is not None or look.me["role"] == "F"
    if look.step is None or not look.step["helped"] or not asks:
        return []
    return [look.word(f"good_question_{n}") for n in (1, 2, 3)]
