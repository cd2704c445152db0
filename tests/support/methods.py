"""Methods as JSON for tests: the shipped ones, and one open step to talk in."""

from typing import Any

from intervisie import engine

OPEN_TALK: dict[str, Any] = {
    "id": "PROEF",
    "version": 1,
    "name": {"nl": "Proefgesprek", "en": "Test talk"},
    "summary": {"nl": "Eén open stap.", "en": "One open step."},
    "group": {"min": 2, "ideal": 8, "max": 16},
    "source": "eigen",
    "licence": "EUPL-1.2",
    "credit": "Tafelronde",
    "steps": [
        {
            "id": "talk",
            "kind": "talk",
            "actors": ["A"],
            "joins_in": True,
            "title": {"nl": "Praten", "en": "Talk"},
            "instruction": {"default": {"nl": "Praat vrij.", "en": "Talk freely."}},
            "minutes": {"default": 60},
        }
    ],
}


def method_json(method_id: str) -> dict[str, Any]:
    """The file of a shipped method, or OPEN_TALK for "PROEF". Raises KeyError for an unknown id."""
    return OPEN_TALK if method_id == "PROEF" else engine.shipped_json(method_id)
