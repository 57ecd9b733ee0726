"""Markdown tables say what the plan says, and no name breaks out of its cell."""

from __future__ import annotations

import re

from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.markdown import escape_line, escape_markdown, render_markdown
from pacecalc.render.plain_text import clean_text
from pacecalc.render.wording import METRIC, say_clock, say_elapsed, say_items


def read_tables(text: str) -> dict[str, list[dict[str, str]]]:
    """An own reader of pipe tables: heading of the section -> rows by column."""
    tables: dict[str, list[dict[str, str]]] = {}
    title, heading = "", []
    for line in text.splitlines():
        if line.startswith("## "):
            title, heading = unescape(line[3:]), []
        elif line.startswith("|"):
            cells = [unescape(c.strip().removeprefix("**").removesuffix("**")) for c in split_cells(line)]
            if not heading:
                heading = cells
                tables[title] = []
            elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                assert len(cells) == len(heading), line
                tables[title].append(dict(zip(heading, cells, strict=True)))
    return tables


def split_cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line)[1:-1]


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def find_table(text: str, start: str) -> list[dict[str, str]]:
    return next(rows for title, rows in read_tables(text).items() if title.startswith(start))


def test_waypoints_read_back_are_those_of_the_plan(run_plan: RacePlan) -> None:
    rows = find_table(render_markdown(run_plan), "When am I where")
    assert len(rows) == len(run_plan.waypoints)
    for row, w in zip(rows, run_plan.waypoints, strict=True):
        assert row["place"] == w.name
        assert row["km"] == METRIC.say_distance(w.distance_m)
        assert row["arrive"] == say_elapsed(w.arrive_s)
        assert row["clock"] == say_clock(w.arrive_clock, run_plan.day.start_clock)
        assert row["cutoff"].removesuffix(" out") == ("" if w.cutoff_s is None else say_elapsed(w.cutoff_s))


def test_schedule_and_segments_read_back_are_those_of_the_plan(mtb_plan: RacePlan) -> None:
    text = render_markdown(mtb_plan, units="imperial")
    schedule = find_table(text, "What do I eat when")
    assert [(r["elapsed"], r["what"]) for r in schedule] == [
        (say_elapsed(i.at_s), say_items(i.items)) for i in mtb_plan.schedule
    ]
    segments = find_table(text, "How hard")
    assert [r["to"] for r in segments] == [s.end for s in mtb_plan.segments]
    for row, segment in zip(segments, mtb_plan.segments, strict=True):
        assert row["time"] == say_elapsed(segment.moving_s)
        assert row["note"].startswith(say_items(segment.intake.items))


def test_legs_shopping_and_temperatures_read_back_are_those_of_the_plan(run_plan: RacePlan) -> None:
    text = render_markdown(run_plan)
    legs = find_table(text, "What do I take from where")
    assert [row["at"] for row in legs] == [leg.start for leg in run_plan.legs]
    for row, leg in zip(legs, run_plan.legs, strict=True):
        assert say_items(leg.pick_up) in row["what"]
        assert say_items(leg.at_station) in row["what"]
        assert row["g/h"] == f"{leg.intake.carbohydrate_g * 3600.0 / (leg.end_s - leg.start_s):.0f}"
    shopping = find_table(text, "What do I buy")
    assert [(row["number"], row["what"]) for row in shopping] == [(str(s.count), s.name) for s in run_plan.shopping]
    card = find_table(text, "An hour by temperature")
    assert [row["carb g"] for row in card] == [f"{r.carbohydrate_g_per_h:.0f}" for r in run_plan.temperature_card]


def test_a_plan_made_on_the_way_shows_what_is_ahead(run_plan: RacePlan) -> None:
    passed = run_plan.waypoints[6]
    again = replan_race(run_plan, [Split(name=passed.name, arrive_s=passed.arrive_s + 900.0)])
    text = render_markdown(again)
    rows = find_table(text, "When am I where")
    assert [row["place"] for row in rows] == [w.name for w in run_plan.waypoints[6:]]
    assert f"{escape_line(f'At {passed.name}')}: 15 min behind plan" in text


def test_first_lines_answer_the_question(mtb_plan: RacePlan) -> None:
    first, _, day, _, answer = render_markdown(mtb_plan).splitlines()[:5]
    assert first.startswith(f"# {mtb_plan.course.name} · ")
    assert "goal 11:45" in day
    assert answer.startswith("**Finish 11:45:00")


def test_hostile_names_stay_in_their_cells(hostile_plan: RacePlan) -> None:
    text = render_markdown(hostile_plan)
    rows = find_table(text, "When am I where")
    assert [row["place"] for row in rows] == [clean_text(w.name) for w in hostile_plan.waypoints]
    assert re.search(r"(?<!\\)<", text) is None
    assert not any(ord(c) < 32 and c != "\n" for c in text)


def test_escaping_is_undone_by_reading() -> None:
    name = r"*a* [b](c) <d> | # $e$ & `f` ~g~ \ _h_ !"
    assert unescape(escape_markdown(name)) == name
    assert escape_line("- no list") == r"\- no list"
    assert escape_line("1. no list") == r"1\. no list"
    assert escape_line("40.8 km") == "40.8 km"
