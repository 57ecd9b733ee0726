"""Options with any value in them: an answer or one clear line, never a traceback, never a number that is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STRANGE = [
    "",
    "-1",
    "0",
    "nan",
    "inf",
    "1e999",
    "10",
    "99:99",
    "-5min",
    "150%",
    "1e-9",
    "-300degC",
    "200degF",
    "-90deg",
]
STRANGE += ["2026-02-30", "0001-01-01", "9999-12-31", "X=1", "=", "a=b=c", "٣", "é", "\x1b[31m", "none", "59 s", "1 d"]
USUAL = {
    "--mass": ["62kg", "137lb"],
    "--ftp": ["210W", "300W"],
    "--date": ["2026-08-15", "2027-01-15"],
    "--low": ["4degC", "-10degC"],
    "--high": ["24degC", "40degC"],
    "--humidity": ["35%", "0.9"],
    "--wind": ["5 m/s"],
    "--wind-from": ["270deg"],
    "--cloud": ["100%"],
    "--start-delay": ["20min", "3h"],
    "--congestion": ["10min", "2h"],
    "--margin": ["10min", "95%", "1h", "Twin Lakes Dam (out)=90%"],
    "--stop": ["Twin Lakes Dam (out)=8min", "Twin Lakes Dam (out)=2h"],
    "--result": ["10km 40:00", "marathon 3:30 2026-04-12"],
    "--index": ["560"],
    "--fade": ["15%", "none"],
    "--seed": ["3", "18446744073709551616"],
    "--wave": ["1"],
    "--target-probability": ["0.9", "50%"],
    "--goal": ["11:45", "29:00", "9:00"],
}
COURSES = ["leadville-trail-100-mtb", "leadville-trail-100-run", "leadville-10k", "new-york-city-marathon"]


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    words = ["plan", draw(st.sampled_from(COURSES)), "--format", draw(st.sampled_from(["json", "table"]))]
    for name in draw(st.lists(st.sampled_from(sorted(USUAL)), max_size=5, unique=True)):
        strange = draw(st.integers(0, 2)) == 0
        words += [f"{name}={draw(st.sampled_from(STRANGE if strange else USUAL[name]))}"]
    if "--goal" not in " ".join(words) and draw(st.booleans()):
        words.append(f"--goal={draw(st.sampled_from(USUAL['--goal']))}")
    return words


def answer_or_refuse(pacecalc, words: list[str]) -> None:
    outcome = pacecalc(*words)
    assert outcome.code in (0, 2, 3), words
    if outcome.code:
        assert outcome.out == ""
        assert outcome.err.strip()
    else:
        assert not re.search(r"(?<![A-Za-z])(nan|inf|NaN|Infinity)(?![A-Za-z])", outcome.out)


def fuzz(examples: int):
    return settings(
        max_examples=examples, deadline=None, derandomize=examples < 100, suppress_health_check=list(HealthCheck)
    )


@fuzz(30)
@given(words=commands())
def test_any_options_give_an_answer_or_a_refusal(pacecalc, words):
    answer_or_refuse(pacecalc, words)


@pytest.mark.slow
@fuzz(400)
@given(words=commands())
def test_many_options_give_an_answer_or_a_refusal(pacecalc, words):
    answer_or_refuse(pacecalc, words)


def test_a_seed_below_zero_is_refused(pacecalc):
    # it ended in a traceback of the random numbers
    outcome = pacecalc("plan", "leadville-10k", "--goal", "1:10", "--seed", "-5")
    assert outcome.code == 2
    assert "expected a whole number from 0 on" in outcome.err


@pytest.mark.parametrize("format", ["table", "json"])
def test_two_places_that_close_at_once_have_no_stretch_between_them(pacecalc, format):
    # Lyon Ridge and Red Star Ridge: an effort of "inf", and a traceback for JSON
    outcome = pacecalc("cutoffs", "western-states-100", "--format", format)
    assert outcome.code == 0
    assert "inf" not in outcome.out.lower().replace("information", "").split()
