"""Published values of sunshine."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.sunshine import (
    estimate_absorbed_sun,
    estimate_clear_sky_radiation,
    estimate_cloud_transmission,
    estimate_direct_share,
)


def test_clear_sky_of_haurwitz() -> None:
    assert float(estimate_clear_sky_radiation(1.0)) == pytest.approx(1037.2, abs=0.05)
    assert estimate_clear_sky_radiation([0.0, -0.5]) == pytest.approx([0.0, 0.0])


def test_full_cloud_lets_a_quarter_through() -> None:
    assert estimate_cloud_transmission([0.0, 1.0]) == pytest.approx([1.0, 0.25])


def test_direct_share_is_none_at_the_horizon_and_at_most_nine_tenths() -> None:
    assert estimate_direct_share([500.0, 0.0], [0.005, 0.8]) == pytest.approx([0.0, 0.0])
    radiation = np.linspace(1.0, 1300.0, 200)
    share = estimate_direct_share(radiation, 0.9)
    assert np.all(np.diff(share) >= 0.0)
    assert 0.0 <= share.min() <= share.max() <= 0.9


@pytest.mark.parametrize(("absorption", "expected"), [(0.4, 96.8), (0.7, 169.4)])
def test_absorbed_sun_of_nutrition_md_3_2(absorption: float, expected: float) -> None:
    # I_dir 700 facing the sun at 45 deg, I_dif 100, I_glob 600 (rounded there from 595).
    on_ground = 700.0 * np.sin(np.radians(45.0))
    glob = on_ground + 100.0
    got = float(estimate_absorbed_sun(glob, on_ground / glob, 45.0, absorption))
    assert got == pytest.approx(expected, rel=2e-3)


def test_direct_share_of_liljegren_worked_by_hand() -> None:
    # 300 W/m2 at 60 deg from the zenith: S* = 300 / 683.5 = 0.4389, exp(3 - 0.5881 - 3.7593) = 0.260
    assert estimate_direct_share([300.0, 800.0], [0.5, 0.8]) == pytest.approx([0.2599, 0.7899], abs=2e-4)
    assert float(estimate_direct_share(1300.0, 0.9)) == pytest.approx(0.9)


def test_clear_sky_with_the_sun_at_30_degrees() -> None:
    assert float(estimate_clear_sky_radiation(0.5)) == pytest.approx(1098.0 * 0.5 * 0.89226, rel=1e-4)
