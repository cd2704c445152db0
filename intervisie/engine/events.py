"""Facts: what happened, in the past tense. The log of a session is a row of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intervisie.engine import codec
from intervisie.engine.method import Method
from intervisie.engine.state import CaseText, Item, Person, Stop


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `kind` (in KINDS) names it in the log."""


Events = list[Event]


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """A session was opened, its people in the lobby. `chosen`: the seat whose case was chosen beforehand."""

    method: Method
    people: tuple[Person, ...]
    cases: Mapping[int, CaseText] = field(default_factory=dict)
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Joined(Event):
    """Somebody was let in, came back, or is described anew."""

    person: Person
    case: CaseText | None = None


@dataclass(frozen=True, slots=True)
class Removed(Event):
    """Somebody left or lost access."""

    seat: int


@dataclass(frozen=True, slots=True)
class Agreed(Event):
    """Somebody accepted the agreement on confidentiality."""

    seat: int


@dataclass(frozen=True, slots=True)
class Entered(Event):
    """A table began a visit of a step (`index`); it starts the session if that was still in the lobby.

    `focus`: the item for which the step is played this time. `until`: when the session should be over.
    """

    table: int
    index: int
    at: int
    total: int
    back: bool = False
    lots: tuple[int, ...] = ()
    options: tuple[str, ...] = ()
    focus: str | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Parted(Event):
    """Sub-groups went to tables of their own (from number 1 on), up to and with the step at `until`."""

    groups: tuple[tuple[int, ...], ...]
    until: int


@dataclass(frozen=True, slots=True)
class Seated(Event):
    """Somebody who came while sub-groups were at work sat down with one of them."""

    seat: int
    table: int


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """A sub-group is through with its steps."""

    table: int
    at: int


@dataclass(frozen=True, slots=True)
class Gathered(Event):
    """All are back at the first table."""


@dataclass(frozen=True, slots=True)
class BringerTurned(Event):
    """It is the next one's turn to bring, or (`back`) the last one's again."""

    table: int
    seat: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class LoopClosed(Event):
    """The loop ends here: these seats bring no more."""

    table: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Closed(Event):
    """The last step is over; what is left is what everybody takes away."""

    table: int
    at: int


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The session is over: nothing changes any more."""


@dataclass(frozen=True, slots=True)
class ClockMoved(Event):
    """The clock was given time, stopped, started, or ran out with a hard end (`locked`)."""

    table: int
    ends: int | None
    left: int | None
    total: int
    locked: bool = False


@dataclass(frozen=True, slots=True)
class FloorMoved(Event):
    """The floor went from somebody to somebody. `how`: `said`, `passed`, or `kept` (their turn is still to come)."""

    table: int
    frm: int | None
    how: str
    to: int | None
    at: int = 0


@dataclass(frozen=True, slots=True)
class CaseChosen(Event):
    """Whose case it is; `item` is the pitch that won, None when it was chosen beforehand."""

    table: int
    seat: int
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Settled(Event):
    """A vote was settled on this option; where roles are given out, for the role that it names."""

    table: int
    item: str


@dataclass(frozen=True, slots=True)
class ModuleChosen(Event):
    """Which module is played where the method includes one."""

    table: int
    module: str


@dataclass(frozen=True, slots=True)
class QuestionPut(Event):
    """The question on the table was put anew."""

    table: int
    text: str


@dataclass(frozen=True, slots=True)
class Labelled(Event):
    """What a label scale gave to each item."""

    labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Appointed(Event):
    """Somebody got a role or a duty (`what`), or, in the lobby, is the one who brings the case."""

    seat: int
    what: str


@dataclass(frozen=True, slots=True)
class Replanned(Event):
    """Other minutes for steps to come, steps left out, another end."""

    plan: Mapping[str, float] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    until: int | None = None


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """`frm` is None where the lead had left. `lent`: until `frm` is back."""

    frm: int | None
    to: int
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Said(Event):
    """Somebody contributed; the item carries the promise of its moment."""

    item: Item


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """An author changed the text of an item."""

    item: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """An author took an item back."""

    item: str


@dataclass(frozen=True, slots=True)
class Revealed(Event):
    """Items that waited are open now; with `missed`, also to those who were away when they were made; with `named`,
    under their authors' names from now on, as was announced."""

    items: tuple[str, ...]
    missed: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Readied(Event):
    """Somebody is ready to go on, or is not any more."""

    seat: int
    on: bool


@dataclass(frozen=True, slots=True)
class Voted(Event):
    """Somebody judged an option; 0 took it back."""

    seat: int
    item: str
    value: int


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """Somebody gave a stop signal."""

    stop: Stop


@dataclass(frozen=True, slots=True)
class StopCleared(Event):
    """A stop signal was dealt with."""

    stop: str


@dataclass(frozen=True, slots=True)
class Unsealed(Event):
    """The bringer opened the outcome of the case."""

    table: int


KINDS: dict[str, type[Event]] = {
    "opened": Opened,
    "joined": Joined,
    "removed": Removed,
    "agreed": Agreed,
    "entered": Entered,
    "parted": Parted,
    "seated": Seated,
    "finished": Finished,
    "gathered": Gathered,
    "bringer_turned": BringerTurned,
    "loop_closed": LoopClosed,
    "closed": Closed,
    "ended": Ended,
    "clock_moved": ClockMoved,
    "floor_moved": FloorMoved,
    "case_chosen": CaseChosen,
    "settled": Settled,
    "module_chosen": ModuleChosen,
    "question_put": QuestionPut,
    "labelled": Labelled,
    "appointed": Appointed,
    "replanned": Replanned,
    "handed_over": HandedOver,
    "said": Said,
    "edited": Edited,
    "withdrawn": Withdrawn,
    "revealed": Revealed,
    "readied": Readied,
    "voted": Voted,
    "stopped": Stopped,
    "stop_cleared": StopCleared,
    "unsealed": Unsealed,
}
_NAMES: dict[type[Event], str] = {event: kind for kind, event in KINDS.items()}


def event_kind(event: Event) -> str:
    """The name of an event in the log."""
    return _NAMES[type(event)]


def event_to_json(event: Event) -> dict[str, object]:
    """The event as a JSON object; `kind` says which."""
    return {"kind": event_kind(event), **codec.encode(event)}


def event_from_json(data: Mapping[str, object]) -> Event:
    """The event in this JSON object. Raises ValueError for an unknown kind or a shape that does not fit."""
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"unknown event kind {kind!r}")
    return codec.decode(KINDS[kind], {key: value for key, value in data.items() if key != "kind"})
