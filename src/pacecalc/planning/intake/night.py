"""When caffeine helps: the hours of the night in which people fall asleep on their feet."""

from __future__ import annotations

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake.effort import EffortTrace

BEFORE_DUSK_H = 1.0
UNTIL_CLOCK_H = 4.0
"""From an hour before dusk until 04:00; a choice."""


def find_night(trace: EffortTrace) -> FloatArray:
    """1 in the steps from an hour before dusk until 04:00, else 0."""
    ahead_s = trace.start_s + BEFORE_DUSK_H * 3600.0
    soon_dark = np.interp(ahead_s, trace.start_s, trace.darkness) >= 0.5
    dark = (trace.darkness >= 0.5) | soon_dark
    # the dark hours after 04:00 belong to the morning
    morning = (trace.clock_h >= UNTIL_CLOCK_H) & (trace.clock_h < 12.0)
    return np.asarray(np.where(dark & ~morning, 1.0, 0.0))
