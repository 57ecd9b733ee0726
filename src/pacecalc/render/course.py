"""A course for a terminal: facts, places, an elevation chart and its hardest climbs."""

from __future__ import annotations

import textwrap

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.climbs import Climb
from pacecalc.planning.course import Course, Waypoint
from pacecalc.render.layout import Canvas
from pacecalc.render.strip import ASCII_BLOCKS, BLOCKS
from pacecalc.render.tables import Cell, Column, Table, build_table
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_date, say_elapsed

CHART_ROWS = 10
LEAST_RELIEF_M = 150.0
"""A flatter course does not fill the chart: it should look flat."""


def render_course(
    course: Course, *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """Facts, elevation chart, waypoints and hardest climbs."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.say(course.name, style="bold")
    for line in _facts(course, system):
        canvas.say(line)
    canvas.skip()
    for line in draw_elevation(course, system, width - 1, plain=plain):
        canvas.say(line, style="cyan", wrap=False)
    canvas.table(_waypoint_table(course, system))
    climbs = course.climbs()
    if climbs:
        canvas.table(_climb_table(climbs, system))
    canvas.skip()
    for line in _closing(course):
        canvas.say(line, style="dim")
    return canvas.text()


def _facts(course: Course, units: Units) -> list[str]:
    climb = f"{units.say_height(course.ascent_m)} {units.height} up, {units.say_height(course.descent_m)} down"
    if course.published_ascent_m is not None:
        climb += f" in the profile ({units.say_height(course.published_ascent_m)} {units.height} up published)"
    finish = course.waypoints[-1].cutoff
    limit = "no limit known" if finish is None else f"limit {_say_cutoff(course.waypoints[-1])}"
    awards = ", ".join(f"{award.name} under {say_elapsed(award.under_s)}" for award in course.awards)
    start = course.start_clock
    return [
        f"{course.sport}   {units.say_distance(course.distance_m)} {units.distance}   {climb}   {limit}",
        f"starts {say_date(start)} {start:%H:%M} {start.tzname()} ({course.timezone})"
        + (f"   awards: {awards}" if awards else ""),
        f"edition: {course.edition}   elevation: {course.elevation_quality}",
    ]


def _say_cutoff(waypoint: Waypoint) -> str:
    cutoff = waypoint.cutoff
    if cutoff is None:
        return ""
    when = f"{cutoff.clock:%a %H:%M}" if cutoff.clock is not None else say_elapsed(cutoff.elapsed_s or 0.0)
    return f"{when} {cutoff.measured}" + (" out" if cutoff.applies == "leaving" else "")


def _waypoint_table(course: Course, units: Units) -> Table:
    up_m, down_m = course.climbed_m()

    def climbed(curve: FloatArray, waypoint: Waypoint) -> str:
        return units.say_height(float(curve[course.edge_at(waypoint.distance_m)]))

    def elevation(w: Waypoint) -> Cell:
        height = w.elevation_m if w.elevation_m is not None else float(course.elevation_at(w.distance_m))
        return Cell(units.say_height(height), "quiet")

    return build_table(
        "waypoints",
        "Places",
        course.waypoints,
        [
            (Column(units.distance), lambda w: Cell(units.say_distance(w.distance_m))),
            (Column("place", "left", wrap=True), lambda w: Cell(w.name, "strong" if w.kind == "aid" else "plain")),
            (Column("kind", "left", optional=2), lambda w: Cell(w.kind, "quiet")),
            (Column(units.height), elevation),
            (Column("up so far"), lambda w: Cell(climbed(up_m, w), "quiet")),
            (Column("down so far", optional=1), lambda w: Cell(climbed(down_m, w), "quiet")),
            (Column("cutoff", "left"), lambda w: Cell(_say_cutoff(w))),
            (Column("crew", "left"), lambda w: Cell({True: "crew", False: "no", None: ""}[w.crew], "quiet")),
            (Column("bag", "left"), lambda w: Cell({True: "bag", False: "no", None: ""}[w.drop_bag], "quiet")),
        ],
    )


def _climb_table(climbs: tuple[Climb, ...], units: Units) -> Table:
    return build_table(
        "climbs",
        "Hardest climbs",
        climbs,
        [
            (Column("from"), lambda c: Cell(units.say_distance(c.start_m))),
            (Column(f"to {units.distance}"), lambda c: Cell(units.say_distance(c.end_m))),
            (Column(f"up {units.height}"), lambda c: Cell(units.say_height(c.ascent_m))),
            (Column("mean %"), lambda c: Cell(f"{100.0 * c.grade:.1f}")),
            (Column("steepest 500 m %"), lambda c: Cell(f"{100.0 * c.steepest_grade:.0f}")),
            (Column("top", "left", wrap=True), lambda c: Cell(c.top)),
        ],
    )


def draw_elevation(course: Course, units: Units, width: int, *, plain: bool = False) -> list[str]:
    """Elevation as rows of blocks over a distance axis."""
    label = max(len(units.say_height(float(h))) for h in (course.elevation_m.min(), course.elevation_m.max())) + 1
    columns = width - label - 1
    heights = course.elevation_at(np.linspace(0.0, course.distance_m, columns))
    low, high = float(heights.min()), float(heights.max())
    relief = max(high - low, LEAST_RELIEF_M)
    blocks = (ASCII_BLOCKS if plain else BLOCKS)[-8:]
    filled = (heights - low) / relief * (CHART_ROWS - 0.01) + 0.125
    lines = []
    for row in range(CHART_ROWS - 1, -1, -1):
        share = np.clip(filled - row, 0.0, 1.0)
        body = "".join(" " if s <= 0.0 else ("#" if plain else blocks[int(s * 7.999)]) for s in share)
        shown = units.say_height(low + relief * row / (CHART_ROWS - 1)) if row % 3 == 0 else ""
        lines.append(f"{shown:>{label}} {body}".rstrip())
    axis = [" "] * columns
    for tick in range(5):
        text = units.say_distance(course.distance_m * tick / 4)
        at = min(round((columns - 1) * tick / 4), columns - len(text))
        axis[at : at + len(text)] = text
    lines.append(f"{units.distance:>{label}} {''.join(axis)}".rstrip())
    return lines


def _closing(course: Course) -> list[str]:
    lines = []
    if course.estimates:
        lines.append(f"Estimated: {'; '.join(course.estimates)}.")
    if course.notes:
        lines.append(course.notes)
    lines += [textwrap.shorten(f"Source: {source}", 400) for source in course.sources]
    return lines


def render_course_list(
    courses: list[Course], *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """One line a course: id, sport, distance, ascent, cutoff, quality of the elevation."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.table(
        build_table(
            "courses",
            "",
            courses,
            [
                (Column("course", "left"), lambda c: Cell(c.id, "strong")),
                (Column("sport", "left"), lambda c: Cell(c.sport)),
                (Column(system.distance), lambda c: Cell(system.say_distance(c.distance_m))),
                (Column(f"up {system.height}"), lambda c: Cell(system.say_height(c.ascent_m))),
                (Column("cutoff", "left"), lambda c: Cell(_say_cutoff(c.waypoints[-1]))),
                (Column("elevation", "left"), lambda c: Cell(c.elevation_quality, "quiet")),
                (Column("name", "left", wrap=True, optional=1), lambda c: Cell(c.name)),
            ],
        )
    )
    return canvas.text()
