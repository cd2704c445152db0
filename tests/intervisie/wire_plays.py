"""Whole sessions in which nearly everything happens that a session can have: what the wire has to be able to say."""

import uuid
from collections.abc import Iterator
from typing import Any

from intervisie import engine, rooms
from intervisie.engine import commands as c
from intervisie.engine import parse
from intervisie.realtime import protocol
from tests.intervisie.engine_support import (
    CASE,
    MINUTE,
    Game,
    choosing,
    make_method,
    make_people,
    make_person,
    make_step,
    method_json,
)
from tests.intervisie.loose import Loose
from tests.intervisie.played import ERIK, FATMA, JORIS, NOOR, RUBEN, SASKIA, TOM, Play, closing, gossip

WORDS = {"nl": "woorden", "en": "words"}
LABELS = [{"id": "warm"} | WORDS, {"id": "cold"} | WORDS]
CELLS = {
    "id": "own",
    "name": WORDS,
    "layout": "columns",
    "cells": True,
    "fields": [{"id": "one", "label": WORDS}, {"id": "two", "label": WORDS}],
}
FORM = {
    "id": "form",
    "name": WORDS,
    "layout": "rows",
    "fields": [
        {"id": "who", "label": WORDS},
        {"id": "why", "label": WORDS},
        {"id": "how", "label": WORDS, "options": [{"id": "much"} | WORDS, {"id": "little"} | WORDS]},
    ],
}
PAIRS = {"min": 2, "max": 2}
COMMAND = uuid.UUID("3e1b9a54-9c1d-4d3f-8b0e-2f4a6c8e0d11")


def inc6() -> Game:
    """A method from beginning to end, with all that is always there."""
    play = closing()
    for command in (
        c.RaiseStop(NOOR, "Het gaat me te snel.", True),
        c.RaiseStop(TOM, "", False),
        c.Unseal(SASKIA),
        c.Back(ERIK, play.table.visit),
        c.Pause(ERIK),
        c.Resume(ERIK),
        c.Extend(ERIK, 5),
        c.Ready(JORIS, True),
    ):
        play.do(command)
    taken = play.say(SASKIA, "En ik bel de provincie.", date="2026-08-01")
    play.do(c.Edit(SASKIA, taken, "En ik schrijf de provincie."))
    play.do(c.Withdraw(SASKIA, taken))
    play.do(engine.Remove(FATMA))
    play.do(c.HandOver(ERIK, RUBEN))
    play.do(c.ClearStop(RUBEN, play.state.stops[0].id))
    play.advance()
    play.do(c.End(RUBEN))
    return play


def rod() -> Game:
    """Talk behind the bringer's back, notes and marks."""
    play: Play = gossip()
    play.advance().say(SASKIA, "Dit raakte mij.")
    play.advance().round()
    play.advance().say(SASKIA, "Ik ga eerst luisteren.", date="2026-12-01")
    play.advance().do(c.End(ERIK))
    return play


def odd() -> Game:
    """An observer and a note-taker, a side chat, texts without names and for later, all scales, a hard end."""
    scales: list[dict[str, Any]] = [
        {"type": "pick"},
        {"type": "score"},
        {"type": "consent"},
        {"type": "label", "labels": LABELS},
    ]
    game = Game(
        make_method(
            *choosing(),
            make_step("write", "thoughts", attribution="anon", reveal="end", chat=["C", "F"], actors=["C"]),
            *(
                make_step("judge", scale["type"], scale=scale, uses=[{"step": "thoughts"}])
                for scale in scales
            ),
            make_step("ask", "facts", reveal="to:B", observer="content"),
            make_step("talk", "talk", minutes={"default": 1, "end": "hard"}, stance={"N": "away"}),
        ),
        make_people(6, s5="observer", s6="notetaker"),
        {2: CASE},
    )
    game.start().to("thoughts", bringer=2)
    thoughts = [game.say(seat, "Wat ik denk.") for seat in (3, 4)]
    game.do(c.Chat(3, "psst"))
    for scale in scales:
        game.to(scale["type"])
        for seat in (2, 3):
            game.do(c.Vote(seat, thoughts[0], 1))
    question = game.to("facts").say(3, "Wie?")
    game.say(2, "Ik.", parent=question)
    game.to("talk").say(3, "Ja.", parent=game.say(2, "Dus."))
    game.tick(2 * MINUTE)
    game.do(engine.Join(make_person(7)))
    game.advance().do(c.End(1))
    return game


def everything_json() -> dict[str, Any]:
    """A method with one step for each thing that only some methods have. Sound, and long."""
    steps = [
        make_step("judge", "casting", effect="role", scale={"type": "pick"}, casts=["B", "N", "T"]),
        make_step("tell", "story", canvas=FORM, side={"roles": ["C"], "reveal": "end"}),
        make_step("judge", "weigh", canvas=CELLS, scale={"type": "score", "high": 9, "apart": True}),
        make_step("round", "voices", persona={"choose": ["C"]}, actors=["C"], turns={"seconds": 60}),
        make_step("write", "masks", attribution="alias", reveal="end", names_at="warmest", actors=["C"]),
        make_step(
            "judge",
            "label",
            uses=[{"step": "masks"}],
            actors=["B"],
            scale={"type": "label", "labels": LABELS},
        ),
        make_step(
            "ask",
            "warmest",
            uses=[{"step": "label", "filter": "warm"}],
            repeat="item",
            persona={"speaks": {"B": WORDS}},
        ),
        make_step("write", "cells", canvas=CELLS, side={"roles": ["N"]}, attribution="anon"),
        make_step("write", "sentence", items={"max": 1, "max_words": 9}),
        make_step(
            "judge",
            "gate",
            uses=[{"step": "sentence"}],
            effect="gate",
            gate="sentence",
            scale={"type": "consent"},
        ),
        make_step("judge", "form", effect="module", scale={"type": "dots", "dots": 2}),
        make_step("round", "included", include=True),
        make_step("talk", "apart", group=PAIRS, actors=["A"]),
        make_step("judge", "put", effect="question", uses=[{"step": "cells"}], scale={"type": "pick"}),
        make_step("pause", "breath", optional=True),
        make_step("tell", "last", minutes={"default": 9, "min": 2}, side={"roles": ["C"], "reveal": "to:B"}),
        make_step("talk", "bell", advance="clock", minutes={"default": 1}),
    ]
    more = {"interrupts": ["meta"], "modules": [make_step("talk", "brainstorm"), make_step("round", "tips")]}
    return method_json(*steps) | more


def everything() -> Loose:
    """All of that, played: roles by vote, canvases, a gate that stays shut once, sub-groups, a step left out."""
    game = Loose(parse(everything_json()), 6)
    game.agree_all()
    game.do(c.Appoint(1, 6, "deputy"))
    game.do(c.Start(1))
    for part in (_cast, _draw, _speak, _answer, _agree, _choose, _part, _end):
        part(game)
    return game


def _cast(game: Loose) -> None:
    for seat in range(2, 7):
        game.do(c.Vote(seat, "B:2", 1))
    game.do(c.Vote(3, "N:6", 1))
    game.do(c.Choose(1, None, "lot"))
    game.do(c.Choose(1, "T:5"))
    game.go()


def _draw(game: Loose) -> None:
    told = game.say(2, "", fields={"who": "de wijk", "how": "much"})
    game.do(c.Edit(2, told, fields={"who": "het dorp", "how": "little"}))
    game.do(c.Aside(3, "Let op het dorp."))
    game.do(c.RaiseStop(4, "", True, "meta"))
    game.go()
    for seat in (2, 3, 4):
        game.do(c.Vote(seat, "k:one", 7))
    game.go()


def _speak(game: Loose) -> None:
    while (floor := game.table.floor) is not None:
        game.say(floor, "Ik wil niet.", persona="de wethouder")
    game.go()
    masks = [game.say(seat, f"Achter een masker, {seat}.") for seat in (3, 4)]
    game.go()
    for mask in masks:
        game.do(c.Vote(2, mask, 1))
    game.go()


def _answer(game: Loose) -> None:
    while game.step == "warmest":
        game.say(2, "Daarom.", parent=game.say(3, "Waarom?"))
        game.go()
    for seat, name in ((3, "one"), (4, "two")):
        game.say(seat, fields={name: f"vak {name}"}, text="")
    for person in game.state.people.values():
        if person.cast == "notetaker":
            game.do(c.Aside(person.seat, "Twee vakken."))
    game.go()


def _agree(game: Loose) -> None:
    """Seat 3 objects, which leads back; the second time they go along."""
    for value in (2, 1):
        sentence = game.say(3, "De zin.")
        game.go()
        game.do(c.Vote(3, sentence, value))
        game.do(c.Vote(4, sentence, 1))
        game.go()


def _choose(game: Loose) -> None:
    game.do(c.Vote(3, "m:tips", 2))
    game.go()
    while game.table.floor is not None:
        game.do(c.Pass(game.table.floor))
    game.go()


def _part(game: Loose) -> None:
    """In pairs; one pair is through, and the facilitator calls the other back, twice."""
    for seat in range(2, 6):
        game.say(seat, f"Aan mijn tafeltje, {seat}.")
    game.go(next(seat for seat in range(2, 7) if game.state.people[seat].table == 1))
    game.go()
    game.do(c.Back(1, game.table.visit))
    game.go()
    cells = [item.id for item in game.state.items.each() if item.step == "cells" and item.kind == "text"]
    game.do(c.Vote(3, cells[0], 1))
    game.do(c.Vote(4, cells[0], 1))
    game.go(how="skip")


def _end(game: Loose) -> None:
    game.tick(200 * MINUTE)
    game.do(c.Aside(3, "Voor jou."))
    game.do(c.Replan(1, "overrun"))
    game.do(c.Extend(5, 2))
    game.do(c.Appoint(1, 4, "facilitator"))
    game.go()
    game.tick(3 * MINUTE)
    game.do(c.End(1))


def turns_json(**apart: Any) -> dict[str, Any]:
    """A method in which all bring a case in turn, at one table or (`group`) in sub-groups."""
    steps = (make_step("tell", "issue"), make_step("talk", "help", actors=["C"], stance={"B": "turned"}))
    return method_json(*steps) | {"loop": {"start": "issue", **apart}}


def turns_apart() -> Loose:
    """All bring in turn, at small tables, each at its own pace; somebody comes late; who is left is called together."""
    game = Loose(parse(turns_json(group={"min": 3, "max": 3})), 7).start()
    one, other = (
        [seat for seat in range(2, 8) if game.state.people[seat].table == number] for number in (1, 2)
    )
    bringer = next(seat for seat in one if game.role(seat) == "B")
    helper = next(seat for seat in one if game.role(seat) == "C")
    game.say(bringer, "Mijn vraag.")
    game.go(bringer)
    game.do(c.Mark(bringer, game.say(helper, "Een tip."), True))
    game.do(engine.Join(make_person(9)))
    game.do(c.Agree(9))
    game.go(helper)
    game.go(other[0], "close")
    game.go()
    game.do(c.End(1))
    return game


def turns_together() -> Loose:
    """All bring in turn, at one table, until it is closed. The lead is lent out and given back."""
    game = Loose(parse(turns_json()), 5).start()
    game.go().go()
    game.do(c.Back(1, game.table.visit))
    game.go()
    game.do(engine.Lend(1, frozenset({3, 4})))
    game.do(engine.Restore(1))
    game.go(how="close")
    game.do(c.End(1))
    return game


PLAYS = (inc6, rod, odd, everything, turns_apart, turns_together)


def frames_of(play: Game) -> Iterator[str]:
    """Every frame of this session for every seat: what leads from moment to moment, and now and then the whole view."""
    room = rooms.Room(uuid.uuid4(), None, 0)
    cursors: dict[int, int] = {}
    for seq, event in enumerate(play.log, start=1):
        room.advance(seq, engine.replay([event], room.state), (event,), None)
        assert room.state is not None
        for seat in room.state.people:
            cursor = room.cursor(seat)
            new = room.since(seat, cursors.get(seat, 0))
            assert new is not None
            cursors[seat] = cursor
            yield protocol.deltas(cursor, new, [COMMAND]).text
            if seq % 8 == 0 or seq == len(play.log):
                yield hello(room.state, seat, cursor)


def hello(state: engine.State, seat: int, cursor: int) -> str:
    """As `Hub.greet` says it; test_every_frame_in_the_code_is_described holds the fields."""
    return protocol.dump(
        t="hello",
        v=protocol.VERSION,
        e=rooms.EPOCH,
        seat=seat,
        c=cursor,
        now=0,
        here=[seat],
        view=engine.view(state, seat),
    ).text
