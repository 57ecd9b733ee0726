"""What a course demands of a rider: the time of every cell at a level of effort, on one assumed day and clock.

The course's 10 m cells are joined to about 50 m for solving (kept fine where bends limit the speed) and the times are
given back on the course's own grid. ``cell_times_s`` is the final timeline: momentum, brakes and pushing are inside it,
so a level found for a goal meets that goal.

Fatigue is fixed when the demand is built, from the work done before each cell, so that the cells stay independent of
each other's level and a higher level is never slower anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import DocumentError, GoalError, Problem
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Course
from pacecalc.planning.demand import CellPace
from pacecalc.planning.records import Caution
from pacecalc.planning.ride_strength import effort_limit, sea_level_threshold, strength_at_height
from pacecalc.planning.ride_terrain import RideTerrain, lay_terrain
from pacecalc.record import record
from pacecalc.science.durability import fresh_power_left
from pacecalc.science.momentum import ride_with_momentum
from pacecalc.science.ridelimits import pushing_power, pushing_speed
from pacecalc.science.ridepacing import COST_EXPONENT, best_speed, find_level
from pacecalc.science.ridespeed import pedal_power, speed_from_power

Pacing = Literal["optimal", "steady"]

COASTING_W_PER_KG = 1.44
"""Energy turned over by a rider who does not pedal, over body mass [W/kg]; a choice (standing metabolism)."""
SWITCH_WIDTH = 0.06
"""Relative speed range over which a cell goes from pushed to ridden, so that time is continuous in the level [1]."""
LOWEST_LEVEL, HIGHEST_LEVEL = 0.02, 50.0
"""No plan lies outside: walking for weeks, and watts so high that only the caps decide."""
FATIGUE_PASSES_MAX = 12
FATIGUE_TOLERANCE = 1e-4
POWER_PER_TIME = 1.5
WORK_PER_TIME = 0.3
"""Exponents with which power rises and work falls with the time of a hilly ride; they only speed the passes."""
BEST_LEVEL_TOLERANCE = 1e-6
NO_EFFORT = 1e-9
"""Stands for that of rolling down, where its logarithm is asked for [1]."""


@record()
class _Ride:
    """One or more rides over the solver's cells."""

    time_s: FloatArray
    power_w: FloatArray
    """Pedal power, or the pedal power of equal cost where the bike is pushed."""
    walked: FloatArray
    """Share of the cell's way that is pushed."""
    walk_m_per_s: FloatArray


@record(slots=False)
class RideDemand:
    """Implements ``Demand`` for riders. The level is the effort on a climb where power buys speed one for one:
    with steady pacing it is the effort everywhere, with optimal pacing flats and descents follow below it."""

    terrain: RideTerrain
    athlete: Athlete
    pacing: Pacing
    reference_w: FloatArray
    """Pedal power sustainable in each solver cell for an hour: altitude and fatigue taken in."""
    threshold_known: bool
    cautions: tuple[Caution, ...] = ()
    even: tuple[float, FloatArray] | None = None
    """Level of the even ride whose fatigue is taken in, and the work done before each solver cell [J]."""

    def pace(self, level: float | FloatArray) -> CellPace:
        """Cover the course at one level, or at one level per cell."""
        ride = self._ride(self._solver_level(level))
        terrain, rider = self.terrain, self.athlete.rider
        walk_time_s = ride.walked * terrain.length_m / ride.walk_m_per_s
        walk_share = np.where(ride.walked > 0.0, np.minimum(walk_time_s / ride.time_s, 1.0), 0.0)
        pedal_w = ride.power_w * (1.0 - walk_share)
        metabolic_w = np.maximum(ride.power_w / rider.gross_efficiency, COASTING_W_PER_KG * self.athlete.mass_kg)
        lifting_w = walk_share * terrain.weight_n * np.maximum(terrain.sine, 0.0) * ride.walk_m_per_s
        time_s = terrain.spread(ride.time_s) + terrain.delay_s
        # Who is held up in the crowd stands or rolls; the watts are those of the way in between.
        moving = (time_s - terrain.delay_s) / time_s
        idle_w = (1.0 - moving) * COASTING_W_PER_KG * self.athlete.mass_kg
        return CellPace(
            time_s=time_s,
            effort=terrain.copy(ride.power_w / self.reference_w),
            metabolic_w=moving * terrain.copy(metabolic_w) + idle_w,
            external_w=moving * terrain.copy(pedal_w + lifting_w),
            power_w=terrain.copy(pedal_w),
            pushing=terrain.copy(walk_share),
        )

    def cell_times_s(self, level: float | FloatArray) -> FloatArray:
        """Moving time of each cell [s]."""
        time_s: FloatArray = self.terrain.spread(self._ride(self._solver_level(level)).time_s) + self.terrain.delay_s
        return time_s

    def leg_times_table(self, levels: ArrayLike, leg_edges: ArrayLike) -> FloatArray:
        """Moving time of each leg at each of several levels, in one go [s].

        ``leg_edges`` are edges of the course's grid, the first and the last included; waypoints fall on edges of the
        solver's cells, so a leg between waypoints is exact.
        """
        level = as_floats(levels)[:, None]
        times = self._ride(np.broadcast_to(level, (len(level), len(self.reference_w)))).time_s
        covered = np.concatenate([np.zeros((len(level), 1)), np.cumsum(self.terrain.spread(times), axis=1)], axis=1)
        covered[:, 1:] += np.cumsum(self.terrain.delay_s)
        return np.diff(covered[:, np.asarray(leg_edges, dtype=np.intp)], axis=1)

    @cached_property
    def best_level(self) -> float | None:
        """The highest level held to the finish by the power law of duration; None when threshold power is unknown."""
        if not self.threshold_known:
            return None

        def strain(level: float) -> float:
            cost, time_s = self.cost(level)
            return float(max(cost, NO_EFFORT) / effort_limit(time_s))

        try:
            return find_level(strain, 1.0, start=0.8, tolerance=BEST_LEVEL_TOLERANCE)
        except ValueError:
            # A short way down is over before power counts: fitness says nothing about it.
            return None

    def cost(self, level: float | FloatArray) -> tuple[float, float]:
        """Mean effort of a ride, as the fourth-power mean over time, and its moving time [s]."""
        ride = self._ride(self._solver_level(level))
        effort = ride.power_w / self.reference_w
        time_s = float(ride.time_s.sum())
        mean = float((effort**COST_EXPONENT * ride.time_s).sum() / time_s) ** (1.0 / COST_EXPONENT)
        return mean, time_s + float(self.terrain.delay_s.sum())

    def work_before_j(self, pace: CellPace) -> FloatArray:
        """Work done before the middle of each cell of the course at a pace, pushing counted at its cost [J]."""
        work = pace.effort * self.terrain.copy(self.reference_w) * self.riding_time_s(pace)
        before: FloatArray = np.cumsum(work) - 0.5 * work
        return before

    def riding_time_s(self, pace: CellPace) -> FloatArray:
        """Time of each cell less what is lost in the crowd [s]."""
        return as_floats(pace.time_s - self.terrain.delay_s)

    def level_for(self, moving_s: float, start: float = 0.7, tolerance: float = 1e-9) -> float:
        """The one level that covers the course in a moving time."""
        quickest_s, slowest_s = (float(self.cell_times_s(level).sum()) for level in (HIGHEST_LEVEL, LOWEST_LEVEL))
        if not quickest_s < moving_s < slowest_s:
            raise GoalError(
                f"no power covers this course in {moving_s / 3600.0:.2f} h of riding: descents, bends and pushing "
                f"alone take {quickest_s / 3600.0:.2f} h, and below walking pace it takes {slowest_s / 3600.0:.0f} h"
            )

        def time(slowness: float) -> float:
            return float(self.cell_times_s(1.0 / slowness).sum())

        return 1.0 / find_level(time, moving_s, 1.0 / start, tolerance)

    def with_pacing(self, pacing: Pacing) -> RideDemand:
        """The same day and legs, paced another way."""
        return replace(self, pacing=pacing)

    def _solver_level(self, level: float | FloatArray) -> FloatArray:
        if np.ndim(level) == 0:
            return np.full(len(self.reference_w), float(level))
        return self.terrain.average(as_floats(level))

    def _ride(self, level: FloatArray) -> _Ride:
        """Ride the solver's cells; leading axes of ``level`` are independent rides."""
        terrain, rider = self.terrain, self.athlete.rider
        forces = (terrain.resistance_n, terrain.drag_kg_per_m, terrain.headwind_m_per_s, terrain.crosswind_m_per_s)
        if self.pacing == "steady":
            free = speed_from_power(level * self.reference_w, *forces, rider.drivetrain_efficiency)
        else:
            free = best_speed(
                level, self.reference_w, *forces, terrain.coasting_m_per_s, rider.drivetrain_efficiency, COST_EXPONENT
            )
        held = np.minimum(free, terrain.cap_m_per_s)
        power_w = np.maximum(pedal_power(held, *forces, rider.drivetrain_efficiency), 0.0)
        walked, walk, power_w = self._walk(free, power_w)
        time_s = ride_with_momentum(
            terrain.length_m,
            terrain.mass_kg + terrain.wheel_mass_kg,
            np.maximum(held, terrain.coasting_m_per_s),
            terrain.cap_m_per_s,
            walked,
            walk,
            *forces,
        )
        return _Ride(time_s, power_w, walked, walk)

    def _walk(self, free: FloatArray, power_w: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Where the bike is pushed: share of the way, walking speed, and power of equal cost."""
        terrain, rider = self.terrain, self.athlete.rider
        efficiency = rider.gross_efficiency
        walked, walk = np.zeros_like(free), np.ones_like(free)
        slow = free < (1.0 + SWITCH_WIDTH) * max(1.5, rider.minimum_speed_m_per_s)
        if not slow.any():
            return walked, walk, power_w
        grade = np.broadcast_to(terrain.grade, free.shape)[slow]
        speed = pushing_speed(power_w[slow], terrain.mass_kg, grade, efficiency)
        ratio = free[slow] / np.maximum(speed, rider.minimum_speed_m_per_s)
        ridden = np.clip((ratio - 1.0) / SWITCH_WIDTH + 0.5, 0.0, 1.0)
        share = 1.0 - ridden * ridden * (3.0 - 2.0 * ridden)
        walking_w = np.minimum(pushing_power(speed, terrain.mass_kg, grade, efficiency), power_w[slow])
        walked[slow], walk[slow] = share, speed
        power = power_w.copy()
        power[slow] = (1.0 - share) * power_w[slow] + share * walking_w
        return walked, walk, power


def build_ride_demand(
    course: Course,
    athlete: Athlete,
    *,
    temperature_c: ArrayLike,
    humidity_fraction: ArrayLike = 0.4,
    sea_level_pressure_pa: ArrayLike = 101325.0,
    wind_m_per_s: ArrayLike = 0.0,
    wind_from_deg: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    draft_factor: ArrayLike | None = None,
    delay_s: ArrayLike = 0.0,
    moving_s: float | None = None,
    work_j: FloatArray | None = None,
    pacing: Pacing = "optimal",
    earlier: RideDemand | None = None,
) -> RideDemand:
    """Set up what the course demands of this rider on this day.

    Every array has one value per cell of the course, at the hour of passing; a number holds everywhere.

    Parameters
    ----------
    course : Course
    athlete : Athlete
    temperature_c : array_like
        Air temperature [degC].
    humidity_fraction : array_like
        Relative humidity [1].
    sea_level_pressure_pa : array_like
        Pressure reduced to sea level, as forecasts give it [Pa].
    wind_m_per_s : array_like
        Forecast wind, 10 m above the ground [m/s].
    wind_from_deg : array_like, optional
        Where it comes from; needs a course with bearings to act [deg].
    exposure : array_like, optional
        Wind at the rider over the forecast's: 0.64 on short grass, 0.5 among bushes, 0.2-0.3 in forest; without it what
        the course says, and 0.5 where it says nothing [1].
    draft_factor : array_like, optional
        Factor on the drag area, 0.6-0.75 behind another rider; without it what the course says, else 1 [1].
    delay_s : array_like
        Time lost in each cell whatever the effort (a crowded first climb) [s].
    moving_s : float, optional
        Moving time the ride will take; fatigue is that of an even ride of this time [s].
    work_j : array, optional
        Work done before each cell, from an earlier pass (``RideDemand.work_before_j``); overrides ``moving_s``. With
        neither, the rider stays fresh [J].
    pacing : {"optimal", "steady"}
    earlier : RideDemand, optional
        The same ride at nearly the same hours, from which fatigue is settled sooner.

    Returns
    -------
    RideDemand
    """
    check_rider(athlete)
    terrain = lay_terrain(
        course,
        athlete,
        temperature_c=temperature_c,
        humidity_fraction=humidity_fraction,
        sea_level_pressure_pa=sea_level_pressure_pa,
        wind_m_per_s=wind_m_per_s,
        wind_from_deg=wind_from_deg,
        exposure=exposure,
        draft_factor=draft_factor,
        delay_s=delay_s,
    )
    fresh_w = sea_level_threshold(athlete) * strength_at_height(terrain.elevation_m, athlete)
    demand = RideDemand(
        terrain=terrain,
        athlete=athlete,
        pacing=pacing,
        reference_w=fresh_w,
        threshold_known=athlete.rider.threshold_power_w is not None,
        cautions=_find_cautions(course, wind_m_per_s),
    )
    if work_j is not None:
        return tire_by(demand, terrain.average(work_j))
    return demand if moving_s is None else settle_fatigue(demand, moving_s, earlier)[0]


def mean_effort(demand: RideDemand, pace: CellPace) -> float:
    """What a ride costs: the fourth-power mean of effort over the time it is ridden."""
    time_s = demand.riding_time_s(pace)
    total = float(np.dot(pace.effort**COST_EXPONENT, time_s))
    return float((total / time_s.sum()) ** (1.0 / COST_EXPONENT))


def settle_fatigue(fresh: RideDemand, moving_s: float, earlier: RideDemand | None = None) -> tuple[RideDemand, float]:
    """Put the fatigue of an even ride of a moving time on a fresh demand; also the level of that ride.

    Level and fatigue are settled together: each pass takes the work anew and turns the level by what the time missed.
    """
    demand, level = fresh, 0.7
    if earlier is not None and earlier.even is not None:
        level, work = earlier.even
        demand = replace(tire_by(fresh, work), even=earlier.even)
    for _ in range(FATIGUE_PASSES_MAX):
        pace = demand.pace(level)
        miss = float(pace.time_s.sum()) / moving_s
        if abs(miss - 1.0) < FATIGUE_TOLERANCE:
            break
        work = demand.terrain.average(demand.work_before_j(pace)) * miss**WORK_PER_TIME
        tired = tire_by(fresh, work)
        # Hold the watts through the change of fatigue, then turn them by what the time missed.
        level *= float(demand.reference_w.mean() / tired.reference_w.mean()) * miss**POWER_PER_TIME
        level = min(max(level, LOWEST_LEVEL), HIGHEST_LEVEL)
        demand = replace(tired, even=(level, work))
    return demand, level


def tire_by(fresh: RideDemand, work_j: FloatArray) -> RideDemand:
    """A fresh demand with the fatigue of the work done before each solver cell."""
    athlete = fresh.athlete
    left = fresh_power_left(work_j / (1000.0 * athlete.mass_kg), athlete.rider.durability_per_kj_per_kg)
    return replace(fresh, reference_w=as_floats(fresh.reference_w * left))


def check_rider(athlete: Athlete) -> None:
    """Refuse values no rider has, all of them at once."""
    rider = athlete.rider
    power = rider.threshold_power_w
    ranges: list[tuple[str, float | None, float, float, str]] = [
        ("mass", athlete.mass_kg, 25.0, 250.0, "kg"),
        ("bike mass", rider.bike_mass_kg, 3.0, 60.0, "kg"),
        ("kit mass", rider.kit_mass_kg, 0.0, 60.0, "kg"),
        ("drag area (CdA)", rider.drag_area_m2, 0.1, 1.5, "m2"),
        ("rolling factor", rider.rolling_factor, 0.2, 5.0, ""),
        ("gross efficiency", rider.gross_efficiency, 0.1, 0.35, ""),
        ("drivetrain efficiency", rider.drivetrain_efficiency, 0.8, 1.0, ""),
        ("durability loss per kJ/kg", rider.durability_per_kj_per_kg, 0.0, 0.05, ""),
        ("slowest riding speed", rider.minimum_speed_m_per_s, 0.3, 3.0, "m/s"),
        ("test elevation", rider.test_elevation_m, -500.0, 6000.0, "m"),
        ("threshold power", power, 30.0, 9.0 * max(athlete.mass_kg, 25.0), "W"),
    ]
    problems = [
        Problem(f"{name} of {value:g} {unit}: expected {low:g} to {high:g} {unit}".replace(" :", ":").rstrip())
        for name, value, low, high, unit in ranges
        if value is not None and not low <= value <= high
    ]
    if problems:
        raise DocumentError(problems)


def _find_cautions(course: Course, wind_m_per_s: ArrayLike) -> tuple[Caution, ...]:
    windy = bool(np.any(np.asarray(wind_m_per_s) > 0.0))
    if windy and course.bearing_deg is None:
        return (
            Caution(
                "wind-without-bearings",
                "Wind is left out of the ride: the course has no track, so no direction of travel is known.",
            ),
        )
    return ()
