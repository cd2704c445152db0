"""What stands around the stage: signals, the agreement, the plan in the lobby, and the small tables."""

from intervisie.room.look import Json, Look
from intervisie.room.table import as_minutes

AGREED = 4  # what every session agrees on


def signals(look: Look) -> list[Json]:
    """What anybody may raise at any time: a stop, and where the method has it, talk about how the talk goes."""
    return [_signal(look, tool) for tool in look.tools if tool["do"] == "stop"]


def _signal(look: Look, tool: Json) -> Json:
    kind = tool["kind"]
    words = {name: look.word(f"{kind}_{name}") for name in ("title", "text", "do")}
    return {"kind": kind, "word": look.word(kind), **words, "sees": look.sees(tool), **look.typed(kind)}


def stops(look: Look) -> list[Json]:
    """Signals that stand."""
    clears = look.tool("clear_stop") is not None
    return [
        {
            "id": stop["id"],
            "kind": stop["kind"],
            "who": look.word(f"{stop['kind']}_by", who=look.name(stop["by"]))
            if stop["by"]
            else look.word(f"{stop['kind']}_by_nobody"),
            "text": stop["text"],
            "clears": clears,
        }
        for stop in look.view["stops"]
    ]


def agreement(look: Look) -> Json | None:
    if not look.tool("agree"):
        return None
    last = AGREED + look.texts["method"]["origin"]["double"]
    rules = [look.word(f"agree_{n}") for n in range(1, last + 1)]
    return {"tool": "agree", "rules": rules, **look.typed("agree")}


def plan(look: Look) -> Json | None:
    """What will happen, for who waits in the lobby."""
    if look.phase != "lobby":
        return None
    loop = next((step["title"] for step in look.steps if step["id"] == look.texts["method"]["loop"]), "")
    notes = [look.word("plan_loop", step=loop)] if loop else []
    guessed = [step["estimated"] for step in look.steps]
    if any(guessed):
        notes.append(look.word("plan_all_estimated" if all(guessed) else "plan_estimates"))
    return {"steps": [_planned(look, step, all(guessed)) for step in look.steps], "notes": notes}


def _planned(look: Look, step: Json, all_guessed: bool) -> Json:
    told = [look.word("minutes", n=as_minutes(step["minutes"]))]
    told += [look.word("plan_estimated")] if step["estimated"] and not all_guessed else []
    told += [look.word("plan_optional")] if step["optional"] else []
    return {"title": step["title"], "minutes": ", ".join(told), "text": step["instruction"]["default"]}


def tables(look: Look) -> Json | None:
    """While sub-groups are at work: what that means at this table, and for who waits how far the others are."""
    found = look.view["tables"]
    if not found:
        return None
    through = bool(look.small) and found[look.small - 1]["done"]
    shown = [_table(look, n, one) for n, one in enumerate(found, 1)] if through or not look.small else []
    return {"stays": look.small and not through, "tables": shown}


def _table(look: Look, n: int, one: Json) -> Json:
    titles = {step["id"]: step["title"] for step in look.texts["method"]["steps"]}
    doing = [titles.get(one["step"], "")]
    doing += [look.word("question_of", name=look.first(one["bringer"]))] if one["bringer"] else []
    return {
        "name": look.word("table_n", n=n),
        "who": ", ".join(look.first(seat) for seat in one["seats"]),
        "doing": look.word("table_through") if one["done"] else " · ".join(doing),
        "done": one["done"],
    }
