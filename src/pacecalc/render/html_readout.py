"""What a finger on the profile tells: said in words beforehand, so that the page itself works nothing out."""

from __future__ import annotations

from typing import Any

import numpy as np

from pacecalc.planning.records import RacePlan
from pacecalc.render.html_charts import segment_at
from pacecalc.render.moments import clock_at
from pacecalc.render.tables import Table, say_sip, segment_table, told_schedule
from pacecalc.render.wording import Units, say_clock, say_elapsed, say_items, say_margin

DUE_S = 30.0
"""What is due this minute is still the next thing to eat."""
DARK = 0.5


def collect_readouts(plan: RacePlan, units: Units) -> dict[str, Any]:
    """Columns of words along the course, one entry a drawn point, with the places, segments and meals they name."""
    trace = plan.profile
    span = float(trace.distance_m[-1]) or 1.0
    low, high = float(trace.elevation_m.min()), float(trace.elevation_m.max())
    start = clock_at(plan, 0.0)
    # of a plan made on the way, the part behind has no segment
    begin_m = plan.segments[0].start_m - 0.5 if plan.segments else 0.0
    due = np.array([entry.at_s for entry in told_schedule(plan)])
    elapsed = trace.elapsed_s.tolist()
    distances = trace.distance_m.tolist()
    stops = _find_stops(plan)
    # on a place the drawing tells what the table tells, not what lies a step of the drawing beside it
    there = {point: plan.waypoints[index] for point, index in stops}
    return {
        "x": [round(d / span, 4) for d in distances],
        "y": [round((h - low) / max(high - low, 1e-9), 3) for h in trace.elevation_m.tolist()],
        "distance": [
            f"{units.say_distance(there[i].distance_m if i in there else d)} {units.distance}"
            for i, d in enumerate(distances)
        ],
        "height": [
            f"{units.say_height(there[i].elevation_m if i in there else h)} {units.height}"
            for i, h in enumerate(trace.elevation_m.tolist())
        ],
        "elapsed": [say_elapsed(t) for t in elapsed],
        "clock": [say_clock(clock_at(plan, t), start) for t in elapsed],
        "warmth": [
            f"{units.say_temperature(there[i].temperature_c if i in there else t)} {units.temperature}"
            for i, t in enumerate(trace.temperature_c.tolist())
        ],
        "dark": [int(d > DARK) for d in trace.darkness.tolist()],
        "segment": [segment_at(plan, d) if d >= begin_m else -1 for d in distances],
        "meal": [int(np.searchsorted(due, t - DUE_S)) for t in elapsed],
        "stops": stops,
        "waypoints": _say_waypoints(plan),
        "segments": _say_segments(plan, units),
        "meals": _say_meals(plan, units),
    }


def _find_stops(plan: RacePlan) -> list[list[int]]:
    """Drawn point nearest to each waypoint, with the waypoint's index."""
    return [
        [int(np.abs(plan.profile.distance_m - w.distance_m).argmin()), index] for index, w in enumerate(plan.waypoints)
    ]


def _say_waypoints(plan: RacePlan) -> list[dict[str, str]]:
    start = plan.day.start_clock
    said = []
    for w in plan.waypoints:
        entry = {"name": w.name, "elapsed": say_elapsed(w.arrive_s), "clock": say_clock(w.arrive_clock, start)}
        if w.margin_s is not None:
            entry["margin"], entry["tone"] = say_margin(w.margin_s)
        if w.arrive_p10_s is not None and w.arrive_p90_s is not None and w.arrive_p90_s > 0.0:
            entry["band"] = f"{say_elapsed(w.arrive_p10_s)}-{say_elapsed(w.arrive_p90_s)}"
        said.append(entry)
    return said


def _say_segments(plan: RacePlan, units: Units) -> list[dict[str, str]]:
    table = segment_table(plan, units)
    pace = f"min/{units.distance}"
    return [
        {
            "name": f"{segment.start} - {segment.end}",
            "how": "; ".join(
                said
                for said in (
                    _suffix(_cell(table, row, pace), pace),
                    _suffix(_cell(table, row, units.speed), units.speed),
                    _prefix("watts", _cell(table, row, "watts")),
                )
                if said
            ),
        }
        for row, segment in enumerate(plan.segments)
    ]


def _cell(table: Table, row: int, heading: str) -> str:
    return next((c.text for k, c in zip(table.columns, table.rows[row].cells, strict=True) if k.heading == heading), "")


def _suffix(text: str, unit: str) -> str:
    return f"{text} {unit}" if text else ""


def _prefix(unit: str, text: str) -> str:
    return f"{unit} {text}" if text else ""


def _say_meals(plan: RacePlan, units: Units) -> list[dict[str, str]]:
    start = plan.day.start_clock
    said = []
    for entry in told_schedule(plan):
        sip = say_sip(entry.water_ml, units)
        drink = f"{sip} to sip" if sip else ""
        what = ", ".join(part for part in (say_items(entry.items), drink) if part)
        when = f"{say_elapsed(entry.at_s)} ({say_clock(entry.clock, start)})"
        said.append({"what": what, "when": when, "where": f"{units.say_distance(entry.distance_m)} {units.distance}"})
    return said
