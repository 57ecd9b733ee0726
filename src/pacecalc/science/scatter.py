"""How real races scatter around a plan: form of the day, personal slow-down, noise of each section."""

from __future__ import annotations

from functools import lru_cache
from math import erf, sqrt
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

FORM_SKEW_ALPHA = 3.0
"""Shape of the skew-normal form of the day: bad days are bigger than good days (a choice, sized to UTMB residuals
with 5th and 95th percentiles of -7 % and +17 %)."""
TAIL_DEGREES_OF_FREEDOM = 5.0
"""Student t of the section noise; 4-6 gives the tails seen (6-8 % beyond 2 sd; fitted by us on open splits)."""
NOISE_GROWTH = 0.5
"""Section noise grows along the race, from 0.75 of its mean at the start to 1.25 at the finish (fitted by us on open
splits of 100-milers, Ultravasan and Boston alike)."""
SECTION_REFERENCE_M = 10_000.0
"""Length of the sections whose noise was measured (6-14 km)."""

FORM_SHARES = np.array([0.0, 0.36, 0.55, 0.73, 0.91, 1.0])
FORM_WEIGHTS = np.array([0.25, 0.40, 0.48, 0.61, 0.82, 0.92])
"""How much of the lateness so far carries on: measured at 36-91 % of Western States, straight on to both ends."""


def estimate_arrival_spread(
    time_share: Annotated[ArrayLike, "1"],
    noise_spread: Annotated[ArrayLike, "1"],
    slow_down_spread: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "1"]:
    """Spread of arrival times among runners who finish in the same time.

    Parameters
    ----------
    time_share
        Share of the finish time at which the point is passed, 0 .. 1 [1].
    noise_spread
        Coefficient a of the noise, 0.012-0.027 in 100-milers [1].
    slow_down_spread
        Coefficient b of the personal slow-down, 0.05-0.097 in 100-milers [1].

    Returns
    -------
    FloatArray
        Standard deviation of the arrival over the finish time [1].

    Notes
    -----
    ``sqrt(a^2 x (1 - x) + b^2 x^2 (1 - x)^2)``: white noise and a random slope, both tied to the finish.

    References
    ----------
    Fitted by the project on open race splits (Western States, UTMB, Berlin Wall, Boston and others).

    Examples
    --------
    >>> round(float(estimate_arrival_spread(0.5, 0.02, 0.075)), 4)
    0.0212
    """
    share = as_floats(time_share)
    bridge = share * (1.0 - share)
    noise, slope = as_floats(noise_spread), as_floats(slow_down_spread)
    return np.asarray(np.sqrt(noise**2 * bridge + slope**2 * bridge**2))


def estimate_section_spread(
    section_m: Annotated[ArrayLike, "m"],
    reference_spread: Annotated[ArrayLike, "1"],
    memory_m: Annotated[ArrayLike, "m"],
) -> Annotated[FloatArray, "1"]:
    """Noise of one section's time, for sections of any length.

    Parameters
    ----------
    section_m
        Length of the section [m].
    reference_spread
        Standard deviation of ln(time) over a 10 km section [1].
    memory_m
        Distance over which noise is forgotten [m].

    Returns
    -------
    FloatArray
        Standard deviation of ln(section time) [1].

    Notes
    -----
    Mean of a process with exponential memory over the section, so that dividing a course more finely changes
    nothing at the end: ``g(x) = 2 (x - 1 + exp(-x)) / x^2`` with ``x`` the length over the memory.

    References
    ----------
    Gillespie DT. Exact numerical simulation of the Ornstein-Uhlenbeck process and its integral.
    Phys Rev E 54:2084, 1996. doi:10.1103/PhysRevE.54.2084

    Examples
    --------
    >>> round(float(estimate_section_spread(10000.0, 0.08, 2400.0)), 3)
    0.08
    """
    memory = as_floats(memory_m)
    here = _mean_variance(as_floats(section_m) / memory)
    reference = _mean_variance(SECTION_REFERENCE_M / memory)
    return np.asarray(as_floats(reference_spread) * np.sqrt(here / reference))


def estimate_neighbour_correlation(
    first_m: Annotated[ArrayLike, "m"], second_m: Annotated[ArrayLike, "m"], memory_m: Annotated[ArrayLike, "m"]
) -> Annotated[FloatArray, "1"]:
    """Correlation of the noise of two sections that follow each other.

    Parameters
    ----------
    first_m
        Length of the first section [m].
    second_m
        Length of the next section [m].
    memory_m
        Distance over which noise is forgotten [m].

    Returns
    -------
    FloatArray
        Correlation of the two sections' noise, 0 .. 1 [1].

    Notes
    -----
    Same process as ``estimate_section_spread``. Sections of 10 km with a memory of 2.4 km correlate by 0.15, as
    seen in 100-mile races (0.1-0.25).

    References
    ----------
    Gillespie DT. Exact numerical simulation of the Ornstein-Uhlenbeck process and its integral.
    Phys Rev E 54:2084, 1996. doi:10.1103/PhysRevE.54.2084

    Examples
    --------
    >>> round(float(estimate_neighbour_correlation(10000.0, 10000.0, 2400.0)), 2)
    0.15
    """
    memory = as_floats(memory_m)
    first = np.maximum(as_floats(first_m) / memory, 1e-9)
    second = np.maximum(as_floats(second_m) / memory, 1e-9)
    shared = (-np.expm1(-first) / first) * (-np.expm1(-second) / second)
    return np.asarray(np.minimum(shared / np.sqrt(_mean_variance(first) * _mean_variance(second)), 1.0))


def _mean_variance(length: ArrayLike) -> FloatArray:
    """Variance of the mean of a unit process with exponential memory over so many memories."""
    x = as_floats(length)
    long = np.maximum(x, 1e-3)
    exact = 2.0 * (long + np.expm1(-long)) / long**2
    return np.where(x < 1e-3, 1.0 - x / 3.0, exact)


def skew_form(
    shared_normal: Annotated[ArrayLike, "1"],
    own_normal: Annotated[ArrayLike, "1"],
    alpha: Annotated[float, "1"] = FORM_SKEW_ALPHA,
) -> Annotated[FloatArray, "1"]:
    """Turn two standard normal samples into a skewed one with median zero and unit spread.

    Parameters
    ----------
    shared_normal
        Sample whose size makes the skew [1].
    own_normal
        Independent sample [1].
    alpha
        Shape; positive leans to slow days [1].

    Returns
    -------
    FloatArray
        Sample with median 0 and standard deviation 1 [1].

    Notes
    -----
    Skew-normal, less its exact median, over its standard deviation.

    References
    ----------
    Azzalini A. A class of distributions which includes the normal ones. Scand J Statist 12:171-178, 1985.

    Examples
    --------
    >>> round(float(skew_form(0.0, 0.0)), 3)
    -1.028
    """
    delta = alpha / np.sqrt(1.0 + alpha**2)
    raw = delta * np.abs(as_floats(shared_normal))
    raw = raw + np.sqrt(1.0 - delta**2) * as_floats(own_normal)
    spread = np.sqrt(1.0 - 2.0 * delta**2 / np.pi)
    return np.asarray((raw - _skew_median(float(delta))) / spread)


@lru_cache(maxsize=8)
def _skew_median(delta: float) -> float:
    """Median of a standard skew-normal, by bisection on its exact distribution function."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    low, high = -1.0, 1.0
    alpha = delta / np.sqrt(max(1.0 - delta**2, 1e-12))
    for _ in range(40):
        middle = 0.5 * (low + high)
        # Owen's T function by quadrature: F(x) = Phi(x) - 2 T(x, alpha).
        t = 0.5 * alpha * (nodes + 1.0)
        owen = float(np.sum(0.5 * alpha * weights * np.exp(-0.5 * middle**2 * (1.0 + t**2)) / (1.0 + t**2)))
        share = _normal_share(middle) - 2.0 * owen / (2.0 * np.pi)
        low, high = (middle, high) if share < 0.5 else (low, middle)
    return 0.5 * (low + high)


def _normal_share(value: float) -> float:
    return 0.5 * (1.0 + erf(value / sqrt(2.0)))


def learn_form(
    time_share: Annotated[ArrayLike, "1"], lateness: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "1"]:
    """What being early or late so far says about the rest of the race.

    Parameters
    ----------
    time_share
        Planned share of the finish time at the point where the split was taken, 0 .. 1 [1].
    lateness
        ln(elapsed / planned elapsed); negative is early [1].

    Returns
    -------
    FloatArray
        ln(remaining time / planned remaining time) to expect [1].

    Notes
    -----
    A fast start is not extrapolated one for one: weight 0.40 at 36 % of the race, 0.48 at 55, 0.61 at 73, 0.82 at 91.

    References
    ----------
    Western States 2017-2025, 2,278 finishers (derived by the project from open split data).

    Examples
    --------
    >>> round(float(learn_form(0.55, 0.1)), 4)
    0.048
    """
    weight = np.interp(as_floats(time_share), FORM_SHARES, FORM_WEIGHTS)
    return np.asarray(weight * as_floats(lateness))
