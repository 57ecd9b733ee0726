"""What darkness costs a runner, by how technical the ground is."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

NIGHT_COST_SMOOTH = 0.03
"""Slowing in full darkness on smooth ground [1]; a choice between the literature's 0.01 on roads and our fit of 0.045
on races that mix roads and trails."""
NIGHT_COST_OF_TECHNICAL = 0.055
"""More of it on the most technical ground [1]; a choice that gives 0.05 on singletrack, 0.08 on technical trail. Fitted
by us on Western States 2017-2025: 0.042 to 0.053 on its trails."""


def night_pace_factor(
    darkness: Annotated[ArrayLike, "1"], technical: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "1"]:
    """Pace in the dark over pace in daylight on the same ground.

    Parameters
    ----------
    darkness : ArrayLike
        0 by day, 1 between the end of dusk and the beginning of dawn [1]
    technical : ArrayLike
        0 smooth ground, 1 hands and eyes needed [1]

    Returns
    -------
    FloatArray
        Pace factor, at least 1 [1]

    Notes
    -----
    1 + darkness (0.03 + 0.055 technical), with a headlamp; moonlight is ignored.

    References
    ----------
    Fitted by us on public splits of Western States 2017-2025 (2,278 finishers).

    Examples
    --------
    >>> round(float(night_pace_factor(1.0, 0.4)), 3)
    1.052
    """
    cost = NIGHT_COST_SMOOTH + NIGHT_COST_OF_TECHNICAL * np.asarray(technical, dtype=np.float64)
    return np.asarray(1.0 + np.asarray(darkness, dtype=np.float64) * cost)
