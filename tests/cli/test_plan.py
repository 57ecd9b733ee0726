"""``pacecalc plan`` as a new user meets it: real plans, and every wrong input in one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

import pytest

MTB = "leadville-trail-100-mtb"
RUN = "leadville-trail-100-run"


def plan_json(pacecalc, *arguments):
    outcome = pacecalc("plan", *arguments, "--format", "json")
    assert outcome.code == 0, outcome.err
    return outcome.data


@pytest.mark.parametrize(("course", "goal_s"), [(MTB, 42300), (RUN, 104400)])
class TestTheTwoLeadvilles:
    @pytest.fixture
    def data(self, pacecalc, course, goal_s):
        return plan_json(pacecalc, course, "--goal", f"{goal_s // 3600}:{goal_s % 3600 // 60:02d}")

    def test_the_finish_is_the_goal(self, data, goal_s):
        assert data["finish_s"] == pytest.approx(goal_s, abs=1.0)

    def test_every_cutoff_is_met_with_the_margin(self, data):
        margins = [w["margin_s"] for w in data["waypoints"][1:-1] if "margin_s" in w]
        assert len(margins) >= 3
        assert min(margins) >= 300.0 - 1.0
        assert data["waypoints"][-1]["margin_s"] >= 0.0

    def test_segments_and_stops_add_up_to_the_finish(self, data):
        moving = sum(s["moving_s"] for s in data["segments"])
        standing = sum(w["stop_s"] for w in data["waypoints"])
        assert moving + standing == pytest.approx(data["finish_s"], abs=0.5)
        assert moving == pytest.approx(data["moving_s"], abs=0.5)
        assert sum(s["distance_m"] for s in data["segments"]) == pytest.approx(data["course"]["distance_m"], abs=0.1)

    def test_every_leg_keeps_its_bands(self, data):
        for leg in data["legs"]:
            for name in ("carbohydrate_g", "fluid_ml", "sodium_mg"):
                band, amount = leg[name], leg["intake"][name]
                assert amount <= band["maximum"] + 0.5
                # The edges are soft: a whole potato may take a leg a little past one. The maximum never is.
                beyond = 0.05 * (band["high"] - band["low"])
                assert band["low"] - beyond <= amount <= band["high"] + beyond, (leg["from"], name)

    def test_nothing_unsafe_is_planned(self, data):
        assert data["totals"]["plasma_sodium_mmol_per_l"] >= 135.0
        assert data["totals"]["mass_change_fraction"] <= 0.0
        for leg in data["legs"]:
            hours = (leg["end_s"] - leg["start_s"]) / 3600.0
            assert leg["intake"]["fluid_ml"] <= 1000.0 * hours + 0.5
            tabs = sum(i["count"] for i in leg["intake"]["items"] if "salt" in i["id"] or "s-cap" in i["id"])
            assert tabs <= 3.0 * hours + 1.0

    def test_segments_eat_what_the_legs_eat(self, data):
        for name in ("carbohydrate_g", "sodium_mg", "fluid_ml"):
            by_segment = sum(s["intake"][name] for s in data["segments"])
            by_leg = sum(leg["intake"][name] for leg in data["legs"])
            assert by_segment == pytest.approx(by_leg, rel=1e-6, abs=0.5)

    def test_it_is_the_same_plan_in_miles(self, pacecalc, data, course, goal_s):
        again = plan_json(pacecalc, course, "--goal", str(goal_s) + " s", "--units", "imperial")
        assert again == data


def test_cutoffs_bend_an_even_plan(pacecalc):
    outcome = pacecalc("plan", RUN, "--goal", "29:50", "--fade", "none")
    _, bent = " ".join(outcome.out.split()).split("Bent by ")
    assert "Twin Lakes (out)" in bent
    assert "Winfield" in bent
    assert "after its cutoff" in bent
    data = plan_json(pacecalc, RUN, "--goal", "29:50", "--fade", "none")
    missed = {miss["name"]: miss["late_s"] for miss in data["cutoffs"]["even_effort_misses"]}
    assert missed["Twin Lakes (out)"] > 0.0
    assert missed["Winfield (turnaround)"] > 0.0
    efforts = [s["effort"] for s in data["segments"]]
    assert efforts[0] > 1.0
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(efforts))
    assert all(w.get("margin_s", 0.0) >= 0.0 for w in data["waypoints"])
    assert data["finish_s"] == pytest.approx(29 * 3600 + 50 * 60, abs=1.0)


def test_a_start_delay_moves_gun_cutoffs_and_not_chip_ones(pacecalc):
    prompt = plan_json(pacecalc, MTB, "--goal", "11:45")
    late = plan_json(pacecalc, MTB, "--goal", "11:45", "--start-delay", "20min")
    for before, after in zip(prompt["waypoints"], late["waypoints"], strict=True):
        if "cutoff_s" in before:
            moved = 1200.0 if before["cutoff_measured"] == "gun" else 0.0
            assert before["cutoff_s"] - after["cutoff_s"] == pytest.approx(moved)
    assert {w["cutoff_measured"] for w in prompt["waypoints"] if "cutoff_s" in w} == {"gun", "chip"}


def test_hotter_means_more_to_drink_and_more_salt(pacecalc):
    cool = plan_json(pacecalc, RUN, "--goal", "29:00", "--low", "0degC", "--high", "12degC")
    hot = plan_json(pacecalc, RUN, "--goal", "29:00", "--low", "16degC", "--high", "32degC")
    for name in ("fluid_ml", "sodium_mg", "sweat_ml"):
        assert hot["totals"][name] > 1.2 * cool["totals"][name]


def test_the_table_reads_at_a_hundred_columns(pacecalc):
    outcome = pacecalc("plan", MTB, "--goal", "11:45", "--units", "imperial")
    assert max(len(line) for line in outcome.out.splitlines()) <= 100
    assert "\x1b" not in outcome.out
    for words in ("Twin Lakes Dam", "104.0 mi", "Finish 11:45:00", "Not medical advice", "What do I buy"):
        assert words in outcome.out


def test_plain_is_ascii(pacecalc):
    assert pacecalc("plan", MTB, "--goal", "11:45", "--plain").out.isascii()


def test_strict_tells_by_its_exit_code(pacecalc):
    late = pacecalc("plan", MTB, "--goal", "12:30", "--ignore-cutoffs", "--strict")
    assert late.code == 4
    assert "MISSED" in late.out
    assert pacecalc("plan", MTB, "--goal", "11:45", "--strict").code == 0


def test_a_file_is_written_once_and_overwritten_only_by_force(pacecalc, tmp_path):
    path = tmp_path / "plan.json"
    assert pacecalc("plan", MTB, "--goal", "11:45", "-f", "json", "-o", path).code == 0
    first = path.read_bytes()
    again = pacecalc("plan", MTB, "--goal", "11:50", "-f", "json", "-o", path)
    assert again.code == 2
    assert "--force" in again.err
    assert path.read_bytes() == first
    assert pacecalc("plan", MTB, "--goal", "11:50", "-f", "json", "-o", path, "--force").code == 0
    assert json.loads(path.read_text())["goal_s"] == 42600.0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["leadville-100-mtb", "--goal", "11:45"], 3, "leadville-trail-100-mtb"),
        ([MTB, "--goal", "2:00"], 3, "best possible"),
        ([RUN, "--goal", "4:00"], 3, "best possible"),
        ([MTB, "--goal", "12:30"], 3, "--ignore-cutoffs"),
        ([MTB], 3, "--goal"),
        ([MTB, "--goal", "11:45", "--mass", "62"], 3, "62 kg"),
        ([MTB, "--goal", "11:45", "--mass", "-62kg"], 3, "mass"),
        ([MTB, "--goal", "11:45", "--mass", "62km"], 3, "length"),
        ([MTB, "--goal", "11:45", "--ftp", "3000W"], 3, "threshold power"),
        ([MTB, "--goal", "11:45", "--low", "30degC", "--high", "10degC"], None, "low"),
        ([MTB, "--goal", "11:45", "--date", "15.8.2026"], 2, "2026-08-15"),
        ([MTB, "--goal", "11:45", "--wind", "5 m/s"], 2, "--wind-from"),
        ([MTB, "--goal", "11:45", "--stop", "Twin Laks (out)=8min"], 2, "Twin Lakes"),
        ([MTB, "--goal", "11:45", "--stop", "8min"], 2, "NAME=DURATION"),
        ([RUN, "--goal", "29:00", "--fade", "lots"], 2, "--fade"),
        ([MTB, "--goal", "soon"], 3, "goal"),
        ([MTB, "--bogus"], 2, "bogus"),
        (["no/such/file.yaml", "--goal", "5:00"], 3, "file.yaml"),
        (["no/such/track.gpx", "--goal", "5:00"], 3, "track.gpx"),
        ([MTB, "--goal", "11:45", "--athlete", "nobody.yaml"], 3, "nobody.yaml"),
        ([MTB, "--goal", "11:45", "--pantry", "nothing.yaml"], 3, "nothing.yaml"),
        ([MTB, "--goal", "11:45", "--forecast", "nothing.csv"], 3, "nothing.csv"),
    ],
)
def test_wrong_input_gets_one_clear_line(pacecalc, arguments, code, words):
    outcome = pacecalc("plan", *arguments)
    assert outcome.code == code if code is not None else outcome.code in (2, 3)
    assert words in outcome.err
    assert outcome.out == ""


def test_a_profile_with_five_errors_shows_all_five(pacecalc, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(
        "id: broken\n"
        "name: Broken\n"
        "sport: swim\n"
        "distance: 50\n"
        'start: {time: "2027-07-10 06:00", timezone: America/Denver, latitude: 139, longitude: -106.3}\n'
        "cutof: {elapsed: 12:30}\n"
        "waypoints:\n"
        "  - {name: Start, at: 0 km, kind: start}\n"
        "  - {name: Half, at: 60 kg, kind: aid}\n"
        "  - {name: Finish, at: 50 km, kind: finish}\n"
        "elevation: {quality: track, unit: [km, m], points: '0 100\n\n  50 100'}\n",
        encoding="utf-8",
    )
    outcome = pacecalc("plan", path, "--goal", "8:00")
    assert outcome.code == 3
    for line, words in ((3, "swim"), (4, "50"), (5, "139"), (6, "cutoff"), (9, "60 kg")):
        assert any(f"broken.yaml:{line}:" in each and words in each for each in outcome.err.splitlines()), outcome.err


def test_unquoted_times_are_times(pacecalc, tmp_path):
    # YAML 1.1 would read 12:30 as 750 and NO as false.
    path = tmp_path / "day.yaml"
    path.write_text("goal: 11:30\nmargin: 12 min\n", encoding="utf-8")
    data = plan_json(pacecalc, MTB, "--day", path)
    assert data["goal_s"] == 11.5 * 3600
    assert data["conditions"]["margin_s"] == 720.0


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"name: Caf\xe9\n", b"\x00" * 100])
def test_a_binary_file_is_refused(pacecalc, tmp_path, content):
    path = tmp_path / "course.yaml"
    path.write_bytes(content)
    outcome = pacecalc("plan", path, "--goal", "5:00")
    assert outcome.code == 3
    assert "course.yaml" in outcome.err


def test_the_json_fits_its_schema(pacecalc):
    import jsonschema

    from pacecalc.render.plan_json import plan_json_schema

    for arguments in ([MTB, "--goal", "11:45"], [RUN, "--goal", "29:00"], ["leadville-10k", "--goal", "0:55"]):
        jsonschema.validate(plan_json(pacecalc, *arguments), plan_json_schema())


def test_a_plan_read_back_prints_the_same():
    from pacecalc.planning.plan import plan_race
    from pacecalc.render.plan_json import parse_plan, render_json
    from pacecalc.render.terminal import render_terminal

    plan = plan_race(RUN, goal="29:00")
    again = parse_plan(render_json(plan))
    assert render_terminal(again) == render_terminal(plan)
    assert render_json(again) == render_json(plan)


def test_the_same_input_gives_the_same_plan_byte_for_byte(pacecalc):
    first = pacecalc("plan", MTB, "--goal", "11:45", "-f", "json").out
    assert pacecalc("plan", MTB, "--goal", "11:45", "-f", "json").out == first


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom pacecalc.cli.app import run\nrun(['--help'])\n"
        "heavy = {'numpy', 'pint', 'pydantic', 'yaml', 'highspy'} & set(sys.modules)\nsys.exit(bool(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
