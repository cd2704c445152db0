"""Whoever of two people wrote it: everybody else gets the same, byte for byte, until names come as announced."""

from contextlib import suppress

import pytest

from intervisie.engine import Join, Method, load_shipped
from tests.intervisie.engine_bots import play_to_end
from tests.intervisie.engine_makers import made_up, shipped
from tests.intervisie.engine_support import make_person
from tests.intervisie.engine_twins import Over, Twins


def nameless(method: Method) -> bool:
    """Whether participants contribute without a name to somebody."""
    return any("C" in step.acting and step.hides_names for step in (*method.steps, *method.modules))


SHIPPED = [name for name in shipped() if nameless(load_shipped()[name])]
HUNDREDS = range(1000, 1200, 20)


def play(method: Method, seed: int) -> Twins:
    twins = Twins(method, seed)
    with suppress(Over):
        play_to_end(twins, seed, [Join(make_person(20)), Join(make_person(21, "observer"))])
    return twins


@pytest.mark.parametrize("name", SHIPPED)
def test_nobody_sees_who_of_two_wrote_it_in_a_shipped_method(name: str) -> None:
    played = [play(load_shipped()[name], seed) for seed in range(2)]
    assert sum(twins.swapped for twins in played) >= 2, "they wrote too little to tell"
    assert all(twins.compared for twins in played)


@pytest.mark.parametrize("first", HUNDREDS)
def test_nobody_sees_who_of_two_wrote_it_in_a_made_up_method(first: int) -> None:
    made = [(method, seed) for seed in range(first, first + 20) if nameless(method := made_up(seed))]
    played = [play(method, seed) for method, seed in made]
    assert len(made) >= 5
    assert sum(twins.swapped for twins in played) >= 10, "they wrote too little to tell"
    assert sum(twins.compared > 0 for twins in played) >= 4


def test_the_shipped_methods_with_something_nameless_are_known() -> None:
    assert SHIPPED == ["BALC", "DEE", "KFB", "LENS", "REF", "ROD", "TRO", "WIS"]
