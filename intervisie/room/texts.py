"""A method in one language, as page and script need it."""

from typing import Any

Json = dict[str, Any]


def method_texts(method: Json, language: str, people: int) -> Json:
    """The texts of a method's JSON in `language` (nl or en); `people`: how many act, for steps timed per person."""
    steps = [_step(step, language, people) for step in method["steps"]]
    return {
        "name": method["name"][language],
        "minutes": round(sum(step["minutes"] for step in steps)),
        "steps": steps,
    }


def _step(step: Json, language: str, people: int) -> Json:
    minutes = step["minutes"]
    return {
        "id": step["id"],
        "kind": step["kind"],
        "title": step["title"][language],
        "short": step["short"][language],
        "minutes": minutes["default"] * (people if minutes.get("per_person") else 1),
        "instruction": {key: text[language] for key, text in step["instruction"].items()},
        "script": _text(step, "script", language),
        "stem": _text(step, "stem", language),
        "nudges": [rule["id"] for rule in step.get("rules", ()) if rule.get("level", "nudge") == "nudge"],
        "acting": _acting(step),
        "dots": step.get("scale", {}).get("dots", 3),
    }


def _text(step: Json, key: str, language: str) -> str:
    return step[key][language] if step.get(key) else ""


def _acting(step: Json) -> list[str]:
    """Roles that contribute; "A" means who brings the case and the group, the facilitator only where they join in."""
    roles = {role for actor in step["actors"] for role in ("BC" if actor == "A" else actor)}
    return sorted(roles | ({"F"} if step.get("joins_in") else set()))
