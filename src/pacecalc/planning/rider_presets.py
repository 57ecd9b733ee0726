"""Kinds of riders: values that go together, each with its standing. What a rider says of themselves goes before them.

Threshold power is never taken from a preset: the W/kg of each kind is only shown, so that a rider finds their own.
"""

from __future__ import annotations

from typing import NamedTuple

from pacecalc.record import record

FLAT_BAR = "a choice: flat bars are 0.36-0.38 m2 tucked, 0.42-0.45 upright, 0.45-0.50 standing (recalled)"
PUBLISHED_POSITION = "recalled from a published implementation of Martin 1998"
SKILL = "a choice; the speeds behind it were fitted loosely to Leadville splits"
LEADVILLE_FADE = "fitted on the nine-hour Leadville split card"
PROFESSIONAL_FADE = "measured: 112 professionals lose 0.13-0.22 % per kJ/kg (Mateo-March 2022)"
BETWEEN_FADES = "a choice between professionals (measured 0.0013-0.0022) and the Leadville fit (0.0048)"
LOWEST_GEAR = "a choice: 45 rpm in the lowest gear of such a bike"
MASS = "a choice"
EFFICIENCY = "a choice; riders are at 0.18-0.23 (recalled)"


class Figure(NamedTuple):
    """A value in SI, and how well it is founded."""

    value: float | str
    standing: str


@record(kw_only=True)
class RiderPreset:
    """One kind of rider."""

    name: str
    what: str
    typical_w_per_kg: Figure
    """Threshold over body mass such riders often have; shown, never planned with."""
    figures: dict[str, Figure]
    """By the names of ``Rider``."""


def _mountain(
    drag_area: float, skill: str, durability: Figure, bike_kg: float, minimum_speed_m_per_s: float
) -> dict[str, Figure]:
    return {
        "bike_mass_kg": Figure(bike_kg, MASS),
        "drag_area_m2": Figure(drag_area, FLAT_BAR),
        "gross_efficiency": Figure(0.21, EFFICIENCY),
        "skill": Figure(skill, SKILL),
        "durability_per_kj_per_kg": durability,
        "minimum_speed_m_per_s": Figure(minimum_speed_m_per_s, LOWEST_GEAR),
    }


PRESETS: tuple[RiderPreset, ...] = (
    RiderPreset(
        name="first_timer",
        what="first long race, upright, careful downhill, gets off early",
        typical_w_per_kg=Figure(2.5, "a choice, below what twelve hours at Leadville take"),
        figures=_mountain(0.45, "beginner", Figure(0.0050, "a choice: the amateur end of 0.0015-0.005"), 13.5, 1.08),
    ),
    RiderPreset(
        name="finisher",
        what="inside the time limit on an ordinary mountain bike",
        typical_w_per_kg=Figure(2.8, "derived: what this model asks for 11:59 at Leadville of 75 kg"),
        figures=_mountain(0.42, "median", Figure(0.0048, LEADVILLE_FADE), 12.0, 1.08),
    ),
    RiderPreset(
        name="trained",
        what="trains all year, low on a light bike",
        typical_w_per_kg=Figure(
            3.5, "measured: riders of 3.25-3.7 W/kg finished Leadville in 8:46-10:07 (own reports)"
        ),
        figures=_mountain(0.40, "median", Figure(0.0035, BETWEEN_FADES), 11.5, 1.08),
    ),
    RiderPreset(
        name="racer",
        what="races for places: tucked, sure downhill, lasting",
        typical_w_per_kg=Figure(4.5, "a choice, above the 4 W/kg at which riders just miss or make nine hours"),
        figures=_mountain(0.37, "expert", Figure(0.0018, PROFESSIONAL_FADE), 10.5, 1.15),
    ),
    RiderPreset(
        name="road",
        what="road bike on the hoods, asphalt",
        typical_w_per_kg=Figure(3.0, "a choice"),
        figures={
            "bike_mass_kg": Figure(8.5, MASS),
            "kit_mass_kg": Figure(2.0, MASS),
            "drag_area_m2": Figure(0.35, PUBLISHED_POSITION),
            "rolling_factor": Figure(0.75, "a choice: 0.0045 on asphalt, drums give road tyres 0.0030-0.0048"),
            "gross_efficiency": Figure(0.21, EFFICIENCY),
            "skill": Figure("median", SKILL),
            "durability_per_kj_per_kg": Figure(0.0048, f"{LEADVILLE_FADE}, on a mountain bike"),
            "minimum_speed_m_per_s": Figure(1.58, LOWEST_GEAR),
        },
    ),
)
BY_NAME = {preset.name: preset for preset in PRESETS}

POSITIONS: dict[str, Figure] = {
    "mtb_upright": Figure(0.43, FLAT_BAR),
    "mtb_tucked": Figure(0.37, FLAT_BAR),
    "road_tops": Figure(0.40, PUBLISHED_POSITION),
    "road_hoods": Figure(0.35, PUBLISHED_POSITION),
    "road_drops": Figure(0.31, PUBLISHED_POSITION),
}
"""Drag areas by how a rider sits [m^2]."""
