"""Walking or running: what each costs at a speed and slope, and which is faster on a given power."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.gradient import running_cost

STANDING_W_PER_KG = 1.44
"""Standing metabolic power (Looney 2019) [W/kg]; measured."""
LCDA_BASE = 1.1
"""Inner base of the LCDA grade term [1]. The two science notes disagree: 1.1 stands in seven independent codes and in
the same authors' later backpacking equation, 1.11 in two transcriptions of one origin. They differ by less than
0.35 W/kg, between -30 and 10 % only, so 1.1 is the default and callers may pass 1.11."""
WALKING_ECONOMY = 0.92
"""Walking power of trail athletes over LCDA's general sample [1]; fitted by us on Giovanelli 2016: walking 8 % cheaper
than running at 15.8 degrees and 0.35 m/s of climb."""
FASTEST_WALK_M_PER_S = 8.0
"""Upper end of the search for a walking speed [m/s]; a choice, far above any walk."""
_SLOWEST_WALK_M_PER_S = 1e-6
_NEWTON_ROUNDS = 60
_SPEED_TOLERANCE_M_PER_S = 1e-10


def _grade_term_w_per_kg_per_m_per_s(grade: FloatArray, base: float) -> FloatArray:
    """LCDA's cost of the slope per unit speed; the exponent is capped where the term has long saturated."""
    percent = 100.0 * grade
    inner = base ** np.minimum(percent + 32.0, 100.0)
    return np.asarray(0.34 * percent * (1.0 - 1.05 ** (1.0 - np.minimum(inner, 2000.0))))


def walking_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    grade: Annotated[ArrayLike, "1"],
    economy: Annotated[float, "1"] = WALKING_ECONOMY,
    base: Annotated[float, "1"] = LCDA_BASE,
) -> Annotated[FloatArray, "W/kg"]:
    """Gross metabolic power of walking on a slope.

    Parameters
    ----------
    speed_m_per_s : ArrayLike
        Speed along the slope [m/s]
    grade : ArrayLike
        Rise over horizontal run [1]
    economy : float
        Multiplier on the power above standing; 1 is the equation as published [1]
    base : float
        Inner base of the grade term [1]

    Returns
    -------
    FloatArray
        Power per kg of body and pack [W/kg]

    Notes
    -----
    LCDA graded walking, 1.44 + 1.94 S^0.43 + 0.24 S^4 + 0.34 S G (1 - 1.05^(1 - base^(G + 32))), G in percent;
    measured up to 1.96 m/s and from -40 to 45 %.

    References
    ----------
    Looney et al. 2019, doi:10.1249/MSS.0000000000002002.

    Examples
    --------
    >>> round(float(walking_power(1.34, 0.0, economy=1.0)), 3)
    4.414
    """
    speed = as_floats(speed_m_per_s)
    slope = _grade_term_w_per_kg_per_m_per_s(as_floats(grade), base)
    above_standing = 1.94 * speed**0.43 + 0.24 * speed**4 + speed * slope
    return np.asarray(STANDING_W_PER_KG + economy * above_standing)


def locomotion_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"], grade: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "W/kg"]:
    """Gross metabolic power in the gait that is cheaper at that speed and slope.

    Parameters
    ----------
    speed_m_per_s : ArrayLike
        Speed along the slope [m/s]
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Power per kg of body and pack [W/kg]

    Notes
    -----
    The lesser of ``walking_power`` and standing power plus Minetti's cost of running times speed.

    References
    ----------
    Minetti et al. 2002, doi:10.1152/japplphysiol.01177.2001; Looney et al. 2019, doi:10.1249/MSS.0000000000002002.

    Examples
    --------
    >>> round(float(locomotion_power(0.6, 0.3)), 2), round(float(locomotion_power(3.0, 0.0)), 2)
    (8.53, 12.24)
    """
    running = STANDING_W_PER_KG + running_cost(grade) * as_floats(speed_m_per_s)
    return np.minimum(walking_power(speed_m_per_s, grade), running)


def pack_factor(pack_kg: Annotated[ArrayLike, "kg"], body_kg: Annotated[ArrayLike, "kg"]) -> Annotated[FloatArray, "1"]:
    """What a pack costs on equal power, over going without.

    Parameters
    ----------
    pack_kg : ArrayLike
        All that is carried; the rule holds to a tenth of the body mass [kg]
    body_kg : ArrayLike
        Body mass [kg]

    Returns
    -------
    FloatArray
        Factor on power at a speed, and on time at a power [1]

    Notes
    -----
    1 + pack / body.

    References
    ----------
    A choice consistent with Pandolf 1977, doi:10.1152/jappl.1977.43.4.577, and Ludlow and Weyand 2017.

    Examples
    --------
    >>> round(float(pack_factor(4.0, 70.0)), 3)
    1.057
    """
    return np.asarray(1.0 + as_floats(pack_kg) / as_floats(body_kg))


def running_speed(
    power_w_per_kg: Annotated[ArrayLike, "W/kg"], grade: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "m/s"]:
    """Running speed along the slope that a metabolic power pays for; 0 below standing power.

    Parameters
    ----------
    power_w_per_kg : ArrayLike
        Gross metabolic power per kg of body and pack [W/kg]
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Speed along the slope [m/s]

    Notes
    -----
    Standing power plus Minetti's cost times speed, inverted. Not for descents, where legs and not power set the speed.

    References
    ----------
    Minetti et al. 2002, doi:10.1152/japplphysiol.01177.2001.

    Examples
    --------
    >>> round(float(running_speed(12.0, 0.1)), 3)
    1.769
    """
    power = as_floats(power_w_per_kg)
    return np.asarray(np.maximum(0.0, power - STANDING_W_PER_KG) / running_cost(grade))


def walking_speed(
    power_w_per_kg: Annotated[ArrayLike, "W/kg"],
    grade: Annotated[ArrayLike, "1"],
    economy: Annotated[float, "1"] = WALKING_ECONOMY,
    base: Annotated[float, "1"] = LCDA_BASE,
) -> Annotated[FloatArray, "m/s"]:
    """Walking speed along the slope that a metabolic power pays for; 0 below standing power.

    Parameters
    ----------
    power_w_per_kg : ArrayLike
        Gross metabolic power per kg of body and pack [W/kg]
    grade : ArrayLike
        Rise over horizontal run [1]
    economy : float
        Multiplier on the power above standing [1]
    base : float
        Inner base of the grade term [1]

    Returns
    -------
    FloatArray
        Speed along the slope, at most 8 [m/s]

    Notes
    -----
    Inverse of ``walking_power`` by Newton steps kept inside a shrinking bracket. Speeds above 2 m/s are outside the
    data; there runners run.

    References
    ----------
    Looney et al. 2019, doi:10.1249/MSS.0000000000002002.

    Examples
    --------
    >>> round(float(walking_speed(10.0, 0.2)), 3)
    1.038
    """
    power, slope = np.broadcast_arrays(as_floats(power_w_per_kg), as_floats(grade))
    per_speed = _grade_term_w_per_kg_per_m_per_s(slope, base)
    wanted = (power - STANDING_W_PER_KG) / economy
    low = np.full(power.shape, _SLOWEST_WALK_M_PER_S)
    high = np.full(power.shape, FASTEST_WALK_M_PER_S)
    speed = np.ones(power.shape)
    for _ in range(_NEWTON_ROUNDS):
        excess = 1.94 * speed**0.43 + 0.24 * speed**4 + per_speed * speed - wanted
        too_fast = excess > 0.0
        high = np.where(too_fast, speed, high)
        low = np.where(too_fast, low, speed)
        rise = 1.94 * 0.43 * speed**-0.57 + 0.96 * speed**3 + per_speed
        step = speed - excess / np.where(rise > 0.0, rise, 1.0)
        good = (rise > 0.0) & (step > low) & (step < high)
        following = np.where(good, step, 0.5 * (low + high))
        moved = np.abs(following - speed)
        speed = following
        if np.all(moved < _SPEED_TOLERANCE_M_PER_S):
            break
    return np.where(wanted > 0.0, speed, 0.0)


def fastest_gait_speed(
    power_w_per_kg: Annotated[ArrayLike, "W/kg"], grade: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "m/s"]:
    """Speed along the slope in the faster gait on a given metabolic power.

    Parameters
    ----------
    power_w_per_kg : ArrayLike
        Gross metabolic power per kg of body and pack [W/kg]
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Speed along the slope [m/s]

    Notes
    -----
    The greater of ``walking_speed`` and ``running_speed``; walking wins above about 15 % at 12 W/kg.

    References
    ----------
    Giovanelli et al. 2016, doi:10.1152/japplphysiol.00546.2015.

    Examples
    --------
    >>> round(float(fastest_gait_speed(12.0, 0.0)), 3), round(float(fastest_gait_speed(12.0, 0.3)), 3)
    (2.933, 0.924)
    """
    return np.maximum(walking_speed(power_w_per_kg, grade), running_speed(power_w_per_kg, grade))
