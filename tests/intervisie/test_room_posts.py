"""From a form of the room to a command, and to the status of what comes back."""

import pytest
from pytest_django.asserts import assertContains

from intervisie import actions, engine
from intervisie.models import Entry
from intervisie.room.wire import command
from tests.intervisie.factories import do
from tests.intervisie.test_room import Room

FORMS = [
    ({"do": "advance", "visit": "3", "how": "skip"}, {"do": "advance", "visit": 3, "how": "skip"}),
    ({"do": "choose", "by": "lot", "item": ""}, {"do": "choose", "by": "lot"}),
    (
        {"do": "appoint", "to": "4", "what": "deputy", "by": ""},
        {"do": "appoint", "to": 4, "what": "deputy"},
    ),
    (
        {"do": "appoint", "to": "", "what": "bringer", "by": "turn"},
        {"do": "appoint", "to": None, "what": "bringer", "by": "turn"},
    ),
    ({"do": "replan", "choice": "shorten"}, {"do": "replan", "choice": "shorten"}),
    ({"do": "stop", "kind": "meta", "text": ""}, {"do": "stop", "kind": "meta"}),
    ({"do": "aside", "text": "x"}, {"do": "aside", "text": "x"}),
    (
        {"do": "say", "text": "Nee.", "persona": "de wethouder"},
        {"do": "say", "text": "Nee.", "persona": "de wethouder"},
    ),
    (
        {"do": "say", "f:party": "de wijk", "f:influence": "much", "f:interest": "  "},
        {"do": "say", "fields": {"party": "de wijk", "influence": "much"}},
    ),
    ({"do": "say", "cell": "context", "text": "rust"}, {"do": "say", "fields": {"context": "rust"}}),
    ({"do": "edit", "item": "a", "cell": "", "text": "b"}, {"do": "edit", "item": "a", "text": "b"}),
]


@pytest.mark.parametrize(("fields", "wish"), FORMS)
def test_fields_become_a_command(fields, wish):
    assert command(fields) == wish
    engine.command_from_wire(1, wish)


@pytest.fixture
def table(client, db):
    """WAA: a step with writing beside it, then one with a canvas of cells."""
    room = Room(client, method="WAA").agree()
    do(room.session, room.lead, "appoint", to=2, what="bringer")
    do(room.session, room.lead, "start")
    return room


def test_writing_beside_the_step_is_kept_for_its_author(table):
    writer = table.people[2]
    assert table.post(writer, "aside", text="Hij begon klein.").status_code == 303
    assert [item["kind"] for item in table.view(3)["items"]] == ["side"]
    assert table.view(1)["items"] == []


@pytest.mark.parametrize("do_", ["aside", "note", "chat", "say"])
def test_nothing_written_is_said_to_be_nothing(table, do_):
    response = table.post(table.people[1], do_, text="  ")
    assertContains(response, "Het veld is nog leeg", status_code=400)


def test_a_cell_of_a_canvas_is_filled_and_changed(table):
    table.advance()
    writer = table.people[2]
    assert table.post(writer, "say", cell="context", text="Er was tijd.").status_code == 303
    (item,) = [item for item in table.view(3)["items"] if item["step"] == "factors"]
    assert item["fields"] == {"context": "Er was tijd."}
    assert table.post(writer, "edit", item=item["id"], **{"f:context": "Er was rust."}).status_code == 303
    assert table.view(2)["items"][-1]["fields"] == {"context": "Er was rust."}


def test_an_empty_canvas_is_empty(table):
    table.advance()
    before = Entry.objects.count()
    response = table.post(table.people[2], "say", cell="context", text=" ")
    assert response.status_code == 400
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("seat", "what", "fields", "status"),
    [
        (3, "appoint", {"to": "3", "what": "facilitator"}, 403),
        (3, "replan", {"choice": "skip"}, 403),
        (1, "appoint", {"to": "1", "what": "member"}, 409),
        (1, "appoint", {"to": "2", "what": "deputy"}, 303),
        (1, "appoint", {"to": "2", "what": "boss"}, 400),
        (1, "advance", {"how": "close"}, 409),
        (1, "advance", {"how": "skip"}, 409),
        (1, "advance", {"how": "up"}, 400),
        (1, "replan", {"choice": "overrun"}, 409),
        (2, "aside", {"text": "naast mijn verhaal"}, 409),
        (3, "stop", {"kind": "meta"}, 409),
        (3, "stop", {"kind": "stop"}, 303),
    ],
)
def test_a_refusal_has_the_status_of_its_kind(table, seat, what, fields, status):
    assert table.post(table.people[seat - 1], what, **fields).status_code == status


def test_what_lacks_something_is_a_bad_request(client, db):
    room = Room(client, method="CLR").agree()
    do(room.session, room.lead, "appoint", to=2, what="bringer")
    do(room.session, room.lead, "start")
    for _ in range(2):
        room.advance()
    response = room.post(room.people[2], "say", text="Ik zou het niet doen.")
    assertContains(response, "Maak er een vraag van", status_code=400)
    assert room.post(room.people[2], "say", text="Wat geeft je rust?").status_code == 303
    assert actions.load_room(room.session.pk).state.items
