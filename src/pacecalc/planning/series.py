"""Races of one summer that count together: when they are, how far apart, and what a fitness makes of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Unpack

from pacecalc.documents.library import find_series, list_series
from pacecalc.documents.reading import load_document
from pacecalc.documents.series import SeriesDocument, SeriesEvent
from pacecalc.errors import UsageError
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import FilePath, RaceChoices
from pacecalc.planning.course import Course
from pacecalc.planning.finish_records import FinishPrediction
from pacecalc.planning.goal import predict_finish
from pacecalc.planning.race_parts import resolve_parts
from pacecalc.planning.records import Sport
from pacecalc.record import record


@record(kw_only=True)
class SeriesRace:
    """One race of a series, or one of several that count for the same event."""

    event: int
    """Index of the event it counts for."""
    course_id: str
    course_name: str
    sport: Sport
    distance_m: float
    ascent_m: float
    date: dt.date | None
    """Of that year; None when it is not known, or was not held."""
    rest_d: int | None
    """Days since the event before."""
    limit_s: float | None
    """Time limit from the gun."""
    time_factor: float
    """What a time is multiplied by before it is added up."""
    compulsory: bool
    prediction: FinishPrediction | None
    """None when nothing is known of the athlete in this sport."""
    note: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the expected finish is after the limit."""
        return self.prediction is not None and self.limit_s is not None and self.prediction.time_s > self.limit_s


@record(kw_only=True)
class SeriesOutlook:
    """A series in one year, for one athlete."""

    series_id: str
    name: str
    pattern: str
    year: int
    events: int
    least_finishes: int | None
    """How many events must be finished; all when None."""
    races: tuple[SeriesRace, ...]
    total_s: float | None
    """Sum of the expected times, factors counted, the better one where several count; None when one is missing."""
    rules: tuple[str, ...]
    estimates: tuple[str, ...]
    assumptions: tuple[Assumption, ...] = ()


def look_at_series(series: FilePath, *, year: int | None = None, **choices: Unpack[RaceChoices]) -> SeriesOutlook:
    """The races of a series in a year, and the finish that a fitness predicts for each, rested.

    Parameters
    ----------
    series : str or path
        Name of a bundled series, or a file.
    year : int, optional
        The last one with known dates when left out.
    **choices
        What is known of the athlete, by the names of ``plan_race``: ``athlete``, ``results``, ``index``,
        ``threshold_power``, ``mass``.

    Returns
    -------
    SeriesOutlook
        Races in order with date, days since the one before, limit and prediction [s]; ``total_s`` where all are known.

    Raises
    ------
    PacecalcError
        When the series is not known or its file cannot be used, or no race of it is known to be in that year.

    Examples
    --------
    >>> outlook = look_at_series("leadwoman", year=2025, results=["marathon 3:50"], threshold_power="215 W")
    >>> [race.rest_d for race in outlook.races]
    [None, 14, 14, 28, 1, 6]
    >>> outlook.total_s > 40 * 3600.0
    True
    """
    document = load_document(SeriesDocument, find_series(series))
    years = sorted({date.year for event in document.events for date in event.dates})
    when = years[-1] if year is None and years else year
    if when is None or when not in years:
        known = ", ".join(map(str, years)) or "none"
        raise UsageError(f"{document.name}: no dates of {when or 'any year'} are known; years with dates: {known}")
    races: list[SeriesRace] = []
    assumed: dict[str, Assumption] = {}
    before: dt.date | None = None
    for index, event in enumerate(document.events):
        date = next((each for each in event.dates if each.year == when), None)
        for course in _choose_editions(event, when):
            race, said = _look_at_race(course, event, index, date, before, choices)
            races.append(race)
            assumed.update({each.what: each for each in said})
        before = date or before
    return SeriesOutlook(
        series_id=document.id,
        name=document.name,
        pattern=document.pattern or "",
        year=when,
        events=len(document.events),
        least_finishes=document.least_finishes,
        races=tuple(races),
        total_s=_add_up(races, len(document.events)),
        rules=tuple(document.rules),
        estimates=tuple(document.estimates),
        assumptions=tuple(assumed.values()),
    )


def _choose_editions(event: SeriesEvent, year: int) -> Sequence[Course]:
    """The courses of an event, only those laid out for that year where there are any."""
    courses = [load_course(name) for name in event.courses]
    of_year = [course for course in courses if course.start_clock.year == year]
    return of_year or courses


def _look_at_race(
    course: Course, event: SeriesEvent, index: int, date: dt.date | None, before: dt.date | None, choices: RaceChoices
) -> tuple[SeriesRace, tuple[Assumption, ...]]:
    dated = choices if date is None else RaceChoices(**{**choices, "date": date})
    loaded, athlete, conditions, _ = resolve_parts(course, dated)
    prediction = predict_finish(loaded, athlete, conditions)
    race = SeriesRace(
        event=index,
        course_id=loaded.id,
        course_name=loaded.name,
        sport=loaded.sport,
        distance_m=loaded.distance_m,
        ascent_m=loaded.ascent_m,
        date=date,
        rest_d=None if date is None or before is None else (date - before).days,
        limit_s=loaded.time_limit_s,
        time_factor=event.time_factors.get(loaded.id, 1.0),
        compulsory=bool(event.compulsory),
        prediction=prediction,
        note=event.note or "",
    )
    return race, (() if prediction is None else (*athlete.assumed, *conditions.assumed))


def _add_up(races: Sequence[SeriesRace], events: int) -> float | None:
    """The better time of every event, factors counted; None when an event has none."""
    best: dict[int, float] = {}
    for race in races:
        if race.prediction is not None:
            counted_s = race.time_factor * race.prediction.time_s
            best[race.event] = min(counted_s, best.get(race.event, counted_s))
    return sum(best.values()) if len(best) == events else None


def list_known_series() -> tuple[tuple[str, str], ...]:
    """Id and name of every series that can be named."""
    return tuple((name, load_document(SeriesDocument, path).name) for name, path in list_series().items())
