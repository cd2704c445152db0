"""A method of intervisie as data: what its steps are, who may do what, who sees what and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

KINDS = ("tell", "ask", "write", "round", "talk", "judge", "commit", "pause")
ROLES = ("B", "C", "F", "O", "N")
STANCES = ("listen", "turned", "away")
REVEALS = ("live", "turn", "end", "never", "to:B")
ATTRIBUTIONS = ("named", "alias", "anon")
SCALES = ("pick", "dots", "label", "score", "consent")
EFFECTS = ("case", "role", "module", "question", "gate")
COLLECTS = ("pitch", "text", "question", "intention")
ADVANCES = ("lead", "ready", "clock")
REPEATS = ("member", "item")
CASTS = ("B", "F", "N", "T")
INTERRUPTS = ("meta",)
SIDE_REVEALS = ("never", "end", "to:B")
CHOSEN = "chosen"  # the filter that keeps what a judge step decided on
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
QUESTIONS = frozenset(
    {"q_only", "open_q", "statements_only_in_reply"}
)  # by force: what starts a thread asks something
FORCED = THREADLESS | QUESTIONS | {"max_words", "hold_outcome"}  # rules that the engine can hold by force
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
    """An earlier step whose items are read, judged or answered here.

    `filter` keeps what a judge step gave this label (its id), or, with "chosen", what it decided on; `step` names the
    judge step then.
    """

    step: str
    filter: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a label scale; filters name it by its id."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """How a judge step is answered. `dots` per person; `labels` from the first (value 1) on; `low`..`high` the scores.

    `apart`: the bringer's answers are counted beside those of the group, under the bringer's name.
    """

    type: str
    dots: int = 3
    labels: tuple[Label, ...] = ()
    low: int = 1
    high: int = 5
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of speech. `nudge`: the screen reminds; `block`: the engine refuses where it can tell."""

    id: str
    level: str = "nudge"


@dataclass(frozen=True, slots=True)
class Side:
    """Writing by other roles during a step, beside it: for ever their own, open at its end, or for the bringer alone."""

    roles: frozenset[str]
    stem: Text | None = None
    reveal: str = "never"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a canvas; with `options` (by id) it is chosen from, else written in.

    `asks`: the sign under which what is written here is part of the question, where a step puts the question.
    """

    id: str
    label: Text
    hint: Text | None = None
    options: tuple[Label, ...] = ()
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A form with a picture. With `cells` a contribution fills one field, else one form with as many as one likes.

    `layout` says how it is drawn; it changes no rule.
    """

    id: str
    name: Text
    layout: str
    fields: tuple[Field, ...]
    cells: bool = False

    def field(self, field_id: str) -> Field | None:
        """The field with this id, None where there is none."""
        return next((one for one in self.fields if one.id == field_id), None)

    def question(self, filled: Mapping[str, str]) -> str:
        """The question in what was written here, a line for each field that is part of it; "" where there is none."""
        lines = [f"{one.asks}: {filled[one.id]}" for one in self.fields if one.asks and filled.get(one.id)]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Persona:
    """As whom a role speaks in a step (`speaks`); roles in `choose` say themselves as whom."""

    speaks: Mapping[str, Text] = field(default_factory=dict)
    choose: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Circle:
    """How large the sub-groups are: as few of them as fit, evenly filled."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Loop:
    """The steps from `start` on are played for every member as bringer in turn; with `group` in sub-groups."""

    start: str
    group: Circle | None = None


@dataclass(frozen=True)
class Step:
    """One step. `instruction` is keyed by role, stance or `floor`, with `default` for the rest.

    `collecting`: a judge step in which people also contribute what is judged. `names_at`: the step in which
    contributions made without a name get one. `gate`: where an objection leads back to. `casts`: roles that a judge
    step gives out. `include`: the module that was chosen is played in the place of this step.
    """

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
    canvas: Canvas | None = None
    collects: str = "text"
    collecting: bool = False
    reveal: str = "live"
    attribution: str = "named"
    names_at: str | None = None
    turns: Turns = Turns()
    uses: tuple[Use, ...] = ()
    scale: Scale | None = None
    effect: str | None = None
    rules: tuple[Rule, ...] = ()
    side: Side | None = None
    chat: frozenset[str] = frozenset()
    persona: Persona | None = None
    group: Circle | None = None
    repeat: str | None = None
    gate: str | None = None
    casts: tuple[str, ...] = ()
    include: bool = False
    optional: bool = False
    joins_in: bool = False
    advance: str = "lead"
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
    def takes(self) -> frozenset[str]:
        """Roles that may write something in this step, the side aside."""
        if self.kind == "pause" or (self.kind == "judge" and not self.collecting):
            return frozenset()
        return self.acting | self.answering

    @cached_property
    def has_turns(self) -> bool:
        """Whether one actor after the other gets the floor."""
        return self.turns.order != "free"

    @cached_property
    def names_nobody(self) -> bool:
        """Whether contributions go without a name to everybody but their author."""
        return self.attribution != "named"

    @cached_property
    def hides_names(self) -> bool:
        """Whether somebody gets contributions without a name: everybody, or who is turned."""
        return self.names_nobody or "turned" in self.stance.values()

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
    """A whole method, as parsed from its file. `titles`: what a role is called here, such as a coach for F."""

    id: str
    version: int
    name: Text
    summary: Text
    group: Group
    steps: tuple[Step, ...]
    purpose: tuple[str, ...] = ()
    experience: str = "none"
    loop: Loop | None = None
    interrupts: tuple[str, ...] = ()
    modules: tuple[Step, ...] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)
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

    @cached_property
    def loop_start(self) -> int | None:
        """The place of the first step that is played for each member, if there is one."""
        return self.positions[self.loop.start] if self.loop else None

    @cached_property
    def finds_bringer(self) -> bool:
        """Whether the method itself says whose case it will be: by a choice, by casting, or because all take turns."""
        return self.loop is not None or any(s.effect == "case" or "B" in s.casts for s in self.steps)

    @cached_property
    def needs_bringer(self) -> bool:
        """Whether anybody has to bring a case at all."""
        return any("B" in step.actors | step.answerer for step in self.steps)

    @cached_property
    def _modules(self) -> Mapping[tuple[str, str], Step]:
        """What each step that includes a module is, per module: that module, under the step's own id."""
        return {
            (step.id, module.id): replace(module, id=step.id)
            for step in self.steps
            if step.include
            for module in self.modules
        }

    def played(self, step: Step, module: str | None) -> Step:
        """The step as it is played where this module was chosen."""
        return step if module is None or not step.include else self._modules.get((step.id, module), step)

    def step(self, step_id: str) -> Step:
        """The step with this id. Raises KeyError."""
        return self.steps[self.positions[step_id]]


def collected_by(kind: str) -> str:
    """What kind of item a step of this kind collects if its file does not say."""
    return _COLLECTED.get(kind, "text")


def total_minutes(method: Method, people: int | None = None) -> float:
    """Minutes of all steps together; `people` (actors) counts for steps timed per person, ideal size if unsaid.

    Steps that are played for each member count that often; in sub-groups, as often as one of these has members.
    """
    count = people if people is not None else method.group.ideal
    return sum(
        step.minutes.default * (count if step.minutes.per_person else 1) * turns_of(method, index, count)
        for index, step in enumerate(method.steps)
    )


def turns_of(method: Method, index: int, people: int) -> int:
    """How often the step at this place is played by so many members."""
    if method.loop is None or method.loop_start is None or index < method.loop_start:
        return 1
    return max(1, people if method.loop.group is None else max(shares(people, method.loop.group), default=1))


def shares(people: int, circle: Circle) -> list[int]:
    """How many people sit in each sub-group: as few groups as fit, evenly filled, the largest first."""
    groups = max(1, -(-people // circle.max))
    return [people // groups + (place < people % groups) for place in range(groups)] if people else []
