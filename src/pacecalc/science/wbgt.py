"""Wet-bulb globe temperature, the heat an athlete feels, from temperature and humidity alone.

One form for the day, one for the dark; with wind and sun known use ``liljegren``.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.weather import estimate_saturation_pressure, estimate_wet_bulb


def estimate_simple_wbgt(
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity_fraction: Annotated[ArrayLike, "1"],
    sun_share: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "degC"]:
    """WBGT from temperature and humidity alone, between the form for the shade and the one for a day in the sun.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity [1].
    sun_share
        0 in the dark and in full shade, 1 under a moderately high sun [1].

    Returns
    -------
    FloatArray
        Wet-bulb globe temperature [degC].

    Notes
    -----
    Shade ``0.7 Tw + 0.3 Ta``: the globe stands at air temperature and the wick at the wet bulb, light wind; within
    0.4 degC of Liljegren's model without sun. Sun ``0.567 Ta + 0.393 e + 3.94`` (recalled): assumes a moderately high
    sun and light wind, too warm in cloud, wind, and (by 4.5 degC) at night, so that it only counts by ``sun_share``.

    References
    ----------
    ISO 7243, Ergonomics of the thermal environment: assessment of heat stress using the WBGT index (indoor form).
    Australian Bureau of Meteorology, Thermal comfort observations, approximation to the WBGT.

    Examples
    --------
    >>> round(float(estimate_simple_wbgt(30.0, 0.5, 1.0)), 3), round(float(estimate_simple_wbgt(15.0, 0.8, 0.0)), 2)
    (29.259, 13.41)
    """
    air_c = as_floats(temperature_c)
    shade_c = 0.7 * estimate_wet_bulb(air_c, humidity_fraction) + 0.3 * air_c
    vapour_hpa = as_floats(humidity_fraction) * estimate_saturation_pressure(air_c)
    sun_c = 0.567 * air_c + 0.393 * vapour_hpa + 3.94
    return np.asarray(shade_c + as_floats(sun_share) * np.maximum(sun_c - shade_c, 0.0))
