"""The crew's calendar: one event a stop, from the early to the late end of its window, in the course's time zone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from pacecalc.errors import MissingExtraError
from pacecalc.planning.records import RacePlan
from pacecalc.render.handover import CrewStop, list_crew_stops
from pacecalc.render.moments import clock_at, say_zone, to_second
from pacecalc.render.plain_text import clean_text
from pacecalc.render.positions import position_of
from pacecalc.render.waypoint_words import LEAST_WATER_ML
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_clock, say_elapsed, say_items, say_margin

ZONE_MARGIN = timedelta(days=200)
"""Of time-zone rules around the race: one change of each kind, whatever the season."""


def render_calendar(plan: RacePlan, *, units: System = "metric") -> str:
    """iCalendar (.ics) with one event a crew stop.

    Raises
    ------
    MissingExtraError
        When icalendar is not installed.
    """
    try:
        import icalendar
    except ImportError:
        raise MissingExtraError("Writing a calendar", "calendar") from None

    system = IMPERIAL if units == "imperial" else METRIC
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pacecalc//race plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean_text(f"{plan.course.name} crew"))
    start, end = clock_at(plan, 0.0), clock_at(plan, plan.finish_s)
    calendar.add_component(
        icalendar.Timezone.from_tzid(
            plan.day.timezone, first_date=(start - ZONE_MARGIN).date(), last_date=(end + ZONE_MARGIN).date()
        )
    )
    for stop in list_crew_stops(plan):
        calendar.add_component(_event(icalendar, plan, stop, system))
    return str(calendar.to_ical().decode())


def _event(icalendar: Any, plan: RacePlan, stop: CrewStop, units: Units) -> Any:
    waypoint = stop.waypoint
    event = icalendar.Event()
    event.add("uid", _uid(plan, stop))
    event.add("dtstamp", to_second(plan.day.gun_clock))
    event.add("dtstart", _moment(stop.early_clock))
    if stop.late_clock.astimezone(UTC) > stop.early_clock.astimezone(UTC):
        event.add("dtend", _moment(stop.late_clock))
    who = clean_text(plan.athlete.name) or "athlete"
    event.add("summary", clean_text(f"{waypoint.name}: {who} {_clock(plan, waypoint.arrive_s)}"))
    event.add("location", clean_text(f"{waypoint.name}, {plan.course.name}"))
    place = position_of(plan, waypoint)
    if place is not None:
        event.add("geo", place)
    event.add("description", "\n".join(clean_text(line) for line in note_lines(plan, stop, units)))
    event.add("transp", "OPAQUE")
    if waypoint.cutoff_clock is not None:
        event.add_component(_alarm(icalendar, plan, stop))
    return event


def _moment(clock: datetime) -> datetime:
    """Whole second on the clock of the course; in UTC for the hour that comes twice, where only the first is local."""
    local = to_second(clock).astimezone(clock.tzinfo)
    return local.astimezone(UTC) if local.fold else local


def _uid(plan: RacePlan, stop: CrewStop) -> str:
    """The same stop of the same race day keeps its identity when the plan changes, so importing again updates it."""
    key = f"{plan.course.id}|{plan.day.gun_clock:%Y-%m-%d}|{plan.athlete.name}|{stop.waypoint.name}"
    key += f"|{stop.waypoint.distance_m:.0f}"
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@pacecalc"


def _alarm(icalendar: Any, plan: RacePlan, stop: CrewStop) -> Any:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean_text(f"Cutoff at {stop.waypoint.name}: {_cutoff_clock(plan, stop)}"))
    cutoff = stop.waypoint.cutoff_clock
    if cutoff is not None:
        # An absolute alarm has to be in UTC (RFC 5545, 3.8.6.3).
        alarm.add("trigger", cutoff.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm


def _clock(plan: RacePlan, elapsed_s: float) -> str:
    return say_clock(clock_at(plan, elapsed_s), plan.day.start_clock)


def _cutoff_clock(plan: RacePlan, stop: CrewStop) -> str:
    cutoff = stop.waypoint.cutoff_clock
    return "" if cutoff is None else say_clock(cutoff, plan.day.start_clock)


def note_lines(plan: RacePlan, stop: CrewStop, units: Units) -> list[str]:
    """Window, cutoff, hand-over and place, one line each."""
    waypoint = stop.waypoint
    zone = say_zone(stop.early_clock, stop.late_clock)
    start = plan.day.start_clock
    early, late = say_clock(stop.early_clock, start), say_clock(stop.late_clock, start)
    lines = [
        f"Be there from {early}, expect {_clock(plan, waypoint.arrive_s)}, worry after {late} ({zone})",
        f"{units.say_distance(waypoint.distance_m)} {units.distance}, {say_elapsed(waypoint.arrive_s)} into the race",
    ]
    if waypoint.cutoff_s is not None and waypoint.margin_s is not None:
        leaving = " for leaving" if waypoint.cutoff_applies == "leaving" else ""
        lines.append(f"Cutoff{leaving} {_cutoff_clock(plan, stop)}: {say_margin(waypoint.margin_s)[0]}")
    if stop.hand_over:
        lines.append(f"Hand over: {say_items(stop.hand_over)}")
    if stop.spares:
        lines.append(f"Spare, in case: {say_items(stop.spares)}")
    if stop.fill_ml >= LEAST_WATER_ML:
        lines.append(f"Fill bottles: {units.say_fluid(stop.fill_ml)}")
    lines.append(f"{units.say_temperature(waypoint.temperature_c)} {units.temperature}, {waypoint.daylight}")
    return [*lines, *(text for text in (waypoint.services, waypoint.note) if text)]
