"""A view with its texts, and short ways to ask them."""

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
MOST_NAMES = 4


@dataclass(slots=True)
class Kept:
    """What somebody typed and could not send: the tool's key, its fields, and why. Empty on a plain visit."""

    tool: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    why: str = ""


class Look:
    """One seat's view. `texts` holds phrases by group, the method, and the title of the reader's prepared case."""

    def __init__(self, view: Json, texts: Json, kept: Kept | None = None) -> None:
        self.view, self.texts, self.kept = view, texts, kept or Kept()
        self.placed = False  # whether what was kept found its tool
        self.me: Json = view["me"]
        self.phase: str = view["session"]["phase"]
        self.people = {person["seat"]: person for person in view["people"]}
        self.tools: list[Json] = self.me["tools"]
        skipped = view["session"]["skipped"]
        at = view["step"]
        self.steps: list[Json] = [
            self._played(step, at) for step in texts["method"]["steps"] if step["id"] not in skipped
        ]
        self.step: Json | None = next((step for step in self.steps if at and step["id"] == at["id"]), None)
        outside = len(self.steps) if self.phase in ("closing", "ended") else -1
        self.number = self.steps.index(self.step) if self.step else outside
        left = next((tool["visit"] for tool in self.tools if "visit" in tool), "")
        self.visit: int | str = at["visit"] if at else left  # in closing only who may go back needs it
        self.bringer = self.first(view["session"]["bringer"])
        # While sub-groups are at work: the number of the table where this seat sits, from 1; 0 is everybody's.
        self.small = next(
            (n for n, one in enumerate(view["tables"], 1) if self.me["seat"] in one["seats"]), 0
        )
        # Where sub-groups go through several steps each keeps its own time, and the first table has none to show.
        own_time = self.small or not view["tables"] or (self.step is not None and self.step["apart"])
        self.clock: Json | None = view["clock"] if own_time else None
        self.seat: Json = next(seat for seat in view["seats"] if seat["seat"] == self.me["seat"])

    def _played(self, step: Json, at: Json | None) -> Json:
        """The step with the texts of the module that is played in its place, and as long as was planned since."""
        module = at["module"] if at and at["id"] == step["id"] else None
        played: Json = step | self.texts["method"]["modules"].get(module, {}) | {"id": step["id"]}
        return played | {"minutes": _minutes(played, self.view["session"]["plan"])}

    def step_of(self, step_id: str) -> Json | None:
        """The texts of any step, None for the closing and what a method does not have."""
        return next((step for step in self.steps if step["id"] == step_id), None)

    def word(self, key: str, **params: object) -> str:
        return str(self.texts["words"][key]).format(**params)

    def name(self, seat: int | None) -> str:
        """The full name of a seat; empty for nobody."""
        return str(self.people[seat]["name"]) if seat in self.people else ""

    def first(self, seat: int | None) -> str:
        """The first name of a seat; empty for nobody."""
        return re.sub(r" \S\.$", "", self.people[seat]["short"]) if seat in self.people else ""

    def title(self, role: str) -> str:
        """What a role is called here, in the middle of a sentence."""
        own = self.texts["method"]["titles"].get(role)
        return own.lower() if own else self.word(f"role_{role}")

    def names(self, seats: list[int]) -> str:
        """First names; of many the first three, and how many more."""
        names = [self.first(seat) for seat in seats]
        if len(names) > MOST_NAMES:
            return self.word("and_more", names=", ".join(names[:3]), n=len(names) - 3)
        return ", ".join(names)

    def tool(self, do: str, kind: str | None = None) -> Json | None:
        """The tool of this name (and kind), if this seat has it now."""
        return next(
            (tool for tool in self.tools if tool["do"] == do and kind in (None, tool.get("kind"))), None
        )

    def sees(self, tool: Json) -> str:
        """The promise under an input: who will see this, and under what name."""
        promise = str(self.texts["audiences"][tool["sees"]]).format(name=self.bringer)
        return f"{promise} {self.word('few')}" if tool.get("few") else promise

    def items(self, *kinds: str) -> list[Json]:
        return [item for item in self.view["items"] if item["kind"] in kinds]

    def is_of_now(self, item: Json) -> bool:
        """Whether it is about the case of now, where all take turns to bring one."""
        return item.get("turn") in (None, self.view["session"]["bringer"])

    def typed(self, key: str, text: str = "") -> Json:
        """What stands in the fields of a tool: what was kept of them, else `text`; and what was wrong."""
        if self.kept.tool != key:
            return {"value": text, "error": "", "fields": {}}
        self.placed = True
        return {
            "value": self.kept.fields.get("text", text),
            "error": self.kept.why,
            "fields": self.kept.fields,
        }


def _minutes(step: Json, plan: dict[str, float]) -> float:
    """How long a step takes by the method, or as it was planned anew since."""
    minutes: float = step["minutes"]
    return plan[step["id"]] * step["times"] if step["id"] in plan else minutes
