"""Bends, brakes and ramps: where a rider goes slower than the watts allow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.cycling import drag_factor
from pacecalc.science.ridelimits import (
    corner_speed,
    limit_by_brakes,
    pushing_power,
    pushing_speed,
    slowest_riding_speed,
)
from pacecalc.science.ridespeed import resisting_force, speed_from_power


@pytest.mark.parametrize(("radius_m", "lateral_g", "speed"), [(10.0, 0.3, 5.42), (10.0, 0.4, 6.26), (25.0, 0.3, 8.58)])
def test_a_bend_allows_the_root_of_radius_times_grip(radius_m, lateral_g, speed):
    assert corner_speed(radius_m, lateral_g) == pytest.approx(speed, abs=0.005)


def test_a_straight_has_no_limit():
    assert np.isinf(corner_speed(np.inf))


@given(
    st.lists(st.floats(1.0, 25.0), min_size=1, max_size=40),
    st.floats(2.0, 60.0),
    st.floats(0.5, 4.0),
)
def test_every_cap_can_be_braked_to_and_none_is_raised(caps, length_m, braking):
    limited = limit_by_brakes(caps, np.full(len(caps), length_m), braking)
    assert np.all(limited <= np.array(caps) + 1e-12)
    assert np.all(limited[:-1] ** 2 <= limited[1:] ** 2 + 2.0 * braking * length_m + 1e-6)
    # and it is the highest such profile: each cell is at its own cap or braking
    free = np.minimum(np.array(caps)[:-1], np.sqrt(limited[1:] ** 2 + 2.0 * braking * length_m))
    assert limited[:-1] == pytest.approx(free, rel=1e-9)


def ride_and_push(grade, power_w=200.0):
    ride = speed_from_power(power_w, resisting_force(87.0, grade, 0.02), drag_factor(0.9, 0.42))
    return float(ride), float(pushing_speed(power_w, 87.0, grade))


def test_at_twenty_percent_riding_and_pushing_are_equally_fast():
    """Ardigo, Saibene, Minetti 2003: the critical grade of a rider with a bike is close to 20 %."""
    ride, push = ride_and_push(0.20)
    assert ride == pytest.approx(1.06, abs=0.005)
    assert push == pytest.approx(1.06, abs=0.005)


@pytest.mark.parametrize(("grade", "ride", "push"), [(0.15, 1.36, 1.32), (0.25, 0.87, 0.88)])
def test_below_it_riding_is_faster_and_above_it_pushing(grade, ride, push):
    assert ride_and_push(grade) == pytest.approx((ride, push), abs=0.006)


def test_the_crossover_lies_near_twenty_percent():
    grades = np.linspace(0.12, 0.30, 181)
    faster_on_foot = [grade for grade in grades if np.less(*ride_and_push(grade))]
    assert 0.18 <= min(faster_on_foot) <= 0.22


def test_nobody_pushes_faster_than_a_brisk_walk():
    assert pushing_speed(600.0, 80.0, 0.05) == 1.5


def test_pushing_power_and_speed_are_inverse_below_that():
    speed = pushing_speed(180.0, 87.0, 0.22)
    assert pushing_power(speed, 87.0, 0.22) == pytest.approx(180.0)


def test_the_lowest_gear_at_45_turns_is_1_08_metres_a_second():
    assert slowest_riding_speed() == pytest.approx(1.08, abs=0.005)
    assert slowest_riding_speed(60.0) > slowest_riding_speed()
