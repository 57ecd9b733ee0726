"""What slopes cost, against the published tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from pacecalc.science.gradient import (
    PACE_FACTOR_GRADES,
    PACE_FACTORS,
    pace_factor,
    personal_pace_factor,
    running_cost,
    walking_cost,
)

GRADES = st.floats(-0.8, 0.8)


@pytest.mark.parametrize(
    ("grade", "run", "walk"),
    [
        (-0.45, 4.0323, 3.6051),
        (-0.30, 2.4622, 2.2075),
        (-0.20, 1.8000, 1.0867),
        (-0.10, 2.1517, 1.1271),
        (0.0, 3.6, 2.5),
        (0.10, 5.9682, 4.8991),
        (0.20, 9.0067, 7.8774),
        (0.30, 12.5793, 11.1835),
        (0.45, 19.4260, 17.6003),
    ],
)
def test_minetti_2002_polynomials(grade: float, run: float, walk: float) -> None:
    assert float(running_cost(grade)) == pytest.approx(run, abs=5e-5)
    assert float(walking_cost(grade)) == pytest.approx(walk, abs=5e-5)


@pytest.mark.parametrize(
    ("grade", "run", "deviation"), [(0.0, 3.40, 0.24), (0.45, 18.93, 1.74), (-0.20, 1.73, 0.36), (-0.45, 3.92, 0.81)]
)
def test_minetti_2002_fit_stays_within_one_sd_of_what_was_measured(grade: float, run: float, deviation: float) -> None:
    assert abs(float(running_cost(grade)) - run) < deviation


def test_minetti_cheapest_descents() -> None:
    grades = np.linspace(-0.45, 0.0, 450_001)
    run, walk = running_cost(grades), walking_cost(grades)
    assert grades[run.argmin()] == pytest.approx(-0.18135, abs=6e-6)
    assert run.min() == pytest.approx(1.78127, abs=5e-6)
    assert grades[walk.argmin()] == pytest.approx(-0.15253, abs=6e-6)
    assert walk.min() == pytest.approx(0.93549, abs=5e-6)


def test_beyond_the_measured_grades_a_vertical_metre_costs_the_same() -> None:
    for grade in (0.6, 1.0):
        sine = np.sin(np.arctan(grade))
        assert float(running_cost(grade)) / sine == pytest.approx(47.338, abs=5e-4)
        assert float(walking_cost(grade)) / sine == pytest.approx(42.889, abs=5e-4)
        assert float(running_cost(-grade)) / sine == pytest.approx(9.826, abs=5e-4)
        assert float(walking_cost(-grade)) / sine == pytest.approx(8.785, abs=5e-4)


def test_constant_vertical_cost_agrees_with_giovanelli_2016() -> None:
    sine = np.sin(np.arctan(0.6))
    assert float(running_cost(0.6)) / sine == pytest.approx(48.46, rel=0.03)
    assert float(walking_cost(0.6)) / sine == pytest.approx(44.17, rel=0.03)


@pytest.mark.parametrize(
    ("grade", "factor"),
    [
        (-0.09, 0.8760),
        (-0.05, 0.9028),
        (0.05, 1.1797),
        (0.125, 1.6424),
        (0.17, 2.0225),
        (0.35, 3.5566),
        (-0.40, 1.9056),
    ],
)
def test_strava_2017_between_the_points_of_its_table(grade: float, factor: float) -> None:
    assert float(pace_factor(grade)) == pytest.approx(factor, abs=5e-5)


def test_pace_factor_beyond_the_table() -> None:
    assert float(pace_factor(0.6)) == pytest.approx(5.3736, abs=5e-5)
    assert float(pace_factor(-0.6)) == pytest.approx(2.6279, abs=5e-5)


def test_pace_factor_is_scipys_pchip_inside_the_table() -> None:
    grades = np.linspace(-0.45, 0.45, 5001)
    oracle = PchipInterpolator(PACE_FACTOR_GRADES, PACE_FACTORS)
    np.testing.assert_allclose(pace_factor(grades), oracle(grades), rtol=0, atol=1e-13)


def test_strava_agrees_with_elite_race_records_from_minus_20_to_10_percent() -> None:
    """Kay 2012, pace of hill-race records: 1e-4 (1707 + 5656 g + 32209 g^2 - 3211 g^3 - 43635 g^4) s/m."""
    grade = np.arange(-0.20, 0.101, 0.01)
    kay = np.polyval([-4.3635, -0.3211, 3.2209, 0.5656, 0.1707], grade) / 0.1707
    assert np.polyval([-4.3635, -0.3211, 3.2209, 0.5656, 0.1707], 0.2) == pytest.approx(0.40311, abs=5e-6)
    assert np.abs(pace_factor(grade) / kay - 1.0).max() < 0.06


def test_runners_work_an_eighth_harder_uphill_than_minettis_even_power() -> None:
    """Townshend 2010 measured 1.124; running.md 1.10 finds 1.105, 1.142, 1.129, 1.111, 1.126, 1.155."""
    grade = np.array([0.05, 0.10, 0.15, 0.20, 0.25, 0.30])
    even_power = running_cost(grade) / running_cost(0.0) * np.sqrt(1.0 + grade**2)
    np.testing.assert_allclose(
        even_power / pace_factor(grade), [1.105, 1.142, 1.129, 1.111, 1.126, 1.155], rtol=0, atol=6e-4
    )


@given(GRADES, st.floats(0.0, 0.5), st.floats(0.8, 1.25), st.floats(-1.0, 1.0))
@example(grade=0.0, more=0.0078125, effort=1.25, skill=0.0)
def test_steeper_up_is_never_faster(grade: float, more: float, effort: float, skill: float) -> None:
    low, high = sorted((abs(grade), abs(grade) + more))
    at_low, at_high = personal_pace_factor(np.array([low, high]), effort, skill)
    assert at_high >= at_low - 1e-12


@given(GRADES)
def test_a_skilled_descender_is_never_slower_than_a_cautious_one(grade: float) -> None:
    skilled = float(personal_pace_factor(grade, downhill_skill=1.0))
    typical = float(personal_pace_factor(grade))
    cautious = float(personal_pace_factor(grade, downhill_skill=-1.0))
    assert skilled <= typical <= cautious


def test_uphill_effort_leaves_the_flat_and_the_descents_alone() -> None:
    grades = np.array([-0.3, -0.1, 0.0])
    np.testing.assert_array_equal(personal_pace_factor(grades, uphill_effort=1.1), personal_pace_factor(grades))
    assert float(personal_pace_factor(0.2, 1.1)) == pytest.approx(2.297 / 1.1)


def test_a_typical_racer_descends_as_heart_rate_says_and_skill_sways_it_both_ways() -> None:
    assert float(personal_pace_factor(-0.10)) == pytest.approx(0.876)
    assert float(personal_pace_factor(-0.10, downhill_skill=1.0)) == pytest.approx((1.0 - 0.124 * 1.25) * 0.9)
    assert float(personal_pace_factor(-0.10, downhill_skill=-1.0)) == pytest.approx((1.0 - 0.124 * 0.75) * 1.1)
