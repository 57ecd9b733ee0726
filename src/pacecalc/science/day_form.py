"""The form of the day learnt from splits: what being early or late so far says about the rest."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

RUN_SLOPE_PER_FORM = 2.31
"""Personal slow-down over form of the day, as standard deviations: 0.185 over 0.08, fitted by the project on Western
States splits; 2.5 in the marathon."""
RUN_NOISE_PER_FORM = 0.875
"""Noise of an eleventh of the race over form of the day: 0.07 over 0.08, from the same fit; 0.75 in the marathon."""
RIDE_SLOPE_PER_FORM = 1.67
"""0.10 over 0.06: mountain-bike splits (measured) over form of the day (a choice)."""
RIDE_NOISE_PER_FORM = 0.70
"""0.042 over 0.06, from the same."""
BLOCKS = 11.0
"""Parts of the race whose noise was measured."""
CENTRE = 0.5
"""Share of the race about which the slow-down turns."""


def update_form(
    middle_share: Annotated[ArrayLike, "1"],
    length_share: Annotated[ArrayLike, "1"],
    lateness: Annotated[ArrayLike, "1"],
    slope_per_form: Annotated[float, "1"] = RUN_SLOPE_PER_FORM,
    noise_per_form: Annotated[float, "1"] = RUN_NOISE_PER_FORM,
) -> tuple[Annotated[FloatArray, "1"], Annotated[FloatArray, "1"]]:
    """Form of the day and personal slow-down after some sections of a race.

    Parameters
    ----------
    middle_share
        Share of the planned race time at the middle of each section run so far, 0 .. 1 [1].
    length_share
        Share of the planned race time that each of them takes [1].
    lateness
        ln(time / planned time) of each; negative is early [1].
    slope_per_form
        Spread of the personal slow-down over that of the form [1].
    noise_per_form
        Spread of the noise of an eleventh of the race over that of the form [1].

    Returns
    -------
    tuple of FloatArray
        Expected form and slow-down, in ln(time) [1]; and their covariance, over the variance of the form [1].

    Notes
    -----
    ``lateness = form + slow_down (share - 0.5) + noise``, all normal: the posterior mean. For one section from the
    start this gives the measured weights of the lateness so far on the rest: 0.40 at 36 % of the race, 0.48 at 55,
    0.61 at 73, 0.82 at 91. A fast start is not extrapolated one for one.

    References
    ----------
    Western States 2017-2025, 2,278 finishers (derived by the project from open split data).

    Examples
    --------
    >>> (form, slow_down), _ = update_form([0.275], [0.55], [0.1])
    >>> round(float(form + slow_down * 0.275), 3)
    0.048
    """
    middle = np.atleast_1d(as_floats(middle_share)) - CENTRE
    length = np.atleast_1d(as_floats(length_share))
    late = np.atleast_1d(as_floats(lateness))
    design = np.column_stack([np.ones_like(middle), middle])
    precision = BLOCKS * np.maximum(length, 1e-6) / noise_per_form**2
    information = np.diag([1.0, slope_per_form**-2]) + design.T @ (precision[:, None] * design)
    covariance = as_floats(np.linalg.inv(information))
    mean = as_floats(covariance @ (design.T @ (precision * late)))
    return mean, covariance
