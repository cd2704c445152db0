"""The whole table of rights: command × place × hats × stance, with the expected answer to each."""

import re
from itertools import product

import pytest

from intervisie.engine import WISHES, permit

STEPS = ["tell", "ask", "write", "round", "talk", "judge", "commit", "pause"]
PLACES = ["lobby", *STEPS, "closing", "ended"]
STANCES = ["acts", "waits", "listen", "turned", "away"]

ROLES = "BCFON"
# What somebody wears beside the role: T keeps the time, L sits at a table of a sub-group, where everybody leads.
HATS = [role + more for role in ROLES for more in ("", "T", "L", "TL")]

# Per block the commands, then lines: places | hats (- has not agreed, whatever they wear) | the answer, or one answer
# per stance in the order of STANCES. STEPS are all eight kinds. Roles stand for whatever is worn beside them, but for
# "+L" (only those with it) and "-L" (only those without). Every combination stands here once.
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

advance
  lobby | F BCON+L | not_started
  STEPS | F BCON+L | yes
  closing | F BCON+L | in_closing
  lobby STEPS closing | BCON-L | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

extend pause resume
  lobby | F BCON+L BCON+T | not_started
  STEPS | F BCON+L BCON+T | yes
  closing | F BCON+L BCON+T | in_closing
  lobby STEPS closing | BCON-L-T | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

replan
  lobby | F | not_started
  STEPS | F | yes
  closing | F | in_closing
  lobby STEPS closing | BCON | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

back
  lobby | F BCON+L | not_started
  STEPS closing | F BCON+L | yes
  lobby STEPS closing | BCON-L | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

give_floor
  lobby | F BCON+L | not_started
  tell ask write round talk commit | F BCON+L | yes
  judge pause | F BCON+L | not_in_this_step
  closing | F BCON+L | in_closing
  lobby STEPS closing | BCON-L | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

choose
  lobby | F BCON+L | not_started
  judge | F BCON+L | yes
  tell ask write round talk commit pause | F BCON+L | not_in_this_step
  closing | F BCON+L | in_closing
  lobby STEPS closing | BCON-L | facilitator_only
  lobby STEPS closing | - | not_agreed
  ended | BCFON- | ended

hand_over appoint clear_stop
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
  tell ask write round talk judge commit closing | BCFON | yes not_your_turn listening turned away
  pause | BCFON | not_in_this_step not_in_this_step listening turned away
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

aside
  lobby | BCFON | not_started not_started not_started turned away
  STEPS | BCFON | yes yes yes turned away
  closing | BCFON | in_closing in_closing in_closing turned away
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


def worn(words: list[str]) -> list[str]:
    """The hats that these words stand for."""
    found = []
    for word in words:
        roles, *asked = re.split(r"(?=[+-][TL])", word)
        fits = [h for h in HATS if h[0] in roles and all((one[1] in h) == (one[0] == "+") for one in asked)]
        found += [*fits, "-"] if "-" in roles else fits
    return list(dict.fromkeys(found))


def table() -> list[tuple[Cell, str]]:
    """EXPECTED as (command, place, hats, stance) → answer."""
    cells = []
    for block in EXPECTED.strip().split("\n\n"):
        head, *lines = block.splitlines()
        for line in lines:
            places, hats, answers = (part.split() for part in line.split("|"))
            answer = dict(zip(STANCES, answers * 5 if len(answers) == 1 else answers, strict=False))
            where = [one for place in places for one in (STEPS if place == "STEPS" else [place])]
            for do, place, hat, stance in product(head.split(), where, worn(hats), STANCES):
                cells.append(((do, place, hat, stance), answer[stance]))
    return cells


def test_every_combination_has_one_expected_answer() -> None:
    cells = [cell for cell, _ in table()]
    assert len(cells) == len(set(cells))
    assert set(cells) == set(product(WISHES, PLACES, [*HATS, "-"], STANCES))


@pytest.mark.parametrize("do", WISHES)
def test_the_table_of_rights_is_as_expected(do: str) -> None:
    expected = {cell: answer for cell, answer in table() if cell[0] == do}
    for (_, place, hat, stance), answer in expected.items():
        for hats in HATS if hat == "-" else [hat]:
            assert (permit(do, hats, hat != "-", place, stance) or "yes") == answer, (place, hats, stance)
