"""Speed from power: one root, found everywhere, and the field studies it must reproduce."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.cycling import aerodynamic_power, bearing_power, drag_factor, potential_power, rolling_power
from pacecalc.science.ridespeed import bound_speed, pedal_power, resisting_force, speed_from_power, wheel_force


def ride_time(power_w, headwind_m_per_s, length_m):
    """Atkinson's rider: 70 kg on a 10 kg bike, CdA 0.258, rho 1.2, Crr 0.004, in steady state."""
    resistance = resisting_force(80.0, 0.0, 0.004)
    drag = drag_factor(1.2, 0.258 - 0.0044)
    return length_m / speed_from_power(power_w, resistance, drag, headwind_m_per_s, drivetrain_efficiency=0.976)


def test_atkinson_2007_hills_ten_percent_more_up_and_less_down_saves_126_seconds():
    grade = np.array([0.1, -0.1] * 5)
    resistance, drag = resisting_force(80.0, grade, 0.004), drag_factor(1.2, 0.258)
    constant = (1000.0 / speed_from_power(289.0, resistance, drag)).sum()
    varied = (1000.0 / speed_from_power(289.0 * np.where(grade > 0.0, 1.1, 0.9), resistance, drag)).sum()
    assert constant - varied == pytest.approx(126.0, abs=2.0)


def test_atkinson_2007_wind_ten_percent_more_against_it_saves_51_seconds():
    wind = np.array([4.4, -4.4] * 4)
    constant = ride_time(289.0, wind, 5000.0).sum()
    varied = ride_time(289.0 * np.where(wind > 0.0, 1.1, 0.9), wind, 5000.0).sum()
    assert constant - varied == pytest.approx(51.0, abs=2.0)


def test_the_grouped_forces_are_the_sum_of_martins_terms():
    speed, mass, grade, rolling, density, area = 6.0, 85.0, 0.04, 0.012, 0.95, 0.42
    terms = (
        aerodynamic_power(speed, density, area, 1.5, 2.0)
        + rolling_power(speed, mass, grade, rolling)
        + bearing_power(speed)
        + potential_power(speed, mass, grade)
    )
    grouped = pedal_power(speed, resisting_force(mass, grade, rolling), drag_factor(density, area), 1.5, 2.0, 0.97)
    assert grouped == pytest.approx(terms / 0.97)


def random_rides(count, *, crosswind):
    rng = np.random.default_rng(20260815)
    return {
        "power": rng.uniform(1.0, 600.0, count),
        "resistance": resisting_force(85.0, rng.uniform(-0.25, 0.30, count), rng.uniform(0.004, 0.035, count)),
        "drag": drag_factor(rng.uniform(0.8, 1.25, count), rng.uniform(0.25, 0.5, count)),
        "head": rng.uniform(-12.0, 12.0, count),
        "cross": rng.uniform(-12.0, 12.0, count) if crosswind else 0.0,
    }


@pytest.mark.parametrize("crosswind", [False, True])
def test_a_hundred_thousand_rides_give_their_power_back(crosswind):
    ride = random_rides(100_000, crosswind=crosswind)
    forces = (ride["resistance"], ride["drag"], ride["head"], ride["cross"])
    speed = speed_from_power(ride["power"], *forces)
    assert np.abs(pedal_power(speed, *forces) / ride["power"] - 1.0).max() < 1e-9


def test_the_bound_is_never_below_the_speed():
    ride = random_rides(20_000, crosswind=True)
    speed = speed_from_power(ride["power"], ride["resistance"], ride["drag"], ride["head"], ride["cross"], 1.0)
    bound = bound_speed(ride["power"], ride["resistance"], ride["drag"], ride["head"])
    assert np.all(bound >= speed * (1.0 - 1e-12))


def test_newton_agrees_with_plain_bisection():
    ride = random_rides(500, crosswind=False)
    low, high = np.zeros(500), bound_speed(ride["power"], ride["resistance"], ride["drag"], ride["head"])
    for _ in range(100):
        middle = 0.5 * (low + high)
        over = pedal_power(middle, ride["resistance"], ride["drag"], ride["head"]) > ride["power"]
        low, high = np.where(over, low, middle), np.where(over, middle, high)
    speed = speed_from_power(ride["power"], ride["resistance"], ride["drag"], ride["head"])
    assert speed == pytest.approx(low, rel=1e-9)


def test_an_independent_solver_agrees_on_250_watts_up_five_percent():
    """biwipy 0.12: 18.888 km/h at the wheel, without bearings and wheel drag (science page, section 6)."""
    speed = speed_from_power(
        250.0, resisting_force(80.0, 0.05, 0.004), drag_factor(1.2, 0.32 - 0.0044), drivetrain_efficiency=1.0
    )
    assert 3.6 * speed == pytest.approx(18.888, abs=0.05)


def test_without_power_the_bike_coasts_where_the_slope_pulls_and_stands_where_not():
    slope, level = resisting_force(85.0, [-0.08, 0.0], 0.012)
    drag = drag_factor(0.9, 0.42)
    coasting = float(speed_from_power(0.0, slope, drag))
    force, _, _ = wheel_force(coasting, slope, drag)
    assert float(force) == pytest.approx(0.0, abs=1e-6)
    assert coasting == pytest.approx(np.sqrt(-slope / drag), rel=0.01)
    assert float(speed_from_power(0.0, level, drag)) == 0.0


def test_a_gale_from_behind_moves_a_rider_who_does_not_pedal():
    assert speed_from_power(0.0, 5.0, 0.25, -15.0) > 5.0


@given(
    power=st.floats(1.0, 900.0),
    grade=st.floats(-0.2, 0.25),
    head=st.floats(-10.0, 10.0),
    cross=st.floats(-10.0, 10.0),
)
def test_more_power_is_always_faster(power, grade, head, cross):
    forces = (resisting_force(85.0, grade, 0.012), 0.2, head, cross)
    slow, fast = speed_from_power([power, 1.05 * power], *forces)
    assert fast > slow


@pytest.mark.parametrize(("power", "drag"), [(-5.0, 0.2), (200.0, 0.0), (200.0, -0.1)])
def test_negative_power_and_negative_drag_are_refused(power, drag):
    with pytest.raises(ValueError, match="power of zero or more and a drag factor above zero"):
        speed_from_power(power, 10.0, drag)
