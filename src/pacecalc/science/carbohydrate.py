"""How much carbohydrate to take in: published bands by duration, appetite, and protein on long days."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

BAND_HOURS = (0.75, 1.25, 2.5, 6.0, 24.0)
"""Corners of the band; a choice inside ACSM/AND/DC 2016, Jeukendrup 2014 and ISSN 2019."""
CYCLING_EXTRA_G_PER_H = 10.0
"""Riders take more on long days; a choice."""
APPETITE_FALLS_FROM = 0.40
APPETITE_AT_FINISH = 0.75
"""Appetite by race progress; a choice."""
PROTEIN_G_PER_H = 5.0
PROTEIN_FROM_H = 6.0
"""Low end of the 5-10 g/h of ISSN 2019 for ultras, from 6 h; measured (source) and a choice."""
ELITE_ONLY_G_PER_H = 100.0
"""Above this only gut-trained elites: fructose transport would have to be 1.5 times the usual; derived."""


def look_up_intake_band(
    duration_h: Annotated[ArrayLike, "h"],
    cycling: Annotated[ArrayLike, "1"] = 0.0,
) -> Annotated[FloatArray, "g/h"]:
    """Carbohydrate intake that published advice gives for a race of some duration.

    Parameters
    ----------
    duration_h : array_like
        Duration of the race [h].
    cycling : array_like
        1 for rides, 0 for runs [1].

    Returns
    -------
    ndarray
        Intake before the athlete's own limits [g/h].

    Notes
    -----
    0 up to 0.75 h, 15 up to 1.25 h, linear 30 to 60 up to 2.5 h, 60 to 90 up to 6 h, then linear from 75 down to
    50 at 24 h (10 more on a bike). Steps are meant: the advice is in classes. A choice inside the published ranges.

    References
    ----------
    Thomas, Erdman & Burke 2016, doi:10.1249/MSS.0000000000000852; Jeukendrup 2014, doi:10.1007/s40279-014-0148-z;
    Tiller et al. 2019, doi:10.1186/s12970-019-0312-9.

    Examples
    --------
    >>> round(float(look_up_intake_band(24.0)), 1)
    50.0
    """
    hours, bike = np.broadcast_arrays(as_floats(duration_h), as_floats(cycling))
    middle = np.interp(hours, BAND_HOURS[1:4], (30.0, 60.0, 90.0))
    ultra = np.interp(hours, BAND_HOURS[3:5], (75.0, 50.0)) + CYCLING_EXTRA_G_PER_H * bike
    classes = [hours <= BAND_HOURS[0], hours <= BAND_HOURS[1], hours <= BAND_HOURS[3]]
    return np.select(classes, [np.zeros_like(hours), np.full_like(hours, 15.0), middle], ultra)


def estimate_appetite(
    progress: Annotated[ArrayLike, "1"],
    at_finish: Annotated[ArrayLike, "1"] = APPETITE_AT_FINISH,
) -> Annotated[FloatArray, "1"]:
    """Share of the full intake a stomach still accepts.

    Parameters
    ----------
    progress : array_like
        Share of the race time passed, 0 to 1 [1].
    at_finish : array_like
        Appetite at the finish, 0.5 to 1 [1].

    Returns
    -------
    ndarray
        Multiplier on the intake [1].

    Notes
    -----
    1 up to 40 % of the race, then linear. A choice: 60 % of Western States runners had nausea.

    References
    ----------
    Stuempfle & Hoffman 2015, J Sports Sci 33:1814-1821.

    Examples
    --------
    >>> round(float(estimate_appetite(0.7)), 3)
    0.875
    """
    passed = np.clip((as_floats(progress) - APPETITE_FALLS_FROM) / (1.0 - APPETITE_FALLS_FROM), 0, 1)
    return 1.0 - (1.0 - as_floats(at_finish)) * passed


def choose_carbohydrate_intake(
    band_g_per_h: Annotated[ArrayLike, "g/h"],
    gut_limit_g_per_h: Annotated[ArrayLike, "g/h"],
    use_g_per_h: Annotated[ArrayLike, "g/h"],
) -> Annotated[FloatArray, "g/h"]:
    """Carbohydrate intake to plan for, before appetite.

    Parameters
    ----------
    band_g_per_h : array_like
        Published advice for the duration [g/h].
    gut_limit_g_per_h : array_like
        What the athlete's gut takes [g/h].
    use_g_per_h : array_like
        Carbohydrate burned [g/h].

    Returns
    -------
    ndarray
        Planned intake [g/h].

    Notes
    -----
    The smallest of the three; the third stands for "less when the intensity is low" (a choice).

    References
    ----------
    Jeukendrup 2014, Sports Med 44(S1):S25-S33, doi:10.1007/s40279-014-0148-z.

    Examples
    --------
    >>> float(choose_carbohydrate_intake(60.0, 75.0, 45.4))
    45.4
    """
    return np.minimum(np.minimum(as_floats(band_g_per_h), gut_limit_g_per_h), use_g_per_h)


def choose_protein_intake(duration_h: Annotated[ArrayLike, "h"]) -> Annotated[FloatArray, "g/h"]:
    """Least protein to take in during a race, a soft bound.

    Parameters
    ----------
    duration_h : array_like
        Duration of the race [h].

    Returns
    -------
    ndarray
        Protein intake [g/h].

    Notes
    -----
    5 g/h, the low end of the 5-10 g/h advised for ultras; nothing below 6 h.

    References
    ----------
    Tiller et al. 2019, J Int Soc Sports Nutr 16:50, doi:10.1186/s12970-019-0312-9.

    Examples
    --------
    >>> float(choose_protein_intake(30.0))
    5.0
    """
    return np.where(as_floats(duration_h) < PROTEIN_FROM_H, 0.0, PROTEIN_G_PER_H)
