"""Any row of commands, over the shipped methods and made-up ones: nothing impossible, nothing seen that may not be.

The game itself (engine_support) checks after every command: no impossible state, operations lead from each seat's
old view to its new one, every view shows exactly what the oracle allows, and so does every byte that is sent.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervisie.engine import WISHES, Join, Lend, Remove, lint
from intervisie.engine import commands as c
from tests.intervisie.engine_makers import made_up, method_of, shipped
from tests.intervisie.engine_moves import OFTEN, Move, command_of, game_of, play, random_moves
from tests.intervisie.engine_support import examples, make_person

MOVES = st.builds(
    Move,
    st.sampled_from(OFTEN + list(WISHES)),
    st.integers(0, 8),
    st.integers(0, 7),
    st.integers(0, 4),
)


@pytest.mark.parametrize("seed", range(90))
def test_a_long_session_of_anything_leads_nowhere_impossible(seed: int) -> None:
    play(seed, True, random_moves(seed, 60))


@examples(30)
@given(st.integers(0, 400), st.booleans(), st.lists(MOVES, max_size=40))
def test_no_row_of_commands_leads_astray(seed: int, begins: bool, moves: list[Move]) -> None:
    play(seed, begins, moves)


def test_after_the_end_nothing_happens_any_more() -> None:
    game = game_of(12).start()
    while game.state.phase == "running":
        game.advance()
    game.do(c.End(1))
    for do in WISHES:
        for seat in (*game.state.people, 99):
            command = replace(command_of(game, Move(do, 0, 0, 1)), seat=seat)
            assert game.refused(command) in ("ended", "no_access")
    assert game.do(Lend(1, frozenset({3}))) == ()
    assert game.refused(Join(make_person(20))) == "ended"
    game.do(Remove(3))


def test_made_up_methods_have_every_attribute() -> None:
    """What is not made up is not tried."""
    methods = [made_up(seed) for seed in range(29, 229)]
    assert not [problem for method in methods for problem in lint(method)]
    steps = [step for method in methods for step in method.steps]
    assert {step.kind for step in steps} == {
        *("tell", "ask", "write", "round", "talk", "judge", "commit", "pause")
    }
    assert {step.effect for step in steps} == {None, "case", "role", "module", "question", "gate"}
    assert {step.attribution for step in steps} == {"named", "anon", "alias"}
    assert {step.reveal.partition(":")[0] for step in steps} == {"live", "end", "turn", "never", "step", "to"}
    assert {step.advance for step in steps} == {"lead", "ready", "clock"}
    assert {step.repeat for step in steps} == {None, "member", "item"}
    assert {step.side.reveal for step in steps if step.side} == {"never", "end", "to:B"}
    assert {stance for step in steps for stance in step.stance.values()} == {"listen", "turned", "away"}
    assert {step.scale.type for step in steps if step.scale} == {"pick", "dots", "label", "score", "consent"}
    assert {step.scale.apart for step in steps if step.scale} == {True, False}
    assert {use.filter for step in steps for use in step.uses} == {None, "chosen", "hot", "cold"}
    assert {role for step in steps for role in step.casts} == {"B", "F", "N", "T"}
    assert {step.canvas.cells for step in steps if step.canvas} == {True, False}
    assert any(step.names_at for step in steps) and any(step.include for step in steps)
    assert any(step.group for step in steps) and any(step.optional for step in steps)
    assert any(step.joins_in for step in steps) and any(step.chat for step in steps)
    assert any(step.persona and step.persona.choose for step in steps)
    assert any(step.persona and step.persona.speaks for step in steps)
    assert any(step.kind == "round" and step.answerer for step in steps)
    assert any(step.kind == "judge" and step.collecting for step in steps)
    assert any(step.minutes.end == "hard" for step in steps)
    assert {method.interrupts for method in methods} == {(), ("meta",)}
    assert {method.loop.group is None for method in methods if method.loop} == {True, False}
    assert any("max_words" in step.blocks for step in steps)
    assert [method_of(seed).id for seed in range(29)] == shipped()
