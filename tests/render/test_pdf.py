"""The print set says what the plan says, on the paper asked for, whatever the names hold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pacecalc.errors import MissingExtraError, UsageError
from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.cards import CARD_SIZES, card_data, tightest_cutoffs
from pacecalc.render.handover import find_leg, list_crew_stops, list_drop_bags
from pacecalc.render.on_the_way import replan_lines
from pacecalc.render.pdf import Paper, Part, print_data, render_pdf
from pacecalc.render.plain_text import ZERO_WIDTH_SPACE, clean_text
from pacecalc.render.plan_tables import list_tables
from pacecalc.render.wording import IMPERIAL, METRIC, say_clock, say_elapsed, say_items


def read_pages(pdf: bytes, folder: Path) -> list[str]:
    """Text of each page by poppler, with blanks evened out."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "plan.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([tool, "-raw", str(path), "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    return [" ".join(page.replace(ZERO_WIDTH_SPACE, "").split()) for page in pages]


def print_pages(plan: RacePlan, folder: Path, part: Part, units: str = "metric") -> list[str]:
    return read_pages(render_pdf(plan, parts=(part,), units=units), folder)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "units"), [("run_plan", "metric"), ("mtb_plan", "imperial")])
def test_every_table_reads_back_as_the_plan(
    name: str, units: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    plan: RacePlan = request.getfixturevalue(name)
    text = squeeze(" ".join(print_pages(plan, tmp_path, "plan", units)))
    for table in list_tables(plan, IMPERIAL if units == "imperial" else METRIC):
        assert squeeze(table.title) in text
        for row in table.rows:
            said = squeeze(" ".join([*(cell.text for cell in row.cells), row.note]))
            assert said in text, row


def squeeze(text: str) -> str:
    """Without the blanks and hyphens at which lines are broken."""
    return re.sub(r"[\s-]", "", text)


def test_waypoint_rows_carry_the_times_of_the_plan(run_plan: RacePlan, tmp_path: Path) -> None:
    text = " ".join(print_pages(run_plan, tmp_path, "plan"))
    for w in run_plan.waypoints[1:]:
        row = (
            f"{METRIC.say_distance(w.distance_m)} {w.name} {METRIC.say_height(w.elevation_m)} {say_elapsed(w.arrive_s)}"
        )
        assert row in text


def test_the_card_has_a_row_a_waypoint_in_both_sizes(mtb_plan: RacePlan, tmp_path: Path) -> None:
    text = " ".join(print_pages(mtb_plan, tmp_path, "cards", "imperial"))
    start = mtb_plan.day.start_clock
    for w in mtb_plan.waypoints:
        cut = "" if w.cutoff_s is None else f" cut {say_elapsed(w.cutoff_s)}"
        row = f"{say_elapsed(w.arrive_s)} {say_clock(w.arrive_clock, start)}{cut}"
        assert text.count(row) >= len(CARD_SIZES), row


def test_the_card_boxes_the_two_tightest_cutoffs_and_marks_climbs(mtb_plan: RacePlan) -> None:
    rows = card_data(mtb_plan)["rows"]
    framed = [row["place"] for row in rows if row["framed"]]
    margins = sorted(w.margin_s for w in mtb_plan.waypoints if w.margin_s is not None)
    assert len(framed) == 2
    tight = {mtb_plan.waypoints[i] for i in tightest_cutoffs(mtb_plan)}
    assert {w.name for w in tight} == set(framed)
    assert sorted(w.margin_s or 0.0 for w in tight) == margins[:2]
    climbs = {row["place"]: row["climb"] for row in rows}
    assert climbs["Lost Canyon crew point (out)"].startswith("^ ")
    assert climbs["Columbine Mine (turnaround)"] == ""
    for row, w in zip(rows, mtb_plan.waypoints, strict=True):
        leg = find_leg(mtb_plan, w)
        assert row["food"].startswith(say_items(leg.intake.items) if leg is not None else "")


def test_arrival_is_at_least_11_point_on_the_large_card() -> None:
    large = next(size for size in CARD_SIZES if size["name"] == "large")
    assert (large["width"], large["height"]) == (50.0, 160.0)
    assert float(large["arrive"]) >= 11.0


def test_each_crew_stop_has_one_page_with_its_window(run_plan: RacePlan, tmp_path: Path) -> None:
    stops = list_crew_stops(run_plan)
    pages = print_pages(run_plan, tmp_path, "crew")
    assert len(pages) == len(stops)
    start = run_plan.day.start_clock
    for page, stop in zip(pages, stops, strict=True):
        w = stop.waypoint
        assert w.name in page
        for word, clock in (("from", stop.early_clock), ("expect", w.arrive_clock), ("after", stop.late_clock)):
            assert re.search(rf"{word}.*?{say_clock(clock, start)}", page), word
        for item in stop.hand_over:
            assert f"{item.count} {item.name}" in page
        assert ("Cutoff" in page) == (w.cutoff_s is not None)
        assert clean_text(w.note) in page
    crewless = {w.name for w in run_plan.waypoints if not w.crew}
    headings = {stop.waypoint.name for stop in stops}
    assert not crewless & headings


def test_each_drop_bag_has_a_label(run_plan: RacePlan, tmp_path: Path) -> None:
    bags = list_drop_bags(run_plan)
    assert bags
    text = " ".join(print_pages(run_plan, tmp_path, "bags"))
    for bag in bags:
        assert bag.waypoint.name in text
        for item in bag.items:
            assert f"{item.count} {item.name}" in text


def test_a_race_without_crew_or_bags_says_so_when_asked_for_them(marathon_plan: RacePlan, tmp_path: Path) -> None:
    assert "no crew sheet" in print_pages(marathon_plan, tmp_path, "crew")[0]
    assert "no label" in print_pages(marathon_plan, tmp_path, "bags")[0]
    everything = " ".join(read_pages(render_pdf(marathon_plan), tmp_path))
    assert "no crew sheet" not in everything


def test_without_odds_the_sheet_has_no_window(run_plan: RacePlan, tmp_path: Path) -> None:
    bare = replace(
        run_plan,
        risk=None,
        waypoints=tuple(
            replace(w, arrive_p10_s=None, arrive_p50_s=None, arrive_p90_s=None, miss_probability=None)
            for w in run_plan.waypoints
        ),
    )
    page = print_pages(bare, tmp_path, "crew")[0]
    assert "be there from" not in page
    assert "expect" in page


def test_hostile_names_are_printed_as_they_are(hostile_plan: RacePlan, tmp_path: Path) -> None:
    text = "".join(read_pages(render_pdf(hostile_plan), tmp_path)).replace(" ", "")
    for name in ("<script>alert('x')</script>", r"#letx=1;$x^2$*bold*_under_`code`@cite\escape", "A" * 300):
        assert name in text


def test_no_word_of_a_name_is_too_long_for_its_column(hostile_plan: RacePlan) -> None:
    def words(value: object) -> list[str]:
        if isinstance(value, dict):
            return [w for item in value.values() for w in words(item)]
        if isinstance(value, list):
            return [w for item in value for w in words(item)]
        return re.split(rf"[\s{ZERO_WIDTH_SPACE}]", value) if isinstance(value, str) else []

    data = print_data(hostile_plan)
    data["parts"]["plan"].pop("chart")
    data["parts"]["cards"].pop("title")
    assert max(len(word) for word in words(data)) <= 25


@pytest.mark.parametrize(("paper", "points"), [("a4", (595.28, 841.89)), ("us-letter", (612.0, 792.0))])
def test_the_paper_is_the_one_asked_for(
    run_plan: RacePlan, paper: Paper, points: tuple[float, float], tmp_path: Path
) -> None:
    tool = shutil.which("pdfinfo")
    if tool is None:
        pytest.skip("pdfinfo is not installed")
    path = tmp_path / "plan.pdf"
    path.write_bytes(render_pdf(run_plan, paper=paper))
    said = subprocess.run([tool, "-l", "99", str(path)], capture_output=True, text=True, check=True).stdout
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", said)
    assert len(sizes) > 5
    for width, height in sizes:
        assert (float(width), float(height)) == pytest.approx(points, abs=0.1)


def test_the_same_plan_is_the_same_file(mtb_plan: RacePlan) -> None:
    assert render_pdf(mtb_plan) == render_pdf(mtb_plan)


def test_the_words_are_plain_json(hostile_plan: RacePlan) -> None:
    data = print_data(hostile_plan, paper="us-letter", parts=("bags", "plan"))
    assert list(data["parts"]) == ["plan", "bags"]
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_wrong_paper_and_parts_are_refused(mtb_plan: RacePlan) -> None:
    with pytest.raises(UsageError, match=r"unknown paper 'a5'; one of a4, us-letter"):
        render_pdf(mtb_plan, paper="a5")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"unknown part 'poster'; one or more of plan, cards, crew, bags"):
        render_pdf(mtb_plan, parts=("plan", "poster"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no part to print"):
        render_pdf(mtb_plan, parts=())


def test_a_missing_extra_is_named_with_the_line_that_installs_it(
    mtb_plan: RacePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pacecalc\[pdf\]'"):
        render_pdf(mtb_plan)


def test_a_plan_made_on_the_way_prints_what_is_ahead(run_plan: RacePlan, tmp_path: Path) -> None:
    passed = run_plan.waypoints[6]
    again = replan_race(run_plan, [Split(name=passed.name, arrive_s=passed.arrive_s + 900.0)])
    data = print_data(again, parts=("plan",))["parts"]["plan"]
    waypoints = next(table for table in data["tables"] if table["key"] == "waypoints")
    assert [row["cells"][1]["text"] for row in waypoints["rows"]] == [w.name for w in run_plan.waypoints[6:]]
    text = squeeze(" ".join(print_pages(again, tmp_path, "plan")))
    for line in replan_lines(again):
        assert squeeze(line) in text
    assert squeeze(f"At {passed.name}: 15 min behind plan") in text


def test_a_passed_place_is_no_longer_printed_for_the_crew(run_plan: RacePlan) -> None:
    half_way = len(run_plan.waypoints) // 2
    on_the_way = replace(
        run_plan, waypoints=tuple(replace(w, passed=i < half_way) for i, w in enumerate(run_plan.waypoints))
    )
    assert len(card_data(on_the_way)["rows"]) == len(run_plan.waypoints) - half_way
    ahead = {w.name for w in run_plan.waypoints[half_way:]}
    assert {stop.waypoint.name for stop in list_crew_stops(on_the_way)} <= ahead
    assert {bag.waypoint.name for bag in list_drop_bags(on_the_way)} <= ahead


def test_emoji_are_left_out_where_no_font_has_them(
    hostile_plan: RacePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Families:
        def __init__(self, *names: str) -> None:
            self.names = names

        def families(self) -> tuple[str, ...]:
            return self.names

    handed_over: list[str] = []

    class Compiler:
        def __init__(self, *_: object, sys_inputs: dict[str, str], **__: object) -> None:
            handed_over.append(sys_inputs["data"])

        def compile(self, **_: object) -> bytes:
            return b"%PDF"

    monkeypatch.setattr("typst.Compiler", Compiler)
    for families in (("Libertinus Serif",), ("Libertinus Serif", "Noto Color Emoji")):
        monkeypatch.setattr("pacecalc.render.pdf._fonts", lambda families=families: Families(*families))
        render_pdf(hostile_plan)
    without, with_emoji = handed_over
    assert "🏔️" not in without
    assert "summit & “quotes”" in without
    assert "🏔️" in with_emoji
    assert json.loads(without)["parts"]["plan"]["chart"]["elevation"]


@pytest.mark.parametrize(
    ("temperature_c", "daylight", "word"), [(2.0, "day", "gloves"), (30.0, "day", "Ice"), (15.0, "night", "Lights")]
)
def test_the_crew_asks_what_the_hour_asks_for(
    run_plan: RacePlan, temperature_c: float, daylight: str, word: str
) -> None:
    def made(temperature: float, light: str) -> list[str]:
        waypoints = tuple(
            replace(w, temperature_c=temperature, daylight=light)  # type: ignore[arg-type]
            for w in run_plan.waypoints
        )
        plan = replace(run_plan, waypoints=waypoints)
        return [" ".join(sheet["ask"]) for sheet in print_data(plan, parts=("crew",))["parts"]["crew"]]

    *asked, at_finish = made(temperature_c, daylight)
    assert asked
    assert all(word in questions for questions in asked)
    assert at_finish == ""
    assert not any(word in questions for questions in made(15.0, "day"))
