"""Inside the process: the stages of a plan, the odds, the import of a track, and how each grows."""

from __future__ import annotations

import io
import itertools
import resource
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from timing import Section, fit_exponent, middle_ms, ratio_in_turn

from pacecalc.planning.build import load_course
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.compose import pace_inputs, write_plan
from pacecalc.planning.course import Course, Waypoint
from pacecalc.planning.feed import feed_race
from pacecalc.planning.field import plan_field
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.odds import weigh_odds
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.records import RacePlan
from pacecalc.render.html import render_html
from pacecalc.render.pdf import render_pdf
from pacecalc.render.terminal import render_terminal
from pacecalc.science.elevation import grade_of_cells

SORTED = 100_000
LONG_COURSE, LONG_GOAL = "utmb", "42:00"
BOTTLES_ML, CARRY_KG = 6000.0, 12.0
FIELD_COURSE = "western-states-100"
FIELD_HOURS = (18.0, 29.5)


def sort_numbers() -> None:
    """Yardstick of what runs in the process: numpy sorts 100,000 random numbers."""
    np.sort(np.random.default_rng(1).random(SORTED))


def measure_stages(plans: Sequence[tuple[str, str]], repeats: int) -> Section:
    rows = []
    for name, goal in plans:
        stages = _stages_of(name, goal)
        measured = [ratio_in_turn(stage, sort_numbers, repeats) for stage in stages.values()]
        rows.append((f"{name} {goal}", *(f"{ms:.1f} ms ({ratio:.1f})" for ms, ratio in measured)))
    return Section(
        "Stages of a plan",
        f"In the process, warm; in brackets against the yardstick, numpy making and sorting {SORTED:,} random numbers.",
        ("plan", *_stages_of(*plans[0])),
        tuple(rows),
    )


def _stages_of(name: str, goal: str) -> dict[str, Callable[[], object]]:
    course = load_course(name)
    inputs = resolve_race(course, RaceChoices(goal=goal))
    paced = pace_inputs(inputs)
    fed = feed_race(paced, inputs.athlete, inputs.conditions, inputs.larder)
    odds = weigh_odds(paced, inputs.athlete, inputs.conditions, runs=inputs.runs, seed=1)
    plan: RacePlan = write_plan(inputs, paced, fed, odds)
    numbers = itertools.count()

    def print_set() -> bytes:
        # Typst remembers what it has set; another name on every page makes it set them anew.
        return render_pdf(replace(plan, athlete=replace(plan.athlete, name=f"Runner {next(numbers)}")))

    return {
        "load the course": lambda: load_course(name),
        "resolve, predict": lambda: resolve_race(course, RaceChoices(goal=goal)),
        "pace": lambda: pace_inputs(inputs),
        "feed": lambda: feed_race(paced, inputs.athlete, inputs.conditions, inputs.larder),
        "odds (2,000 runs)": lambda: weigh_odds(paced, inputs.athlete, inputs.conditions, runs=2000, seed=1),
        "write down": lambda: write_plan(inputs, paced, fed, odds),
        "render the table": lambda: render_terminal(plan),
        "the page (target 300 ms)": lambda: render_html(plan),
        "the PDF set (target 1500 ms)": print_set,
    }


def measure_risk(runs: Sequence[int], repeats: int) -> Section:
    inputs = resolve_race(LONG_COURSE, RaceChoices(goal=LONG_GOAL))
    paced = pace_inputs(inputs)
    rows = []
    for count in runs:
        shape = (count, len(inputs.course.waypoints))
        ms, ratio = ratio_in_turn(
            lambda count=count: weigh_odds(paced, inputs.athlete, inputs.conditions, runs=count, seed=1),
            lambda shape=shape: np.random.default_rng(1).standard_normal(shape),
            repeats,
        )
        rows.append((f"{count:,}", f"{ms:.1f} ms", f"{ratio:.1f}"))
    return Section(
        "Odds",
        f"Simulated days of {LONG_COURSE} ({len(inputs.course.waypoints)} places); the yardstick is numpy drawing one "
        "normal number for each day and place.",
        ("days", "time", "of the yardstick"),
        tuple(rows),
    )


def measure_gpx(points: int, repeats: int) -> Section:
    import gpxpy

    text = _write_gpx(points)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "track.gpx"
        path.write_text(text, encoding="utf-8")
        ms, ratio = ratio_in_turn(lambda: load_course(path), lambda: gpxpy.parse(io.StringIO(text)), repeats)
    row = (f"{points:,}", f"{ms:.0f} ms", f"{ratio:.2f}", "1.3")
    return Section(
        "Import of a track",
        "A GPX file to a course one can plan on: read, cleaned, smoothed, laid on the grid; the yardstick is "
        "`gpxpy.parse` of the same text, which only reads it.",
        ("points", "time", "of gpxpy", "target"),
        (row,),
    )


def _write_gpx(points: int) -> str:
    """A walk in the mountains, recorded every ten metres, with the noise of a watch."""
    rng = np.random.default_rng(3)
    heading = np.cumsum(rng.normal(0.0, 0.08, points))
    latitude = 46.0 + np.cumsum(np.cos(heading)) * 10.0 / 111_195.0
    longitude = 7.0 + np.cumsum(np.sin(heading)) * 10.0 / 77_000.0
    height = 1500.0 + 400.0 * np.sin(np.arange(points) / 300.0) + rng.normal(0.0, 0.5, points)
    body = "".join(
        f'<trkpt lat="{a:.7f}" lon="{b:.7f}"><ele>{h:.1f}</ele></trkpt>\n'
        for a, b, h in zip(latitude, longitude, height, strict=True)
    )
    head = '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    return f"{head}{body}</trkseg></trk></gpx>"


def measure_growth(cells: Sequence[int], waypoints: Sequence[int], legs: Sequence[int], repeats: int) -> Section:
    base = load_course(LONG_COURSE)
    inputs = resolve_race(base, RaceChoices(goal=LONG_GOAL, ignore_cutoffs=True))

    def pace(course: Course) -> object:
        return pace_inputs(replace(inputs, course=course))

    def pace_and_weigh(course: Course) -> object:
        paced = pace_inputs(replace(inputs, course=course))
        return weigh_odds(paced, inputs.athlete, inputs.conditions, runs=2000, seed=1)

    rows = [
        _grow("cells: pace", cells, [_with_cells(base, n) for n in cells], pace, repeats),
        _grow("places: pace and odds", waypoints, [_with_places(base, n) for n in waypoints], pace_and_weigh, repeats),
        _grow_legs(inputs, base, legs, repeats),
    ]
    return Section(
        "Growth",
        f"{LONG_COURSE} on finer grids, with more places, and with more legs between stations; the exponent of the "
        "power law fitted to the times (1 is linear) over all sizes, and from the last but one to the last.",
        ("what grows", "sizes", "times", "exponent", "at the end"),
        tuple(rows),
    )


def _grow(
    what: str, sizes: Sequence[int], courses: Sequence[Course], run: Callable[[Course], object], repeats: int
) -> tuple[str, ...]:
    return _tell(what, sizes, [middle_ms(lambda course=course: run(course), repeats) for course in courses])


def _grow_legs(inputs: RaceInputs, base: Course, legs: Sequence[int], repeats: int) -> tuple[str, ...]:
    # Large bottles, so that few stations are enough.
    fuelling = replace(inputs.athlete.fuelling, bottle_ml=BOTTLES_ML, carry_kg=CARRY_KG)
    athlete = replace(inputs.athlete, fuelling=fuelling)
    times = []
    for count in legs:
        paced = pace_inputs(replace(inputs, course=_with_places(base, count + 1)))
        times.append(
            middle_ms(lambda paced=paced: feed_race(paced, athlete, inputs.conditions, inputs.larder), repeats)
        )
    return _tell("legs: feed", legs, times)


def _tell(what: str, sizes: Sequence[int], times: Sequence[float]) -> tuple[str, ...]:
    return (
        what,
        ", ".join(f"{n:,}" for n in sizes),
        ", ".join(f"{ms:.1f}" for ms in times) + " ms",
        f"{fit_exponent(sizes, times):.2f}",
        f"{fit_exponent(sizes[-2:], times[-2:]):.2f}",
    )


def _with_cells(base: Course, cells: int) -> Course:
    """The same course on another grid."""
    edge_m = np.linspace(0.0, base.distance_m, cells + 1)
    cell_m = base.distance_m / cells
    middle = np.minimum((0.5 * (edge_m[1:] + edge_m[:-1]) / base.cell_m).astype(np.intp), len(base.grade) - 1)

    def read(values: np.ndarray) -> np.ndarray:
        return np.interp(edge_m, base.edge_m, values)

    elevation_m = read(base.elevation_m)
    return replace(
        base,
        cell_m=cell_m,
        elevation_m=elevation_m,
        grade=grade_of_cells(elevation_m, cell_m),
        surface=base.surface[middle],
        latitude_deg=read(base.latitude_deg),
        longitude_deg=read(base.longitude_deg),
        bearing_deg=None if base.bearing_deg is None else base.bearing_deg[middle],
        radius_m=None if base.radius_m is None else base.radius_m[middle],
    )


def _with_places(base: Course, places: int) -> Course:
    """The same course with evenly spaced aid stations, start and finish included."""
    along = np.linspace(0.0, base.distance_m, places)[1:-1]
    between = tuple(
        Waypoint(name=f"Station {i}", kind="aid", distance_m=float(at), stop_s=120.0, water=True)
        for i, at in enumerate(along, 1)
    )
    return replace(base, waypoints=(base.waypoints[0], *between, base.waypoints[-1]))


def measure_field(athletes: int) -> Section:
    first, last = FIELD_HOURS
    hours = np.linspace(first, last, athletes)
    group = [{"name": f"runner {i}", "goal": f"{h:.4f} h", "mass": "70 kg"} for i, h in enumerate(hours)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ms = middle_ms(lambda: plan_field(FIELD_COURSE, group, intake=False, jobs=0), 1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked_ms = 1000.0 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    sort_ms = middle_ms(sort_numbers, 5)
    each_ms = worked_ms / athletes
    row = (f"{athletes:,}", f"{ms / 1000.0:.1f} s", f"{each_ms:.1f} ms", f"{each_ms / sort_ms:.1f}")
    return Section(
        "Many athletes",
        f"Pacing and odds on {FIELD_COURSE}, all cores, start of the processes included; the yardstick is that of the "
        "stages. The target is 1,000 athletes in 30 s.",
        ("athletes", "time", "processor time each", "of the yardstick"),
        (row,),
    )
