"""Distances on the ellipsoid: the table of the science page, and places where formulas break."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.geodesy import find_bend_radius, measure_along, measure_geodesic, project_locally


@pytest.mark.parametrize(
    ("lat", "lon", "to_lat", "to_lon", "length_m"),
    [
        (0, 0, 0, 1, 111319.4908),
        (0, 0, 1, 0, 110574.3886),
        (45, 0, 46, 0, 111141.5485),
        (60, 10, 60, 11, 55799.4704),
        (45.9237, 6.8694, 45.8326, 6.8652, 10130.9166),
        (45, 6, 45, 6.001, 78.8468),
    ],
)
def test_lengths_of_the_science_page_7_4(lat: float, lon: float, to_lat: float, to_lon: float, length_m: float) -> None:
    length, _ = measure_geodesic(lat, lon, to_lat, to_lon)
    assert float(length) == pytest.approx(length_m, abs=6e-5)


def test_flinders_peak_to_buninyong_of_the_vincenty_literature() -> None:
    """Geoscience Australia's worked example on GRS80, 0.1 mm from WGS84: 54,972.271 m, 306 52 05.37."""
    lat, lon = -(37 + 57 / 60 + 3.72030 / 3600), 144 + 25 / 60 + 29.52440 / 3600
    to_lat, to_lon = -(37 + 39 / 60 + 10.15610 / 3600), 143 + 55 / 60 + 35.38390 / 3600
    length, bearing = measure_geodesic(lat, lon, to_lat, to_lon)
    assert float(length) == pytest.approx(54972.271, abs=1e-3)
    assert float(bearing) == pytest.approx(306 + 52 / 60 + 5.37 / 3600, abs=1e-5)


def test_a_step_across_the_antimeridian_is_as_long_as_anywhere() -> None:
    across, bearing = measure_geodesic(52.0, 179.9995, 52.0, -179.9995)
    here, _ = measure_geodesic(52.0, 10.0, 52.0, 10.001)
    assert float(across) == pytest.approx(float(here), abs=1e-6)
    assert float(bearing) == pytest.approx(90.0, abs=0.01)


def test_longitude_means_nothing_at_the_poles_and_equal_points_are_0_apart() -> None:
    length, bearing = measure_geodesic([90, -90, 12, 90], [0, 5, 7, 0], [90, -90, 12, 89], [77, -100, 7, 123])
    np.testing.assert_allclose(length[:3], 0.0, atol=1e-8)
    assert bearing[2] == 0.0
    assert length[3] == pytest.approx(111693.86, abs=0.1)


def test_nearly_antipodal_points_get_a_finite_length() -> None:
    length, _ = measure_geodesic([0.0, 0.0, 0.5], [0.0, 0.0, 0.0], [0.0, 0.5, -0.4], [180.0, 179.7, 179.8])
    assert np.isfinite(length).all()
    np.testing.assert_allclose(length, 2.0e7, rtol=0.01)


angles = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))


@given(angles)
def test_there_is_as_far_as_back(place: tuple[float, float, float, float]) -> None:
    lat, lon, north, east = place
    to_lat, to_lon = float(np.clip(lat + north, -90, 90)), lon + east
    there, _ = measure_geodesic(lat, lon, to_lat, to_lon)
    back, _ = measure_geodesic(to_lat, to_lon, lat, lon)
    assert float(there) == pytest.approx(float(back), abs=1e-5)


def test_a_line_of_one_point_has_no_length() -> None:
    assert measure_along([3.0], [4.0]).tolist() == [0.0]
    assert measure_along([], []).tolist() == []


@given(st.floats(-65, 65), st.floats(-180, 180), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_the_local_plane_agrees_with_the_ellipsoid_nearby(lat: float, lon: float, north: float, east: float) -> None:
    x, y = project_locally(lat + north, lon + east, lat, lon)
    length, _ = measure_geodesic(lat, lon, lat + north, lon + east)
    assert float(np.hypot(x, y)) == pytest.approx(float(length), rel=1e-3, abs=1e-3)


def test_a_circle_of_30_m_bends_with_30_m() -> None:
    cell_m = 5.0
    bearing = np.degrees(np.arange(60) * cell_m / 30.0) % 360.0
    np.testing.assert_allclose(find_bend_radius(bearing, cell_m), 30.0, rtol=1e-6)


def test_a_straight_road_has_a_radius_of_1000_km() -> None:
    np.testing.assert_allclose(find_bend_radius(np.full(20, 359.9), 10.0), 1e6)
    assert find_bend_radius([12.0], 10.0).tolist() == [1e6]


def test_along_a_track_the_distances_add_up_from_zero() -> None:
    latitude, longitude = np.array([45.0, 45.5, 46.0, 46.0]), np.array([7.0, 7.0, 7.2, 8.0])
    legs, _ = measure_geodesic(latitude[:3], longitude[:3], latitude[1:], longitude[1:])
    assert measure_along(latitude, longitude) == pytest.approx([0.0, *np.cumsum(legs)])
    assert measure_along(latitude[:2], longitude[:2]) == pytest.approx([0.0, legs[0]])
    assert measure_along(latitude[:1], longitude[:1]).tolist() == [0.0]
