"""Caffeine in the body: nutrition page section 5."""

import numpy as np
import pytest

from pacecalc.science import caffeine


def test_210_mg_decays_to_1206_after_four_hours():
    assert caffeine.estimate_caffeine_load(4.0, 0.0, 210.0, 0.0) == pytest.approx(120.6, abs=0.05)


def test_limits_of_a_70_kg_athlete():
    assert caffeine.SINGLE_DOSE_MG_PER_KG * 70.0 == 210.0
    assert caffeine.BODY_LOAD_MG_PER_KG * 70.0 == 420.0


def test_nothing_acts_before_it_is_absorbed_and_gum_is_faster():
    times = np.array([0.0, 0.3, 0.74, 0.75, 5.75])
    assert caffeine.estimate_caffeine_load(times, 0.0, 100.0) == pytest.approx([0, 0, 0, 100, 50])
    gum = caffeine.estimate_caffeine_load(0.3, 0.0, 100.0, caffeine.CHEWED_DELAY_H)
    assert gum > 99.0


def test_doses_add_up():
    times = np.linspace(0.0, 24.0, 97)
    both = caffeine.estimate_caffeine_load(times, [1.0, 6.0], [100.0, 50.0])
    one = caffeine.estimate_caffeine_load(times, 1.0, 100.0)
    two = caffeine.estimate_caffeine_load(times, 6.0, 50.0)
    assert both == pytest.approx(one + two)
    assert caffeine.estimate_caffeine_load(times, [], []).sum() == 0.0
