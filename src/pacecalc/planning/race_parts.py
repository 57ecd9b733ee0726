"""From what was written about a race to its course, athlete and conditions, before anything is said about a goal."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pacecalc.errors import UnitError, UsageError
from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import FilePath, RaceChoices, Written
from pacecalc.planning.conditions import Conditions, build_conditions
from pacecalc.planning.congestion import MOST_LOST_S
from pacecalc.planning.course import Course
from pacecalc.planning.ground import lay_ground, read_ground
from pacecalc.planning.records import GroundStretch
from pacecalc.planning.supplies import place_supplies
from pacecalc.planning.waves import find_wave
from pacecalc.units import to_si

if TYPE_CHECKING:
    from pacecalc.documents.race_day import RaceDay

LEAST_W = 40.0
MOST_W = 600.0
"""Threshold powers outside of these are a slip. A choice."""


def read_quantity(
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


def resolve_parts(
    course: Course | FilePath, choices: RaceChoices
) -> tuple[Course, Athlete, Conditions, RaceDay | None]:
    """Course, athlete, conditions and race-day file, before anything is said about a goal."""
    race_day = _load_day(choices.get("day"))
    loaded = course if isinstance(course, Course) else load_course(_as_path(course), sport=choices.get("sport"))
    if race_day is not None:
        loaded = place_supplies(loaded, race_day.drop_bags, race_day.crew)
    loaded = lay_ground(loaded, _resolve_ground(loaded, race_day, choices))
    return loaded, _resolve_athlete(loaded, choices), _resolve_conditions(loaded, race_day, choices), race_day


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
    mass_kg = read_quantity(choices.get("mass"), "kg", "mass", minimum=25.0, maximum=250.0)
    return override_athlete(
        who,
        mass_kg=mass_kg,
        threshold_power_w=_read_threshold(choices.get("threshold_power"), mass_kg or who.mass_kg),
        results=(*who.runner.results, *results) if results else None,
        utmb_index=read_quantity(choices.get("index"), "1", "index", minimum=100.0, maximum=1000.0),
    )


def _read_threshold(written: Written, mass_kg: float) -> float | None:
    """Threshold power [W], also of a text or quantity in W/kg."""
    try:
        per_kg = read_quantity(written, "W/kg", "threshold power")
    except UnitError:
        return read_quantity(written, "W", "threshold power", minimum=LEAST_W, maximum=MOST_W)
    if per_kg is None:
        return None
    if not LEAST_W <= per_kg * mass_kg <= MOST_W:
        at = f"{per_kg * mass_kg:.0f} W at {mass_kg:g} kg"
        raise UnitError(f"threshold power: {written} is {at}; expected {LEAST_W:g} to {MOST_W:g} W")
    return per_kg * mass_kg


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
        given = read_quantity(written, unit, name, minimum=minimum, maximum=maximum)
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


def _resolve_ground(course: Course, day: RaceDay | None, choices: RaceChoices) -> tuple[GroundStretch, ...]:
    written = choices.get("ground")
    if written:
        return read_ground(course, written)
    stretches = [] if day is None else day.ground
    return tuple(GroundStretch(start_m=s.start, end_m=s.end, surface=s.surface) for s in stretches)


def _resolve_crowd(day: RaceDay | None, choices: RaceChoices) -> float | None:
    lost_s = read_quantity(choices.get("congestion"), "s", "congestion", minimum=0.0, maximum=MOST_LOST_S)
    return getattr(day, "congestion", None) if lost_s is None else lost_s


def _resolve_delay(course: Course, day: RaceDay | None, choices: RaceChoices) -> float:
    """From the gun to the athlete's own start: as given, by the wave, or of the race day [s]."""
    delay_s = read_quantity(choices.get("start_delay"), "s", "start delay", minimum=0.0, maximum=86400.0)
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
