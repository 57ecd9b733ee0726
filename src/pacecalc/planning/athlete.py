"""The athlete as the planner sees them: every value set, in SI, with the list of those nobody gave."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from pacecalc.planning.assumption import Assumption
from pacecalc.record import record


@record(kw_only=True)
class RaceResult:
    """A past result used to predict a time."""

    distance_m: float
    time_s: float
    on: date | None = None
    ascent_m: float = 0.0


USUAL_PACK_KG = 2.0
"""Vest, bottles and kit of an ultra runner; a choice."""


@record(kw_only=True)
class Runner:
    uphill_effort: float = 1.0
    """Effort on climbs relative to the typical runner's; above 1 is harder up, easier elsewhere."""
    downhill_skill: float = 0.0
    """-1 cautious .. 0 typical .. 1 skilled."""
    slow_down: float = 1.0
    """Multiplier on the fitted slow-down; 0 is even, 1 typical."""
    fade_fraction: float | None = None
    """The athlete's own fade: pace at the finish over pace at the start, less one. Overrides ``slow_down``."""
    pack_kg: float = USUAL_PACK_KG
    """All that is carried; past races are taken as run with the usual one."""
    results: tuple[RaceResult, ...] = ()
    utmb_index: float | None = None


@record(kw_only=True)
class Rider:
    threshold_power_w: float | None = None
    test_elevation_m: float = 0.0
    bike_mass_kg: float = 12.0
    kit_mass_kg: float = 3.0
    drag_area_m2: float = 0.42
    rolling_factor: float = 1.0
    """Multiplier on the rolling resistance of every surface (tyres)."""
    gross_efficiency: float = 0.21
    drivetrain_efficiency: float = 0.976
    skill: Literal["beginner", "median", "expert"] = "median"
    durability_per_kj_per_kg: float = 0.0048
    minimum_speed_m_per_s: float = 1.08
    w_prime_j: float = 20000.0


@record(kw_only=True)
class SweatTest:
    rate_l_per_h: float
    temperature_c: float
    humidity_fraction: float
    power_w: float | None = None
    speed_m_per_s: float | None = None
    hours: float = 1.0


@record(kw_only=True)
class Fuelling:
    carbohydrate_limit_g_per_h: float = 75.0
    """What the trained gut takes."""
    gut_factor: float = 1.0
    fat_adapted: bool = False
    appetite_at_finish: float = 0.75
    sweat_factor: float = 1.0
    sweat_tests: tuple[SweatTest, ...] = ()
    sweat_sodium_mg_per_l: float = 920.0
    sodium_policy: float = 0.5
    """Share of the sodium loss to replace at least (phi)."""
    caffeine_limit_mg_per_day: float = 400.0
    caffeine_habit: Literal["none", "some", "daily"] = "some"
    bottle_ml: float = 1500.0
    carry_kg: float = 3.5
    fluid_limit_l_per_h: float = 1.0
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


@record(kw_only=True)
class Athlete:
    """Who races: body, home, experience, and how they run, ride and eat."""

    name: str = ""
    mass_kg: float = 70.0
    height_m: float = 1.75
    age_y: float = 40.0
    sex: Literal["female", "male", ""] = ""
    home_elevation_m: float = 0.0
    altitude_days: float = 0.0
    """Days spent near race altitude before the start."""
    heat_acclimatised: bool = False
    experience: Literal["first", "some", "veteran"] = "some"
    spread_fraction: float | None = None
    """Own sd of ln(finish time / planned) from past races."""
    runner: Runner = field(default_factory=Runner)
    rider: Rider = field(default_factory=Rider)
    fuelling: Fuelling = field(default_factory=Fuelling)
    assumed: tuple[Assumption, ...] = ()
