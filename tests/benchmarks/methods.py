"""What is played in the rooms of the bench."""

from typing import Any

MEMBERS = 8


def _text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


OPEN_TALK: dict[str, Any] = {
    "id": "OPEN",
    "version": 1,
    "name": _text("Open talk"),
    "summary": _text("One step in which everybody speaks."),
    "group": {"min": 2, "ideal": 8, "max": 16},
    "licence": "EUPL-1.2",
    "credit": _text("Tafelronde"),
    "steps": [
        {
            "id": "talk",
            "kind": "talk",
            "title": _text("Talk"),
            "short": _text("Talk"),
            "instruction": {"default": _text("Talk.")},
            "actors": ["C"],  # nobody brings a case
            "joins_in": True,
            "minutes": {"default": 600},
        }
    ],
}
NAMELESS: dict[str, Any] = OPEN_TALK | {
    "id": "NAMELESS",
    "steps": [OPEN_TALK["steps"][0] | {"id": "write", "kind": "write", "attribution": "anon"}],
}
