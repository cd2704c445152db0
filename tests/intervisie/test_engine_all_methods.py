"""All shipped methods, played to their end by bots of every role, whatever goes wrong on the way."""

from collections import Counter
from functools import cache

import pytest

from intervisie.engine import Command, Event, Join, Method, State, decide, due, load_shipped, replay
from intervisie.engine import events as e
from tests.intervisie.engine_bots import play_to_end
from tests.intervisie.engine_makers import shipped
from tests.intervisie.engine_oracle import check
from tests.intervisie.engine_support import CASE, Game, make_people, make_person

NEWCOMERS = 2


def cast_of(method: Method, seed: int) -> Game:
    """Enough people for the method, with every role; now and then two who lead, or a case chosen before."""
    people = max(method.group.min, min(method.group.ideal, 6))
    casts = {f"s{people + 2}": "observer", f"s{people + 3}": "notetaker"}
    leads = seed % 2
    if leads:
        casts["s2"] = "facilitator"
    chosen = 3 if seed % 3 == 0 and method.loop is None else None
    return Game(method, make_people(people + 3 + leads, **casts), {3: CASE}, chosen)


def newcomers() -> list[Join]:
    return [Join(make_person(20 + number)) for number in range(NEWCOMERS)]


def entered(log: list[Event], method: Method) -> set[str]:
    return {method.steps[event.index].id for event in log if isinstance(event, e.Entered)}


class Alone:
    """The engine with nothing around it but a check of every state: quick enough to play everything often."""

    def __init__(self, game: Game) -> None:
        self.log, self.now, self.ids = list(game.log), game.now, game.ids
        self.state: State = game.state

    def do(self, command: Command) -> None:
        self._happened(decide(self.state, command, self.now, self.ids))

    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self._happened(due(self.state, self.now, self.ids))

    def _happened(self, events: tuple[Event, ...]) -> None:
        self.state = replay(events, self.state)
        self.log += events
        check(self.state)


@pytest.mark.parametrize("number", range(len(shipped())), ids=shipped())
def test_every_method_comes_to_its_end_whatever_goes_wrong(number: int) -> None:
    """With every check there is: what everybody sees, and every byte that is sent."""
    method = load_shipped()[shipped()[number]]
    game = cast_of(method, number)
    done = play_to_end(game, number, newcomers())
    assert game.state.phase == "ended" and not game.state.apart
    assert done["end"] == 1
    game.check_codecs()


@pytest.mark.parametrize("name", shipped())
def test_undisturbed_every_step_of_a_method_is_played(name: str) -> None:
    method = load_shipped()[name]
    play = Alone(cast_of(method, 1))
    play_to_end(play, 1, disturb=False)
    assert entered(play.log, method) == {step.id for step in method.steps}
    members = [p.seat for p in play.state.people.values() if p.cast == "member"]
    if method.loop is not None and method.loop.group is None:
        assert set(members) <= set(play.state.tables[0].had)


@cache
def played_often() -> tuple[Counter[str], Counter[str]]:
    """Every method a few times: what was done and refused, and in how many sessions each kind of event happened."""
    done, happened = Counter[str](), Counter[str]()
    for name in shipped():
        for seed in range(100, 104):
            play = Alone(cast_of(load_shipped()[name], seed))
            done += play_to_end(play, seed, newcomers())
            assert play.state.phase == "ended"
            happened.update({type(event).__name__ for event in play.log})
    return done, happened


def test_every_method_comes_to_its_end_again_and_again() -> None:
    done, _ = played_often()
    assert done["end"] == 4 * len(shipped())


def test_everything_went_wrong_at_some_time() -> None:
    """What the bots have in mind does happen: else the tests above would say less than they seem to."""
    done, happened = played_often()
    wrong = (
        *("lend", "restore", "join", "remove", "handover", "pause", "resume", "extend", "back", "replan"),
        *("raisestop", "clearstop", "givefloor", "appoint", "choose", "edit", "withdraw", "mark", "aside"),
        *(
            "advance: already_done",
            "advance: tie",
            "advance: choose_first",
            "start: no_case",
            "unseal",
            "pass",
        ),
    )
    assert not [what for what in wrong if done[what] < 3]
    assert not [name for name in ("Parted", "Gathered", "Finished", "BringerTurned", "Labelled", "ModuleChosen",
                                  "QuestionPut", "Settled", "HandedOver", "Revealed", "Readied") if not happened[name]]  # fmt: skip
