"""Random commands, sensible and silly, and what must hold of each: who may not do it has no effect, nor who cannot see."""

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from intervisie.engine import (
    WISHES,
    CaseText,
    Command,
    Event,
    Join,
    Lend,
    Refused,
    Remove,
    Restore,
    State,
    decide,
    due,
    permit,
    replay,
    stance_of,
    view,
)
from intervisie.engine import commands as c
from intervisie.engine.roles import hats_of
from tests.intervisie.engine_bots import Bots
from tests.intervisie.engine_makers import method_of
from tests.intervisie.engine_support import Game, make_people, make_person

CASE = CaseText("Titel", "Vraag?", "Situatie", outcome="afloop")
OFTEN = (
    ["bot"] * 24
    + ["on"] * 8
    + ["edit", "withdraw", "note", "mark", "aside", "choose", "advance", "back"] * 2
    + ["join", "remove", "lend", "restore", "restore"]
)
LEADING = {
    *("start", "advance", "back", "extend", "pause", "resume", "give_floor", "choose", "hand_over"),
    *("appoint", "replan", "end", "clear_stop"),
}


class Move(NamedTuple):
    """A command to be: what, by whom, on what; the numbers are read in the state in which it is made."""

    do: str
    who: int
    what: int
    n: int


def game_of(seed: int) -> Game:
    """A session of eight or nine, with an observer and a note-taker, sometimes two who lead, or a case chosen before."""
    casts = {"s7": "observer", "s8": "notetaker"} | ({"s2": "facilitator"} if seed % 4 == 1 else {})
    method = method_of(seed)
    chosen = 3 if seed % 3 == 0 and method.loop is None else None
    return Game(method, make_people(9, **casts), {3: CASE}, chosen)


class Checked:
    """A game of which each command is also held against the table of rights, the tools, and what its seat can see."""

    def __init__(self, game: Game) -> None:
        self.game = game

    @property
    def state(self) -> State:
        return self.game.state

    def wait(self, milliseconds: int) -> object:
        return self.game.tick(milliseconds)

    def do(self, command: Command) -> tuple[Event, ...]:
        if not isinstance(command, c.Wish):
            return self.game.do(command)
        game = self.game
        state = replay(due(game.state, game.now, game.ids), game.state)
        seen = view(state, command.seat)
        hidden = unseen_targets(seen, command)
        try:
            events = game.do(command)
        except Refused as refusal:
            check_refusal(game, command, hidden, refusal.code)
            raise
        person, do = state.people[command.seat], c.NAMES[type(command)]
        step = state.step_at(state.table_of(command.seat))
        place = step.kind if step else state.phase
        hats, stance = hats_of(state, command.seat), stance_of(state, command.seat)
        assert permit(do, hats, person.agreed, place, stance) is None and not person.removed
        assert not events or do in {tool["do"] for tool in seen["me"]["tools"]}, (
            f"{do} happened, but was no tool"
        )
        assert not [target for target in hidden.values() if target in state.items], (
            f"{do} on something hidden"
        )
        return events


def unseen_targets(seen: Any, command: c.Wish) -> dict[str, str]:
    """Which of the command's fields name something that this seat does not see."""
    if isinstance(command, c.ClearStop):
        return {}
    known = {item["id"] for item in seen["items"]}
    named = {name: getattr(command, name, None) for name in ("item", "parent")}
    return {name: target for name, target in named.items() if target is not None and target not in known}


def check_refusal(game: Game, command: c.Wish, hidden: dict[str, str], code: str) -> None:
    """What somebody cannot see is refused as if it were not there."""
    for name, target in hidden.items():
        if target not in game.state.items:
            continue
        try:
            other: Any = {name: "bestaat-niet"}
            decide(game.state, replace(command, **other), game.now, game.ids)
        except Refused as refusal:
            assert refusal.code == code
        else:
            raise AssertionError("refused for something hidden")


def play(seed: int, begins: bool, moves: list[Move]) -> Game:
    game = game_of(seed)
    bots = Bots(Checked(game), random.Random(seed), [], disturb=True)
    if begins:
        bots.begin()
    for move in moves:
        game.tick(7_000 * move.n)
        _move(bots, game, move)
    game.check_codecs()
    return game


def _move(bots: Bots, game: Game, move: Move) -> None:
    if move.do in ("bot", "on") and game.state.phase == "running":
        working = [n for n in range(len(game.state.tables)) if not game.state.idle(n)]
        number = working[move.what % len(working)]
        if move.do == "bot":
            bots.contribute(number)
        else:
            bots.lead_on(number)
        return
    with suppress(Refused):
        bots.play.do(command_of(game, move))


def command_of(game: Game, move: Move) -> Command:
    """The move as a command in the state of now."""
    do, who, what, n = move
    item = _item(game, do, what)
    seat = _seat(game, do, who, item)
    if do in ("advance", "back"):
        visit = game.state.table_of(seat).visit - (n == 0) if seat in game.state.people else 1
        how = ("next", "next", "skip", "anyway", "close")[what % 5]
        return c.Back(seat, visit) if do == "back" else c.Advance(seat, visit, how)
    if do == "join":
        casts = ["member", "member", "observer", "notetaker", "facilitator"]
        return Join(make_person(4 + what, casts[n]), CASE if n == 1 else None)
    system: dict[str, Command] = {
        "remove": Remove(seat),
        "lend": Lend(game.lead, frozenset(game.state.people) - {game.lead}),
        "restore": Restore(next(iter(game.state.lent), seat)),
    }
    if do in system:
        return system[do]
    return WISHES.get(do, c.Agree)(seat, **_arguments(game, do, item, what, n))


def _arguments(game: Game, do: str, item: str, what: int, n: int) -> dict[str, Any]:
    by = ("lot", "turn", None)[what % 3]
    roles = ("bringer", "deputy", "timekeeper", "observer", "facilitator", "member", "notetaker")
    text = f"canarie-{len(game.log)}w"
    found: dict[str, dict[str, Any]] = {
        "extend": {"minutes": (1, 2, 5)[n % 3]},
        "give_floor": {"to": what + 1 if n else None},
        "hand_over": {"to": what + 1},
        "choose": {"item": item if n < 3 else None, "by": by},
        "appoint": {"to": what + 1, "what": roles[(what + n) % 7], "by": by},
        "replan": {"choice": ("shorten", "skip", "overrun")[n % 3]},
        "aside": {"text": text},
        "say": {"text": text, "parent": item if n == 0 else None, "case": n == 4},
        "edit": {"item": item, "text": text},
        "withdraw": {"item": item},
        "ready": {"on": n > 1},
        "vote": {"item": item, "value": n},
        "note": {"text": text},
        "mark": {"item": item, "on": n > 1},
        "chat": {"text": text},
        "stop": {"text": text, "anonymous": n > 2, "kind": ("stop", "meta")[what % 2]},
        "clear_stop": {"item": game.state.stops[0].id if game.state.stops else "niets"},
    }
    return found.get(do, {})


def _seat(game: Game, do: str, who: int, item: str) -> int:
    """Mostly somebody who can do it; sometimes anybody, or nobody."""
    known = game.state.items.get(item)
    if do in LEADING and who < 7 and not game.state.apart:
        return game.lead
    if do in ("edit", "withdraw") and known is not None and who < 5:
        return known.by
    if do in ("note", "mark", "unseal") and who < 5 and game.table.bringer is not None:
        return int(game.table.bringer)
    return [*game.state.people, 99][who % (len(game.state.people) + 1)]


def _item(game: Game, do: str, what: int) -> str:
    judges = [table.judge for table in game.state.tables if table.judge]
    options = list(judges[-1].options) if do in ("vote", "choose") and judges else list(game.state.items)[-6:]
    return options[what] if what < len(options) else "niets"


def random_moves(seed: int, length: int) -> list[Move]:
    draw = random.Random(seed)
    names = OFTEN + list(WISHES)
    numbers = (8, 7, 4)
    return [Move(draw.choice(names), *(draw.randint(0, most) for most in numbers)) for _ in range(length)]
