"""The closed-form optimum against general optimisers, and what it gains."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.science.cycling import drag_factor
from pacecalc.science.ridepacing import best_effort, best_speed, elasticity, find_level
from pacecalc.science.ridespeed import pedal_power, resisting_force, speed_from_power

MASS_KG = 85.0


def hilly_course(seed, cells=40, cell_m=4000.0):
    rng = np.random.default_rng(seed)
    grade = rng.uniform(-0.06, 0.08, cells)
    height = 2900.0 + rng.uniform(-100.0, 600.0, cells)
    rolling = rng.choice([0.006, 0.010, 0.013, 0.018], cells)
    return {
        "length": np.full(cells, cell_m),
        "resistance": resisting_force(MASS_KG, grade, rolling),
        "drag": drag_factor(1.2 * np.exp(-height / 9000.0), 0.42),
        "head": rng.uniform(-4.0, 4.0, cells),
        "reference": 300.0 * (1.0 - 0.06 * height / 1000.0),
    }


def ride_at(course, effort):
    speed = speed_from_power(effort * course["reference"], course["resistance"], course["drag"], course["head"])
    time = course["length"] / speed
    return time, float((time * effort**4).sum() / time.sum()) ** 0.25


def ride_best(course, level):
    speed = best_speed(level, course["reference"], course["resistance"], course["drag"], course["head"])
    power = pedal_power(speed, course["resistance"], course["drag"], course["head"])
    return np.maximum(power, 0.0) / course["reference"]


def best_for_cost(course, cost):
    level = find_level(lambda level: ride_at(course, ride_best(course, level))[1], cost)
    return ride_best(course, level)


def test_the_optimum_equals_a_general_constrained_optimiser_on_forty_segments():
    from scipy.optimize import minimize

    course, cost = hilly_course(7), 0.7
    ours = best_for_cost(course, cost)
    ours_s = ride_at(course, ours)[0].sum()

    def slack(effort):
        time, _ = ride_at(course, effort)
        return cost**4 - (time * effort**4).sum() / time.sum()

    found = minimize(
        lambda effort: ride_at(course, effort)[0].sum() / 1e4,
        np.full(40, cost),
        constraints={"type": "ineq", "fun": slack},
        bounds=[(0.01, 1.5)] * 40,
        method="SLSQP",
        options={"ftol": 1e-13, "maxiter": 400},
    )
    assert abs(slack(ours)) < 1e-8
    assert ours_s == pytest.approx(found.fun * 1e4, rel=1e-5)
    assert ours_s <= ride_at(course, np.full(40, cost))[0].sum() * 0.99


def test_the_closed_form_holds_at_every_place():
    course = hilly_course(3, 400)
    speed = best_speed(0.8, course["reference"], course["resistance"], course["drag"], course["head"])
    eps = elasticity(speed, course["resistance"], course["drag"], course["head"])
    effort = pedal_power(speed, course["resistance"], course["drag"], course["head"]) / course["reference"]
    assert best_effort(eps, 3.0 * 0.8**4) == pytest.approx(effort, abs=1e-8)


@pytest.mark.parametrize(("eps", "effort"), [(1.0, 1.0), (0.8, 0.931), (0.5, 0.809), (1.0 / 3.0, 0.723), (0.0, 0.0)])
def test_flats_are_ridden_at_three_quarters_of_the_climbing_effort(eps, effort):
    assert best_effort(eps, 3.0) == pytest.approx(effort, abs=0.0006)


def test_power_buys_speed_one_for_one_on_a_steep_climb_and_a_third_in_still_air():
    climb = elasticity(1.5, resisting_force(MASS_KG, 0.15, 0.01), 0.19)
    flat = elasticity(10.0, 0.0, 0.2)
    coasting = elasticity(12.0, resisting_force(MASS_KG, -0.08, 0.01), 0.19)
    assert climb > 0.97
    assert flat == pytest.approx(1.0 / 3.0, abs=0.01)
    assert coasting == 0.0


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**6), cost=st.floats(0.3, 1.1))
def test_on_random_courses_the_optimum_is_never_slower_than_even_effort_at_the_same_cost(seed, cost):
    course = hilly_course(seed, 60)
    even_s = ride_at(course, np.full(60, cost))[0].sum()
    assert ride_at(course, best_for_cost(course, cost))[0].sum() <= even_s * (1.0 + 1e-9)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), level=st.floats(0.05, 3.0))
def test_a_higher_level_is_faster_everywhere(seed, level):
    course = hilly_course(seed, 60)
    forces = (course["reference"], course["resistance"], course["drag"], course["head"])
    assert np.all(best_speed(1.01 * level, *forces) >= best_speed(level, *forces) * (1.0 - 1e-9))


def test_crosswinds_are_solved_too():
    speed = best_speed(0.9, 220.0, 12.0, 0.2, [-6.0, 0.0, 6.0], [5.0, 8.0, -5.0])
    eps = elasticity(speed, 12.0, 0.2, [-6.0, 0.0, 6.0], [5.0, 8.0, -5.0])
    effort = pedal_power(speed, 12.0, 0.2, [-6.0, 0.0, 6.0], [5.0, 8.0, -5.0]) / 220.0
    assert best_effort(eps, 3.0 * 0.9**4) == pytest.approx(effort, rel=1e-8)


def test_the_search_finds_levels_far_from_its_guess():
    assert find_level(lambda level: level**0.5, 25.0) == pytest.approx(625.0)
    assert find_level(lambda level: level**3, 1e-6) == pytest.approx(0.01)
    assert find_level(lambda level: level, 0.7) == 0.7


def test_the_search_says_when_no_level_will_do():
    with pytest.raises(ValueError, match="no level of effort reaches the target"):
        find_level(lambda level: 2.0 + level / (1.0 + level), 5.0)
