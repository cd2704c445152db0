"""The second client, which knows the documents alone, plays against a real server what only some methods have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.intervisie.wire_plays import everything_json, turns_json
from tests.support.second_client import Refused, SecondClient
from tests.support.server import Server
from tests.support.wire_format import fault_in_text

pytestmark = pytest.mark.server

Clients = dict[int, SecondClient]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("var")), ROOM_LEAD_GRACE="3600")
    server.manage("migrate", "-v0")
    server.start()
    yield server
    server.stop()


@contextmanager
def at_table(server: Server, method: dict[str, Any], people: int) -> Iterator[Clients]:
    """A client for each seat; afterwards all frames fit the document, and each view is what a newcomer gets."""
    scene = server.scene(people=people, method=method, agree=True)

    def client(seat: int) -> SecondClient:
        key = scene["people"][seat - 1]["key"]
        return SecondClient(server.origin, scene["session"], f"{scene['cookie']}={key}")

    clients = {seat: client(seat) for seat in range(1, people + 1)}
    try:
        for one in clients.values():
            one.until(lambda view: view["me"] is not None)
        yield clients
        for seat, one in clients.items():
            fresh = client(seat)
            fresh.until(lambda view: view["me"] is not None)
            one.until(lambda _, one=one, fresh=fresh: (one.cursor or 0) >= (fresh.cursor or 0))
            fresh.close()
            assert (one.cursor, one.view, one.errors) == (fresh.cursor, fresh.view, [])
    finally:
        for one in clients.values():
            one.close()
    came = {text for one in clients.values() for text in one.came}
    sent = {text for one in clients.values() for text in one.sent}
    assert {found for text in came if (found := fault_in_text(text, ours=True))} == set()
    assert {found for text in sent if (found := fault_in_text(text, ours=False))} == set()


def all_in(clients: Clients, step: str, *seats: int) -> None:
    """Those at these seats, or all, have come to this step."""
    for seat in seats or clients:
        clients[seat].until(lambda view: view["step"] is not None and view["step"]["id"] == step)


def see(client: SecondClient, condition: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The view in which this holds."""
    client.until(lambda view: bool(condition(view)))
    return client.view


def test_it_plays_votes_canvases_personas_and_sub_groups(server: Server) -> None:
    with at_table(server, everything_json(), 6) as clients:
        lead, bringer, one, other = (clients[seat] for seat in (1, 2, 3, 4))
        lead.do("appoint", to=6, what="deputy")
        lead.do("start")

        # Roles, by picks: one in each role; what nobody voted on is settled.
        all_in(clients, "casting")
        for seat in range(2, 7):
            clients[seat].vote("B:2")
        one.vote("N:6")
        one.vote("N:5")
        assert one.view["judge"]["mine"] == {"B:2": 1, "N:5": 1}
        lead.do("choose", item="T:4")
        assert lead.view["judge"]["cast"] == ["T:4"]
        lead.leave()
        all_in(clients, "story")
        assert (bringer.view["me"]["role"], clients[5].view["me"]["role"]) == ("B", "N")
        assert [seat["duties"] for seat in lead.view["seats"] if seat["duties"]] == [
            ["timekeeper"],
            ["deputy"],
        ]
        assert one.view["judge"]["results"]["B:2"] == 5

        # A canvas: fields, changed while that may be; beside it, for later, what one notices.
        told = bringer.say("", fields={"who": "de wijk", "how": "much"})
        bringer.do("edit", item=told["id"], fields={"who": "het dorp"})
        (shown,) = see(one, lambda view: [item for item in view["items"] if item["edited"]])["items"]
        assert (shown["fields"], shown["text"]) == ({"who": "het dorp"}, "het dorp")
        assert one.tool("aside")["sees"] == "end_named"
        one.do("aside", text="Let op het dorp.")
        one.tool("stop", kind="meta")
        one.do("stop", kind="meta", anonymous=True)
        assert see(lead, lambda view: view["stops"])["stops"][0]["kind"] == "meta"
        see(other, lambda view: view["stops"])
        assert [item["kind"] for item in other.view["items"]] == ["text"], "not yet what is written beside it"
        other.do("pause")
        see(lead, lambda view: view["clock"]["paused"])
        other.do("resume")
        lead.leave()

        # Scores of the fields of a canvas, the bringer's beside the group's.
        all_in(clients, "weigh")
        assert sorted(item["kind"] for item in other.view["items"]) == ["side", "text"]
        assert (one.tool("vote")["sees"], bringer.tool("vote")["sees"]) == ("votes_end", "votes_own")
        for client, value in ((bringer, 9), (one, 2), (other, 2)):
            client.vote("k:one", value)
        lead.leave()
        all_in(clients, "voices")
        judge = one.view["judge"]
        assert (judge["results"]["k:one"], judge["bringer"]) == ({"2": 2}, {"k:one": 9})

        # Somebody else's voice, in turns with a clock of their own.
        while (floor := see(lead, lambda view: view["step"])["step"]["floor"]) is not None:
            clients[floor].until(lambda view, floor=floor: view["step"]["floor"] == floor)
            said = clients[floor].say("Ik wil niet.", persona="de wethouder")
            assert said["persona"] == "de wethouder"
            lead.until(lambda view, floor=floor: view["step"]["floor"] != floor)
        lead.leave()

        # Made-up names, labels, and a step for each that got the first label.
        all_in(clients, "masks")
        masks = [client.say("Achter een masker.") for client in (one, other)]
        lead.leave()
        all_in(clients, "label")
        seen = [item for item in bringer.view["items"] if item["step"] == "masks"]
        assert {item["by"] for item in seen} == {None}
        assert len({item["alias"] for item in seen}) == 2
        for mask, value in zip(masks, (1, 2), strict=True):
            bringer.vote(mask["id"], value)
        lead.leave()
        all_in(clients, "warmest")
        assert bringer.view["step"]["focus"] == masks[0]["id"]
        labels = {item["id"]: (item["label"], item["by"]) for item in other.view["items"] if "label" in item}
        assert labels == {masks[0]["id"]: (1, 3), masks[1]["id"]: (2, 4)}, "with names by now"
        question = one.say("Waarom?", kind="question")
        see(bringer, lambda view: question["id"] in [item["id"] for item in view["items"]])
        assert bringer.say("Daarom.", kind="answer", parent=question["id"])["persona"] == "@B"
        lead.leave()

        # Cells of a canvas, one at a time.
        all_in(clients, "cells")
        cell = one.say("", fields={"one": "vak een"})
        other.say("", fields={"two": "vak twee"})
        with pytest.raises(Refused) as refusal:
            one.do("say", fields={"one": "a", "two": "b"})
        assert refusal.value.code == "malformed"
        lead.leave()

        # A gate that an objection keeps shut, once.
        for value in (2, 1):
            all_in(clients, "sentence")
            sentence = other.say("De zin.")
            lead.leave()
            all_in(clients, "gate")
            one.vote(sentence["id"], value)
            clients[6].vote(sentence["id"], 1)
            assert "anyway" in lead.tool("advance")["ways"]
            lead.leave()

        # A module by dots, played in its place.
        all_in(clients, "form")
        one.vote("m:tips", 2)
        assert one.tool("vote")["left"] == 0
        lead.leave()
        all_in(clients, "included")
        assert one.view["step"]["module"] == "tips"
        while (floor := lead.view["step"]["floor"]) is not None:
            clients[floor].until(lambda view, floor=floor: view["step"]["floor"] == floor)
            clients[floor].do("pass")
            lead.until(lambda view, floor=floor: view["step"]["floor"] != floor)
        lead.leave()

        # In pairs: what is said there stays there, everybody leads; one pair is through, the other is called back.
        all_in(clients, "apart")
        see(lead, lambda view: view["step"]["waits"])
        pairs = [table["seats"] for table in lead.view["tables"]]
        assert [len(pair) for pair in pairs] == [2, 2]
        for pair in pairs:
            client = clients[pair[0]]
            assert client.view["me"]["steers"]
            assert client.tool("say")["sees"] == "table_named"
            client.say(f"Van {pair}.")
            mate = see(clients[pair[1]], lambda view: view["items"][-1]["step"] == "apart")
            assert mate["items"][-1]["text"] == f"Van {pair}."
        clients[pairs[0][0]].leave()
        see(lead, lambda view: [table["done"] for table in view["tables"]] == [True, False])
        assert [item for item in lead.view["items"] if item["step"] == "apart"] == []
        see(clients[pairs[0][1]], lambda view: view["step"]["waits"])
        with pytest.raises(LookupError):
            clients[pairs[0][0]].leave()
        lead.leave()

        # What is chosen is the question from now on; the optional step is left out.
        all_in(clients, "put")
        assert lead.view["tables"] == []
        for client in (one, other):
            client.vote(cell["id"])
        lead.leave("skip")
        all_in(clients, "last")
        assert one.view["case"]["question"] == "vak een"
        assert one.tool("aside")["sees"] == "to_bringer"
        one.do("aside", text="Voor jou.")
        see(bringer, lambda view: view["items"][-1]["text"] == "Voor jou.")
        with pytest.raises(Refused) as late:
            lead.do("replan", choice="skip")
        assert late.value.code == "nothing_to_gain"
        lead.leave()
        all_in(clients, "bell")
        assert [item for item in other.view["items"] if item["text"] == "Voor jou."] == []
        lead.leave()
        lead.do("end")
        for client in clients.values():
            see(client, lambda view: view["session"]["phase"] == "ended")


def test_it_brings_in_turn_until_that_is_closed(server: Server) -> None:
    with at_table(server, turns_json(), 4) as clients:
        clients[1].do("start")
        all_in(clients, "issue")
        first = clients[1].view["session"]["turn"]
        assert (first["n"], first["of"]) == (1, 3)
        brought = []
        for _ in range(2):
            all_in(clients, "issue")
            bringer = clients[1].view["session"]["bringer"]
            brought.append(bringer)
            clients[bringer].until(lambda view: view["me"]["role"] == "B")
            clients[bringer].say("Mijn vraag.")
            clients[1].leave()
            all_in(clients, "help")
            helper = next(seat for seat in (2, 3, 4) if seat != bringer)
            assert clients[helper].tool("say")["sees"] == "group_named_bringer_no_name"
            line = clients[helper].say("Een tip.")
            seen = see(
                clients[bringer], lambda view, line=line: line["id"] in [i["id"] for i in view["items"]]
            )
            assert [item["by"] for item in seen["items"] if item["id"] == line["id"]] == [None]
            clients[bringer].do("mark", item=line["id"], on=True)
            clients[1].leave()
        assert brought[1] == first["next"] != brought[0]
        see(clients[1], lambda view: (view["session"]["turn"] or {}).get("n") == 3)
        clients[1].leave("close")
        see(clients[2], lambda view: view["session"]["phase"] == "closing")
