"""A finish time from fitness, and the fitness that finish times take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pacecalc.errors import GoalError, UsageError
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.choices import FilePath, RaceChoices, Written
from pacecalc.planning.course import Course
from pacecalc.planning.finish_records import FinishPrediction, FlatWorth, PowerNeed
from pacecalc.planning.goal import assess_finish, predict_finish
from pacecalc.planning.race_parts import resolve_parts
from pacecalc.planning.records import GroundStretch, Sport
from pacecalc.record import record
from pacecalc.units import to_si

TIMES_MAX = 50


@record(kw_only=True)
class TimeReport:
    """A course and an athlete: the finish predicted, and what other finish times take."""

    course_id: str
    course_ref: str = ""
    """As it was named: an id or a path; empty for a course made in Python."""
    course_name: str
    sport: Sport
    distance_m: float
    ascent_m: float
    start_clock: dt.datetime
    low_c: float
    high_c: float
    finish_cutoff_s: float | None
    mass_kg: float
    ground: tuple[GroundStretch, ...]
    """Ground of the day, where somebody said so."""
    prediction: FinishPrediction | None
    """None when only times were asked about and nothing is known of the athlete."""
    power_needs: tuple[PowerNeed, ...] = ()
    """For the times asked about, of a ride."""
    flat_worths: tuple[FlatWorth, ...] = ()
    """For the times asked about, of a run."""
    assumptions: tuple[Assumption, ...] = ()


def predict_time(
    course: Course | FilePath,
    *,
    athlete: Athlete | FilePath | None = None,
    results: Sequence[str | RaceResult] | None = None,
    index: float | str | None = None,
    threshold_power: Written = None,
    mass: Written = None,
    day: FilePath | None = None,
    date: dt.date | str | None = None,
    low: Written = None,
    high: Written = None,
    humidity: Written = None,
    wind: Written = None,
    wind_from: Written = None,
    cloud: Written = None,
    forecast: FilePath | None = None,
    start_delay: Written = None,
    sport: Sport | None = None,
) -> FinishPrediction:
    """Predict a finish time, stops included, from past races or from threshold power.

    Parameters
    ----------
    course : Course, str or path
        A course, the name of a bundled one, or a profile or track file.
    athlete : Athlete or path, optional
        The athlete, or their file.
    results : sequence of str, optional
        Past races, ``"marathon 3:05 2026-04-12"``, beside those of the athlete's file.
    index : float, optional
        UTMB index [1].
    threshold_power : quantity or str, optional
        Threshold power for rides [power].
    mass : quantity or str, optional
        Body mass [mass].
    day, date, low, high, humidity, wind, wind_from, cloud, forecast, start_delay : optional
        The race day, as in ``plan_race``.
    sport : {"run", "mtb", "ride"}, optional
        Of a track file that does not say it.

    Returns
    -------
    FinishPrediction
        ``time``, ``low`` and ``high`` [time], and the estimates behind them.

    Raises
    ------
    GoalError
        When there is nothing to predict from.

    Examples
    --------
    >>> found = predict_time("new-york-city-marathon", results=["half 1:30:00"])
    >>> found.low_s < found.time_s < found.high_s
    True
    """
    choices = RaceChoices(
        athlete=athlete,
        results=results,
        index=index,
        threshold_power=threshold_power,
        mass=mass,
        day=day,
        date=date,
        low=low,
        high=high,
        humidity=humidity,
        wind=wind,
        wind_from=wind_from,
        cloud=cloud,
        forecast=forecast,
        start_delay=start_delay,
        sport=sport,
    )
    loaded, who, conditions, _ = resolve_parts(course, choices)
    found = predict_finish(loaded, who, conditions)
    if found is None:
        raise GoalError(_nothing_known(loaded.sport))
    return found


def report_times(course: Course | FilePath, choices: RaceChoices, times: Iterable[Written] = ()) -> TimeReport:
    """The finish a fitness predicts, and the fitness that each of some finish times takes.

    Raises
    ------
    GoalError
        When nothing is known of the athlete and no time is asked about, or when nobody can reach one of the times.
    """
    loaded, who, conditions, _ = resolve_parts(course, choices)
    wanted_s = [to_si(t, "s", name="finish time", minimum=60.0, two_part="h:mm") for t in times]
    if len(wanted_s) > TIMES_MAX:
        raise UsageError(f"{len(wanted_s)} finish times to look at; ask for at most {TIMES_MAX} at once")
    prediction = predict_finish(loaded, who, conditions)
    if prediction is None and not wanted_s:
        raise GoalError(f"{_nothing_known(loaded.sport)}; or ask what a time takes with --for 9:00")
    assessed = [assess_finish(loaded, who, conditions, finish_s) for finish_s in wanted_s]
    return TimeReport(
        course_id=loaded.id,
        course_ref="" if isinstance(course, Course) else str(course),
        course_name=loaded.name,
        sport=loaded.sport,
        distance_m=loaded.distance_m,
        ascent_m=loaded.ascent_m,
        start_clock=conditions.start_clock,
        low_c=conditions.low_c,
        high_c=conditions.high_c,
        finish_cutoff_s=loaded.time_limit_s,
        mass_kg=who.mass_kg,
        ground=loaded.ground,
        prediction=prediction,
        power_needs=tuple(a for a in assessed if isinstance(a, PowerNeed)),
        flat_worths=tuple(a for a in assessed if isinstance(a, FlatWorth)),
        assumptions=(*who.assumed, *conditions.assumed),
    )


def _nothing_known(sport: Sport) -> str:
    if sport == "run":
        return 'nothing to predict from: give a result such as --result "marathon 3:05", an --index, or an athlete file'
    return "nothing to predict from: give your threshold power (--ftp 210W), or an athlete file that has it"
