"""The race plan as data: frozen records of SI floats that renderers read and JSON holds.

Times ``*_s`` count from the athlete's own start (chip) unless a name says otherwise; clocks are aware datetimes.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Literal

from pacecalc.arrays import FloatArray
from pacecalc.planning.assumption import Assumption as Assumption
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.intake_records import Band as Band
from pacecalc.planning.intake_records import CardRow as CardRow
from pacecalc.planning.intake_records import FuelTrace as FuelTrace
from pacecalc.planning.intake_records import IntakeProof as IntakeProof
from pacecalc.planning.intake_records import ItemCount as ItemCount
from pacecalc.planning.intake_records import PlanB as PlanB
from pacecalc.planning.intake_records import PlannedLeg as PlannedLeg
from pacecalc.planning.intake_records import ScheduledIntake as ScheduledIntake
from pacecalc.planning.intake_records import SegmentIntake as SegmentIntake
from pacecalc.planning.intake_records import ShoppingLine as ShoppingLine
from pacecalc.planning.replan_records import CutStop as CutStop
from pacecalc.planning.replan_records import HourlyWeather as HourlyWeather
from pacecalc.planning.replan_records import ReplanFacts as ReplanFacts
from pacecalc.planning.replan_records import Split as Split
from pacecalc.record import record

Sport = Literal["run", "mtb", "ride"]
Daylight = Literal["day", "twilight", "night"]
Applies = Literal["arrival", "leaving"]
Measured = Literal["gun", "chip"]


@record()
class Caution:
    """One line the athlete must know; ``code`` is stable for tools, ``message`` is for people."""

    code: str
    message: str


@record(kw_only=True)
class PlannedWaypoint:
    """One row of the waypoint table."""

    name: str
    kind: str
    distance_m: float
    elevation_m: float
    arrive_s: float
    stop_s: float
    leave_s: float
    arrive_clock: datetime
    leave_clock: datetime
    temperature_c: float
    daylight: Daylight
    cutoff_s: float | None = None
    """Latest legal time by the athlete's own clock: gun cutoffs already have the start delay taken off."""
    cutoff_clock: datetime | None = None
    cutoff_applies: Applies | None = None
    cutoff_measured: Measured | None = None
    margin_s: float | None = None
    """Cutoff less arrival (or leaving); negative when missed."""
    arrive_p10_s: float | None = None
    arrive_p50_s: float | None = None
    arrive_p90_s: float | None = None
    miss_probability: float | None = None
    """Odds of being stopped by this cutoff, of all starts."""
    out_probability: float | None = None
    """Odds of no longer being in the race on arrival here, for any reason."""
    crew: bool | None = None
    drop_bag: bool | None = None
    refill: bool = False
    """Whether food or water can be had here."""
    offers: tuple[str, ...] = ()
    services: str = ""
    note: str = ""
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    passed: bool = False
    """Behind the athlete in a plan made on the way: times are real, or between real ones."""


@record(kw_only=True)
class PowerTargets:
    """Watts a person can ride to on one segment, by terrain; absent terrain is None."""

    climb_w: float | None
    flat_w: float | None
    descent_w: float | None
    floor_w: float
    ceiling_w: float


@record(kw_only=True)
class FactorMinutes:
    """What each factor costs on one segment, in seconds against flat, firm, cool, low, light and fresh."""

    grade_s: float
    surface_s: float
    altitude_s: float
    heat_s: float
    night_s: float
    fade_s: float


@record(kw_only=True)
class PlannedSegment:
    """From one waypoint to the next."""

    start: str
    end: str
    start_m: float
    end_m: float
    ascent_m: float
    descent_m: float
    moving_s: float
    effort: float
    """Relative to what the athlete can sustain there; 1.00 is the even plan when fitness is unknown."""
    energy_kj: float
    temperature_c: float
    dark_fraction: float
    sweat_l_per_h: float
    intake: SegmentIntake
    leg: int
    """Index into ``RacePlan.legs``."""
    power_w: float | None = None
    power_targets: PowerTargets | None = None
    pushing_s: float | None = None
    factors: FactorMinutes | None = None

    @property
    def distance_m(self) -> float:
        return self.end_m - self.start_m

    @property
    def pace_s_per_km(self) -> float:
        return 1000.0 * self.moving_s / self.distance_m

    @property
    def speed_m_per_s(self) -> float:
        return self.distance_m / self.moving_s


@record(kw_only=True)
class EvenMiss:
    """A cutoff the steady plan would not meet with the margin asked for."""

    name: str
    late_s: float
    """Against the cutoff itself; negative: in time, but inside the margin."""


@record(kw_only=True)
class ProfileTrace:
    """The course and the day as curves, thinned for drawing (about 400 points)."""

    distance_m: FloatArray
    elevation_m: FloatArray
    elapsed_s: FloatArray
    temperature_c: FloatArray
    darkness: FloatArray
    effort: FloatArray


@record(kw_only=True)
class TrackTrace:
    """The line of the course with times, as dense as a watch needs it to lead the way."""

    distance_m: FloatArray
    elevation_m: FloatArray
    elapsed_s: FloatArray
    latitude_deg: FloatArray
    longitude_deg: FloatArray


@record(kw_only=True)
class CourseFacts:
    id: str
    name: str
    sport: Sport
    edition: str
    distance_m: float
    ascent_m: float
    descent_m: float
    published_ascent_m: float | None
    elevation_quality: str
    finish_cutoff_s: float | None
    awards: tuple[tuple[str, float], ...] = ()
    """Name and limit [s] by the athlete's own clock."""


@record(kw_only=True)
class AthleteFacts:
    name: str
    mass_kg: float
    sex: str
    threshold_power_w: float | None = None
    bike_mass_kg: float | None = None


@record(kw_only=True)
class GroundStretch:
    """Ground of the day that is not the course's usual one."""

    start_m: float
    end_m: float
    surface: str


@record(kw_only=True)
class DayFacts:
    gun_clock: datetime
    start_clock: datetime
    start_delay_s: float
    timezone: str
    low_c: float
    high_c: float
    humidity_fraction: float
    wind_m_per_s: float
    wind_from_deg: float | None
    cloud_fraction: float
    margin_s: float
    crowd_s: float = 0.0
    """Time a rider loses in the crowd after the start."""
    ground: tuple[GroundStretch, ...] = ()
    """Snow, mud and the like, where somebody said so."""


@record(kw_only=True)
class RideSummary:
    mean_power_w: float
    normalised_power_w: float
    intensity: float | None
    work_kj: float
    pushing_s: float
    steady_finish_s: float | None = None
    """Finish at the same cost with constant relative effort, for comparison."""
    w_prime_minimum_j: float | None = None
    """Lowest balance of the work above threshold; negative: a ramp asks for more than the rider has."""


@record(kw_only=True)
class RiskSummary:
    finish_probability: float
    finish_p10_s: float
    finish_p50_s: float
    finish_p90_s: float
    award_probabilities: tuple[tuple[str, float], ...]
    runs: int
    seed: int
    preset: str


@record(kw_only=True)
class Totals:
    carbohydrate_g: float
    fluid_ml: float
    sodium_mg: float
    caffeine_mg: float
    energy_kcal: float
    protein_g: float
    sweat_ml: float
    energy_kj: float
    mass_change_fraction: float
    plasma_sodium_mmol_per_l: float


@record(kw_only=True)
class PlanInputs:
    """What it takes to make this plan again from a saved file, on another day or from half way."""

    course: str
    """Bundled id, or the path as it was given."""
    athlete: Athlete
    pantry: str
    """Path as it was given; empty for the bundled one."""
    stops_s: dict[str, float]
    fade: str
    """``auto``, ``none`` or a percentage."""
    pacing: str
    assume_water_only: bool
    seed: int
    at_elevation_m: float | None = None
    """Elevation the low and the high hold at."""
    wind_known: bool = False
    hourly: HourlyWeather | None = None
    margins_s: dict[str, float] = field(default_factory=dict)
    """Margins of single places, by name."""
    splits: tuple[Split, ...] = ()
    """Real times that this plan was made from."""


@record(kw_only=True)
class RacePlan:
    """One plan for one athlete, course, day and pantry; everything a printout shows."""

    course: CourseFacts
    athlete: AthleteFacts
    day: DayFacts
    goal_s: float
    finish_s: float
    moving_s: float
    stopped_s: float
    waypoints: tuple[PlannedWaypoint, ...]
    segments: tuple[PlannedSegment, ...]
    legs: tuple[PlannedLeg, ...]
    schedule: tuple[ScheduledIntake, ...]
    shopping: tuple[ShoppingLine, ...]
    totals: Totals
    binding: tuple[str, ...]
    """Names of the waypoints whose cutoffs bend the plan."""
    even_effort_misses: tuple[EvenMiss, ...]
    profile: ProfileTrace
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Caution, ...]
    sources: tuple[str, ...]
    inputs: PlanInputs
    fuel: FuelTrace | None = None
    track: TrackTrace | None = None
    """Set when the course came with a track."""
    ride: RideSummary | None = None
    risk: RiskSummary | None = None
    temperature_card: tuple[CardRow, ...] = ()
    """An hour's fluid, salt and carbohydrate by temperature, at this plan's mean effort."""
    intake_proof: IntakeProof | None = None
    estimates: tuple[str, ...] = field(default=())
    """Facts of the course that are estimates, repeated from its profile."""
    replan: ReplanFacts | None = None
    """Set when this is the plan of the rest of a race that has begun."""

    @property
    def legal(self) -> bool:
        """Whether every cutoff is met (the margin asked for aside)."""
        return all(w.margin_s is None or w.margin_s >= 0.0 for w in self.waypoints)
