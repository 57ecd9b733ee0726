"""Published sweat equations beside our default, for comparison and for clothed hiking.

Their required and maximum evaporation follow their authors' own clothing conventions, which we could not read.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

ACSM_LINE = (0.001323, 0.01042, -0.140)
"""Per kg km/h, per degC above 18, constant; fitted by us on the ACSM 2007 table 3 (recalled), RMSE 0.006 L/h."""
GonzalezForm = Literal["warm", "cool", "sun"]
GONZALEZ_FORMS = {"warm": (147.0, 1.0, 0.0), "cool": (350.0, 1.0, 0.0), "sun": (147.0, 0.72, 135.0)}
"""Constant of the line [g/m^2/h], factor on it [1], what is added to it [g/m^2/h]; published."""


def estimate_sweat_shapiro(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    *,
    corrected: bool = False,
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Shapiro (OSE).

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].
    corrected : bool
        As corrected by Gonzalez for work of 2 to 8 h

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    27.9 Ereq Emax^-0.455; 20-54 degC, Ereq 50-360, Emax 20-525 (ranges recalled).
    Corrected: 147 exp(0.0012 OSE); 15-46 degC, air 0.4-2.5 m/s, up to 450 W/m^2.

    References
    ----------
    Shapiro, Pandolf & Goldman 1982, Eur J Appl Physiol 48:83-96, doi:10.1007/BF00421168; corrected by Gonzalez et al.
    2009, J Appl Physiol 107:379-388, doi:10.1152/japplphysiol.00089.2009.

    Examples
    --------
    >>> [round(float(estimate_sweat_shapiro(250.0, 150.0, corrected=each)), 3) for each in (False, True)]
    [713.547, 346.087]
    """
    required, maximum = (as_floats(v) for v in (required_w_per_m2, maximum_w_per_m2))
    shapiro = 27.9 * required * maximum**-0.455
    return 147.0 * np.exp(0.0012 * shapiro) if corrected else shapiro


def estimate_sweat_gonzalez(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    form: GonzalezForm = "warm",
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Gonzalez; clothed hiking only.

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed, in the sun that included [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].
    form : str
        "warm" (PW), "cool" below 20 degC (PW,cool), or "sun" for marching in military clothing (PW,sol)

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    147 + 1.527 Ereq - 0.87 Emax; 15-46 degC, air 0.4-2.5 m/s, up to 450 W/m^2. Negative in a runner's own wind.
    Cool: 350 in place of 147. Sun: 0.72 times the warm one plus 135; 16-26 degC, up to 700 g/m^2/h.

    References
    ----------
    Gonzalez et al. 2009, J Appl Physiol 107:379-388, doi:10.1152/japplphysiol.00089.2009 (warm); 2012, J Appl Physiol
    112:1300-1310, doi:10.1152/japplphysiol.01056.2011 (cool, sun).

    Examples
    --------
    >>> round(float(estimate_sweat_gonzalez(250.0, 150.0)), 2)
    398.25
    >>> round(float(estimate_sweat_gonzalez(100.0, 400.0, "cool")), 1)
    154.7
    """
    constant, factor, offset = GONZALEZ_FORMS[form]
    line = constant + 1.527 * as_floats(required_w_per_m2) - 0.87 * as_floats(maximum_w_per_m2)
    return factor * line + offset


def estimate_sweat_acsm(
    mass_kg: Annotated[ArrayLike, "kg"],
    speed_km_per_h: Annotated[ArrayLike, "km/h"],
    temperature_c: Annotated[ArrayLike, "degC"],
) -> Annotated[FloatArray, "L/h"]:
    """Sweat rate of a runner on the flat, as the ACSM's 2007 table has it.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].
    speed_km_per_h : array_like
        Running speed [km/h].
    temperature_c : array_like
        Air temperature [degC].

    Returns
    -------
    ndarray
        Sweat rate [L/h].

    Notes
    -----
    0.001323 m v + 0.01042 (T - 18) - 0.140; 50-90 kg, 8.5-15 km/h, 18-28 degC. The table itself is a model's output.

    References
    ----------
    Sawka et al. 2007, Med Sci Sports Exerc 39:377-390, doi:10.1249/mss.0b013e31802ca597.

    Examples
    --------
    >>> round(float(estimate_sweat_acsm(70.0, 10.0, 18.0)), 3)
    0.786
    """
    slope, warm, constant = ACSM_LINE
    mass, speed, air = (as_floats(v) for v in (mass_kg, speed_km_per_h, temperature_c))
    return slope * mass * speed + warm * (air - 18.0) + constant
