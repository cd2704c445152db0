"""The whole table of rights: command × place × role × stance, with the expected answer to each."""

from itertools import product

import pytest

from intervisie.engine import WISHES, permit

STEPS = ["tell", "ask", "write", "round", "talk", "judge", "commit", "pause"]
PLACES = ["lobby", *STEPS, "closing", "ended"]
STANCES = ["acts", "waits", "listen", "turned", "away"]

# Per block the commands, then lines: places | roles (- has not agreed, whatever the role) | the answer, or one answer
# per stance in the order of STANCES. STEPS are all eight kinds. Every combination stands here once.
EXPECTED = """
agree stop
  lobby STEPS closing | BCFON- | yes
  ended | BCFON- | ended

start
  lobby | F | yes
  STEPS closing | F | already_started
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

advance extend pause resume
  lobby | F | not_started
  STEPS | F | yes
  closing | F | in_closing
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

back
  lobby | F | not_started
  STEPS closing | F | yes
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

give_floor
  lobby | F | not_started
  tell ask write round talk commit | F | yes
  judge pause | F | not_in_this_step
  closing | F | in_closing
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

choose
  lobby | F | not_started
  judge | F | yes
  tell ask write round talk commit pause | F | not_in_this_step
  closing | F | in_closing
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

hand_over clear_stop
  lobby STEPS closing | F | yes
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

end
  lobby | F | not_started
  STEPS | F | not_in_this_step
  closing | F | yes
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

say
  lobby | BCFON | not_started not_started listening turned away
  tell ask write round talk commit closing | BCFON | yes not_your_turn listening turned away
  judge pause | BCFON | not_in_this_step not_in_this_step listening turned away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

pass
  lobby | BCFON | not_started not_started listening turned away
  tell ask write round talk commit | BCFON | yes not_your_turn listening turned away
  judge pause | BCFON | not_in_this_step not_in_this_step listening turned away
  closing | BCFON | in_closing in_closing listening turned away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

vote
  lobby | BCFON | not_started not_started listening turned away
  judge | BCFON | yes not_your_turn listening turned away
  tell ask write round talk commit pause | BCFON | not_in_this_step not_in_this_step listening turned away
  closing | BCFON | in_closing in_closing listening turned away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

edit withdraw
  lobby | BCFON | not_started not_started listening turned away
  STEPS closing | BCFON | yes yes listening turned away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

ready
  lobby | BCF | not_started not_started listening turned away
  STEPS | BCF | yes yes listening turned away
  closing | BCF | in_closing in_closing listening turned away
  lobby STEPS closing | ON | not_your_role
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

chat
  lobby | BCFON | not_started not_started listening turned away
  STEPS | BCFON | yes yes listening turned away
  closing | BCFON | in_closing in_closing listening turned away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

note mark
  lobby | BCFON | not_started not_started listening not_started away
  STEPS | BCFON | not_turned not_turned listening yes away
  closing | BCFON | in_closing in_closing listening in_closing away
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

unseal
  lobby | B | not_started not_started listening turned away
  STEPS closing | B | yes yes listening turned away
  lobby STEPS closing | CFON | bringer_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended
"""


Cell = tuple[str, str, str, str]


def table() -> list[tuple[Cell, str]]:
    """EXPECTED as (command, place, role, stance) → answer."""
    cells = []
    for block in EXPECTED.strip().split("\n\n"):
        head, *lines = block.splitlines()
        for line in lines:
            places, roles, answers = (part.split() for part in line.split("|"))
            answer = dict(zip(STANCES, answers * 5 if len(answers) == 1 else answers, strict=False))
            where = [one for place in places for one in (STEPS if place == "STEPS" else [place])]
            for do, place, role, stance in product(head.split(), where, roles[0], STANCES):
                cells.append(((do, place, role, stance), answer[stance]))
    return cells


def test_every_combination_has_one_expected_answer() -> None:
    cells = [cell for cell, _ in table()]
    assert len(cells) == len(set(cells))
    assert set(cells) == set(product(WISHES, PLACES, "BCFON-", STANCES))


@pytest.mark.parametrize("do", WISHES)
def test_the_table_of_rights_is_as_expected(do: str) -> None:
    expected = {cell: answer for cell, answer in table() if cell[0] == do}
    given = {}
    for _, place, role, stance in expected:
        for real in "BCFON" if role == "-" else role:
            given[do, place, role, stance] = permit(do, real, role != "-", place, stance) or "yes"
    assert given == expected
