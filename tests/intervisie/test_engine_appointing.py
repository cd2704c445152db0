"""Who does what beside their role, who stands in while a line is down, and other minutes on the way."""

import pytest

from intervisie.engine import Join, Lend, Remove, Restore, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import (
    CASE,
    MINUTE,
    Game,
    choosing,
    make_method,
    make_people,
    make_person,
    make_step,
)


def talking(people: int = 4, **casts: str) -> Game:
    return Game(
        make_method(make_step("talk"), make_step("talk", "after")), make_people(people, **casts)
    ).start()


# Duties and roles


def test_a_duty_is_one_persons_and_stays_with_a_new_role() -> None:
    game = talking()
    game.do(c.Appoint(1, 2, "timekeeper"))
    assert game.do(c.Appoint(1, 2, "timekeeper")) == (), "they are already"
    game.do(c.Appoint(1, 3, "timekeeper"))
    assert [p.seat for p in game.state.people.values() if "timekeeper" in p.duties] == [3]
    game.do(c.Appoint(1, 3, "notetaker"))
    assert game.role(3) == "N" and game.state.people[3].duties == {"timekeeper"}
    assert game.do(c.Appoint(1, 3, "notetaker")) == ()
    game.do(c.Appoint(1, 3, "member"))
    assert game.role(3) == "C"


@pytest.mark.parametrize("to", [None, 99])
def test_nobody_can_be_appointed_who_is_not_there(to: int | None) -> None:
    assert talking().refused(c.Appoint(1, to, "deputy")) == "no_such_seat"


def test_who_has_not_agreed_or_has_left_cannot_be_appointed() -> None:
    game = talking()
    game.do(Join(make_person(7)))
    game.do(Remove(4))
    assert game.refused(c.Appoint(1, 7, "deputy")) == "no_such_seat"
    assert game.refused(c.Appoint(1, 4, "observer")) == "no_such_seat"


def test_the_last_who_leads_and_the_bringer_keep_their_role() -> None:
    game = Game(make_method(make_step("tell")), 4, {3: CASE}, chosen=3).agree_all()
    assert game.refused(c.Appoint(1, 1, "member")) == "last_lead"
    assert game.refused(c.Appoint(1, 3, "observer")) == "bringer_cannot_lead"
    assert game.refused(c.Appoint(1, 3, "facilitator")) == "bringer_cannot_lead"
    game.do(c.Start(1))
    assert game.refused(c.Appoint(1, 3, "observer")) == "bringer_cannot_lead"
    assert game.refused(c.Appoint(1, 2, "bringer")) == "already_started"


def test_two_can_lead_and_then_one_may_stop() -> None:
    game = talking()
    game.do(c.Appoint(1, 2, "facilitator"))
    assert game.refused(c.Appoint(1, 2, "facilitator")) == "already_leads"
    game.do(c.Appoint(2, 1, "member"))
    assert (game.role(1), game.role(2)) == ("C", "F")


def lobby() -> Game:
    return Game(make_method(make_step("tell")), make_people(5, s5="observer")).agree_all()


def test_who_brings_the_case_is_named_in_the_lobby() -> None:
    game = lobby()
    assert game.refused(c.Start(1)) == "no_case"
    for seat in (1, 5, 99):
        assert game.refused(c.Appoint(1, seat, "bringer")) == "no_such_seat"
    game.do(c.Appoint(1, 3, "bringer"))
    assert game.do(c.Appoint(1, 3, "bringer")) == ()
    game.do(c.Start(1))
    assert game.role(3) == "B"


@pytest.mark.parametrize("by", ["lot", "turn"])
def test_who_brings_the_case_is_drawn_in_the_lobby(by: str) -> None:
    game = lobby()
    game.do(c.Appoint(1, None, "bringer", by))
    assert game.state.chosen in (2, 3, 4)


# A lead that is lent

ALL = frozenset({2, 3, 4})


def test_the_deputy_leads_while_the_line_is_down() -> None:
    game = talking()
    game.do(c.Appoint(1, 3, "deputy"))
    game.do(Lend(1, ALL))
    assert (game.role(1), game.role(3)) == ("N", "F")
    assert game.do(Lend(1, ALL)) == (), "who leads no more has nothing to lend"
    game.do(Restore(1))
    assert (game.role(1), game.role(3)) == ("F", "C")


@pytest.mark.parametrize(
    ("seat", "here"),
    [(99, ALL), (2, ALL), (1, ALL | {1}), (1, frozenset())],
    ids=["unknown", "a member", "whose line is up", "nobody else is there"],
)
def test_no_lead_is_lent_without_need(seat: int, here: frozenset[int]) -> None:
    assert talking().do(Lend(seat, here)) == ()


def test_no_lead_is_lent_where_another_leads_or_before_the_start() -> None:
    game = talking()
    game.do(c.Appoint(1, 2, "facilitator"))
    assert game.do(Lend(1, ALL)) == ()
    assert Game(make_method(make_step("talk")), 4).agree_all().do(Lend(1, ALL)) == ()


def test_only_who_lent_the_lead_gets_it_back() -> None:
    game = talking()
    assert game.do(Restore(1)) == () and game.do(Restore(99)) == ()
    game.do(Lend(1, ALL))
    game.do(Remove(1))
    assert game.do(Restore(1)) == ()


def test_a_stand_in_whose_line_breaks_too_has_one_in_turn() -> None:
    game = talking()
    game.do(Lend(1, ALL))
    game.do(Lend(2, frozenset({3, 4})))
    assert [game.role(seat) for seat in (1, 2, 3)] == ["N", "N", "F"]
    game.do(Restore(1))
    assert [game.role(seat) for seat in (1, 2, 3)] == ["F", "C", "C"]


# Other minutes, other steps


def late(choice: str, **more: object) -> Game:
    steps = [
        make_step("talk", name, minutes={"default": 10, "min": 4, "max": 20}) for name in ("a", "b", "c")
    ]
    steps[1] |= more
    game = Game(make_method(*steps), 4).start()
    game.tick(16 * MINUTE)
    assert view(game.state, 1)["plan"]["later"] == 20 * MINUTE
    game.do(c.Replan(1, choice))
    return game


def test_what_is_to_come_is_shortened_as_far_as_is_needed() -> None:
    game = late("shorten")
    assert dict(game.state.plan) == {"b": 7.0, "c": 7.0}
    assert game.refused(c.Replan(1, "shorten")) == "nothing_to_gain"
    game.advance()
    assert view(game.state, 1)["clock"]["total"] == 7 * MINUTE


def test_what_is_optional_is_left_out_forwards_and_backwards() -> None:
    game = late("skip", optional=True)
    assert game.state.skipped == {"b"}
    assert game.refused(c.Replan(1, "skip")) == "nothing_to_gain"
    assert game.advance().step == "c"
    game.do(c.Back(1, game.table.visit))
    assert game.step == "a"


def test_the_end_moves_with_what_is_planned() -> None:
    game = late("overrun")
    assert game.state.until == game.now + 20 * MINUTE
    assert game.refused(c.Replan(1, "overrun")) == "nothing_to_gain"


# People who come


def test_nobody_joins_what_is_over() -> None:
    game = Game(make_method(make_step("talk")), 3).start().advance()
    game.do(c.End(1))
    assert game.refused(Join(make_person(9))) == "ended"


def test_whose_turn_it_is_to_bring_goes_on_when_they_leave() -> None:
    game = Game(make_method(make_step("tell"), loop={"start": "tell"}), 4).start()
    assert game.table.bringer == 2
    game.do(Remove(2))
    assert game.table.bringer == 3


def test_who_cannot_be_removed_is_unknown() -> None:
    assert talking().refused(Remove(99)) == "no_such_seat"


def test_a_bringer_who_is_not_there_holds_up_the_start() -> None:
    game = Game(make_method(*choosing(), make_step("tell")), 4, {3: CASE}, chosen=3)
    for seat in (1, 2, 4):
        game.do(c.Agree(seat))
    assert game.refused(c.Start(1)) == "bringer_absent"
