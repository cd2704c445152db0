"""The inputs that this step gives to this seat."""

from intervisie.room.canvas import inputs
from intervisie.room.look import Json, Look


def forms(look: Look) -> list[Json]:
    """The inputs of this step; the first one is what it is about."""
    said = [tool for tool in look.tools if tool["do"] == "say" and tool["kind"] != "answer"]
    found = [say(look, tool, f"say-{tool['kind']}-{look.visit}") for tool in said]
    note = look.tool("note")
    if note:
        found.append(say(look, note, "note") | {"notes": [item["text"] for item in look.items("note")]})
    return found


def say(look: Look, tool: Json, key: str, parent: str = "", folds: str = "") -> Json:
    """A form for words. `parent`: the contribution that it answers; `folds`: it opens by this word."""
    kind, typed = tool["kind"], look.typed(key)
    canvas = look.step["canvas"] if look.step and tool.get("canvas") and not parent else None
    passes = tool["do"] == "say" and not parent and look.tool("pass") is not None
    reacts = bool(parent) and kind != "answer"
    return {
        "tool": key,
        "do": tool["do"],
        "kind": kind,
        "label": _stem(look, kind, parent) or look.word("reply" if reacts else f"label_{kind}"),
        "hint": look.word("max_words", n=tool["max_words"]) if tool["max_words"] else "",
        "sees": look.sees(tool),
        "parent": parent,
        "folds": folds,
        "submit": look.word(_submits(tool, passes)),
        "passes": passes,
        "dated": kind == "intention",
        "case": look.word("label_case", title=_prepared(look)) if tool.get("case") else "",
        "canvas": inputs(canvas, key, typed["fields"]) if canvas else None,
        "persona": {"parties": _parties(look)} if tool.get("persona") else None,
        "speaks": _speaks(look, kind),
        **typed,
    }


def _submits(tool: Json, passes: bool) -> str:
    if tool["sees"] == "nobody_ever":
        return "do_note"
    return "do_turn" if passes and tool["left"] == 1 else f"do_{tool['kind']}"


def _parties(look: Look) -> list[str]:
    """As whom one could speak."""
    case: Json | None = look.view["case"]
    return list(case["parties"]) if case else []


def _speaks(look: Look, kind: str) -> str:
    """As whom the method lets me speak."""
    if look.step is None or kind in ("note", "chat", "side"):
        return ""
    who = look.step["speaks"].get(look.me["role"], "")
    return look.word("speaks_as", who=who) if who else ""


def _prepared(look: Look) -> str:
    prepared: Json | None = look.texts["prepared"]
    return str(prepared["title"]) if prepared else ""


def _stem(look: Look, kind: str, parent: str) -> str:
    """The beginning of the sentence that the method gives for this step."""
    if look.step is None or parent or kind in ("answer", "note", "chat"):
        return ""
    return str(look.step["side" if kind == "side" else "stem"])


def aside(look: Look) -> Json | None:
    """Writing beside the step, and what I wrote there."""
    tool = look.tool("aside")
    if not tool or look.step is None:
        return None
    mine = [item for item in look.items("side") if item["by"] == look.me["seat"]]
    lines = [item["text"] for item in mine if item["step"] == look.step["id"]]
    return {"form": say(look, tool, f"aside-{look.visit}"), "lines": lines}


def passing(look: Look) -> Json | None:
    """Letting one's turn go by, where there is no form of which it is a part."""
    alone = look.tool("pass") and not any(tool["do"] == "say" for tool in look.tools)
    return {"tool": "pass", **look.typed("pass")} if alone else None


def ready(look: Look) -> Json | None:
    """Who has the floor speaks or passes: saying that one is ready comes after that."""
    if not look.tool("ready") or look.tool("pass"):
        return None
    return {"tool": "ready", "on": look.seat["ready"], **look.typed("ready")}
