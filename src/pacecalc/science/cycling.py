"""Power on a bike, term by term as in Martin et al. 1998: air, ground, bearings, height, momentum."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

GRAVITY_M_PER_S2 = 9.80665
DRIVETRAIN_EFFICIENCY = 0.976
"""Share of pedal power that reaches the wheel [1]; measured (Martin 1998). 0.96-0.985 on a dirty or clean MTB."""
WHEEL_DRAG_AREA_M2 = 0.0044
"""Air drag of turning wheels as an area [m^2]; measured (Martin 1998)."""
BEARING_FORCE_N = 0.091
"""Bearing friction at rest [N]; measured (Martin 1998)."""
BEARING_SLOPE_N_S_PER_M = 0.0087
"""Growth of bearing friction with speed [N s/m]; measured (Martin 1998)."""
WHEEL_MASS_KG = 0.14 / 0.311**2
"""Both wheels' moment of inertia over radius squared: mass that must be spun up [kg]; measured (Martin 1998)."""


def aerodynamic_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    air_density_kg_per_m3: Annotated[ArrayLike, "kg/m^3"],
    drag_area_m2: Annotated[ArrayLike, "m^2"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
) -> Annotated[FloatArray, "W"]:
    """Power against the air, wind as a vector, turning wheels included.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed [m/s].
    air_density_kg_per_m3 : array_like
        Density of the air [kg/m^3].
    drag_area_m2 : array_like
        Drag coefficient times frontal area of bike and rider [m^2].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].
    crosswind_m_per_s : array_like
        Wind across; leave 0 where the drag area was measured with yaw, as Martin does [m/s].

    Returns
    -------
    ndarray
        Power at the wheel; negative when a tailwind pushes [W].

    Notes
    -----
    ``1/2 rho (CdA + Fw) Va (v + w) v`` with ``Va = hypot(v + w, c)``. The product keeps its sign in a tailwind faster
    than the rider, where the paper's square does not.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(aerodynamic_power(8.36, 1.2234, 0.2565, 2.55)), 1)
    158.8
    """
    speed = as_floats(speed_m_per_s)
    along = speed + np.asarray(headwind_m_per_s)
    drag = drag_factor(air_density_kg_per_m3, drag_area_m2)
    return np.asarray(drag * np.hypot(along, crosswind_m_per_s) * along * speed)


def rolling_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    mass_kg: Annotated[ArrayLike, "kg"],
    grade: Annotated[ArrayLike, "1"],
    rolling_coefficient: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "W"]:
    """Power against the ground.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed [m/s].
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    grade : array_like
        Rise over run [1].
    rolling_coefficient : array_like
        Crr of tyre and surface [1].

    Returns
    -------
    ndarray
        Power at the wheel [W].

    Notes
    -----
    ``Crr m g cos(atan G) v``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(rolling_power(8.36, 90.0, 0.003, 0.0032)), 1)
    23.6
    """
    cosine = 1.0 / np.hypot(1.0, grade)
    return np.asarray(
        np.asarray(rolling_coefficient) * np.asarray(mass_kg) * GRAVITY_M_PER_S2 * cosine * np.asarray(speed_m_per_s)
    )


def bearing_power(speed_m_per_s: Annotated[ArrayLike, "m/s"]) -> Annotated[FloatArray, "W"]:
    """Power lost in the wheel bearings.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed [m/s].

    Returns
    -------
    ndarray
        Power at the wheel [W].

    Notes
    -----
    ``v (0.091 + 0.0087 v)``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(bearing_power(8.36)), 2)
    1.37
    """
    speed = as_floats(speed_m_per_s)
    return np.asarray(speed * (BEARING_FORCE_N + BEARING_SLOPE_N_S_PER_M * speed))


def potential_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    mass_kg: Annotated[ArrayLike, "kg"],
    grade: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "W"]:
    """Power that lifts bike and rider.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed along the slope [m/s].
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    grade : array_like
        Rise over run [1].

    Returns
    -------
    ndarray
        Power at the wheel; negative downhill [W].

    Notes
    -----
    ``m g sin(atan G) v``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(potential_power(8.36, 90.0, 0.003)), 1)
    22.1
    """
    slope = as_floats(grade)
    sine = slope / np.hypot(1.0, slope)
    return np.asarray(np.asarray(mass_kg) * GRAVITY_M_PER_S2 * sine * np.asarray(speed_m_per_s))


def kinetic_power(
    start_speed_m_per_s: Annotated[ArrayLike, "m/s"],
    end_speed_m_per_s: Annotated[ArrayLike, "m/s"],
    duration_s: Annotated[ArrayLike, "s"],
    mass_kg: Annotated[ArrayLike, "kg"],
    wheel_mass_kg: Annotated[ArrayLike, "kg"] = WHEEL_MASS_KG,
) -> Annotated[FloatArray, "W"]:
    """Mean power that changes the speed, wheels spun up included.

    Parameters
    ----------
    start_speed_m_per_s : array_like
        Speed at the start [m/s].
    end_speed_m_per_s : array_like
        Speed at the end [m/s].
    duration_s : array_like
        Time between them, above zero [s].
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    wheel_mass_kg : array_like
        Moment of inertia of both wheels over their radius squared [kg].

    Returns
    -------
    ndarray
        Power at the wheel; negative when slowing [W].

    Notes
    -----
    ``1/2 (m + I / r^2) (v1^2 - v0^2) / dt``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(kinetic_power(8.28, 8.45, 56.42, 90.0)), 2)
    2.3
    """
    change = np.square(np.asarray(end_speed_m_per_s)) - np.square(np.asarray(start_speed_m_per_s))
    return np.asarray(0.5 * (np.asarray(mass_kg) + np.asarray(wheel_mass_kg)) * change / np.asarray(duration_s))


def drag_factor(
    air_density_kg_per_m3: Annotated[ArrayLike, "kg/m^3"], drag_area_m2: Annotated[ArrayLike, "m^2"]
) -> Annotated[FloatArray, "kg/m"]:
    """Air drag over air speed squared, turning wheels included.

    Parameters
    ----------
    air_density_kg_per_m3 : array_like
        Density of the air [kg/m^3].
    drag_area_m2 : array_like
        Drag coefficient times frontal area of bike and rider [m^2].

    Returns
    -------
    ndarray
        Factor k of the drag ``k Va (v + w)`` [kg/m].

    Notes
    -----
    ``1/2 rho (CdA + 0.0044)``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(drag_factor(0.9, 0.42)), 4)
    0.191
    """
    area_m2 = as_floats(drag_area_m2) + WHEEL_DRAG_AREA_M2
    return np.asarray(0.5 * np.asarray(air_density_kg_per_m3) * area_m2)
