"""The inputs that this step gives to this seat."""

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
    kind = tool["kind"]
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
        "submit": look.word("do_turn" if passes and tool["left"] == 1 else f"do_{kind}"),
        "passes": passes,
        "dated": kind == "intention",
        "case": look.word("label_case", title=_prepared(look)) if tool.get("case") else "",
        **look.typed(key),
    }


def _prepared(look: Look) -> str:
    prepared: Json | None = look.texts["prepared"]
    return str(prepared["title"]) if prepared else ""


def _stem(look: Look, kind: str, parent: str) -> str:
    """The beginning of the sentence that the method gives for this step."""
    if look.step is None or parent or kind in ("answer", "note", "chat"):
        return ""
    return str(look.step["stem"])


def passing(look: Look) -> Json | None:
    """Letting one's turn go by, where there is no form of which it is a part."""
    alone = look.tool("pass") and not any(tool["do"] == "say" for tool in look.tools)
    return {"tool": "pass", **look.typed("pass")} if alone else None


def ready(look: Look) -> Json | None:
    """Who has the floor speaks or passes: saying that one is ready comes after that."""
    if not look.tool("ready") or look.tool("pass"):
        return None
    return {"tool": "ready", "on": look.seat["ready"], **look.typed("ready")}


def dots_left(look: Look) -> str:
    """How many dots I still have, as a sentence."""
    vote = look.tool("vote")
    if not vote or vote["left"] is None:
        return ""
    few = {0: "dots_left_none", 1: "dots_left_one"}
    return look.word(few.get(vote["left"], "dots_left_many"), n=vote["left"])
