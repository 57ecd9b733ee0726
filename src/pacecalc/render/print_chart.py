"""The elevation chart of the printed plan as numbers between 0 and 1: curves, night, ticks and labels."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.codec import CURVE_DECIMALS
from pacecalc.planning.records import PlannedWaypoint, ProfileTrace, RacePlan
from pacecalc.render.plain_text import shorten
from pacecalc.render.waypoint_words import say_cutoff
from pacecalc.render.wording import METRES_PER_FOOT, METRES_PER_MILE, METRIC, Units, say_elapsed

LEAST_RELIEF_M = 150.0
"""A flatter course does not fill the chart: it should look flat."""
HEADROOM = 0.08
LABEL_GAP = 0.021
"""Least distance between two labels, as a share of the width (about 4 mm)."""
LABEL_LENGTH = 24
TEMPERATURE_RANGE = (0.55, 0.95)
"""The temperature line runs in the upper part of the chart."""
LEAST_TEMPERATURE_RANGE_C = 5.0
DARK_STEPS = 4
DECIMALS = 5


def chart_data(plan: RacePlan, units: Units) -> dict[str, Any]:
    """Everything the template draws."""
    profile = _as_saved(plan.profile)
    length_m = float(profile.distance_m[-1])
    low_m, high_m = float(profile.elevation_m.min()), float(profile.elevation_m.max())
    relief_m = max(high_m - low_m, LEAST_RELIEF_M)

    def height(elevation_m: FloatArray) -> FloatArray:
        return HEADROOM + (elevation_m - low_m) / relief_m * (1.0 - 2.0 * HEADROOM)

    x = profile.distance_m / length_m
    foot = 1.0 if units is METRIC else METRES_PER_FOOT
    mile = 1000.0 if units is METRIC else METRES_PER_MILE
    heights = _ticks(low_m / foot, (low_m + relief_m) / foot, 4)
    return {
        "elevation": _points(x, height(profile.elevation_m)),
        "temperature": _temperature(profile.temperature_c, x, units),
        "night": _night(x, profile.darkness),
        "heights": [
            {"y": float(height(np.array(tick * foot))), "label": f"{tick:,.0f}"}
            for tick in heights
            if tick * foot >= low_m
        ],
        "height_unit": units.height,
        "distances": [{"x": tick * mile / length_m, "label": f"{tick:g}"} for tick in _ticks(0.0, length_m / mile, 8)],
        "distance_unit": units.distance,
        "places": _places(plan, length_m),
    }


def _as_saved(profile: ProfileTrace) -> ProfileTrace:
    """The curves to the decimals a saved plan holds, so that both give the same page."""
    rounded = {f.name: getattr(profile, f.name).round(CURVE_DECIMALS) for f in fields(profile)}
    return replace(profile, **rounded)


def _points(x: FloatArray, y: FloatArray) -> list[list[float]]:
    return np.round(np.column_stack([x, y]), DECIMALS).tolist()  # type: ignore[no-any-return]


def _ticks(low: float, high: float, wanted: int) -> list[float]:
    """Round numbers inside a range, about so many of them."""
    raw = (high - low) / wanted
    power = 10.0 ** np.floor(np.log10(raw))
    step = float(power * next(m for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= raw * 0.999))
    first = int(np.ceil(low / step))
    return [step * k for k in range(first, int(np.floor(high / step)) + 1)]


def _temperature(curve: FloatArray, x: FloatArray, units: Units) -> dict[str, Any]:
    low, high = float(curve.min()), float(curve.max())
    bottom, top = TEMPERATURE_RANGE
    y = bottom + (curve - low) / max(high - low, LEAST_TEMPERATURE_RANGE_C) * (top - bottom)
    ends = [
        {
            "x": float(x[at]),
            "y": float(y[at]),
            "label": f"{units.say_temperature(float(curve[at]))} {units.temperature}",
        }
        for at in (int(curve.argmin()), int(curve.argmax()))
    ]
    return {"line": _points(x, y), "ends": ends}


def _night(x: FloatArray, darkness: FloatArray) -> list[dict[str, float]]:
    """Bands of equal darkness, merged."""
    steps = np.ceil(np.clip(0.5 * (darkness[1:] + darkness[:-1]), 0.0, 1.0) * DARK_STEPS - 0.05).astype(int)
    edges = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), len(steps)]
    return [
        {"from": float(x[a]), "to": float(x[b]), "dark": int(steps[a]) / DARK_STEPS}
        for a, b in pairwise(edges)
        if steps[a] > 0
    ]


def _importance(waypoint: PlannedWaypoint) -> tuple[bool, bool, bool, bool]:
    return (
        waypoint.kind in ("start", "finish"),
        waypoint.cutoff_s is not None,
        waypoint.refill,
        bool(waypoint.crew),
    )


def _places(plan: RacePlan, length_m: float) -> list[dict[str, Any]]:
    """Every place has a tick; the more important ones get the labels there is room for."""
    labelled: list[float] = []
    shown: set[int] = set()
    for index, w in sorted(enumerate(plan.waypoints), key=lambda pair: _importance(pair[1]), reverse=True):
        x = w.distance_m / length_m
        if all(abs(x - other) >= LABEL_GAP for other in labelled):
            labelled.append(x)
            shown.add(index)
    return [
        {
            "x": round(w.distance_m / length_m, DECIMALS),
            "label": shorten(w.name, LABEL_LENGTH) if index in shown else "",
            "arrive": say_elapsed(w.arrive_s) if index in shown else "",
            "cutoff": say_cutoff(w),
        }
        for index, w in enumerate(plan.waypoints)
    ]
