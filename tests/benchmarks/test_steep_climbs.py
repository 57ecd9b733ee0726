"""Slow people climb as the pace factor says, not as equal metabolic power would have it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from shared_data import shared_path

sys.path.insert(0, str(Path(__file__).parent))

from split_data import load_races
from steep_climbs import find_steep_legs, power_excess


@pytest.mark.slow
def test_slow_finishers_lose_no_more_on_steep_climbs_than_fast_ones() -> None:
    legs = [leg for race in load_races(shared_path("data", "splits").parents[1]) for leg in find_steep_legs(race)]
    assert len(legs) >= 8
    excess = np.exp(np.mean([np.log(leg.excess) for leg in legs]))
    on_power = np.exp(np.mean([np.log(leg.excess_on_power) for leg in legs]))
    assert 0.92 < excess < 1.0
    assert on_power > 1.3


def test_the_two_agree_for_those_who_run_the_flat() -> None:
    """At 2.5 m/s and more; below 2.2 m/s the flat is walked, and cheaply."""
    for speed in (2.5, 3.0, 3.5):
        for grade in (0.1, 0.2, 0.3):
            assert power_excess(speed, grade) == pytest.approx(1.0, abs=0.15)
    assert power_excess(1.6, 0.2) > 1.6
