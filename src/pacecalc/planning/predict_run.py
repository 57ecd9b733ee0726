"""A finish time for a runner from what they have run before, with its band and where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import USUAL_PACK_KG, Athlete, RaceResult, Runner
from pacecalc.planning.course import Course
from pacecalc.planning.finish_records import Estimate, FlatWorth
from pacecalc.planning.run_demand import RunDemand, RunGround, assess_ground, build_run_demand
from pacecalc.record import record
from pacecalc.science.endurance import endurance_time, fit_endurance
from pacecalc.science.gait import pack_factor
from pacecalc.science.gradient import personal_pace_factor
from pacecalc.science.limits import fastest_possible_s
from pacecalc.science.performance import (
    MARATHON_M,
    combine_times,
    ultra_time,
    vickers_marathon_time,
    vickers_two_race_marathon_time,
)
from pacecalc.science.trail_index import index_time

DayFactors = Callable[[FloatArray], tuple[FloatArray | None, FloatArray | None]]
"""Heat factor and darkness of every cell for the elapsed times [s] at which cells are reached."""

ULTRA_SHIFT = {"first": 0.05, "some": 0.0, "veteran": -0.02}
"""Added to the exponents beyond the marathon, by experience [1]; a choice (elite 1.12, first-timers 1.20 to 100 km)."""
SHORT_SPREAD = 0.06
"""Sd of ln(time) predicted up to 50 flat km from other races (Vickers and Vertosick 2016: 6 to 8.5 %) [1]; measured."""
ULTRA_SPREAD = 0.085
"""The same beyond (8,041 trail results: 8.2 to 8.8 % in most duration bands) [1]; measured."""
FIRST_ULTRA_SPREAD = 0.12
"""The same for a first ultra [1]; a choice."""
FREE_INDEX_SPREAD = 0.12
"""Sd of an index used without a finisher's score of this course [1]; a choice."""
ULTRA_FROM_M = 50_000.0
EMIG_LIMIT_S = 4.0 * 3600.0
EMIG_RATIO_MIN = 1.5
"""Two races say something about endurance when their distances differ by this much [1]; a choice."""
MARATHON_RANGE_M = (40_000.0, 44_500.0)
TOP_SCORE = 1000.0
BAND_SIGMA = 1.2816
"""Eight of ten finish inside the band."""
GENERIC_GRADE_SHARES = np.array([0.3, 0.4, 0.3])
GENERIC_GRADE_SPREAD = np.array([0.4, 1.0, 1.6])
"""A race known only by its climb: its distance over grades around their mean; a choice, used on the open splits too."""
_PASSES = 4
_SETTLED = 5e-4
"""Of a time: under a minute in a day."""


@record(kw_only=True)
class Prediction:
    """Finish time, stops included, with the band eight of ten finish in."""

    time_s: float
    low_s: float
    high_s: float
    spread_fraction: float
    method: str
    estimates: tuple[Estimate, ...]
    notes: tuple[str, ...]


def predict_run(
    course: Course,
    athlete: Athlete,
    *,
    day: DayFactors | None = None,
    course_constant_s: float | None = None,
    weekly_distance_m: float | None = None,
) -> Prediction:
    """Finish time from the athlete's results and index.

    ``day`` gives heat and darkness by the hour; ``course_constant_s`` is time times score of any finisher of this
    course (for the index); ``weekly_distance_m`` is the training volume the marathon model wants.
    """
    for result in athlete.runner.results:
        _check_result(result)
    ground = assess_ground(course, athlete)
    estimates = _estimate_flat(ground, athlete, course.start_clock.date(), course_constant_s, weekly_distance_m)
    if not estimates:
        raise GoalError(
            'nothing to predict from: give a result such as --result "marathon 3:05", a UTMB index, or a --goal'
        )
    finished = [replace(e, time_s=_meet_the_day(course, athlete, ground, e, day)) for e in estimates]
    time_s, spread = combine_times(
        [e.time_s for e in finished],
        [e.spread_fraction for e in finished],
        [e.age_d for e in finished],
        [e.distance_ratio for e in finished],
    )
    if athlete.spread_fraction is not None:
        spread = athlete.spread_fraction
    return Prediction(
        time_s=time_s,
        low_s=time_s * float(np.exp(-BAND_SIGMA * spread)),
        high_s=time_s * float(np.exp(BAND_SIGMA * spread)),
        spread_fraction=spread,
        method=" + ".join(dict.fromkeys(e.method for e in finished)),
        estimates=tuple(finished),
        notes=_write_notes(ground, athlete, finished),
    )


def assess_flat_worth(course: Course, athlete: Athlete, finish_s: float, *, day: DayFactors | None = None) -> FlatWorth:
    """Flat marathon and 10 km of the fitness a finish time takes: ``predict_run`` by the power law, turned round."""
    ground = assess_ground(course, athlete)
    demand = build_run_demand(course, athlete, finish_s=finish_s, ground=ground, fade="none")
    if day is not None:
        for _ in range(_PASSES):
            heat, dark = _look_up(day, demand.cell_times_s(1.0))
            demand = demand.under(heat_factor=heat, darkness=dark)
    flat_time_s = finish_s / _mean_penalty(ground, demand)
    flat_m = ground.flat_distance_m
    shift = ULTRA_SHIFT[athlete.experience]
    return FlatWorth(
        finish_s=finish_s,
        flat_distance_m=flat_m,
        flat_time_s=flat_time_s,
        marathon_s=float(ultra_time(MARATHON_M, flat_m, flat_time_s, shift)),
        ten_km_s=float(ultra_time(10_000.0, flat_m, flat_time_s, shift)),
        spread_fraction=_expected_spread(athlete, flat_m),
    )


def flat_equivalent_m(distance_m: float, ascent_m: float, runner: Runner) -> float:
    """Flat-equivalent length of a race known by distance and climb, as much down as up, on a generic hill."""
    grades = 2.0 * ascent_m / distance_m * GENERIC_GRADE_SPREAD
    both_ways = personal_pace_factor(
        np.concatenate([grades, -grades]), runner.uphill_effort, runner.downhill_skill
    ).reshape(2, -1)
    return float(distance_m * (both_ways.mean(axis=0) @ GENERIC_GRADE_SHARES))


def _estimate_flat(
    ground: RunGround, athlete: Athlete, on: date, course_constant_s: float | None, weekly_distance_m: float | None
) -> list[Estimate]:
    """Times on this course in a cool, bright day at home altitude, by every method that applies."""
    runner = athlete.runner
    target_m = ground.flat_distance_m
    shift = ULTRA_SHIFT[athlete.experience]
    spread = _expected_spread(athlete, target_m)
    lengths_m = [flat_equivalent_m(r.distance_m, r.ascent_m, runner) for r in runner.results]
    ages_d = [0.0 if r.on is None else max(0.0, float((on - r.on).days)) for r in runner.results]
    estimates = [
        Estimate(
            method="power law",
            source=_name(result),
            time_s=float(ultra_time(target_m, length_m, result.time_s, shift)),
            spread_fraction=spread,
            age_d=age_d,
            distance_ratio=length_m / target_m,
        )
        for result, length_m, age_d in zip(runner.results, lengths_m, ages_d, strict=True)
    ]
    estimates += _estimate_endurance(runner.results, lengths_m, ages_d, target_m, shift, spread)
    if weekly_distance_m is not None and MARATHON_RANGE_M[0] <= target_m <= MARATHON_RANGE_M[1]:
        estimates += _estimate_recreational(runner.results, lengths_m, ages_d, target_m, weekly_distance_m)
    if runner.utmb_index is not None:
        estimates.append(_estimate_index(runner.utmb_index, target_m, course_constant_s, spread))
    return estimates


def _estimate_endurance(
    results: tuple[RaceResult, ...],
    lengths_m: list[float],
    ages_d: list[float],
    target_m: float,
    shift: float,
    spread: float,
) -> list[Estimate]:
    """Emig and Peltonen's two numbers from results up to 4 hours; past the marathon by the ultra exponents."""
    usable = [k for k, r in enumerate(results) if 360.0 < r.time_s <= EMIG_LIMIT_S]
    if len(usable) < 2:
        return []
    chosen_m = np.array([lengths_m[k] for k in usable])
    if chosen_m.max() / chosen_m.min() < EMIG_RATIO_MIN:
        return []
    aerobic_m_per_s, decay = fit_endurance(chosen_m, np.array([results[k].time_s for k in usable]))
    reach_m = min(target_m, MARATHON_M)
    reach_s = float(endurance_time(reach_m, aerobic_m_per_s, decay))
    return [
        Estimate(
            method="endurance fit",
            source=f"{len(usable)} results up to 4 h",
            time_s=float(ultra_time(target_m, reach_m, reach_s, shift)),
            spread_fraction=spread,
            age_d=float(np.mean([ages_d[k] for k in usable])),
            distance_ratio=float(chosen_m.max()) / target_m,
        )
    ]


def _estimate_recreational(
    results: tuple[RaceResult, ...],
    lengths_m: list[float],
    ages_d: list[float],
    target_m: float,
    weekly_distance_m: float,
) -> list[Estimate]:
    """Vickers and Vertosick's marathon models: two races where there are two, else one."""
    shorter = sorted((k for k in range(len(results)) if lengths_m[k] < 0.9 * MARATHON_M), key=lengths_m.__getitem__)
    pairs = [(a, b) for a, b in combinations(shorter, 2) if lengths_m[b] / lengths_m[a] >= EMIG_RATIO_MIN]
    if pairs:
        a, b = pairs[-1]
        marathon_s = vickers_two_race_marathon_time(
            lengths_m[a], results[a].time_s, lengths_m[b], results[b].time_s, weekly_distance_m
        )
        used = [a, b]
    elif shorter:
        marathon_s = vickers_marathon_time(lengths_m[shorter[-1]], results[shorter[-1]].time_s, weekly_distance_m)
        used = [shorter[-1]]
    else:
        return []
    return [
        Estimate(
            method="marathon model",
            source=" and ".join(_name(results[k]) for k in used),
            time_s=float(ultra_time(target_m, MARATHON_M, marathon_s)),
            spread_fraction=SHORT_SPREAD,
            age_d=float(np.mean([ages_d[k] for k in used])),
            distance_ratio=lengths_m[used[-1]] / target_m,
        )
    ]


def _estimate_index(index: float, target_m: float, course_constant_s: float | None, spread: float) -> Estimate:
    """The index ratio; without a finisher's score, 1000 points are the best the world has done over that length."""
    free = course_constant_s is None
    constant_s = TOP_SCORE * float(fastest_possible_s(target_m)) if course_constant_s is None else course_constant_s
    return Estimate(
        method="index",
        source=f"UTMB index {index:.0f}",
        time_s=float(index_time(constant_s, index)),
        spread_fraction=FREE_INDEX_SPREAD if free else spread,
        age_d=0.0,
        distance_ratio=1.0,
    )


def _meet_the_day(
    course: Course, athlete: Athlete, ground: RunGround, estimate: Estimate, day: DayFactors | None
) -> float:
    """Slow an estimate by altitude, heat and darkness, at the hours its own pace leads to."""
    time_s = estimate.time_s
    heat: FloatArray | None = None
    dark: FloatArray | None = None
    for _ in range(_PASSES if day is not None else 1):
        demand = build_run_demand(
            course, athlete, finish_s=time_s, heat_factor=heat, darkness=dark, ground=ground, fade="none"
        )
        if day is not None:
            heat, dark = _look_up(day, demand.cell_times_s(1.0))
            demand = demand.under(heat_factor=heat, darkness=dark)
        before_s, time_s = time_s, estimate.time_s * _mean_penalty(ground, demand)
        if abs(time_s / before_s - 1.0) < _SETTLED:
            break
    return time_s


def _look_up(day: DayFactors, cell_s: FloatArray) -> tuple[FloatArray | None, FloatArray | None]:
    """Heat and darkness in the middle of every cell."""
    return day(np.cumsum(cell_s) - 0.5 * cell_s)


def _mean_penalty(ground: RunGround, demand: RunDemand) -> float:
    """Mean of altitude, heat and night factors over the flat-equivalent metres, with a pack heavier than usual."""
    flat_m = ground.flat_cells_m
    load = float(pack_factor(ground.carried_kg, ground.body_kg) / pack_factor(USUAL_PACK_KG, ground.body_kg))
    by_place = ground.altitude_factor * demand.heat_factor * demand.night_factor
    return load * float((flat_m * by_place).sum() / flat_m.sum())


def _expected_spread(athlete: Athlete, target_m: float) -> float:
    if target_m < ULTRA_FROM_M:
        return SHORT_SPREAD
    return FIRST_ULTRA_SPREAD if athlete.experience == "first" else ULTRA_SPREAD


def _write_notes(ground: RunGround, athlete: Athlete, estimates: list[Estimate]) -> tuple[str, ...]:
    notes = [f"this course counts as {ground.flat_distance_m / 1000.0:.1f} km on the flat"]
    results = athlete.runner.results
    undated = sum(r.on is None for r in results)
    if undated:
        which = "the result has" if len(results) == 1 else f"{undated} of {len(results)} results have"
        notes.append(f"{which} no date: taken as recent")
    farthest = max(e.distance_ratio for e in estimates)
    if farthest < 0.5:
        notes.append(f"the longest race behind this is {100.0 * farthest:.0f} % of this one: expect less precision")
    return tuple(notes)


def _check_result(result: RaceResult) -> None:
    for what, value in (("distance", result.distance_m), ("time", result.time_s)):
        if not (np.isfinite(value) and value > 0.0):
            raise GoalError(f"a result with a {what} of {value}: give a positive {what}, such as 10km in 40:00")
    if result.time_s < 0.97 * float(fastest_possible_s(result.distance_m)):
        raise GoalError(
            f"a result of {_name(result)} beats the world record: check its distance and time (h:mm:ss or mm:ss)"
        )


def _name(result: RaceResult) -> str:
    minutes, seconds = divmod(round(result.time_s), 60)
    hours, minutes = divmod(minutes, 60)
    climb = f" with {result.ascent_m:.0f} m of climbing" if result.ascent_m else ""
    return f"{round(result.distance_m / 1000.0, 1):g} km in {hours}:{minutes:02d}:{seconds:02d}{climb}"
