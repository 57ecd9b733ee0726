"""Wet-bulb globe temperature, the heat an athlete feels, from temperature and humidity alone.

One form for the day, one for the dark; with wind and sun known use ``liljegren``.
"""

from __future__ import annotations

from typing import Annotated

from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.weather import estimate_saturation_pressure, estimate_wet_bulb


def estimate_simple_wbgt(
    temperature_c: Annotated[ArrayLike, "degC"], humidity_fraction: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "degC"]:
    """WBGT by day from temperature and humidity alone; never use it in the dark.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity [1].

    Returns
    -------
    FloatArray
        Wet-bulb globe temperature [degC].

    Notes
    -----
    ``0.567 Ta + 0.393 e + 3.94``. Assumes a moderately high sun and light wind: too warm in cloud, wind, and (by
    4.5 degC) at night. Recalled.

    References
    ----------
    Australian Bureau of Meteorology, Thermal comfort observations, approximation to the WBGT.

    Examples
    --------
    >>> round(float(estimate_simple_wbgt(30.0, 0.5)), 3)
    29.259
    """
    vapour_hpa = as_floats(humidity_fraction) * estimate_saturation_pressure(temperature_c)
    return 0.567 * as_floats(temperature_c) + 0.393 * vapour_hpa + 3.94


def estimate_shade_wbgt(
    temperature_c: Annotated[ArrayLike, "degC"], humidity_fraction: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "degC"]:
    """WBGT in the dark or in full shade, in light wind.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity [1].

    Returns
    -------
    FloatArray
        Wet-bulb globe temperature [degC].

    Notes
    -----
    ``0.7 Tw + 0.3 Ta``: the globe stands at air temperature and the wick at the wet bulb. Within 0.4 degC of
    Liljegren's model without sun.

    References
    ----------
    ISO 7243, Ergonomics of the thermal environment: assessment of heat stress using the WBGT index (indoor form).

    Examples
    --------
    >>> round(float(estimate_shade_wbgt(15.0, 0.8)), 2)
    13.41
    """
    wet_bulb = estimate_wet_bulb(temperature_c, humidity_fraction)
    return 0.7 * wet_bulb + 0.3 * as_floats(temperature_c)
