"""The course profile as geometry: what the drawing shows and where, for a wide page and for a phone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray
from pacecalc.planning.records import PlannedSegment, PlannedWaypoint, RacePlan
from pacecalc.record import record
from pacecalc.render.html_corridor import Corridor, draw_corridor
from pacecalc.render.html_labels import Label, Wanted, measure_text, place_labels
from pacecalc.render.html_scales import Scale, draw_line, hour_step, round_ticks
from pacecalc.render.html_sheet import Sheet, Tick
from pacecalc.render.moments import clock_at
from pacecalc.render.wording import METRES_PER_FOOT, METRES_PER_MILE, Units, say_clock, say_watts

IntArray = NDArray[np.int64]

LEAST_RELIEF_M = 150.0
"""A flatter course does not fill the drawing: it should look flat."""
LEAST_WARMTH_C = 6.0
MANY = 4
"""Places whose names begin alike (fluid stations), when more than this, give way to all others."""
WARMTH_STRIDE = 3
"""Temperature bends slowly: a third of the points draws it."""
SKY_FRACTION = 0.34
"""Upper part of the drawing, kept for light, temperature and leaders."""


TITLE_PX = 26.0
AXIS_PX = 40.0


@record()
class Mark:
    """One waypoint on the line of the mountains."""

    x_px: float
    y_px: float
    refill: bool
    gate: bool


@record()
class Bar:
    x_px: float
    y_px: float
    width_px: float
    height_px: float
    text: str


@record()
class Effort:
    """Pace, speed or power of each segment."""

    title: str
    top_px: float
    bottom_px: float
    bars: tuple[Bar, ...]


@record()
class ProfileDrawing:
    sheet: Sheet
    height_px: float
    top_px: float
    bottom_px: float
    base_px: float
    """Lower edge of everything but the axes."""
    light: tuple[tuple[float, float], ...]
    """Darkness at fractions of the course."""
    area: str
    line: str
    warmth: str
    warmth_marks: tuple[tuple[float, float, str, str], ...]
    heights: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    corridor: Corridor | None
    effort: Effort
    distances: tuple[Tick, ...]
    clocks: tuple[Tick, ...]
    relief: tuple[float, float]
    """Pixels of the lowest and the highest point, for the cursor."""

    def lane_y(self, label: Label) -> float:
        return self.top_px - 8.0 - label.lane * self.sheet.lane_px

    def mark_y(self, label: Label) -> float:
        return self.marks[label.index].y_px


def draw_profile(plan: RacePlan, units: Units, sheet: Sheet) -> ProfileDrawing:
    """Everything in one drawing of the course profile."""
    trace = plan.profile
    sheet = _fit_heights(plan, units, sheet)
    x = Scale(float(trace.distance_m[0]), float(trace.distance_m[-1]), sheet.left_px, sheet.end_px)
    names = _name_waypoints(plan.waypoints, [x(w.distance_m) for w in plan.waypoints], sheet)
    top = 10.0 + (1 + max((label.lane for label in names), default=-1)) * sheet.lane_px
    bottom = top + sheet.plot_px
    low, high = float(trace.elevation_m.min()), float(trace.elevation_m.max())
    relief = max(high - low, LEAST_RELIEF_M)
    y = Scale(low - 0.06 * relief, low + relief, bottom, top + SKY_FRACTION * sheet.plot_px)
    drawn = _thin(trace.distance_m, trace.elevation_m, sheet)
    line = draw_line(x.map(trace.distance_m[drawn]), y.map(trace.elevation_m[drawn]))
    marks = tuple(Mark(x(w.distance_m), y(w.elevation_m), w.refill, w.cutoff_s is not None) for w in plan.waypoints)
    warmth, warmth_marks = _draw_warmth(plan, units, x, top, sheet)
    corridor = draw_corridor(plan, x, bottom + TITLE_PX, sheet)
    below = corridor.bottom_px if corridor else bottom
    effort = _draw_effort(plan, units, x, below + TITLE_PX, sheet)
    return ProfileDrawing(
        sheet=sheet,
        height_px=effort.bottom_px + AXIS_PX,
        top_px=top,
        bottom_px=bottom,
        base_px=effort.bottom_px,
        light=_find_light(plan),
        area=f"{line}V{bottom:.1f}H{sheet.left_px:g}Z",
        line=line,
        warmth=warmth,
        warmth_marks=warmth_marks,
        heights=_height_ticks(units, y, low, high),
        marks=marks,
        labels=tuple(names),
        corridor=corridor,
        effort=effort,
        distances=_distance_ticks(plan, units, x, sheet),
        clocks=_clock_ticks(plan, x, sheet),
        relief=(y(low), y(high)),
    )


def _thin(distance_m: FloatArray, elevation_m: FloatArray, sheet: Sheet) -> IntArray:
    """Points that a drawing this wide can show: every one of its own pixels keeps its highest and lowest point."""
    width = sheet.end_px - sheet.left_px
    column = np.minimum((distance_m / distance_m[-1] * width).astype(int), int(width) - 1)
    kept = {0, len(distance_m) - 1}
    for pixel in np.unique(column):
        inside = np.flatnonzero(column == pixel)
        kept |= {int(inside[elevation_m[inside].argmin()]), int(inside[elevation_m[inside].argmax()])}
    return np.array(sorted(kept))


def _find_light(plan: RacePlan) -> tuple[tuple[float, float], ...]:
    """Darkness where it changes: stops of a gradient."""
    trace = plan.profile
    dark = np.round(np.clip(trace.darkness, 0.0, 1.0), 2)
    share = trace.distance_m / trace.distance_m[-1]
    last = len(dark) - 1
    kept = [i for i in range(last + 1) if i in (0, last) or dark[i] != dark[i - 1] or dark[i] != dark[i + 1]]
    return tuple((round(float(share[i]), 4), float(dark[i])) for i in kept)


def _draw_warmth(
    plan: RacePlan, units: Units, x: Scale, top: float, sheet: Sheet
) -> tuple[str, tuple[tuple[float, float, str, str], ...]]:
    trace = plan.profile
    low, high = float(trace.temperature_c.min()), float(trace.temperature_c.max())
    middle, half = 0.5 * (low + high), 0.5 * max(high - low, LEAST_WARMTH_C)
    y = Scale(middle - half, middle + half, top + (SKY_FRACTION - 0.06) * sheet.plot_px, top + 20.0)
    drawn = np.append(np.arange(0, len(trace.distance_m) - 1, WARMTH_STRIDE), len(trace.distance_m) - 1)
    path = draw_line(x.map(trace.distance_m[drawn]), y.map(trace.temperature_c[drawn]))
    said: dict[str, tuple[float, float, str, str]] = {}
    for index in (int(trace.temperature_c.argmin()), int(trace.temperature_c.argmax())):
        text = f"{units.say_temperature(float(trace.temperature_c[index]))} {units.temperature}"
        at = x(float(trace.distance_m[index]))
        side = "end" if at > sheet.end_px - 40.0 else "start" if at < sheet.left_px + 40.0 else "middle"
        at += 4.0 if side == "start" else 0.0
        said.setdefault(text, (at, y(float(trace.temperature_c[index])) - 5.0, side, text))
    return path, tuple(said.values())


def _fit_heights(plan: RacePlan, units: Units, sheet: Sheet) -> Sheet:
    """The sheet with room for the longest height beside it: feet have a digit more than metres."""
    widest = measure_text(units.say_height(float(plan.profile.elevation_m.max())), sheet.type_px)
    return replace(sheet, left_px=max(sheet.left_px, math.ceil(widest) + 6.0))


def _height_ticks(units: Units, y: Scale, low_m: float, high_m: float) -> tuple[Tick, ...]:
    per = 1.0 if units.system == "metric" else METRES_PER_FOOT
    ticks = round_ticks(low_m / per, high_m / per, 4)
    return tuple(Tick(y(value * per), units.say_height(value * per)) for value in ticks)


def _distance_ticks(plan: RacePlan, units: Units, x: Scale, sheet: Sheet) -> tuple[Tick, ...]:
    per = 1000.0 if units.system == "metric" else METRES_PER_MILE
    ticks = round_ticks(0.0, plan.profile.distance_m[-1] / per, sheet.ticks)
    return tuple(Tick(x(value * per), f"{value:g}" + (f" {units.distance}" if value == 0.0 else "")) for value in ticks)


def _name_waypoints(waypoints: tuple[PlannedWaypoint, ...], places_px: list[float], sheet: Sheet) -> list[Label]:
    last = len(waypoints) - 1
    highest = max(w.elevation_m for w in waypoints)
    kinds = Counter(" ".join(w.name.split()[:2]).lower() for w in waypoints)

    def rank(index: int, w: PlannedWaypoint) -> int:
        if index in (0, last):
            return 0
        if w.cutoff_s is not None or w.elevation_m == highest:
            return 1
        if w.crew or w.drop_bag:
            return 2
        if kinds[" ".join(w.name.split()[:2]).lower()] > MANY:
            return 5
        return 3 if w.refill or w.kind == "summit" else 4

    wanted = [Wanted(w.name, px, rank(i, w)) for i, (w, px) in enumerate(zip(waypoints, places_px, strict=True))]
    return place_labels(wanted, left_px=sheet.left_px, right_px=sheet.end_px, lanes=sheet.lanes, type_px=sheet.type_px)


def _clock_ticks(plan: RacePlan, x: Scale, sheet: Sheet) -> tuple[Tick, ...]:
    """Round hours of the day where the athlete is then."""
    trace, start = plan.profile, clock_at(plan, 0.0)
    step_s = 3600.0 * hour_step(float(trace.elapsed_s[-1]) / 3600.0, sheet.ticks)
    since_midnight = start.hour * 3600.0 + start.minute * 60.0 + start.second
    at = step_s * np.ceil(since_midnight / step_s) - since_midnight
    ticks: list[Tick] = []
    shown = start
    while at <= trace.elapsed_s[-1]:
        px = x(float(np.interp(at, trace.elapsed_s, trace.distance_m)))
        clock = clock_at(plan, float(at))
        # the weekday once a day: with its first hour
        text = say_clock(clock, start if not ticks or clock.date() != shown.date() else clock)
        room = measure_text(text, sheet.type_px) + 8.0
        if (not ticks or px - ticks[-1].at_px >= room) and px >= sheet.left_px:
            ticks.append(Tick(px, text))
            shown = clock
        at += step_s
    return tuple(ticks)


def _draw_effort(plan: RacePlan, units: Units, x: Scale, top: float, sheet: Sheet) -> Effort:
    title, figures, said = _say_effort(plan.segments, plan.course.sport, units)
    bottom = top + sheet.effort_px
    y = Scale(0.0, max(*figures, 1e-9), bottom, top + sheet.type_px + 5.0)
    bars = []
    for segment, figure, text in zip(plan.segments, figures, said, strict=True):
        start, end = x(segment.start_m) + 0.75, x(segment.end_m) - 0.75
        width = max(end - start, 0.75)
        fits = measure_text(text, sheet.type_px) + 2.0 <= width
        level = y(figure)
        bars.append(Bar(start, level, width, bottom - level, text if fits else ""))
    return Effort(title, top, bottom, tuple(bars))


def _say_effort(segments: tuple[PlannedSegment, ...], sport: str, units: Units) -> tuple[str, list[float], list[str]]:
    if all(s.power_w is not None for s in segments):
        watts = [s.power_w or 0.0 for s in segments]
        return "power, W", watts, [say_watts(w) for w in watts]
    speeds = [s.speed_m_per_s for s in segments]
    if sport == "run":
        return f"pace, min/{units.distance}", speeds, [units.say_pace(s.pace_s_per_km) for s in segments]
    return f"speed, {units.speed}", speeds, [units.say_speed(v) for v in speeds]


def segment_at(plan: RacePlan, distance_m: float) -> int:
    """Index of the segment a place lies in; a waypoint belongs to the segment that begins there."""
    return next(
        (i for i, (one, _) in enumerate(pairwise(plan.segments)) if distance_m < one.end_m - 0.5),
        len(plan.segments) - 1,
    )
