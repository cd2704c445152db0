"""Choosing a case by dots, and what is then on the table."""

from typing import Any

import pytest

from intervisie.engine import (
    Refused,
    Remove,
    parse,
    view,
)
from intervisie.engine import commands as c
from tests.intervisie.engine_support import (
    CASE,
    Game,
    choosing,
    make_method,
    make_step,
    method_json,
)


def test_dots_are_limited_and_can_be_taken_back() -> None:
    game = Game("INC6", 4).start().to("choose")
    two, three = game.pitch_of(2), game.pitch_of(3)
    game.do(c.Vote(2, two, 2))
    assert game.refused(c.Vote(2, three, 2)) == "too_many_dots"
    assert game.refused(c.Vote(2, three, 4)) == "bad_value"
    game.do(c.Vote(2, three, 1))
    assert game.tools(2)["vote"]["left"] == 0
    game.do(c.Vote(2, two, 0))
    assert game.tools(2)["vote"]["left"] == 2
    assert game.do(c.Vote(2, three, 1)) == ()
    assert game.refused(c.Vote(2, "niets", 1)) == "no_such_item"
    assert game.refused(c.Vote(1, two, 1)) == "not_your_turn"


def test_one_may_give_dots_to_the_own_pitch() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Vote(3, game.pitch_of(3), 3))
    game.advance()
    assert game.role(3) == "B"


def test_results_stay_hidden_until_the_step_is_over() -> None:
    game = Game("INC6", 4).start().to("choose")
    three = game.pitch_of(3)
    game.do(c.Vote(2, three, 3))
    assert view(game.state, 1)["judge"]["results"] is None
    assert view(game.state, 1)["judge"]["mine"] == {}
    assert view(game.state, 2)["judge"]["mine"] == {three: 3}
    assert game.states(1)[2] == "voted"
    game.do(c.Vote(4, three, 1))
    game.advance()
    judge = view(game.state, 1)["judge"]
    assert judge["results"][three] == 4 and judge["chosen"] == three


def test_the_result_of_a_secret_vote_of_one_is_told_to_nobody() -> None:
    game = Game("INC6", 4).start().to("choose")
    three = game.pitch_of(3)
    game.do(c.Vote(2, three, 3))
    game.advance()
    assert [view(game.state, seat)["judge"]["results"] for seat in (1, 2, 3)] == [None, None, None]
    assert view(game.state, 1)["judge"]["chosen"] == three


def test_a_tie_is_settled_by_the_facilitator() -> None:
    game = Game("INC6", 4).start().to("choose")
    visit = game.table.visit
    two, three, four = (game.pitch_of(seat) for seat in (2, 3, 4))
    assert game.refused(c.Advance(1, visit)) == "choose_first"
    game.do(c.Vote(2, two, 1))
    game.do(c.Vote(3, three, 1))
    with pytest.raises(Refused) as refusal:
        game.do(c.Advance(1, visit))
    assert (refusal.value.code, refusal.value.params) == ("tie", {"items": [two, three]})
    assert game.refused(c.Choose(1, four)) == "not_tied"
    assert game.refused(c.Choose(1, "niets")) == "no_such_item"
    assert game.refused(c.Choose(3, two)) == "facilitator_only"
    game.do(c.Choose(1, three))
    assert game.do(c.Choose(1, three)) == ()
    assert view(game.state, 4)["judge"]["chosen"] == three
    game.advance()
    assert game.role(3) == "B"


def test_without_votes_the_facilitator_may_choose_any() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Choose(1, game.pitch_of(4)))
    game.advance()
    assert game.role(4) == "B"


def test_new_votes_count_more_than_what_was_settled() -> None:
    game = Game("INC6", 4).start().to("choose")
    game.do(c.Choose(1, game.pitch_of(4)))
    game.do(c.Vote(2, game.pitch_of(3), 1))
    game.advance()
    assert game.role(3) == "B"


def test_pitches_of_who_is_gone_or_leads_cannot_win() -> None:
    game = Game("INC6", 5).start().to("choose")
    three, four = game.pitch_of(3), game.pitch_of(4)
    game.do(c.Vote(2, three, 3))
    game.do(c.Vote(5, four, 1))
    game.do(Remove(3))
    game.do(c.HandOver(1, 5))
    assert three not in view(game.state, 2)["judge"]["options"]
    assert game.pitch_of(5) not in view(game.state, 2)["judge"]["options"]
    assert game.refused(c.Vote(4, three, 1)) == "no_such_item"
    game.advance()
    assert game.role(4) == "B"


def test_a_pick_moves_with_the_newest_vote() -> None:
    pick = make_step("judge", "choose", effect="case", uses=[{"step": "pitch"}], scale={"type": "pick"})
    game = Game(make_method(choosing()[0], pick, make_step("tell")), 4).start().to("choose", bringer=0)
    two, three = game.pitch_of(2), game.pitch_of(3)
    game.do(c.Vote(4, two, 1))
    game.do(c.Vote(4, three, 1))
    assert view(game.state, 4)["judge"]["mine"] == {three: 1}
    assert game.refused(c.Vote(4, two, 2)) == "bad_value"


def test_labels_are_counted_per_value() -> None:
    scale = {"type": "label", "labels": [{"id": name, "nl": name, "en": name} for name in "abc"]}
    game = Game(
        make_method(
            make_step("write"), make_step("judge", uses=[{"step": "write"}], scale=scale), make_step("talk")
        ),
        4,
    ).start()
    line = game.say(2)
    game.advance()
    for seat, value in ((2, 1), (3, 3), (4, 3)):
        game.do(c.Vote(seat, line, value))
    assert game.refused(c.Vote(2, line, 4)) == "bad_value"
    assert game.refused(c.Choose(1, line)) == "not_in_this_step"
    game.advance()
    assert view(game.state, 2)["judge"]["results"] == {line: {"1": 1, "3": 2}}


def test_scores_keep_to_their_range() -> None:
    scale = {"type": "score", "low": 2, "high": 4}
    game = Game(
        make_method(make_step("write"), make_step("judge", uses=[{"step": "write"}], scale=scale)), 3
    ).start()
    line = game.say(2)
    game.advance()
    assert [game.refused(c.Vote(2, line, value)) for value in (1, 5)] == ["bad_value", "bad_value"]
    game.do(c.Vote(2, line, 2))


def test_a_pitch_with_the_prepared_case_puts_that_case_on_the_table() -> None:
    game = Game("INC6", 4, {3: CASE}).start()
    assert game.tools(2)["say"].get("case") is None
    assert game.refused(c.Say(2, "de mijne", case=True)) == "no_prepared_case"
    game.say(2)
    assert game.tools(3)["say"]["case"] is True
    game.say(3, "over de sporthal", case=True)
    game.say(4)
    game.advance().do(c.Choose(1, game.pitch_of(3)))
    game.advance()
    case = view(game.state, 2)["case"]
    assert (case["title"], case["parties"], case["outcome"]) == ("Sporthal", ["wethouder"], None)


def test_a_pitch_without_a_prepared_case_is_the_question() -> None:
    game = Game("INC6", 4, {3: CASE}).start().to("explain", bringer=3)
    assert view(game.state, 2)["case"]["question"] == "beurt van 3"
    assert view(game.state, 2)["case"]["title"] == ""


def test_the_outcome_is_sealed_until_its_bringer_opens_it() -> None:
    game = Game("INC6", 4, {3: CASE}, chosen=3).start()
    assert view(game.state, 3)["case"]["outcome"] == "Het lukte."
    assert view(game.state, 1)["case"]["outcome"] is None
    assert game.refused(c.Unseal(3)) == "sealed_here"
    assert "unseal" not in game.tools(3)
    game.to("intention")
    assert game.refused(c.Unseal(1)) == "bringer_only"
    assert "unseal" in game.tools(3)
    game.do(c.Unseal(3))
    assert game.do(c.Unseal(3)) == ()
    assert "unseal" not in game.tools(3)
    assert view(game.state, 1)["case"]["outcome"] == "Het lukte."


def test_there_may_be_nothing_sealed() -> None:
    game = Game("INC6", 4).start().to("facts", bringer=3)
    assert game.refused(c.Unseal(3)) == "nothing_sealed"


LABELLED = (
    make_step("write", "facts"),
    make_step(
        "judge",
        "label",
        uses=[{"step": "facts"}],
        scale={
            "type": "label",
            "labels": [
                {"id": "warm", "nl": "warm", "en": "warm"},
                {"id": "cold", "nl": "koud", "en": "cold"},
            ],
        },
    ),
)


@pytest.mark.parametrize(
    "following",
    [
        make_step("talk", "next", uses=[{"step": "label", "filter": "warm"}], repeat="item"),
        make_step("judge", "next", uses=[{"step": "label", "filter": "warm"}]),
    ],
)
def test_the_step_right_after_a_vote_has_what_it_kept(following: dict[str, Any]) -> None:
    """Its items are looked up while the vote is still the newest of the table."""
    game = Game(make_method(*LABELLED, following), 4).start()
    warm, cold = (game.say(seat, "feit") for seat in (2, 3))
    game.advance()
    for seat in (2, 3):
        game.do(c.Vote(seat, warm, 1))
        game.do(c.Vote(seat, cold, 2))
    seen = view(game.advance().state, 2)
    assert seen["step"]["uses"] == [warm]
    if following["kind"] == "judge":
        assert seen["judge"]["options"] == [warm]
    else:
        assert seen["step"]["focus"] == warm
        assert view(game.advance().state, 2)["session"]["phase"] == "closing", "played once, for the one"


def test_what_one_person_labelled_in_secret_is_not_shown_and_keeps_all() -> None:
    """A label on a contribution, or which ones are left, would tell what the one who voted gave."""
    following = make_step("talk", "next", uses=[{"step": "label", "filter": "warm"}])
    game = Game(make_method(*LABELLED, following), 4).start()
    warm, cold = (game.say(seat, "feit") for seat in (2, 3))
    game.advance()
    game.do(c.Vote(2, warm, 1))
    game.do(c.Vote(2, cold, 2))
    seen = view(game.advance().state, 3)
    assert seen["judge"]["results"] is None
    assert seen["step"]["uses"] == [warm, cold]
    assert not any("label" in item for item in seen["items"])


def test_the_module_that_is_played_is_told_where_it_is_played_alone() -> None:
    method = method_json(
        make_step("judge", "form", effect="module", scale={"type": "pick"}),
        make_step("talk", "included", include=True),
        make_step("talk", "after"),
    )
    game = Game(parse(method | {"modules": [make_step("write", "one"), make_step("talk", "two")]}), 4).start()
    game.do(c.Vote(2, "m:one", 1))
    told = []
    for _ in method["steps"]:
        step = view(game.state, 2)["step"]
        told.append((step["id"], step["module"], game.tools(2).get("say", {}).get("parent")))
        game.advance()
    assert told == [("form", None, None), ("included", "one", "none"), ("after", None, "allowed")]


def test_beside_the_fields_of_a_canvas_others_can_be_put_forward_in_words() -> None:
    game = Game(make_method(make_step("judge", canvas="dilemma", collects="text")), 4).start()
    fields = view(game.state, 2)["judge"]["options"]
    assert fields and "canvas" not in game.tools(2)["say"]
    own = game.say(2, "en wat niemand noemt")
    assert view(game.state, 3)["judge"]["options"] == [*fields, own]
    game.do(c.Edit(2, own, "en wat niemand durft te noemen"))


def test_what_came_of_a_vote_is_told_while_the_next_is_open() -> None:
    labels = [{"id": "warm", "nl": "Warm", "en": "Warm"}, {"id": "cold", "nl": "Koud", "en": "Cold"}]
    first = make_step("judge", "first", uses=[{"step": "talk"}], scale={"type": "label", "labels": labels})
    second = make_step("judge", "second", uses=[{"step": "talk"}], scale={"type": "pick"})
    game = Game(make_method(make_step("talk"), first, second, make_step("talk", "after")), 4).start()
    line = game.say(2)
    game.advance()
    for seat in (2, 3):
        game.do(c.Vote(seat, line, 1))
    assert view(game.state, 4)["judge"]["last"] is None
    game.advance()
    told = view(game.state, 4)["judge"]
    assert (told["step"], told["results"]) == ("second", None)
    assert (told["last"]["step"], told["last"]["results"], told["last"]["mine"]) == (
        "first",
        {line: {"1": 2}},
        {},
    )
    assert view(game.state, 2)["judge"]["last"]["mine"] == {line: 1}
    game.advance()
    assert view(game.state, 4)["judge"]["last"] is None
