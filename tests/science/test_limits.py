"""No goal beats the world."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.limits import fastest_possible_s


@pytest.mark.parametrize(
    ("distance_m", "time_s"),
    [(42_195.0, 7235.0), (100_000.0, 21_935.0), (160_934.4, 39_099.0), (319_614.0, 86_400.0)],
)
def test_records_themselves(distance_m: float, time_s: float) -> None:
    assert float(fastest_possible_s(distance_m)) == pytest.approx(time_s)


@given(st.floats(400.0, 1e6), st.floats(1.001, 3.0))
def test_farther_is_slower_in_time_and_in_pace(distance_m: float, ratio: float) -> None:
    here, there = float(fastest_possible_s(distance_m)), float(fastest_possible_s(distance_m * ratio))
    assert there / here > ratio


def test_the_slower_records_of_2018_are_possible() -> None:
    """100 km in 6:09:14 at Lake Saroma."""
    assert float(fastest_possible_s(100_000.0)) < 6 * 3600 + 9 * 60 + 14


def test_beyond_the_records_their_last_slopes_hold() -> None:
    mile, five = float(fastest_possible_s(1500.0)), float(fastest_possible_s(5000.0))
    slope = math.log(five / mile) / math.log(5000.0 / 1500.0)
    assert float(fastest_possible_s(400.0)) == pytest.approx(mile * (400.0 / 1500.0) ** slope)
    day, two_days = float(fastest_possible_s(319_614.0)), float(fastest_possible_s(473_495.0))
    assert (day, two_days) == pytest.approx((86_400.0, 172_800.0))
    slope = math.log(two_days / day) / math.log(473_495.0 / 319_614.0)
    assert float(fastest_possible_s(700_000.0)) == pytest.approx(two_days * (700_000.0 / 473_495.0) ** slope)
