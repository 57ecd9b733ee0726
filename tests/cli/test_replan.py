"""``pacecalc replan``: offline, from a saved plan, and every wrong input in one clear line with files untouched."""

from __future__ import annotations

import pytest

from pacecalc.cli.app import run

RUN = "leadville-trail-100-run"
HERE = ("--at", "Twin Lakes (out)")


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    assert run(["plan", RUN, "--goal", "29:30", "-o", str(path)]) == 0
    return path


def test_the_rest_is_printed_and_what_is_behind_is_not(pacecalc, plan):
    outcome = pacecalc("replan", plan, *HERE, "--clock", "13:10", "--left", "13:20", "--eaten", "0.8")
    assert outcome.code == 0
    text = " ".join(outcome.out.split())
    assert "At Twin Lakes (out): " in text
    assert "min behind plan" in text
    assert "slower at the same effort" in text
    assert "May Queen (out)" not in text
    assert "Every cutoff ahead can still be made." in text


def test_on_plan_says_so(pacecalc, plan):
    planned = pacecalc("render", plan, "-f", "json").data["waypoints"]
    arrive_s = next(w["arrive_s"] for w in planned if w["name"] == "Twin Lakes (out)")
    outcome = pacecalc("replan", plan, *HERE, "--elapsed", f"{arrive_s:.3f} s")
    assert "on plan" in outcome.out
    assert "Keep the planned effort." in outcome.out


def test_a_late_day_ends_in_the_plain_statement_and_strict_exits_with_4(pacecalc, plan):
    outcome = pacecalc("replan", plan, "--at", "Pipeline crew point (in)", "--elapsed", "22:40", "--strict")
    assert outcome.code == 4
    text = " ".join(outcome.out.split())
    assert "No legal plan exists any more: " in text
    assert "is missed by" in text


def test_the_log_gets_the_split_and_is_read_the_next_time(pacecalc, plan, tmp_path):
    log = tmp_path / "splits.csv"
    assert pacecalc("replan", plan, "--at", "May Queen (out)", "--elapsed", "2:40", "--log", log).code == 0
    outcome = pacecalc("replan", plan, *HERE, "--clock", "13:00", "--log", log, "-f", "json")
    assert [s["name"] for s in outcome.data["inputs"]["splits"]] == ["May Queen (out)", "Twin Lakes (out)"]
    assert log.read_text().count("\n") == 3
    again = pacecalc("replan", plan, "--log", log, "-f", "json")
    assert again.data["finish_s"] == outcome.data["finish_s"]


def test_a_plan_made_on_the_way_is_saved_and_gone_on_from(pacecalc, plan, tmp_path):
    rest = tmp_path / "rest.json"
    assert pacecalc("replan", plan, *HERE, "--elapsed", "8:50", "-o", rest).code == 0
    outcome = pacecalc("replan", rest, "--at", "Winfield (turnaround)", "--elapsed", "13:20", "-f", "json")
    assert [s["name"] for s in outcome.data["inputs"]["splits"]] == ["Twin Lakes (out)", "Winfield (turnaround)"]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--at", "Twin Laks (out)", "--clock", "13:10"], 'did you mean "Twin Lakes (out)"?'),
        ([*HERE, "--clock", "03:10"], "before your start at 04:00"),
        ([*HERE, "--elapsed", "2:30"], "is not later than May Queen (out)"),
        ([*HERE, "--elapsed", "9:10", "--left", "9:00"], "before the arrival"),
        ([*HERE], "give either --clock"),
        (["--clock", "13:10"], "need --at"),
        (["--at", "Finish", "--elapsed", "28:00"], "the race is over"),
        ([*HERE, "--elapsed", "9:10", "--eaten", "lots"], "expected a share of the plan"),
        ([*HERE, "--elapsed", "9:10", "--feeling", "bad"], "feeling"),
    ],
)
def test_wrong_splits_are_one_line_and_the_log_stays_as_it_was(pacecalc, plan, tmp_path, flags, message):
    log = tmp_path / "splits.csv"
    log.write_text("at,elapsed\nMay Queen (out),2:40\n")
    saved = plan.read_bytes()
    outcome = pacecalc("replan", plan, *flags, "--log", log)
    assert outcome.code in (2, 3)
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
    assert log.read_text() == "at,elapsed\nMay Queen (out),2:40\n"
    assert plan.read_bytes() == saved


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: text[: len(text) // 2], "damaged or cut short"),
        (lambda text: text.replace("pacecalc/plan/1", "pacecalc/plan/0"), "this version reads 'pacecalc/plan/1'"),
        (lambda text: "{}", "is not a plan"),
    ],
    ids=["cut in half", "another schema", "no plan"],
)
def test_a_plan_file_that_is_none_is_refused_in_one_line(pacecalc, plan, tmp_path, damage, message):
    broken = tmp_path / "broken.json"
    broken.write_text(damage(plan.read_text()))
    outcome = pacecalc("replan", broken, *HERE, "--elapsed", "9:10")
    assert outcome.code == 3
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
