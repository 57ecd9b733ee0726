"""``plan_field``: one course and day, many athletes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Unpack

from pacecalc.errors import PacecalcError
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import FilePath, RaceChoices
from pacecalc.planning.codec import settle
from pacecalc.planning.compose import compose_plan, describe_waypoints, pace_inputs
from pacecalc.planning.course import Course
from pacecalc.planning.field_table import Entrant, list_entrants, read_entrants
from pacecalc.planning.odds import weigh_odds
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.records import PlannedWaypoint, RacePlan, RiskSummary, Sport
from pacecalc.planning.workers import run_on_cores
from pacecalc.record import record


@record(kw_only=True)
class PacedAthlete:
    """Clock and odds of one athlete, without what to eat and drink."""

    goal_s: float
    finish_s: float
    moving_s: float
    stopped_s: float
    waypoints: tuple[PlannedWaypoint, ...]
    risk: RiskSummary

    @property
    def legal(self) -> bool:
        """Whether every cutoff is met."""
        return all(w.margin_s is None or w.margin_s >= 0.0 for w in self.waypoints)


@record(kw_only=True)
class FieldResult:
    """What became of one athlete of a group."""

    name: str
    line: int | None = None
    """Of the table."""
    plan: RacePlan | None = None
    """With intake."""
    paced: PacedAthlete | None = None
    """Without intake."""
    problem: str = ""
    """Why there is no plan, one line a problem; empty when there is one."""


def plan_field(
    course: Course | FilePath,
    athletes: FilePath | Sequence[Mapping[str, str]],
    *,
    intake: bool = True,
    jobs: int = 1,
    on_done: Callable[[int, int], None] | None = None,
    **common: Unpack[RaceChoices],
) -> list[FieldResult]:
    """Plan a race for many athletes.

    Parameters
    ----------
    course : Course, str or path
        As in ``plan_race``.
    athletes : path or sequence of mappings
        A CSV table with a header, or one mapping of column to text for each athlete: ``name`` and anything a plan can
        be told, such as ``goal``, ``mass``, ``ftp``, ``sex``, ``results``, ``wave``, ``athlete`` (a file).
    intake : bool
        Without it only pacing and odds are worked out, which is several times faster.
    jobs : int
        Processes; 0 for all cores.
    on_done : callable, optional
        Told after each athlete how many are done, and of how many.
    **common
        What holds for all, by the names of ``plan_race``; a row goes before it.

    Returns
    -------
    list of FieldResult
        In the order given, rows that could not be read last; ``problem`` says why an athlete has no plan.

    Raises
    ------
    PacecalcError
        When course or table cannot be used at all.

    Examples
    --------
    >>> group = [{"name": "Ann", "goal": "3:30"}, {"name": "Bob", "goal": "4:10"}, {"name": "Cid", "goal": "tomorrow"}]
    >>> [r.paced.legal if r.paced else "no plan" for r in plan_field("new-york-city-marathon", group, intake=False)]
    [True, True, 'no plan']
    """
    if isinstance(athletes, str | os.PathLike):
        entrants, unread = read_entrants(Path(athletes))
    else:
        entrants, unread = list_entrants(athletes), ()
    found = plan_entrants(course, entrants, intake=intake, jobs=jobs, common=common, on_done=on_done)
    return found + [FieldResult(name="", line=problem.line, problem=str(problem)) for problem in unread]


def plan_entrants(
    course: Course | FilePath,
    entrants: Sequence[Entrant],
    *,
    intake: bool,
    jobs: int,
    common: RaceChoices,
    on_done: Callable[[int, int], None] | None = None,
) -> list[FieldResult]:
    """Like ``plan_field``, of athletes already read."""
    loaded = course if isinstance(course, Course) else load_course(os.fspath(course), sport=common.get("sport"))
    task = partial(plan_entrant, _shared(course, loaded, jobs), intake=intake, common=common)
    found: list[FieldResult | None] = [None] * len(entrants)
    for done, (index, result) in enumerate(run_on_cores(task, entrants, jobs), 1):
        if isinstance(result, PacecalcError):
            entrant = entrants[index]
            result = FieldResult(name=entrant.name, line=entrant.line, problem=entrant.place(str(result)))
        if isinstance(result, Exception):
            raise result
        found[index] = result
        if on_done is not None:
            on_done(done, len(entrants))
    return [result for result in found if result is not None]


def _shared(course: Course | FilePath, loaded: Course, jobs: int) -> Course | FilePath:
    """The course as the task gets it: other processes read a named one themselves, once, instead of being sent it."""
    return loaded if jobs == 1 or isinstance(course, Course) else os.fspath(course)


@lru_cache(maxsize=2)
def _load_once(course: str, sport: Sport | None) -> Course:
    return load_course(course, sport=sport)


def plan_entrant(
    course: Course | FilePath, entrant: Entrant, *, intake: bool = True, common: RaceChoices | None = None
) -> FieldResult:
    """The plan of one athlete of a group, or why there is none."""
    try:
        loaded = course if isinstance(course, Course) else _load_once(os.fspath(course), (common or {}).get("sport"))
        choices = entrant.choices(common or RaceChoices(), loaded.sport)
        made: dict[str, Any]
        if intake:
            made = {"plan": compose_plan(resolve_race(loaded, choices))}
        else:
            made = {"paced": pace_athlete(loaded, choices)}
    except PacecalcError as error:
        return FieldResult(name=entrant.name, line=entrant.line, problem=entrant.place(str(error)))
    return FieldResult(name=entrant.name, line=entrant.line, **made)


def pace_athlete(course: Course, choices: RaceChoices) -> PacedAthlete:
    """Clock and odds of one athlete."""
    inputs = resolve_race(course, choices, pacing_only=True)
    paced = pace_inputs(inputs)
    odds = weigh_odds(paced, inputs.athlete, inputs.conditions, runs=inputs.runs, seed=inputs.seed)
    made = PacedAthlete(
        goal_s=inputs.goal_s,
        finish_s=paced.finish_s,
        moving_s=float(paced.pace.time_s.sum()),
        stopped_s=float(paced.stops_s.sum()),
        waypoints=describe_waypoints(paced, inputs.conditions, odds),
        risk=odds.summary(),
    )
    settled: PacedAthlete = settle(made)
    return settled
