"""The watts of a ride plan as CSV, one row a segment: what to hold uphill, on the flat and downhill, and the limits."""

from __future__ import annotations

import csv
import io

from pacecalc.errors import UsageError
from pacecalc.planning.records import PlannedSegment, RacePlan
from pacecalc.render.csv_tables import make_harmless
from pacecalc.render.wording import METRES_PER_MILE, System, say_elapsed_s


def render_power_plan(plan: RacePlan, *, units: System = "metric") -> str:
    """Targets of every segment as CSV; watts and seconds are plain numbers.

    Parameters
    ----------
    plan : RacePlan
        Of a ride.
    units : {"metric", "imperial"}
        Of the distances.

    Returns
    -------
    str
        Empty cells where a segment has no such terrain; 0 W is coasting. ``duration_s`` is time in motion, pushing
        included.

    Raises
    ------
    UsageError
        For a run, which has no power.
    """
    if plan.ride is None:
        raise UsageError(f"{plan.course.name} is a run, which has no power plan; write its splits with --format csv")
    far, scale_m = ("km", 1000.0) if units == "metric" else ("mi", METRES_PER_MILE)
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(
        [
            "from",
            "to",
            f"start_{far}",
            f"end_{far}",
            "leave",
            "duration_s",
            "climb_w",
            "flat_w",
            "descent_w",
            "floor_w",
            "ceiling_w",
            "mean_w",
            "pushing_s",
        ]
    )
    for segment, start in zip(plan.segments, plan.waypoints, strict=False):
        table.writerow(
            [
                make_harmless(segment.start),
                make_harmless(segment.end),
                round(segment.start_m / scale_m, 3),
                round(segment.end_m / scale_m, 3),
                say_elapsed_s(start.leave_s),
                round(segment.moving_s),
                *_watts(segment),
                round(segment.pushing_s or 0.0),
            ]
        )
    return buffer.getvalue()


def _watts(segment: PlannedSegment) -> list[int | str]:
    targets = segment.power_targets
    held = (
        (None,) * 5
        if targets is None
        else (targets.climb_w, targets.flat_w, targets.descent_w, targets.floor_w, targets.ceiling_w)
    )
    return ["" if power_w is None else round(power_w) for power_w in (*held, segment.power_w)]
