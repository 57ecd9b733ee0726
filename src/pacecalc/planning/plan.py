"""``plan_race``: what people give, in their own units, to one RacePlan."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pacecalc.errors import GoalError, UsageError
from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import FilePath, RaceChoices, Written
from pacecalc.planning.compose import compose_plan
from pacecalc.planning.conditions import Conditions, build_conditions
from pacecalc.planning.congestion import MOST_LOST_S
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import DEFAULT_MARGIN_S
from pacecalc.planning.demands import read_fade
from pacecalc.planning.goal import check_goal, predict_finish
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.larder import Larder, stock_larder
from pacecalc.planning.margins import read_margins
from pacecalc.planning.records import RacePlan, Sport
from pacecalc.planning.supplies import place_supplies
from pacecalc.planning.waves import find_wave
from pacecalc.units import to_si

if TYPE_CHECKING:
    from pacecalc.documents.race_day import RaceDay

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
    goal_s = _read(choices.get("goal"), "s", "goal", minimum=60.0, two_part="h:mm")
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


def resolve_parts(
    course: Course | FilePath, choices: RaceChoices
) -> tuple[Course, Athlete, Conditions, RaceDay | None]:
    """Course, athlete, conditions and race-day file, before anything is said about a goal."""
    race_day = _load_day(choices.get("day"))
    loaded = course if isinstance(course, Course) else load_course(_as_path(course), sport=choices.get("sport"))
    if race_day is not None:
        loaded = place_supplies(loaded, race_day.drop_bags, race_day.crew)
    return loaded, _resolve_athlete(loaded, choices), _resolve_conditions(loaded, race_day, choices), race_day


def _read_by_place(written: Mapping[str, Written] | None, what: str) -> dict[str, float]:
    return {name: _read(value, "s", f"{what} {name}", minimum=0.0) or 0.0 for name, value in (written or {}).items()}


def _read(
    value: Written,
    unit: str,
    name: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    two_part: Any = "h:mm",
) -> float | None:
    if value is None:
        return None
    return to_si(value, unit, name=name, minimum=minimum, maximum=maximum, two_part=two_part)


def _read_share(value: Written, name: str) -> float | None:
    """A share as a number, ``0.9`` or ``90%``; texts of bare numbers count, for a share has no unit."""
    if isinstance(value, str) and value.strip().replace(".", "", 1).isdigit():
        value = float(value)
    return _read(value, "1", name)


def _as_path(course: FilePath) -> str | Path:
    return course if isinstance(course, str) else Path(course)


def _load_day(day: FilePath | None) -> RaceDay | None:
    if day is None:
        return None
    from pacecalc.documents.race_day import RaceDay
    from pacecalc.documents.reading import load_document

    return load_document(RaceDay, Path(day))


def _resolve_athlete(course: Course, choices: RaceChoices) -> Athlete:
    from pacecalc.planning.resolve import load_athlete, override_athlete

    given = choices.get("athlete")
    who = given if isinstance(given, Athlete) else load_athlete(given, sport=course.sport)
    results = _read_results(choices)
    return override_athlete(
        who,
        mass_kg=_read(choices.get("mass"), "kg", "mass", minimum=25.0, maximum=250.0),
        threshold_power_w=_read(choices.get("threshold_power"), "W", "threshold power", minimum=40.0, maximum=600.0),
        results=(*who.runner.results, *results) if results else None,
        utmb_index=_read(choices.get("index"), "1", "index", minimum=100.0, maximum=1000.0),
    )


def _read_results(choices: RaceChoices) -> tuple[RaceResult, ...]:
    written = choices.get("results")
    if not written:
        return ()
    from pacecalc.planning.race_results import read_results

    return read_results(written)


def _resolve_conditions(course: Course, day: RaceDay | None, choices: RaceChoices) -> Conditions:
    from pacecalc.planning.forecast import load_forecast

    weather = None if day is None else day.forecast
    forecast, date = choices.get("forecast"), choices.get("date")
    hourly_path = forecast if forecast is not None else getattr(weather, "hourly", None)

    def pick(written: Written, key: str, unit: str, name: str, minimum: float, maximum: float) -> float | None:
        given = _read(written, unit, name, minimum=minimum, maximum=maximum)
        return given if given is not None else getattr(weather, key, None)

    wind_m_per_s = pick(choices.get("wind"), "wind", "m/s", "wind", 0.0, 60.0)
    wind_from_deg = pick(choices.get("wind_from"), "wind_from", "deg", "wind direction", 0.0, 360.0)
    if course.sport != "run" and wind_m_per_s and wind_from_deg is None:
        raise UsageError("wind without a direction says nothing to a rider; add --wind-from, such as 270deg")
    return build_conditions(
        course,
        date=_read_date(date) if date is not None else getattr(day, "date", None),
        start_delay_s=_resolve_delay(course, day, choices),
        crowd_s=_resolve_crowd(day, choices),
        low_c=pick(choices.get("low"), "low", "degC", "low", -50.0, 60.0),
        high_c=pick(choices.get("high"), "high", "degC", "high", -50.0, 60.0),
        humidity_fraction=pick(choices.get("humidity"), "humidity", "1", "humidity", 0.0, 1.0),
        wind_m_per_s=wind_m_per_s,
        wind_from_deg=wind_from_deg,
        cloud_fraction=pick(choices.get("cloud"), "cloud", "1", "cloud", 0.0, 1.0),
        at_elevation_m=getattr(weather, "at_elevation", None),
        hourly=None if hourly_path is None else load_forecast(os.fspath(hourly_path), timezone=course.timezone),
    )


def _resolve_crowd(day: RaceDay | None, choices: RaceChoices) -> float | None:
    lost_s = _read(choices.get("congestion"), "s", "congestion", minimum=0.0, maximum=MOST_LOST_S)
    return getattr(day, "congestion", None) if lost_s is None else lost_s


def _resolve_delay(course: Course, day: RaceDay | None, choices: RaceChoices) -> float:
    """From the gun to the athlete's own start: as given, by the wave, or of the race day [s]."""
    delay_s = _read(choices.get("start_delay"), "s", "start delay", minimum=0.0, maximum=86400.0)
    wave = choices.get("wave")
    if wave is not None:
        # A delay beside the wave is what it takes from the wave's own start to the line.
        return find_wave(course, wave).delay_s + (delay_s or 0.0)
    if delay_s is None:
        delay_s = getattr(day, "start_delay", None)
    return delay_s or 0.0


def _read_date(text: dt.date | str) -> dt.date:
    if isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f'date "{text}": expected year-month-day such as 2026-08-15') from None


def _no_goal(course: Course) -> str:
    if course.sport == "run":
        give = 'a result (--result "10km 40:00", or run: results in the athlete file)'
    else:
        give = "your threshold power (--ftp 210W, or ride: threshold_power in the athlete file)"
    return f"no goal: give --goal h:mm, or {give} so that one can be predicted"
