"""Frames that no honest client sends, drawn by chance: what cannot be read, and commands of who may not give them."""

import json
import random
import string
import uuid
from collections.abc import Callable
from typing import Any

# What a listening participant may do is forged only so that it cannot be meant.
HARMLESS = {"stop": "anonymous", "aside": "text", "ready": "on"}
WORDS = [
    "next",
    "skip",
    "close",
    "anyway",
    "lot",
    "turn",
    "bringer",
    "facilitator",
    "member",
    "overrun",
    "meta",
]
LETTERS = (
    string.printable.translate({ord("["): "", ord("{"): ""}) + "é\0\u202e😀"
)  # brackets count as nesting


class Forger:
    """The same frames for the same `seed`. `arguments` by command, `items` and `seats` that really exist."""

    def __init__(
        self, seed: int, arguments: dict[str, list[str]], items: list[str], seats: list[int]
    ) -> None:
        self.chance = random.Random(seed)
        self.arguments, self.items, self.seats = arguments, items, seats

    def command(self) -> dict[str, Any]:
        """A frame that can be read: a command with arguments that fit, nearly fit, or are anything at all."""
        do = self.chance.choice([*self.arguments, "remove", "open", "join", "lend", "", "__init__"])
        frame: dict[str, Any] = {"t": "do", "id": str(uuid.UUID(int=self.chance.getrandbits(128), version=4))}
        frame["do"] = do if self.chance.random() < 0.97 else self.junk()
        for name in self.arguments.get(do, ()):
            if self.chance.random() < 0.8:
                frame[name] = self.fitting(name) if self.chance.random() < 0.7 else self.junk()
        for name in ("seat", "by", "made_in", "visit", "user_id", "role", "text", "kind"):
            if name not in self.arguments.get(do, ()) and self.chance.random() < 0.15:
                frame[name] = self.junk()
        if do in HARMLESS:
            frame[HARMLESS[do]] = self.chance.choice([7, None, [], {}, "\0", {"a": 1}])
        return frame

    def fitting(self, name: str) -> Any:
        """A value as an honest client could send it for this argument."""
        values: dict[str, Callable[[], Any]] = {
            "text": lambda: "Dit zeg ik niet.",
            "item": lambda: self.chance.choice(self.items),
            "parent": lambda: self.chance.choice([*self.items, None]),
            "to": lambda: self.chance.choice([*self.seats, None]),
            "visit": lambda: self.chance.choice([0, 1, 2, 3, 1_000_000]),
            "value": lambda: self.chance.randint(0, 100),
            "minutes": lambda: self.chance.choice([1, 2, 5]),
            "on": lambda: self.chance.random() < 0.5,
            "case": lambda: self.chance.random() < 0.5,
            "date": lambda: "2027-02-28",
            "fields": lambda: {"who": "ik", "how": self.chance.choice(["much", "none"])},
        }
        return values[name]() if name in values else self.chance.choice(WORDS)

    def junk(self, depth: int = 0) -> Any:
        """Any JSON value, not too deep."""
        made: list[Callable[[], Any]] = [
            lambda: self.chance.choice([None, True, False, 0, -1, 1.5, 1e308, 10**30, -(2**63)]),
            lambda: "".join(self.chance.choices(LETTERS, k=self.chance.randint(0, 40))),
            lambda: "\ud800" + self.chance.choice(self.items),
            lambda: "x" * self.chance.choice([65, 4001, 5000]),
        ]
        if depth < 3:
            made.append(lambda: [self.junk(depth + 1) for _ in range(self.chance.randint(0, 3))])
            made.append(
                lambda: {str(self.junk(3)): self.junk(depth + 1) for _ in range(self.chance.randint(0, 3))}
            )
        return self.chance.choice(made)()

    def unreadable(self) -> str | bytes:
        """A frame that is none."""
        whole = json.dumps(self.command())
        made: list[Callable[[], str | bytes]] = [
            lambda: self.chance.randbytes(self.chance.randint(0, 60)),
            lambda: whole[: self.chance.randint(0, len(whole) - 1)],
            lambda: "".join(self.chance.choices(string.printable, k=self.chance.randint(1, 80))),
            lambda: json.dumps(self.chance.choice([None, 7, "do", [whole], [[]], True])),
            lambda: json.dumps({"t": self.chance.choice([None, 7, [], {}, "D", "hello", "d", "no", ""])}),
            lambda: json.dumps({"t": "do", "id": self.chance.choice([None, 7, "", "x", [], {}, "é" * 36])}),
            lambda: self.chance.choice('[{"') * self.chance.randint(9, 3000),
            lambda: '{"t":"do","id":"' + str(uuid.UUID(int=1)) + '","do":' + "9" * 5000 + "}",
            lambda: json.dumps({"t": "do", "do": "say", "text": "x" * 70_000}),
        ]
        return self.chance.choice(made)()
