"""Any row of commands, over the shipped methods and made-up ones: nothing impossible, nothing seen that may not be.

The game itself (engine_support) checks after every command: no impossible state, operations lead from each seat's
old view to its new one, and every view shows exactly what the oracle allows.
"""

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import (
    WISHES,
    CaseText,
    Command,
    Join,
    Method,
    Refused,
    Remove,
    decide,
    due,
    permit,
    replay,
    stance_of,
    view,
)
from intervisie.engine import commands as c
from intervisie.engine.roles import hats_of
from tests.intervisie.engine_support import (
    Game,
    choosing,
    examples,
    make_method,
    make_people,
    make_person,
    make_step,
)

CASE = CaseText("Titel", "Vraag?", "Situatie", outcome="afloop")
PEOPLE = make_people(6, s5="observer", s6="notetaker")
LEADING = {
    "start",
    "advance",
    "back",
    "extend",
    "pause",
    "resume",
    "give_floor",
    "choose",
    "hand_over",
    "appoint",
    "replan",
    "end",
    "clear_stop",
}
OFTEN = (
    ["go"] * 8
    + ["say"] * 12
    + ["vote"] * 4
    + ["edit", "withdraw", "note", "mark"] * 2
    + ["pass", "chat", "join"]
)
MOVES = st.tuples(
    st.sampled_from(OFTEN + list(WISHES)), st.integers(0, 8), st.integers(0, 7), st.integers(0, 4)
)


def made_up(seed: int) -> Method:
    """A small method with whatever attributes the seed brings; seeds 0 and 1 are the shipped ones."""
    draw = random.Random(seed)
    steps = choosing() if draw.random() < 0.8 else []
    for place in range(draw.randint(1, 4)):
        steps.append(made_up_step(draw, f"s{place}", [step["id"] for step in steps]))
    for place, step in enumerate(steps):
        if step.get("reveal") == "step:":
            later = [one["id"] for one in steps[place + 1 :]]
            step["reveal"] = f"step:{draw.choice(later)}" if later else "end"
    return make_method(*steps)


def made_up_step(draw: random.Random, step_id: str, earlier: list[str]) -> dict[str, Any]:
    kinds = ["tell", "ask", "write", "write", "round", "talk", "commit", "pause"]
    kind = draw.choice(kinds + ["judge"] * bool(earlier))
    step = make_step(kind, step_id, observer=draw.choice(["process", "process", "content"]))
    if kind in ("write", "talk", "round"):
        step["actors"] = draw.choice([["A"], ["C"], ["B"]])
        step["reveal"] = draw.choice(["live", "live", "end", "turn", "never", "step:", "to:B"])
    if kind in ("write", "talk"):
        step["attribution"] = draw.choice(["named", "anon"])
    if kind == "ask" and draw.random() < 0.3:
        step |= {"actors": ["A"], "answerer": ["A"]}
    if kind == "ask":
        step["reveal"] = draw.choice(["live", "live", "to:B"])
    if kind in ("round", "ask"):
        step["turns"] = {"order": draw.choice(["fixed", "lot", "free"])}
    if kind != "judge" and draw.random() < 0.5:
        step["items"] = {"max": draw.randint(1, 2)}
    if earlier and (kind == "judge" or draw.random() < 0.5):
        step["uses"] = [{"step": draw.choice(earlier)}]
    silent = [
        role
        for role in "BCN"
        if role not in step["actors"] + step.get("answerer", []) and "A" not in step["actors"]
    ]
    if silent and kind != "pause" and draw.random() < 0.6:
        step["stance"] = {draw.choice(silent): draw.choice(["listen", "turned", "away"])}
    step["chat"] = draw.choice([[], [], ["C", "F"], ["C", "N"], ["O", "C"]])
    step["joins_in"] = draw.random() < 0.2
    step["minutes"] = {"default": 1, "end": draw.choice(["soft", "hard"]), "per_person": draw.random() < 0.3}
    return step


def game_of(seed: int) -> Game:
    if seed in (0, 1):
        return Game(("INC6", "ROD")[seed], PEOPLE, {3: CASE})
    chosen = 3 if seed % 3 == 0 else None
    return Game(made_up(seed), PEOPLE, {3: CASE}, chosen)


def seat_of(game: Game, do: str, who: int, item: str) -> int:
    """Mostly somebody who can do it; sometimes anybody, or nobody."""
    known = game.state.items.get(item)
    likely = {
        "say": game.table.floor or game.table.bringer,
        "note": game.table.bringer,
        "mark": game.table.bringer,
        "unseal": game.table.bringer,
        "edit": known.by if known else None,
        "withdraw": known.by if known else None,
    }
    if do in LEADING and who < 7:
        return game.lead
    if who < 5 and (seat := likely.get(do)) is not None:
        return seat
    return [*game.state.people, 99][who % (len(game.state.people) + 1)]


def item_of(game: Game, do: str, what: int) -> str:
    options = (
        game.table.judge.options
        if do in ("vote", "choose") and game.table.judge
        else list(game.state.items)[-6:]
    )
    return options[what] if what < len(options) else "niets"


def sensible(game: Game) -> Command:
    """What brings a session on: a pitch where there is none, a choice where it is open, else the next step."""
    judge, floor = game.table.judge, game.table.floor
    if game.step == "pitch" and floor is not None and floor < 5:
        return c.Say(floor, f"canarie-{len(game.log)}", case=floor in game.state.cases)
    if game.step == "choose" and judge and not judge.votes and judge.chosen is None and judge.options:
        pitch = game.state.items[judge.options[-1]]
        return c.Choose(game.lead, pitch.id) if len(game.log) % 3 == 0 else c.Vote(pitch.by, pitch.id, 2)
    return c.Advance(game.lead, game.table.visit)


def command_of(game: Game, do: str, who: int, what: int, n: int) -> Command:
    """The move as a command in the state of now."""
    item = item_of(game, do, what)
    seat = seat_of(game, do, who, item)
    if do == "go":
        return sensible(game)
    if do in ("advance", "back"):
        visit = game.table.visit - (n == 0)
        return c.Back(seat, visit) if do == "back" else c.Advance(seat, visit)
    if do == "join":
        casts = ["member", "member", "observer", "notetaker", "facilitator"]
        return Join(make_person(4 + what, casts[n]), CASE if n == 1 else None)
    if do == "remove":
        return Remove(seat)
    arguments: dict[str, dict[str, Any]] = {
        "extend": {"minutes": (1, 2, 5)[n % 3]},
        "give_floor": {"to": what + 1 if n else None},
        "hand_over": {"to": what + 1},
        "choose": {"by": (None, None, None, "lot", "turn")[n]},
        "appoint": {
            "to": what + 1,
            "what": ("bringer", "deputy", "timekeeper", "observer", "facilitator")[n],
            "by": ("lot", "turn", None)[what % 3],
        },
        "replan": {"choice": ("shorten", "skip", "overrun")[n % 3]},
        "aside": {"text": f"opzij-{len(game.log)}"},
        "say": {
            "text": f"canarie-{len(game.log)}",
            "parent": item if n == 0 else None,
            "case": n == 4,
        },
        "edit": {"text": f"anders-{len(game.log)}"},
        "ready": {"on": n > 1},
        "vote": {"value": n},
        "note": {"text": f"noot-{len(game.log)}"},
        "mark": {"on": n > 1},
        "chat": {"text": f"praat-{len(game.log)}"},
        "stop": {"text": "stop", "anonymous": n > 2},
    }
    given = dict(arguments.get(do, {}))
    if do in ("choose", "edit", "withdraw", "vote", "mark"):
        given["item"] = item if given.get("by") is None else None
    if do == "clear_stop":
        given["item"] = game.state.stops[0].id if game.state.stops else "niets"
    return WISHES[do](seat, **given)


def try_move(game: Game, command: Command) -> None:
    """Plays it; what the table of rights forbids is refused with its code, what is no tool never has an effect."""
    if not isinstance(command, c.Wish):
        with suppress(Refused):
            game.do(command)
        return
    state = replay(due(game.state, game.now, game.ids), game.state)
    person = state.people.get(command.seat)
    tools = {tool["do"] for tool in (view(state, command.seat)["me"] or {"tools": []})["tools"]}
    do = c.NAMES[type(command)]
    hidden = unseen_targets(game, command)
    try:
        events = game.do(command)
    except Refused as refusal:
        check_refusal(game, command, refusal.code)
        return
    assert person is not None and not person.removed
    step = state.step_at(state.tables[0])
    place = step.kind if step else state.phase
    assert (
        permit(do, hats_of(state, command.seat), person.agreed, place, stance_of(state, command.seat)) is None
    )
    assert not events or do in tools, f"{do} happened, but was no tool"
    assert not hidden, f"{do} on something hidden"


def unseen_targets(game: Game, command: c.Wish) -> list[str]:
    """Which of the command's fields name something that this seat does not see."""
    if isinstance(command, c.ClearStop):
        return []
    named = {name: getattr(command, name, None) for name in ("item", "parent")}
    return [
        name for name, target in named.items() if target is not None and target not in game.sees(command.seat)
    ]


def check_refusal(game: Game, command: c.Wish, code: str) -> None:
    """What somebody cannot see is refused as if it were not there."""
    for name in unseen_targets(game, command):
        try:
            decide(game.state, replace(command, **{name: "bestaat-niet"}), game.now, game.ids)
        except Refused as refusal:
            assert refusal.code == code
        else:
            raise AssertionError("refused for something hidden")


def play(seed: int, begins: int, moves: list[tuple[str, int, int, int]]) -> Game:
    game = game_of(seed)
    if begins:
        game.agree_all()
        try_move(game, c.Start(1))
    for move in moves:
        game.now += 7_000 * move[3]
        game.tick(0)
        try_move(game, command_of(game, *move))
    return game


def random_moves(seed: int, length: int) -> list[tuple[str, int, int, int]]:
    draw = random.Random(seed)
    names = OFTEN + list(WISHES)
    return [
        (draw.choice(names), draw.randint(0, 8), draw.randint(0, 7), draw.randint(0, 4))
        for _ in range(length)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_a_long_session_of_anything_leads_nowhere_impossible(seed: int) -> None:
    play(seed, 1, random_moves(seed, 60)).check_codecs()


@examples(40)
@given(st.integers(0, 400), st.integers(0, 5), st.lists(MOVES, max_size=45))
def test_no_row_of_commands_leads_astray(
    seed: int, begins: int, moves: list[tuple[str, int, int, int]]
) -> None:
    game = play(seed, begins, moves)
    game.check_codecs()
    if game.state.phase == "ended":
        for do in WISHES:
            for seat in (*game.state.people, 99):
                command = replace(command_of(game, do, 0, 0, 1), seat=seat)
                assert game.refused(command) in ("ended", "no_access")


@examples(15)
@given(st.integers(0, 1), st.lists(MOVES, min_size=20, max_size=45))
def test_what_was_sent_holds_no_text_that_was_never_to_be_seen(
    seed: int, moves: list[tuple[str, int, int, int]]
) -> None:
    """Not in any operation ever sent: a text whose item the receiver could at no time see."""
    game = game_of(seed).agree_all()
    game.do(c.Start(1))
    seen: dict[int, set[str]] = {seat: set() for seat in game.state.people}
    for move in moves:
        try_move(game, command_of(game, *move))
        for seat in game.state.people:
            seen.setdefault(seat, set()).update(item["text"] for item in game.sees(seat).values())
    said = {event.item.text for event in game.log if type(event).__name__ == "Said"}
    for seat, ops in game.streams.items():
        told = {op[1]["text"] for op in ops if op[0] == "item"}
        assert told <= seen[seat]
        beside = repr([op for op in ops if op[0] == "set" and op[1] not in ("case", "people")])
        assert not [text for text in said if text and text in beside]
