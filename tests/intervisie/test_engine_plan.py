"""Fitting a method into the time there is before it starts."""

from typing import Any

import pytest

from intervisie.engine import Method, parse
from intervisie.engine.plan import Fit, fit, fitted_json
from tests.intervisie.engine_support import make_method, make_step, method_json

MODULE = make_step("round", "m", minutes={"default": 8, "min": 6, "max": 9})


def steps(**more: Any) -> list[dict[str, Any]]:
    """Twenty minutes, of which ten may be left out and ten may last from four to sixteen."""
    return [
        make_step("talk", "a", minutes={"default": 10, "min": 4, "max": 16} | more),
        make_step("talk", "b", minutes={"default": 10}, optional=True),
    ]


def method() -> Method:
    return make_method(*steps())


def minutes_of(found: Fit) -> list[float | None]:
    return [after for _, _, after in found.steps]


@pytest.mark.parametrize(
    ("asked", "fitted"),
    [
        (20, [10, 10]),
        (17, [7, 10]),
        (14, [4, 10]),
        (12, [12, None]),
        (2, [4, None]),
        (26, [16, 10]),
        (90, [16, 10]),
    ],
)
def test_each_step_gives_what_it_can(asked: float, fitted: list[float | None]) -> None:
    assert minutes_of(fit(method(), 4, asked)) == fitted


def test_it_is_told_whether_the_time_is_enough_and_what_is_left_over() -> None:
    short, long = fit(method(), 4, 2), fit(method(), 4, 90)
    assert (short.is_possible, short.shortest, short.left_over) == (False, 4, 0)
    assert [step.id for step in short.left_out] == ["b"]
    assert (long.is_possible, long.total, long.left_over) == (True, 26, 64)
    assert fit(method(), 4, 28).left_over == 0, "two minutes are not worth a word"


def test_what_a_later_step_uses_is_not_left_out() -> None:
    used = [*steps(), make_step("talk", "c", minutes={"default": 1}, uses=[{"step": "b"}])]
    assert fit(make_method(*used), 4, 2).left_out == ()


def test_a_step_for_each_person_counts_as_often() -> None:
    each = make_method(make_step("round", minutes={"default": 2, "per_person": True, "min": 1, "max": 4}))
    assert fit(each, 5, 10).usual == 10 and minutes_of(fit(each, 5, 5)) == [1]


@pytest.mark.parametrize(("asked", "module"), [(20, 9), (14, 6), (17, 7)])
def test_the_copy_of_a_session_has_the_fitted_minutes_and_people(asked: float, module: float) -> None:
    vote = make_step("judge", "vote", effect="module", scale={"type": "pick"}, minutes={"default": 1})
    plays = steps()[0] | {"id": "plays", "include": True}
    data = method_json(vote, plays, make_step("talk", "b", minutes={"default": 9}, optional=True))
    data |= {"modules": [MODULE]}
    copy = parse(fitted_json(data, fit(parse(data), 7, asked)))
    assert sum(step.minutes.default for step in copy.steps) == asked
    assert copy.modules[0].minutes.default == module
    assert copy.group.ideal == 7


def test_a_step_for_which_there_is_no_time_is_not_in_the_copy() -> None:
    data = method_json(*steps())
    copy = parse(fitted_json(data, fit(parse(data), 99, 12)))
    assert [step.id for step in copy.steps] == ["a"] and copy.group.ideal == copy.group.max
