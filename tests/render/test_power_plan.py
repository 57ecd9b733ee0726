"""The power plan holds the targets of the plan as numbers, and runs have none."""

from __future__ import annotations

import csv
import io

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.records import RacePlan
from pacecalc.render.formats import format_of, render_format
from pacecalc.render.headlines import closing_lines, ride_line
from pacecalc.render.power_plan import render_power_plan
from pacecalc.render.terminal import render_terminal
from pacecalc.render.wording import METRES_PER_MILE


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_every_segment_has_its_targets(mtb_plan: RacePlan) -> None:
    rows = read_rows(render_power_plan(mtb_plan))
    assert [(row["from"], row["to"]) for row in rows] == [(s.start, s.end) for s in mtb_plan.segments]
    assert sum(int(row["duration_s"]) for row in rows) == pytest.approx(mtb_plan.moving_s, abs=len(rows))
    assert sum(int(row["pushing_s"]) for row in rows) == pytest.approx(mtb_plan.ride.pushing_s, abs=len(rows))
    for row, s in zip(rows, mtb_plan.segments, strict=True):
        for key in ("climb_w", "flat_w", "descent_w"):
            target = getattr(s.power_targets, key)
            assert row[key] == ("" if target is None else f"{target:.0f}")
        assert int(row["floor_w"]) <= int(row["ceiling_w"])


def test_targets_are_watts_a_person_can_ride_to(mtb_plan: RacePlan) -> None:
    """Rounded to 5 W, climbs over flats over descents, and inside floor and ceiling where they are pedalled."""
    for row in read_rows(render_power_plan(mtb_plan)):
        held = [int(row[key]) for key in ("climb_w", "flat_w", "descent_w") if row[key]]
        assert held == sorted(held, reverse=True)
        assert all(watts % 5 == 0 for watts in (*held, int(row["floor_w"]), int(row["ceiling_w"])))
        assert max(held) <= int(row["ceiling_w"])


def test_miles_are_said_in_the_headings(mtb_plan: RacePlan) -> None:
    rows = read_rows(render_format(mtb_plan, "powerplan", units="imperial"))
    assert float(rows[-1]["end_mi"]) == pytest.approx(mtb_plan.course.distance_m / METRES_PER_MILE, abs=6e-4)
    assert format_of("day.powerplan").name == "powerplan"


def test_no_name_acts_as_a_formula(mtb_plan: RacePlan) -> None:
    from dataclasses import replace

    evil = replace(mtb_plan.segments[0], start="=2+2")
    plan = replace(mtb_plan, segments=(evil, *mtb_plan.segments[1:]))
    assert read_rows(render_power_plan(plan))[0]["from"] == "'=2+2"


def test_a_run_has_no_power_plan(run_plan: RacePlan) -> None:
    with pytest.raises(UsageError, match="is a run, which has no power plan"):
        render_power_plan(run_plan)
    assert ride_line(run_plan) == ""


def test_the_printout_says_what_optimal_pacing_gains(mtb_plan: RacePlan) -> None:
    line = ride_line(mtb_plan)
    assert line in closing_lines(mtb_plan)
    gained = round((mtb_plan.ride.steady_finish_s - mtb_plan.finish_s) / 60.0)
    assert 5 <= gained <= 18
    assert line.startswith(f"Optimal pacing is {gained} min faster than steady effort at the same cost: mean ")
    assert f"pushing {mtb_plan.ride.pushing_s / 60.0:.0f} min" in line
    assert "intensity" not in line


def test_the_printout_has_floor_and_ceiling_beside_the_targets(mtb_plan: RacePlan) -> None:
    text = render_terminal(mtb_plan, units="metric", width=100, color=False, plain=True, explain=False)
    targets = mtb_plan.segments[0].power_targets
    assert f"{targets.floor_w:.0f}-{targets.ceiling_w:.0f}" in text
