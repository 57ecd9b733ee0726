"""How strong a rider is: threshold power brought to the sea, what height leaves, and how much of it a day allows."""

from __future__ import annotations

import numpy as np

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.planning.athlete import Athlete
from pacecalc.science.altitude import aerobic_power_fraction
from pacecalc.science.durability import sustainable_fraction

NOMINAL_W_PER_KG = 3.0
"""Sea-level threshold assumed when nobody gave one, so that physics has watts to work with [W/kg]; a choice."""
FRESH_HOUR_FRACTION = 0.92
"""Share of threshold a rider of long events holds for an hour of one, fresh [1]; fitted by us: the median of the five
Leadville finishers with known threshold power (science page, section 7), fatigue at its default."""
DAY_EXPONENT = 0.025
"""Decline of that share with duration; small, because fatigue by work is counted apart [1]; a choice (0.02-0.03)."""
LEVEL_SPREAD = 0.15
"""Eight riders of ten hold a share within this of it [1]; from the scatter of the same five riders (sd 0.12)."""
SETTLED_DAYS = 21.0
"""Days after which living at a height counts as acclimatised to it [d]; a choice (14-21)."""
LOW_HOME_M = 1000.0
"""Homes below this do not acclimatise [m]; a choice."""
NEAR_HOME_M = 300.0


def acclimatised_days(athlete: Athlete, elevation_m: float) -> float:
    """Days near a height, or what living part of the way up is worth [d]. The second is a choice of ours."""
    if elevation_m <= LOW_HOME_M:
        return SETTLED_DAYS
    share = (athlete.home_elevation_m - LOW_HOME_M) / (elevation_m - LOW_HOME_M)
    return float(max(athlete.altitude_days, SETTLED_DAYS * np.clip(share, 0.0, 1.0)))


def sea_level_threshold(athlete: Athlete) -> float:
    """Threshold power at sea level [W]; the nominal one when none is known."""
    power_w = athlete.rider.threshold_power_w
    return NOMINAL_W_PER_KG * athlete.mass_kg if power_w is None else power_w / _test_fraction(athlete)


def local_threshold(sea_level_w: float, athlete: Athlete) -> float:
    """What a sea-level threshold measures where the athlete tests [W]."""
    return sea_level_w * _test_fraction(athlete)


def _test_fraction(athlete: Athlete) -> float:
    elevation_m = athlete.rider.test_elevation_m
    at_home = abs(elevation_m - athlete.home_elevation_m) <= NEAR_HOME_M
    days = SETTLED_DAYS if at_home else acclimatised_days(athlete, elevation_m)
    return float(aerobic_power_fraction(elevation_m, days))


def strength_at_height(elevation_m: FloatArray, athlete: Athlete) -> FloatArray:
    """Share of sea-level threshold left at each height."""
    days = acclimatised_days(athlete, float(np.mean(elevation_m)))
    return as_floats(aerobic_power_fraction(elevation_m, days))


def effort_limit(moving_s: float) -> float:
    """Highest mean effort (fourth-power mean of power over what the place and the fatigue leave) for a moving time."""
    return float(sustainable_fraction(moving_s, FRESH_HOUR_FRACTION, DAY_EXPONENT))
