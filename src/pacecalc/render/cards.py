"""The card for wrist, top tube or pocket: one row a place, what the next leg eats under it."""

from __future__ import annotations

from typing import Any

from pacecalc.planning.records import PlannedSegment, PlannedWaypoint, RacePlan
from pacecalc.render.handover import find_leg
from pacecalc.render.plain_text import break_long_words, clean_text, shorten
from pacecalc.render.waypoint_words import LEAST_WATER_ML, say_cutoff
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_clock, say_elapsed, say_items

CARD_SIZES = (
    {"name": "large", "width": 50.0, "height": 160.0, "arrive": 13.0, "clock": 11.0, "place": 9.0, "small": 7.6},
    {"name": "small", "width": 60.0, "height": 90.0, "arrive": 11.0, "clock": 9.5, "place": 8.5, "small": 7.0},
)
"""Millimetres and points: a strip for the top tube or forearm, a card for the pocket."""
FRAMED = 2
"""So many of the tightest cutoffs stand in a box."""
CLIMB_M = 120.0
CLIMB_GRADE = 0.03
"""A way ahead that climbs at least so much and so steeply on average gets the climb sign; a choice."""
NAME_LENGTH = 40


def card_data(plan: RacePlan, *, units: System = "metric") -> dict[str, Any]:
    """Rows of the card as words, and the sizes to print it in."""
    system = IMPERIAL if units == "imperial" else METRIC
    tight = tightest_cutoffs(plan)
    start = plan.day.start_clock
    return {
        "title": shorten(plan.course.name, NAME_LENGTH),
        "goal": f"goal {say_elapsed(plan.goal_s)}, start {say_clock(start, start)}",
        "columns": f"{system.distance}, race time, clock, cutoff",
        "sizes": list(CARD_SIZES),
        "rows": [
            _row(plan, w, _way_from(plan, w), system, framed=index in tight)
            for index, w in enumerate(plan.waypoints)
            if not w.passed
        ],
    }


def tightest_cutoffs(plan: RacePlan) -> set[int]:
    """Indices of the waypoints with the smallest margins."""
    timed = [(w.margin_s, index) for index, w in enumerate(plan.waypoints) if w.margin_s is not None and not w.passed]
    return {index for _, index in sorted(timed)[:FRAMED]}


def _way_from(plan: RacePlan, waypoint: PlannedWaypoint) -> PlannedSegment | None:
    here = [s for s in plan.segments if s.start == waypoint.name]
    return min(here, key=lambda s: abs(s.start_m - waypoint.distance_m), default=None)


def _row(
    plan: RacePlan, waypoint: PlannedWaypoint, way: PlannedSegment | None, units: Units, *, framed: bool
) -> dict[str, Any]:
    return {
        "far": units.say_distance(waypoint.distance_m),
        "place": break_long_words(shorten(waypoint.name, NAME_LENGTH)),
        "arrive": say_elapsed(waypoint.arrive_s),
        "clock": say_clock(waypoint.arrive_clock, plan.day.start_clock),
        "cut": say_cutoff(waypoint),
        "climb": _climb(way, units),
        "food": break_long_words(clean_text(_food(plan, waypoint, units))),
        "framed": framed,
    }


def _climb(way: PlannedSegment | None, units: Units) -> str:
    if way is None or way.ascent_m < CLIMB_M or way.ascent_m < CLIMB_GRADE * way.distance_m:
        return ""
    return f"^ {units.say_height(way.ascent_m)} {units.height}"


def _food(plan: RacePlan, waypoint: PlannedWaypoint, units: Units) -> str:
    leg = find_leg(plan, waypoint)
    if leg is None:
        return ""
    said = [say_items(leg.intake.items)] if leg.intake.items else []
    if leg.intake.water_ml >= LEAST_WATER_ML:
        said.append(units.say_fluid(leg.intake.water_ml))
    return ", ".join(said)
