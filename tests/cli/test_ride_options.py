"""Options of rides: time lost in the crowd, and the power plan as a file."""

from __future__ import annotations

import csv
import io

import pytest

MTB = "leadville-trail-100-mtb"


def test_the_power_plan_is_printed_as_csv(pacecalc):
    done = pacecalc("plan", MTB, "--goal", "11:30", "--format", "powerplan")
    rows = list(csv.DictReader(io.StringIO(done.out), strict=True))
    assert done.code == 0
    assert rows[0]["from"].startswith("Start")
    assert all(int(row["floor_w"]) <= int(row["ceiling_w"]) for row in rows)


def test_a_files_ending_asks_for_the_power_plan(pacecalc, tmp_path):
    path = tmp_path / "day.powerplan"
    assert pacecalc("plan", MTB, "--goal", "11:30", "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8").startswith("from,to,start_km,end_km,leave,duration_s,climb_w")


def test_the_printout_says_the_gain_and_the_crowd(pacecalc):
    text = " ".join(pacecalc("plan", MTB, "--goal", "11:30", "--start-delay", "20min").out.split())
    assert "min faster than steady effort at the same cost: mean" in text
    assert "25 min lost in the crowd at km 6-14" in text
    assert "--congestion" in text


@pytest.mark.parametrize("command", ["predict", "cutoffs"])
def test_the_crowd_can_be_said_everywhere(pacecalc, command):
    options = (MTB, "--ftp", "260W", "--start-delay", "20min")
    assert "lost in the crowd" in " ".join(pacecalc("predict", *options).out.split())
    said = pacecalc(command, *options, "--congestion", "5min")
    assert said.code == 0
    assert "lost in the crowd at" not in " ".join(said.out.split())


def test_a_crowd_without_a_unit_is_refused_in_one_line(pacecalc):
    done = pacecalc("plan", MTB, "--goal", "11:30", "--congestion", "10")
    assert done.code != 0
    assert done.err.strip() == 'error: congestion: "10" has no unit; write "10 s" (or min, h)'
