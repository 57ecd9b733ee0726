"""What darkness costs a runner, by how technical the ground is."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

NIGHT_COST_SMOOTH = 0.05
"""Slowing in full darkness on smooth ground [1]; fitted by us on public splits (0.045 to 0.06 is a flat optimum). The
literature's 0.01 for lit roads leaves out what a night on the feet does."""
NIGHT_COST_OF_TECHNICAL = 0.02
"""More of it on the most technical ground [1]; a choice that gives 0.058 on singletrack and 0.068 on technical trail;
within runners at Western States we found 0.042 to 0.053, net of the cooler air."""


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
    1 + darkness (0.05 + 0.02 technical), with a headlamp; moonlight is ignored.

    References
    ----------
    Fitted by us on public splits of Western States 2017-2025 (2,278 finishers).

    Examples
    --------
    >>> round(float(night_pace_factor(1.0, 0.4)), 3)
    1.058
    """
    cost = NIGHT_COST_SMOOTH + NIGHT_COST_OF_TECHNICAL * as_floats(technical)
    return np.asarray(1.0 + as_floats(darkness) * cost)
