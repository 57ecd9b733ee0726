"""Cutoffs on the athlete's own clock: gun or chip, elapsed or by the wall clock, on arrival or on leaving."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.course import Cutoff
from pacecalc.planning.cutoffs import moving_deadlines_s, resolve_cutoff
from pacecalc.planning.margins import read_margins
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.waves import find_wave

DENVER = ZoneInfo("America/Denver")
GUN = datetime(2026, 8, 15, 6, 30, tzinfo=DENVER)
NEW_YORK = load_course("new-york-city-marathon")
RUN = load_course("leadville-trail-100-run")


def resolve(cutoff, delay_s=0.0):
    return resolve_cutoff(cutoff, GUN, GUN + timedelta(seconds=delay_s), lambda clock: clock)


def test_a_gun_cutoff_comes_sooner_for_who_starts_later_a_chip_cutoff_does_not():
    assert resolve(Cutoff(elapsed_s=4 * 3600.0, measured="gun"), 1200.0).at_s == 4 * 3600.0 - 1200.0
    assert resolve(Cutoff(elapsed_s=4 * 3600.0, measured="chip"), 1200.0).at_s == 4 * 3600.0


def test_a_clock_cutoff_is_what_the_clock_says():
    deadline = resolve(Cutoff(clock=datetime(2026, 8, 15, 10, 30, tzinfo=DENVER)), 1200.0)
    assert deadline.at_s == 4 * 3600.0 - 1200.0
    assert deadline.clock.hour == 10


def test_a_night_with_a_change_of_clocks_holds_its_real_hours():
    gun = datetime(2026, 10, 31, 22, 0, tzinfo=DENVER)
    deadline = resolve_cutoff(Cutoff(elapsed_s=6 * 3600.0), gun, gun, lambda clock: clock)
    assert (deadline.clock.hour, deadline.at_s) == (3, 6 * 3600.0)


def test_a_stop_counts_where_the_cutoff_is_on_leaving():
    leaving = resolve(Cutoff(elapsed_s=7200.0, applies="leaving"))
    assert leaving.latest_arrival_s(300.0) == 6900.0
    assert resolve(Cutoff(elapsed_s=7200.0)).latest_arrival_s(300.0) == 7200.0


def test_moving_deadlines_take_off_stops_and_margins_and_give_the_finish_the_goal():
    deadlines = [None, resolve(Cutoff(elapsed_s=7200.0, applies="leaving")), None, resolve(Cutoff(elapsed_s=20000.0))]
    stops = np.array([0.0, 300.0, 120.0, 0.0])
    moving = moving_deadlines_s(deadlines, stops, margin_s=600.0, goal_s=19000.0, waypoint_margins_s={3: 999.0})
    np.testing.assert_allclose(moving, [6300.0, np.inf, 18580.0])
    own = moving_deadlines_s(deadlines, stops, margin_s=600.0, goal_s=19000.0, waypoint_margins_s={1: 60.0})
    assert own[0] == 6840.0


@pytest.mark.parametrize(("name", "delay_min"), [("Wave 1", 0.0), ("wave 3", 70.0), ("5", 140.0)])
def test_start_waves_of_new_york_start_when_they_do(name, delay_min):
    assert find_wave(NEW_YORK, name).delay_s == delay_min * 60.0


def test_a_later_wave_has_less_time_to_the_same_gun_cutoff():
    first, last = (resolve_race(NEW_YORK, {"goal": "5:00", "wave": wave}).conditions for wave in ("1", "5"))
    assert last.start_delay_s - first.start_delay_s == 140.0 * 60.0
    slower = resolve_race(NEW_YORK, {"goal": "5:00", "wave": "2", "start_delay": "4min"}).conditions
    assert slower.start_delay_s == 39.0 * 60.0


@pytest.mark.parametrize(
    ("course", "wave", "message"),
    [
        (NEW_YORK, "Wave 9", "no start wave"),
        (NEW_YORK, "wave", "waves are: Wave 1"),
        (RUN, "1", "knows no start waves"),
    ],
)
def test_unknown_waves_are_answered_with_the_known(course, wave, message):
    with pytest.raises(UsageError, match=message):
        find_wave(course, wave)


class TestMargins:
    def test_one_for_all_and_one_for_a_place(self):
        margins = read_margins(RUN, {"margin": "10 min", "margins": {"twin lakes (out)": "20min"}})
        assert margins.everywhere_s == 600.0
        assert margins.places_s == {[w.name for w in RUN.waypoints].index("Twin Lakes (out)"): 1200.0}

    def test_shares_of_days_for_every_cutoff_before_the_finish(self):
        margins = read_margins(RUN, {"margin": "90%", "margins": {"Winfield (turnaround)": "5min"}})
        cutoffs = [i for i, w in enumerate(RUN.waypoints[:-1]) if w.cutoff is not None]
        assert sorted([*margins.probabilities, *margins.places_s]) == cutoffs
        assert set(margins.probabilities.values()) == {0.9}

    @pytest.mark.parametrize(
        ("choices", "message"),
        [
            ({"margin": "100%"}, "expected a share of days"),
            ({"margin": "20%"}, "expected a share of days"),
            ({"margins": {"Hope Pass (out)": "5min"}}, "has no cutoff"),
            ({"margins": {"Winfeld (turnaround)": "5min"}}, "did you mean"),
        ],
    )
    def test_what_cannot_be_is_refused(self, choices, message):
        with pytest.raises(UsageError, match=message):
            read_margins(RUN, choices)
