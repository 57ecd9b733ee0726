"""Two transporters and the gut buffer: nutrition page section 2.3, both tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.science import gut


@pytest.mark.parametrize(
    ("share", "usual", "careful"),
    [(1.0, 60.0, 60.0), (2 / 3, 90.0, 90.0), (1 / 1.8, 81.0, 67.5), (0.5, 72.0, 60.0)],
)
def test_most_of_a_mixture_that_can_be_absorbed(share, usual, careful):
    assert gut.limit_mixture_uptake(share) == pytest.approx(usual)
    assert gut.limit_mixture_uptake(share, 30.0) == pytest.approx(careful)


def test_a_trained_gut_takes_101_g_per_h_of_1_to_08():
    assert gut.limit_mixture_uptake(0.5556, 36.0, 1.25) == pytest.approx(101.0, abs=0.3)


def test_120_g_per_h_of_1_to_08_needs_a_factor_of_1_48():
    assert pytest.approx(53.0, abs=0.5) == 120.0 * (1.0 - 1 / 1.8)
    assert 120.0 / gut.limit_mixture_uptake(1 / 1.8) == pytest.approx(1.48, abs=0.005)


def _doses_every_20_min(grams_per_h: float) -> np.ndarray:
    doses = np.zeros(36)
    doses[::4] = grams_per_h / 3.0
    return doses


@pytest.mark.parametrize(
    ("grams_per_h", "fructose_share", "absorbed_g", "left_g"),
    [
        (60.0, 0.0, 160.2, 19.8),
        (90.0, 1 / 3, 242.2, 27.8),
        (90.0, 0.444, 237.9, 32.1),
        (120.0, 0.444, 274.6, 85.4),  # the classic mistakes: too much,
        (90.0, 0.0, 176.6, 93.4),  # and one sugar only
    ],
)
def test_gut_buffer_after_three_hours(grams_per_h, fructose_share, absorbed_g, left_g):
    doses = _doses_every_20_min(grams_per_h)
    glucose, fructose = doses * (1.0 - fructose_share), doses * fructose_share
    none = np.zeros(36)
    absorbed = (
        gut.absorb_doses(glucose, none, 1 / 12, 60.0).sum() + gut.absorb_doses(fructose, none, 1 / 12, 36.0).sum()
    )
    assert absorbed == pytest.approx(absorbed_g, abs=0.06)
    assert doses.sum() - absorbed == pytest.approx(left_g, abs=0.06)
    assert (doses.sum() - absorbed > gut.FULL_GUT_G) == (left_g > 60.0)


def test_solids_are_taken_up_more_slowly_than_gels():
    dose, none = np.array([25.0] + [0.0] * 11), np.zeros(12)
    assert gut.absorb_doses(none, dose, 1 / 12, 60.0).sum() < gut.absorb_doses(dose, none, 1 / 12, 60.0).sum()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 80), st.floats(0, 80)), min_size=1, max_size=60),
    st.floats(0.02, 0.1667),
    st.floats(20.0, 75.0),
)
def test_nothing_is_absorbed_that_was_not_eaten_nor_faster_than_the_transporter(doses, step_h, limit):
    liquid, solid = np.array(doses).T
    absorbed = gut.absorb_doses(liquid, solid, step_h, limit)
    assert np.all(absorbed >= 0.0)
    assert np.all(absorbed <= limit * step_h + 1e-9)
    held = np.cumsum(liquid + solid) - np.cumsum(absorbed)
    assert np.all(held >= -1e-9)


def test_solid_food_stays_until_it_is_taken_up() -> None:
    # half an hour at 1.5 per hour takes up 1 - exp(-0.75) of what is there, far below the limit
    share = 1.0 - np.exp(-0.75)
    absorbed = gut.absorb_doses([0.0] * 3, [10.0, 10.0, 0.0], 0.5, 1000.0)
    first = 10.0 * share
    second = (20.0 - first) * share
    assert absorbed == pytest.approx([first, second, (20.0 - first - second) * share])


def test_what_is_over_the_limit_waits_in_proportion() -> None:
    absorbed = gut.absorb_doses([30.0, 0.0], [30.0, 0.0], 0.5, 40.0)
    assert absorbed[0] == pytest.approx(20.0)
    liquid, solid = 1.0 - np.exp(-1.25), 1.0 - np.exp(-0.75)
    keep = 20.0 / (30.0 * (liquid + solid))
    left = (30.0 - 30.0 * liquid * keep) * liquid + (30.0 - 30.0 * solid * keep) * solid
    assert absorbed[1] == pytest.approx(min(left, 20.0))
