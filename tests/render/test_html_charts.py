"""The drawings show the plan: gates above or below it, night where it is dark, curves inside their frame."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pacecalc.planning.records import RacePlan
from pacecalc.render.html_charts import draw_profile
from pacecalc.render.html_fuel import BOTTOM_PX, HEIGHT_PX, draw_fuel
from pacecalc.render.html_labels import measure_text
from pacecalc.render.html_scales import Scale, hour_step, minute_ticks, round_step, round_ticks
from pacecalc.render.html_sheet import NARROW, WIDE, Sheet
from pacecalc.render.wording import IMPERIAL, METRIC


def points(path: str) -> np.ndarray:
    return np.array([[float(v) for v in pair.split()] for pair in re.findall(r"[-\d.]+ [-\d.]+", path)])


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "phone"])
def test_the_course_fills_its_frame_from_start_to_finish(run_plan: RacePlan, sheet: Sheet) -> None:
    drawing = draw_profile(run_plan, METRIC, sheet)
    line = points(drawing.line)
    assert line[0, 0] == pytest.approx(drawing.sheet.left_px, abs=0.1)
    assert line[-1, 0] == pytest.approx(sheet.end_px, abs=0.1)
    assert np.all(np.diff(line[:, 0]) >= 0.0)
    assert line[:, 1].min() >= drawing.top_px
    assert line[:, 1].max() <= drawing.bottom_px
    assert line[:, 1].min() == pytest.approx(drawing.relief[1], abs=0.1)


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "phone"])
def test_heights_in_feet_fit_beside_the_drawing(run_plan: RacePlan, sheet: Sheet) -> None:
    drawing = draw_profile(run_plan, IMPERIAL, sheet)
    assert max(len(tick.text) for tick in drawing.heights) == len("12,000")
    assert all(measure_text(tick.text, sheet.type_px) <= drawing.sheet.left_px - 5.0 for tick in drawing.heights)


def test_the_drawn_line_keeps_the_highest_and_the_lowest_point(run_plan: RacePlan) -> None:
    for sheet in (WIDE, NARROW):
        drawing = draw_profile(run_plan, METRIC, sheet)
        line = points(drawing.line)
        assert line[:, 1].max() == pytest.approx(drawing.relief[0], abs=0.1)


def test_a_flat_course_looks_flat(run_plan: RacePlan) -> None:
    trace = run_plan.profile
    flat = replace(run_plan, profile=replace(trace, elevation_m=10.0 + 5.0 * np.sin(trace.distance_m / 5000.0)))
    drawing = draw_profile(flat, METRIC, WIDE)
    assert np.ptp(points(drawing.line)[:, 1]) < 0.1 * WIDE.plot_px


def test_night_is_dark_where_the_plan_says_so(run_plan: RacePlan) -> None:
    drawing = draw_profile(run_plan, METRIC, WIDE)
    at, dark = (np.array(column) for column in zip(*drawing.light, strict=True))
    share = run_plan.profile.distance_m / run_plan.profile.distance_m[-1]
    assert np.abs(np.interp(share, at, dark) - run_plan.profile.darkness).max() < 0.02
    assert {0.0, 1.0} <= set(dark.tolist())


def test_a_gate_stands_above_the_plan_when_in_time_and_below_when_missed(run_plan: RacePlan) -> None:
    gated = [i for i, w in enumerate(run_plan.waypoints) if w.margin_s is not None]
    changed = list(run_plan.waypoints)
    changed[gated[0]] = replace(changed[gated[0]], margin_s=-600.0)
    corridor = draw_profile(replace(run_plan, waypoints=tuple(changed)), METRIC, WIDE).corridor
    assert corridor is not None
    assert len(corridor.gates) == len(gated)
    assert corridor.gates[0].y_px > corridor.plan_px
    assert corridor.gates[0].tone == "bad"
    assert all(gate.y_px < corridor.plan_px for gate in corridor.gates[1:])
    assert all(corridor.top_px <= gate.y_px <= corridor.bottom_px for gate in corridor.gates)


def test_the_tightest_gate_keeps_its_words(mtb_plan: RacePlan) -> None:
    corridor = draw_profile(mtb_plan, METRIC, NARROW).corridor
    assert corridor is not None
    tightest = max(corridor.gates, key=lambda gate: gate.y_px)
    assert tightest.text


def test_a_cutoff_hours_away_does_not_flatten_the_band(marathon_plan: RacePlan) -> None:
    corridor = draw_profile(marathon_plan, METRIC, WIDE).corridor
    assert corridor is not None
    assert np.ptp(points(corridor.band)[:, 1]) > 0.4 * WIDE.corridor_px
    assert corridor.gates[-1].beyond


def test_without_odds_gates_still_stand(mtb_plan: RacePlan) -> None:
    sure = tuple(replace(w, arrive_p10_s=None, arrive_p90_s=None) for w in mtb_plan.waypoints)
    corridor = draw_profile(replace(mtb_plan, waypoints=sure), METRIC, WIDE).corridor
    assert corridor is not None
    assert corridor.band == ""
    assert corridor.gates


def test_bars_show_watts_on_the_bike_and_pace_on_foot(mtb_plan: RacePlan, run_plan: RacePlan) -> None:
    assert draw_profile(mtb_plan, METRIC, WIDE).effort.title == "power, W"
    effort = draw_profile(run_plan, IMPERIAL, WIDE).effort
    assert effort.title == "pace, min/mi"
    tallest = max(range(len(effort.bars)), key=lambda i: effort.bars[i].height_px)
    fastest = max(range(len(run_plan.segments)), key=lambda i: run_plan.segments[i].speed_m_per_s)
    assert tallest == fastest


def test_the_weekday_is_said_when_the_day_changes_and_not_again(run_plan: RacePlan) -> None:
    texts = [tick.text for tick in draw_profile(run_plan, METRIC, WIDE).clocks]
    assert [text for text in texts if " " in text] == ["Sun 00:00"]


def test_fuel_curves_stay_in_their_frame_and_their_words_apart(run_plan: RacePlan) -> None:
    for drawing in draw_fuel(run_plan, METRIC):
        for curve in drawing.curves:
            ys = points(curve.path)[:, 1]
            assert ys.min() >= 0.0
            assert ys.max() <= HEIGHT_PX - BOTTOM_PX + 0.1
        words = sorted(curve.label_px for curve in drawing.curves)
        assert all(b - a >= 14.9 for a, b in pairwise(words))
        assert words[-1] <= HEIGHT_PX - BOTTOM_PX + 0.1


def test_caffeine_has_a_drawing_only_when_there_is_some(run_plan: RacePlan) -> None:
    assert run_plan.fuel is not None
    none = replace(run_plan, fuel=replace(run_plan.fuel, caffeine_mg=np.zeros_like(run_plan.fuel.caffeine_mg)))
    some = replace(run_plan, fuel=replace(run_plan.fuel, caffeine_mg=np.full_like(run_plan.fuel.caffeine_mg, 40.0)))
    assert "caffeine" not in [d.key for d in draw_fuel(none, METRIC)]
    assert "caffeine" in [d.key for d in draw_fuel(some, METRIC)]
    assert draw_fuel(replace(run_plan, fuel=None), METRIC) == []


def test_fluid_is_drawn_in_ounces_for_imperial_readers(run_plan: RacePlan) -> None:
    assert run_plan.fuel is not None
    fluid = next(d for d in draw_fuel(run_plan, IMPERIAL) if d.key == "fluid")
    assert fluid.unit == "fl oz"
    drunk = float(fluid.curves[1].text.split()[-1].replace(",", ""))
    assert drunk == pytest.approx(run_plan.fuel.drunk_ml[-1] / 29.5735, abs=0.51)


def test_ticks_are_round_and_inside() -> None:
    assert round_ticks(2807.0, 3787.0, 4) == [3000.0, 3250.0, 3500.0, 3750.0]
    assert round_ticks(0.0, 167.4, 11)[:3] == [0.0, 20.0, 40.0]
    assert minute_ticks(-38.0, 55.0, 4) == [-30.0, 0.0, 30.0]
    assert round_step(1.0, 4) == 0.25
    assert hour_step(28.5, 11) == 3.0
    assert hour_step(400.0, 11) == 24.0


def test_a_scale_maps_its_ends_and_clips_beyond() -> None:
    scale = Scale(0.0, 10.0, 100.0, 0.0)
    assert scale(0.0) == 100.0
    assert scale.clip(20.0) == 0.0
    assert scale.map([0.0, 5.0]).tolist() == [100.0, 50.0]
