"""Air density, pressure at height and wind, against the published tables."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.air import (
    air_density,
    pressure_at_height,
    resolve_wind,
    standard_temperature,
    wind_height_factor,
)

ISA = [
    (0.0, 101325.0, 1.2250),
    (1000.0, 89875.0, 1.1116),
    (2000.0, 79495.0, 1.0065),
    (3000.0, 70109.0, 0.9091),
    (3094.0, 69275.0, 0.9004),
    (3800.0, 63264.0, 0.8366),
    (4000.0, 61640.0, 0.8191),
]
CIPM = [
    (20.0, 101325.0, 0.0, 1.20456),
    (20.0, 101325.0, 0.5, 1.19931),
    (20.0, 100000.0, 0.5, 1.18356),
    (27.0, 101325.0, 0.8, 1.16391),
    (10.0, 70000.0, 0.4, 0.85924),
    (20.0, 63500.0, 0.3, 0.75164),
]
SIMPLE = [1.20412, 1.19888, 1.18313, 1.16355, 0.85896, 0.75147]


def cipm_2007(temperature_c: float, pressure_pa: float, humidity: float) -> float:
    """Picard et al. 2008, Metrologia 45:149: the reference formula, as an oracle only."""
    t, p, kelvin = temperature_c, pressure_pa, temperature_c + 273.15
    saturation = np.exp(1.2378847e-5 * kelvin**2 - 1.9121316e-2 * kelvin + 33.93711047 - 6343.1645 / kelvin)
    vapour = humidity * (1.00062 + 3.14e-8 * p + 5.6e-7 * t**2) * saturation / p
    z = (
        1.0
        - p
        / kelvin
        * (
            1.58123e-6
            - 2.9331e-8 * t
            + 1.1043e-10 * t**2
            + (5.707e-6 - 2.051e-8 * t) * vapour
            + (1.9898e-4 - 2.376e-6 * t) * vapour**2
        )
        + (p / kelvin) ** 2 * (1.83e-11 - 0.765e-8 * vapour**2)
    )
    return float(p * 28.96546e-3 / (z * 8.314472 * kelvin) * (1.0 - vapour * (1.0 - 18.01528 / 28.96546)))


@pytest.mark.parametrize(("elevation_m", "pressure_pa", "density"), ISA)
def test_in_standard_air_pressure_and_density_are_the_standard_atmosphere(elevation_m, pressure_pa, density):
    temperature_c = standard_temperature(elevation_m)
    pressure = pressure_at_height(elevation_m, temperature_c)
    assert pressure == pytest.approx(pressure_pa, abs=1.0)
    assert air_density(temperature_c, pressure) == pytest.approx(density, abs=1.5e-4)


@pytest.mark.parametrize(("temperature_c", "pressure_pa", "humidity", "density"), CIPM)
def test_the_oracle_reproduces_cipm_2007(temperature_c, pressure_pa, humidity, density):
    assert cipm_2007(temperature_c, pressure_pa, humidity) == pytest.approx(density, abs=1e-5)


@pytest.mark.parametrize(("row", "simple"), list(zip(CIPM, SIMPLE, strict=True)))
def test_density_is_within_a_tenth_of_a_percent_of_cipm(row, simple):
    temperature_c, pressure_pa, humidity, density = row
    ours = float(air_density(temperature_c, pressure_pa, humidity))
    assert ours == pytest.approx(density, rel=1e-3)
    assert ours == pytest.approx(simple, abs=1e-5)


def test_over_a_race_days_range_density_stays_within_a_tenth_of_a_percent_of_cipm():
    for temperature_c in (0.0, 10.0, 20.0, 35.0):
        for pressure_pa in (62000.0, 80000.0, 101325.0):
            for humidity in (0.0, 0.5, 1.0):
                ours = float(air_density(temperature_c, pressure_pa, humidity))
                assert ours == pytest.approx(cipm_2007(temperature_c, pressure_pa, humidity), rel=1e-3)


def test_ten_degrees_more_is_three_and_a_half_percent_less_air():
    density = [float(air_density(t, 69275.0)) for t in (5.0, 15.0)]
    assert density[1] / density[0] == pytest.approx(0.965, abs=0.001)


def test_a_warm_day_lifts_the_pressure_at_height():
    assert pressure_at_height(3094.0, 18.0) > pressure_at_height(3094.0, standard_temperature(3094.0)) + 1500.0


def test_a_low_lowers_the_pressure_everywhere_in_proportion():
    assert pressure_at_height(2000.0, 10.0, 99000.0) == pytest.approx(
        pressure_at_height(2000.0, 10.0) * 99000.0 / 101325.0
    )


def test_wind_from_ahead_is_positive_and_from_behind_negative():
    head, cross = resolve_wind([5.0, 5.0, 5.0], [60.0, 180.0, 270.0], [0.0, 0.0, 0.0])
    assert head.round(3).tolist() == [2.5, -5.0, -0.0]
    assert cross.round(3).tolist() == [4.33, 0.0, -5.0]


def test_martins_wind_of_2_94_from_310_is_2_55_against_a_rider_heading_340():
    head, cross = resolve_wind(2.94, 310.0, 340.0)
    assert 8.36 + head == pytest.approx(10.91, abs=0.005)
    assert np.degrees(np.arctan2(cross, 8.36 + head)) == pytest.approx(-7.67, abs=0.05)


@pytest.mark.parametrize(("height_m", "roughness_m", "factor"), [(1.2, 0.03, 0.635), (1.0, 0.1, 0.50)])
def test_wind_at_the_rider_is_half_to_two_thirds_of_the_forecast(height_m, roughness_m, factor):
    assert wind_height_factor(height_m, roughness_m) == pytest.approx(factor, abs=0.0006)
