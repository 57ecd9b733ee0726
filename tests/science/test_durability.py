"""What duration, work and height leave of a rider's power, and the balance of W'."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.altitude import aerobic_power_fraction
from pacecalc.science.durability import (
    arrival_power_fraction,
    fresh_power_left,
    normalised_power,
    recovery_time_constant,
    sustainable_fraction,
    w_prime_balance,
)

POWER_LAW = [
    (2, 0.9659, 0.9526, 0.9330),
    (4, 0.9330, 0.9075, 0.8706),
    (8, 0.9013, 0.8645, 0.8123),
    (9, 0.8960, 0.8574, 0.8027),
    (12, 0.8832, 0.8403, 0.7800),
]


@pytest.mark.parametrize(("hours", "gentle", "typical", "steep"), POWER_LAW)
def test_the_power_law_of_duration(hours, gentle, typical, steep):
    shares = sustainable_fraction(3600.0 * hours, exponent=[0.05, 0.07, 0.10])
    assert shares == pytest.approx([gentle, typical, steep], abs=5e-5)


def test_professionals_lose_6_to_10_percent_after_45_kj_per_kg():
    """Mateo-March 2022."""
    losses = 1.0 - fresh_power_left(45.0, [0.0013, 0.0022])
    assert losses == pytest.approx([0.0585, 0.099], abs=0.001)


def test_fatigue_alone_never_takes_more_than_half():
    assert fresh_power_left(500.0, 0.005) == 0.5


BASSETT = [
    (0, 99.90, 100.00),
    (1000, 96.88, 94.68),
    (2000, 91.62, 87.56),
    (2500, 88.15, 83.67),
    (3000, 84.12, 79.73),
    (3094, 83.30, 78.99),
    (3500, 79.53, 75.87),
    (3787, 76.64, 73.75),
    (4000, 74.38, 72.23),
]


@pytest.mark.parametrize(("elevation_m", "acclimatised", "arriving"), BASSETT)
def test_bassetts_table_is_what_riders_have_at_height(elevation_m, acclimatised, arriving):
    assert 100.0 * aerobic_power_fraction(elevation_m) == pytest.approx(arriving, abs=0.006)
    # At sea level the printed curve of the acclimatised lies below the other; the altitude module keeps the larger.
    settled = 100.0 * aerobic_power_fraction(elevation_m, 1000.0)
    assert settled == pytest.approx(max(acclimatised, arriving), abs=0.006)


def test_townsends_means_are_met_and_the_curve_between_them_only_falls():
    points = arrival_power_fraction([250.0, 1250.0, 2250.0, 3250.0, 4250.0])
    assert points == pytest.approx([1.0, 0.9518, 0.8707, 0.8062, 0.7258])
    assert np.all(np.diff(arrival_power_fraction(np.linspace(250.0, 4250.0, 200))) < 0.0)


def test_cyclists_and_runners_on_arrival_agree_within_four_points():
    """Townsend against Bassett, over the heights of Leadville."""
    heights = np.linspace(2800.0, 3800.0, 11)
    assert np.abs(arrival_power_fraction(heights) - aerobic_power_fraction(heights)).max() < 0.04


def test_a_minute_at_400_watts_takes_6_kj_and_two_easy_minutes_give_back_2_7():
    balance = w_prime_balance([400.0, 200.0], [60.0, 120.0], 300.0, 20000.0)
    assert balance == pytest.approx([14000.0, 16707.0], abs=0.5)


def test_the_balance_falls_below_zero_when_a_ramp_asks_for_more_than_there_is():
    assert w_prime_balance([500.0], [120.0], [300.0], 20000.0)[-1] == pytest.approx(-4000.0)


@pytest.mark.parametrize(("below_w", "seconds"), [(50.0, 647.2), (100.0, 516.9), (200.0, 389.9)])
def test_w_prime_comes_back_with_skibas_time_constant(below_w, seconds):
    assert recovery_time_constant(below_w) == pytest.approx(seconds, abs=0.05)


def test_normalised_power_of_a_steady_ride_is_its_power():
    assert normalised_power([180.0, 180.0], [400.0, 800.0]) == pytest.approx(180.0)


def test_long_surges_weigh_with_the_fourth_power():
    expected = ((100.0**4 + 300.0**4) / 2.0) ** 0.25
    assert normalised_power([100.0, 300.0], [36000.0, 36000.0]) == pytest.approx(expected, rel=1e-3)


def test_short_surges_are_smoothed_away():
    assert normalised_power([100.0, 300.0] * 600, [1.0] * 1200) == pytest.approx(200.0, abs=1.0)


def test_a_ride_shorter_than_the_window_gives_its_mean():
    assert normalised_power([100.0, 200.0], [10.0, 10.0]) == pytest.approx(150.0)
