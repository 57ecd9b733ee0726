"""km-effort and the index ratio."""

from __future__ import annotations

import pytest

from pacecalc.science.trail_index import SCARF_M_PER_M_CLIMB, course_constant, effort_distance, index_time


@pytest.mark.parametrize(("km", "climb_m", "effort"), [(171, 10_000, 271), (101, 6_100, 162)])
def test_itra_km_effort(km: float, climb_m: float, effort: float) -> None:
    assert float(effort_distance(1000.0 * km, climb_m)) == pytest.approx(1000.0 * effort)


def test_scarf_2007() -> None:
    assert float(effort_distance(20_000.0, 1000.0, SCARF_M_PER_M_CLIMB)) == 28_000.0


def test_times_are_inverse_to_the_index() -> None:
    constant = course_constant(20.0 * 3600.0, 900.0)
    assert float(index_time(constant, 900.0)) == pytest.approx(20.0 * 3600.0)
    assert float(index_time(constant, 450.0)) == pytest.approx(40.0 * 3600.0)
