"""CSV tables hold the figures of the plan as numbers, and no cell acts as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.errors import UsageError
from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.csv_tables import TABLES, make_harmless, render_csv
from pacecalc.render.wording import METRES_PER_FOOT, METRES_PER_MILE, say_items


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def to_seconds(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + int(seconds)


def test_waypoints_are_numbers_of_the_plan(run_plan: RacePlan) -> None:
    rows = read_rows(render_csv(run_plan))
    assert [row["place"] for row in rows] == [w.name for w in run_plan.waypoints]
    for row, w in zip(rows, run_plan.waypoints, strict=True):
        assert float(row["distance_km"]) == pytest.approx(w.distance_m / 1000.0, abs=6e-4)
        assert to_seconds(row["arrive"]) == pytest.approx(w.arrive_s, abs=0.51)
        assert row["clock"][:10] == f"{w.arrive_clock:%Y-%m-%d}"
        assert (row["margin_min"] == "") == (w.margin_s is None)
        if w.margin_s is not None and w.cutoff_s is not None:
            assert float(row["margin_min"]) == pytest.approx(w.margin_s / 60.0, abs=0.006)
            assert to_seconds(row["cutoff"]) == pytest.approx(w.cutoff_s, abs=0.51)


def test_places_behind_are_marked(run_plan: RacePlan) -> None:
    here = run_plan.waypoints[6]
    again = replan_race(run_plan, [Split(name=here.name, arrive_s=here.arrive_s + 900.0)])
    rows = list(csv.DictReader(io.StringIO(render_csv(again))))
    assert [row["passed"] for row in rows] == ["yes"] * 7 + ["no"] * (len(rows) - 7)


def test_imperial_headings_name_their_units(mtb_plan: RacePlan) -> None:
    rows = read_rows(render_csv(mtb_plan, units="imperial"))
    finish = mtb_plan.waypoints[-1]
    assert float(rows[-1]["distance_mi"]) == pytest.approx(finish.distance_m / METRES_PER_MILE, abs=6e-4)
    assert float(rows[-1]["elevation_ft"]) == pytest.approx(finish.elevation_m / METRES_PER_FOOT, abs=0.06)
    assert float(rows[-1]["temperature_f"]) == pytest.approx(finish.temperature_c * 1.8 + 32.0, abs=0.06)


def test_segments_of_a_ride_have_watts(mtb_plan: RacePlan) -> None:
    rows = read_rows(render_csv(mtb_plan, table="segments"))
    assert [row["to"] for row in rows] == [s.end for s in mtb_plan.segments]
    assert [int(row["power_w"]) for row in rows] == [round(s.power_w or 0.0) for s in mtb_plan.segments]
    assert [row["items"] for row in rows] == [say_items(s.intake.items) for s in mtb_plan.segments]


def test_legs_schedule_and_shopping_list_every_piece(run_plan: RacePlan) -> None:
    legs = read_rows(render_csv(run_plan, table="legs"))
    assert [(r["from"], r["take"]) for r in legs] == [(leg.start, say_items(leg.pick_up)) for leg in run_plan.legs]
    schedule = read_rows(render_csv(run_plan, table="schedule"))
    assert [r["items"] for r in schedule] == [say_items(i.items) for i in run_plan.schedule]
    shopping = read_rows(render_csv(run_plan, table="shopping"))
    assert [(int(r["count"]), r["id"]) for r in shopping] == [(i.count, i.id) for i in run_plan.shopping]


def test_the_temperature_card_is_that_of_the_plan(run_plan: RacePlan) -> None:
    rows = read_rows(render_csv(run_plan, table="temperature"))
    assert [float(row["temperature_c"]) for row in rows] == [row.temperature_c for row in run_plan.temperature_card]
    assert len(rows) > 3


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_cell_of_a_hostile_plan_is_a_formula(hostile_plan: RacePlan, table: str) -> None:
    text = render_csv(hostile_plan, table=table)  # type: ignore[arg-type]
    for row in csv.reader(io.StringIO(text), strict=True):
        for cell in row:
            assert is_number(cell) or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")), cell


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@given(st.text())
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    cell = make_harmless(text)
    assert isinstance(cell, str)
    assert is_number(cell) or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not any(c in cell for c in "\r\n\t\x00")


@pytest.mark.parametrize("value", [-4, -3.5, "-12.5", "+18", 0])
def test_numbers_are_not_destroyed(value: float | str) -> None:
    assert make_harmless(value) == value


def test_an_unknown_table_is_named_with_those_that_exist(run_plan: RacePlan) -> None:
    with pytest.raises(UsageError, match=r"'food'.*waypoints, segments, legs, schedule, shopping, temperature"):
        render_csv(run_plan, table="food")  # type: ignore[arg-type]
