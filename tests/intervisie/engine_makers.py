"""Methods by number: first all that are shipped, then made-up ones that the linter has nothing against."""

from functools import cache
from itertools import count
from random import Random
from typing import Any

from intervisie.engine import Method, lint, load_shipped, parse
from intervisie.engine.method import KINDS
from tests.intervisie.engine_support import make_step, method_json

Json = dict[str, Any]
WORDS = {"nl": "woorden", "en": "words"}
LABELS = [{"id": name} | WORDS for name in ("hot", "mild", "cold")]
OWN_CANVAS = {
    "id": "own",
    "name": WORDS,
    "layout": "columns",
    "fields": [
        {"id": "what", "label": WORDS},
        {"id": "which", "label": WORDS, "options": [{"id": "left"} | WORDS, {"id": "right"} | WORDS]},
    ],
}
CANVASES = ["core_quadrant", "five_conditions", "self_other", OWN_CANVAS]
SILENT = ("listen", "turned", "away")


def shipped() -> list[str]:
    return sorted(load_shipped())


@cache
def method_of(seed: int) -> Method:
    """The shipped methods have the first numbers."""
    names = shipped()
    return load_shipped()[names[seed]] if seed < len(names) else made_up(seed)


def made_up(seed: int) -> Method:
    """A sound method with whatever attributes the seed brings."""
    for attempt in count():
        method = parse(_method(Random(f"{seed}.{attempt}")))
        if not lint(method):
            return method
    raise AssertionError


def _method(draw: Random) -> Json:
    """A method in three parts: how a case is found, what is done with it, and how the bringer comes back."""
    maker = _Maker(draw)
    more = maker.beginning()
    for _ in range(draw.randint(1, 4)):
        maker.add()
    if draw.random() < 0.35 and "loop" not in more:
        more |= maker.modules()
    maker.step(draw.choice(("tell", "commit", "round")), actors=[draw.choice(("A", "B"))])
    maker.tie_up()
    return method_json(*maker.steps) | more | {"interrupts": draw.choice(([], ["meta"]))}


class _Maker:
    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.steps: list[Json] = []
        self.started = (
            0  # the place of the first step of a loop in sub-groups: what lies before is another table's
        )
        self.loop = False

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    # The parts

    def beginning(self) -> Json:
        """How it becomes clear whose case it will be: by vote, by turn, or not here."""
        way = self.draw.choice(("pitch", "vote", "cast", "loop", "groups", "none", "none"))
        if way == "pitch":
            kind = self.draw.choice(("round", "write"))
            made = self.step(kind, collects="pitch", actors=["A"], items={"max": self.draw.randint(1, 2)})
            self._judge("case", uses=[{"step": made["id"]}])
        if way == "vote":
            self._judge("case", collects="pitch", actors=["A"])
        if way == "cast":
            self._judge("role", casts=self.draw.sample(["B", "F", "N", "T"], self.draw.randint(1, 4)))
        if way not in ("loop", "groups"):
            return {}
        self.loop = True
        if self.chance(0.4):
            self.step(self.draw.choice(("pause", "round", "talk")), actors=["A"])
        first = self.step("tell", actors=["B"])
        if way == "loop":
            return {"loop": {"start": first["id"]}}
        self.started = len(self.steps) - 1
        return {"loop": {"start": first["id"], "group": {"min": 2, "max": self.draw.randint(2, 3)}}}

    def add(self) -> None:
        """One step more, or a few that belong together."""
        way = self.draw.choice(("plain",) * 6 + ("labels", "question", "gate", "told", "items", "canvas"))
        if way == "labels":
            made = self._judged()
            judge = self._judge(None, scale={"type": "label", "labels": LABELS}, uses=[{"step": made["id"]}])
            self.step(self._kind(), uses=[{"step": judge["id"], "filter": self.draw.choice(("hot", "cold"))}])
        elif way == "question":
            made = self._judged()
            judge = self._judge("question", uses=[{"step": made["id"]}])
            if judge["scale"]["type"] != "consent" and self.chance(0.6):
                self.step(self._kind(), uses=[{"step": judge["id"], "filter": "chosen"}])
        elif way == "gate":
            made = self._judged()
            self._judge(
                "gate", scale={"type": "consent"}, gate=made["id"], uses=[{"step": made["id"]}], actors=["A"]
            )
        elif way == "told":
            self.step(self.draw.choice(("tell", "write", "talk")), effect="question", reveal="live")
        elif way == "items":
            made = self._judged()
            self.step(self.draw.choice(("talk", "ask", "write")), repeat="item", uses=[{"step": made["id"]}])
        elif way == "canvas":
            self._judge(None, canvas=self.draw.choice(CANVASES), scale=self._scale())
        else:
            self.step(self.draw.choice(KINDS))

    def modules(self) -> Json:
        """A vote on modules, and the step that plays the one that was chosen."""
        kinds = self.draw.sample(("talk", "round", "write", "ask", "tell"), 2)
        found = []
        for number, kind in enumerate(kinds):
            module = self._made(kind, f"module{number}")
            for key in ("uses", "group", "optional", "effect", "repeat", "names_at"):
                module.pop(key, None)
            if module.get("reveal") in ("step:", "turn"):
                module["reveal"] = "end"
            found.append(module)
        self._judge("module", actors=["A"])
        self.step(self.draw.choice(("talk", "round")), include=True)
        return {"modules": found}

    def tie_up(self) -> None:
        """What points to a later step gets one to point to; the linter sorts out the rest."""
        for place, step in enumerate(self.steps):
            later = [one["id"] for one in self.steps[place + 1 :]]
            if step.get("reveal") == "step:":
                step["reveal"] = f"step:{self.draw.choice(later)}" if later else "end"
            if step.get("names_at") == "later":
                step["names_at"] = self.draw.choice(later) if later else None
                if step["names_at"] is None:
                    del step["names_at"]
            if step.get("reveal") == "turn" and later:
                reader = next((o for o in self.steps[place + 1 :] if o["kind"] == "round"), None)
                if reader is not None and not reader.get("repeat"):
                    reader["uses"] = [*reader.get("uses", []), {"step": step["id"]}]

    # Steps

    def _kind(self) -> str:
        return self.draw.choice(("talk", "write", "ask", "round", "tell"))

    def _judged(self) -> Json:
        """A step that makes what a later one judges."""
        kind = self.draw.choice(("write", "talk", "round"))
        return self.step(kind, actors=["A"], reveal=self.draw.choice(("live", "end")), stance={})

    def step(self, kind: str, **more: Any) -> Json:
        if kind == "judge":
            return self._judge(None, collects="text", actors=["A"])
        made = self._made(kind, f"s{len(self.steps)}", **more)
        self.steps.append(made)
        return made

    def _judge(self, effect: str | None, **more: Any) -> Json:
        voters = ["A"] if effect else self.draw.choice((["A"], ["A"], ["C"], ["B"]))
        step = make_step("judge", f"s{len(self.steps)}", actors=voters, observer=self._observer())
        if effect == "question":
            step["scale"] = self.draw.choice(
                ({"type": "pick"}, {"type": "dots", "dots": 2}, {"type": "consent"})
            )
        elif effect:
            step["scale"] = self.draw.choice(({"type": "pick"}, {"type": "dots", "dots": 2}))
        else:
            step["scale"] = self._scale()
        if effect:
            step["effect"] = effect
        step |= more
        if step["actors"] == ["A"] and step["scale"]["type"] not in ("pick", "dots") and self.chance(0.3):
            step["scale"] = step["scale"] | {"apart": True}
        if step.get("collects") != "pitch" and self.chance(0.3):
            step["attribution"] = "anon"
        self.steps.append(step)
        return step

    def _scale(self) -> Json:
        return self.draw.choice(
            (
                {"type": "score", "low": 1, "high": 4},
                {"type": "label", "labels": LABELS},
                {"type": "consent"},
                {"type": "pick"},
                {"type": "dots", "dots": 3},
            )
        )

    def _observer(self) -> str:
        return self.draw.choice(("process", "process", "content"))

    def _made(self, kind: str, step_id: str, **more: Any) -> Json:
        step = make_step(kind, step_id, observer=self._observer())
        draw = self.draw
        if kind in ("write", "talk", "round"):
            step["actors"] = draw.choice((["A"], ["A"], ["C"], ["B"], ["A", "N"]))
        if kind == "ask" and self.chance(0.4):
            step |= draw.choice(({"actors": ["A"], "answerer": ["A"]}, {"actors": ["C", "F"]}))
        step |= {key: value for key, value in more.items() if key in ("actors", "answerer")}
        self._silence(step)
        self._promise(step)
        self._turns(step)
        self._writing(step)
        self._more(step)
        return step | more

    def _acting(self, step: Json) -> set[str]:
        named = set(step["actors"]) | set(step.get("answerer", []))
        return named | set("BC") if "A" in named else named

    def _silence(self, step: Json) -> None:
        silent = [role for role in "BCNO" if role not in self._acting(step)]
        if silent and step["kind"] not in ("pause", "tell") and self.chance(0.6):
            step["stance"] = {
                draw_role: self.draw.choice(SILENT) for draw_role in silent[: self.draw.randint(1, 2)]
            }

    def _promise(self, step: Json) -> None:
        """When it opens, and under what name: nothing else than at once where somebody is turned or away."""
        draw, kind = self.draw, step["kind"]
        hushed = {"turned", "away"} & set(step.get("stance", {}).values())
        if kind in ("write", "talk", "ask") and not hushed:
            step["reveal"] = draw.choice(
                ("live", "live", "live", "end", "end", "turn", "never", "step:", "to:B")
            )
        if kind in ("write", "talk") and step.get("reveal", "live") != "turn":
            step["attribution"] = draw.choice(("named", "anon", "anon", "alias"))
        elif kind != "pause" and step.get("reveal", "live") != "turn" and self.chance(0.2):
            step["attribution"] = draw.choice(("anon", "alias"))
        nameless = step.get("attribution", "named") != "named"
        if step.get("attribution") == "alias" and (
            hushed or step.get("reveal", "live") not in ("live", "end")
        ):
            step["attribution"] = "anon"
        if nameless and step.get("reveal") == "end" and self.chance(0.5):
            step["names_at"] = "later"

    def _turns(self, step: Json) -> None:
        kind = step["kind"]
        nameless = step.get("attribution", "named") != "named"
        if kind == "round" and nameless:
            step["turns"] = {"order": "free"}
        elif kind in ("round", "ask", "tell", "talk") and not nameless:
            orders = ("fixed", "lot", "free") if kind in ("round", "ask") else ("free", "free", "free", "lot")
            step["turns"] = {"order": self.draw.choice(orders)}
            if self.chance(0.4):
                step["turns"]["seconds"] = 90
        if kind == "round" and step["turns"]["order"] != "free" and self.chance(0.3):
            step |= {"repeat": "member", "items": {"max": 3}}
        if kind == "round" and self.chance(0.2) and "B" not in step.get("stance", {}):
            step["answerer"] = ["B"]

    def _writing(self, step: Json) -> None:
        draw, kind = self.draw, step["kind"]
        if kind == "pause":
            return
        if "items" not in step and self.chance(0.5):
            step["items"] = {"max": draw.randint(1, 2)}
        if self.chance(0.2):
            step["items"] = step.get("items", {}) | {"max_words": 6}
            step["rules"] = [{"id": "max_words", "level": "block"}]
        if kind in ("ask", "write") and self.chance(0.2):
            rule = draw.choice(("q_only", "open_q", "statements_only_in_reply"))
            step["rules"] = [*step.get("rules", []), {"id": rule, "level": "block"}]
        if kind == "talk" and self.chance(0.3):
            step["rules"] = [*step.get("rules", []), {"id": "no_reply", "level": "block"}]
        if kind in ("write", "talk", "round", "tell") and self.chance(0.2):
            step["canvas"] = draw.choice(CANVASES)
        if kind in ("write", "talk", "round") and self.chance(0.2):
            step["collects"] = "question"
        if kind != "judge" and step.get("attribution", "named") == "named" and self.chance(0.25):
            step["persona"] = draw.choice(
                ({"speaks": {"C": WORDS}}, {"choose": ["C"]}, {"speaks": {"B": WORDS}, "choose": ["C"]})
            )

    def _more(self, step: Json) -> None:
        """What stands beside the step, who else is in it, and how it is left."""
        draw = self.draw
        beside = [
            r
            for r in "BCNO"
            if r not in self._acting(step) and step.get("stance", {}).get(r) in (None, "listen")
        ]
        if beside and self.chance(0.4):
            step["side"] = {"roles": [draw.choice(beside)], "reveal": draw.choice(("never", "end", "to:B"))}
        hushed = {role for role, stance in step.get("stance", {}).items() if stance != "listen"}
        step["chat"] = [one for one in draw.choice(("", "", "CF", "CN", "OC", "BCF")) if one not in hushed]
        step["joins_in"] = self.chance(0.2) and "F" not in step["actors"]
        step["minutes"] = {
            "default": 1,
            "end": draw.choice(("soft", "soft", "hard")),
            "per_person": self.chance(0.2),
            "min": 0.5,
            "max": 2,
        }
        step["advance"] = draw.choice(("lead", "lead", "lead", "ready", "clock"))
        step["optional"] = self.chance(0.2) and bool(self.steps)
        if not self.loop and step["kind"] not in ("pause", "commit") and self.chance(0.15):
            step["group"] = {"min": 2, "max": draw.randint(2, 3)}
        earlier = [one["id"] for one in self.steps[self.started :] if not one.get("group")]
        if earlier and self.chance(0.4):
            step["uses"] = [{"step": draw.choice(earlier)}]
