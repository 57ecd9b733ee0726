"""The paced race as the body feels it: effort and weather in steps of about two minutes, stops included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.record import record
from pacecalc.science.energy import STANDING_W_PER_KG

STEP_S = 120.0
"""Length of a step; a choice. Gut and glycogen are good to less than 1 % at it."""
DESCENT_GRADE = -0.05
TECHNICAL_FROM = 0.5
"""No solid food where it is steeper down than this on ground at least this technical; a choice."""


@record(kw_only=True)
class EffortTrace:
    """One value a step, in order; the steps join without gaps from the start to the finish."""

    start_s: FloatArray
    duration_s: FloatArray
    distance_m: FloatArray
    """At the start of the step."""
    metabolic_w: FloatArray
    external_w: FloatArray
    speed_m_per_s: FloatArray
    air_speed_m_per_s: FloatArray
    """Relative to the body: own speed and wind."""
    temperature_c: FloatArray
    humidity_fraction: FloatArray
    sun_w_per_m2: FloatArray
    """Absorbed, per area of skin."""
    darkness: FloatArray
    elevation_m: FloatArray
    hands_full: FloatArray
    """Share of the step on technical descents, where nobody unwraps a rice ball."""
    start_clock_h: float
    """Local clock at the start, hours of the day."""

    @property
    def finish_s(self) -> float:
        return float(self.start_s[-1] + self.duration_s[-1])

    @property
    def duration_h(self) -> FloatArray:
        return self.duration_s / 3600.0

    @property
    def edge_s(self) -> FloatArray:
        """Start of every step, and the finish."""
        return np.append(self.start_s, self.finish_s)

    @property
    def clock_h(self) -> FloatArray:
        """Local clock at the middle of each step, hours of the day."""
        middle_h = (self.start_s + 0.5 * self.duration_s) / 3600.0
        return np.asarray((self.start_clock_h + middle_h) % 24.0)

    def sum_between(self, rate_per_h: ArrayLike, edges_s: ArrayLike) -> FloatArray:
        """Amount that a rate per hour makes between neighbouring times."""
        amount = as_floats(rate_per_h) * self.duration_h
        summed = np.concatenate([[0.0], np.cumsum(amount)])
        return np.diff(np.interp(as_floats(edges_s), self.edge_s, summed))

    def mean_between(self, values: ArrayLike, edges_s: ArrayLike) -> FloatArray:
        """Mean of a value between neighbouring times."""
        hours = np.diff(as_floats(edges_s)) / 3600.0
        return self.sum_between(values, edges_s) / np.maximum(hours, 1e-9)

    def find_distance_m(self, at_s: ArrayLike, finish_m: float) -> FloatArray:
        """Distance covered at given times."""
        return np.asarray(np.interp(as_floats(at_s), self.edge_s, [*self.distance_m, finish_m]))


@record(kw_only=True)
class EffortCells:
    """The same per grid cell, as pacing makes it; stops apart."""

    time_s: FloatArray
    distance_m: FloatArray
    """At the start of the cell."""
    metabolic_w: FloatArray
    external_w: FloatArray
    speed_m_per_s: FloatArray
    air_speed_m_per_s: FloatArray
    temperature_c: FloatArray
    humidity_fraction: FloatArray
    sun_w_per_m2: FloatArray
    darkness: FloatArray
    elevation_m: FloatArray
    grade: FloatArray
    technical: FloatArray


def trace_effort(
    cells: EffortCells,
    stops: Mapping[int, float],
    *,
    mass_kg: float,
    start_clock_h: float,
    step_s: float = STEP_S,
) -> EffortTrace:
    """Average cells into steps of equal length, standing still at the stops.

    Parameters
    ----------
    cells : EffortCells
        One value a grid cell.
    stops : mapping
        Index of the cell a stop comes before -> its length [s].
    mass_kg : float
        Body mass, for the energy of standing still [kg].
    start_clock_h : float
        Local clock at the start, hours of the day [h].
    step_s : float
        Length aimed at [s].
    """
    before = np.array([cell for cell, length in sorted(stops.items()) if length > 0.0], dtype=np.intp)
    lengths = np.array([length for _, length in sorted(stops.items()) if length > 0.0])
    neighbour = np.minimum(before, len(cells.time_s) - 1)
    columns = {field.name: getattr(cells, field.name) for field in fields(cells)}
    columns["hands_full"] = ((cells.grade < DESCENT_GRADE) & (cells.technical >= TECHNICAL_FROM)).astype(np.float64)
    standing = {
        "time_s": lengths,
        "metabolic_w": np.full(len(lengths), STANDING_W_PER_KG * mass_kg),
        "external_w": np.zeros(len(lengths)),
        "speed_m_per_s": np.zeros(len(lengths)),
        "air_speed_m_per_s": np.maximum(cells.air_speed_m_per_s - cells.speed_m_per_s, 0.0)[neighbour],
        "hands_full": np.zeros(len(lengths)),
    }
    columns = {
        name: np.insert(as_floats(values), before, standing.get(name, np.asarray(values)[neighbour]))
        for name, values in columns.items()
    }
    return _average_steps(columns, start_clock_h, step_s)


def _average_steps(columns: dict[str, NDArray[np.float64]], start_clock_h: float, step_s: float) -> EffortTrace:
    time_s = columns["time_s"]
    elapsed_s = np.concatenate([[0.0], np.cumsum(time_s)])
    count = max(1, round(float(elapsed_s[-1]) / step_s))
    edges_s = np.linspace(0.0, float(elapsed_s[-1]), count + 1)
    duration_s = np.diff(edges_s)

    def average(name: str) -> FloatArray:
        summed = np.concatenate([[0.0], np.cumsum(columns[name] * time_s)])
        return np.asarray(np.diff(np.interp(edges_s, elapsed_s, summed)) / duration_s)

    averaged = {
        field.name: average(field.name)
        for field in fields(EffortTrace)
        if field.name in columns and field.name != "distance_m"
    }
    distance_m = np.interp(edges_s[:-1], elapsed_s[:-1], columns["distance_m"])
    return EffortTrace(
        start_s=edges_s[:-1], duration_s=duration_s, distance_m=distance_m, start_clock_h=start_clock_h, **averaged
    )
