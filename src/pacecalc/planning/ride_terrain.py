"""The course as a bike meets it: forces, speed caps and air on the cells the ride is solved on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import UsageError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Course
from pacecalc.record import record
from pacecalc.science.air import air_density, pressure_at_height, resolve_wind
from pacecalc.science.cycling import GRAVITY_M_PER_S2, WHEEL_MASS_KG, drag_factor
from pacecalc.science.ridelimits import (
    BRAKING_ASPHALT_M_PER_S2,
    BRAKING_DIRT_M_PER_S2,
    CORNER_G_ASPHALT,
    CORNER_G_DIRT,
    corner_speed,
    limit_by_brakes,
)
from pacecalc.science.ridespeed import resisting_force, speed_from_power
from pacecalc.science.surfaces import CODE, DESCENT_SPEED_M_PER_S, ROLLING_COEFFICIENT

SOLVER_CELL_M = 50.0
"""Length the course's cells are joined to where no bends are known; a choice (science page: 50 m)."""
EXPOSURE = 0.5
"""Wind at the rider over the forecast's where nobody says otherwise [1]: among bushes; a choice (0.2-0.64)."""
CLIMB_LOOK_M, CLIMB_RISE_M, CLIMB_FALL_M = 1000.0, 40.0, 20.0
CROWD_LIMIT_S = 7200.0
"""Nobody waits longer for the way to clear; a choice."""
SKILL_COLUMN = {"beginner": 0, "median": 1, "expert": 2}


@record()
class RideTerrain:
    """One value per solver cell, and the way back to the course's own grid."""

    starts: NDArray[np.intp]
    """First course cell of each solver cell."""
    counts: NDArray[np.intp]
    """Course cells in each solver cell."""
    length_m: FloatArray
    grade: FloatArray
    elevation_m: FloatArray
    resistance_n: FloatArray
    drag_kg_per_m: FloatArray
    headwind_m_per_s: FloatArray
    crosswind_m_per_s: FloatArray
    cap_m_per_s: FloatArray
    coasting_m_per_s: FloatArray
    delay_s: FloatArray
    """Time lost in each cell of the course whatever the effort."""
    mass_kg: float
    wheel_mass_kg: float

    @property
    def weight_n(self) -> float:
        return self.mass_kg * GRAVITY_M_PER_S2

    @property
    def sine(self) -> FloatArray:
        """Rise over way of each solver cell."""
        return as_floats(self.grade / np.hypot(1.0, self.grade))

    def average(self, values: FloatArray) -> FloatArray:
        """Course cells to solver cells."""
        return as_floats(np.add.reduceat(values, self.starts) / self.counts)

    def copy(self, values: FloatArray) -> FloatArray:
        """A rate of each solver cell to its course cells."""
        return np.repeat(values, self.counts, axis=-1)

    def spread(self, values: FloatArray) -> FloatArray:
        """An amount of each solver cell shared out over its course cells."""
        return np.repeat(values / self.counts, self.counts, axis=-1)


def lay_terrain(
    course: Course,
    athlete: Athlete,
    *,
    temperature_c: ArrayLike,
    humidity_fraction: ArrayLike,
    sea_level_pressure_pa: ArrayLike,
    wind_m_per_s: ArrayLike,
    wind_from_deg: ArrayLike | None,
    exposure: ArrayLike | None,
    draft_factor: ArrayLike | None,
    delay_s: ArrayLike,
) -> RideTerrain:
    """Join the course's cells and work out force, air and caps on each; parameters as in ``build_ride_demand``."""
    rider = athlete.rider
    cells = len(course.grade)
    starts, counts = _join_cells(course)

    def join(values: ArrayLike) -> FloatArray:
        filled = np.broadcast_to(as_floats(values), (cells,))
        return as_floats(np.add.reduceat(filled, starts) / counts)

    mass_kg = athlete.mass_kg + rider.bike_mass_kg + rider.kit_mass_kg
    ends = np.append(starts, cells)
    grade = np.diff(course.elevation_m[ends]) / (course.cell_m * counts)
    elevation = join(0.5 * (course.elevation_m[1:] + course.elevation_m[:-1]))
    rolling = rider.rolling_factor * join(ROLLING_COEFFICIENT[course.surface])
    air_c = join(temperature_c)
    density = air_density(
        air_c, pressure_at_height(elevation, air_c, join(sea_level_pressure_pa)), join(humidity_fraction)
    )
    if exposure is None:
        exposure = _exposure_of(course)
    if draft_factor is None:
        draft_factor = 1.0 if course.draft_factor is None else course.draft_factor
    head, cross = _find_wind(course, wind_m_per_s, wind_from_deg, exposure)
    resistance = resisting_force(mass_kg, grade, rolling)
    drag = drag_factor(density, rider.drag_area_m2 * join(draft_factor))
    headwind, crosswind = join(head), join(cross)
    return RideTerrain(
        starts=starts,
        counts=counts,
        length_m=as_floats(course.cell_m * counts),
        grade=grade,
        elevation_m=elevation,
        resistance_n=resistance,
        drag_kg_per_m=drag,
        headwind_m_per_s=headwind,
        crosswind_m_per_s=crosswind,
        cap_m_per_s=_cap_speed(course, SKILL_COLUMN[rider.skill], starts),
        coasting_m_per_s=speed_from_power(0.0, resistance, drag, headwind, crosswind),
        delay_s=np.array(np.broadcast_to(as_floats(delay_s), (cells,))),
        mass_kg=mass_kg,
        wheel_mass_kg=WHEEL_MASS_KG,
    )


def _join_cells(course: Course) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First course cell and number of course cells of each solver cell; waypoints always begin a new one."""
    cells = len(course.grade)
    per_cell = 1 if course.radius_m is not None else max(1, round(SOLVER_CELL_M / course.cell_m))
    regular = np.arange(0, cells, per_cell, dtype=np.intp)
    edges = np.unique(np.concatenate([regular, course.waypoint_edges, [cells]]))
    return edges[:-1], np.diff(edges)


def _exposure_of(course: Course) -> ArrayLike:
    return EXPOSURE if course.exposure is None else np.where(np.isnan(course.exposure), EXPOSURE, course.exposure)


def _find_wind(
    course: Course, wind_m_per_s: ArrayLike, wind_from_deg: ArrayLike | None, exposure: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    wind = as_floats(wind_m_per_s)
    if np.any(wind > 0.0) and wind_from_deg is None:
        raise UsageError("a wind needs the direction it comes from; write for instance --wind '15 km/h' --wind-from W")
    if course.bearing_deg is None or wind_from_deg is None:
        still = np.zeros(len(course.grade))
        return still, still
    return resolve_wind(wind * np.asarray(exposure), wind_from_deg, course.bearing_deg)


def _cap_speed(course: Course, skill: int, starts: NDArray[np.intp]) -> FloatArray:
    """Highest speed of each solver cell: what ground, bends and the race allow, and braking in time for them."""
    cap = DESCENT_SPEED_M_PER_S[course.surface, skill]
    if course.speed_limit_m_per_s is not None:
        cap = np.minimum(cap, course.speed_limit_m_per_s)
    paved = course.surface == CODE["asphalt"]
    if course.radius_m is not None:
        cap = np.minimum(cap, corner_speed(course.radius_m, np.where(paved, CORNER_G_ASPHALT, CORNER_G_DIRT)))
    braking = np.where(paved, BRAKING_ASPHALT_M_PER_S2, BRAKING_DIRT_M_PER_S2)
    reachable = limit_by_brakes(cap, np.full(len(cap), course.cell_m), braking)
    return as_floats(np.minimum.reduceat(reachable, starts))


def crowd_first_climb(course: Course, lost_s: float) -> FloatArray:
    """Time lost in the crowd, as ``delay_s`` of the ride: shared evenly over the first climb of the course [s].

    Where that is, the profile says. Without it the first climb starts where the course first rises 40 m in the next
    kilometre and ends where it falls 20 m below the height reached; both are choices. A course without such a climb
    loses nothing.
    """
    if not 0.0 <= lost_s <= CROWD_LIMIT_S:
        raise UsageError(f"time lost in the crowd of {lost_s:g} s: expected 0 to {CROWD_LIMIT_S:g} s, such as 10min")
    height_m = course.elevation_m
    delay_s = np.zeros(len(course.grade))
    if course.congestion is not None:
        first, last = course.cell_at([course.congestion.start_m, course.congestion.end_m])
        last = max(last, first + 1)
        delay_s[first:last] = lost_s / (last - first)
        return delay_s
    ahead = max(1, round(CLIMB_LOOK_M / course.cell_m))
    rising = np.nonzero(height_m[ahead:] - height_m[:-ahead] >= CLIMB_RISE_M)[0]
    if len(rising) == 0:
        return delay_s
    # the way may dip before it rises
    foot = int(rising[0]) + int(np.argmin(height_m[rising[0] : rising[0] + ahead]))
    beyond = height_m[foot:]
    fallen = np.nonzero(np.maximum.accumulate(beyond) - beyond >= CLIMB_FALL_M)[0]
    top = foot + int(np.argmax(beyond[: fallen[0] + 1] if len(fallen) else beyond))
    delay_s[foot:top] = lost_s / (top - foot)
    return delay_s
