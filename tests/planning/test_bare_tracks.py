"""Planning on a track somebody just brought: no places, no sport, no start, and still a plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.finish_time import predict_time
from pacecalc.planning.plan import plan_race
from pacecalc.planning.rebuild import rebuild_inputs
from pacecalc.planning.replan import Split, replan_race
from pacecalc.render.terminal import render_terminal
from tracks.gpx_text import gpx_text, northward, place_text

ALONG = np.arange(0.0, 60_001.0, 25.0)
HILLS = 800.0 + 250.0 * np.sin(ALONG / 3000.0)
POINTS = northward(ALONG, HILLS)


def codes(plan) -> set[str]:
    return {caution.code for caution in plan.warnings}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    file = tmp_path / "mine.gpx"
    file.write_text(gpx_text(POINTS))
    return file


def test_a_bare_track_gives_a_plan_that_takes_water_to_be_found_and_says_so(bare: Path) -> None:
    plan = plan_race(bare, goal="9:00", mass="60 kg")
    assert plan.legal
    assert len(plan.legs) == 6
    assert "water-assumed" in codes(plan)
    assert any("water every 90 min" in assumption.what for assumption in plan.assumptions)
    assert "No place with water is known" in render_terminal(plan)
    assert max(leg.carry_water_ml for leg in plan.legs) <= 1500.0
    # food is not found on the way: all of it leaves from the start
    assert not any(leg.pick_up or leg.at_station for leg in plan.legs[1:])


def test_one_station_on_the_track_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "mine.gpx"
    latitude, longitude, _ = POINTS[len(POINTS) // 2]
    file.write_text(gpx_text(POINTS, before=place_text("Aid station", latitude, longitude)))
    plan = plan_race(file, goal="7:00")
    assert "water-assumed" not in codes(plan)
    assert [leg.start for leg in plan.legs] == ["Start", "Aid station"]


def test_the_sport_of_a_track_can_be_said(bare: Path) -> None:
    ride = plan_race(bare, goal="3:00", sport="mtb", threshold_power="220 W")
    assert ride.course.sport == "mtb"
    assert ride.ride is not None
    assert plan_race(bare, goal="9:00").course.sport == "run"
    assert rebuild_inputs(ride).course.sport == "mtb"


def test_a_profile_knows_its_sport() -> None:
    with pytest.raises(UsageError, match="leadville-10k is a course for run, not mtb"):
        plan_race("leadville-10k", goal="1:00:00", sport="mtb")


def test_a_plan_without_stations_can_be_made_again_on_the_way(tmp_path: Path) -> None:
    file = tmp_path / "mine.gpx"
    latitude, longitude, _ = POINTS[len(POINTS) // 2]
    file.write_text(gpx_text(POINTS, before=place_text("High pass", latitude, longitude)))
    plan = plan_race(file, goal="9:00")
    late_s = plan.waypoints[1].arrive_s + 900.0
    rest = replan_race(plan, [Split(name="High pass", arrive_s=late_s)])
    assert rest.waypoints[1].arrive_s == late_s
    assert sum(leg.intake.carbohydrate_g for leg in rest.legs) > 0.0
    assert "water-assumed" in codes(rest)


def ride_against(tmp_path: Path, before: int, after: int) -> float:
    """Predicted time out and back over the same way, the wind turning about when the ride does [s]."""
    track, forecast = tmp_path / "out-and-back.gpx", tmp_path / "forecast.csv"
    track.write_text(gpx_text(POINTS + POINTS[::-1][1:]))
    rows = [(hour, before if hour < 9 else after) for hour in range(5, 21)]
    forecast.write_text(
        "time,temperature_c,wind_m_per_s,wind_from_deg\n"
        + "".join(f"2027-06-19T{hour:02d}:00,15,7,{degrees}\n" for hour, degrees in rows)
    )
    return predict_time(track, sport="mtb", threshold_power="260 W", forecast=forecast, date="2027-06-19").time_s


def test_wind_counts_by_the_bearing_at_the_hour_of_passing(tmp_path: Path) -> None:
    # the way out is due north: a wind from the north, then from the south, is a headwind all day
    against = ride_against(tmp_path, 0, 180)
    behind = ride_against(tmp_path, 180, 0)
    assert against > 1.1 * behind


def test_a_ride_without_a_track_says_that_its_wind_is_left_out() -> None:
    windy, still = (
        plan_race("silver-rush-50-mtb", goal="6:30", threshold_power="250 W", **wind)
        for wind in ({"wind": "6 m/s", "wind_from": "270 deg"}, {})
    )
    assert "wind-without-bearings" in codes(windy)
    assert "wind-without-bearings" not in codes(still)
    assert windy.ride.mean_power_w == pytest.approx(still.ride.mean_power_w, rel=0.01)
