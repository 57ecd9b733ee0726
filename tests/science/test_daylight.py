"""Sun times against published events and against the astral library."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import astral
import astral.sun
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.daylight import (
    estimate_darkness,
    estimate_declination,
    estimate_equation_of_time,
    estimate_sun_elevation,
    find_sun_crossing,
)

find_sunrise = partial(find_sun_crossing, rising=True)
find_sunset = partial(find_sun_crossing, rising=False)


def unix_s(year: int, month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> float:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()


PLACES = {
    "Chamonix": (45.9237, 6.8694),
    "Greenwich": (51.4769, 0.0),
    "Olympic Valley": (39.1970, -120.2357),
    "Leadville": (39.2508, -106.2925),
    "Lake Saroma": (44.1000, 143.8000),
    "Queenstown": (-45.0312, 168.6626),
}


def test_midsummer_declination_and_equation_of_time() -> None:
    assert float(estimate_declination(unix_s(2024, 6, 21))) == pytest.approx(23.4372, abs=5e-5)
    assert float(estimate_equation_of_time(unix_s(2024, 6, 21))) == pytest.approx(-1.925, abs=5e-4)
    assert float(estimate_declination(unix_s(2024, 11, 3))) == pytest.approx(-15.3012, abs=5e-5)
    assert float(estimate_equation_of_time(unix_s(2024, 11, 3))) == pytest.approx(16.488, abs=5e-4)


@pytest.mark.parametrize(
    ("find", "elevation_deg", "place", "expected"),
    [
        (find_sunrise, -6.0, "Chamonix", unix_s(2024, 8, 30, 4, 20, 16)),
        (find_sunrise, -0.833, "Chamonix", unix_s(2024, 8, 30, 4, 51, 17)),
        (find_sunset, -0.833, "Chamonix", unix_s(2024, 8, 30, 18, 13, 53)),
        (find_sunset, -6.0, "Chamonix", unix_s(2024, 8, 30, 18, 44, 47)),
        (find_sunrise, -0.833, "Greenwich", unix_s(2024, 3, 20, 6, 1, 46)),
        (find_sunset, -0.833, "Greenwich", unix_s(2024, 3, 20, 18, 13, 49)),
        (find_sunrise, -0.833, "Olympic Valley", unix_s(2024, 6, 29, 12, 37, 47)),
        (find_sunset, -0.833, "Olympic Valley", unix_s(2024, 6, 30, 3, 31, 16)),
    ],
)
def test_events_of_running_md_4_2(find, elevation_deg, place, expected) -> None:  # type: ignore[no-untyped-def]
    latitude, longitude = PLACES[place]
    noon = expected - (expected % 86400.0) + 43200.0 - 240.0 * longitude
    if abs(noon - expected) > 43200.0:
        noon -= 86400.0
    assert float(find(noon, latitude, longitude, elevation_deg)) == pytest.approx(expected, abs=1.0)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("day", [date(2024, 3, 20), date(2024, 6, 29), date(2024, 8, 30), date(2026, 12, 21)])
def test_sunrise_and_sunset_agree_with_astral_within_a_minute(place: str, day: date) -> None:
    latitude, longitude = PLACES[place]
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() - 240.0 * longitude
    observer = astral.Observer(latitude, longitude)
    for find, event, depression in (
        (find_sunrise, astral.sun.sunrise, -0.833),
        (find_sunset, astral.sun.sunset, -0.833),
        (find_sunrise, lambda o, d: astral.sun.dawn(o, d, depression=6), -6.0),
        (find_sunset, lambda o, d: astral.sun.dusk(o, d, depression=6), -6.0),
    ):
        ours = float(find(noon, latitude, longitude, depression))
        # astral names events by UTC date: take the one nearest to ours.
        theirs = min(
            (event(observer, date.fromordinal(day.toordinal() + shift)).timestamp() for shift in (-1, 0, 1)),
            key=lambda moment: abs(moment - ours),
        )
        assert ours == pytest.approx(theirs, abs=60.0)


@given(st.floats(-70.0, 70.0), st.floats(-179.0, 179.0), st.floats(unix_s(2000, 1, 1), unix_s(2050, 1, 1)))
def test_elevation_agrees_with_astral_everywhere(latitude: float, longitude: float, time_s: float) -> None:
    moment = datetime.fromtimestamp(time_s, tz=UTC)
    theirs = astral.sun.elevation(astral.Observer(latitude, longitude), moment, with_refraction=False)
    # astral works on whole seconds and a slightly older solar theory.
    assert float(estimate_sun_elevation(time_s, latitude, longitude)) == pytest.approx(theirs, abs=0.05)


@given(st.floats(-60.0, 60.0), st.floats(-180.0, 180.0), st.floats(unix_s(2000, 1, 1), unix_s(2050, 1, 1)))
def test_the_sun_stands_at_the_horizon_at_sunrise_and_sunset(latitude: float, longitude: float, time_s: float) -> None:
    for find in (find_sunrise, find_sunset):
        event = float(find(time_s, latitude, longitude))
        assert float(estimate_sun_elevation(event, latitude, longitude)) == pytest.approx(-0.833, abs=0.01)


def test_tromso_has_no_civil_dusk_in_early_august() -> None:
    assert np.isnan(float(find_sunset(unix_s(2024, 8, 3), 69.6492, 18.9553, -6.0)))
    assert np.isfinite(float(find_sunset(unix_s(2024, 8, 3), 69.6492, 18.9553)))
    assert np.isnan(float(find_sunrise(unix_s(2024, 12, 21), 69.6492, 18.9553)))


def test_many_cells_give_the_same_elevation_as_one_at_a_time() -> None:
    times = np.linspace(unix_s(2024, 8, 30, 16), unix_s(2024, 9, 1, 14), 500)
    longitude = np.linspace(6.8, 7.2, 500)
    together = estimate_sun_elevation(times, 45.9, longitude)
    alone = [float(estimate_sun_elevation(t, 45.9, x)) for t, x in zip(times, longitude, strict=True)]
    assert together == pytest.approx(alone, abs=1e-4)


def test_darkness_ramps_from_sunset_to_the_end_of_civil_twilight() -> None:
    assert estimate_darkness([10.0, -0.833, -6.0, -40.0]) == pytest.approx([0.0, 0.0, 1.0, 1.0])
    assert float(estimate_darkness(-3.4165)) == pytest.approx(0.5)
