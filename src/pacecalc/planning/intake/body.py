"""What the race does to this athlete's body: carbohydrate burned, sweat, breath and salt, step by step."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray
from pacecalc.planning.athlete import Athlete, SweatTest
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.records import Sport
from pacecalc.record import record
from pacecalc.science import energy, glycogen, sodium, substrate, sweat, sweat_calibration
from pacecalc.science.altitude import aerobic_power_fraction, standard_pressure
from pacecalc.science.gait import locomotion_power

THRESHOLD_SHARE = 0.82
"""Threshold power over the power at VO2max; a choice."""
TEST_AIR_SPEED_M_PER_S = 7.0
"""Of a sweat test on the bike whose speed nobody wrote down; a choice."""
HIGHEST_INTENSITY = 1.05


@record(kw_only=True)
class BodyTrace:
    """One value a step of the effort."""

    intensity: FloatArray
    """Oxygen uptake over its maximum there."""
    energy_kcal_per_h: FloatArray
    carbohydrate_g_per_h: FloatArray
    """Burned."""
    sweat_l_per_h: FloatArray
    """Good to +-0.4 L/h."""
    breath_l_per_h: FloatArray
    sodium_mg_per_h: FloatArray
    """Lost with the sweat."""
    maximum_power_w: FloatArray
    """Metabolic power at VO2max, at that altitude."""

    @property
    def loss_l_per_h(self) -> FloatArray:
        return self.sweat_l_per_h + self.breath_l_per_h


def trace_body(trace: EffortTrace, athlete: Athlete, sport: Sport) -> BodyTrace:
    """Energy, sweat and salt along the effort.

    The carbohydrate share needs VO2max: of riders from their threshold power; else the race is taken to be run at the
    share of VO2max that its duration allows a trained person.
    """
    maximum_w = estimate_maximum_power(trace, athlete, sport)
    intensity = np.clip(trace.metabolic_w / maximum_w, 0.0, HIGHEST_INTENSITY)
    half = substrate.FAT_ADAPTED_INTENSITY if athlete.fuelling.fat_adapted else substrate.HALF_SHARE_INTENSITY
    shift = substrate.FEMALE_SHIFT * (1.0 - read_male_fraction(athlete))
    share = substrate.estimate_carbohydrate_share(intensity, half, shift)
    kcal_per_h = energy.convert_power_to_energy_rate(trace.metabolic_w)
    sweat_l_per_h = estimate_sweat(
        athlete,
        metabolic_w=trace.metabolic_w,
        external_w=trace.external_w,
        temperature_c=trace.temperature_c,
        humidity=trace.humidity_fraction,
        air_speed_m_per_s=trace.air_speed_m_per_s,
        sun_w_per_m2=trace.sun_w_per_m2,
        elevation_m=trace.elevation_m,
        personal_factor=personal_sweat_factor(athlete),
    )
    return BodyTrace(
        intensity=intensity,
        energy_kcal_per_h=kcal_per_h,
        carbohydrate_g_per_h=substrate.estimate_carbohydrate_use(kcal_per_h, share),
        sweat_l_per_h=sweat_l_per_h,
        breath_l_per_h=sweat.estimate_breath_loss(trace.metabolic_w, trace.temperature_c, trace.humidity_fraction),
        sodium_mg_per_h=sweat_l_per_h * athlete.fuelling.sweat_sodium_mg_per_l,
        maximum_power_w=maximum_w,
    )


def estimate_maximum_power(trace: EffortTrace, athlete: Athlete, sport: Sport) -> FloatArray:
    """Metabolic power at VO2max at each step [W]."""
    threshold_w = athlete.rider.threshold_power_w
    if sport != "run" and threshold_w is not None:
        days = athlete.altitude_days
        tested = aerobic_power_fraction(athlete.rider.test_elevation_m, days)
        there = aerobic_power_fraction(trace.elevation_m, days) / tested
        return np.asarray(there * threshold_w / (athlete.rider.gross_efficiency * THRESHOLD_SHARE))
    moving = trace.speed_m_per_s > 0.0
    weight = np.where(moving, trace.duration_s, 0.0)
    mean_w = float(np.dot(trace.metabolic_w, weight) / max(weight.sum(), 1e-9)) if moving.any() else 0.0
    share = float(energy.estimate_sustained_share(trace.finish_s / 3600.0))
    standing_w = float(energy.estimate_standing_power(athlete.mass_kg))
    return np.full(len(trace.metabolic_w), max(mean_w, standing_w) / share)


def read_male_fraction(athlete: Athlete) -> float:
    """1 for men, 0 for women, half way where the sex is not given."""
    return {"male": 1.0, "female": 0.0}.get(athlete.sex, 0.5)


def estimate_stores_g(athlete: Athlete) -> tuple[float, float]:
    """Muscle and liver glycogen at the start, normally fed [g]."""
    male = read_male_fraction(athlete)
    legs = glycogen.FEMALE_LEG_FRACTION + (glycogen.MALE_LEG_FRACTION - glycogen.FEMALE_LEG_FRACTION) * male
    return float(glycogen.estimate_muscle_store(athlete.mass_kg, legs)), glycogen.USUAL_LIVER_G


def estimate_body_water_l(athlete: Athlete) -> float:
    return float(sodium.estimate_body_water(athlete.mass_kg, read_male_fraction(athlete)))


def estimate_sweat(
    athlete: Athlete,
    *,
    metabolic_w: ArrayLike,
    external_w: ArrayLike,
    temperature_c: ArrayLike,
    humidity: ArrayLike,
    air_speed_m_per_s: ArrayLike,
    sun_w_per_m2: ArrayLike = 0.0,
    elevation_m: ArrayLike = 0.0,
    personal_factor: float = 1.0,
) -> FloatArray:
    """Sweat rate of this athlete [L/h]."""
    acclimatised = athlete.heat_acclimatised
    return sweat.estimate_sweat_rate(
        metabolic_w,
        external_w,
        athlete.mass_kg,
        100.0 * athlete.height_m,
        temperature_c,
        humidity,
        air_speed_m_per_s,
        sun_w_per_m2,
        pressure_kpa=standard_pressure(elevation_m) / 1000.0,
        limit_w_per_m2=sweat.ACCLIMATISED_LIMIT_W_PER_M2 if acclimatised else sweat.UNACCLIMATISED_LIMIT_W_PER_M2,
        personal_factor=personal_factor,
    )


def personal_sweat_factor(athlete: Athlete) -> float:
    """The athlete's own factor: the one written down, times what their sweat tests show."""
    tests = [t for t in athlete.fuelling.sweat_tests if t.power_w is not None or t.speed_m_per_s is not None]
    factor = athlete.fuelling.sweat_factor
    if not tests:
        return factor
    predicted = [_predict_test(athlete, test) for test in tests]
    calibrated = sweat_calibration.calibrate_sweat_factor(
        [test.rate_l_per_h for test in tests], predicted, [test.hours for test in tests]
    )
    return factor * float(calibrated)


def _predict_test(athlete: Athlete, test: SweatTest) -> float:
    """What the model gives for the conditions of one sweat test [L/h]."""
    if test.power_w is not None:
        metabolic_w = float(
            energy.estimate_cycling_metabolic_power(test.power_w, athlete.mass_kg, athlete.rider.gross_efficiency)
        )
        air = TEST_AIR_SPEED_M_PER_S if test.speed_m_per_s is None else test.speed_m_per_s
    else:
        air = float(test.speed_m_per_s or 0.0)
        metabolic_w = athlete.mass_kg * float(locomotion_power(air, 0.0))
    rate = estimate_sweat(
        athlete,
        metabolic_w=metabolic_w,
        external_w=test.power_w or 0.0,
        temperature_c=test.temperature_c,
        humidity=test.humidity_fraction,
        air_speed_m_per_s=air,
    )
    return float(rate)
