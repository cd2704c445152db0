"""What stands around the stage, from real states of the engine: the bar of who leads, the table, signals, the lobby."""

from dataclasses import replace

import pytest
from django.utils import translation

from intervisie.engine import commands as c
from intervisie.room import Kept, scene
from tests.intervisie import played, played_around
from tests.intervisie.played import ERIK, FATMA, ILSE, JORIS, NOOR, RUBEN, SASKIA, TOM, Moment

MOMENTS = played_around.moments()


def drawn(moment, kept=None, language="nl"):
    moment = moment if isinstance(moment, Moment) else MOMENTS[moment]
    with translation.override(language):
        return scene(moment.view, moment.texts(language), kept, moment.now)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", MOMENTS)
def test_every_moment_says_where_we_are(name, language):
    room = drawn(name, language=language)
    assert room["head"]["title"] and room["head"]["text"]
    assert room["table"]["question"]
    assert room["lead"] is None or room["lead"]["go"] in {
        "",
        *(t["do"] for t in MOMENTS[name].view["me"]["tools"]),
    }


# The main button


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("late-lead", "Volgende: Oplossingen"),
        ("turns-lead", "Volgende: de vraag van Saskia"),
        ("apart-lead", "Roep iedereen terug"),
        ("apart-table", "Volgende: Verhelderen"),
        ("skip-lead", "Volgende: Tweede ronde"),
        ("brings-lead", "Begin de sessie"),
        ("duties-timekeeper", ""),
    ],
)
def test_the_main_button_names_what_comes(name, label):
    assert drawn(name)["lead"]["label"] == label


def test_at_a_small_table_the_button_names_the_next_bringer_and_at_last_that_all_are_through():
    play, labels = played_around.apart(), []
    seat = played_around.table_of(play, 2)[0]
    while not play.state.tables[2].finished:
        lead = drawn(play.see(seat))["lead"]
        assert (lead is None) == (play.see(seat).view["me"]["stance"] == "turned"), (
            "who is turned leads nothing"
        )
        labels.append(lead and lead["label"])
        play.do(c.Advance(seat, play.state.tables[2].visit))
    assert labels[3::4] == ["Volgende: de vraag van Tom", "Volgende: de vraag van Noor", "Wij zijn klaar"]
    assert drawn(play.see(seat))["lead"] is None


def test_a_step_done_in_groups_ends_at_a_small_table_although_others_follow():
    play = played.Play("INCX")
    play.start()
    played_around.to(play, "pitch")
    play.round()
    played_around.to(play, "choose").do(c.Choose(ERIK, None, "lot"))
    played_around.to(play, "analysis")
    seat = played_around.table_of(play, 1)[0]
    assert drawn(play.see(seat))["lead"]["label"] == "Wij zijn klaar"
    assert drawn(play.see(ERIK))["table"]["clock"] is not None


def test_who_would_be_passed_by_is_told_and_what_an_objection_means():
    confirm = drawn("gate-lead")["lead"]["confirm"]
    assert confirm.startswith("Nog niet iedereen is aan de beurt geweest: Fatma, Joris, Saskia en nog 4.")
    assert "Heeft iemand bezwaar, dan gaan jullie terug naar ‘Vragen’." in confirm
    assert drawn("through-lead")["lead"]["confirm"].startswith("Nog niet klaar: Tafel 1.")


# Other ways, and people


def ways(name):
    return [(way["name"], way["value"], way["label"]) for way in drawn(name)["lead"]["more"]]


def test_what_is_seldom_wanted_is_in_a_menu():
    assert ways("skip-lead") == [("do", "back", "Stap terug"), ("how", "skip", "Sla ‘Tweede ronde’ over")]
    assert ("how", "anyway", "Ga toch verder, wat de stemming ook zegt") in ways("gate-lead")
    assert ("how", "close", "Stop hier met de beurten") in ways("turns-lead")
    assert [value for name, value, _ in ways("casting-lead") if name == "by"] == ["lot", "turn"]


def test_a_vote_on_roles_is_settled_for_each_role():
    choices = drawn("casting-lead", Kept("lead", {}, "Het staat gelijk."))["lead"]["choices"]
    assert choices["items"] == []
    assert [role["title"] for role in choices["roles"]] == ["inbrenger", "begeleider", "notulist"]
    assert {"id": f"B:{TOM}", "name": "Tom Dekker", "on": False} in choices["roles"][0]["options"]
    play = played_around.casting()
    play.do(c.Choose(ERIK, f"B:{TOM}"))
    [chosen] = [
        one
        for role in drawn(play.see(ERIK), Kept("lead", {}, "Het staat gelijk."))["lead"]["choices"]["roles"]
        for one in role["options"]
        if one["on"]
    ]
    assert chosen["id"] == f"B:{TOM}"


def test_a_vote_on_modules_is_settled_by_their_titles():
    play = played_around.to_casting("TIE")
    play.do(c.Choose(ERIK, f"B:{TOM}"))
    play = played_around.to(play, "choose_form")
    choices = drawn(play.see(ERIK), Kept("lead", {}, "Kies er een."))["lead"]["choices"]
    assert len(choices["items"]) == len(play.state.method.modules)
    assert all(one["id"].startswith("m:") and one["text"] for one in choices["items"])


def test_everybody_who_is_here_can_be_given_a_task():
    people = {one["seat"]: one["name"] for one in drawn("duties-lead")["lead"]["people"]}
    assert people[RUBEN] == "Ruben Hofman, tijdbewaker"
    assert people[NOOR] == "Noor Aalders, vervanger"
    assert people[ILSE] == "Ilse Mulder, notulist"
    assert people[ERIK] == "Erik Smit, begeleider"
    assert people[SASKIA] == "Saskia de Vries, inbrenger"


def test_duties_stand_at_the_seats():
    seats = {seat["seat"]: seat for seat in drawn("duties-timekeeper")["table"]["seats"]}
    assert seats[RUBEN]["duties"] == [{"icon": "timer", "word": "tijdbewaker"}]
    assert seats[NOOR]["duties"] == [{"icon": "user-check", "word": "vervanger"}]
    assert seats[ILSE]["word"] == "schrijft mee"


def test_the_timekeeper_has_the_time_and_nothing_else():
    lead = drawn("duties-timekeeper")["lead"]
    assert (lead["title"], lead["clock"]) == ("Voor de tijdbewaker", "pause")
    assert [one["n"] for one in lead["extend"]] == [1, 2, 5]
    assert (lead["go"], lead["floor"], lead["people"], lead["more"], lead["confirm"]) == ("", [], [], [], "")


def test_a_method_may_call_its_roles_otherwise():
    room = drawn("gate-lead")
    assert room["lead"]["title"] == "Voor de coach"
    assert next(seat["word"] for seat in room["table"]["seats"] if seat["seat"] == ERIK) == "coach"
    lobby = played.Play("WIA")
    lobby.agree_all()
    assert "De coach begint als iedereen klaar is." in drawn(lobby.see(FATMA))["head"]["text"]


# The lobby


def test_where_no_step_finds_a_bringer_the_lobby_does():
    lead = drawn("brings-lead")["lead"]
    assert lead["cue"] == "Kies eerst wie de casus inbrengt."
    assert [one["seat"] for one in lead["brings"]] == [FATMA, JORIS, SASKIA, RUBEN, ILSE, TOM, NOOR]
    assert drawn("brings-group")["table"]["question"] == "Wiens casus wordt het?"


def test_everybody_in_the_lobby_sees_who_brings():
    for name in ("brought-lead", "brought-group"):
        table = drawn(name)["table"]
        assert (table["kicker"], table["question"]) == ("Brengt de casus in", "Fatma Bakker")
        assert next(seat["word"] for seat in table["seats"] if seat["seat"] == FATMA) == "brengt de casus in"
    lead = drawn("brought-lead")["lead"]
    assert lead["cue"] == "Fatma Bakker brengt de casus in."
    assert [one["seat"] for one in lead["brings"] if one["on"]] == [FATMA]


@pytest.mark.parametrize("method", ["INC6", "WIS", "KFB"])
def test_where_the_method_finds_the_bringer_the_lobby_does_not_ask(method):
    lobby = played.Play(method)
    lobby.agree_all()
    lead = drawn(lobby.see(ERIK))["lead"]
    assert (lead["cue"], lead["brings"]) == ("", [])


def test_the_lobby_says_which_minutes_are_estimates_and_which_steps_may_be_skipped():
    plan = drawn("brings-group")["plan"]
    assert plan["notes"] == ["Alle minuten zijn geschat: geen bron noemt ze, dus we hebben ze zelf bedacht."]
    assert plan["steps"][0]["minutes"] == "5 min"
    lobby = played.Play("INC6")
    minutes = [step["minutes"] for step in drawn(lobby.see(FATMA))["plan"]["steps"]]
    assert [one for one in minutes if "geschat" in one] == ["7 min, geschat", "3 min, geschat"]
    lobby = played.Play("ALS")
    plan = drawn(lobby.see(FATMA))["plan"]
    assert [step["title"] for step in plan["steps"] if "mag je overslaan" in step["minutes"]] == [
        "Hulpbronnen"
    ]
    assert plan["notes"][0].startswith("Vanaf ‘")


def test_double_confidentiality_is_agreed_on_too():
    rules = drawn("double-agree")["agreement"]["rules"]
    assert len(rules) == 5 and rules[-1].startswith("Na afloop komt niemand op deze casus terug")
    play = played.Play("INC6")
    assert len(drawn(play.see(FATMA))["agreement"]["rules"]) == 4


@pytest.mark.parametrize("name", ["brings-group", "apart-table"])
def test_source_licence_and_credit_are_in_the_room(name):
    origin = drawn(name)["origin"]
    assert origin["licence"] and origin["credit"] and origin["source"]


# Quiet hints, and running late


def test_who_was_not_heard_is_told_once_somebody_was():
    assert drawn("late-lead")["lead"]["cue"] == "2 van 7 klaar · Nog niet gehoord: Ilse, Tom, Noor"
    assert "Nog niet gehoord" not in drawn(played.at_step(4).see(ERIK))["lead"]["cue"]


def test_all_being_ready_is_all_that_is_told():
    play = played.diagnosis()
    for seat in (FATMA, JORIS, RUBEN, ILSE, TOM, NOOR, SASKIA):
        if seat != SASKIA:
            play.do(c.Ready(seat, True))
    assert drawn(play.see(ERIK))["lead"]["cue"].startswith("6 van 7 klaar")
    play = played.at_step(3)
    for seat in (FATMA, JORIS, RUBEN, ILSE, TOM, NOOR, SASKIA):
        play.do(c.Ready(seat, True))
    assert drawn(play.see(ERIK))["lead"]["cue"] == "Iedereen is klaar om verder te gaan"


def test_running_late_offers_three_honest_choices():
    late = drawn("late-lead")["lead"]
    assert late["until"] == "gepland tot 17:03"
    assert late["late"]["label"] == "Jullie lopen 8 minuten uit"
    assert {one["choice"]: one["note"] for one in late["late"]["choices"]} == {
        "shorten": "van 13 naar 8 min, dan nog 4 min te laat",
        "overrun": "tot 17:11",
    }
    assert drawn(played.diagnosis().see(ERIK))["lead"]["late"] is None


def test_what_may_be_skipped_is_offered_when_late():
    play = played_around.to(played_around.brought("REF"), played_around.before_second())
    choices = drawn(play.see(ERIK, 40))["lead"]["late"]["choices"]
    wins = play.state.method.step("second").minutes.default
    assert {"choice": "skip", "label": "Sla over wat mag", "note": f"scheelt {wins:g} min"} in choices


def test_after_a_choice_the_rail_shows_the_new_minutes_and_the_lateness_is_gone():
    play = played_around.late()
    play.now += 3 * 60_000
    play.do(c.Replan(ERIK, "shorten"))
    room = drawn(play.see(TOM))
    assert [step["minutes"] for step in room["rail"]][5:] == ["5 min", "3 min"]
    play.do(c.Replan(ERIK, "overrun"))
    assert drawn(play.see(ERIK))["lead"]["late"] is None


def test_skipped_steps_are_gone_from_the_rail():
    play = played_around.to(played_around.brought("REF"), played_around.before_second())
    before = len(drawn(play.see(TOM))["rail"])
    play.now += 40 * 60_000
    play.do(c.Replan(ERIK, "skip"))
    room = drawn(play.see(ERIK))
    assert len(room["rail"]) == before - 1
    assert room["lead"]["label"] == f"Volgende: {room['rail'][-1]['title']}"


def test_the_line_to_say_aloud_names_the_minutes_of_now():
    play = played_around.brought("TIEN")
    assert "Vertel ons in vijf minuten wat er speelt" in drawn(play.see(ERIK))["head"]["script"]
    for n, told in ((8, "acht minuten"), (11, "11 minuten"), (7.5, "7½ minuten"), (15, "een kwartier")):
        play.state = replace(play.state, plan={"describe": n})
        assert f"Vertel ons in {told} wat" in drawn(play.see(ERIK))["head"]["script"]
    play.state = replace(play.state, plan={"describe": 1})
    assert "Tell us in a minute what" in drawn(play.see(ERIK), language="en")["head"]["script"]


# The table


def test_what_was_said_in_an_earlier_turn_lies_under_before():
    play = played_around.brought_in_turns()
    first = play.say(play.table.bringer, "De vraag van de eerste")
    turn = play.table.bringer
    while play.table.bringer == turn:
        play.next()
    second = play.say(play.table.bringer, "De vraag van de tweede")
    room = drawn(play.see(ERIK))
    assert [thread["id"] for thread in room["said"]["threads"]] == [second]
    assert [one["id"] for group in room["before"] for one in group["threads"]] == [first]


def test_the_rail_counts_the_turns_of_a_loop():
    assert [step["minutes"] for step in drawn("turns-group")["rail"] if step["state"] == "now"] == [
        "2 min · 2 van 7"
    ]


def test_the_clock_of_a_turn_stands_at_the_seat_and_for_who_has_the_floor():
    table = drawn("clinic-floor")["table"]
    assert table["clock"]["mine"] == "2½ min"
    assert [seat["turn"] for seat in table["seats"] if seat["turn"]] == ["2½ min"]
    others = drawn("clinic-lead")["table"]
    assert (others["clock"]["mine"], [seat["turn"] for seat in others["seats"] if seat["turn"]]) == (
        "",
        ["2½ min"],
    )


def test_a_small_table_shows_its_own_seats_and_that_it_stays_there():
    room = drawn("apart-table")
    assert [seat["seat"] for seat in room["table"]["seats"]] == played_around.table_of(
        played_around.apart(), 1
    )
    assert room["tables"] == {"stays": True, "tables": []}
    assert room["lead"]["title"] == "Voor jullie tafel"


def test_who_waits_sees_how_far_the_small_tables_are():
    room = drawn("through-lead")
    assert [(one["name"], one["who"], one["doing"]) for one in room["tables"]["tables"]] == [
        ("Tafel 1", "Fatma, Joris, Saskia, Ruben", "Je vraag vertellen · De vraag van Fatma"),
        ("Tafel 2", "Ilse, Tom, Noor", "klaar"),
    ]
    assert (room["table"]["question"], room["table"]["clock"]) == ("De kleine tafels zijn aan het werk", None)
    assert room["head"]["script"] == "", "there is nothing to say aloud at an empty table"
    done = drawn("through-table")
    assert done["head"]["text"].startswith("Jullie zijn klaar.")
    assert len(done["tables"]["tables"]) == 2 and not done["tables"]["stays"]


# Signals


def test_a_stop_and_a_wish_to_talk_about_the_talk_differ():
    room = drawn("gate-lead")
    assert [(stop["kind"], stop["who"], stop["text"]) for stop in room["stops"]] == [
        ("meta", "Tom Dekker wil even praten over hoe het gaat.", "We geven steeds advies."),
        ("stop", "Iemand geeft een stopsignaal.", ""),
    ]
    assert [(signal["kind"], signal["word"]) for signal in room["signals"]] == [
        ("stop", "Stopsignaal"),
        ("meta", "Hoe het gaat"),
    ]


def test_a_signal_that_was_refused_comes_back_in_its_own_dialog():
    kept = Kept("meta", {"text": "Even stilstaan", "anonymous": "true"}, "Probeer het nog eens.")
    stop, meta = drawn("gate-group", kept)["signals"]
    assert (meta["value"], meta["error"], stop["value"], stop["error"]) == (
        "Even stilstaan",
        "Probeer het nog eens.",
        "",
        "",
    )
