"""Snow and mud of the day: said as people say it, kept in the plan, and worth what two snow years cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pacecalc.errors import DocumentError, PacecalcError, UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.compare import compare_goals
from pacecalc.planning.cutoff_report import report_cutoffs
from pacecalc.planning.finish_time import report_times
from pacecalc.planning.ground import lay_ground, read_ground
from pacecalc.planning.plan import plan_race
from pacecalc.planning.records import GroundStretch
from pacecalc.planning.replan import Split, replan_race
from pacecalc.render.compare_text import render_comparison
from pacecalc.render.cutoff_report import render_cutoff_report
from pacecalc.render.finish_time import render_time_report
from pacecalc.render.plan_json import parse_plan, render_json
from pacecalc.render.terminal import render_terminal
from pacecalc.science.surfaces import CODE, RUN_FACTOR

COURSE = load_course("western-states-100")
SNOW = "snow 3.57 mi to 10.3 mi"


@pytest.fixture(scope="module")
def snowy():
    return plan_race("western-states-100", goal="26:00", mass="62 kg", ground=SNOW)


def test_distances_in_any_unit_and_places_by_name_say_the_same():
    (by_miles,) = read_ground(COURSE, SNOW)
    (by_name,) = read_ground(COURSE, ["snow Emigrant Pass to Lyon Ridge"])
    assert by_miles.start_m == pytest.approx(by_name.start_m)
    assert by_miles.end_m == pytest.approx(by_name.end_m)
    assert by_miles.surface == by_name.surface == "snow"


def test_only_the_stretch_changes_and_what_is_said_later_lies_on_top():
    laid = lay_ground(COURSE, read_ground(COURSE, ["snow 5 km to 15 km", "mud 12 km to 20 km"]))
    km = (laid.edge_m[:-1] + 0.5 * laid.cell_m) / 1000.0
    assert np.all(laid.surface[(km > 5.0) & (km < 12.0)] == CODE["snow"])
    assert np.all(laid.surface[(km > 12.0) & (km < 20.0)] == CODE["mud"])
    untouched = (km < 5.0) | (km > 20.0)
    assert np.array_equal(laid.surface[untouched], COURSE.surface[untouched])
    assert COURSE.ground == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("snow", "expected SURFACE FROM to TO"),
        ("snow 3 km to ", "expected SURFACE FROM to TO"),
        ("slush 3 km to 4 km", "it can be asphalt, gravel"),
        ("snow 10 km to 4 km", "exchange them"),
        ("snow 10 km to 400 km", "beyond the finish at 161.3 km"),
        ("snow 3 to 4", "has no unit"),
        ("snow 3 km to Lyon Rigde", 'did you mean "Lyon Ridge"'),
    ],
)
def test_what_cannot_be_ground_is_refused_in_one_line(text, said):
    with pytest.raises(PacecalcError, match=said) as refused:
        lay_ground(COURSE, read_ground(COURSE, text))
    assert "\n" not in str(refused.value)


def test_snow_to_the_finish_is_taken_though_miles_round():
    lay_ground(COURSE, read_ground(COURSE, "snow 90 mi to 100.2 mi"))
    with pytest.raises(UsageError, match="beyond the finish"):
        lay_ground(COURSE, [GroundStretch(start_m=0.0, end_m=COURSE.distance_m + 20.0, surface="mud")])


def test_a_saved_plan_with_ground_nobody_knows_is_refused_in_one_line(snowy):
    mangled = parse_plan(render_json(snowy).replace('"surface": "snow"', '"surface": "slush"'))
    place = mangled.waypoints[1]
    with pytest.raises(UsageError, match='ground "slush" is unknown'):
        replan_race(mangled, [Split(name=place.name, arrive_s=place.arrive_s, leave_s=place.arrive_s)])


def test_the_same_finish_with_snow_means_later_at_its_end_by_what_the_surface_costs(snowy):
    usual = plan_race("western-states-100", goal="26:00", mass="62 kg")
    names = [w.name for w in usual.waypoints]
    at, before = names.index("Lyon Ridge"), names.index("Emigrant Pass (Escarpment)")
    with_snow, without = (p.waypoints[at].arrive_s - p.waypoints[before].arrive_s for p in (snowy, usual))
    assert snowy.finish_s == pytest.approx(usual.finish_s)
    # everything else is run a little faster for it
    km = COURSE.edge_m[:-1] / 1000.0
    under_it = COURSE.surface[(km > 3.57 * 1.609344) & (km < 10.3 * 1.609344)]
    cost = float(np.mean(RUN_FACTOR[CODE["snow"]] / RUN_FACTOR[under_it]))
    assert 0.97 * cost < with_snow / without < cost


def test_the_plan_says_it_and_a_saved_plan_replans_on_it(snowy):
    saved = parse_plan(render_json(snowy))
    assert saved.day.ground == snowy.day.ground == read_ground(COURSE, SNOW)
    place = saved.waypoints[1]
    rest = replan_race(saved, [Split(name=place.name, arrive_s=place.arrive_s, leave_s=place.arrive_s)])
    assert rest.day.ground == snowy.day.ground
    for old, new in zip(snowy.waypoints[2:], rest.waypoints[2:], strict=True):
        assert new.arrive_s == pytest.approx(old.arrive_s, abs=30.0)


def test_every_report_of_a_race_says_it(snowy):
    said = "snow from 5.7 to 16.6 km"
    day = {"ground": SNOW, "results": ["100km 11:00"]}
    for text in (
        render_terminal(snowy),
        render_cutoff_report(report_cutoffs("western-states-100", day)),
        render_time_report(report_times("western-states-100", day)),
        render_comparison(compare_goals("western-states-100", ["26:00", "27:00"], day)),
    ):
        assert said in " ".join(text.split())


def test_the_race_day_file_says_it_too_and_the_option_goes_before_it(tmp_path: Path):
    day = tmp_path / "day.yaml"
    day.write_text("ground:\n  - {from: 40 mi, to: 47 mi, surface: mud}\n", encoding="utf-8")
    of_file = plan_race("bighorn-100", goal="32:00", day=day).day.ground
    assert [(round(s.start_m), round(s.end_m), s.surface) for s in of_file] == [(64374, 75639, "mud")]
    given = plan_race("bighorn-100", goal="32:00", day=day, ground="snow 46 mi to 49 mi").day.ground
    assert [s.surface for s in given] == ["snow"]


def test_a_race_day_that_ends_before_it_begins_is_refused_with_its_line(tmp_path: Path):
    day = tmp_path / "day.yaml"
    day.write_text("ground:\n  - {from: 5 km, to: 4 km, surface: snow}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"day\.yaml:2:.*is not after 'from'"):
        plan_race("western-states-100", goal="26:00", day=day)
