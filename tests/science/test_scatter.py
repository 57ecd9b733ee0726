"""The published laws of scatter."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.scatter import (
    estimate_arrival_spread,
    estimate_neighbour_correlation,
    estimate_section_spread,
    learn_form,
    skew_form,
)


def test_arrival_spread_peaks_in_the_middle_and_vanishes_at_both_ends() -> None:
    share = np.linspace(0.0, 1.0, 11)
    spread = estimate_arrival_spread(share, 0.02, 0.075)
    assert spread[[0, -1]] == pytest.approx([0.0, 0.0])
    assert int(spread.argmax()) == 5
    # splits.md: peak 1.3-2.5 % of the finish time.
    assert 0.013 < spread.max() < 0.025


@pytest.mark.parametrize(("time_share", "weight"), [(0.36, 0.40), (0.55, 0.48), (0.73, 0.61), (0.91, 0.82)])
def test_weights_of_lateness_of_running_md_6_3(time_share: float, weight: float) -> None:
    assert float(learn_form(time_share, 0.1)) == pytest.approx(0.1 * weight)


def test_a_fast_start_is_never_extrapolated_one_for_one() -> None:
    weights = learn_form(np.linspace(0.0, 1.0, 21), 1.0)
    assert np.all(np.diff(weights) > 0.0)
    assert weights.max() < 1.0


def test_cutting_a_section_in_two_leaves_the_noise_of_the_whole_unchanged() -> None:
    whole = float(estimate_section_spread(12_000.0, 0.08, 2400.0)) ** 2
    half = float(estimate_section_spread(6_000.0, 0.08, 2400.0)) ** 2
    likeness = float(estimate_neighbour_correlation(6_000.0, 6_000.0, 2400.0))
    assert (2.0 * half + 2.0 * likeness * half) / 4.0 == pytest.approx(whole, rel=1e-9)


def test_neighbours_of_100_milers_correlate_by_0_1_to_0_25() -> None:
    assert 0.1 < float(estimate_neighbour_correlation(10_000.0, 10_000.0, 2800.0)) < 0.25
    assert float(estimate_neighbour_correlation(1.0, 1.0, 2800.0)) == pytest.approx(1.0, abs=1e-3)


def test_very_short_sections_have_bounded_noise() -> None:
    short = estimate_section_spread([0.0, 0.1, 1.0, 3.0], 0.08, 2400.0)
    assert short == pytest.approx(float(short[0]), rel=1e-3)


def test_form_of_the_day_is_a_median_day_with_bigger_bad_days() -> None:
    rng = np.random.default_rng(4)
    form = skew_form(rng.standard_normal(400_000), rng.standard_normal(400_000))
    assert float(np.median(form)) == pytest.approx(0.0, abs=0.005)
    assert float(np.std(form)) == pytest.approx(1.0, abs=0.005)
    low, high = np.quantile(form, (0.05, 0.95))
    assert high > 1.4 * -low
