"""What was said: the contributions on the stage, each with what can be done with it, and those of before."""

from datetime import date

from django.utils.formats import date_format

from intervisie.room.canvas import inputs, picture, rows
from intervisie.room.judge import counted, level, over, vote
from intervisie.room.look import Json, Look
from intervisie.room.tools import say

SPOKEN = ("pitch", "text", "question", "intention", "takeaway")
TALKED = ("ask", "talk", "judge")  # kinds of steps in which each contribution stands open


def on_stage(look: Look) -> list[Json]:
    """The contributions that this step is about, those that stand on their own."""
    if look.phase == "closing":
        return look.items("intention", "takeaway")
    if look.step is None:
        return []
    if look.step["kind"] == "judge":
        options = look.view["judge"]["options"] if look.view["judge"] else []
        return [item for item in look.view["items"] if item["id"] in options]
    return [item for item in _roots(look) if item["step"] == look.step["id"] and look.is_of_now(item)]


def _roots(look: Look) -> list[Json]:
    return [item for item in look.items(*SPOKEN) if not item["parent"]]


def _used(look: Look) -> list[Json]:
    """Contributions of before that this step reads or answers. What is judged stands on the stage itself."""
    at = look.view["step"]
    now = [item["id"] for item in on_stage(look)]
    uses = at["uses"] if at else []
    return [item for item in look.view["items"] if item["id"] in uses and item["id"] not in now]


def focus(look: Look) -> Json | None:
    """The one contribution for which the step is played now."""
    at = look.view["step"]
    found = [item for item in _used(look) if at and item["id"] == at["focus"]]
    return threads(look, found)[0] if found else None


def used(look: Look) -> Json:
    """What lies on the table: the other contributions of before."""
    at = look.view["step"]
    return lay(look, [item for item in _used(look) if at and item["id"] != at["focus"]])


def said(look: Look) -> Json:
    """What was said in this step."""
    return lay(look, on_stage(look))


def written_for_me(look: Look) -> list[Json]:
    """What others wrote beside this step, for me to read now."""
    if look.step is None:
        return []
    mine = [item for item in look.items("side") if item["step"] == look.step["id"]]
    return threads(look, [item for item in mine if item["by"] != look.me["seat"]])


def lay(look: Look, items: list[Json], now: bool = True) -> Json:
    """Contributions as one picture, where they were written on a canvas and are not judged, and one by one."""
    judged = now and look.step is not None and look.step["kind"] == "judge"
    by = {item["id"]: speaker(look, item)["name"] for item in items}
    return {
        "picture": None if judged else picture(look, items, by),
        "open": now and look.step is not None and look.step["kind"] in TALKED,
        "count": len(items),
        "threads": threads(look, items, now),
    }


def threads(look: Look, roots: list[Json], now: bool = True) -> list[Json]:
    """`roots` with the replies to them; `now`: with the tools of this step."""
    replies = [item for item in look.items("answer", "text") if item["parent"]]
    return [
        item_shown(look, root, now)
        | {"replies": [item_shown(look, item, now) for item in replies if item["parent"] == root["id"]]}
        | {"answer": _answer(look, root) if now else None}
        | {"mark": _mark(look, root) if now else None}
        | {"vote": vote(look, root["id"]) if now else None}
        for root in roots
    ]


def item_shown(look: Look, item: Json, now: bool) -> Json:
    """One contribution as it is drawn."""
    sealed = item.get("sealed", False)
    by = speaker(look, item)
    return {
        "id": item["id"],
        "kind": item["kind"],
        "by": by["name"],
        "alias": by["alias"],
        "as": _persona(look, item),
        "bringer": item["by"] is not None and item["by"] == look.view["session"]["bringer"],
        "text": item["text"],
        "rows": rows(look, item),
        "label": _label(look, item),
        "notes": " · ".join(_notes(look, item, now)),
        "sealed": sealed,
        "date": look.word("by_date", date=_day(item["date"])) if item.get("date") else "",
        "edit": _edit(look, item) if now and _may_edit(look, item) else None,
    }


def speaker(look: Look, item: Json) -> Json:
    """Under which name somebody said this; `alias`: a made-up one."""
    number = item.get("alias")
    if item["by"] is not None or number is None:
        return {"name": look.name(item["by"]), "alias": False}
    birds = look.texts["birds"]
    again = f" {number // len(birds) + 1}" if number >= len(birds) else ""
    return {"name": birds[number % len(birds)] + again, "alias": True}


def _persona(look: Look, item: Json) -> str:
    """As whom it is said: as somebody said themselves, or as the method lets their role speak."""
    who = item.get("persona", "")
    if who.startswith("@"):
        who = (look.step_of(item["step"]) or {"speaks": {}})["speaks"].get(who[1:], "")
    return look.word("as", who=who) if who else ""


def _label(look: Look, item: Json) -> Json | None:
    """What a vote made of this contribution: warm, lukewarm, cold."""
    value = item.get("label")
    steps = [step for step in look.steps[: max(look.number, 0)] if item["step"] in step["labels"]]
    if value is None or not steps:
        return None
    return {"text": steps[-1]["scale"]["labels"][value - 1], "level": level(steps[-1]["scale"], value)}


def _notes(look: Look, item: Json, now: bool) -> list[str]:
    here = item["step"] == look.step["id"] if look.step else True
    visit = look.view["step"]["visit"] if look.step else item["visit"]
    notes = [look.word("earlier_visit")] if now and here and item["visit"] != visit else []
    notes += [look.word("edited")] if item["edited"] else []
    notes += [look.word("sealed")] if item.get("sealed", False) else []
    return notes + _result(look, item["id"])


def _result(look: Look, item: str) -> list[str]:
    """What the vote made of this contribution, once it is over."""
    judge = over(look)
    step = look.step_of(judge["step"]) if judge else None
    if judge is None or step is None or not isinstance((judge["results"] or {}).get(item), int):
        return []
    word = counted(look, "dots" if step["scale"]["type"] == "dots" else "picks", judge["results"][item])
    return [word, *([look.word("chosen")] if judge["chosen"] == item else [])]


def _day(day: str) -> str:
    """2026-07-01 → "1 juli 2026", in the language of now."""
    return date_format(date.fromisoformat(day), "j F Y")


def _may_edit(look: Look, item: Json) -> bool:
    visit = look.view["step"]["visit"] if look.step else item["visit"]
    here = bool(item.get("sealed")) or item["visit"] == visit
    return item["by"] == look.me["seat"] and look.tool("edit") is not None and here


def _edit(look: Look, item: Json) -> Json:
    key = f"edit-{item['id']}"
    typed = look.typed(key, item["text"])
    canvas = (look.step_of(item["step"]) or {}).get("canvas") if item.get("fields") else None
    canvas = inputs(canvas, key, typed["fields"], item["fields"]) if canvas else None
    return {"tool": key, "canvas": canvas, **typed}


def _answer(look: Look, root: Json) -> Json | None:
    """The form for a reply; folded away where an answer is there already, or where reacting is not the point."""
    key, answers = f"answer-{root['id']}", look.tool("say", "answer")
    if answers and _asks(look, root):
        answered = any(item["parent"] == root["id"] for item in look.items("answer"))
        return say(look, answers, key, root["id"], look.word("add_answer") if answered else "")
    reacts = next((tool for tool in look.tools if tool.get("parent") == "allowed"), None)
    here = look.view["step"] and root["visit"] == look.view["step"]["visit"]
    return say(look, reacts, key, root["id"], look.word("reply")) if reacts and here else None


def _asks(look: Look, root: Json) -> bool:
    """Whether this is something that is answered in this step."""
    at = look.view["step"]
    if look.step is None or root["step"] != look.step["id"]:
        return bool(at) and root["id"] in at["uses"]
    return bool(root["kind"] == look.step["collects"])


def _mark(look: Look, root: Json) -> Json | None:
    if not look.tool("mark") or root["by"] == look.me["seat"]:
        return None
    return {"on": any(item["parent"] == root["id"] for item in look.items("mark"))}


def before(look: Look) -> list[Json]:
    """What was said in other steps than this one, by step; nothing while the back is turned, or all are still."""
    still = look.step is not None and look.step["kind"] == "pause"
    if look.me["stance"] == "turned" or look.phase == "ended" or still:
        return []
    now = [item["id"] for item in [*on_stage(look), *_used(look)]]
    told = [item for item in [*_roots(look), *look.items("side")] if item["id"] not in now]
    groups = []
    for step in look.steps:
        here = look.step is not None and step["id"] == look.step["id"]
        items = [
            item for item in told if item["step"] == step["id"] and not (here and item["kind"] == "side")
        ]
        if items:
            groups.append({"id": step["id"], "title": step["title"], **lay(look, items, now=False)})
    return groups


def chat(look: Look) -> Json | None:
    tool = look.tool("chat")
    if not tool or look.step is None:
        return None
    lines = [item_shown(look, item, False) for item in look.items("chat") if item["step"] == look.step["id"]]
    return {"lines": lines, "form": say(look, tool, f"chat-{look.visit}")}
