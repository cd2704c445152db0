"""A method of intervisie as data: what its steps are, who may do what, who sees what and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

KINDS = ("tell", "ask", "write", "round", "talk", "judge", "commit", "pause")
ROLES = ("B", "C", "F", "O", "N")
STANCES = ("listen", "turned", "away")
REVEALS = ("live", "turn", "end", "never", "to:B")
ATTRIBUTIONS = ("named", "alias", "anon")
SCALES = ("pick", "dots", "label", "score", "consent")
EFFECTS = ("case", "role", "module", "question", "gate")
COLLECTS = ("pitch", "text", "question", "intention")
RULES = (
    "clarify_only",
    "open_q",
    "q_only",
    "no_advice",
    "no_reply",
    "no_discussion",
    "third_person",
    "hold_outcome",
    "statements_only_in_reply",
    "yes_and",
    "may_pass",
    "max_words",
)
THREADLESS = frozenset({"no_reply", "no_discussion"})  # rules under which nobody replies to anybody
_COLLECTED = {"ask": "question", "commit": "intention"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a step takes; fractions are fine. `per_person`: the figures are for each actor."""

    default: float
    min: float | None = None
    max: float | None = None
    per_person: bool = False
    end: str = "soft"
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """How many contributions one person makes in a step, and how long one may be."""

    min: int = 0
    max: int | None = None
    max_words: int | None = None


@dataclass(frozen=True, slots=True)
class Turns:
    """`free`, `fixed` (seat order) or `lot`; `seconds` is the advised length of one turn."""

    order: str = "free"
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """An earlier step whose items are read, judged or answered here; `filter` keeps those with this label."""

    step: str
    filter: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How a judge step is answered. `dots` per person; `options` are the labels; `low`..`high` the scores."""

    type: str
    dots: int = 3
    options: tuple[Text, ...] = ()
    low: int = 1
    high: int = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of speech. `nudge`: the screen reminds; `block`: the engine refuses where it can tell."""

    id: str
    level: str = "nudge"


@dataclass(frozen=True, slots=True)
class Side:
    """Private writing by other roles during a step."""

    roles: frozenset[str]
    stem: Text | None = None


@dataclass(frozen=True)
class Step:
    """One step. `instruction` is keyed by role, stance or `floor`, with `default` for the rest."""

    id: str
    kind: str
    title: Text
    short: Text
    instruction: Mapping[str, Text]
    actors: frozenset[str]
    minutes: Minutes
    answerer: frozenset[str] = frozenset()
    stance: Mapping[str, str] = field(default_factory=dict)
    script: Text | None = None
    items: Items = Items()
    stem: Text | None = None
    canvas: str | None = None
    collects: str = "text"
    reveal: str = "live"
    attribution: str = "named"
    turns: Turns = Turns()
    uses: tuple[Use, ...] = ()
    scale: Scale | None = None
    effect: str | None = None
    rules: tuple[Rule, ...] = ()
    side: Side | None = None
    chat: frozenset[str] = frozenset()
    persona: Text | None = None
    group: str | None = None
    repeat: str | None = None
    include: str | None = None
    optional: bool = False
    joins_in: bool = False
    observer: str = "process"

    @cached_property
    def acting(self) -> frozenset[str]:
        """Roles that may contribute here, the answerer not counted. `A` means B and C; F only where it joins in."""
        return self._people(self.actors) | (frozenset("F") if self.joins_in else frozenset())

    @cached_property
    def answering(self) -> frozenset[str]:
        """Roles to whom questions go."""
        return self._people(self.answerer)

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Rules that the engine holds by force."""
        return frozenset(rule.id for rule in self.rules if rule.level == "block")

    @cached_property
    def has_turns(self) -> bool:
        """Whether one actor after the other gets the floor."""
        return self.turns.order != "free"

    @cached_property
    def names_nobody(self) -> bool:
        """Whether contributions go without a name to everybody but their author."""
        return self.attribution != "named"

    @cached_property
    def holds_outcome(self) -> bool:
        """Whether the outcome of the case stays sealed in this step, even for who brought it."""
        return any(rule.id == "hold_outcome" for rule in self.rules)

    @staticmethod
    def _people(roles: frozenset[str]) -> frozenset[str]:
        return (roles - {"A"}) | frozenset("BC") if "A" in roles else roles


@dataclass(frozen=True, slots=True)
class Group:
    """For how many people a method is meant."""

    min: int
    ideal: int
    max: int


@dataclass(frozen=True)
class Method:
    """A whole method, as parsed from its file."""

    id: str
    version: int
    name: Text
    summary: Text
    group: Group
    steps: tuple[Step, ...]
    purpose: tuple[str, ...] = ()
    experience: str = "none"
    loop: str | None = None
    interrupts: tuple[str, ...] = ()
    confidentiality: str = "normal"
    source: tuple[str, ...] = ()
    licence: str = ""
    credit: Text = Text("", "")
    parent: str | None = None

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each step stands, by its id."""
        return {step.id: index for index, step in enumerate(self.steps)}

    @cached_property
    def case_step(self) -> int | None:
        """The place of the step in which the group chooses the case, if there is one."""
        chosen = (index for index, step in enumerate(self.steps) if step.effect == "case")
        return next(chosen, None)

    def step(self, step_id: str) -> Step:
        """The step with this id. Raises KeyError."""
        return self.steps[self.positions[step_id]]


def collected_by(kind: str) -> str:
    """What kind of item a step of this kind collects if its file does not say."""
    return _COLLECTED.get(kind, "text")


def total_minutes(method: Method, people: int | None = None) -> float:
    """Minutes of all steps together; `people` (actors) counts for steps timed per person, ideal size if unsaid."""
    count = people if people is not None else method.group.ideal
    return sum(step.minutes.default * (count if step.minutes.per_person else 1) for step in method.steps)
