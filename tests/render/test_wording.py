"""The same words everywhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pacecalc.planning.records import ItemCount
from pacecalc.render.wording import (
    IMPERIAL,
    METRIC,
    say_clock,
    say_date,
    say_elapsed,
    say_elapsed_s,
    say_items,
    say_margin,
    say_probability,
    say_watts,
)

START = datetime(2026, 8, 15, 4, 0, tzinfo=ZoneInfo("America/Denver"))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (29.9, "0:00"), (30.1, "0:01"), (13320, "3:42"), (107400, "29:50"), (-240, "-0:04")],
)
def test_elapsed_times_are_rounded_to_the_minute(seconds, said):
    assert say_elapsed(seconds) == said


def test_the_finish_is_said_to_the_second():
    assert say_elapsed_s(42300.2) == "11:45:00"


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (START.replace(hour=10, minute=32, second=29), "10:32"),
        (START.replace(hour=10, minute=32, second=31), "10:33"),
        (START.replace(day=16, hour=2, minute=14), "Sun 02:14"),
        # Rounded up over midnight, the day changes with the minute.
        (START.replace(hour=23, minute=59, second=45), "Sun 00:00"),
    ],
)
def test_clocks_name_the_day_once_it_has_changed(clock, said):
    assert say_clock(clock, START) == said


def test_dates_do_not_depend_on_the_locale():
    assert say_date(START) == "Sat 15 Aug 2026"


@pytest.mark.parametrize(
    ("margin_s", "said"),
    [
        (1080, ("+18 safe", "good")),
        (360, ("+6 tight", "tight")),
        (-240, ("-4 MISSED", "bad")),
        (-30, ("-1 MISSED", "bad")),
        (-0.2, ("-1 MISSED", "bad")),
        (299.87, ("+5 tight", "tight")),
        (299.4, ("+4 tight", "tight")),
        (9000, ("+2h30 safe", "good")),
    ],
)
def test_margins_have_a_sign_and_a_word(margin_s, said):
    assert say_margin(margin_s) == said


@pytest.mark.parametrize(
    ("probability", "said"), [(0.0, "0 %"), (0.001, "<1 %"), (0.24, "24 %"), (0.999, ">99 %"), (1.0, "100 %")]
)
def test_odds_are_whole_and_never_falsely_certain(probability, said):
    assert say_probability(probability) == said


def test_units_are_chosen_once():
    assert METRIC.say_distance(41842.9) == "41.8"
    assert IMPERIAL.say_distance(41842.9) == "26.0"
    assert METRIC.say_height(3094) == "3,094"
    assert IMPERIAL.say_height(3094) == "10,151"
    assert METRIC.say_temperature(-0.2) == "0"
    assert IMPERIAL.say_temperature(24) == "75"
    assert METRIC.say_pace(322) == "5:20"
    assert IMPERIAL.say_pace(322) == "8:40"
    assert METRIC.say_speed(10) == "36.0"
    assert METRIC.say_fluid(1210) == "1.2 L"
    assert IMPERIAL.say_fluid(500) == "17 fl oz"
    assert METRIC.say_sips(148) == "150 mL"
    assert IMPERIAL.say_sips(148) == "5 fl oz"
    assert say_watts(183) == "185"


def test_items_are_whole_pieces():
    items = [ItemCount(id="g", name="gel", count=2), ItemCount(id="r", name="rice ball", count=1)]
    assert say_items(items) == "2 gel, 1 rice ball"
