"""Code, docs/realtime.asyncapi.yaml and docs/realtime.md say the same of the live session's wire format.

What the server really sends and takes fits the schemas, which are closed; every name in the code stands in both
documents, and both name nothing that the code does not have.
"""

import ast
import asyncio
import copy
import itertools
import json
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from intervisie import engine, phrases, rooms
from intervisie.engine import method, permissions, wire
from intervisie.engine.events import KINDS
from intervisie.engine.sections import NOWHERE, SECTIONS
from intervisie.engine.state import DUTIES, UNCOUNTED
from intervisie.realtime import bells, elsewhere, hub, line, protocol, socket
from intervisie.realtime.wire import Wire
from tests.intervisie import promises
from tests.intervisie.engine_support import Game, examples
from tests.intervisie.played import SASKIA, closing
from tests.intervisie.test_engine_wire import BAD, GOOD, JSON
from tests.intervisie.wire_plays import COMMAND, PLAYS, everything_json, frames_of, hello
from tests.support import wire_format
from tests.support.client import FINAL, PATIENCE, RoomClient
from tests.support.proxy import Line
from tests.support.second_client import STOP, Refused, SecondClient, changed
from tests.support.server import ROOT, Server
from tests.support.wire_format import (
    CHANNEL,
    MESSAGES,
    SCHEMAS,
    fault,
    fault_in_text,
    first_names,
    named,
    rows,
    section,
)

REALTIME = Path(hub.__file__).parent
KNOWN: dict[str, Any] = {"t": "do", "id": str(COMMAND)}
NO_REFUSAL = {"busy"}  # closes the line with 1013 instead


# The document itself ------------------------------------------------------------------------------------


def test_document_is_asyncapi() -> None:
    official = json.loads((ROOT / "tests/support/asyncapi/3.0.0.json").read_text())
    problem = jsonschema.exceptions.best_match(
        jsonschema.Draft7Validator(official).iter_errors(wire_format.ASYNCAPI)
    )
    assert problem is None, problem


def test_document_is_the_same_for_json_and_every_reader_of_yaml() -> None:
    """No key that is a number or a truth to some readers: `no`, `on`, 1012."""
    assert json.loads(json.dumps(wire_format.ASYNCAPI)) == wire_format.ASYNCAPI


def test_every_reference_leads_somewhere_and_every_part_is_used() -> None:
    used = set(re.findall(r"#(/[\w/]+)", json.dumps(wire_format.ASYNCAPI)))
    for pointer in used:
        place: Any = wire_format.ASYNCAPI
        for word in pointer.strip("/").split("/"):
            place = place[word]
    for kind in ("messages", "schemas", "securitySchemes"):
        assert {f"/components/{kind}/{name}" for name in wire_format.ASYNCAPI["components"][kind]} <= used
    assert set(CHANNEL["messages"]) == set(MESSAGES)
    asked = {
        pointer.rpartition("/")[2]
        for name in wire_format.ASYNCAPI["operations"]
        for pointer in wire_format.messages(name)
    }
    assert asked == set(MESSAGES)


def test_schemas_are_sound_and_objects_closed() -> None:
    def objects(data: Any) -> Iterator[dict[str, Any]]:
        if isinstance(data, dict):
            if "object" in (data.get("type") or ()):
                yield data
            for value in data.values():
                yield from objects(value)
        elif isinstance(data, list):
            for value in data:
                yield from objects(value)

    for schema in SCHEMAS.values():
        jsonschema.Draft7Validator.check_schema(schema)
    for message in MESSAGES.values():
        jsonschema.Draft7Validator.check_schema(message["payload"])
    found = [
        *objects(SCHEMAS),
        *(one for message in MESSAGES.values() for one in objects(message["payload"])),
    ]
    assert [one for one in found if "additionalProperties" not in one] == []


# What the server sends ------------------------------------------------------------------------------------


@pytest.mark.parametrize("play", PLAYS)
def test_every_frame_of_a_played_session_fits(play: Callable[[], Game]) -> None:
    played = play()
    assert played.state.phase == "ended"
    faults = {found for text in frames_of(played) if (found := fault_in_text(text, ours=True))}
    assert faults == set()


@pytest.mark.parametrize("play", PLAYS)
def test_the_second_client_ends_with_the_view_of_the_engine(play: Callable[[], Game]) -> None:
    """Its own `changed`, over all ops of a session, gives what the engine says."""
    played = play()
    for seat in played.state.people:
        now: dict[str, Any] = {"items": []}
        room = rooms.Room(uuid.uuid4(), None, 0)
        for seq, event in enumerate(played.log, start=1):
            before = room.cursor(seat)
            room.advance(seq, engine.replay([event], room.state), (event,), None)
            now = changed(now, [json.loads(op) for op in room.since(seat, before) or ()])
        assert now["items"] == engine.view(played.state, seat)["items"]
        assert {**NOWHERE, **now} == engine.view(played.state, seat)


def views_of(play: Game) -> Iterator[engine.View]:
    """What every seat sees after every event."""
    state = None
    for event in play.log:
        state = engine.replay([event], state)
        yield from (engine.view(state, seat) for seat in state.people)


def test_the_played_sessions_have_nearly_everything_that_the_document_describes() -> None:
    """What is described and never sent would be held by nothing."""
    assert engine.lint(engine.parse(everything_json())) == []
    played = [play() for play in PLAYS]
    assert {type(event) for game in played for event in game.log} == set(KINDS.values())
    views = [view for game in played for view in views_of(game)]
    assert [name for name in SECTIONS if not any(view[name] for view in views)] == []
    items = {name for view in views for item in view["items"] for name in item}
    assert items == set(SCHEMAS["Item"]["properties"])
    kinds = {item["kind"] for view in views for item in view["items"]}
    assert kinds == set(SCHEMAS["Kind"]["enum"])
    for name, of in (("turn", "session"), ("turn", "clock"), ("bringer", "judge"), ("cast", "judge")):
        assert any((view[of] or {}).get(name) for view in views), (of, name)
    for name in ("uses", "focus", "module", "waits", "floor"):
        assert any(view["step"][name] for view in views if view["step"]), name
    tools = [tool for view in views if view["me"] for tool in view["me"]["tools"]]
    assert {tool["do"] for tool in tools} == set(engine.WISHES)
    described = {name for one in SCHEMAS["Tool"]["oneOf"] for name in one["properties"]}
    assert {name for tool in tools for name in tool} == described


def inner_objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from inner_objects(value)
    elif isinstance(data, list):
        for value in data:
            yield from inner_objects(value)


def test_a_frame_with_one_field_more_or_less_does_not_fit() -> None:
    play = closing()
    frame = json.loads(hello(play.state, SASKIA, 7))
    assert fault(frame, ours=True) == ""
    for place, part in enumerate(inner_objects(frame)):
        spoilt = copy.deepcopy(frame)
        more = next(itertools.islice(inner_objects(spoilt), place, None))
        more["extra"] = "x"
        assert fault(spoilt, ours=True), part
    for name in frame:
        assert fault({key: value for key, value in frame.items() if key != name}, ours=True), name
    for name in frame["view"]:
        assert fault(frame | {"view": {k: v for k, v in frame["view"].items() if k != name}}, ours=True), name


def calls(name: str, folder: Path) -> Iterator[ast.Call]:
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == name
            ):
                yield node


def test_every_frame_in_the_code_is_described() -> None:
    """`protocol.dump(t=…, …)` is the one way to make a frame, beside `protocol.deltas`."""
    made: dict[str, set[str]] = {"d": set(json.loads(protocol.deltas(1, [], [uuid.uuid4()]).text))}
    for call in calls("dump", REALTIME):
        fields = {str(keyword.arg): keyword.value for keyword in call.keywords}
        kind = fields["t"]
        assert isinstance(kind, ast.Constant)
        assert made.setdefault(str(kind.value), set(fields)) == set(fields)
    described = {name.rpartition("/")[2] for name in wire_format.messages("tell")}
    assert made == {name: set(MESSAGES[name]["payload"]["properties"]) for name in described}
    for name in described - {"d"}:
        assert set(MESSAGES[name]["payload"]["required"]) == made[name]


# What the server takes ------------------------------------------------------------------------------------


def test_the_fields_of_every_command_are_those_of_the_parser() -> None:
    for do in engine.WISHES:
        fields = wire._FIELDS.get(do, {})
        payload = MESSAGES[f"do_{do}"]["payload"]
        assert set(payload["properties"]) == {"t", "id", "do", "visit", *fields}, do
        needed = {name for name, (_, default) in fields.items() if default is wire._REQUIRED}
        assert set(payload["required"]) == {"t", "id", "do", *needed}, do


@pytest.mark.parametrize("data", [data for data, _ in GOOD])
def test_what_the_parser_takes_fits(data: dict[str, Any]) -> None:
    assert fault(data | KNOWN, ours=False) == ""


def beyond_a_schema(value: Any) -> bool:
    """What JSON Schema cannot say: 1.0 is whole to it, half a surrogate pair a character, and it adds up no texts (the
    prose says all three)."""
    if isinstance(value, str):
        return any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        texts = [text for text in value.values() if isinstance(text, str)]
        return sum(map(len, texts)) > wire.LONGEST or any(map(beyond_a_schema, [*value, *value.values()]))
    return isinstance(value, float) and value.is_integer()


@pytest.mark.parametrize("data", [data for data, _ in BAD if isinstance(data, dict)])
def test_what_the_parser_refuses_does_not_fit(data: dict[str, Any]) -> None:
    unsaid = any(beyond_a_schema(value) for value in data.values())
    assert bool(fault(data | KNOWN, ours=False)) is not unsaid


UNDER_THE_TABLE = {("advance", "skip"), ("advance", "anyway"), ("advance", "close")}  # told below it


def words_in_commands() -> Iterator[tuple[str, str, str]]:
    """Command, argument and word, wherever an argument is one of some words."""
    for do in engine.WISHES:
        for name, schema in MESSAGES[f"do_{do}"]["payload"]["properties"].items():
            found = SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
            yield from ((do, name, word) for word in found.get("enum", ()) if isinstance(word, str))


VALUES = JSON | st.sampled_from(sorted({word for _, _, word in words_in_commands()}))
FIELDS = sorted({name for fields in wire._FIELDS.values() for name in fields} | {"visit"})


@examples(150)
@given(st.sampled_from(list(engine.WISHES)), st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4))
def test_parser_and_schema_agree_on_any_command(do: str, values: dict[str, Any]) -> None:
    """But for fields of other commands, which the parser passes over, and what no schema can say."""
    ours = {
        name: value for name, value in values.items() if name in MESSAGES[f"do_{do}"]["payload"]["properties"]
    }
    if any(beyond_a_schema(value) for value in ours.values()):
        return
    try:
        engine.command_from_wire(3, {"do": do, **ours})
        taken = True
    except engine.Refused:
        taken = False
    assert (fault({**KNOWN, "do": do, **ours}, ours=False) == "") is taken


def test_the_other_frames_of_a_client_fit() -> None:
    for frame in (
        {"t": "hi", "v": 1, "since": None},
        {"t": "hi", "v": 1, "since": 7, "e": "ab"},
        {"t": "beat"},
    ):
        assert fault(frame, ours=False) == ""
    for frame in (
        {"t": "hi", "v": 1, "since": -1},
        {"t": "hi", "v": 1},
        {"t": "beat", "c": 1},
        {"t": "hello"},
    ):
        assert fault(frame, ours=False) != ""
    assert fault({**KNOWN, "id": KNOWN["id"].upper(), "do": "agree"}, ours=False) != ""
    assert str(protocol.command_id(KNOWN)) == KNOWN["id"], "comes back in the writing that we ask for"


# Names: code, AsyncAPI, prose -------------------------------------------------------------------------------


def words(schema: str) -> list[str]:
    return list(SCHEMAS[schema]["enum"])


def once(names: list[str]) -> set[str]:
    assert len(names) == len(set(names)), "named twice"
    return set(names)


def unreadable() -> set[str]:
    return {
        str(call.args[0].value)
        for call in calls("Unreadable", REALTIME)
        if isinstance(call.args[0], ast.Constant)
    }


def close_codes() -> set[int]:
    """Those of the protocol, and what an unknown server sends for them."""
    ours = {
        n for name, n in vars(protocol).items() if name.isupper() and isinstance(n, int) and 1000 <= n < 5000
    }
    sent: list[int] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message["code"])

    async def close_all() -> None:
        for code in ours:
            wire = Wire(send)
            wire.close(code)
            await wire.sent()

    asyncio.run(close_all())
    return ours | set(sent)


def ops() -> set[str]:
    """The first words of the ops that the engine makes."""
    source = ast.walk(ast.parse((REALTIME.parent / "engine/fanout.py").read_text()))
    lists = [node.elts[0] for node in source if isinstance(node, ast.List) and len(node.elts) in (2, 3)]
    return {str(first.value) for first in lists if isinstance(first, ast.Constant)}


def test_commands_are_the_same_everywhere() -> None:
    assert once([name.removeprefix("do_") for name in MESSAGES if name.startswith("do_")]) == set(
        engine.WISHES
    )
    assert once(first_names("Commands")) == set(engine.WISHES)
    for do in engine.WISHES:
        assert MESSAGES[f"do_{do}"]["payload"]["properties"]["do"] == {"const": do}
    for row in rows("Commands"):
        arguments = {name for name in named(row[1]) if name in FIELDS}
        for do in named(row[0]):
            assert arguments == set(wire._FIELDS.get(do, {})), do


def test_refusal_codes_are_the_same_everywhere() -> None:
    """That the sentences are those of the code is held by test_room_phrases."""
    codes = set(phrases.REFUSALS) - NO_REFUSAL
    assert once(words("RefusalCode")) == codes
    assert once(first_names("Refusal codes")) == codes


def test_audience_codes_are_the_same_everywhere() -> None:
    assert promises.promises() == set(phrases.AUDIENCES)
    assert once(words("AudienceCode")) == set(phrases.AUDIENCES)
    assert once(first_names("Audience codes")) == set(phrases.AUDIENCES)


def test_codes_of_unreadable_frames_are_the_same_everywhere() -> None:
    codes = unreadable()
    assert codes
    assert once(words("ErrorCode")) == codes
    assert once(first_names("Frames that cannot be read")) == codes


def test_close_codes_are_the_same_everywhere() -> None:
    described = {int(code): told["then"] for code, told in CHANNEL["x-close-codes"].items()}
    assert set(described) == close_codes()
    prose = {int(code): row[2] for row in rows("Close codes") for code in named(row[0])}
    assert prose == described
    final = {code for code, then in described.items() if then == "stop"}
    assert final == FINAL == STOP
    assert final == {int(name[5:]) for name in phrases.WORDS if re.fullmatch(r"line_\d+", name)}


def described_sections() -> dict[str, dict[str, list[str]]]:
    """Of the view as the prose draws it: its sections, their keys, and the keys of these."""
    found: dict[str, dict[str, list[str]]] = {}
    depth, at = 0, dict[int, str]()
    for mark, name in re.findall(r'([{}])|"(\w+)":', section("The view").split("```")[1]):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        at |= {depth: name} if name else {}
        if name and depth == 1:
            found[name] = {}
        elif name and depth == 2:
            found[at[1]][name] = []
        elif name:
            found[at[1]][at[2]].append(name)
    return found


def test_sections_and_ops_are_the_same_everywhere() -> None:
    sections = [*SECTIONS, "items"]
    assert set(NOWHERE) == set(sections)
    assert once(list(SCHEMAS["View"]["properties"])) == set(sections) == set(SCHEMAS["View"]["required"])
    shown = described_sections()
    assert list(shown) == sections
    for name in SECTIONS:
        schema = SCHEMAS[SCHEMAS["View"]["properties"][name]["$ref"].rpartition("/")[2]]
        inner = schema.get("items", schema)["properties"]
        assert list(shown[name]) == list(inner), name
        for key, keys in shown[name].items():
            assert keys == list(inner[key].get("properties", [])), (name, key)

    arrays = [one["items"] for one in SCHEMAS["Op"]["oneOf"]]
    assert [one[1]["const"] for one in arrays if one[0]["const"] == "set"] == list(SECTIONS)
    for one in arrays[: len(SECTIONS)]:
        assert one[2] == SCHEMAS["View"]["properties"][one[1]["const"]]
    assert {one[0]["const"] for one in arrays} == ops()
    assert {
        json.loads(re.sub(r"\b(section|value|item|id)\b(?!\")", "0", op))[0] for op in first_names("Ops")
    } == ops()


def test_an_item_and_a_frame_have_the_same_fields_everywhere() -> None:
    text = section("Items")
    shown = re.search(r"An \*\*item\*\* is\n`([^`]+)`", text)
    assert shown is not None
    assert re.findall(r'"(\w+)"', shown[1]) == SCHEMAS["Item"]["required"]
    assert list(SCHEMAS["Item"]["properties"]) == [*SCHEMAS["Item"]["required"], *first_names("Items")]

    frames = [re.findall(r'"(\w+)":', row[0]) for row in rows("Frames")]
    kinds = re.findall(r'^\| `\{"t":"(\w+)"', section("Frames"), re.MULTILINE)
    names = [
        "hi",
        "do_agree",
        "client_beat",
        *(name.rpartition("/")[2] for name in wire_format.messages("tell")),
    ]
    assert kinds == [MESSAGES[name]["name"] for name in names]
    for name, keys in zip(names, frames, strict=True):
        assert keys == [
            key for key in MESSAGES[name]["payload"]["properties"] if (name, key) != ("do_agree", "visit")
        ]


def test_words_of_the_view_are_the_same_everywhere() -> None:
    code = {
        "phase": ["lobby", "running", "closing", "ended"],
        "role": list(method.ROLES),
        "duties": list(DUTIES),
        "stance": list(permissions.ALL_STANCES),
        "state": list(phrases.STATES),
        "kind": [*method.COLLECTS, *UNCOUNTED],
        "scale": list(method.SCALES),
    }
    schemas = {"state": "SeatState"}
    assert set(SCHEMAS["Duties"]["items"]["enum"]) == set(DUTIES)
    assert first_names("The view") == list(code)
    for field, listed in rows("The view"):
        name = named(field)[0]
        assert once(named(listed)) == set(code[name]), name
        if name != "duties":
            assert once(words(schemas.get(name, name.title()))) == set(code[name]), name


def test_tools_are_the_commands_that_leave_somebody_a_choice() -> None:
    offered = []
    for tool in SCHEMAS["Tool"]["oneOf"]:
        do = tool["properties"]["do"]
        offered += do.get("enum") or [do["const"]]
    assert once(offered) == set(engine.WISHES)
    more = {
        name for tool in SCHEMAS["Tool"]["oneOf"] for name in set(tool["properties"]) - set(tool["required"])
    }
    told = [re.findall(r'"(\w+)":', row[0])[0] for row in rows("Tools")]
    assert once(told) == more


def test_words_in_commands_are_the_same_everywhere() -> None:
    """The schema names those that the parser takes; the prose tells of each in the row of its command."""
    prose = {do: " ".join(row[1:]) for row in rows("Commands") for do in named(row[0])}
    for do, name, word in words_in_commands():
        needed = {"advance": {"visit": 1}, "appoint": {"what": "deputy"}, "replan": {"choice": "skip"}}
        engine.command_from_wire(3, {"do": do, **needed.get(do, {}), name: word})
        assert word in named(prose[do]) or (do, word) in UNDER_THE_TABLE, (do, word)
    assert {word for _, word in UNDER_THE_TABLE} <= set(named(section("Commands")))
    assert [row[0] for row in rows("Votes")[-len(method.SCALES) :]] == [f"`{one}`" for one in method.SCALES]


def test_limits_are_the_same_everywhere() -> None:
    code = {
        "frame_bytes": protocol.MOST_BYTES,
        "frame_depth": protocol.MOST_DEPTH,
        "text_characters": wire.LONGEST,
        "frames_per_second": settings.ROOM_FRAMES_PER_SECOND,
        "unreadable_frames": socket.MOST_UNREADABLE,
        "silent_seconds": line.DEAD_AFTER,
        "unconfirmed_characters": line.MOST_UNCONFIRMED,
        "server_beat_seconds": line.BEAT_EVERY,
        "lines_of_one_person": hub.MOST_LINES_OF_ONE,
        "resumed_characters": hub.MOST_RESUMED,
    }
    assert CHANNEL["x-limits"] == code
    assert {named(row[0])[0]: int(row[1]) for row in rows("Limits")} == code
    assert SCHEMAS["Text"]["maxLength"] == SCHEMAS["Said"]["maxLength"] == wire.LONGEST


def test_the_prose_tells_of_every_bell() -> None:
    answers = [
        node
        for node in ast.walk(ast.parse((REALTIME / "hub.py").read_text()))
        if isinstance(node, ast.FunctionDef) and node.name in ("_heard", "_answer")
    ]
    heard = [
        str(key.value)
        for answer in answers
        for node in ast.walk(answer)
        if isinstance(node, ast.MatchMapping)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]
    rung = {
        str(keyword.arg)
        for name in ("ring", "_ring")
        for call in calls(name, REALTIME)
        for keyword in call.keywords
    }
    told = set(elsewhere.Elsewhere().told(uuid.uuid4(), []))
    assert rung - {"None"} | told == {*heard, "marks"}
    assert once(first_names("Between processes")) == set(heard)
    text = " ".join(section("Between processes").split())
    for said in (
        f"`{bells.CHANNEL}`",
        f"by itself every {hub.LOOK_EVERY:g} s",
        f"every {hub.LOOK_EVERY_WITHOUT_BELLS:g} s while its bells are known to be down",
        f"for {bells.SILENT_AFTER:g} s",
        f"looked at again every {hub.RECHECK_EVERY:g} s",
        f"forgotten after {elsewhere.FORGOTTEN_AFTER:g} s",
    ):
        assert said in text


# A client that knows the documents alone ----------------------------------------------------------------------


def test_the_second_client_shares_no_code() -> None:
    tree = ast.parse((ROOT / "tests/support/second_client.py").read_text())
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules == {"collections", "contextlib", "json", "random", "time", "typing", "uuid", "websockets"}


@pytest.mark.server
def test_a_second_client_plays_along_and_sees_the_same(tmp_path: Path) -> None:
    """Agrees, starts, says, edits, is refused, is cut off and resumes, lives through a restart; the views stay equal."""
    server = Server(tmp_path)
    server.migrate()
    server.start()
    scene = server.scene(people=3, method="INC6")
    cookies = [f"{scene['cookie']}={person['key']}" for person in scene["people"]]
    proxy = Line(server.port)
    lead = SecondClient(server.origin, scene["session"], cookies[0])
    mine = SecondClient(server.origin, scene["session"], cookies[1], address=f"ws://127.0.0.1:{proxy.port}")

    async def journey() -> None:
        first, third = (
            RoomClient(server.origin, scene["session"], scene["cookie"], scene["people"][seat - 1]["key"])
            for seat in (2, 3)
        )

        async def same() -> None:
            """Both clients of seat 2 show the same, once both are as far."""
            await asyncio.to_thread(mine.until, lambda _: mine.cursor >= first.cursor)
            async with asyncio.timeout(PATIENCE):
                while first.cursor < mine.cursor:
                    await asyncio.sleep(0.02)
            assert (mine.cursor, mine.view) == (first.cursor, first.view)

        async with first, third:
            await third.do("agree")
            await asyncio.to_thread(lead.do, "agree")
            await asyncio.to_thread(mine.do, "agree")
            assert mine.seat == 2
            await same()
            await asyncio.to_thread(lead.do, "start")
            await asyncio.to_thread(mine.until, lambda view: view["step"] and view["step"]["floor"] == 2)

            # Says, and while it may still be changed, changes it; the tool said so.
            assert "say" in [tool["do"] for tool in mine.view["me"]["tools"]]
            await asyncio.to_thread(mine.do, "say", text="Een eerste zin.", visit=mine.view["step"]["visit"])
            (said,) = [item for item in mine.view["items"] if item["by"] == 2]
            await asyncio.to_thread(mine.do, "edit", item=said["id"], text="Een betere zin.")
            assert [(item["text"], item["edited"]) for item in mine.view["items"]] == [
                ("Een betere zin.", True)
            ]
            await same()

            # Refused: a code, and a sentence for people.
            with pytest.raises(Refused) as refusal:
                await asyncio.to_thread(mine.do, "advance", visit=mine.view["step"]["visit"])
            assert refusal.value.code == "facilitator_only"
            assert refusal.value.text.endswith(".")

            # Cut off, misses three things, says something into the void; comes back with exactly that.
            greeted = sum('"t":"hello"' in text for text in mine.came)
            proxy.cut()
            await asyncio.to_thread(mine.read_on, 0.5)
            await third.do("say", text="Terwijl jij weg was.")
            for number in range(2):
                await third.do("stop", text=f"gemist {number}", anonymous=bool(number))
            saying = asyncio.create_task(
                asyncio.to_thread(mine.do, "stop", text="in het niets", anonymous=False)
            )
            await asyncio.sleep(0.5)
            proxy.mend()
            await saying
            assert [stop["text"] for stop in mine.view["stops"]] == ["gemist 0", "gemist 1", "in het niets"]
            assert sum('"t":"hello"' in text for text in mine.came) == greeted, "resumed, not started anew"
            await same()

            # The same command once more is acknowledged and changes nothing.
            done = json.loads([text for text in mine.sent if "in het niets" in text][-1])
            assert await asyncio.to_thread(mine.repeat, done) == "ack"
            await same()

            # A restart is announced, and survived.
            stopping = asyncio.create_task(asyncio.to_thread(server.stop))
            while 1012 not in mine.closes:
                await asyncio.to_thread(mine.read_on, 0.2)
            assert await stopping == 0
            await asyncio.to_thread(server.start)
            await asyncio.to_thread(mine.do, "stop", text="terug", anonymous=False)
            await same()
            await asyncio.to_thread(mine.until, lambda _: mine.here == [2, 3])
            assert (mine.errors, first.doubled) == ([], 0)

        came = [*first.raw, *third.raw, *lead.came, *mine.came]
        assert {json.loads(text)["t"] for text in came} >= {"hello", "d", "ack", "no", "here"}
        assert {found for text in came if (found := fault_in_text(text, ours=True))} == set()
        assert {
            found for text in [*lead.sent, *mine.sent] if (found := fault_in_text(text, ours=False))
        } == set()

    try:
        asyncio.run(journey())
    finally:
        mine.close()
        lead.close()
        proxy.close()
        server.kill()
