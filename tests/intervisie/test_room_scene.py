"""What the room shows to whom, from real states of the engine."""

import json

import pytest
from django.utils import translation

from intervisie.engine import commands as c
from intervisie.room import Kept, scene
from intervisie.room.table import as_clock, as_minutes
from intervisie.room.wire import command
from tests.intervisie.played import (
    ERIK,
    FATMA,
    GOSSIP,
    JORIS,
    PEOPLE,
    RUBEN,
    SASKIA,
    TOM,
    at_step,
    diagnosis,
    gossip,
    lobby,
    moments,
)
from tests.intervisie.staged import stage_moments

MOMENTS = moments() | stage_moments()


def drawn(name, kept=None, language="nl"):
    moment = MOMENTS[name]
    with translation.override(language):
        return scene(moment.view, moment.texts(language), kept, moment.now)


@pytest.mark.parametrize("name", MOMENTS)
def test_every_moment_says_where_we_are_and_what_is_asked(name):
    head = drawn(name)["head"]
    assert head["kicker"] and head["title"] and head["text"].endswith((".", "?"))


@pytest.mark.parametrize("name", MOMENTS)
def test_every_input_says_who_will_see_it(name):
    room = drawn(name)
    shown = [*room["said"]["threads"], *room["used"]["threads"], *filter(None, [room["focus"]])]
    answers = [thread["answer"] for thread in shown if thread["answer"]]
    apart = [(room[part] or {}).get("form") for part in ("chat", "aside")]
    inputs = [*room["forms"], *answers, *room["signals"], *filter(None, apart)]
    inputs += [room["ballot"]] if room["ballot"] and room["ballot"]["votes"] else []
    assert all(one["sees"].endswith(".") for one in inputs)


@pytest.mark.parametrize("name", MOMENTS)
def test_only_tools_of_this_step_are_drawn(name):
    tools = [tool["do"] for tool in MOMENTS[name].view["me"]["tools"]]
    room = drawn(name)
    assert {form["do"] for form in room["forms"]} <= set(tools)
    assert (room["ready"] is None) or "ready" in tools
    assert (room["lead"] is None) or room["lead"]["go"] in tools
    assert bool(room["agreement"]) == ("agree" in tools)


def test_rail_tells_past_now_and_next():
    rail = drawn("diagnosis-floor")["rail"]
    assert [step["state"] for step in rail] == ["past"] * 4 + ["now", "next", "next"]
    assert [step["minutes"] for step in rail][3:6] == ["15 min", "7½ min", "7½ min"]


def test_kicker_counts_the_steps():
    assert drawn("diagnosis-floor")["head"]["kicker"] == "Stap 5 van 7 · rondje"


def test_seats_stand_in_one_order_for_everybody():
    orders = {
        tuple(seat["seat"] for seat in drawn(name)["table"]["seats"])
        for name in MOMENTS
        if name not in ("diagnosis-sixteen", "small-table")
    }
    assert orders == {tuple(range(1, 9))}


def test_seats_say_their_state_in_words():
    seats = {seat["seat"]: seat for seat in drawn("diagnosis-floor")["table"]["seats"]}
    assert seats[FATMA]["word"] == "heeft het woord"
    assert seats[SASKIA]["word"] == "luistert"
    assert seats[JORIS]["check"]
    assert seats[RUBEN]["word"] == "" and seats[RUBEN]["note"] == "Meppel"


def test_question_stands_in_the_middle_with_whose_it_is():
    table = drawn("diagnosis-floor")["table"]
    assert table["kicker"] == "De vraag van Saskia"
    assert table["question"].startswith("Hoe geef ik de kleine gemeenten")


def test_clock_shows_the_end_as_an_hour_and_what_is_left_as_a_ring():
    clock = drawn("diagnosis-floor")["table"]["clock"]
    assert clock["percent"] == "56.00"
    assert len(clock["face"]) == 5 and ":" in clock["face"]


def test_paused_clock_shows_what_is_left():
    play = diagnosis()
    play.now += 198_000
    play.do(c.Pause(ERIK))
    moment = play.see(FATMA, 5)
    clock = scene(moment.view, moment.texts(), None, moment.now)["table"]["clock"]
    assert (clock["face"], clock["label"], clock["percent"]) == ("4:12", "gepauzeerd", "56.00")


@pytest.mark.parametrize(("left", "face"), [(252_000, "4:12"), (251_001, "4:12"), (0, "0:00"), (-5, "0:00")])
def test_clock_rounds_up_and_never_below_zero(left, face):
    assert as_clock(left) == face


@pytest.mark.parametrize(
    ("minutes", "said"), [(7.5, "7½"), (7.0, "7"), (15, "15"), (7.25, "7¼"), (0.75, "¾"), (6.9, "7")]
)
def test_minutes_may_have_a_half_or_a_quarter(minutes, said):
    assert as_minutes(minutes) == said


def test_who_has_the_floor_shares_and_passes_on():
    form = drawn("diagnosis-floor")["forms"][0]
    assert (form["label"], form["submit"], form["passes"]) == ("De kern is …", "Deel en geef door", True)


def test_promise_names_the_bringer():
    assert "Saskia luistert" in drawn("diagnosis-floor")["forms"][0]["sees"]
    assert "Saskia leest mee, zonder namen" in drawn("gossip-group")["forms"][0]["sees"]


def test_who_waits_is_told_who_has_the_floor():
    assert drawn("diagnosis-waiting")["head"]["text"].startswith("Fatma heeft nu het woord.")


def test_listening_bringer_has_no_tool_but_the_stop_signal():
    room = drawn("diagnosis-bringer")
    assert (room["forms"], room["ready"], room["passing"], room["lead"]) == ([], None, None, None)
    assert [signal["kind"] for signal in room["signals"]] == ["stop"]
    assert room["head"]["text"].startswith("Je luistert nu.")


def test_bringer_answers_in_the_thread_of_the_question():
    threads = drawn("ask-bringer")["said"]["threads"]
    assert [thread["answer"]["parent"] for thread in threads] == [thread["id"] for thread in threads]
    assert [bool(thread["answer"]["folds"]) for thread in threads] == [True, False, True]
    assert threads[0]["replies"][0]["bringer"]


def test_own_words_can_be_changed_while_the_step_lasts():
    first, second, _ = drawn("ask-group")["said"]["threads"]
    assert first["edit"]["tool"] == f"edit-{first['id']}"
    assert second["edit"] is None
    later = drawn("diagnosis-floor")["before"][1]["threads"]
    assert [thread["edit"] for thread in later] == [None, None, None]


def test_dots_can_be_spent_only_once():
    room = drawn("dots")
    assert room["ballot"]["left"] == "Je hebt nog 2 stippen."
    by_owner = {thread["by"]: thread["vote"]["choices"] for thread in room["said"]["threads"]}
    assert [choice["on"] for choice in by_owner["Tom Dekker"]] == [False, True, False, False]
    assert [choice["off"] for choice in by_owner["Tom Dekker"]] == [False] * 4
    assert [choice["off"] for choice in by_owner["Joris Kok"]] == [False, False, False, True]


def test_the_table_sees_what_the_vote_came_to():
    notes = {thread["by"]: thread["notes"] for thread in drawn("diagnosis-floor")["before"][0]["threads"]}
    assert notes == {
        "Saskia de Vries": "8 stippen · gekozen",
        "Joris Kok": "0 stippen",
        "Tom Dekker": "0 stippen",
    }
    assert [thread["notes"] for thread in drawn("dots")["said"]["threads"]] == ["", "", ""]


def test_going_back_from_the_closing_names_the_visit_that_is_left():
    assert drawn("closing-lead")["visit"] == 8
    assert [way["value"] for way in drawn("closing-lead")["lead"]["more"]] == ["back"]


def test_turned_bringer_reads_lines_without_any_name():
    room = drawn("gossip-turned")
    assert [thread["text"] for thread in room["said"]["threads"]] == [text for _, text in GOSSIP]
    assert [thread["mark"]["on"] for thread in room["said"]["threads"]] == [True, False, True]
    said = json.dumps(
        [room["said"], room["used"], room["outcome"], room["forms"], room["before"], room["head"]],
        ensure_ascii=False,
    )
    assert not [name for name, short, *_ in PEOPLE[:8] if name in said or short in said]
    assert [form["tool"] for form in room["forms"]] == ["note"]
    assert (room["before"], room["case"]) == ([], None)


def test_turned_bringer_sees_no_sign_of_who_does_what():
    words = {seat["seat"]: seat["word"] for seat in drawn("gossip-turned")["table"]["seats"]}
    assert {word for seat, word in words.items() if seat not in (SASKIA, ERIK)} == {""}


def test_return_opens_with_what_touched():
    mine = drawn("return")["mine"]
    assert mine["lines"] == [GOSSIP[0][1], GOSSIP[2][1]]
    assert mine["notes"] == ["Van wie moet het tempo …"]
    assert mine["open"]


def test_what_touched_is_for_the_bringer_alone():
    play = gossip().next()
    for seat in (FATMA, ERIK):
        moment = play.see(seat)
        assert scene(moment.view, moment.texts(), None, moment.now)["mine"] is None


def test_facilitator_hears_who_would_be_passed_by():
    lead = drawn("diagnosis-lead")["lead"]
    assert lead["label"] == "Volgende: Oplossingen"
    assert all(name in lead["confirm"] for name in ("Fatma", "Ilse", "Tom", "Noor"))
    assert "Joris" not in lead["confirm"] and "Ruben" not in lead["confirm"]
    assert lead["cue"].startswith("1 van 7 klaar · Nog niet gehoord: Ruben, Ilse, Tom")
    assert [seat["seat"] for seat in lead["people"]] == [*range(1, 9)]


def test_facilitator_goes_on_without_a_question_when_nobody_waits():
    play = diagnosis()
    play.round()
    moment = play.see(ERIK)
    assert scene(moment.view, moment.texts(), None, moment.now)["lead"]["confirm"] == ""


def test_facilitator_settles_a_tie_only_after_it_showed():
    play = at_step(1)
    moment = play.see(ERIK)
    assert scene(moment.view, moment.texts(), None, moment.now)["lead"]["choices"] is None
    tie = Kept("lead", {}, "Kies er samen één.")
    lead = scene(moment.view, moment.texts(), tie, moment.now)["lead"]
    assert (lead["error"], len(lead["choices"]["items"])) == ("Kies er samen één.", 3)
    assert [way["value"] for way in lead["choices"]["ways"]] == ["lot", "turn"]


def test_nobody_else_has_the_facilitators_bar():
    leading = {name for name in MOMENTS if drawn(name)["lead"]}
    assert leading == {"lobby-lead", "diagnosis-lead", "closing-lead", "tips-lead", "small-table"}


def test_lobby_tells_the_plan_and_who_is_missing():
    room = drawn("lobby-lead")
    assert [step["title"] for step in room["plan"]["steps"]][:2] == [
        "Situaties inbrengen",
        "Een situatie kiezen",
    ]
    assert room["lead"]["confirm"].count("Ruben") == room["lead"]["confirm"].count("Ilse") == 1


def test_who_did_not_agree_sees_the_agreement_also_while_the_session_runs():
    play = lobby()
    play.do(c.Start(ERIK))
    moment = play.see(RUBEN)
    room = scene(moment.view, moment.texts(), None, moment.now)
    assert len(room["agreement"]["rules"]) == 4
    assert (room["said"]["threads"], room["used"]["threads"]) == ([], [])
    assert (room["before"], room["forms"], room["case"]) == ([], [], None)


def test_stop_signal_is_shown_with_or_without_a_name():
    stop = drawn("diagnosis-lead")["stops"][0]
    assert (stop["who"], stop["text"], stop["clears"]) == (
        "Iemand geeft een stopsignaal.",
        "Het gaat me te snel.",
        True,
    )
    play = diagnosis()
    play.do(c.RaiseStop(TOM, "", False))
    moment = play.see(FATMA)
    stop = scene(moment.view, moment.texts(), None, moment.now)["stops"][0]
    assert (stop["who"], stop["clears"]) == ("Tom Dekker geeft een stopsignaal.", False)


def test_intention_has_its_date():
    intention = drawn("closing")["said"]["threads"][0]
    assert (intention["by"], intention["date"]) == ("Saskia de Vries", "vóór 1 juli 2026")
    assert drawn("closing", language="en")["said"]["threads"][0]["date"] == "before 1 July 2026"


def test_sealed_outcome_is_offered_to_the_bringer_alone():
    rows = [row["label"] for row in drawn("intention")["case"]["rows"]]
    assert rows[-1] == "Hoe het afliep" and drawn("intention")["case"]["unseals"]
    assert "Hoe het afliep" not in [row["label"] for row in drawn("diagnosis-floor")["case"]["rows"]]


def test_what_was_typed_comes_back_in_its_own_field():
    kept = Kept("say-text-5", {"text": "Half een gedachte"}, "Je bent nog niet aan de beurt.")
    room = drawn("diagnosis-floor", kept)
    form = room["forms"][0]
    assert (form["value"], form["error"]) == ("Half een gedachte", "Je bent nog niet aan de beurt.")
    assert room["kept"] is None


def test_what_was_typed_in_a_step_that_is_over_is_shown_apart():
    kept = Kept("say-question-4", {"text": "Nog een vraag"}, "De tafel is intussen verder.")
    room = drawn("diagnosis-floor", kept)
    assert room["kept"] is kept
    assert room["forms"][0]["value"] == ""


def test_sixteen_people_fit():
    table = drawn("diagnosis-sixteen")["table"]
    assert table["count"] == 16
    assert sum("seat--up" in seat["classes"] for seat in table["seats"]) == 7


@pytest.mark.parametrize(
    ("fields", "wish"),
    [
        ({"do": "say", "text": "Ja", "parent": "", "tool": "say-text-5"}, {"do": "say", "text": "Ja"}),
        ({"do": "give_floor", "to": ""}, {"do": "give_floor", "to": None}),
        ({"do": "give_floor", "to": "4"}, {"do": "give_floor", "to": 4}),
        ({"do": "ready", "on": "false"}, {"do": "ready", "on": False}),
        ({"do": "stop", "text": "", "anonymous": "true"}, {"do": "stop", "anonymous": True}),
        ({"do": "stop", "kind": "meta"}, {"do": "stop", "kind": "meta"}),
        ({"do": "advance", "visit": "3", "how": "skip"}, {"do": "advance", "visit": 3, "how": "skip"}),
        ({"do": "choose", "by": "lot"}, {"do": "choose", "by": "lot"}),
        ({"do": "appoint", "to": "4", "what": "deputy"}, {"do": "appoint", "to": 4, "what": "deputy"}),
        ({"do": "replan", "choice": "shorten"}, {"do": "replan", "choice": "shorten"}),
        ({"do": "advance", "visit": "x"}, {"do": "advance"}),
        (
            {"do": "say", "f:value": "Rust", "f:norm": " ", "persona": "wethouder"},
            {"do": "say", "fields": {"value": "Rust"}, "persona": "wethouder"},
        ),
        ({"do": "say", "cell": "team", "text": "Lucht"}, {"do": "say", "fields": {"team": "Lucht"}}),
        (
            {"do": "edit", "item": "i1", "f:a": "Tempo"},
            {"do": "edit", "item": "i1", "fields": {"a": "Tempo"}},
        ),
    ],
)
def test_form_becomes_a_command(fields, wish):
    assert command(fields) == wish
