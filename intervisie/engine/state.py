"""What is true in a session now: frozen data, changed by events alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from intervisie.engine.method import Method, Step

CASTS = ("member", "facilitator", "observer", "notetaker")
ROLE_OPTIONS = ("B", "F", "N", "T")
DUTIES = ("deputy", "timekeeper")
PRIVATE = frozenset({"note", "mark"})
UNCOUNTED = PRIVATE | {"chat", "answer", "takeaway", "side"}
JUDGED = frozenset({"pitch", "text", "question", "intention"})
USED = JUDGED | {"side"}
CLOSING = "closing"
ROW = 64
# The very one for all that keeps none: Python makes every other empty set anew, and a session would keep thousands of them.
NOBODY: frozenset[int] = frozenset()

_Data = TypeVar("_Data")


@cache
def _parts(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[Callable[[Any, Any], None], ...]]:
    """What reads all fields of such data at once, and what writes each."""
    return attrgetter(*kind.__slots__), tuple(getattr(kind, name).__set__ for name in kind.__slots__)


def changed(data: _Data, **changes: object) -> _Data:
    """`data` with these fields changed: what `dataclasses.replace` does, in half of its time, for the data below.

    They are frozen, slotted, of two fields or more, and check nothing when they are made. Raises TypeError for a field
    that is not there.
    """
    kind: Any = type(data)
    read, writes = _parts(kind)
    new: _Data = object.__new__(kind)
    for write, value in zip(writes, read(data), strict=True):
        write(new, value)
    for name, value in changes.items():
        if name not in kind.__slots__:
            raise TypeError(f"{kind.__name__} has no {name}")
        object.__setattr__(new, name, value)
    return new


@dataclass(frozen=True, slots=True)
class CaseText:
    """A case as its bringer wrote it. `outcome` stays sealed until they open it."""

    title: str
    question: str
    situation: str = ""
    own_role: str = ""
    parties: tuple[str, ...] = ()
    outcome: str = ""


NO_CASE = CaseText("", "")


@dataclass(frozen=True, slots=True)
class Person:
    """One seat: who sits there, cast as what. `table` is the number of their table.

    `duties`: what they do beside their role. `brought`: how many cases they brought to this group before. `usual`: what
    who leads is cast as when they lead no more.
    """

    seat: int
    name: str
    short: str = ""
    initials: str = ""
    org: str = ""
    cast: str = "member"
    agreed: bool = False
    removed: bool = False
    table: int = 0
    duties: frozenset[str] = frozenset()
    brought: int = 0
    usual: str = "member"

    @property
    def here(self) -> bool:
        """Takes part: has agreed and was not removed."""
        return self.agreed and not self.removed


@dataclass(frozen=True, slots=True)
class Item:
    """One contribution, with the promise of its moment: who reads it when, and under what name.

    `opened`: a delayed reveal has come, or who was away may read it by now. `unnamed`: seats that read it without a name, for ever. `hidden`: seats that
    never read it (they were away, at another table, or outside the side chat). `to`: the one seat for whom it is.
    `observers`: whether observers may read it. `key` orders items within a visit; it says nothing about who wrote.
    `fields`: what stands in the fields of a canvas, by their ids; `text` holds it all. `persona`: as whom it is spoken;
    "@B" is whom the method names for B. `alias`: the number of a made-up name. `label`: what a label scale gave it.
    `module`: the module that was played when it was made. `turn`: where all take turns to bring, whose turn it was.
    """

    id: str
    kind: str
    by: int
    text: str
    step: str
    visit: int
    key: str
    table: int = 0
    parent: str | None = None
    reveal: str = "live"
    anonymous: bool = False
    observers: bool = False
    opened: bool = False
    edited: bool = False
    withdrawn: bool = False
    unnamed: frozenset[int] = NOBODY
    hidden: frozenset[int] = NOBODY
    to: int | None = None
    case: bool = False
    date: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    persona: str = ""
    alias: int | None = None
    label: int | None = None
    module: str | None = None
    turn: int | None = None

    @property
    def sealed(self) -> bool:
        """Still waits for its reveal: only its author reads it."""
        return self.reveal not in ("live", "to:B") and not self.opened


@dataclass(frozen=True, slots=True)
class Shelf(Mapping[str, Item]):
    """Items by id, in the order in which they came. Rows of at most ROW: a change copies one row, not everything."""

    rows: tuple[Mapping[str, Item], ...] = ()

    def __getitem__(self, name: str) -> Item:
        for row in reversed(self.rows):
            if name in row:
                return row[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.rows)

    def __len__(self) -> int:
        return sum(map(len, self.rows))

    def each(self) -> Iterator[Item]:
        """All items; what `values()` gives, without a search for each."""
        return chain.from_iterable(row.values() for row in self.rows)

    def newest(self) -> Iterator[Item]:
        """All items, the last one first."""
        return chain.from_iterable(reversed(tuple(row.values())) for row in reversed(self.rows))

    def put(self, item: Item) -> "Shelf":
        """The shelf with this item added, or put in the place of the one with its id."""
        for place in range(len(self.rows) - 1, -1, -1):
            if item.id in self.rows[place]:
                return self._with_row(place, item)
        if self.rows and len(self.rows[-1]) < ROW:
            return self._with_row(len(self.rows) - 1, item)
        return Shelf((*self.rows, {item.id: item}))

    def _with_row(self, place: int, item: Item) -> "Shelf":
        row = {**self.rows[place], item.id: item}
        return Shelf((*self.rows[:place], row, *self.rows[place + 1 :]))


@dataclass(frozen=True, slots=True)
class Judge:
    """A vote at a table. `votes` by seat, then by option; counted openly only when `over`.

    An option is the id of an item, `B:3` (seat 3 as bringer; so for each role that is given out), `m:` and a module, or
    `k:` and a field of the step's canvas. `cast`: the options that were settled on, one for each role.
    """

    step: str
    visit: int
    options: tuple[str, ...]
    votes: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    chosen: str | None = None
    over: bool = False
    cast: tuple[str, ...] = ()


def cast_option(role: str, seat: int) -> str:
    """The option of a vote that stands for giving this role to this seat."""
    return f"{role}:{seat}"


def as_cast(option: str) -> tuple[str, int] | None:
    """Role and seat of such an option; None for options of other kinds."""
    role, colon, seat = option.partition(":")
    return (role, int(seat)) if colon and role in ROLE_OPTIONS else None


@dataclass(frozen=True, slots=True)
class BroughtCase:
    """The case on the table and who brought it. `opened`: the outcome has been unsealed. `asks`: the question as it
    was put anew since."""

    by: int
    case: CaseText
    opened: bool = False
    asks: str | None = None

    @property
    def question(self) -> str:
        """The question on the table now."""
        return self.case.question if self.asks is None else self.asks


@dataclass(frozen=True, slots=True)
class Table:
    """A group with one step pointer and one clock. Times in whole milliseconds.

    `first` is the first step that was played, `since` when this visit began. The clock runs until `ends`, or stands
    still with `left`. `spoke` counts contributions per seat, in this visit or, where turns are taken, in this turn.
    `done` had their turn, `passed` let it go by. `lots`: the order drawn. `turn`: since when the floor is held.
    `judged`: earlier votes, by step. `aliases`: made-up names of this visit, by seat. `focus`: the item for which the
    step is played. `had`: who brought in this loop, in order. `module`: the module that was chosen. `finished`: a
    sub-group that is through, and waits for the others. `asks`: a question on a table without a case. `formed`: the last
    visit before this sub-group came to sit here.
    """

    index: int = 0
    visit: int = 0
    first: int = 0
    since: int = 0
    ends: int | None = None
    left: int | None = None
    total: int = 0
    locked: bool = False
    bringer: int | None = None
    brought: BroughtCase | None = None
    floor: int | None = None
    lots: tuple[int, ...] = ()
    done: frozenset[int] = frozenset()
    passed: frozenset[int] = frozenset()
    spoke: Mapping[int, int] = field(default_factory=dict)
    ready: frozenset[int] = frozenset()
    judge: Judge | None = None
    turn: int = 0
    judged: Mapping[str, Judge] = field(default_factory=dict)
    aliases: Mapping[int, int] = field(default_factory=dict)
    focus: str | None = None
    had: tuple[int, ...] = ()
    module: str | None = None
    finished: bool = False
    asks: str | None = None
    formed: int = 0

    @property
    def whose(self) -> int | None:
        """Whose turn it is where all take turns to bring; also when they have just left."""
        return self.had[-1] if self.had else None


@dataclass(frozen=True, slots=True)
class Stop:
    """A signal that stands: `kind` stop, or meta (to talk about how the talk goes). `by` is kept only where the giver
    wanted to be named."""

    id: str
    by: int | None
    text: str
    kind: str = "stop"


@dataclass(frozen=True, slots=True)
class State:
    """A whole session. `phase`: lobby, running, closing or ended. `people` is in seat order.

    The first table is everybody's; while sub-groups are at work the others are theirs, up to and with the step at
    `together`. `plan`: minutes that replace those of the method, by step; `skipped`: steps that are left out. `until`:
    when the session should be over. `lent`: who leads for whom, as long as that one's line is down.
    """

    method: Method
    people: Mapping[int, Person]
    cases: Mapping[int, CaseText]
    chosen: int | None = None
    phase: str = "lobby"
    tables: tuple[Table, ...] = (Table(),)
    items: Shelf = Shelf()
    stops: tuple[Stop, ...] = ()
    together: int = 0
    plan: Mapping[str, float] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    until: int | None = None
    lent: Mapping[int, int] = field(default_factory=dict)

    @property
    def apart(self) -> bool:
        """Whether sub-groups are at work."""
        return len(self.tables) > 1

    def table_of(self, seat: int) -> Table:
        """The table at which this seat sits. Raises KeyError for an unknown seat."""
        return self.tables[self.people[seat].table]

    def idle(self, number: int) -> bool:
        """Whether nothing happens at this table: its sub-group is through, or all are at the tables of sub-groups."""
        return self.tables[number].finished or (self.apart and number == 0)

    def made_at(self, number: int, item: Item) -> bool:
        """Whether this was made at this table, by those who sit there now (not by a sub-group of before), about the
        case of now where all take turns to bring one."""
        table = self.tables[number]
        return item.table == number and item.visit > table.formed and item.turn in (None, table.whose)

    def step_at(self, table: Table) -> Step | None:
        """The step a table is in, None outside the running phase."""
        if self.phase != "running" or table.index >= len(self.method.steps):
            return None
        return self.method.played(self.method.steps[table.index], table.module)

    def step_of(self, item: Item) -> Step | None:
        """The step in which an item was made, as it was played; None for what was said in the closing."""
        if item.step not in self.method.positions:
            return None
        return self.method.played(self.method.step(item.step), item.module)
