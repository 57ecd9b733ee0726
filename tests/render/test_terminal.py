"""The printout of real races fits every terminal from 80 columns on, and says no more than it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from pacecalc.planning.records import RacePlan
from pacecalc.render.intake_tables import say_plan_b
from pacecalc.render.moments import clock_at
from pacecalc.render.tables import waypoint_table
from pacecalc.render.terminal import render_terminal
from pacecalc.render.wording import IMPERIAL, METRIC, say_clock, say_elapsed

PLANS = ("mtb_plan", "run_plan", "marathon_plan", "hostile_plan")


@pytest.mark.parametrize("units", ["metric", "imperial"])
@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("name", PLANS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int, units: str, request: pytest.FixtureRequest) -> None:
    plan: RacePlan = request.getfixturevalue(name)
    text = render_terminal(plan, width=width, units=units, explain=True, plan_b=True)  # type: ignore[arg-type]
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("color", [False, True])
def test_no_name_gives_orders_to_the_terminal(marathon_plan: RacePlan, color: bool) -> None:
    bad = "Evil\x1b[31m red \x1b]0;title\x07 \u202eturn\u202c \x9b2J over"
    plan = replace(
        marathon_plan,
        course=replace(marathon_plan.course, name=bad),
        waypoints=tuple(replace(w, name=bad) for w in marathon_plan.waypoints),
        segments=tuple(replace(s, start=bad, end=bad) for s in marathon_plan.segments),
        legs=tuple(replace(leg, start=bad, end=bad, reasons=(bad,)) for leg in marathon_plan.legs),
        estimates=(bad,),
    )
    text = render_terminal(plan, color=color, explain=True, plan_b=True)
    own = re.sub(r"\x1b\[[0-9;]*m", "", text) if color else text
    assert "Evil" in own
    assert "[31m" in own
    assert all(c == "\n" or c.isprintable() for c in own)
    assert not re.search(r"\x1b\[31m red", text)


def test_one_absurd_name_does_not_push_the_figures_out(hostile_plan: RacePlan) -> None:
    assert "80 % band" in render_terminal(hostile_plan, width=120)


@pytest.mark.parametrize("name", ["mtb_plan", "run_plan"])
def test_crew_and_drop_bags_are_told_on_the_narrowest_terminal(name: str, request: pytest.FixtureRequest) -> None:
    plan: RacePlan = request.getfixturevalue(name)
    lines = render_terminal(plan, width=80).splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith("When am I where (C crew, B drop bag)"))
    for waypoint in plan.waypoints:
        clock = say_clock(waypoint.arrive_clock, plan.day.start_clock)
        row = next(line for line in lines[begin:] if f" {say_elapsed(waypoint.arrive_s)} " in line and clock in line)
        marks = [word for word in row.split() if word in ("C", "B")]
        assert marks == [m for m, here in (("C", waypoint.crew), ("B", waypoint.drop_bag)) if here]


def test_plan_b_is_said_in_the_units_of_the_reader(run_plan: RacePlan) -> None:
    answers = [b for leg in run_plan.legs for b in leg.plan_b]
    assert [say_plan_b(b, METRIC) for b in answers] == [b.message for b in answers]
    told = [say_plan_b(b, IMPERIAL) for b in answers]
    assert not any(re.search(r"\d L\b", text) for text in told)
    for answer, text in zip(answers, told, strict=True):
        assert re.findall(r"(\d+) fl oz", text) == [IMPERIAL.say_fluid(ml).split()[0] for ml in answer.volumes_ml]
    assert any("fl oz" in text for text in told)


def test_a_change_of_the_clocks_on_the_way_is_said_at_the_top(run_plan: RacePlan) -> None:
    assert "clocks change" not in render_terminal(run_plan)
    gun = datetime(2026, 10, 31, 20, tzinfo=ZoneInfo("America/Denver"))
    moved = replace(run_plan.day, gun_clock=gun, start_clock=gun)
    finish = run_plan.waypoints[-1]
    late = replace(finish, arrive_clock=clock_at(replace(run_plan, day=moved), finish.arrive_s))
    plan = replace(run_plan, day=moved, waypoints=(*run_plan.waypoints[:-1], late))
    assert "20:00 MDT (clocks change to MST on the way)" in render_terminal(plan, width=140)


def test_twilight_is_dawn_in_the_morning_and_dusk_in_the_evening(run_plan: RacePlan) -> None:
    table = waypoint_table(run_plan, METRIC)
    light = [column.heading for column in table.columns].index("light")
    said = {w.name: row.cells[light].text for w, row in zip(run_plan.waypoints, table.rows, strict=True)}
    for w in run_plan.waypoints:
        morning = w.arrive_clock.hour < 12
        words = {"day": "", "night": "dark", "twilight": "dawn" if morning else "dusk"}
        assert said[w.name] == words[w.daylight]
    moved = tuple(replace(w, daylight="twilight") for w in run_plan.waypoints)
    again = waypoint_table(replace(run_plan, waypoints=moved), METRIC)
    assert {row.cells[light].text for row in again.rows} == {"dawn", "dusk"}


def test_letters_that_stand_nowhere_are_not_explained(marathon_plan: RacePlan) -> None:
    assert "When am I where\n" in render_terminal(marathon_plan)


def test_hours_to_the_cutoff_are_said_as_hours_and_no_stop_is_no_word(marathon_plan: RacePlan) -> None:
    answer = next(
        line for line in render_terminal(marathon_plan, width=140).splitlines() if line.startswith("Finish 3")
    )
    assert "standing" not in answer
    assert "+9h" in answer
