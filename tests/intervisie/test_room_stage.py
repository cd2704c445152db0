"""What the stage shows of votes, canvases, made-up names and what was said before, from real states of the engine."""

import json

import pytest
from django.utils import translation

from intervisie import phrases
from intervisie.room import Kept, scene
from intervisie.room.look import Look
from intervisie.room.said import speaker
from tests.intervisie.played import FATMA, SASKIA
from tests.intervisie.staged import PARTIES, QUESTIONS, WEIGHED, stage_moments

MOMENTS = stage_moments()


def drawn(name, kept=None, language="nl"):
    moment = MOMENTS[name]
    with translation.override(language):
        return scene(moment.view, moment.texts(language), kept, moment.now)


def texts_of(room, part="said"):
    return [thread["text"] for thread in room[part]["threads"]]


# Votes


def test_labels_are_choices_and_the_chosen_one_is_pressed():
    choices = drawn("label-bringer")["said"]["threads"][0]["vote"]["choices"]
    assert [(one["text"], one["level"]) for one in choices] == [
        ("Warm", "high"),
        ("Lauw", "middle"),
        ("Koud", "low"),
    ]
    assert [one["on"] for one in choices] == [True, False, False]
    assert [one["value"] for one in choices] == [0, 2, 3], "pressing it once more takes it back"


def test_who_does_not_judge_reads_without_choices():
    room = drawn("label-group")
    assert texts_of(room) == [QUESTIONS[seat] for seat in QUESTIONS]
    assert all(thread["vote"]["choices"] == [] for thread in room["said"]["threads"])
    assert room["ballot"]["votes"] is False


@pytest.mark.parametrize(
    ("name", "promise"),
    [("label-bringer", "votes_own"), ("score-bringer", "votes_own"), ("score-voter", "votes_end")],
)
def test_a_vote_says_who_will_see_it(name, promise):
    with translation.override("nl"):
        assert drawn(name)["ballot"]["sees"] == str(phrases.AUDIENCES[promise])


def test_people_are_picked_by_name_for_each_role():
    groups = drawn("cast-vote")["ballot"]["groups"]
    assert [group["title"] for group in groups] == ["Wie brengt een casus in?", "Wie let op de tijd?"]
    first = groups[0]["options"]
    assert [one["vote"]["choices"][0]["text"] for one in first][:2] == ["Fatma Bakker (jij)", "Joris Kok"]
    assert [one["title"] for one in first if one["vote"]["choices"][0]["on"]] == ["Saskia de Vries"]
    assert all(one["vote"]["named"] for one in first)


def test_modules_tell_what_they_are():
    (group,) = drawn("modules-vote")["ballot"]["groups"]
    assert [option["title"] for option in group["options"]][:2] == ["Ideeën verzamelen", "Andersom denken"]
    assert all(option["text"].endswith(".") for option in group["options"])


def test_fields_of_a_canvas_are_scored_one_by_one():
    (group,) = drawn("score-voter")["ballot"]["groups"]
    ambition = group["options"][0]
    assert (ambition["title"], ambition["text"]) == ("Ambitie", "Weten we samen waarvoor we dit doen?")
    assert [choice["text"] for choice in ambition["vote"]["choices"]] == list("12345")
    assert [choice["on"] for choice in ambition["vote"]["choices"]] == [False, False, True, False, False]


def test_what_is_judged_can_be_put_forward_in_the_vote_itself():
    room = drawn("pick-collect")
    assert [form["kind"] for form in room["forms"]] == ["pitch"]
    assert [thread["vote"]["choices"][0]["on"] for thread in room["said"]["threads"]] == [False, True]


def test_consent_is_a_choice_of_two():
    (thread,) = drawn("consent-vote")["said"]["threads"]
    assert [(one["text"], one["on"]) for one in thread["vote"]["choices"]] == [
        ("Ik kan hierin mee", False),
        ("Ik heb bezwaar", True),
    ]


# What came of it


def test_scores_are_told_as_a_mean_and_one_by_one_with_the_bringers_beside_them():
    outcome = drawn("score-outcome")["outcome"]
    ambition, *_, process = outcome["lines"]
    assert ambition["text"] == "Gemiddeld 3,6 · gegeven: 2, 3, 4, 4, 5 · Saskia: 5 · verschil 1,4"
    assert process["text"] == "Gemiddeld 2,8 · gegeven: 2, 3, 3, 3 · Saskia: 3 · verschil 0,2"
    assert [bar["height"] for bar in ambition["bars"]["all"]] == [0, 10, 10, 20, 10]
    assert [bar["own"] for bar in ambition["bars"]["all"]] == [False] * 4 + [True]
    assert (outcome["fresh"], outcome["open"]) == (True, True)


def test_five_conditions_are_a_flower():
    petals = drawn("score-outcome")["outcome"]["petals"]
    ambition = petals["all"][0]
    assert (ambition["label"], ambition["group"], ambition["own"]) == ("Ambitie", "0.72", "1.00")
    assert petals["bringer"] == "Saskia"


def test_numbers_are_written_as_the_reader_writes_them():
    assert "Average 3.6" in drawn("score-outcome", language="en")["outcome"]["lines"][0]["text"]


def test_consent_is_told_as_how_often_each_was_said():
    (line,) = drawn("consent-outcome")["outcome"]["lines"]
    assert [(one["text"], one["n"], one["of"]) for one in line["spread"]] == [
        ("Ik kan hierin mee", 1, 2),
        ("Ik heb bezwaar", 1, 2),
    ]


def test_what_came_of_a_vote_is_shown_also_where_the_next_has_begun():
    outcome = drawn("spread-outcome")["outcome"]
    assert outcome["title"] == "Wat eruit kwam: Wie herkent dit?"
    first = outcome["lines"][0]["spread"]
    assert [(one["text"], one["n"]) for one in first] == [
        ("Herken ik", 2),
        ("Een beetje", 1),
        ("Herken ik niet", 0),
    ]
    assert drawn("spread-outcome")["ballot"]["votes"]


def test_a_secret_vote_of_one_is_not_shown():
    outcome = drawn("outcome-few")["outcome"]
    assert (outcome["few"], outcome["lines"]) == (True, [])


def test_roles_that_were_given_are_told_with_who_has_them():
    lines = drawn("cast-outcome")["outcome"]["lines"]
    assert [(line["title"], line["text"], line["chosen"]) for line in lines] == [
        ("Wie brengt een casus in? Saskia de Vries", "2 keer gekozen", True),
        ("Wie let op de tijd? Fatma Bakker (jij)", "1 keer gekozen", False),
        ("Wie let op de tijd? Tom Dekker", "1 keer gekozen", True),
    ]


def test_nothing_comes_out_while_the_vote_is_open():
    assert drawn("score-voter")["outcome"] is None
    assert drawn("label-bringer")["outcome"] is None


def test_what_was_labelled_says_so_afterwards():
    labels = {thread["by"]: thread["label"] for thread in drawn("answer-group")["used"]["threads"]}
    assert labels["Fatma Bakker"] == {"text": "Warm", "level": "high"}
    group = next(one for one in drawn("labelled-before")["before"] if one["id"] == "questions")
    assert [thread["label"]["text"] for thread in group["threads"]] == ["Warm", "Koud", "Warm", "Lauw"]
    assert drawn("label-bringer")["said"]["threads"][0]["label"] is None


# What lies on the table


def test_a_step_that_answers_shows_first_what_it_answers():
    room = drawn("answer-bringer")
    assert texts_of(room, "used") == [QUESTIONS[FATMA], QUESTIONS[7]]
    assert [bool(thread["answer"]["folds"]) for thread in room["used"]["threads"]] == [True, False]
    assert texts_of(room) == []
    earlier = [thread["text"] for group in room["before"] for thread in group["threads"]]
    assert QUESTIONS[FATMA] not in earlier


def test_the_one_for_which_the_step_is_played_stands_apart():
    room = drawn("focus")
    assert room["focus"]["text"] == "Ik zie op tegen dit gesprek."
    assert texts_of(room, "used") == ["Er wordt te weinig gelachen."]


def test_writing_beside_the_step_that_opened_lies_on_the_table():
    assert texts_of(drawn("cells-talk"), "used") == ["dat je zelf langsging"]


# Canvases


def test_a_canvas_is_a_form_with_labels_and_hints():
    canvas = drawn("quadrant-form")["forms"][0]["canvas"]
    assert [field["label"] for field in canvas["fields"]] == ["Kwaliteit", "Valkuil", "Uitdaging", "Allergie"]
    assert all(field["hint"].endswith("?") for field in canvas["fields"])
    assert canvas["fields"][0]["at"] == drawn("quadrant-form")["forms"][0]["tool"]


def test_what_was_typed_in_a_canvas_comes_back():
    key = drawn("field-empty")["forms"][0]["tool"]
    kept = Kept(key, {"f:party": "Vervoerder", "f:influence": "little"}, "Het is te laat.")
    fields = {field["id"]: field for field in drawn("field-empty", kept)["forms"][0]["canvas"]["fields"]}
    assert fields["party"]["value"] == "Vervoerder"
    assert [option["on"] for option in fields["influence"]["options"]] == [False, True]


def test_a_canvas_of_cells_asks_first_where_it_belongs():
    form = drawn("cells-talk")["forms"][0]
    assert [one["id"] for one in form["canvas"]["choices"]] == ["bringer", "context"]
    assert form["canvas"]["fields"] == []


def test_an_own_canvas_is_changed_field_by_field():
    edit = drawn("weigh-own")["said"]["threads"][0]["edit"]["canvas"]
    assert [field["value"] for field in edit["fields"]] == [*WEIGHED[FATMA].values(), "", ""]
    (cell,) = drawn("cells-talk")["said"]["threads"][0]["edit"]["canvas"]["fields"]
    assert (cell["label"], cell["value"]) == ("Van de inbrenger zelf", "Ze belde iedereen zelf")


def test_parties_stand_where_influence_and_attitude_cross():
    picture = drawn("field-group")["said"]["picture"]
    assert picture["head"] == ["Invloed", "Voor", "Ertussenin", "Tegen"]
    found = {
        row["title"]: [[one["title"] for one in cell["entries"]] for cell in row["cells"]]
        for row in picture["rows"]
    }
    assert found == {
        "Veel invloed": [["Drie grote gemeenten"], ["Provincie"], []],
        "Weinig invloed": [[], [], ["Kleine gemeenten"]],
    }
    assert [one["title"] for one in picture["rest"]] == [PARTIES[3]["party"]]


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("quadrant-share", "quadrant"),
        ("columns-talk", "columns"),
        ("rows-write", "rows"),
        ("matrix-group", "matrix"),
        ("focus", "petals"),
    ],
)
def test_there_is_one_picture_of_all_contributions(name, layout):
    room = drawn(name)
    found = [part for part in (room["used"], room["said"]) if part["picture"]]
    assert [part["picture"]["layout"] for part in found] == [layout]
    said = json.dumps(found[0]["picture"], ensure_ascii=False)
    assert all(row["text"] in said for thread in found[0]["threads"] for row in thread["rows"])


def test_a_form_of_many_fields_is_read_one_by_one():
    room = drawn("weigh-share")["used"]
    assert room["picture"] is None
    assert [row["label"] for row in room["threads"][0]["rows"]] == [
        "Ik vind het juist om",
        "Want",
        "Dan kan niet meer",
    ]


def test_a_private_picture_says_that_it_is_private():
    assert drawn("quadrant-own")["said"]["picture"]["note"] == "alleen jij ziet dit"
    assert drawn("quadrant-share")["used"]["picture"]["note"] == ""


# As whom


def test_somebody_says_as_whom_they_speak():
    form = drawn("persona-floor")["forms"][0]
    assert "de provincie" in form["persona"]["parties"]
    (thread,) = drawn("persona-turned")["said"]["threads"]
    assert (thread["by"], thread["as"]) == ("", "als de wethouder van Kampen")


def test_the_method_says_as_whom_a_role_speaks():
    room = drawn("persona-fixed")
    assert room["forms"][0]["speaks"] == "Je spreekt als de inbrenger."
    (thread,) = room["said"]["threads"]
    assert (thread["as"], thread["replies"][0]["as"]) == ("als de inbrenger", "als de ander")


def test_made_up_names_are_birds_and_own_words_have_ones_own_name():
    threads = drawn("alias-read")["used"]["threads"]
    assert [(thread["by"], thread["alias"]) for thread in threads] == [
        ("Fatma Bakker", False),
        ("Kievit", True),
    ]


def test_birds_are_counted_where_there_are_more_people():
    moment = MOMENTS["alias-read"]
    look = Look(moment.view, moment.texts())
    assert [speaker(look, {"by": None, "alias": n})["name"] for n in (0, 23, 24, 48)] == [
        "IJsvogel",
        "Lijster",
        "IJsvogel 2",
        "IJsvogel 3",
    ]


def test_so_few_that_a_name_is_guessed_are_told():
    assert drawn("few")["forms"][0]["sees"].endswith("makkelijk te raden is wie dit schreef.")


# Beside the step, and quiet


def test_writing_beside_the_step_is_mine_to_read():
    aside = drawn("aside-own")["aside"]
    assert aside["form"]["label"] == "Straks wil ik vragen …"
    assert aside["lines"] == ["Wie heeft haar gevraagd?"]


def test_notes_for_the_bringer_reach_the_bringer():
    assert [thread["text"] for thread in drawn("aside-for-bringer")["for_me"]] == [
        "Fatma: laat ze nee zeggen."
    ]
    assert drawn("module-floor")["for_me"] == []


def test_the_module_that_was_chosen_is_what_is_played():
    assert drawn("module-floor")["head"]["title"] == "Voordoen"


def test_a_silence_asks_nothing():
    room = drawn("stillness")
    assert room["still"].startswith("Je hoeft nu niets te doen.")
    assert (room["forms"], room["before"], room["outcome"]) == ([], [], None)


def test_a_journal_is_kept_and_not_shared():
    form = drawn("journal")["forms"][0]
    assert (form["submit"], form["sees"]) == ("Bewaar", "Alleen jij ziet dit, ook later.")


def test_who_asks_and_who_leads_is_told_what_a_good_question_is():
    assert len(drawn("tips")["tips"]) == len(drawn("tips-lead")["tips"]) == 3
    assert drawn("answer-bringer")["tips"] == []


def test_written_in_silence_is_for_me_until_it_opens():
    (thread,) = drawn("write-own")["said"]["threads"]
    assert (thread["sealed"], thread["notes"]) == (True, "alleen jij ziet dit")
    assert drawn("write-bringer")["said"]["threads"] == []
    assert MOMENTS["write-bringer"].seat == SASKIA
