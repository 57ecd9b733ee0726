"""The crew's calendar is right for every crew: on the course, in another zone, across the change of the clocks."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from pacecalc.errors import MissingExtraError
from pacecalc.planning.records import RacePlan
from pacecalc.render.calendar import note_lines, render_calendar
from pacecalc.render.crew_sheets import crew_data
from pacecalc.render.handover import list_crew_stops
from pacecalc.render.plain_text import clean_text
from pacecalc.render.wording import METRIC, say_items


def unfold(text: str) -> list[str]:
    """A strict reader of content lines (RFC 5545, 3.1): CRLF, at most 75 octets, no control characters."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines: list[str] = []
    for line in text[:-2].split("\r\n"):
        assert len(line.encode()) <= 75
        assert not any(ord(c) < 32 and c != "\t" for c in line)
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def read_components(text: str) -> list[tuple[str, list[tuple[str, dict[str, str], str]]]]:
    """Components with their properties, nesting checked."""
    found: list[tuple[str, list[tuple[str, dict[str, str], str]]]] = []
    open_ones: list[int] = []
    for line in unfold(text):
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        assert name == name.upper()
        if name == "BEGIN":
            open_ones.append(len(found))
            found.append((value, []))
        elif name == "END":
            assert found[open_ones.pop()][0] == value
        else:
            pairs = dict(p.split("=", 1) for p in parameters)
            found[open_ones[-1]][1].append((name, pairs, value))
    assert not open_ones
    return found


def read_events(text: str) -> list[dict[str, Any]]:
    """Events with moments in UTC by the file's own VTIMEZONE, read by dateutil."""
    zone = tzical(io.StringIO(text.replace("\r\n", "\n"))).get()
    events = []
    for component in Calendar.from_ical(text).walk("VEVENT"):
        event: dict[str, Any] = {"summary": str(component["SUMMARY"]), "notes": str(component["DESCRIPTION"])}
        for key in ("DTSTART", "DTEND"):
            moment = component[key].dt
            if moment.utcoffset() != timedelta(0) or "TZID" in component[key].params:
                moment = moment.replace(tzinfo=zone)
            event[key] = moment.astimezone(UTC)
        event["alarms"] = [alarm["TRIGGER"].dt for alarm in component.walk("VALARM")]
        event["uid"] = str(component["UID"])
        event["geo"] = component.get("GEO")
        events.append(event)
    return events


def moved_to(plan: RacePlan, gun: datetime) -> RacePlan:
    """The same plan, started at another moment; every clock moves with it."""
    zone = ZoneInfo(str(gun.tzinfo))
    shift = gun - plan.day.start_clock

    def move(clock: datetime) -> datetime:
        return (clock.astimezone(UTC) + shift).astimezone(zone)

    return replace(
        plan,
        day=replace(plan.day, gun_clock=gun, start_clock=gun, timezone=str(gun.tzinfo)),
        waypoints=tuple(
            replace(
                w,
                arrive_clock=move(w.arrive_clock),
                leave_clock=move(w.leave_clock),
                cutoff_clock=None if w.cutoff_clock is None else move(w.cutoff_clock),
            )
            for w in plan.waypoints
        ),
    )


def test_every_crew_stop_has_its_window(run_plan: RacePlan) -> None:
    stops = list_crew_stops(run_plan)
    events = read_events(render_calendar(run_plan))
    assert len(events) == len(stops) > 3
    start = run_plan.day.start_clock.astimezone(UTC)
    for event, stop in zip(events, stops, strict=True):
        w = stop.waypoint
        assert event["summary"].startswith(w.name)
        assert (event["DTSTART"] - start).total_seconds() == pytest.approx(w.arrive_p10_s, abs=0.51)
        assert (event["DTEND"] - start).total_seconds() == pytest.approx(w.arrive_p90_s, abs=0.51)
        assert event["alarms"] == ([] if w.cutoff_clock is None else [w.cutoff_clock.astimezone(UTC)])
        if stop.hand_over:
            assert f"Hand over: {say_items(stop.hand_over)}" in event["notes"]
        assert event["geo"].latitude == pytest.approx(w.latitude_deg)


@pytest.mark.parametrize(
    ("gun", "change"),
    [
        (datetime(2026, 10, 31, 12, 0, tzinfo=ZoneInfo("America/Denver")), timedelta(hours=-1)),
        (datetime(2027, 3, 13, 12, 0, tzinfo=ZoneInfo("America/Denver")), timedelta(hours=1)),
    ],
    ids=["back in autumn", "forward in spring"],
)
def test_times_are_right_across_a_change_of_the_clocks(run_plan: RacePlan, gun: datetime, change: timedelta) -> None:
    plan = moved_to(run_plan, gun)
    start = gun.astimezone(UTC)
    events = read_events(render_calendar(plan))
    for event, stop in zip(events, list_crew_stops(plan), strict=True):
        elapsed = (event["DTSTART"] - start).total_seconds()
        assert elapsed == pytest.approx(stop.waypoint.arrive_p10_s, abs=0.51)
        assert (event["DTEND"] - start).total_seconds() == pytest.approx(stop.waypoint.arrive_p90_s, abs=0.51)
    last = events[-1]["DTSTART"]
    assert gun.tzinfo is not None
    assert last.astimezone(gun.tzinfo).utcoffset() == gun.utcoffset() + change  # type: ignore[operator]


def test_the_hour_that_comes_twice_is_told_apart(run_plan: RacePlan) -> None:
    # Local times in the repeated hour mean the first of the two (RFC 5545, 3.3.5): the second goes in UTC.
    stop = list_crew_stops(run_plan)[0]
    second_half_past_one = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    early_s = stop.waypoint.arrive_p10_s
    assert early_s is not None
    gun = (second_half_past_one - timedelta(seconds=round(early_s))).astimezone(ZoneInfo("America/Denver"))
    text = render_calendar(moved_to(run_plan, gun))
    event = read_events(text)[0]
    assert abs(event["DTSTART"] - second_half_past_one) <= timedelta(seconds=1)
    assert any(line.startswith("DTSTART:20261101T08") and line.endswith("Z") for line in unfold(text))


def test_a_window_over_the_change_names_both_times(run_plan: RacePlan) -> None:
    stop = list_crew_stops(run_plan)[-1]
    assert stop.waypoint.arrive_p10_s is not None
    # The clocks go back an hour after the early end of the last window.
    change = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
    gun = (change - timedelta(seconds=stop.waypoint.arrive_p10_s + 3600.0)).astimezone(ZoneInfo("America/Denver"))
    plan = moved_to(run_plan, gun.replace(microsecond=0))
    told = [note_lines(plan, each, METRIC)[0] for each in list_crew_stops(plan)]
    assert told[-1].endswith("(MDT, MST once the clocks have changed)")
    assert told[0].endswith("(MDT)")
    assert crew_data(plan, METRIC)[-1]["zone"] == "MDT, MST once the clocks have changed"


def test_a_crew_in_another_zone_sees_its_own_clock(run_plan: RacePlan) -> None:
    event, stop = read_events(render_calendar(run_plan))[0], list_crew_stops(run_plan)[0]
    paris = ZoneInfo("Europe/Paris")
    assert event["DTSTART"].astimezone(paris).hour == (stop.early_clock.hour + 8) % 24


def test_the_same_plan_is_the_same_file_and_keeps_its_identities(run_plan: RacePlan) -> None:
    assert render_calendar(run_plan) == render_calendar(run_plan)
    slower = replace(run_plan, goal_s=run_plan.goal_s + 600.0)
    before, after = read_events(render_calendar(run_plan)), read_events(render_calendar(slower))
    assert [e["uid"] for e in before] == [e["uid"] for e in after]
    assert len({e["uid"] for e in before}) == len(before)


def test_a_strict_reader_finds_every_needed_property(run_plan: RacePlan) -> None:
    components = read_components(render_calendar(run_plan))
    names = [name for name, _ in components]
    assert names[:2] == ["VCALENDAR", "VTIMEZONE"]
    for name, properties in components:
        keys = [key for key, _, _ in properties]
        if name == "VCALENDAR":
            assert {"PRODID", "VERSION"} <= set(keys)
        if name == "VEVENT":
            assert {"UID", "DTSTAMP", "DTSTART"} <= set(keys)
            assert len(keys) == len(set(keys))
        if name == "VALARM":
            assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(keys)
            trigger = next(p for p in properties if p[0] == "TRIGGER")
            assert trigger[1] == {"VALUE": "DATE-TIME"}
            assert trigger[2].endswith("Z")


def test_hostile_names_are_text(hostile_plan: RacePlan) -> None:
    text = render_calendar(hostile_plan)
    read_components(text)
    stops = list_crew_stops(hostile_plan)
    for event, stop in zip(read_events(text), stops, strict=True):
        assert event["summary"].startswith(clean_text(stop.waypoint.name)[:200])


def test_without_odds_the_window_is_the_plan_itself(run_plan: RacePlan) -> None:
    plan = replace(
        run_plan,
        risk=None,
        waypoints=tuple(
            replace(w, arrive_p10_s=None, arrive_p50_s=None, arrive_p90_s=None) for w in run_plan.waypoints
        ),
    )
    text = render_calendar(plan)
    starts = [c["DTSTART"].dt for c in Calendar.from_ical(text).walk("VEVENT")]
    expected = [s.waypoint.arrive_clock for s in list_crew_stops(plan)]
    assert all(abs(a - b) <= timedelta(seconds=1) for a, b in zip(starts, expected, strict=True))


def test_a_race_without_crew_is_an_empty_calendar(marathon_plan: RacePlan) -> None:
    assert [name for name, _ in read_components(render_calendar(marathon_plan))].count("VEVENT") == 0


def test_a_missing_extra_is_named_with_the_line_that_installs_it(
    run_plan: RacePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pacecalc\[calendar\]'"):
        render_calendar(run_plan)
