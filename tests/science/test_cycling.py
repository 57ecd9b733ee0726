"""Martin 1998 term by term (J Appl Biomech 14:276), with the paper's own worked example."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.cycling import (
    DRIVETRAIN_EFFICIENCY,
    aerodynamic_power,
    bearing_power,
    kinetic_power,
    potential_power,
    rolling_power,
)

SPEED = 471.8 / 56.42
HEADWIND = 2.94 * np.cos(np.radians(30.0))


def test_martins_worked_example_term_by_term_and_213_watts():
    terms = {
        "aero": aerodynamic_power(SPEED, 1.2234, 0.2565, HEADWIND),
        "rolling": rolling_power(SPEED, 90.0, 0.003, 0.0032),
        "bearings": bearing_power(SPEED),
        "potential": potential_power(SPEED, 90.0, 0.003),
        "kinetic": kinetic_power(8.28, 8.45, 56.42, 90.0),
    }
    expected = {"aero": 158.8, "rolling": 23.6, "bearings": 1.37, "potential": 22.1, "kinetic": 2.30}
    for name, watts in expected.items():
        assert float(terms[name]) == pytest.approx(watts, abs=0.1), name
    assert sum(terms.values()) / DRIVETRAIN_EFFICIENCY == pytest.approx(213.3, abs=0.1)


def test_at_standard_density_the_worked_example_is_213_56_watts():
    wheel = (
        aerodynamic_power(8.36, 1.225, 0.2565, 10.91 - 8.36)
        + rolling_power(8.36, 90.0, 0.003, 0.0032)
        + bearing_power(8.36)
        + potential_power(8.36, 90.0, 0.003)
        + kinetic_power(8.28, 8.45, 56.42, 90.0)
    )
    assert wheel / DRIVETRAIN_EFFICIENCY == pytest.approx(213.56, abs=0.1)


def test_wind_as_a_vector_costs_more_than_its_projection():
    headwind, crosswind = 2.5, 5.0 * np.sin(np.radians(60.0))
    vector = 0.3 / 0.3044 * aerodynamic_power(8.0, 1.2, 0.3, headwind, crosswind)
    projected = 0.3 / 0.3044 * aerodynamic_power(8.0, 1.2, 0.3, headwind)
    assert np.hypot(10.5, crosswind) == pytest.approx(11.358, abs=0.001)
    assert vector == pytest.approx(171.7, abs=0.05)
    assert projected == pytest.approx(158.8, abs=0.05)


def test_a_tailwind_faster_than_the_rider_pushes():
    assert aerodynamic_power(5.0, 1.2, 0.4, -8.0) < 0.0


def test_slowing_down_gives_power_back():
    assert kinetic_power(8.0, 6.0, 5.0, 85.0) == pytest.approx(-kinetic_power(6.0, 8.0, 5.0, 85.0))


def test_wheels_that_spin_up_count_twice() -> None:
    alone = float(kinetic_power(8.0, 9.0, 10.0, 80.0, 0.0))
    assert alone == pytest.approx(0.5 * 80.0 * 17.0 / 10.0)
    assert float(kinetic_power(8.0, 9.0, 10.0, 80.0, 1.2)) == pytest.approx(alone * 81.2 / 80.0)
