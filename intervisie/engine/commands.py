"""Wishes. Those of people carry the seat that wishes; whether they come true is for the machine to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intervisie.engine.method import Method
from intervisie.engine.state import CaseText, Person


@dataclass(frozen=True, slots=True)
class Open:
    """System: begin a session. `chosen` is the seat whose case was chosen beforehand."""

    method: Method
    people: tuple[Person, ...]
    cases: Mapping[int, CaseText] = field(default_factory=dict)
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """System: somebody was let in after the session was opened, came back, or is described anew."""

    person: Person
    case: CaseText | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """System: somebody left or lost access."""

    seat: int


@dataclass(frozen=True, slots=True)
class Lend:
    """System: the line of a facilitator has been down for a while; `here` are the seats with a line."""

    seat: int
    here: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Restore:
    """System: somebody whose lead was lent out is back."""

    seat: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What one seat wants. `made_in` is the visit for which it was made, where that was said."""

    seat: int
    made_in: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Agree(Wish):
    """Accept the agreement on confidentiality."""


@dataclass(frozen=True, slots=True)
class Start(Wish):
    """Begin with the first step."""


@dataclass(frozen=True, slots=True)
class Advance(Wish):
    """Leave this visit for the next step. `how`: `next`; `skip`, to leave out the optional step after it; `anyway`,
    whatever the vote says; `close`, to end a loop before everybody had their turn."""

    visit: int
    how: str = "next"


@dataclass(frozen=True, slots=True)
class Back(Wish):
    """Leave this visit for the step before it."""

    visit: int


@dataclass(frozen=True, slots=True)
class Extend(Wish):
    """Give minutes to the step."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Pause(Wish):
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume(Wish):
    """Let the clock run again."""


@dataclass(frozen=True, slots=True)
class GiveFloor(Wish):
    """Give the floor to a seat, or to the next in turn."""

    to: int | None


@dataclass(frozen=True, slots=True)
class Choose(Wish):
    """Settle a vote: on this option, or by `lot` or by whose `turn` it is."""

    item: str | None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class HandOver(Wish):
    """Make somebody else the facilitator."""

    to: int


@dataclass(frozen=True, slots=True)
class Appoint(Wish):
    """Give somebody a role or a duty (`what`). In the lobby also who brings the case, who may be drawn (`by`)."""

    to: int | None
    what: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Replan(Wish):
    """Late: `shorten` what is to come, `skip` what is optional, or `overrun`."""

    choice: str


@dataclass(frozen=True, slots=True)
class End(Wish):
    """Close the session for good."""


@dataclass(frozen=True, slots=True)
class Say(Wish):
    """Contribute. `case`: the pitch is about the case this seat prepared. `date`: until when, for an intention.

    `fields`: what is written in the fields of the step's canvas. `persona`: as whom.
    """

    text: str = ""
    parent: str | None = None
    date: str | None = None
    case: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    persona: str | None = None


@dataclass(frozen=True, slots=True)
class Edit(Wish):
    """Change the text, or the fields, of an own contribution."""

    item: str
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdraw(Wish):
    """Take an own contribution back."""

    item: str


@dataclass(frozen=True, slots=True)
class Pass(Wish):
    """Let one's turn go by."""


@dataclass(frozen=True, slots=True)
class Ready(Wish):
    """Say that one is ready to go on, or not yet."""

    on: bool


@dataclass(frozen=True, slots=True)
class Vote(Wish):
    """Judge an item; 0 takes it back."""

    item: str
    value: int


@dataclass(frozen=True, slots=True)
class Note(Wish):
    """Write something down for oneself."""

    text: str


@dataclass(frozen=True, slots=True)
class Aside(Wish):
    """Write beside the step."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark(Wish):
    """Mark a line that touches."""

    item: str
    on: bool


@dataclass(frozen=True, slots=True)
class Chat(Wish):
    """Say something beside the step."""

    text: str


@dataclass(frozen=True, slots=True)
class RaiseStop(Wish):
    """Give a stop signal, or ask to talk about how the talk goes (`kind` meta)."""

    text: str
    anonymous: bool
    kind: str = "stop"


@dataclass(frozen=True, slots=True)
class ClearStop(Wish):
    """Take a stop signal away once it was dealt with."""

    item: str


@dataclass(frozen=True, slots=True)
class Unseal(Wish):
    """Open the outcome of one's case to the group."""


WISHES: dict[str, type[Wish]] = {
    "agree": Agree,
    "start": Start,
    "advance": Advance,
    "back": Back,
    "extend": Extend,
    "pause": Pause,
    "resume": Resume,
    "give_floor": GiveFloor,
    "choose": Choose,
    "hand_over": HandOver,
    "appoint": Appoint,
    "replan": Replan,
    "end": End,
    "say": Say,
    "edit": Edit,
    "withdraw": Withdraw,
    "pass": Pass,
    "ready": Ready,
    "vote": Vote,
    "note": Note,
    "aside": Aside,
    "mark": Mark,
    "chat": Chat,
    "stop": RaiseStop,
    "clear_stop": ClearStop,
    "unseal": Unseal,
}
NAMES: dict[type[Wish], str] = {wish: name for name, wish in WISHES.items()}

Command = Open | Join | Remove | Lend | Restore | Wish
