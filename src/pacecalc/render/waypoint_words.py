"""One waypoint in words: arrival, cutoff and intake, for devices, calendars and cards."""

from __future__ import annotations

from pacecalc.planning.records import PlannedLeg, PlannedWaypoint, RacePlan
from pacecalc.render.handover import find_leg
from pacecalc.render.moments import clock_at
from pacecalc.render.on_the_way import is_behind
from pacecalc.render.wording import Units, say_clock, say_elapsed, say_items, say_margin

FROM = {"start": "pockets", "station": "the station", "drop bag": "the drop bag", "crew": "the crew"}
LEAST_WATER_ML = 50.0
"""Less is not worth a word."""


def say_cutoff(waypoint: PlannedWaypoint) -> str:
    """``cut 4:00``, ``cut 4:00 out`` where leaving counts; empty without one."""
    if waypoint.cutoff_s is None:
        return ""
    return f"cut {say_elapsed(waypoint.cutoff_s)}" + (" out" if waypoint.cutoff_applies == "leaving" else "")


def name_with_times(plan: RacePlan, waypoint: PlannedWaypoint) -> str:
    """``Twin Lakes (out) 3:42 10:32 cut 4:00``."""
    clock = say_clock(waypoint.arrive_clock, plan.day.start_clock)
    parts = (waypoint.name, say_elapsed(waypoint.arrive_s), clock, say_cutoff(waypoint))
    return " ".join(part for part in parts if part)


def describe_waypoint(plan: RacePlan, waypoint: PlannedWaypoint, units: Units) -> list[str]:
    """Arrival with its band, cutoff with margin, stop, intake, services and note, one line each."""
    if is_behind(plan, waypoint):
        return [line for line in _say_passed(plan, waypoint, units) if line]
    arrival = f"arrive {say_elapsed(waypoint.arrive_s)}"
    if waypoint.arrive_p10_s is not None and waypoint.arrive_p90_s is not None and waypoint.kind != "start":
        arrival += f" ({say_elapsed(waypoint.arrive_p10_s)}-{say_elapsed(waypoint.arrive_p90_s)})"
    zone = clock_at(plan, waypoint.arrive_s).tzname()
    arrival += f", {say_clock(waypoint.arrive_clock, plan.day.start_clock)} {zone}"
    lines = [f"{units.say_distance(waypoint.distance_m)} {units.distance}", arrival, _cutoff_line(plan, waypoint)]
    if waypoint.stop_s:
        lines.append(f"stop {waypoint.stop_s / 60.0:.3g} min")
    leg = find_leg(plan, waypoint)
    if leg is not None:
        lines += [*supply_lines(leg, units), until_line(leg, units)]
    return [line for line in (*lines, waypoint.services, waypoint.note) if line]


def _say_passed(plan: RacePlan, waypoint: PlannedWaypoint, units: Units) -> list[str]:
    """A place that is behind: when the athlete was there, and nothing left to do."""
    clock = say_clock(waypoint.arrive_clock, plan.day.start_clock)
    zone = clock_at(plan, waypoint.arrive_s).tzname()
    place = f"{units.say_distance(waypoint.distance_m)} {units.distance}"
    return [place, f"passed at {say_elapsed(waypoint.arrive_s)}, {clock} {zone}", waypoint.services, waypoint.note]


def _cutoff_line(plan: RacePlan, waypoint: PlannedWaypoint) -> str:
    if waypoint.cutoff_s is None or waypoint.cutoff_clock is None or waypoint.margin_s is None:
        return ""
    clock = say_clock(waypoint.cutoff_clock, plan.day.start_clock)
    leaving = " for leaving" if waypoint.cutoff_applies == "leaving" else ""
    return f"cutoff{leaving} {say_elapsed(waypoint.cutoff_s)}, {clock}: {say_margin(waypoint.margin_s)[0]}"


def supply_lines(leg: PlannedLeg, units: Units) -> list[str]:
    """What is eaten and taken where a leg starts, and how far the bottles are filled."""
    lines = []
    if leg.at_station:
        lines.append(f"eat there {say_items(leg.at_station)}")
    if leg.pick_up:
        source = f" from {FROM[leg.pick_up_from]}" if leg.pick_up_from not in (None, "start") else ""
        lines.append(f"take{source} {say_items(leg.pick_up)}")
    if leg.carry_water_ml >= LEAST_WATER_ML:
        lines.append(f"fill {units.say_fluid(leg.carry_water_ml)}")
    return lines


def until_line(leg: PlannedLeg, units: Units) -> str:
    """``until Twin Lakes: 2 gels, 1 bar, 0.8 L``; empty when nothing is planned."""
    said = [say_items(leg.intake.items)] if leg.intake.items else []
    if leg.intake.water_ml >= LEAST_WATER_ML:
        said.append(units.say_fluid(leg.intake.water_ml))
    return f"until {leg.end}: {', '.join(said)}" if said else ""
