"""Published sweat equations beside our default, for comparison and for clothed hiking.

Their required and maximum evaporation follow their authors' own clothing conventions, which we could not read.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

ACSM_LINE = (0.001323, 0.01042, -0.140)
"""Per kg km/h, per degC above 18, constant; fitted by us on the ACSM 2007 table 3 (recalled), RMSE 0.006 L/h."""


def estimate_sweat_shapiro(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Shapiro (OSE).

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    27.9 Ereq Emax^-0.455; 20-54 degC, Ereq 50-360, Emax 20-525 (ranges recalled).

    References
    ----------
    Shapiro, Pandolf & Goldman 1982, Eur J Appl Physiol 48:83-96, doi:10.1007/BF00421168.

    Examples
    --------
    >>> round(float(estimate_sweat_shapiro(250.0, 150.0)), 3)
    713.547
    """
    required, maximum = (as_floats(v) for v in (required_w_per_m2, maximum_w_per_m2))
    return 27.9 * required * maximum**-0.455


def estimate_sweat_shapiro_corrected(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Shapiro as corrected by Gonzalez (OSEC).

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    147 exp(0.0012 OSE); 15-46 degC, air 0.4-2.5 m/s, up to 450 W/m^2, 2-8 h.

    References
    ----------
    Gonzalez et al. 2009, J Appl Physiol 107:379-388, doi:10.1152/japplphysiol.00089.2009.

    Examples
    --------
    >>> round(float(estimate_sweat_shapiro_corrected(250.0, 150.0)), 3)
    346.087
    """
    return 147.0 * np.exp(0.0012 * estimate_sweat_shapiro(required_w_per_m2, maximum_w_per_m2))


def estimate_sweat_gonzalez(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Gonzalez (PW); clothed hiking only.

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    147 + 1.527 Ereq - 0.87 Emax; 15-46 degC, air 0.4-2.5 m/s, up to 450 W/m^2. Negative in a runner's own wind.

    References
    ----------
    Gonzalez et al. 2009, J Appl Physiol 107:379-388, doi:10.1152/japplphysiol.00089.2009.

    Examples
    --------
    >>> round(float(estimate_sweat_gonzalez(250.0, 150.0)), 2)
    398.25
    """
    return _gonzalez_line(147.0, required_w_per_m2, maximum_w_per_m2)


def estimate_sweat_gonzalez_cool(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Gonzalez below 20 degC (PW,cool).

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    350 + 1.527 Ereq - 0.87 Emax; air below 20 degC.

    References
    ----------
    Gonzalez et al. 2012, J Appl Physiol 112:1300-1310, doi:10.1152/japplphysiol.01056.2011.

    Examples
    --------
    >>> round(float(estimate_sweat_gonzalez_cool(100.0, 400.0)), 1)
    154.7
    """
    return _gonzalez_line(350.0, required_w_per_m2, maximum_w_per_m2)


def estimate_sweat_gonzalez_sun(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
) -> Annotated[FloatArray, "g/m^2/h"]:
    """Sweat rate after Gonzalez in the sun (PW,sol); military clothing, marching.

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed, sun included [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].

    Returns
    -------
    ndarray
        Sweat per skin area [g/m^2/h].

    Notes
    -----
    0.72 (147 + 1.527 Ereq - 0.87 Emax) + 135; 16-26 degC in the sun, up to 700 g/m^2/h.

    References
    ----------
    Gonzalez et al. 2012, J Appl Physiol 112:1300-1310, doi:10.1152/japplphysiol.01056.2011.

    Examples
    --------
    >>> round(float(estimate_sweat_gonzalez_sun(300.0, 200.0)), 3)
    445.392
    """
    return 0.72 * _gonzalez_line(147.0, required_w_per_m2, maximum_w_per_m2) + 135.0


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


def _gonzalez_line(constant: float, required: ArrayLike, maximum: ArrayLike) -> FloatArray:
    return constant + 1.527 * as_floats(required) - 0.87 * as_floats(maximum)
