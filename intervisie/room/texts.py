"""A method in one language, as page and script need it."""

from typing import Any

from intervisie.engine.canvases import canvas, canvases
from intervisie.engine.method import Canvas, Circle, Text, collected_by, shares

Json = dict[str, Any]
HELPED = {"open_q", "q_only", "clarify_only", "no_advice"}  # rules that are about what a good question is


def method_texts(method: Json, language: str, people: int) -> Json:
    """The texts of a method's JSON in `language` (nl or en); `people`: how many act, for steps timed per person."""
    modules = {module["id"]: _step(module, language, people) for module in method.get("modules", ())}
    steps = [_step(step, language, people) for step in method["steps"]]
    for step, told in zip(method["steps"], steps, strict=True):
        if step.get("include"):  # whichever was played: who spoke as whom is still told afterwards
            told["speaks"] = {
                role: text for module in modules.values() for role, text in module["speaks"].items()
            }
        told["labels"] = _labelled(method, step)
    return {
        "name": method["name"][language],
        "minutes": round(_total(method, steps, people)),
        "steps": steps,
        "modules": modules,
        "titles": {role: text[language] for role, text in method.get("titles", {}).items()},
        "loop": method.get("loop", {}).get("start", ""),
        "brought": _brings(method),
        "waits": _waits_for_bringer(method),
        "origin": _origin(method, language),
    }


def _origin(method: Json, language: str) -> Json:
    """Where a method comes from, and whether it asks for more than every session does."""
    return {
        "credit": method["credit"][language],
        "licence": method["licence"],
        "source": method.get("source", []),
        "double": method.get("confidentiality") == "double",
    }


def _total(method: Json, steps: list[Json], people: int) -> float:
    """Minutes of all steps; those in which all take turns to bring count for each."""
    loop = method.get("loop")
    if loop is None:
        return sum(step["minutes"] for step in steps)
    turns = max(shares(people, Circle(**loop["group"])), default=1) if "group" in loop else max(1, people)
    start = next(at for at, step in enumerate(steps) if step["id"] == loop["start"])
    return sum(step["minutes"] * (turns if at >= start else 1) for at, step in enumerate(steps))


def _brings(method: Json) -> bool:
    """Whether anybody brings a case at all."""
    return any("B" in (*step["actors"], *step.get("answerer", ())) for step in method["steps"])


def _waits_for_bringer(method: Json) -> bool:
    """Whether somebody has to say, before the start, whose case it will be."""
    finds = any(step.get("effect") == "case" or "B" in step.get("casts", ()) for step in method["steps"])
    return _brings(method) and not finds and "loop" not in method


def _step(step: Json, language: str, people: int) -> Json:
    minutes, persona, side = step["minutes"], step.get("persona", {}), step.get("side", {})
    rules = step.get("rules", ())
    collects = step.get("collects", collected_by(step["kind"]))
    return {
        "id": step["id"],
        "kind": step["kind"],
        "title": step["title"][language],
        "short": step["short"][language],
        "minutes": minutes["default"] * (people if minutes.get("per_person") else 1),
        "times": people if minutes.get("per_person") else 1,
        "estimated": minutes.get("estimated", False),
        "optional": step.get("optional", False),
        "effect": step.get("effect", ""),
        "casts": step.get("casts", []),
        "gate": step.get("gate", ""),
        "apart": "group" in step,
        "repeats": step.get("repeat") == "item",
        "instruction": {key: text[language] for key, text in step["instruction"].items()},
        "script": _text(step, "script", language),
        "stem": _text(step, "stem", language),
        "nudges": [rule["id"] for rule in rules if rule.get("level", "nudge") == "nudge"],
        "acting": _acting(step),
        "collects": collects,
        "helped": collects == "question" and any(rule["id"] in HELPED for rule in rules),
        "scale": _scale(step["scale"], language) if "scale" in step else None,
        "canvas": _canvas(step["canvas"], language) if step.get("canvas") else None,
        "speaks": {role: text[language] for role, text in persona.get("speaks", {}).items()},
        "side": _text(side, "stem", language),
        "labels": [],
    }


def _text(step: Json, key: str, language: str) -> str:
    return step[key][language] if step.get(key) else ""


def _acting(step: Json) -> list[str]:
    """Roles that contribute; "A" means who brings the case and the group, the facilitator only where they join in."""
    roles = {role for actor in step["actors"] for role in ("BC" if actor == "A" else actor)}
    return sorted(roles | ({"F"} if step.get("joins_in") else set()))


def _scale(scale: Json, language: str) -> Json:
    return {
        "type": scale["type"],
        "dots": scale.get("dots", 3),
        "labels": [label[language] for label in scale.get("labels", ())],
        "low": scale.get("low", 1),
        "high": scale.get("high", 5),
    }


def _canvas(data: str | Json, language: str) -> Json:
    """A canvas, which a method names or holds as a whole."""
    found = canvases()[data] if isinstance(data, str) else canvas(data, "canvas")
    return {
        "name": _in(found.name, language),
        "layout": found.layout,
        "cells": found.cells,
        "fields": _fields(found, language),
    }


def _fields(found: Canvas, language: str) -> list[Json]:
    return [
        {
            "id": one.id,
            "label": _in(one.label, language),
            "hint": _in(one.hint, language) if one.hint else "",
            "options": [{"id": option.id, "label": _in(option.text, language)} for option in one.options],
        }
        for one in found.fields
    ]


def _in(text: Text, language: str) -> str:
    return str(getattr(text, language))


def _labelled(method: Json, step: Json) -> list[str]:
    """The steps in which what this step labels was said; it may use them by way of another vote."""
    if step.get("scale", {}).get("type") != "label":
        return []
    by_id = {one["id"]: one for one in method["steps"]}
    found, waiting = [step["id"]], [use["step"] for use in step.get("uses", ())]
    while waiting:
        name = waiting.pop()
        found.append(name)
        waiting += [use["step"] for use in by_id[name].get("uses", ()) if "scale" in by_id[name]]
    return found
