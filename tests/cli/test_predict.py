"""``pacecalc predict`` as its user meets it."""

from __future__ import annotations

import pytest

WSER, LT100_MTB = "western-states-100", "leadville-trail-100-mtb"


def test_a_runner_reads_time_band_and_where_it_comes_from(pacecalc):
    done = pacecalc("predict", WSER, "--result", "10km 40:00", "--result", "marathon 3:05 2026-01-12", "--index", "560")
    assert done.code == 0
    assert "Expect " in done.out
    assert "eight of ten" in done.out
    for source in ("10 km in 0:40:00", "42.2 km in 3:05:00", "UTMB index 560", "2 results up to 4 h"):
        assert source in done.out
    assert "pacecalc plan western-states-100 --goal" in done.out


def test_a_rider_reads_the_power_for_nine_and_twelve_hours(pacecalc):
    done = pacecalc("predict", LT100_MTB, "--ftp", "210W", "--for", "9:00", "--for", "11:59")
    assert done.code == 0
    assert "210 W tested at 0 m, 70 kg" in done.out
    rows = [line.split() for line in done.out.splitlines() if line.strip().startswith(("9:00", "11:59"))]
    assert [row[0] for row in rows] == ["9:00", "11:59"]
    assert int(rows[0][1]) > int(rows[1][1])


def test_a_time_alone_tells_the_flat_marathon_it_takes(pacecalc):
    done = pacecalc("predict", WSER, "--for", "24:00", "--format", "json")
    (worth,) = done.data["flat_worths"]
    assert done.data["schema"] == "pacecalc/prediction/1"
    assert 2.8 * 3600.0 < worth["marathon_s"] < 3.8 * 3600.0
    assert "prediction" not in done.data or done.data["prediction"] is None


def test_a_finish_after_the_cutoff_is_called_so(pacecalc):
    done = pacecalc("predict", WSER, "--result", "10km 1:00:00")
    assert "after the finish cutoff of 30:00" in done.out


def test_the_units_switch_and_ascii(pacecalc):
    done = pacecalc("predict", WSER, "--result", "10km 40:00", "--units", "imperial", "--plain")
    assert "100.2 mi" in done.out
    assert "F" in done.out.splitlines()[1]
    assert done.out.isascii()


def test_a_file_is_written_whole(pacecalc, tmp_path):
    target = tmp_path / "prediction.txt"
    assert pacecalc("predict", WSER, "--index", "560", "-o", target).code == 0
    assert "UTMB index 560" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((WSER,), 3, "nothing to predict from"),
        ((LT100_MTB,), 3, "--ftp 210W"),
        ((WSER, "--result", "10km fast"), 2, "no time found"),
        ((WSER, "--result", "10km 24:00"), 3, "beats the world record"),
        ((WSER, "--index", "high"), 3, "index"),
        ((WSER, "--for", "5:00"), 3, "out of reach"),
        ((WSER, "--for", "9"), 3, "has no unit"),
        ((LT100_MTB, "--ftp", "3000W"), 3, "threshold power"),
        (("no-such-race", "--for", "9:00"), 3, "no-such-race"),
    ],
)
def test_wrong_input_is_one_line(pacecalc, arguments, code, said):
    done = pacecalc("predict", *arguments)
    assert done.code == code
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_plan_without_a_goal_follows_the_results(pacecalc):
    done = pacecalc("plan", "leadville-10k", "--result", "10km 40:00", "--format", "json")
    assert done.code == 0, done.err
    assert 2400.0 < done.data["goal_s"] < 4500.0
