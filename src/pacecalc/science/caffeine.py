"""Caffeine in the body over time, and how much is safe."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

HALF_LIFE_H = 5.0
"""3-7 in people; recalled."""
SWALLOWED_DELAY_H = 0.75
CHEWED_DELAY_H = 0.25
"""From swallowing (drink, gel) or chewing (gum) to effect; a choice near ISSN 2021 (about 60 min for capsules)."""
SINGLE_DOSE_MG_PER_KG = 3.0
UNUSED_SINGLE_DOSE_MG_PER_KG = 2.0
"""Largest single dose; of ISSN 2021's 3-6 mg/kg the low end, lower for those who never take it; a choice."""
BODY_LOAD_MG_PER_KG = 6.0
"""Largest load in the body (ISSN 2021: 9 mg/kg brings side effects and no gain); measured (source)."""
DAY_LIMIT_MG = 400.0
"""Healthy adult, any 24 h (EFSA 2015); recalled."""


def estimate_caffeine_load(
    time_h: Annotated[ArrayLike, "h"],
    dose_time_h: Annotated[ArrayLike, "h"],
    dose_mg: Annotated[ArrayLike, "mg"],
    delay_h: Annotated[ArrayLike, "h"] = SWALLOWED_DELAY_H,
) -> Annotated[FloatArray, "mg"]:
    """Caffeine in the body at given times.

    Parameters
    ----------
    time_h : array_like
        Times asked for [h].
    dose_time_h : array_like
        Time of each dose [h].
    dose_mg : array_like
        Size of each dose [mg].
    delay_h : array_like
        From dose to full absorption, 0.75 swallowed, 0.25 gum [h].

    Returns
    -------
    ndarray
        Load at each time asked for [mg].

    Notes
    -----
    Sum of dose x 0.5^((t - t_dose - delay) / 5 h) over the doses absorbed by then.

    References
    ----------
    Guest et al. 2021, J Int Soc Sports Nutr 18:1, doi:10.1186/s12970-020-00383-4 (doses; half-life recalled).

    Examples
    --------
    >>> round(float(estimate_caffeine_load(4.0, 0.0, 210.0, 0.0)), 1)
    120.6
    """
    times = as_floats(time_h)
    given, size, delay = np.broadcast_arrays(
        np.atleast_1d(as_floats(dose_time_h)),
        as_floats(dose_mg),
        as_floats(delay_h),
    )
    since = times[..., None] - (given + delay)
    decayed = size * 0.5 ** (np.maximum(since, 0.0) / HALF_LIFE_H)
    load: FloatArray = np.where(since >= 0.0, decayed, 0.0).sum(axis=-1)
    return load
