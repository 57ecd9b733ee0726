"""Emig and Peltonen's two numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import lambertw

from pacecalc.science.endurance import (
    endurance_index,
    endurance_speed,
    endurance_time,
    fit_endurance,
    lower_lambert_w,
)


@pytest.mark.parametrize(
    ("distance_m", "minutes"),
    [(5000.0, 17.832), (10_000.0, 37.448), (21_097.5, 83.521), (42_195.0, 176.447), (100_000.0, 449.861)],
)
def test_times_of_a_300_m_per_min_runner(distance_m: float, minutes: float) -> None:
    assert float(endurance_time(distance_m, 5.0, 0.06)) / 60.0 == pytest.approx(minutes, abs=5.1e-4)


def test_endurance_index() -> None:
    assert float(endurance_index(0.06)) == pytest.approx(5.2945, abs=5e-5)


def test_ninety_percent_is_held_for_the_endurance_index() -> None:
    assert float(endurance_speed(360.0 * endurance_index(0.06), 5.0, 0.06)) == pytest.approx(4.5)


@given(st.floats(-0.367, -1e-300))
def test_lower_lambert_w_is_scipys(value: float) -> None:
    assert float(lower_lambert_w(value)) == pytest.approx(float(lambertw(value, -1).real), rel=1e-7)


def test_lower_lambert_w_at_its_branch_point() -> None:
    assert float(lower_lambert_w(-np.exp(-1.0))) == pytest.approx(-1.0, abs=1e-7)


@pytest.mark.parametrize("value", [0.0, 0.1, -0.4, np.nan])
def test_lower_lambert_w_refuses_what_it_has_no_value_for(value: float) -> None:
    with pytest.raises(ValueError, match=r"from -1/e"):
        lower_lambert_w(value)


@given(st.floats(3.0, 6.5), st.floats(0.03, 0.12))
def test_two_races_give_back_the_runner(speed: float, decay: float) -> None:
    distances = np.array([5000.0, 21_097.5])
    found_speed, found_decay = fit_endurance(distances, endurance_time(distances, speed, decay))
    assert found_speed == pytest.approx(speed, rel=1e-6)
    assert found_decay == pytest.approx(decay, rel=1e-6)


def test_races_that_were_not_comparable_efforts_stay_in_range() -> None:
    _, decay = fit_endurance([5000.0, 10_000.0], [1300.0, 2400.0])
    assert decay == 0.02
