"""Size and shape of the slow-down, against slowdown.md section 1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.slowdown import (
    LARGEST_PERSONAL_SIZE,
    fade_from_size,
    late_descent_factor,
    size_from_fade,
    slow_down_factor,
    slow_down_progress,
    slow_down_size,
)

HOUR_S = 3600.0
MILES_100_M = 160_934.0


@pytest.mark.parametrize(
    ("hours", "size", "shares"),
    [
        (3.5, 0.1659, (0.2371, 0.4757, 0.7289)),
        (5.0, 0.2370, (0.2285, 0.4640, 0.7210)),
        (10.0, 0.2667, (0.2250, 0.4667, 0.7250)),
        (20.0, 0.3883, (0.2136, 0.4515, 0.7136)),
        (28.0, 0.5436, (0.1925, 0.4258, 0.7000)),
        (42.0, 0.7832, (0.1676, 0.4139, 0.7068)),
    ],
)
def test_share_of_the_time_at_the_quarters(hours: float, size: float, shares: tuple[float, float, float]) -> None:
    middle = (np.arange(400) + 0.5) / 400
    pace = slow_down_factor(slow_down_progress(middle, hours * HOUR_S), size)
    elapsed = np.cumsum(pace) / pace.sum()
    np.testing.assert_allclose(elapsed[[99, 199, 299]], shares, rtol=0, atol=6e-5)


def test_a_marathon_holds_its_pace_first_and_a_hundred_miler_levels_off() -> None:
    share = np.array([0.0, 0.2, 0.4, 0.7, 0.85, 1.0])
    np.testing.assert_allclose(slow_down_progress(share, 3.0 * HOUR_S), [0, 0, 0, 0.5, 0.75, 1.0], atol=1e-12)
    late = slow_down_progress(share, 30.0 * HOUR_S)
    assert late[1] > 0.0
    np.testing.assert_array_equal(late[4:], 1.0)


@pytest.mark.parametrize(
    ("flat_m", "hours", "low", "high"),
    [
        (42_195.0, 3.33, 0.06, 0.16),
        (42_195.0, 5.0, 0.20, 0.31),
        (90_000.0, 10.0, 0.12, 0.40),
        (185_000.0, 24.0, 0.33, 0.62),
        (MILES_100_M, 24.0, 0.41, 0.72),
    ],
)
def test_finish_pace_over_start_pace_is_what_fields_show(flat_m: float, hours: float, low: float, high: float) -> None:
    """splits.md gives the change of pace over the mean; the ratio of the ends is a little larger."""
    size = float(slow_down_size(flat_m, hours * HOUR_S))
    assert low <= float(fade_from_size(size))
    assert size <= high


@given(st.floats(40e3, 300e3), st.floats(2.5, 46.0), st.floats(0.0, 5.0))
def test_slower_runners_slow_down_more(flat_m: float, hours: float, more: float) -> None:
    assert float(slow_down_size(flat_m, (hours + more) * HOUR_S)) >= float(slow_down_size(flat_m, hours * HOUR_S))


def test_women_run_more_evenly_on_the_road_and_alike_in_long_races() -> None:
    women, men = (float(slow_down_size(42_195.0, 4 * HOUR_S, womanhood=who)) for who in (1.0, -1.0))
    assert women / men == pytest.approx(0.9 / 1.1)
    assert float(slow_down_size(250e3, 40 * HOUR_S, womanhood=1.0)) == float(slow_down_size(250e3, 40 * HOUR_S))


def test_those_who_finish_on_the_limit_run_more_evenly() -> None:
    free = float(slow_down_size(185e3, 29.99 * HOUR_S))
    assert float(slow_down_size(185e3, 29.99 * HOUR_S, limit_s=30 * HOUR_S)) == pytest.approx(0.88 * free, rel=2e-3)
    assert float(slow_down_size(185e3, 27.5 * HOUR_S, limit_s=30 * HOUR_S)) == float(
        slow_down_size(185e3, 27.5 * HOUR_S)
    )


def test_the_athletes_own_multiplier() -> None:
    assert float(slow_down_size(185e3, 24 * HOUR_S, 0.0)) == 0.0
    assert float(slow_down_size(185e3, 24 * HOUR_S, 1.4)) == pytest.approx(
        1.4 * float(slow_down_size(185e3, 24 * HOUR_S))
    )
    assert float(slow_down_size(240e3, 60 * HOUR_S, 9.0)) == 1.2


@given(st.floats(-0.5, 2.0))
def test_fade_and_size_are_one_another(fade: float) -> None:
    assert float(fade_from_size(size_from_fade(fade))) == pytest.approx(fade, abs=1e-12)


@given(st.floats(-0.5, 0.5), st.floats(0.0, 1.0), st.floats(-1.0, 1.0))
def test_late_descents_cost_tired_unskilled_legs(grade: float, progress: float, skill: float) -> None:
    factor = float(late_descent_factor(grade, progress, skill))
    assert 1.0 <= factor <= 1.04 + 1e-12
    if grade >= 0.0:
        assert factor == 1.0
    assert float(late_descent_factor(grade, progress, 1.0)) == 1.0


def test_an_own_fade_counts_up_to_four_times_slower_and_no_further() -> None:
    assert float(size_from_fade(1.0)) == pytest.approx(2.0 / 3.0)
    assert float(size_from_fade(50.0)) == LARGEST_PERSONAL_SIZE
    assert float(size_from_fade(-0.99)) == -LARGEST_PERSONAL_SIZE


def test_women_and_men_differ_most_in_races_up_to_four_hours_and_no_more_in_shorter_ones() -> None:
    def ratio(hours: float) -> float:
        sizes = [float(slow_down_size(30_000.0, hours * 3600.0, womanhood=w)) for w in (1.0, -1.0)]
        return sizes[0] / sizes[1]

    assert ratio(2.0) == pytest.approx(ratio(4.0)) == pytest.approx(0.9 / 1.1)
    assert ratio(4.0) < ratio(12.0) < ratio(29.0) < 1.0
    assert ratio(30.0) == pytest.approx(1.0)


def test_past_the_limit_the_evenness_is_that_on_the_limit() -> None:
    def evenness(hours: float) -> float:
        limited, free = (float(slow_down_size(150_000.0, hours * 3600.0, limit_s=limit)) for limit in (108_000.0, None))
        return limited / free

    assert evenness(27.6) == pytest.approx(1.0)
    assert evenness(30.0) == pytest.approx(0.88)
    assert evenness(33.0) == pytest.approx(0.88)
