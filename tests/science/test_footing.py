"""Running in the dark."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.footing import night_pace_factor

UNIT = st.floats(0.0, 1.0)


def test_the_night_costs_what_western_states_runners_lost_on_trails() -> None:
    """Within-runner estimate 2017-2025: 4.2 to 5.3 %, se 0.6, net of the cooler air."""
    assert 1.042 <= float(night_pace_factor(1.0, 0.3)) <= 1.053 + 0.006


@given(UNIT, UNIT, UNIT)
def test_darker_and_rougher_is_never_faster(darkness: float, technical: float, more: float) -> None:
    here = float(night_pace_factor(darkness, technical))
    assert here >= 1.0
    assert float(night_pace_factor(min(1.0, darkness + more), technical)) >= here
    assert float(night_pace_factor(darkness, min(1.0, technical + more))) >= here


def test_by_day_the_ground_does_not_matter_here() -> None:
    np.testing.assert_array_equal(night_pace_factor(0.0, np.array([0.0, 0.5, 1.0])), 1.0)
