"""What each cutoff demands, and the easiest day that still makes them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import FilePath, RaceChoices
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import Deadline, resolve_deadlines
from pacecalc.planning.demands import choose_demand
from pacecalc.planning.feasibility import Shortfall, find_shortfall
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.odds import award_limits, weigh_odds
from pacecalc.planning.pacing import EARLY_EFFORT_ALLOWANCE, PacedRace, pace_race
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.records import Applies, Assumption, GroundStretch, Measured, RiskSummary, Sport
from pacecalc.planning.stops import default_stops_s, override_stops
from pacecalc.record import record


@record(kw_only=True)
class CutoffDemand:
    """One cutoff: when one must be there, and how fast that is."""

    name: str
    distance_m: float
    cutoff_s: float
    cutoff_clock: datetime
    applies: Applies
    measured: Measured
    stop_s: float
    latest_s: float
    """Latest legal arrival by the athlete's own clock, the stop taken off where the cutoff is on leaving."""
    latest_clock: datetime
    from_start_s_per_km: float
    """Moving pace from the start that arrives just then, planned stops taken off."""
    from_last_s_per_km: float | None
    """The same from the cutoff before, left at its own latest; None for awards and where that is already too late."""
    effort: float
    """Even effort from the start that arrives just then; 1 is the even plan to the finish."""
    stretch_effort: float | None
    """The same from the cutoff before."""
    slowest_arrive_s: float
    """Arrival of the slowest legal plan."""
    slowest_margin_s: float
    binds: bool
    """Whether the slowest legal plan is bent by this cutoff."""
    award: bool = False
    """A buckle or medal: earned or not, it stops nobody."""


@record(kw_only=True)
class TightStretch:
    """The way between two neighbouring cutoffs that asks for the most effort."""

    start: str
    end: str
    effort: float


@record(kw_only=True)
class CutoffReport:
    """Every cutoff of a course for one athlete and day, and the slowest legal plan."""

    course_id: str
    course_ref: str = ""
    """As it was named: an id or a path; empty for a course made in Python."""
    course_name: str
    sport: Sport
    distance_m: float
    gun_clock: datetime
    start_clock: datetime
    start_delay_s: float
    margin_s: float
    ground: tuple[GroundStretch, ...]
    """Ground of the day, where somebody said so."""
    demands: tuple[CutoffDemand, ...]
    tightest: TightStretch
    slowest_finish_s: float
    slowest_stopped_s: float
    slowest_first_effort: float
    """Effort the slowest legal plan starts with, over its own even effort."""
    shortfall: Shortfall | None
    """What fails at the athlete's best sustainable effort; None when a legal plan exists or fitness is unknown."""
    fitness_known: bool
    best_effort: float | None
    """Mean effort of the slowest legal plan over the best held to the finish; None when fitness is unknown."""
    risk: RiskSummary
    assumptions: tuple[Assumption, ...]
    estimates: tuple[str, ...]

    @property
    def legal(self) -> bool:
        return all(d.slowest_margin_s >= -0.5 for d in self.demands if not d.award)


def report_cutoffs(course: Course | FilePath, choices: RaceChoices | None = None) -> CutoffReport:
    """What the cutoffs of a course demand of an athlete.

    Parameters
    ----------
    course : Course, str or path
        A course, the name of a bundled one, or a profile or track file.
    choices : RaceChoices, optional
        Whatever ``plan_race`` takes; a goal is not needed and not used.

    Raises
    ------
    UsageError
        When the course has no cutoffs.
    """
    loaded = course if isinstance(course, Course) else load_course(str(course), sport=(choices or {}).get("sport"))
    if not any(w.cutoff is not None for w in loaded.waypoints[1:]):
        raise UsageError(f"{loaded.id} has no cutoffs; add them to its waypoints (cutoff: {{elapsed: 6:00}})")
    wanted = RaceChoices(**{**(choices or {}), "goal": None, "target_probability": None})
    inputs = resolve_race(loaded, wanted, goal_if_none_s=_guess_limit(loaded))
    deadlines = resolve_deadlines(loaded, inputs.conditions)
    inputs = replace(inputs, goal_s=find_slowest_goal(inputs, deadlines))
    paced = pace_slowest(inputs, deadlines)
    demands = _describe(paced, inputs)
    shortfall = find_shortfall(paced, inputs.conditions.start_delay_s)
    best = paced.demand.best_level
    odds = weigh_odds(paced, inputs.athlete, inputs.conditions, runs=inputs.runs, seed=inputs.seed)
    return CutoffReport(
        course_id=loaded.id,
        course_ref="" if isinstance(course, Course) else str(course),
        course_name=loaded.name,
        sport=loaded.sport,
        distance_m=loaded.distance_m,
        gun_clock=inputs.conditions.gun_clock,
        start_clock=inputs.conditions.start_clock,
        start_delay_s=inputs.conditions.start_delay_s,
        margin_s=inputs.margin_s,
        ground=inputs.course.ground,
        demands=(*demands, *_describe_awards(paced, inputs)),
        tightest=_find_tightest(demands, loaded.waypoints[0].name),
        slowest_finish_s=paced.finish_s,
        slowest_stopped_s=float(paced.stops_s.sum()),
        slowest_first_effort=paced.blocks[0].level / paced.even_level,
        shortfall=shortfall,
        fitness_known=best is not None,
        best_effort=None if best is None else paced.even_level / best,
        risk=odds.summary(),
        assumptions=(*inputs.assumed, *inputs.athlete.assumed, *inputs.conditions.assumed),
        estimates=loaded.estimates,
    )


def _guess_limit(course: Course) -> float:
    """About the time the last cutoff leaves for the whole course; only until the day is known [s]."""
    cutoff, at_m = [(w.cutoff, w.distance_m) for w in course.waypoints if w.cutoff is not None][-1]
    return max(cutoff.limit_s(course.start_clock), 60.0) * course.distance_m / max(at_m, 1.0)


def find_slowest_goal(inputs: RaceInputs, deadlines: list[Deadline | None]) -> float:
    """Latest finish that keeps the margin; the last cutoff's own pace, held to the finish, where that has none [s]."""
    last, deadline = [(i, d) for i, d in enumerate(deadlines) if d is not None][-1]
    margin_s = inputs.waypoint_margins_s.get(last, inputs.margin_s)
    latest_s = deadline.latest_arrival_s(0.0) - margin_s
    goal_s = latest_s * inputs.course.distance_m / inputs.course.waypoints[last].distance_m
    if goal_s <= 0.0:
        raise UsageError(
            f"the cutoff at {inputs.course.waypoints[last].name} comes before you may start: check --start-delay, "
            "--wave and --margin"
        )
    return goal_s


def pace_slowest(inputs: RaceInputs, deadlines: list[Deadline | None]) -> PacedRace:
    """The slowest legal plan, or what comes nearest to it at the athlete's best sustainable effort."""
    course = inputs.course
    stops_s = override_stops(course, default_stops_s(course, inputs.goal_s), inputs.stops_s)

    def pace(level_limit: float) -> PacedRace:
        return pace_race(
            course,
            choose_demand(inputs, float(stops_s.sum())),
            goal_s=inputs.goal_s,
            stops_s=stops_s,
            deadlines=deadlines,
            margin_s=inputs.margin_s,
            waypoint_margins_s=inputs.waypoint_margins_s,
            level_limit=level_limit,
        )

    paced = pace(float("inf"))
    best = paced.demand.best_level
    if best is None:
        return paced
    # Harder than the best is for a while only; the best itself is what can be held to the finish.
    limit = best if paced.even_level > best else EARLY_EFFORT_ALLOWANCE * best
    return paced if paced.blocks[0].level <= limit else pace(limit)


def _describe(paced: PacedRace, inputs: RaceInputs) -> tuple[CutoffDemand, ...]:
    course, conditions = paced.course, inputs.conditions
    stopped_before_s = np.concatenate([[0.0], np.cumsum(paced.stops_s)])[:-1]
    # One level of the demand's table is enough to weigh stretches against each other: effort is relative.
    work_s = np.concatenate([[0.0], np.cumsum(paced.demand.cell_times_s(paced.even_level))])[paced.edges]
    rows: list[CutoffDemand] = []
    before = 0
    left_s = 0.0
    for index, deadline in enumerate(paced.deadlines):
        if index == 0 or deadline is None:
            continue
        stop_s = float(paced.stops_s[index])
        latest_s = deadline.latest_arrival_s(stop_s)
        arrive_s = float(paced.arrive_s[index])
        moving_s = max(latest_s - float(stopped_before_s[index]), 1.0)
        distance_m = course.waypoints[index].distance_m
        stretch_s = latest_s - left_s - float(paced.stops_s[before + 1 : index].sum())
        stretch_m = distance_m - course.waypoints[before].distance_m
        possible = stretch_s > 1.0 and stretch_m > 0.0
        rows.append(
            CutoffDemand(
                name=course.waypoints[index].name,
                distance_m=distance_m,
                cutoff_s=deadline.at_s,
                cutoff_clock=deadline.clock,
                applies=deadline.applies,
                measured=deadline.measured,
                stop_s=stop_s,
                latest_s=latest_s,
                latest_clock=conditions.clock(latest_s),
                from_start_s_per_km=1000.0 * moving_s / distance_m,
                from_last_s_per_km=1000.0 * stretch_s / stretch_m if possible else None,
                effort=_find_effort(paced, 0, index, moving_s, work_s),
                stretch_effort=_find_effort(paced, before, index, stretch_s, work_s) if possible else None,
                slowest_arrive_s=arrive_s,
                slowest_margin_s=latest_s - arrive_s,
                binds=index in paced.binding,
            )
        )
        before, left_s = index, max(latest_s + stop_s, left_s)
    return tuple(rows)


def _find_effort(paced: PacedRace, first: int, last: int, moving_s: float, work_s: FloatArray) -> float:
    """Level of the way between two waypoints in a moving time, over the even level of the whole."""
    cells = slice(int(paced.edges[first]), int(paced.edges[last]))
    even_s = float(work_s[last] - work_s[first])
    if paced.pace.power_w is None:
        return even_s / moving_s
    # Riders: time falls more slowly than effort rises, so the level is found, not divided.
    level = paced.even_level * even_s / moving_s
    for _ in range(4):
        here_s = float(paced.demand.cell_times_s(level)[cells].sum())
        level *= (here_s / moving_s) ** 1.6
    return level / paced.even_level


def _describe_awards(paced: PacedRace, inputs: RaceInputs) -> tuple[CutoffDemand, ...]:
    conditions, finish = inputs.conditions, len(paced.edges) - 1
    work_s = np.concatenate([[0.0], np.cumsum(paced.demand.cell_times_s(paced.even_level))])[paced.edges]
    stopped_s = float(paced.stops_s.sum())
    rows = []
    for (name, limit_s), award in zip(award_limits(paced.course, conditions), paced.course.awards, strict=True):
        moving_s = max(limit_s - stopped_s, 1.0)
        rows.append(
            CutoffDemand(
                name=name,
                distance_m=paced.course.distance_m,
                cutoff_s=limit_s,
                cutoff_clock=conditions.clock(limit_s),
                applies="arrival",
                measured=award.measured,
                stop_s=0.0,
                latest_s=limit_s,
                latest_clock=conditions.clock(limit_s),
                from_start_s_per_km=1000.0 * moving_s / paced.course.distance_m,
                from_last_s_per_km=None,
                effort=_find_effort(paced, 0, finish, moving_s, work_s),
                stretch_effort=None,
                slowest_arrive_s=paced.finish_s,
                slowest_margin_s=limit_s - paced.finish_s,
                binds=False,
                award=True,
            )
        )
    return tuple(rows)


def _find_tightest(demands: tuple[CutoffDemand, ...], start: str) -> TightStretch:
    places = [start, *(d.name for d in demands)]
    # Where two places close at once, nobody may leave the first at its last minute: that stretch has no pace.
    efforts = [0.0 if d.stretch_effort is None else d.stretch_effort for d in demands]
    at = int(np.argmax(efforts))
    return TightStretch(start=places[at], end=places[at + 1], effort=efforts[at])
