"""Random races: a plan that may be given to anyone, or a refusal in one clear line. What once broke stays here."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pacecalc.errors import GoalError, PacecalcError
from pacecalc.render.formats import FORMATS, render_format
from properties.plan_rules import find_faults, make
from properties.strategies import RaceCase, races, small_courses

MANY = int(os.environ.get("PACECALC_FUZZ", "300"))
"""Races of the slow runs; a night's run takes more."""


def fuzz(examples: int):
    return settings(
        max_examples=examples, deadline=None, derandomize=examples < 100, suppress_health_check=list(HealthCheck)
    )


def plan_or_refuse(case: RaceCase) -> None:
    try:
        made = make(case.resolve())
    except PacecalcError as refusal:
        for line in str(refusal).splitlines():
            assert line.isprintable()
            assert 20 < len(line) < 500
        return
    assert find_faults(made) == []


@fuzz(8)
@given(races())
def test_any_athlete_on_any_bundled_course(case):
    plan_or_refuse(case)


@fuzz(15)
@given(races(small_courses()))
def test_any_athlete_on_any_small_course(case):
    plan_or_refuse(case)


@pytest.mark.slow
@fuzz(MANY)
@given(races())
def test_many_athletes_on_bundled_courses(case):
    plan_or_refuse(case)


@pytest.mark.slow
@fuzz(2 * MANY)
@given(races(small_courses()))
def test_many_athletes_on_small_courses(case):
    plan_or_refuse(case)


@pytest.mark.slow
@fuzz(MANY // 3)
@given(races(small_courses()) | races(), st.sampled_from(["metric", "imperial"]))
def test_every_printout_of_any_plan(case, units):
    try:
        plan = make(case.resolve()).plan
    except PacecalcError:
        return
    for name in FORMATS.keys() - {"pdf"}:
        try:
            content = render_format(plan, name, units=units)
        except PacecalcError:
            continue
        words = content.split() if isinstance(content, str) else []
        assert not {"nan", "inf", "-inf", "None"} & set(words), name


def small(sport: str, distance_km: float, heights_m: list[float], waypoints: str = "", **more: str) -> str:
    """A course with heights at even distances."""
    step = distance_km / (len(heights_m) - 1)
    points = "\n".join(f"    {i * step:.6f} {height}" for i, height in enumerate(heights_m))
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return (
        f"id: c\nname: C\nsport: {sport}\ndistance: {distance_km} km\n{extra}"
        "start: {time: 2026-06-16 08:35, timezone: Europe/Paris, latitude: 45.0, longitude: 6.0}\n"
        f"waypoints:\n  - {{name: Start, at: 0 km, kind: start}}\n{waypoints}"
        f"  - {{name: Finish, at: {distance_km} km, kind: finish}}\n"
        f"elevation:\n  quality: track\n  unit: [km, m]\n  points: |\n{points}\n"
    )


def aid(name: str, at_km: float, **more: str) -> str:
    facts = {"name": name, "at": f"{at_km} km", "kind": "aid", **more}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in facts.items()) + "}\n"


class TestWhatOnceBroke:
    def refused(self, case: RaceCase, *words: str) -> None:
        with pytest.raises(GoalError) as refusal:
            make(case.resolve())
        assert len(str(refusal.value).splitlines()) == 1
        for word in words:
            assert word in str(refusal.value)

    def test_a_ride_that_is_over_before_power_counts_has_a_best_time(self):
        # the search for the strongest rider's level ended in a traceback
        for heights in ([0, -5, 0, -10], [200, 100, 0]):
            plan_or_refuse(RaceCase(small("ride", 0.5, heights), "ride: {threshold_power: 250 W}\n", 2.0))

    def test_a_margin_nobody_can_ride_is_refused_and_not_planned_at_thousands_of_watts(self):
        case = RaceCase("leadville-trail-100-mtb", "", 1.0, {"goal": "11:45", "margin": "2:30"})
        self.refused(case, "Twin Lakes Dam (out)", "best possible", "--margin")

    def test_a_margin_nobody_can_run_is_refused(self):
        case = RaceCase("leadville-trail-100-run", "", 1.0, {"goal": "29:00", "margin": "8h"})
        self.refused(case, "Half Pipe (out)", "best possible", "--margin")

    def test_a_margin_longer_than_the_way_is_refused(self):
        course = small("ride", 5.0, [100, 120], aid("A", 1.0, cutoff='{elapsed: "0:10"}'))
        self.refused(RaceCase(course, "", 3.0, {"margin": "20 min"}), "cutoff at A")

    def test_a_margin_the_athlete_cannot_keep_is_told(self):
        case = RaceCase(
            "leadville-trail-100-mtb", "ride: {threshold_power: 260 W}\n", 1.0, {"goal": "11:00", "margin": "3h"}
        )
        plan = make(case.resolve()).plan
        assert plan.legal
        (told,) = [warning.message for warning in plan.warnings if warning.code == "margin-thin"]
        assert "Twin Lakes Dam (out)" in told
        assert "of 180 min" in told

    def test_a_margin_that_is_kept_is_no_news(self):
        plan = make(RaceCase("leadville-trail-100-mtb", "", 1.0, {"goal": "11:45"}).resolve()).plan
        assert "margin-thin" not in {warning.code for warning in plan.warnings}

    def test_a_goal_that_the_descents_forbid_is_refused_and_not_missed_in_silence(self):
        # flat doubletrack: the ground holds a beginner to 7 m/s, so 50 min for 25 km cannot be
        course = small("mtb", 25.5, [3, -252])
        self.refused(RaceCase(course, "ride: {skill: beginner}\n", 1.0, {"goal": "0:50"}), "out of reach")

    def test_a_goal_slower_than_rolling_down_is_refused(self):
        course = small("ride", 10.5, [600, 40], aid("A", 1.0, cutoff='{elapsed: "0:06"}'))
        self.refused(RaceCase(course, "", 1.0, {"goal": "2:30", "margin": "0 min"}), "too late", "earlier goal")

    def test_a_first_climb_that_begins_with_a_dip_has_a_length(self):
        # 20 m down, then 300 m up within the same kilometre: the crowd was shared over no cell at all
        course = small("mtb", 10.0, [300, 290, 180, 466, 515, 525], aid("A", 5.0, water="yes"))
        plan = make(RaceCase(course, "", 2.0, {"congestion": "10 min"}).resolve()).plan
        assert plan.day.crowd_s == 600.0
        assert find_faults(make(RaceCase(course, "", 2.0, {"congestion": "10 min"}).resolve())) == []

    def test_who_cannot_eat_the_salt_drinks_less_instead_of_being_refused(self):
        athlete = "fuel: {sweat_factor: 2.5, sweat_sodium: 2167 mg/L, sodium_policy: 0.75}\n"
        weather = {"low": "-7 degC", "high": "2 degC", "humidity": "11 %"}
        case = RaceCase("leadville-trail-100-run-2026", athlete, 4.1, {"ignore_cutoffs": True, **weather})
        assert find_faults(make(case.resolve())) == []

    def test_more_sweat_than_anybody_can_drink_is_said_to_be_that(self):
        weather = {"low": "15 degC", "high": "39 degC", "humidity": "100 %"}
        athlete = "mass: 40 kg\nsex: female\nfuel: {sweat_factor: 3}\n"
        case = RaceCase("leadville-trail-marathon", athlete, 3.7, {"ignore_cutoffs": True, **weather})
        with pytest.raises(PacecalcError, match=r"still lose \d\d % of its mass in water; go slower"):
            make(case.resolve())

    @pytest.mark.parametrize("sport", ["run", "mtb"])
    def test_two_places_five_metres_apart_are_two_places(self, sport):
        # both stood on one edge of the grid, and the way between them had no mean
        places = aid("A", 3.0, water="yes") + aid("B", 3.005, stop="2 min") + aid("C", 3.006) + aid("D", 5.999)
        made = make(RaceCase(small(sport, 6.0, [300, 290, 350, 310], places), "", 2.0).resolve())
        assert find_faults(made) == []
        assert [segment.distance_m > 0.0 for segment in made.plan.segments] == [True] * 5

    def test_more_places_than_metres_are_refused(self):
        places = "".join(aid(f"P{i}", 0.01 + 0.001 * i) for i in range(60))
        with pytest.raises(PacecalcError, match="62 places on 300 m are too many"):
            make(RaceCase(small("run", 0.3, [0, 0], places), "", 4.0, {"goal": "0:05"}).resolve())

    def test_a_gate_that_binds_in_the_table_of_levels_only_does_not_slow_the_start(self):
        # between two rows of the table the early gate seemed to ask for more than the finish did, by 2 %
        course = small(
            "ride",
            38.95,
            [225.0, 95.2, 95.2, -400.0],
            aid("P1", 2.337, cutoff='{elapsed: "0:20"}'),
            surfaces="[{from: 0 km, to: 11.3 km, surface: mud}, {from: 11.3 km, to: 25.3 km, surface: asphalt}]",
            cutoff='{elapsed: "4:46"}',
        )
        for goal in ("3:20", "3:27:49"):
            made = make(RaceCase(course, "ride: {minimum_speed: 8.2 km/h}\n", 1.0, {"goal": goal}).resolve())
            assert find_faults(made) == []
            assert made.plan.waypoints[1].margin_s > 300.0 - 0.5
