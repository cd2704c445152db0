"""Events and states on their way to the log and back; the shelf that holds the items."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import (
    CaseText,
    Item,
    Join,
    Open,
    Remove,
    event_from_json,
    event_kind,
    event_to_json,
    evolve,
    parse,
    replay,
    state_from_json,
    state_to_json,
)
from intervisie.engine import commands as c
from intervisie.engine.events import KINDS, Agreed, Event, Said
from intervisie.engine.state import ROW, Shelf
from tests.intervisie.engine_support import (
    Game,
    examples,
    make_method,
    make_people,
    make_person,
    make_step,
    method_json,
)


def every_kind_of_event() -> list[Event]:
    """The log of a session in which everything happens."""
    game = Game("ROD", 5, {3: CaseText("t", "v", "s", outcome="o", parties=("wethouder", "directeur"))})
    game.start()
    line = game.say(2)
    game.do(c.Ready(3, True))
    game.do(c.Edit(2, line, "anders"))
    game.do(c.Withdraw(2, line))
    game.say(3, "de mijne", case=True)
    game.do(c.Pause(1))
    game.advance()
    game.do(c.Vote(4, game.pitch_of(3), 2))
    game.do(c.Choose(1, game.pitch_of(3)))
    game.advance()
    game.do(c.Unseal(3))
    game.do(c.RaiseStop(4, "ho", True))
    game.do(c.ClearStop(1, game.state.stops[0].id))
    game.do(Join(make_person(9)))
    game.do(Remove(9))
    game.do(c.HandOver(1, 2))
    for _ in range(6):
        game.advance()
    game.do(c.End(2))
    return game.log + written() + in_groups() + included()


def written() -> list[Event]:
    """Labels, a late reveal, another plan and other duties."""
    labels = [{"id": name, "nl": name, "en": name} for name in ("warm", "koud")]
    label = make_step("judge", scale={"type": "label", "labels": labels}, uses=[{"step": "write"}])
    steps = make_step("write", reveal="end"), label, make_step("talk"), make_step("round", optional=True)
    game = Game(make_method(*steps), make_people(3)).start()
    line = game.say(2)
    game.do(c.Appoint(1, 3, "timekeeper"))
    game.do(c.Replan(1, "skip"))
    game.advance().do(c.Vote(2, line, 1))
    game.do(c.Vote(3, line, 1))
    return game.advance().log


def in_groups() -> list[Event]:
    """Two small tables at which all take turns to bring; somebody comes late, one closes early."""
    method = method_json(make_step("tell"), make_step("talk")) | {
        "loop": {"start": "tell", "group": {"min": 2, "max": 2}}
    }
    game = Game(parse(method), make_people(5)).start()
    game.do(Join(make_person(9)))
    game.do(c.Agree(9))
    for table in (1, 2):
        seat = next(seat for seat, person in game.state.people.items() if person.table == table)
        game.do(c.Advance(seat, game.state.table_of(seat).visit, "close"))
    return game.log


def included() -> list[Event]:
    """A module is chosen and played, and a question is put anew."""
    choose = make_step("judge", effect="module", scale={"type": "pick"})
    method = method_json(choose, make_step("talk", include=True), make_step("write", effect="question"))
    game = Game(parse(method | {"modules": [make_step("round", "rounds")]}), make_people(3)).start()
    game.do(c.Vote(2, "m:rounds", 1))
    game.advance().advance().say(2, "Wat nu?")
    return game.advance().log


LOG = every_kind_of_event()


def test_the_log_has_every_kind() -> None:
    assert {event_kind(event) for event in LOG} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_survives_the_trip_through_json(kind: str) -> None:
    for event in (event for event in LOG if event_kind(event) == kind):
        data = json.loads(json.dumps(event_to_json(event)))
        assert data["kind"] == kind
        assert event_from_json(data) == event


def test_what_holds_its_default_is_not_written() -> None:
    said = next(event for event in LOG if isinstance(event, Said))
    assert set(event_to_json(said)["item"]) == {"id", "kind", "by", "text", "step", "visit", "key"}  # type: ignore[call-overload]
    assert len(fields(Item)) > 15


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "exploded"},
        {"kind": ["agreed"]},
        {"kind": "agreed"},
        {"kind": "agreed", "seat": "3"},
        {"kind": "agreed", "seat": True},
        {"kind": "agreed", "seat": 3, "more": 1},
        {"kind": "revealed", "items": "abc"},
        {"kind": "revealed", "items": [1]},
        {"kind": "said", "item": None},
        {"kind": "opened", "method": {}, "people": []},
    ],
)
def test_an_event_that_cannot_be_read_is_a_value_error(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        event_from_json(data)


@pytest.mark.parametrize("data", [None, [], {}, {"phase": 1}])
def test_a_state_that_cannot_be_read_is_a_value_error(data: object) -> None:
    with pytest.raises(ValueError):
        state_from_json(data)


def test_a_snapshot_is_as_good_as_the_log() -> None:
    game = Game("ROD", 5).start().to("gossip")
    game.say(3)
    state = state_from_json(json.loads(json.dumps(state_to_json(game.state))))
    assert state == game.state
    assert replay([Agreed(3)], state) == replay([Agreed(3)], game.state)


def test_a_log_begins_with_opening_and_opens_once() -> None:
    game = Game()
    with pytest.raises(ValueError, match="not opened"):
        evolve(None, Agreed(2))
    with pytest.raises(ValueError, match="opened twice"):
        evolve(game.state, game.log[0])
    with pytest.raises(ValueError, match="no events"):
        replay([])


def test_opening_forgets_who_agreed_elsewhere() -> None:
    people = tuple(replace(person, agreed=True, removed=True) for person in make_people(3))
    game = Game("INC6", people)
    assert not any(person.agreed or person.removed for person in game.state.people.values())
    assert game.refused(Open(game.state.method, people)) == "already_started"


def make_item(name: str, text: str = "") -> Item:
    return Item(name, "text", 1, text, "talk", 1, name)


@examples(30)
@given(st.lists(st.integers(0, 3 * ROW), max_size=5 * ROW))
def test_a_shelf_is_a_dictionary_that_never_changes(puts: list[int]) -> None:
    shelf, plain = Shelf(), dict[str, Item]()
    for turn, number in enumerate(puts):
        item = make_item(f"i{number}", str(turn))
        before, rows = shelf, shelf.rows
        shelf, plain[item.id] = shelf.put(item), item
        assert before.rows is rows
    assert list(shelf) == list(plain) and len(shelf) == len(plain)
    assert list(shelf.each()) == list(plain.values())
    assert all(shelf[name] is item for name, item in plain.items())
    assert all(len(row) <= ROW for row in shelf.rows)
    assert "niets" not in shelf and shelf.get("niets") is None
