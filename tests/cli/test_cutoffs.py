"""``pacecalc cutoffs`` and the flags it shares with ``plan``."""

from __future__ import annotations

import pytest

RUN, MTB = "leadville-trail-100-run", "leadville-trail-100-mtb"


def test_the_first_lines_answer_and_every_cutoff_has_a_row(pacecalc):
    outcome = pacecalc("cutoffs", RUN, "--fade", "none")
    assert outcome.code == 0
    assert "The easiest legal day finishes in 29:55" in outcome.out
    for place in ("May Queen", "Twin Lakes", "Winfield", "big buckle"):
        assert place in outcome.out
    assert f"pacecalc plan {RUN} --goal 29:55" in outcome.out


def test_json_holds_the_same(pacecalc):
    data = pacecalc("cutoffs", RUN, "--margin", "10min", "--margin", "Twin Lakes (out)=30min", "-f", "json").data
    assert data["schema"] == "pacecalc/cutoffs/1"
    assert data["legal"] is True
    assert data["slowest_finish_s"] == pytest.approx(29 * 3600 + 50 * 60, abs=1)


def test_strict_exits_with_4_when_no_plan_is_legal(pacecalc, tmp_path):
    output = tmp_path / "cutoffs.txt"
    outcome = pacecalc("cutoffs", MTB, "--ftp", "130W", "--mass", "80kg", "--strict", "-o", output)
    assert outcome.code == 4
    assert "No plan is legal" in output.read_text()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--margin", "Sugarloaf Pass (out)=5min"], "has no cutoff"),
        (["--margin", "5min", "--margin", "6min"], "expected one TIME"),
        (["--wave", "2"], "knows no start waves"),
        (["--margin", "5"], "margin"),
    ],
)
def test_wrong_flags_are_answered_in_one_line(pacecalc, flags, message):
    outcome = pacecalc("cutoffs", RUN, *flags)
    assert outcome.code in (2, 3)
    assert message in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_target_probability_chooses_the_goal(pacecalc):
    data = pacecalc("plan", RUN, "--target-probability", "75%", "-f", "json").data
    assert data["risk"]["finish_probability"] == pytest.approx(0.75, abs=0.02)
    assert any(w["code"] == "target-probability" for w in data["warnings"])
