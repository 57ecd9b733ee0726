"""Terrain: what climbing is left after the noise, and nothing lost at the ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from pacecalc.science.elevation import (
    STEEPEST_GRADE,
    accumulate_ascent,
    count_cells,
    find_turns,
    grade_of_cells,
    interpolate_shape_preserving,
    smooth_elevation,
)

CELL_M = 10.0


def terrain(cells: int, ascent_m: float, longest_m: float, seed: int) -> np.ndarray:
    """Hills of random phase, longest wave to 600 m, scaled to a total ascent."""
    rng = np.random.default_rng(seed)
    frequency = np.fft.rfftfreq(cells + 1, CELL_M)
    amplitude = np.zeros(len(frequency))
    inside = (frequency > 1.0 / longest_m) & (frequency < 1.0 / 600.0)
    amplitude[inside] = frequency[inside] ** -1.2
    z = np.fft.irfft(amplitude * np.exp(2j * np.pi * rng.random(len(frequency))), cells + 1)
    return z * (ascent_m / np.maximum(np.diff(z), 0.0).sum())


def raw_ascent(z: np.ndarray) -> float:
    return float(np.maximum(np.diff(z), 0.0).sum())


def ours(z: np.ndarray) -> float:
    return float(accumulate_ascent(smooth_elevation(z, CELL_M))[0][-1])


MOUNTAIN = terrain(10_000, 6430.0, 25_000.0, seed=7)
FLAT = terrain(4_220, 133.0, 20_000.0, seed=7)


@pytest.mark.parametrize("seed", range(5))
def test_white_noise_on_a_mountain_leaves_ascent_within_3_percent_where_raw_errs_by_181(seed: int) -> None:
    noisy = MOUNTAIN + np.random.default_rng(seed).normal(0.0, 3.0, len(MOUNTAIN))
    assert raw_ascent(noisy) / 6430.0 - 1.0 == pytest.approx(1.81, abs=0.05)
    assert ours(noisy) == pytest.approx(6430.0, rel=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_white_noise_on_a_flat_marathon_leaves_ascent_within_40_m_where_raw_errs_by_5241_percent(seed: int) -> None:
    noisy = FLAT + np.random.default_rng(seed).normal(0.0, 3.0, len(FLAT))
    assert raw_ascent(noisy) / 133.0 - 1.0 == pytest.approx(52.41, rel=0.03)
    assert ours(noisy) == pytest.approx(133.0, abs=40.0)


def correlated(size: int, scatter_m: float, length_m: float, seed: int) -> np.ndarray:
    keep = np.exp(-CELL_M / length_m)
    shocks = np.random.default_rng(seed).normal(0.0, scatter_m * np.sqrt(1.0 - keep**2), size)
    out = np.empty(size)
    out[0] = shocks[0] / np.sqrt(1.0 - keep**2)
    for i in range(1, size):
        out[i] = keep * out[i - 1] + shocks[i]
    return out


@pytest.mark.parametrize(("scatter_m", "length_m"), [(0.5, 10.0), (1.5, 40.0), (4.0, 60.0)])
def test_barometer_and_terrain_model_noise_on_a_mountain_stay_within_3_percent(
    scatter_m: float, length_m: float
) -> None:
    noisy = MOUNTAIN + correlated(len(MOUNTAIN), scatter_m, length_m, seed=3)
    assert ours(noisy) == pytest.approx(6430.0, rel=0.03)


def test_a_constant_ramp_of_10_percent_climbs_100_m_and_is_10_percent_to_both_ends() -> None:
    ramp = 0.1 * CELL_M * np.arange(101)
    smoothed = smooth_elevation(ramp, CELL_M)
    assert accumulate_ascent(smoothed)[0][-1] == pytest.approx(100.0, abs=1e-9)
    np.testing.assert_allclose(grade_of_cells(smoothed, CELL_M), 0.1, atol=1e-12)


def test_a_sawtooth_of_2_m_is_no_climb_with_a_threshold_of_5_m() -> None:
    saw = np.tile([2.0, -2.0], 500)
    up, down = accumulate_ascent(saw)
    assert up[-1] == down[-1] == 0.0


@pytest.mark.parametrize("window_m", [50.0, 100.0, 200.0])
def test_out_and_back_climbs_as_much_as_it_falls(window_m: float) -> None:
    there = MOUNTAIN[:3000]
    smoothed = smooth_elevation(np.concatenate((there, there[-2::-1])), CELL_M, window_m)
    up, down = accumulate_ascent(smoothed)
    assert up[-1] == pytest.approx(down[-1], abs=1e-6)


heights = st.lists(st.integers(-300, 300), min_size=1, max_size=80)


@given(heights, st.sampled_from([0.5, 2.0, 5.0, 20.0]))
def test_the_course_backwards_swaps_ascent_and_descent(z: list[int], threshold_m: float) -> None:
    up, down = accumulate_ascent(np.array(z, dtype=float), threshold_m)
    back_up, back_down = accumulate_ascent(np.array(z[::-1], dtype=float), threshold_m)
    assert (up[-1], down[-1]) == (pytest.approx(back_down[-1]), pytest.approx(back_up[-1]))


@given(heights)
def test_without_a_threshold_ascent_is_the_sum_of_rises(z: list[int]) -> None:
    steps = np.diff(np.array(z, dtype=float))
    up, down = accumulate_ascent(np.array(z, dtype=float), 0.0)
    assert up[-1] == pytest.approx(np.maximum(steps, 0.0).sum())
    assert down[-1] == pytest.approx(np.maximum(-steps, 0.0).sum())


@given(heights, st.sampled_from([2.0, 5.0, 20.0]))
def test_ascent_never_falls_and_lies_between_the_highest_climb_and_the_raw_sum(
    z: list[int], threshold_m: float
) -> None:
    array = np.array(z, dtype=float)
    up, _ = accumulate_ascent(array, threshold_m)
    assert (np.diff(up) >= 0.0).all()
    assert up[-1] <= np.maximum(np.diff(array), 0.0).sum() + 1e-9
    best = float((array - np.minimum.accumulate(array)).max())
    assert up[-1] >= (best if best > threshold_m else 0.0) - 1e-9


@given(heights, st.sampled_from([2.0, 5.0]))
def test_turns_alternate_by_more_than_the_threshold(z: list[int], threshold_m: float) -> None:
    array = np.array(z, dtype=float)
    legs = np.diff(array[find_turns(array, threshold_m)])
    assert (np.abs(legs) > threshold_m).all()
    assert (legs[1:] * legs[:-1] < 0.0).all()


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(-200, 200)), min_size=3, max_size=30),
)
def test_interpolation_is_that_of_scipy_pchip_and_never_overshoots(steps: list[tuple[int, int]]) -> None:
    x = np.cumsum([step for step, _ in steps]).astype(float)
    z = np.array([height for _, height in steps], dtype=float)
    at = np.linspace(x[0], x[-1], 400)
    curve = interpolate_shape_preserving(x, z, at)
    np.testing.assert_allclose(curve, PchipInterpolator(x, z)(at), atol=1e-8)
    low, high = np.minimum(z[:-1], z[1:]), np.maximum(z[:-1], z[1:])
    leg = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    assert (curve >= low[leg] - 1e-9).all()
    assert (curve <= high[leg] + 1e-9).all()


def test_interpolation_between_two_points_is_straight_and_one_point_is_level() -> None:
    np.testing.assert_allclose(interpolate_shape_preserving([0, 10], [0, 5], [-3, 2, 12]), [0, 1, 5])
    np.testing.assert_allclose(interpolate_shape_preserving([0], [7], [0, 100]), 7)


def test_smoothing_leaves_a_level_road_and_short_profiles_alone() -> None:
    np.testing.assert_allclose(smooth_elevation(np.full(300, 40.0), CELL_M), 40.0)
    np.testing.assert_allclose(smooth_elevation([1.0, 9.0], CELL_M), [1.0, 9.0])
    np.testing.assert_allclose(smooth_elevation([1.0, 9.0, 2.0], CELL_M, 10.0), [1.0, 9.0, 2.0])


def test_a_profile_shorter_than_the_window_becomes_a_line_where_it_is_one() -> None:
    np.testing.assert_allclose(smooth_elevation(np.arange(6.0), CELL_M, 400.0), np.arange(6.0), atol=1e-9)


def test_the_interior_is_the_straight_line_fit_done_by_hand() -> None:
    z = np.random.default_rng(1).normal(0.0, 5.0, 60)
    smoothed = smooth_elevation(z, CELL_M)
    reach = 175.0 / 247.0 * 100.0
    offset = CELL_M * (np.arange(60) - 30)
    weight = np.clip(1.0 - np.abs(offset / reach) ** 3, 0.0, None) ** 3
    line = np.polynomial.polynomial.polyfit(offset, z, 1, w=np.sqrt(weight))
    assert smoothed[30] == pytest.approx(line[0])
    end = CELL_M * np.arange(60)
    weight = np.clip(1.0 - np.abs(end / reach) ** 3, 0.0, None) ** 3
    assert smoothed[0] == pytest.approx(np.polynomial.polynomial.polyfit(end, z, 1, w=np.sqrt(weight))[0])


def test_white_noise_left_is_that_of_a_moving_average_as_wide_as_the_window() -> None:
    noise = np.random.default_rng(0).normal(0.0, 1.0, 200_000)
    left = smooth_elevation(noise, 1.0, 100.0).std()
    assert left == pytest.approx(0.1, rel=0.03)


def test_grades_beyond_60_percent_are_clipped() -> None:
    assert grade_of_cells([0.0, 30.0, 0.0], CELL_M).tolist() == [STEEPEST_GRADE, -STEEPEST_GRADE]


@given(st.floats(1.0, 1e6))
def test_cells_divide_the_course_exactly_and_are_about_10_m(distance_m: float) -> None:
    cells = count_cells(distance_m)
    assert cells >= 1
    if distance_m > 1000.0:
        assert distance_m / cells == pytest.approx(10.0, rel=0.006)
