"""``plan_race``: what people give, in their own units, to one RacePlan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pacecalc.errors import GoalError, UsageError
from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.choices import FilePath, RaceChoices, Written
from pacecalc.planning.compose import compose_plan
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import DEFAULT_MARGIN_S
from pacecalc.planning.demands import read_fade
from pacecalc.planning.goal import check_goal, predict_finish
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.larder import Larder, stock_larder
from pacecalc.planning.margins import read_margins
from pacecalc.planning.race_parts import read_quantity, resolve_parts
from pacecalc.planning.records import RacePlan, Sport

PACINGS = ("optimal", "steady")


def plan_race(
    course: Course | FilePath,
    *,
    goal: Written = None,
    athlete: Athlete | FilePath | None = None,
    day: FilePath | None = None,
    pantry: FilePath | None = None,
    mass: Written = None,
    threshold_power: Written = None,
    results: Sequence[str | RaceResult] | None = None,
    index: float | str | None = None,
    date: dt.date | str | None = None,
    low: Written = None,
    high: Written = None,
    humidity: Written = None,
    wind: Written = None,
    wind_from: Written = None,
    cloud: Written = None,
    forecast: FilePath | None = None,
    start_delay: Written = None,
    wave: str | None = None,
    congestion: Written = None,
    ground: str | Sequence[str] | None = None,
    margin: Written = None,
    margins: Mapping[str, Written] | None = None,
    target_probability: Written = None,
    stops: Mapping[str, Written] | None = None,
    fade: str = "auto",
    pacing: str = "optimal",
    ignore_cutoffs: bool = False,
    assume_water_only: bool = False,
    seed: int = 1,
    sport: Sport | None = None,
) -> RacePlan:
    """Plan a race.

    Parameters
    ----------
    course : Course, str or path
        A course, the name of a bundled one, or a profile or track file.
    goal : quantity or str, optional
        Finish time, ``"11:45"`` [time]. Without it: the race day's goal, else what the athlete's results or threshold
        power predict.
    athlete : Athlete or path, optional
        The athlete, or their file.
    day : path, optional
        Race-day file; every argument below overrides it.
    pantry : path, optional
        Pantry file; the bundled pantry without it.
    mass : quantity or str, optional
        Body mass [mass].
    threshold_power : quantity or str, optional
        Threshold power for rides [power].
    results : sequence of str, optional
        Past races, ``"marathon 3:05 2026-04-12"``, beside those of the athlete's file.
    index : float, optional
        UTMB index [1].
    date : date or str, optional
        Race date; the profile's own edition without it.
    low, high : quantity or str, optional
        Low and high of the day at the start [temperature].
    humidity, cloud : quantity or str, optional
        Relative humidity and cloud cover, ``"35 %"`` [1].
    wind : quantity or str, optional
        Wind speed 10 m above ground [speed].
    wind_from : quantity or str, optional
        Where the wind comes from [angle].
    forecast : path, optional
        Hourly forecast, CSV or JSON.
    start_delay : quantity or str, optional
        From the gun to the athlete's own crossing of the start line [time].
    wave : str, optional
        Start wave of the profile, which sets the start delay.
    congestion : quantity or str, optional
        Time a rider loses in the crowd on the first climb; without it what the profile knows, in proportion to the
        start delay [time].
    ground : str or sequence of str, optional
        Snow, mud and the like of the day: ``"snow 3.6 mi to 10.3 mi"``, distances or places of the course.
    margin : quantity or str, optional
        Time in hand at every cutoff before the finish; or a share of days on which each is to be met, ``"95%"`` [time].
    margins : mapping, optional
        Name of a waypoint to the time in hand, or the share of days, wanted there [time].
    target_probability : float or str, optional
        Instead of a goal: the gentlest plan with these odds to finish inside every cutoff [1].
    stops : mapping, optional
        Name of a waypoint to the stop planned there [time].
    fade : str
        ``"auto"``, ``"none"`` or a percentage.
    pacing : str
        ``"optimal"`` or ``"steady"`` power for rides.
    ignore_cutoffs : bool
        Allow a goal later than the finish cutoff.
    assume_water_only : bool
        Count on nothing but water where a station's stock is unknown.
    seed : int
        Seed of the simulated days behind the odds.
    sport : {"run", "mtb", "ride"}, optional
        Of a track file that does not say it; courses and profiles know theirs.

    Returns
    -------
    RacePlan

    Raises
    ------
    PacecalcError
        With one clear line per problem: unknown course, unreadable file, a quantity without a unit, a goal nobody can
        reach or later than the cutoff, no intake inside the safety bounds.

    Examples
    --------
    >>> plan = plan_race("leadville-trail-100-mtb", goal="11:45", mass="62 kg")
    >>> round(plan.finish_s), plan.legal
    (42300, True)
    """
    return compose_plan(
        resolve_race(
            course,
            RaceChoices(
                goal=goal,
                athlete=athlete,
                day=day,
                pantry=pantry,
                mass=mass,
                threshold_power=threshold_power,
                results=results,
                index=index,
                date=date,
                low=low,
                high=high,
                humidity=humidity,
                wind=wind,
                wind_from=wind_from,
                cloud=cloud,
                forecast=forecast,
                start_delay=start_delay,
                wave=wave,
                congestion=congestion,
                ground=ground,
                margin=margin,
                margins=margins,
                target_probability=target_probability,
                stops=stops,
                fade=fade,
                pacing=pacing,
                ignore_cutoffs=ignore_cutoffs,
                assume_water_only=assume_water_only,
                seed=seed,
                sport=sport,
            ),
        )
    )


def resolve_race(
    course: Course | FilePath,
    choices: RaceChoices,
    *,
    goal_if_none_s: float | None = None,
    pacing_only: bool = False,
) -> RaceInputs:
    """Everything a plan is made of, in SI, from what was written.

    ``goal_if_none_s`` stands in where neither a goal is given nor one can be predicted; without it that is an error.
    With ``pacing_only`` nothing is predicted that only a warning is made of: what a rider with a goal could do.
    """
    pacing, fade = choices.get("pacing", "optimal"), choices.get("fade", "auto")
    if pacing not in PACINGS:
        raise UsageError(f'pacing "{pacing}" is unknown; write {" or ".join(PACINGS)}')
    read_fade(fade)
    if choices.get("seed", 1) < 0:
        raise UsageError(f"seed {choices['seed']}: expected a whole number from 0 on")
    loaded, who, conditions, race_day = resolve_parts(course, choices)
    pantry = choices.get("pantry")
    larder: Larder = stock_larder(pantry, who)
    goal_s = read_quantity(choices.get("goal"), "s", "goal", minimum=60.0, two_part="h:mm")
    wanted = _read_share(choices.get("target_probability"), "target probability")
    if wanted is not None:
        if goal_s is not None:
            raise UsageError("give a goal or a target probability, not both: the probability chooses the goal")
        goal_s = loaded.distance_m  # one metre a second, until the probability has chosen
    if goal_s is None and race_day is not None:
        goal_s = race_day.goal
    stops_s = _read_by_place(choices.get("stops"), "stop at")
    if race_day is not None:
        stops_s = {**race_day.stops, **stops_s}
    known = pacing_only and goal_s is not None and loaded.sport != "run"
    prediction = None if known else predict_finish(loaded, who, conditions)
    if goal_s is None:
        goal_s = goal_if_none_s if prediction is None else prediction.time_s
    if goal_s is None:
        raise GoalError(_no_goal(loaded))
    check_goal(loaded, who, conditions, goal_s)
    margins = read_margins(loaded, choices)
    margin_s = margins.everywhere_s
    if margin_s is None:
        margin_s = race_day.margin if race_day is not None and race_day.margin is not None else DEFAULT_MARGIN_S
    inputs = RaceInputs(
        course=loaded,
        athlete=who,
        conditions=conditions,
        larder=larder,
        goal_s=goal_s,
        margin_s=margin_s,
        waypoint_margins_s=margins.places_s,
        fade=fade,
        pacing=pacing,
        best_s=None if prediction is None else prediction.time_s,
        stops_s=stops_s,
        ignore_cutoffs=choices.get("ignore_cutoffs", False),
        assume_water_only=choices.get("assume_water_only", False),
        seed=choices.get("seed", 1),
        course_ref="" if isinstance(course, Course) else str(course),
        pantry_ref="" if pantry is None else str(pantry),
    )
    if wanted is not None:
        from pacecalc.planning.target import aim_for

        inputs = aim_for(inputs, wanted)
    if margins.probabilities:
        from pacecalc.planning.target import find_probable_margins

        found_s = find_probable_margins(inputs, margins.probabilities)
        inputs = replace(inputs, waypoint_margins_s={**inputs.waypoint_margins_s, **found_s})
    return inputs


def _read_by_place(written: Mapping[str, Written] | None, what: str) -> dict[str, float]:
    return {
        name: read_quantity(value, "s", f"{what} {name}", minimum=0.0) or 0.0 for name, value in (written or {}).items()
    }


def _read_share(value: Written, name: str) -> float | None:
    """A share as a number, ``0.9`` or ``90%``; texts of bare numbers count, for a share has no unit."""
    if isinstance(value, str) and value.strip().replace(".", "", 1).isdigit():
        value = float(value)
    return read_quantity(value, "1", name)


def _no_goal(course: Course) -> str:
    if course.sport == "run":
        give = 'a result (--result "10km 40:00", or run: results in the athlete file)'
    else:
        give = "your threshold power (--ftp 210W, or ride: threshold_power in the athlete file)"
    return f"no goal: give --goal h:mm, or {give} so that one can be predicted"
