"""The web page says what the plan says, stands alone, and no name breaks out of its place."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html as lxml_html

from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.planning.replan import replan_race
from pacecalc.planning.replan_records import Split
from pacecalc.render.html import render_html
from pacecalc.render.plain_text import TURNING
from pacecalc.render.plan_json import parse_plan, render_json
from pacecalc.render.tables import told_schedule
from pacecalc.render.wording import IMPERIAL, METRIC, say_clock, say_elapsed, say_items, say_margin, say_probability

MOST_BYTES = 300_000
METRES_PER_MILE = 1609.344


def parse(page: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page)


def read_table(page: str, key: str) -> list[dict[str, str]]:
    """Rows of one table by column heading; the lines under them as ``note``."""
    (table,) = parse(page).xpath(f"//table[@id='{key}']")
    headings = [th.text_content() for th in table.xpath("./thead/tr/th")]
    rows: list[dict[str, str]] = []
    for tr in table.xpath("./tbody/tr"):
        cells = [cell.text_content() for cell in tr.xpath("./th|./td")]
        if tr.get("class") == "under":
            rows[-1]["note"] = cells[0]
        else:
            assert len(cells) == len(headings)
            rows.append(dict(zip(headings, cells, strict=True)))
    return rows


def read_readouts(page: str) -> dict:
    (island,) = parse(page).xpath("//script[@id='readouts']")
    return json.loads(island.text_content())


def seconds(elapsed: str) -> float:
    hours, minutes = elapsed.split(":")
    return 3600.0 * int(hours) + 60.0 * int(minutes)


@pytest.fixture(scope="module")
def run_page(run_plan: RacePlan) -> str:
    return render_html(run_plan)


@pytest.fixture(scope="module")
def mtb_page(mtb_plan: RacePlan) -> str:
    return render_html(mtb_plan)


def test_waypoints_read_back_are_those_of_the_plan(run_plan: RacePlan, run_page: str) -> None:
    rows = read_table(run_page, "waypoints")
    assert len(rows) == len(run_plan.waypoints)
    for row, w in zip(rows, run_plan.waypoints, strict=True):
        assert row["place"] == w.name
        assert float(row["km"]) == pytest.approx(w.distance_m / 1000.0, abs=0.051)
        assert float(row["m"].replace(",", "")) == pytest.approx(w.elevation_m, abs=0.51)
        assert seconds(row["arrive"]) == pytest.approx(w.arrive_s, abs=30.01)
        assert row["clock"] == say_clock(w.arrive_clock, run_plan.day.start_clock)
        assert float(row["°C"]) == pytest.approx(w.temperature_c, abs=0.51)
        assert row["cutoff"].removesuffix(" out") == ("" if w.cutoff_s is None else say_elapsed(w.cutoff_s))
        assert row["margin"] == ("" if w.margin_s is None else say_margin(w.margin_s)[0])
        assert row["miss"] == ("" if w.miss_probability is None else say_probability(w.miss_probability))


def test_bands_read_back_are_those_of_the_plan(run_plan: RacePlan, run_page: str) -> None:
    rows = read_table(run_page, "waypoints")
    shown = {row["place"]: row["80 % band"] for row in rows if row["80 % band"]}
    assert shown
    for w in run_plan.waypoints:
        if w.name in shown:
            early, late = shown[w.name].split("-")
            assert seconds(early) == pytest.approx(w.arrive_p10_s, abs=30.01)
            assert seconds(late) == pytest.approx(w.arrive_p90_s, abs=30.01)


def test_segments_read_back_in_miles_are_those_of_the_plan(mtb_plan: RacePlan) -> None:
    rows = read_table(render_html(mtb_plan, units="imperial"), "segments")
    assert [row["to"] for row in rows] == [s.end for s in mtb_plan.segments]
    for row, s in zip(rows, mtb_plan.segments, strict=True):
        assert float(row["mi"]) == pytest.approx(s.distance_m / METRES_PER_MILE, abs=0.051)
        assert float(row["mph"]) == pytest.approx(s.speed_m_per_s * 3600.0 / METRES_PER_MILE, abs=0.051)
        assert seconds(row["time"]) == pytest.approx(s.moving_s, abs=30.01)
        assert float(row["°F"]) == pytest.approx(s.temperature_c * 1.8 + 32.0, abs=0.51)
        assert say_items(s.intake.items) in row.get("note", "")


def test_meals_and_shopping_read_back_are_those_of_the_plan(mtb_plan: RacePlan, mtb_page: str) -> None:
    meals = read_table(mtb_page, "schedule")
    assert [(m["elapsed"], m["what"]) for m in meals] == [
        (say_elapsed(i.at_s), say_items(i.items)) for i in mtb_plan.schedule
    ]
    bought = read_table(mtb_page, "shopping")
    assert [(int(b["number"]), b["what"]) for b in bought] == [(i.count, i.name) for i in mtb_plan.shopping]


def test_legs_read_back_take_what_the_plan_takes(mtb_plan: RacePlan, mtb_page: str) -> None:
    rows = read_table(mtb_page, "legs")
    assert [row["at"] for row in rows] == [leg.start for leg in mtb_plan.legs]
    for row, leg in zip(rows, mtb_plan.legs, strict=True):
        assert say_items(leg.pick_up) in row["what"]
        assert seconds(row["hours"]) == pytest.approx(leg.end_s - leg.start_s, abs=30.01)


def test_the_three_answers_come_first(run_plan: RacePlan, run_page: str) -> None:
    figures = [node.text_content() for node in parse(run_page).xpath("//section[@class='answers']//p[@class='figure']")]
    tightest = min(w.margin_s for w in run_plan.waypoints if w.margin_s is not None)
    assert run_plan.risk is not None
    assert figures[0] == "28:00:00"
    assert figures[1].split()[0].lstrip("+") == say_margin(tightest)[0].split()[0].lstrip("+")
    assert figures[2] == say_probability(run_plan.risk.finish_probability)
    assert run_page.index('class="answers"') < run_page.index('id="profile"') < run_page.index('id="waypoints"')


def test_a_finger_on_a_waypoint_reads_the_waypoint(run_plan: RacePlan, run_page: str) -> None:
    said = read_readouts(run_page)
    for (point, index), w in zip(said["stops"], run_plan.waypoints, strict=True):
        assert run_plan.waypoints[index] is w
        assert said["waypoints"][index]["name"] == w.name
        assert seconds(said["waypoints"][index]["elapsed"]) == pytest.approx(w.arrive_s, abs=30.01)
        step = run_plan.course.distance_m / len(said["x"])
        assert said["x"][point] * run_plan.course.distance_m == pytest.approx(w.distance_m, abs=2.0 * step)


def test_on_a_place_the_drawing_says_what_the_table_says(run_plan: RacePlan, run_page: str) -> None:
    said = read_readouts(run_page)
    rows = read_table(run_page, "waypoints")
    points = [point for point, _ in said["stops"]]
    assert len(set(points)) > len(rows) // 2
    for point, index in said["stops"]:
        if points.count(point) > 1:
            continue
        assert said["distance"][point] == f"{rows[index]['km']} km"
        assert said["height"][point] == f"{rows[index]['m']} m"
        assert said["warmth"][point] == f"{rows[index]['°C']} °C"


def test_a_finger_on_the_course_names_the_next_meal(run_plan: RacePlan, run_page: str) -> None:
    said = read_readouts(run_page)
    for point, elapsed_s in enumerate(run_plan.profile.elapsed_s.tolist()):
        told = told_schedule(run_plan)
        due = next((i for i, m in enumerate(told) if m.at_s >= elapsed_s - 30.0), len(told))
        assert said["meal"][point] == due
    for meal, entry in zip(said["meals"], told_schedule(run_plan), strict=True):
        assert meal["what"]
        assert meal["what"].startswith(say_items(entry.items))
        assert meal["when"].startswith(say_elapsed(entry.at_s))


def test_a_finger_on_the_course_tells_pace_or_watts(mtb_page: str, run_page: str) -> None:
    assert all(re.search(r"[\d.]+ km/h; watts \d+", s["how"]) for s in read_readouts(mtb_page)["segments"])
    assert all(re.fullmatch(r"\d+:\d\d min/km", s["how"]) for s in read_readouts(run_page)["segments"])


def test_clocks_along_the_course_jump_with_summer_time(run_plan: RacePlan) -> None:
    # Denver leaves summer time on Sunday 2 November 2025 at 02:00
    moved = run_plan.day.start_clock.replace(month=11, day=1, hour=20)
    late = replace(run_plan, day=replace(run_plan.day, start_clock=moved, gun_clock=moved))
    said = read_readouts(render_html(late))
    after = next(i for i, t in enumerate(late.profile.elapsed_s) if t > 8.0 * 3600.0)
    wall = (moved + timedelta(seconds=float(late.profile.elapsed_s[after]) - 3600.0)).replace(tzinfo=None)
    assert said["clock"][after] in {f"Sun {wall:%H:%M}", f"Sun {wall + timedelta(seconds=30):%H:%M}"}


@pytest.mark.parametrize("name", ["mtb_plan", "run_plan", "marathon_plan", "hostile_plan"])
def test_the_page_stands_alone_and_is_light(name: str, request: pytest.FixtureRequest) -> None:
    page = render_html(request.getfixturevalue(name))
    assert len(page.encode()) < MOST_BYTES
    tree = parse(page)
    assert not tree.xpath("//@src")
    assert not tree.xpath("//iframe|//object|//embed|//img|//form")
    assert tree.xpath("//link/@href") == ["data:,"]
    assert "@import" not in page
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", page))
    assert all(link.startswith(("#", "https://", "http://")) for link in tree.xpath("//a/@href"))


def test_only_our_own_script_may_run(run_page: str) -> None:
    tree = parse(run_page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (script,) = tree.xpath("//script[not(@type)]")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_hostile_names_stay_names(hostile_plan: RacePlan) -> None:
    page = render_html(hostile_plan)
    tree = parse(page)
    assert len(tree.xpath("//script")) == 2
    assert not tree.xpath("//b")
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
    shown = [row["place"] for row in read_table(page, "waypoints")]
    for text, w in zip(shown, hostile_plan.waypoints, strict=True):
        assert " ".join(text.split()) == " ".join(re.sub("[\x00-\x1f]", " ", w.name.translate(TURNING)).split())
    titles = tree.xpath("//h1")[0].text_content()
    assert titles == hostile_plan.course.name


def test_hostile_names_stay_names_in_what_the_script_reads(hostile_plan: RacePlan) -> None:
    page = render_html(hostile_plan)
    said = read_readouts(page)
    assert [w["name"] for w in said["waypoints"]] == [w.name for w in hostile_plan.waypoints]
    island = re.search(r'id="readouts">(.*?)</script>', page, re.DOTALL)
    assert island is not None
    assert "<" not in island[1]


def bare(plan: RacePlan) -> RacePlan:
    """The same plan with nothing in it that may be missing."""

    def strip(w: PlannedWaypoint) -> PlannedWaypoint:
        return replace(
            w,
            cutoff_s=None,
            cutoff_clock=None,
            cutoff_applies=None,
            cutoff_measured=None,
            margin_s=None,
            arrive_p10_s=None,
            arrive_p50_s=None,
            arrive_p90_s=None,
            miss_probability=None,
            crew=None,
            drop_bag=None,
            offers=(),
            services="",
            note="",
        )

    return replace(
        plan,
        course=replace(plan.course, published_ascent_m=None, finish_cutoff_s=None, awards=(), edition=""),
        waypoints=tuple(strip(w) for w in plan.waypoints),
        segments=tuple(replace(s, power_w=None, power_targets=None, pushing_s=None) for s in plan.segments),
        legs=(),
        schedule=(),
        shopping=(),
        temperature_card=(),
        binding=(),
        even_effort_misses=(),
        assumptions=(),
        warnings=(),
        sources=(),
        estimates=(),
        fuel=None,
        ride=None,
        risk=None,
    )


def test_what_is_missing_leaves_no_trace(mtb_plan: RacePlan) -> None:
    page = render_html(bare(mtb_plan))
    tree = parse(page)
    text = tree.text_content()
    for word in ("None", "nan", "inf", "undefined"):
        assert not re.search(
            rf"\b{word}\b", re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
        )
    assert "none known" in text
    assert {t.get("id") for t in tree.xpath("//table")} == {"waypoints", "segments"}
    assert not tree.xpath("//*[@class='shadow']|//*[contains(@class, 'gate')]")
    assert all(re.fullmatch(r"[\d.]+ km/h", s["how"]) for s in read_readouts(page)["segments"])
    # every link on the page leads somewhere
    assert all(tree.xpath(f"//*[@id='{target[1:]}']") for target in tree.xpath("//a/@href") if target[0] == "#")


def test_a_missed_cutoff_is_said_in_words(run_plan: RacePlan) -> None:
    missed = next(i for i, w in enumerate(run_plan.waypoints) if w.margin_s is not None)
    late = tuple(replace(w, margin_s=-250.0) if i == missed else w for i, w in enumerate(run_plan.waypoints))
    page = render_html(replace(run_plan, waypoints=late))
    answer = parse(page).xpath("//section[@class='answers']/div")[1].text_content()
    assert "A cutoff is missed" in answer
    assert "-5 min MISSED" in answer
    assert run_plan.waypoints[missed].name in answer
    assert read_table(page, "waypoints")[missed]["margin"] == "-5 MISSED"
    assert "-5 MISSED" in [t.text_content() for t in parse(page).xpath("//*[contains(@class, 'verdict')]")]


def test_a_plan_made_on_the_way_shows_what_is_ahead(run_plan: RacePlan) -> None:
    passed = run_plan.waypoints[6]
    again = replan_race(run_plan, [Split(name=passed.name, arrive_s=passed.arrive_s + 900.0)])
    page = render_html(again)
    rows = read_table(page, "waypoints")
    assert [row["place"] for row in rows] == [w.name for w in run_plan.waypoints[6:]]
    text = parse(page).text_content()
    assert f"At {passed.name}: 15 min behind plan" in text
    said = read_readouts(page)
    assert said["segment"][0] == -1
    assert said["waypoints"][0]["name"] == passed.name


def test_fuel_tables_end_at_the_last_value_of_the_trace(run_plan: RacePlan, run_page: str) -> None:
    assert run_plan.fuel is not None
    rows = read_table(run_page, "fuel-carbohydrate")
    assert rows[-1]["elapsed"] == say_elapsed(float(run_plan.fuel.elapsed_s[-1]))
    assert float(rows[-1]["burned g"].replace(",", "")) == pytest.approx(run_plan.fuel.burned_g[-1], abs=0.51)
    assert float(rows[-1]["absorbed g"].replace(",", "")) == pytest.approx(run_plan.fuel.absorbed_g[-1], abs=0.51)
    fluid = read_table(run_page, "fuel-fluid")
    assert float(fluid[-1]["drunk L"]) == pytest.approx(run_plan.fuel.drunk_ml[-1] / 1000.0, abs=0.051)


def test_assumptions_sources_and_the_health_line_are_there(run_plan: RacePlan, run_page: str) -> None:
    text = parse(run_page).text_content()
    for assumption in run_plan.assumptions:
        assert assumption.what in text
        assert assumption.change_with in text
    for source in run_plan.sources:
        assert source in text
    for caution in run_plan.warnings:
        assert caution.message in text
    assert "Not medical advice" in text


def test_the_same_plan_is_the_same_page(run_plan: RacePlan, run_page: str) -> None:
    assert render_html(run_plan) == run_page


def test_a_plan_read_back_from_json_is_the_same_page(run_plan: RacePlan, run_page: str) -> None:
    again = render_html(parse_plan(render_json(run_plan)))
    assert parse(again).text_content() == parse(run_page).text_content()
    assert read_readouts(again) == read_readouts(run_page)


def test_units_are_said_once_in_the_heading_and_can_be_switched(marathon_plan: RacePlan) -> None:
    metric, imperial = (read_table(render_html(marathon_plan, units=u), "waypoints") for u in ("metric", "imperial"))
    last = marathon_plan.waypoints[-1].distance_m
    assert metric[-1]["km"] == METRIC.say_distance(last)
    assert imperial[-1]["mi"] == IMPERIAL.say_distance(last) == "26.2"


def test_every_drawing_has_a_name_and_every_table_a_caption(run_page: str) -> None:
    tree = parse(run_page)
    for svg in tree.xpath("//svg[@role='img']"):
        label = svg.get("aria-labelledby")
        named = tree.xpath(f"//*[@id='{label}']")[0].text_content() if label else svg.get("aria-label")
        assert named
    assert all(table.xpath("./caption")[0].text_content() for table in tree.xpath("//table"))
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
