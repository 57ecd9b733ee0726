"""pacecalc athlete: the file, the values in force, and the kinds of riders."""

from __future__ import annotations

import pytest


@pytest.fixture
def racer(tmp_path):
    file = tmp_path / "athlete.yaml"
    file.write_text("mass: 75 kg\nride: {preset: racer, bike: 11 kg}\n")
    return file


def test_show_says_whose_each_value_is_and_how_well_founded(pacecalc, racer):
    done = pacecalc("athlete", "show", racer, "--sport", "mtb", "--plain")
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.out.splitlines() if line.startswith(" ") and "." in line.split()[0]}
    assert lines["ride.bike"].split() == ["ride.bike", "11", "kg", "file", "yours"]
    assert lines["ride.drag_area"].split()[1:5] == ["0.37", "m2", "racer", "a"]
    assert "measured" in lines["ride.durability"]
    assert "fitted" in lines["ride.skill"] or "choice" in lines["ride.skill"]
    assert "run.pack" not in lines
    assert "338 W at 75 kg" in done.out
    assert "No plan uses it" in done.out


def test_show_of_a_runner_has_no_bike(pacecalc, racer):
    done = pacecalc("athlete", "show", racer)
    assert "run.slow_down" in done.out
    assert "ride." not in done.out
    assert "fitted" in done.out


def test_show_without_a_file_shows_the_defaults(pacecalc):
    done = pacecalc("athlete", "show", "--sport", "ride")
    assert done.code == 0
    assert " file " not in done.out
    assert "ride.w_prime" in done.out


def test_presets_lists_every_kind_with_standings(pacecalc):
    done = pacecalc("athlete", "presets", "--plain")
    assert done.code == 0
    for name in ("first_timer:", "finisher:", "trained:", "racer:", "road:", "mtb_upright"):
        assert name in done.out
    for word in ("measured", "choice", "fitted"):
        assert word in done.out
    assert "only shown" in done.out
    assert done.out.isascii()


def test_a_preset_nobody_knows_is_refused_with_the_nearest(pacecalc, tmp_path):
    file = tmp_path / "athlete.yaml"
    file.write_text("ride: {preset: finishr}\n")
    done = pacecalc("athlete", "show", file, "--sport", "mtb")
    assert done.code == 3
    assert "finisher" in done.err
    assert done.err.count("\n") == 1


def test_check_names_what_a_ride_assumes(pacecalc, racer):
    done = pacecalc("athlete", "check", racer, "--sport", "mtb")
    assert done.code == 0
    assert "threshold power not given" in done.out
    assert "threshold" not in pacecalc("athlete", "check", racer).out
