"""What the cutoffs of real courses demand, and the easiest day that makes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.cutoff_report import report_cutoffs
from pacecalc.render.cutoff_report import render_cutoff_report


@pytest.fixture(scope="module")
def run():
    return report_cutoffs("leadville-trail-100-run", {"fade": "none", "margin": "10min"})


@pytest.fixture(scope="module")
def weak_ride():
    return report_cutoffs(
        "leadville-trail-100-mtb", {"mass": "80 kg", "threshold_power": "180 W", "start_delay": "20min"}
    )


def test_every_cutoff_and_buckle_of_leadville_has_its_row(run):
    assert len([d for d in run.demands if not d.award]) == 11
    assert [d.name for d in run.demands if d.award] == ["big buckle", "silver buckle"]
    assert run.demands[-3].cutoff_s == 30 * 3600.0


def test_the_slowest_legal_plan_keeps_its_margin_everywhere_and_finishes_at_the_cutoff_less_it(run):
    assert run.legal
    assert run.slowest_finish_s == pytest.approx(29 * 3600.0 + 50 * 60.0, abs=0.1)
    assert all(d.slowest_margin_s >= 600.0 - 0.6 for d in run.demands if not d.award)
    for demand in run.demands:
        if demand.binds:
            assert demand.slowest_margin_s == pytest.approx(600.0, abs=1.0)


def test_cutoffs_that_ask_for_more_than_an_even_day_bend_the_plan(run):
    assert run.demands[3].name == "Twin Lakes (out)"
    assert run.demands[3].binds
    assert run.demands[3].effort > 1.0
    assert run.slowest_first_effort > 1.05
    assert run.tightest.effort == max(d.stretch_effort for d in run.demands if d.stretch_effort)


def test_paces_are_moving_paces_with_stops_taken_off(run):
    first, second = run.demands[:2]
    assert first.from_start_s_per_km == pytest.approx(1000.0 * first.latest_s / first.distance_m)
    way_m = second.distance_m - first.distance_m
    assert second.from_last_s_per_km == pytest.approx(
        1000.0 * (second.latest_s - first.latest_s - first.stop_s) / way_m
    )


def test_without_fitness_nothing_is_said_about_what_the_athlete_can_do(run):
    assert not run.fitness_known
    assert run.shortfall is None
    assert "Whether you can do it is not known" in " ".join(render_cutoff_report(run).split())


def test_a_strong_rider_has_a_legal_day_in_hand():
    report = report_cutoffs("leadville-trail-100-mtb", {"mass": "62 kg", "threshold_power": "210 W"})
    assert report.legal
    assert report.best_effort < 1.0
    text = " ".join(render_cutoff_report(report, units="imperial", plain=True).split())
    assert "of your best sustainable effort" in text
    assert "mph" in text
    assert text.isascii()


def test_a_weak_rider_is_told_what_fails_first_and_what_would_change_it(weak_ride):
    assert not weak_ride.legal
    shortfall = weak_ride.shortfall
    assert shortfall.name == "Twin Lakes Dam (out)"
    assert shortfall.late_s > 0.0
    assert shortfall.effort_fraction > 0.0
    assert shortfall.power_w > 0.0
    text = " ".join(render_cutoff_report(weak_ride).split())
    assert "No plan is legal at your best sustainable effort" in text
    assert "more effort on the way there" in text
    assert "MISSED" in text


def test_an_earlier_corral_is_named_when_it_would_be_enough(weak_ride):
    early = report_cutoffs("leadville-trail-100-mtb", {"mass": "80 kg", "threshold_power": "180 W"})
    assert early.shortfall is None or early.shortfall.late_s < weak_ride.shortfall.late_s
    assert weak_ride.shortfall.start_delay_s in (0.0, 1200.0)
    assert ("a start" in weak_ride.shortfall.say()) == weak_ride.shortfall.earlier_start_helps


def test_one_cutoff_alone_is_the_pace_of_the_whole_race():
    report = report_cutoffs("new-york-city-marathon", {"wave": "5"})
    (only,) = [d for d in report.demands if not d.award]
    assert only.from_last_s_per_km == pytest.approx(only.from_start_s_per_km)
    assert report.start_delay_s == 140.0 * 60.0
    assert "at even effort: no cutoff on the way bends it" in " ".join(render_cutoff_report(report).split())


def test_a_course_without_cutoffs_says_so():
    course = load_course("leadville-10k")
    bare = replace(course, waypoints=tuple(replace(w, cutoff=None) for w in course.waypoints))
    with pytest.raises(UsageError, match="has no cutoffs"):
        report_cutoffs(bare)


def test_the_tightest_stretch_is_the_way_to_the_cutoff_that_asks_most(run):
    tightest = max((d for d in run.demands if d.stretch_effort), key=lambda d: d.stretch_effort)
    names = ["Start - 6th St & Harrison Ave", *(d.name for d in run.demands)]
    assert (run.tightest.start, run.tightest.end) == (names[names.index(tightest.name) - 1], tightest.name)


def test_with_results_the_athlete_is_known():
    report = report_cutoffs("leadville-trail-100-run", {"results": ("marathon 3:30",)})
    assert report.fitness_known
