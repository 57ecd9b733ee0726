"""Sunshine on the ground and on the body: clear sky, cloud, direct share, heat taken up."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

SOLAR_CONSTANT_W_PER_M2 = 1367.0
"""Sun above the atmosphere (the value in Liljegren et al. 2008)."""
DIRECT_SHARE_MIN_COSINE = 0.00873
"""Below this cosine of the zenith angle (89.5 deg) there is no direct beam (Liljegren et al. 2008)."""

BODY_ABSORPTION = 0.4
"""Share of sunlight absorbed in light clothes; 0.7 bare skin or dark clothes (recalled; the default is a choice)."""
HALF_RADIATING_AREA = 0.385
"""Half of the effective radiating area factor 0.77 (recalled)."""
GROUND_ALBEDO = 0.2
"""Sunlight thrown back by the ground (recalled)."""


def estimate_clear_sky_radiation(sun_cosine: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "W/m^2"]:
    """Sunlight on level ground under a clear sky.

    Parameters
    ----------
    sun_cosine
        Cosine of the sun's zenith angle; at or below zero gives none [1].

    Returns
    -------
    FloatArray
        Global horizontal radiation [W/m^2].

    Notes
    -----
    Haurwitz: ``1098 cos z exp(-0.057 / cos z)`` (a choice among simple forms; altitude is ignored).

    References
    ----------
    Haurwitz B. Insolation in relation to cloudiness and cloud density. J Meteorol 2:154-166, 1945.
    doi:10.1175/1520-0469(1945)002<0154:IIRTCA>2.0.CO;2

    Examples
    --------
    >>> round(float(estimate_clear_sky_radiation(1.0)), 1)
    1037.2
    """
    cosine = as_floats(sun_cosine)
    up = np.maximum(cosine, 1e-4)
    return np.where(cosine > 0.0, 1098.0 * up * np.exp(-0.057 / up), 0.0)


def estimate_cloud_transmission(cloud_fraction: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Share of clear-sky sunlight that comes through cloud.

    Parameters
    ----------
    cloud_fraction
        Share of the sky covered, 0 .. 1 [1].

    Returns
    -------
    FloatArray
        Transmission [1].

    Notes
    -----
    ``1 - 0.75 c^3.4`` (recalled).

    References
    ----------
    Kasten F, Czeplak G. Solar and terrestrial radiation dependent on the amount and type of cloud.
    Solar Energy 24:177-189, 1980. doi:10.1016/0038-092X(80)90391-6

    Examples
    --------
    >>> float(estimate_cloud_transmission(1.0))
    0.25
    """
    return 1.0 - 0.75 * np.clip(as_floats(cloud_fraction), 0.0, 1.0) ** 3.4


def estimate_direct_share(
    radiation_w_per_m2: Annotated[ArrayLike, "W/m^2"], sun_cosine: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "1"]:
    """Share of the sunlight on level ground that comes straight from the sun.

    Parameters
    ----------
    radiation_w_per_m2
        Global horizontal radiation [W/m^2].
    sun_cosine
        Cosine of the sun's zenith angle [1].

    Returns
    -------
    FloatArray
        Direct share, 0 .. 0.9 [1].

    Notes
    -----
    ``exp(3 - 1.34 S* - 1.65 / S*)`` with ``S* = min(S / (1367 cos z), 0.85)``. The distance to the sun (3 % of
    radiation through the year) is left out.

    References
    ----------
    Liljegren JC et al. Modeling the wet bulb globe temperature using standard meteorological measurements.
    J Occup Environ Hyg 5:645-655, 2008. doi:10.1080/15459620802310770

    Examples
    --------
    >>> round(float(estimate_direct_share(800.0, 0.8)), 3)
    0.79
    """
    cosine = as_floats(sun_cosine)
    radiation = as_floats(radiation_w_per_m2)
    ratio = np.clip(radiation / (SOLAR_CONSTANT_W_PER_M2 * np.maximum(cosine, DIRECT_SHARE_MIN_COSINE)), 0.01, 0.85)
    share = np.clip(np.exp(3.0 - 1.34 * ratio - 1.65 / ratio), 0.0, 0.9)
    return np.where((cosine < DIRECT_SHARE_MIN_COSINE) | (radiation <= 0.0), 0.0, share)


def estimate_absorbed_sun(
    radiation_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    direct_share: Annotated[ArrayLike, "1"],
    sun_elevation_deg: Annotated[ArrayLike, "deg"],
    absorption: Annotated[ArrayLike, "1"] = BODY_ABSORPTION,
) -> Annotated[FloatArray, "W/m^2"]:
    """Sunlight an upright person takes up, per square metre of body.

    Parameters
    ----------
    radiation_w_per_m2
        Global horizontal radiation [W/m^2].
    direct_share
        Share of it that comes straight from the sun [1].
    sun_elevation_deg
        Elevation of the sun [deg].
    absorption
        Share absorbed: 0.4 light clothes .. 0.7 bare skin or dark clothes [1].

    Returns
    -------
    FloatArray
        Heat from the sun per body area [W/m^2].

    Notes
    -----
    ``q = a (fp I_dir + 0.385 I_dif + 0.385 * 0.2 I_glob)``, ``fp = 0.308 cos(g (1 - g^2 / 48402))`` with the sun's
    elevation ``g`` in degrees; ``I_dir`` on a plane facing the sun. Constants recalled (VDI 3787).

    References
    ----------
    VDI 3787 Part 2, Environmental meteorology: methods for the human biometeorological evaluation of climate.

    Examples
    --------
    >>> glob = 700.0 * 0.5**0.5 + 100.0
    >>> round(float(estimate_absorbed_sun(glob, 700.0 * 0.5**0.5 / glob, 45.0)), 1)
    96.7
    """
    radiation = as_floats(radiation_w_per_m2)
    share = as_floats(direct_share)
    elevation = np.clip(as_floats(sun_elevation_deg), 0.0, 90.0)
    facing = radiation * share / np.maximum(np.sin(np.radians(elevation)), DIRECT_SHARE_MIN_COSINE)
    seen = 0.308 * np.cos(np.radians(elevation * (1.0 - elevation**2 / 48402.0)))
    diffuse = HALF_RADIATING_AREA * radiation * (1.0 - share + GROUND_ALBEDO)
    return as_floats(absorption) * (seen * facing + diffuse)
