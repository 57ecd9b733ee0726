"""The day's form from splits: measured weights, and what Bayes promises."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.day_form import RIDE_NOISE_PER_FORM, RIDE_SLOPE_PER_FORM, update_form


@pytest.mark.parametrize(("share", "weight"), [(0.36, 0.40), (0.55, 0.48), (0.73, 0.61), (0.91, 0.82)])
def test_one_split_carries_on_as_measured_at_western_states(share, weight):
    # running.md 6.3, 2,278 finishers: weight of the lateness so far on the rest.
    (form, slow_down), _ = update_form([share / 2.0], [share], [0.1])
    assert (form + slow_down * share / 2.0) / 0.1 == pytest.approx(weight, abs=0.01)


@pytest.mark.parametrize(("share", "spread"), [(0.36, 0.080), (0.55, 0.089)])
def test_what_is_left_unknown_is_the_spread_the_simulator_of_the_page_gives(share, spread):
    # running.md 6.3: simulated sd of ln(remaining time) given elapsed, form of the day 0.08.
    _, covariance = update_form([share / 2.0], [share], [0.0])
    turn = np.array([1.0, share / 2.0])
    noise = 0.07**2 / (11.0 * (1.0 - share))
    assert np.sqrt(0.08**2 * turn @ covariance @ turn + noise) == pytest.approx(spread, abs=0.006)


def test_on_plan_everywhere_is_the_planned_form():
    (form, slow_down), _ = update_form([0.1, 0.3, 0.5], [0.2, 0.2, 0.2], [0.0, 0.0, 0.0])
    assert form == pytest.approx(0.0)
    assert slow_down == pytest.approx(0.0)


def test_nothing_run_yet_tells_nothing():
    mean, covariance = update_form([], [], [])
    np.testing.assert_allclose(mean, 0.0)
    assert covariance[0, 0] == pytest.approx(1.0)


def test_slowing_from_section_to_section_is_told_from_being_slow_all_along():
    middles, lengths = [0.1, 0.3, 0.5], [0.2, 0.2, 0.2]
    _, slowing = update_form(middles, lengths, [-0.1, 0.0, 0.1])[0]
    _, level = update_form(middles, lengths, [0.1, 0.1, 0.1])[0]
    assert slowing > 0.1
    assert abs(level) < 0.05


def test_more_splits_leave_less_unknown_and_riders_have_their_own_spread():
    _, one = update_form([0.25], [0.5], [0.05], RIDE_SLOPE_PER_FORM, RIDE_NOISE_PER_FORM)
    _, two = update_form([0.125, 0.375], [0.25, 0.25], [0.05, 0.05], RIDE_SLOPE_PER_FORM, RIDE_NOISE_PER_FORM)
    assert np.linalg.det(two) < np.linalg.det(one)
