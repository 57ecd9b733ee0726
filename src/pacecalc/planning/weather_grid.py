"""Slow functions of time and height, evaluated on a coarse grid and read in between."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.daylight import (
    SECONDS_PER_DAY,
    SUNRISE_ELEVATION_DEG,
    estimate_sun_elevation,
    find_sun_crossing,
)

TIME_STEP_S = 900.0
"""The sun moves less than 4 degrees in it (a choice)."""
ELEVATION_NODES = 4
"""Heat is nearly straight with height (a choice)."""
DAY_LENGTH_LIMITS_H = (3.0, 21.0)
"""Beyond the polar circles the temperature still has a day; its length is held in here (a choice)."""


def lay_time_nodes(elapsed_s: FloatArray) -> FloatArray:
    """Times a quarter of an hour apart that hold every given one."""
    first, last = float(elapsed_s.min()), float(elapsed_s.max())
    start = np.floor(first / TIME_STEP_S)
    return TIME_STEP_S * np.arange(start, max(np.ceil(last / TIME_STEP_S), start + 1.0) + 1.0)


def follow_place(node_s: FloatArray, elapsed_s: FloatArray, place: ArrayLike) -> FloatArray:
    """A coordinate of the athlete at the grid's times."""
    values = as_floats(place)
    if values.ndim == 0 or values.size == 1:
        return np.full(node_s.shape, float(values.reshape(-1)[0]))
    times, values = elapsed_s.ravel(), values.ravel()
    if np.any(np.diff(times) < 0.0):
        order = np.argsort(times, kind="stable")
        times, values = times[order], values[order]
    return np.interp(node_s, times, values)


def interpolate_grid(
    values: FloatArray, node_s: FloatArray, heights_m: FloatArray, elapsed_s: FloatArray, elevation_m: FloatArray
) -> FloatArray:
    """Values on a grid of times by heights, read between its nodes."""
    position = (elapsed_s - node_s[0]) / TIME_STEP_S
    row = np.clip(position.astype(np.intp), 0, len(node_s) - 2)
    right = position - row
    if len(heights_m) == 1:
        return np.asarray(values[row, 0] * (1.0 - right) + values[row + 1, 0] * right)
    level = (elevation_m - heights_m[0]) / (heights_m[1] - heights_m[0])
    column = np.clip(level.astype(np.intp), 0, len(heights_m) - 2)
    up = level - column
    flat, index = values.ravel(), row * len(heights_m) + column
    below = flat[index] * (1.0 - up) + flat[index + 1] * up
    index += len(heights_m)
    above = flat[index] * (1.0 - up) + flat[index + 1] * up
    return np.asarray(below * (1.0 - right) + above * right)


@lru_cache(maxsize=64)
def lay_solar_days(
    first: float, last: float, latitude_deg: float, longitude_deg: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Noon [s], length and middle [h] of the days that hold these, one more on each side.

    Kept, because every pass of every plan on a course asks for the same few days.
    """
    noon_s = (np.arange(first - 1.0, last + 2.0) + 0.5) * SECONDS_PER_DAY - 240.0 * longitude_deg
    rise = find_sun_crossing(noon_s, latitude_deg, longitude_deg, rising=True) - noon_s
    fall = find_sun_crossing(noon_s, latitude_deg, longitude_deg, rising=False) - noon_s
    up = estimate_sun_elevation(noon_s, latitude_deg, longitude_deg) > SUNRISE_ELEVATION_DEG
    polar_h = np.where(up, DAY_LENGTH_LIMITS_H[1], DAY_LENGTH_LIMITS_H[0])
    length_h = np.where(np.isnan(rise), polar_h, np.clip((fall - rise) / 3600.0, *DAY_LENGTH_LIMITS_H))
    middle_h = np.where(np.isnan(rise), 12.0, 12.0 + (fall + rise) / 7200.0)
    return noon_s, length_h, middle_h
