"""From every researched track to a plan: imported, scaled, checked, planned, or told why there is none."""

from __future__ import annotations

import pytest

from pacecalc.planning.build import load_course
from pacecalc.planning.resolve import load_athlete
from pacecalc.planning.run_demand import assess_ground
from shared_data import shared_path, shared_root

SPEED_M_PER_S = 6.0 / 3.6
"""Over the flat equivalent: a pace every race allows."""
TRACKS = sorted(path.name for path in (shared_root() / "data" / "gpx").glob("*.gpx"))
SHORT = {"leadville-10k.gpx", "nyc-marathon.gpx"}


def plan_track(pacecalc, tmp_path, name):
    track = shared_path("data", "gpx", name)
    profile = tmp_path / "course.yaml"
    imported = pacecalc(
        "course", "import", track, "--sport", "run", "--start", "2026-06-20 06:00", "--timezone", "UTC", "-o", profile
    )
    assert imported.code == 0, imported.err
    assert all(line.startswith(("note: ", "wrote ")) for line in imported.err.splitlines())
    checked = pacecalc("course", "check", profile)
    assert checked.code == 0
    course = load_course(profile)
    goal_s = assess_ground(course, load_athlete(None)).flat_distance_m / SPEED_M_PER_S
    planned = pacecalc("plan", profile, "--goal", f"{goal_s:.0f} s", "-f", "json")
    if planned.code:
        assert planned.code == 3
        assert len(planned.err.strip().splitlines()) == 1
        assert "bottles hold" in planned.err
        return None
    data = planned.data
    assert data["finish_s"] == pytest.approx(round(goal_s), abs=1.0)
    assert all(place.get("margin_s", 0.0) >= 0.0 for place in data["waypoints"])
    assert data["totals"]["plasma_sodium_mmol_per_l"] >= 135.0
    assert data["totals"]["mass_change_fraction"] <= 0.0
    return data


@pytest.mark.parametrize("name", sorted(SHORT & set(TRACKS)))
def test_a_short_track_is_imported_and_planned(pacecalc, tmp_path, name):
    assert plan_track(pacecalc, tmp_path, name) is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(TRACKS) - SHORT))
def test_a_long_track_is_imported_and_planned(pacecalc, tmp_path, name):
    assert plan_track(pacecalc, tmp_path, name) is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", TRACKS)
def test_a_track_planned_straight_is_its_profile_planned(pacecalc, tmp_path, name):
    track = shared_path("data", "gpx", name)
    profile = tmp_path / "course.yaml"
    assert pacecalc("course", "import", track, "--sport", "run", "-o", profile).code == 0
    goal_s = assess_ground(load_course(profile), load_athlete(None)).flat_distance_m / SPEED_M_PER_S
    race = ("--goal", f"{goal_s:.0f} s", "-f", "json", "--sport", "run")
    straight, through = pacecalc("plan", track, *race), pacecalc("plan", profile, *race[:-2])
    assert straight.code == through.code
    if straight.code == 0:
        ascents = [outcome.data["course"]["ascent_m"] for outcome in (straight, through)]
        assert ascents[0] == pytest.approx(ascents[1], rel=0.02)
