"""Walking against running, with the worked values of running.md and nutrition.md."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.gait import (
    STANDING_W_PER_KG,
    fastest_gait_speed,
    locomotion_power,
    pack_factor,
    running_speed,
    walking_power,
    walking_speed,
)
from pacecalc.science.gradient import running_cost

INVERSION = {
    8: ((2.078, 1.822), (1.291, 1.099), (0.979, 0.884), (0.779, 0.728), (0.550, 0.521), (0.425, 0.389)),
    10: ((2.284, 2.378), (1.604, 1.434), (1.278, 1.154), (1.038, 0.950), (0.738, 0.680), (0.570, 0.508)),
    12: ((2.449, 2.933), (1.848, 1.769), (1.535, 1.424), (1.277, 1.172), (0.924, 0.839), (0.716, 0.627)),
    14: ((2.586, 3.489), (2.046, 2.104), (1.752, 1.693), (1.493, 1.395), (1.105, 0.998), (0.860, 0.745)),
}


def running_power(speed_m_per_s, grade):
    """Minetti 2002, above standing."""
    return STANDING_W_PER_KG + running_cost(grade) * np.asarray(speed_m_per_s)


@pytest.mark.parametrize(
    ("speed", "percent", "power"),
    [
        (0.4768426667, 13.24968434, 5.0020989615),
        (0.89408, 15.15151515, 8.0420267692),
        (0.54395076, -11.83712121, 2.3056003361),
    ],
)
def test_lcda_worked_values_of_the_transcription_with_base_1_11(speed: float, percent: float, power: float) -> None:
    assert float(walking_power(speed, percent / 100.0, economy=1.0, base=1.11)) == pytest.approx(power, abs=5e-9)


@pytest.mark.parametrize(
    ("speed", "grade", "power"),
    [(1.00, 0.0, 3.6200), (1.34, 0.0, 4.4140), (1.34, 0.10, 8.6393), (1.34, -0.10, 3.0738), (0.90, 0.25, 11.1014)],
)
def test_lcda_with_base_1_1_as_in_most_codes(speed: float, grade: float, power: float) -> None:
    assert float(walking_power(speed, grade, economy=1.0)) == pytest.approx(power, abs=5e-5)


def test_the_two_bases_differ_little() -> None:
    grade = np.linspace(-0.40, 0.45, 171)
    gap = np.abs(walking_power(1.34, grade, economy=1.0) - walking_power(1.34, grade, economy=1.0, base=1.11))
    assert gap.max() < 0.35
    assert gap[grade > 0.2].max() < 0.01


@pytest.mark.parametrize("power", sorted(INVERSION))
def test_power_to_speed_table(power: int) -> None:
    grades = np.array([0.0, 0.10, 0.15, 0.20, 0.30, 0.40])
    walk, run = np.array(INVERSION[power]).T
    np.testing.assert_allclose(walking_speed(float(power), grades, base=1.11), walk, rtol=0, atol=5.1e-4)
    np.testing.assert_allclose(running_speed(float(power), grades), run, rtol=0, atol=5.1e-4)


def test_walking_is_8_percent_cheaper_at_giovannellis_slope() -> None:
    """Giovanelli 2016: 8.45 +- 1.05 % cheaper from 9.4 degrees up, at 0.35 m/s of climb."""
    angle = np.radians(15.8)
    speed = 0.35 / np.sin(angle)
    saved = 1.0 - float(walking_power(speed, np.tan(angle)) / running_power(speed, np.tan(angle)))
    assert saved == pytest.approx(0.0845, abs=0.0105)


def test_runners_walk_below_2_24_m_per_s_on_the_level() -> None:
    assert float(walking_speed(9.5, 0.0)) == pytest.approx(float(running_speed(9.5, 0.0)), abs=0.01)
    assert float(running_speed(9.5, 0.0)) == pytest.approx(2.24, abs=0.005)


@pytest.mark.parametrize(
    ("grade", "power", "speed"), [(0.05, 11.4, 2.12), (0.10, 13.2, 1.97), (0.15, 15.4, 1.89), (0.20, 18.5, 1.90)]
)
def test_transition_by_grade(grade: float, power: float, speed: float) -> None:
    powers = np.linspace(4.0, 25.0, 2101)
    walks = walking_speed(powers, grade, base=1.11) > running_speed(powers, grade)
    crossover = powers[np.flatnonzero(walks)[-1]]
    assert crossover == pytest.approx(power, abs=0.06)
    assert float(running_speed(crossover, grade)) == pytest.approx(speed, abs=0.02)


@given(st.floats(1.5, 30.0), st.floats(-0.45, 0.45))
def test_walking_speed_pays_exactly_its_power(power: float, grade: float) -> None:
    speed = float(walking_speed(power, grade))
    assert 0.0 < speed < 8.0
    assert float(walking_power(speed, grade)) == pytest.approx(power, rel=1e-7)


@given(st.floats(1.5, 25.0), st.floats(0.0, 0.6), st.floats(0.0, 0.4))
def test_steeper_up_is_never_faster_on_one_power(power: float, grade: float, more: float) -> None:
    assert float(fastest_gait_speed(power, grade + more)) <= float(fastest_gait_speed(power, grade)) + 1e-9


def test_below_standing_power_nobody_moves() -> None:
    assert float(walking_speed(1.0, 0.1)) == 0.0
    assert float(running_speed(1.0, 0.1)) == 0.0


def test_locomotion_takes_the_cheaper_gait() -> None:
    speeds = np.array([0.6, 1.2, 2.0, 3.0, 4.0])
    power = locomotion_power(speeds, 0.05)
    assert np.all(power <= walking_power(speeds, 0.05))
    assert np.all(power <= running_power(speeds, 0.05))
    assert power[0] == walking_power(0.6, 0.05)
    assert power[-1] == running_power(4.0, 0.05)


def test_a_race_pack_costs_its_share_of_the_body():
    assert float(pack_factor(4.0, 70.0)) == pytest.approx(1.057, abs=5e-4)
    assert np.array_equal(pack_factor([0.0, 7.0], 70.0), [1.0, 1.1])
