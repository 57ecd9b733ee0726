"""Leadwoman and the Grand Slam: which race when, how far apart, and the sum that ranks."""

from __future__ import annotations

import datetime as dt

import pytest

from pacecalc.errors import DocumentError, PacecalcError, UsageError
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.finish_time import predict_time
from pacecalc.planning.series import list_known_series, look_at_series

FIT = RaceChoices(results=["marathon 3:50"], threshold_power="215 W", mass="62 kg")


@pytest.fixture(scope="module")
def leadwoman():
    return look_at_series("leadwoman", year=2025, **FIT)


def test_the_leadwoman_of_2025_has_six_races_for_five_events(leadwoman):
    assert leadwoman.events == 5
    assert [r.course_id for r in leadwoman.races] == [
        "leadville-trail-marathon",
        "silver-rush-50-run",
        "silver-rush-50-mtb",
        "leadville-trail-100-mtb",
        "leadville-10k",
        "leadville-trail-100-run",
    ]
    assert [r.event for r in leadwoman.races] == [0, 1, 1, 2, 3, 4]
    assert [r.rest_d for r in leadwoman.races] == [None, 14, 14, 28, 1, 6]
    assert leadwoman.races[-1].date == dt.date(2025, 8, 16)


def test_each_race_is_predicted_as_it_would_be_alone(leadwoman):
    alone = predict_time("leadville-trail-100-run", results=["marathon 3:50"], mass="62 kg", date="2025-08-16")
    assert leadwoman.races[-1].prediction.time_s == pytest.approx(alone.time_s)
    ride = predict_time("leadville-trail-100-mtb", threshold_power="215 W", mass="62 kg", date="2025-08-09")
    assert leadwoman.races[3].prediction.time_s == pytest.approx(ride.time_s)


def test_silver_rush_on_foot_counts_57_percent_and_the_better_one_counts(leadwoman):
    by_id = {r.course_id: r for r in leadwoman.races}
    run, ride = by_id["silver-rush-50-run"], by_id["silver-rush-50-mtb"]
    assert (run.time_factor, ride.time_factor) == (0.57, 1.0)
    others_s = sum(r.prediction.time_s for r in leadwoman.races if r.event != 1)
    better_s = min(0.57 * run.prediction.time_s, ride.prediction.time_s)
    assert leadwoman.total_s == pytest.approx(others_s + better_s)


def test_the_year_without_silver_rush_has_the_reroute_and_an_unknown_date():
    outlook = look_at_series("leadwoman")
    assert outlook.year == 2026
    assert outlook.races[-1].course_id == "leadville-trail-100-run-2026"
    assert [r.date for r in outlook.races if r.event == 1] == [None, None]
    assert all(r.prediction is None for r in outlook.races)
    assert outlook.total_s is None
    assert next(r for r in outlook.races if r.event == 2).rest_d == 49  # since the marathon, the last one held


def test_runs_alone_do_not_add_up_to_a_leadwoman():
    runs = look_at_series("leadwoman", year=2025, results=["marathon 3:50"])
    assert [r.prediction is None for r in runs.races] == [False, False, True, True, False, False]
    assert runs.total_s is None


def test_a_slow_grand_slam_is_late_where_the_limit_is_30_hours():
    slam = look_at_series("grand-slam", results=["50 mi 9:30"])
    late = {r.course_id: r.is_late for r in slam.races}
    assert late["western-states-100"]
    assert not late["vermont-100"]
    assert slam.least_finishes == 4
    assert [r.rest_d for r in slam.races] == [None, 21, 35, 20]


def test_what_is_not_known_is_said():
    with pytest.raises(UsageError, match="years with dates: 2025, 2026"):
        look_at_series("leadwoman", year=1999)
    with pytest.raises(PacecalcError, match="did you mean 'leadwoman'"):
        look_at_series("leadwomen")
    assert [name for name, _ in list_known_series()] == ["grand-slam", "leadwoman"]


def test_a_series_of_ones_own(tmp_path):
    path = tmp_path / "spring.yaml"
    path.write_text(
        "id: spring\nname: Spring\nevents:\n"
        "  - {course: leadville-10k, dates: [2027-05-01]}\n  - {course: new-york-city-marathon, dates: [2027-05-11]}\n",
        encoding="utf-8",
    )
    own = look_at_series(path, index=500)
    assert (own.year, own.events, own.races[1].rest_d) == (2027, 2, 10)
    assert own.total_s == pytest.approx(sum(r.prediction.time_s for r in own.races))
    path.write_text("id: spring\nname: Spring\nevents: []\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="events"):
        look_at_series(path)
