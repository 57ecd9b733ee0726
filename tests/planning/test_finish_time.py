"""``predict_time`` as a library caller meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

import pacecalc
from pacecalc.errors import GoalError, UnitError, UsageError
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.finish_time import predict_time, report_times

WSER, LT100_MTB = "western-states-100", "leadville-trail-100-mtb"


def test_quantities_in_and_out() -> None:
    found = predict_time(LT100_MTB, threshold_power=pacecalc.quantity(250, "W"), mass="154.3 lb")
    assert found.time.to("s").magnitude == pytest.approx(found.time_s)
    assert found.low < found.time < found.high
    assert found.mean_power_w is not None


def test_given_results_stand_beside_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text('run:\n  results:\n    - {distance: 10 km, time: "40:00"}\n', encoding="utf-8")
    alone = predict_time(WSER, athlete=file)
    both = predict_time(WSER, athlete=file, results=["marathon 3:05"])
    assert [e.source for e in alone.estimates] == ["10 km in 0:40:00"]
    assert [e.source for e in both.estimates][:2] == ["10 km in 0:40:00", "42.2 km in 3:05:00"]
    assert predict_time(WSER, results=["10km 40:00"]).time_s == pytest.approx(alone.time_s)


def test_the_weather_counts() -> None:
    cool, hot = (
        predict_time(WSER, results=["marathon 3:05"], low=low, high=high)
        for low, high in (("5 degC", "18 degC"), ("20 degC", "38 degC"))
    )
    assert hot.time_s > 1.05 * cool.time_s


def test_plans_take_results_too() -> None:
    plan = pacecalc.plan_race("leadville-10k", results=["10km 40:00"])
    assert plan.goal_s == pytest.approx(predict_time("leadville-10k", results=["10km 40:00"]).time_s)
    assert plan.inputs.athlete.runner.results[0].time_s == 2400.0


@pytest.mark.parametrize(("course", "said"), [(WSER, "--result"), (LT100_MTB, "--ftp 210W")])
def test_nothing_known_is_said_with_the_way_out(course: str, said: str) -> None:
    with pytest.raises(GoalError, match=said):
        predict_time(course)
    with pytest.raises(GoalError, match="--for 9:00"):
        report_times(course, RaceChoices())


def test_times_need_no_fitness() -> None:
    report = report_times(WSER, RaceChoices(), ["24:00", "29:30"])
    assert report.prediction is None
    fast, slow = report.flat_worths
    assert fast.marathon < slow.marathon
    assert fast.finish.to("h").magnitude == pytest.approx(24.0)
    assert slow.ten_km.to("min").magnitude == pytest.approx(slow.ten_km_s / 60.0)
    (need,) = report_times(LT100_MTB, RaceChoices(), ["9:00"]).power_needs
    assert need.finish.to("h").magnitude == pytest.approx(9.0)
    assert need.mean_power < need.normalised_power < need.threshold_power


def test_bad_input_is_one_clear_line() -> None:
    with pytest.raises(UnitError, match="finish time"):
        report_times(WSER, RaceChoices(), ["9"])
    with pytest.raises(UsageError, match="51 finish times"):
        report_times(WSER, RaceChoices(), ["24:00"] * 51)
    with pytest.raises(UnitError, match="index"):
        predict_time(WSER, index=5600)


def test_a_report_says_which_race_it_is_about() -> None:
    report = report_times("utmb", RaceChoices(results=["marathon 3:30"]), ["40:00"])
    assert (report.course_id, report.course_ref) == ("utmb", "utmb")
    assert report.course_name.startswith("UTMB")
    assert report.finish_cutoff_s == pytest.approx(46.75 * 3600.0)


def test_threshold_power_per_kg_counts_by_the_mass_wherever_that_is_said(tmp_path):
    """3.5 W/kg at 60 kg is 210 W."""
    file = tmp_path / "ann.yaml"
    file.write_text("mass: 60 kg\nride: {threshold_power: 3.5 W/kg}\n", encoding="utf-8")
    watts = predict_time(LT100_MTB, threshold_power="210 W", mass="60 kg").time_s
    assert predict_time(LT100_MTB, threshold_power="3.5 W/kg", mass="60 kg").time_s == watts
    per_kg = pacecalc.quantity(3.5, "W/kg")
    assert predict_time(LT100_MTB, threshold_power=per_kg, mass="60 kg").time_s == pytest.approx(watts)
    assert predict_time(LT100_MTB, athlete=file).time_s == watts
