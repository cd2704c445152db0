"""The stage: where we are, what is asked of me, the case, and what was said."""

from datetime import date

from django.utils.formats import date_format

from intervisie.room.look import Json, Look
from intervisie.room.tools import say

SPOKEN = ("pitch", "text", "question", "intention", "takeaway")
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
        "script": step["script"] if leads else "",
    }


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


def on_stage(look: Look) -> list[Json]:
    """The contributions that this step is about, those that stand on their own."""
    if look.phase == "closing":
        return look.items("intention", "takeaway")
    if look.step is None:
        return []
    if look.step["kind"] == "judge":
        options = look.view["judge"]["options"] if look.view["judge"] else []
        return [item for item in look.view["items"] if item["id"] in options]
    return [item for item in _roots(look) if item["step"] == look.step["id"]]


def _roots(look: Look) -> list[Json]:
    return [item for item in look.items(*SPOKEN) if not item["parent"]]


def threads(look: Look, roots: list[Json], now: bool = True) -> list[Json]:
    """`roots` with the replies to them; `now`: with the tools of this step."""
    replies = [item for item in look.items("answer", "text") if item["parent"]]
    return [
        _item(look, root, now)
        | {"replies": [_item(look, item, now) for item in replies if item["parent"] == root["id"]]}
        | {"answer": _answer(look, root) if now else None}
        | {"mark": _mark(look, root) if now else None}
        | {"dots": _dots(look, root["id"]) if now else None}
        for root in roots
    ]


def _item(look: Look, item: Json, now: bool) -> Json:
    here = item["step"] == look.step["id"] if look.step else True
    visit = look.view["step"]["visit"] if look.step else item["visit"]
    sealed = item.get("sealed", False)
    notes = [look.word("earlier_visit")] if now and here and item["visit"] != visit else []
    notes += [look.word("edited")] if item["edited"] else []
    notes += [look.word("sealed")] if sealed else []
    notes += _result(look, item["id"])
    mine = (
        item["by"] == look.me["seat"] and look.tool("edit") is not None and (sealed or item["visit"] == visit)
    )
    key = f"edit-{item['id']}"
    return {
        "id": item["id"],
        "kind": item["kind"],
        "by": look.name(item["by"]),
        "bringer": item["by"] is not None and item["by"] == look.view["session"]["bringer"],
        "text": item["text"],
        "notes": " · ".join(notes),
        "date": look.word("by_date", date=_day(item["date"])) if item.get("date") else "",
        "edit": {"tool": key, **look.typed(key, item["text"])} if now and mine else None,
    }


def _result(look: Look, item: str) -> list[str]:
    """What the vote made of this contribution, once it is over."""
    judge = look.view["judge"]
    count = (judge["results"] or {}).get(item) if judge else None
    if not isinstance(count, int):
        return []
    return [_dots_in_words(look, count), *([look.word("chosen")] if judge["chosen"] == item else [])]


def _dots_in_words(look: Look, n: int) -> str:
    return look.word("dots_one") if n == 1 else look.word("dots_many", n=n)


def _day(day: str) -> str:
    """2026-07-01 → "1 juli 2026", in the language of now."""
    return date_format(date.fromisoformat(day), "j F Y")


def _answer(look: Look, root: Json) -> Json | None:
    """The form for a reply; folded away where an answer is there already, or where reacting is not the point."""
    key, answers = f"answer-{root['id']}", look.tool("say", "answer")
    if answers and root["kind"] == "question":
        answered = any(item["parent"] == root["id"] for item in look.items("answer"))
        return say(look, answers, key, root["id"], look.word("add_answer") if answered else "")
    reacts = next((tool for tool in look.tools if tool.get("parent") == "allowed"), None)
    return say(look, reacts, key, root["id"], look.word("reply")) if reacts else None


def _mark(look: Look, root: Json) -> Json | None:
    if not look.tool("mark") or root["by"] == look.me["seat"]:
        return None
    return {"on": any(item["parent"] == root["id"] for item in look.items("mark"))}


def _dots(look: Look, item: str) -> Json | None:
    judge, vote = look.view["judge"], look.tool("vote")
    if judge is None or item not in judge["options"] or look.step is None or look.step["kind"] != "judge":
        return None
    mine = judge["mine"].get(item, 0)
    most = mine + vote["left"] if vote else 0
    return {
        "chosen": judge["chosen"] == item,
        "choices": [_choice(look, n, mine, most) for n in range(look.step["dots"] + 1)] if vote else [],
    }


def _choice(look: Look, n: int, mine: int, most: int) -> Json:
    return {"value": n, "on": n == mine, "off": n > most, "label": _dots_in_words(look, n)}


def mine(look: Look) -> Json | None:
    """What I marked and wrote down with my back turned, once I am back."""
    if look.me["stance"] == "turned" or look.phase == "ended":
        return None
    marked = {item["parent"] for item in look.items("mark")}
    lines = [item["text"] for item in look.view["items"] if item["id"] in marked]
    notes = [item["text"] for item in look.items("note")]
    opens = look.step is not None and look.step["kind"] == "tell" and look.me["stance"] == "acts"
    return {"lines": lines, "notes": notes, "open": opens} if lines or notes else None


def before(look: Look) -> list[Json]:
    """What was said in other steps than this one, by step; nothing while the back is turned."""
    if look.me["stance"] == "turned" or look.phase == "ended":
        return []
    now = [item["id"] for item in on_stage(look)]
    groups = []
    for step in look.steps:
        roots = [item for item in _roots(look) if item["step"] == step["id"] and item["id"] not in now]
        if roots:
            said = threads(look, roots, now=False)
            groups.append({"id": step["id"], "title": step["title"], "count": len(roots), "threads": said})
    return groups


def chat(look: Look) -> Json | None:
    tool = look.tool("chat")
    if not tool or look.step is None:
        return None
    lines = [_item(look, item, False) for item in look.items("chat") if item["step"] == look.step["id"]]
    return {"lines": lines, "form": say(look, tool, f"chat-{look.visit}")}
