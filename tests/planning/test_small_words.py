"""Words a plan is spelled in: times in logs and profiles, waves, what would save a cutoff."""

from __future__ import annotations

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning import profile_text, splits_log
from pacecalc.planning.build import load_course
from pacecalc.planning.feasibility import Shortfall
from pacecalc.planning.waves import find_wave


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0:00:00"), (59.95, "0:01:00"), (3723.0, "1:02:03"), (3723.1, "1:02:03.1"), (107_999.9, "29:59:59.9")],
)
def test_a_split_is_logged_to_the_tenth_when_there_is_one(seconds, text):
    assert splits_log._spell(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "pad", "text"),
    [(5400.0, False, "1:30"), (5405.0, False, "1:30:05"), (5400.0, True, "01:30"), (45_000.0, True, "12:30")],
)
def test_a_profile_says_seconds_only_where_there_are_some(seconds, pad, text):
    assert profile_text._elapsed(seconds, pad=pad) == text


def test_an_unknown_wave_is_told_from_those_there_are():
    course = load_course("new-york-city-marathon")
    assert find_wave(course, "3").name == "Wave 3"
    assert find_wave(course, " wave 3 ").name == "Wave 3"
    with pytest.raises(UsageError, match='no start wave called "9"; waves are: Wave 1, Wave 2, Wave 3, Wave 4, Wave 5'):
        find_wave(course, "9")
    with pytest.raises(UsageError, match="knows no start waves; give --start-delay"):
        find_wave(load_course("leadville-trail-100-run"), "1")


def test_what_would_save_a_cutoff_is_said_with_watts_to_the_five():
    short = Shortfall(
        waypoint=3,
        name="Twin Lakes",
        late_s=700.0,
        stops_s=1500.0,
        start_delay_s=900.0,
        effort_fraction=0.043,
        power_w=9.0,
    )
    assert short.say() == (
        "Twin Lakes is missed by 12 min; it would take stops 12 min shorter before it (of 25 planned), or a start "
        "12 min earlier (corral or wave), or 4 % more effort on the way there (about 10 W)."
    )
