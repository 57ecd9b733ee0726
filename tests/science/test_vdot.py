"""Daniels and Gilbert 1979."""

from __future__ import annotations

import pytest

from pacecalc.science.vdot import daniels_score, daniels_time, oxygen_uptake, sustainable_uptake_fraction


def test_oxygen_uptake_and_fraction() -> None:
    assert float(oxygen_uptake(250.0 / 60.0)) == pytest.approx(47.4645, abs=5e-5)
    assert float(sustainable_uptake_fraction(3600.0)) == pytest.approx(0.88801, abs=5e-6)
    assert float(sustainable_uptake_fraction(10_800.0)) == pytest.approx(0.81899, abs=5e-6)


@pytest.mark.parametrize(
    ("distance_m", "time_s", "score"),
    [(5000.0, 1200.0, 49.806), (10_000.0, 2400.0, 51.944), (21_097.5, 5400.0, 50.977), (42_195.0, 10_800.0, 53.528)],
)
def test_scores(distance_m: float, time_s: float, score: float) -> None:
    assert float(daniels_score(distance_m, time_s)) == pytest.approx(score, abs=5.1e-4)


@pytest.mark.parametrize(
    ("distance_m", "time_s"), [(5000.0, 1196.0), (10_000.0, 2479.6), (21_097.5, 5491.2), (42_195.0, 11_439.7)]
)
def test_times_of_vdot_50(distance_m: float, time_s: float) -> None:
    assert daniels_time(distance_m, 50.0) == pytest.approx(time_s, abs=0.05)
