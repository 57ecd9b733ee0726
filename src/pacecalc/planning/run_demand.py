"""What a course asks of a runner, cell by cell: time, energy, and what each factor costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Course
from pacecalc.planning.demand import CellPace
from pacecalc.planning.records import FactorMinutes
from pacecalc.record import record
from pacecalc.science.altitude import altitude_pace_factor
from pacecalc.science.footing import night_pace_factor
from pacecalc.science.gait import STANDING_W_PER_KG, locomotion_power
from pacecalc.science.gradient import personal_pace_factor
from pacecalc.science.slowdown import (
    late_descent_factor,
    size_from_fade,
    slow_down_factor,
    slow_down_progress,
    slow_down_size,
)
from pacecalc.science.surfaces import RUN_FACTOR, TECHNICAL

GRAVITY_M_PER_S2 = 9.80665
HEAT_OF_THE_HOUR = 0.25
"""Share of the heat's slowing that falls where and when it is hot; the rest spreads over the race, for heat adds up in
the body [1]; a choice. Six races' splits want 0: a slow-down by the hour's temperature makes every size of it worse,
and at Western States a hotter day slows the canyons by only 0.3 % per degree more than the rest."""

Fade = float | Literal["none"] | None
"""Pace at the finish over pace at the start, less one; "none" is level; None is the athlete's own, else the law."""


@record(kw_only=True)
class RunGround:
    """What does not depend on the clock or the goal: the course under this athlete's feet."""

    cell_m: float
    grade: FloatArray
    grade_factor: FloatArray
    surface_factor: FloatArray
    altitude_factor: FloatArray
    technical: FloatArray
    body_kg: float
    carried_kg: float

    @property
    def flat_cells_m(self) -> FloatArray:
        """Flat-equivalent length of every cell: distance times grade and surface factors."""
        return self.cell_m * self.grade_factor * self.surface_factor

    @property
    def flat_distance_m(self) -> float:
        """Flat-equivalent length of the course."""
        return float(self.flat_cells_m.sum())


@record(kw_only=True)
class RunDemand:
    """Times, energy and factor costs of every cell for a runner; implements ``Demand``.

    Level 1 covers the course in the moving time of the goal's even plan; when the athlete's best time is known, in the
    moving time of that best, so that the effort of a plan reads as a share of what can be sustained.
    """

    ground: RunGround
    heat_factor: FloatArray
    night_factor: FloatArray
    fade_factor: FloatArray
    """Pace relative to the fresh pace of the start."""
    moving_s: float
    """Moving time of the whole course at level 1."""
    fresh_pace_s_per_m: float
    """Pace at level 1 when flat, firm, low, cool, light and fresh."""
    slow_down_size: float
    best_level: float | None

    def cell_times_s(self, level: float | FloatArray) -> FloatArray:
        """Moving time of every cell at one level, or at one level per cell [s]."""
        return self._level_times_s() / level

    def pace(self, level: float | FloatArray) -> CellPace:
        """Cover the course at one level, or at one level per cell."""
        time_s = self.cell_times_s(level)
        metabolic_w, external_w = running_energy(self.ground, time_s)
        return CellPace(
            time_s=time_s,
            effort=np.array(np.broadcast_to(as_floats(level), time_s.shape)),
            metabolic_w=metabolic_w,
            external_w=external_w,
        )

    def under(
        self, *, heat_factor: FloatArray | None, darkness: FloatArray | None, keep_finish: bool = True
    ) -> RunDemand:
        """The same demand on another clock: other heat and darkness in every cell.

        With ``keep_finish`` level 1 still takes ``moving_s``; without, it keeps its effort and takes longer or shorter.
        """
        heat, night = _condition_factors(self.ground, heat_factor, darkness)
        changed = replace(self, heat_factor=heat, night_factor=night)
        total_m = float(changed._equivalent_metres().sum())
        if keep_finish:
            return replace(changed, fresh_pace_s_per_m=self.moving_s / total_m)
        return replace(changed, moving_s=self.fresh_pace_s_per_m * total_m)

    def factor_costs_s(self, time_s: FloatArray) -> dict[str, FloatArray]:
        """What each factor adds to the time of every cell; with the flat, fresh time they add up to ``time_s``.

        With t = t0 f1 f2 ... fn, factor i gets (t - t0) ln f_i / ln(f1 ... fn): the logarithmic-mean split. It has no
        remainder, does not depend on an order of the factors, and is zero for a factor of 1.
        """
        ground = self.ground
        factors = {
            "grade": ground.grade_factor,
            "surface": ground.surface_factor,
            "altitude": ground.altitude_factor,
            "heat": self.heat_factor,
            "night": self.night_factor,
            "fade": self.fade_factor,
        }
        logs = {name: np.log(factor) for name, factor in factors.items()}
        together = np.sum(list(logs.values()), axis=0)
        neutral = np.abs(together) < 1e-9
        per_log = np.where(neutral, 1.0, -np.expm1(-together) / np.where(neutral, 1.0, together)) * time_s
        return {name: per_log * log for name, log in logs.items()}

    def factor_minutes(self, time_s: FloatArray, edges_m: FloatArray) -> tuple[FactorMinutes, ...]:
        """Factor costs of each stretch between neighbouring distances, for times of every cell."""
        cell_edges_m = self.ground.cell_m * np.arange(len(time_s) + 1)
        columns = {
            f"{name}_s": np.diff(np.interp(edges_m, cell_edges_m, np.concatenate(([0.0], np.cumsum(cost)))))
            for name, cost in self.factor_costs_s(time_s).items()
        }
        return tuple(
            FactorMinutes(**{name: float(values[k]) for name, values in columns.items()})
            for k in range(len(edges_m) - 1)
        )

    def _equivalent_metres(self) -> FloatArray:
        """Length of every cell in flat, firm, low, cool, light and fresh metres."""
        ground = self.ground
        factors = ground.grade_factor * ground.surface_factor * ground.altitude_factor
        return ground.cell_m * factors * self.heat_factor * self.night_factor * self.fade_factor

    def _level_times_s(self) -> FloatArray:
        return self.fresh_pace_s_per_m * self._equivalent_metres()


def assess_ground(course: Course, athlete: Athlete) -> RunGround:
    """Factors of every cell that hold at any hour: slope, surface, altitude."""
    runner = athlete.runner
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    return RunGround(
        cell_m=course.cell_m,
        grade=course.grade,
        grade_factor=personal_pace_factor(course.grade, runner.uphill_effort, runner.downhill_skill),
        surface_factor=RUN_FACTOR[course.surface],
        altitude_factor=altitude_pace_factor(middle_m, athlete.home_elevation_m, athlete.altitude_days),
        technical=TECHNICAL[course.surface],
        body_kg=athlete.mass_kg,
        carried_kg=runner.pack_kg,
    )


def build_run_demand(
    course: Course,
    athlete: Athlete,
    *,
    finish_s: float,
    stops_s: float = 0.0,
    fade: Fade = None,
    heat_factor: FloatArray | None = None,
    darkness: FloatArray | None = None,
    best_s: float | None = None,
    ground: RunGround | None = None,
) -> RunDemand:
    """Demand of a course on a runner who wants to finish in ``finish_s``, stops included.

    ``heat_factor`` (pace, 1 in the cool) and ``darkness`` (0 .. 1) hold one value per cell at the hour it is reached;
    None is a cool, bright day. The heat's mean counts in full, its place on the course by ``HEAT_OF_THE_HOUR``.
    ``best_s`` is the predicted best finish time, stops included, when it is known; ``ground`` saves assessing it again.
    """
    ground = ground or assess_ground(course, athlete)
    reference_s = finish_s if best_s is None else best_s
    if not stops_s < min(finish_s, reference_s):
        raise GoalError(
            f"stops of {stops_s / 60:.0f} min leave no time to run in {min(finish_s, reference_s) / 60:.0f} min: "
            "shorten the stops or give a later goal"
        )
    flat_m = ground.flat_cells_m
    done_m = np.cumsum(flat_m)
    size = _slow_down_size(course, athlete, float(done_m[-1]), finish_s, fade)
    progress = slow_down_progress((done_m - 0.5 * flat_m) / done_m[-1], finish_s)
    faded = slow_down_factor(progress, size) / (1.0 - 0.5 * size)
    if fade is None and athlete.runner.fade_fraction is None:
        faded = faded * late_descent_factor(ground.grade, progress, athlete.runner.downhill_skill)
    heat, night = _condition_factors(ground, heat_factor, darkness)
    demand = RunDemand(
        ground=ground,
        heat_factor=heat,
        night_factor=night,
        fade_factor=faded,
        moving_s=reference_s - stops_s,
        fresh_pace_s_per_m=1.0,
        slow_down_size=size,
        best_level=None if best_s is None else 1.0,
    )
    return replace(demand, fresh_pace_s_per_m=demand.moving_s / float(demand._equivalent_metres().sum()))


def running_energy(ground: RunGround, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Metabolic power of the whole body and the part of it that lifts, in every cell [W].

    The cheaper gait is assumed; soft ground costs energy as it costs pace; the pack is moved but does not stand.
    """
    along_m = ground.cell_m * np.sqrt(1.0 + ground.grade**2)
    speed = along_m / time_s
    moved_kg = ground.body_kg + ground.carried_kg
    above_standing = (locomotion_power(speed, ground.grade) - STANDING_W_PER_KG) * ground.surface_factor
    climb_m_per_s = np.maximum(0.0, ground.grade) * ground.cell_m / time_s
    metabolic_w = STANDING_W_PER_KG * ground.body_kg + moved_kg * above_standing
    return metabolic_w, moved_kg * GRAVITY_M_PER_S2 * climb_m_per_s


def _slow_down_size(course: Course, athlete: Athlete, flat_distance_m: float, finish_s: float, fade: Fade) -> float:
    if fade == "none":
        return 0.0
    own = athlete.runner.fade_fraction if fade is None else fade
    if own is not None:
        return float(size_from_fade(own))
    womanhood = {"female": 1.0, "male": -1.0}.get(athlete.sex, 0.0)
    multiplier = athlete.runner.slow_down
    return float(slow_down_size(flat_distance_m, finish_s, multiplier, course.time_limit_s, womanhood))


def _condition_factors(
    ground: RunGround, heat_factor: FloatArray | None, darkness: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    even = np.ones(len(ground.grade))
    heat = even if heat_factor is None else _spread_heat(ground, heat_factor)
    night = even if darkness is None else night_pace_factor(darkness, ground.technical)
    return heat, night


def _spread_heat(ground: RunGround, heat_factor: FloatArray) -> FloatArray:
    """The hour's heat, most of it spread over the course without changing its mean over flat-equivalent metres."""
    flat_m = ground.flat_cells_m
    # not "@": BLAS would wake its threads for a dot product, which costs milliseconds on a busy machine
    mean = float((flat_m * heat_factor).sum() / flat_m.sum())
    return mean + HEAT_OF_THE_HOUR * (heat_factor - mean)
