"""Crew sheets, one stop each, and drop-bag labels, as words for the print templates."""

from __future__ import annotations

from typing import Any

from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.render.handover import CrewStop, DropBag, list_crew_stops, list_drop_bags
from pacecalc.render.moments import clock_at, say_zone
from pacecalc.render.plain_text import break_long_words, clean_text, shorten
from pacecalc.render.positions import position_of
from pacecalc.render.waypoint_words import LEAST_WATER_ML
from pacecalc.render.wording import (
    Units,
    say_clock,
    say_date,
    say_elapsed,
    say_items,
    say_margin,
    say_probability,
)

QUESTIONS = (
    "When did you last pee, and was it dark?",
    "Both bottles empty? Eating, and keeping it down?",
    "Feet, stomach, head: what hurts?",
)
NIGHT_QUESTION = "Lights: working, spare battery packed?"
COLD_QUESTION = "Warm enough? Dry layer, gloves?"
HEAT_QUESTION = "Too hot? Ice, wet cap, sun cream?"
COLD_C, HEAT_C = 8.0, 24.0
"""Temperatures at which the crew asks about layers or ice; a choice."""
LABEL_COURSE_LENGTH, LABEL_PLACE_LENGTH = 36, 64
TAKE_BACK = ("empty bottles and wrappers", "wet or spare layers")


def crew_data(plan: RacePlan, units: Units) -> list[dict[str, Any]]:
    """One sheet a stop."""
    stops = list_crew_stops(plan)
    following: list[CrewStop | None] = [*stops[1:], None][: len(stops)]
    return [
        _sheet(plan, stop, after, units, f"{number} of {len(stops)}")
        for number, (stop, after) in enumerate(zip(stops, following, strict=True), start=1)
    ]


def _sheet(plan: RacePlan, stop: CrewStop, after: CrewStop | None, units: Units, count: str) -> dict[str, Any]:
    waypoint = stop.waypoint
    start = plan.day.start_clock
    return {
        "place": _printable(waypoint.name),
        "count": f"Crew stop {count}",
        "athlete": _printable(plan.athlete.name),
        "course": _printable(plan.course.name),
        "where": _where(plan, waypoint, units),
        "date": say_date(clock_at(plan, waypoint.arrive_s)),
        "zone": say_zone(stop.early_clock, stop.late_clock),
        "early": say_clock(stop.early_clock, start),
        "expect": say_clock(waypoint.arrive_clock, start),
        "late": say_clock(stop.late_clock, start),
        "band": plan.risk is not None,
        "elapsed": f"{say_elapsed(waypoint.arrive_s)} into the race",
        "leave": _leave(plan, waypoint),
        "cutoff": _cutoff(plan, waypoint),
        "hand_over": _hand_over(stop, units),
        "spares": _printable(say_items(stop.spares)),
        "station": _printable(say_items(stop.from_station)),
        "take_back": [*TAKE_BACK, *_uneaten(stop)],
        "ask": _questions(waypoint, after),
        "weather": f"{units.say_temperature(waypoint.temperature_c)} {units.temperature}, {waypoint.daylight}",
        "next": None if after is None else _next(plan, stop, after, units),
        "finish": waypoint.kind == "finish",
    }


def _printable(text: str) -> str:
    return break_long_words(clean_text(text))


def _where(plan: RacePlan, waypoint: PlannedWaypoint, units: Units) -> list[str]:
    lines = [f"{units.say_distance(waypoint.distance_m)} {units.distance} into the course"]
    place = position_of(plan, waypoint)
    if place is not None:
        lines.append(f"Position {place[0]:.5f}, {place[1]:.5f}")
    services = f"There: {waypoint.services}" if waypoint.services else ""
    return lines + [_printable(text) for text in (waypoint.note, services) if text]


def _leave(plan: RacePlan, waypoint: PlannedWaypoint) -> str:
    if not waypoint.stop_s:
        return ""
    out = say_clock(clock_at(plan, waypoint.leave_s), plan.day.start_clock)
    return f"Stop {waypoint.stop_s / 60.0:.3g} min, out again at {out}"


def _cutoff(plan: RacePlan, waypoint: PlannedWaypoint) -> dict[str, str] | None:
    if waypoint.cutoff_clock is None or waypoint.margin_s is None:
        return None
    margin, tone = say_margin(waypoint.margin_s)
    miss = waypoint.miss_probability
    return {
        "clock": say_clock(waypoint.cutoff_clock, plan.day.start_clock),
        "rule": "has to leave by" if waypoint.cutoff_applies == "leaving" else "has to arrive by",
        "margin": margin,
        "tone": tone,
        "odds": "" if miss is None else f"odds of missing it {say_probability(miss)}",
    }


def _hand_over(stop: CrewStop, units: Units) -> list[str]:
    lines = [_printable(say_items([item])) for item in stop.hand_over]
    if stop.fill_ml >= LEAST_WATER_ML:
        lines.append(f"bottles filled: {units.say_fluid(stop.fill_ml)}")
    return lines


def _uneaten(stop: CrewStop) -> list[str]:
    if stop.ending is None or not stop.ending.intake.items:
        return []
    planned = _printable(say_items(stop.ending.intake.items))
    return [f"what is left of: {planned} (planned from {_printable(stop.ending.start)} on)"]


def _questions(waypoint: PlannedWaypoint, after: CrewStop | None) -> list[str]:
    asked = list(QUESTIONS)
    ahead = after.waypoint if after is not None else waypoint
    if "night" in (waypoint.daylight, ahead.daylight) or waypoint.daylight == "twilight":
        asked.append(NIGHT_QUESTION)
    if min(waypoint.temperature_c, ahead.temperature_c) <= COLD_C:
        asked.append(COLD_QUESTION)
    if max(waypoint.temperature_c, ahead.temperature_c) >= HEAT_C:
        asked.append(HEAT_QUESTION)
    return asked if waypoint.kind != "finish" else []


def _next(plan: RacePlan, stop: CrewStop, after: CrewStop, units: Units) -> dict[str, str]:
    start = plan.day.start_clock
    way_m = after.waypoint.distance_m - stop.waypoint.distance_m
    return {
        "place": _printable(after.waypoint.name),
        "early": say_clock(after.early_clock, start),
        "expect": say_clock(after.waypoint.arrive_clock, start),
        "late": say_clock(after.late_clock, start),
        "way": f"{units.say_distance(way_m)} {units.distance} for the athlete",
        "weather": f"{units.say_temperature(after.waypoint.temperature_c)} {units.temperature},"
        f" {after.waypoint.daylight}",
    }


def bag_data(plan: RacePlan, units: Units) -> list[dict[str, Any]]:
    """One label a drop bag."""
    bags = list_drop_bags(plan)
    return [_label(plan, bag, units, f"{number} of {len(bags)}") for number, bag in enumerate(bags, start=1)]


def _label(plan: RacePlan, bag: DropBag, units: Units, count: str) -> dict[str, Any]:
    waypoint = bag.waypoint
    return {
        "place": break_long_words(shorten(waypoint.name, LABEL_PLACE_LENGTH)),
        "count": f"Drop bag {count}",
        "athlete": break_long_words(shorten(plan.athlete.name, LABEL_PLACE_LENGTH)),
        "course": break_long_words(shorten(plan.course.name, LABEL_COURSE_LENGTH)),
        "when": f"{units.say_distance(waypoint.distance_m)} {units.distance}, expected"
        f" {say_clock(waypoint.arrive_clock, plan.day.start_clock)},"
        f" {units.say_temperature(waypoint.temperature_c)} {units.temperature}, {waypoint.daylight}",
        "items": [_printable(say_items([item])) for item in bag.items],
        "spares": [_printable(say_items([item])) for item in bag.spares],
    }
