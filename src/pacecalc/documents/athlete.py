"""What an athlete tells about themselves; every line is optional, what is left out is assumed and the plan says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from pacecalc.documents.base import Document, Finding, Part
from pacecalc.documents.readers import (
    Choice,
    Days,
    Duration,
    Number,
    Percent,
    Quantity,
    Reader,
    read_unit_text,
    refuse,
    spell_time,
    text_of,
)
from pacecalc.documents.scalars import (
    CaffeineMg,
    ClimbM,
    Date,
    DragAreaM2,
    ElevationM,
    FractionFromPercent,
    GearKg,
    GPerH,
    HeightM,
    LPerH,
    MassKg,
    Name,
    PowerW,
    ProductId,
    SpeedMPerS,
    TemperatureC,
    VolumeMl,
    WorkJ,
    YesOrNo,
)
from pacecalc.errors import UnitError
from pacecalc.record import record
from pacecalc.units import to_si

NAMED_DISTANCES_M = {"marathon": 42195.0, "half marathon": 21097.5, "half": 21097.5}
_JUST_K = re.compile(r"(?<=[0-9])\s*k$", re.IGNORECASE)
FASTEST_S_PER_KM = 140.0
"""2:20 min/km; the world's best mile is run at 2:18."""
SLOWEST_S_PER_KM = 1500.0
"""25 min/km, a slow hiker in the mountains."""
SODIUM_MG_PER_MMOL = 22.99
SWEAT_SODIUM_MG_PER_L = (100.0, 3500.0)
"""Whole-body values lie between 18 and 71 mmol/L (Baker 2016); this is 4 to 150."""


@record(slots=False)
class ResultDistance(Reader):
    """A length, ``marathon`` and ``half marathon``, or ``50k`` as runners say it."""

    def read(self, value: Any) -> float:
        text = text_of(value, "a distance such as '10 km'")
        named = NAMED_DISTANCES_M.get(" ".join(text.lower().split()))
        return named if named is not None else Quantity("m", "10 km", 100.0, 1_000_000.0).read(_JUST_K.sub("km", text))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["10 km", "marathon", "50 mi"]}


@record(slots=False)
class ResultTime(Reader):
    """A race time; ``40:00`` may be minutes or hours, so both readings are kept until the distance decides."""

    def read(self, value: Any) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        text = text_of(value, "a time such as '40:00' or '3:05:00'").strip()
        if text.count(":") == 1:
            if not all(part.isascii() and part.isdigit() for part in text.split(":")):
                raise refuse(f'"{text}" is no time; write "40:00" (mm:ss) or "3:05:00" (h:mm:ss)')
            return read_unit_text(text, "s", "mm:ss"), read_unit_text(text, "s", "h:mm")
        return (Duration("3:05:00", 1.0).read(text),)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["40:00", "3:05", "3:05:00"]}


def choose_time_s(distance_m: float, readings: tuple[float, ...]) -> float | None:
    """The one reading of a race time with a pace a runner can have; None when none or both do."""
    fitting = [t for t in readings if FASTEST_S_PER_KM <= 1000.0 * t / distance_m <= SLOWEST_S_PER_KM]
    return fitting[0] if len(fitting) == 1 else None


@record(slots=False)
class SweatSodium(Reader):
    """Sodium in sweat as mg/L or mmol/L, to mg/L."""

    def read(self, value: Any) -> float:
        text = text_of(value, "a concentration such as '920 mg/L' or '40 mmol/L'")
        per_mmol = "mol" in text
        number = SODIUM_MG_PER_MMOL * read_unit_text(text, "mmol/L") if per_mmol else read_unit_text(text, "mg/L")
        least, most = SWEAT_SODIUM_MG_PER_L
        if not least <= number <= most:
            raise refuse(
                f'"{text}" is out of range; sweat holds {least:g} to {most:,g} mg/L (4 to 150 mmol/L) of sodium'
            )
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["920 mg/L", "40 mmol/L"]}


class ResultFacts(Part):
    """A past race."""

    distance: Annotated[float, ResultDistance()]
    time: Annotated[tuple[float, ...], ResultTime()]
    date: Date | None = None
    ascent: ClimbM | None = None

    @property
    def time_s(self) -> float | None:
        """Finish time [s]; None when it cannot be told what the text means."""
        return choose_time_s(self.distance, self.time)


LEAST_THRESHOLD_W_PER_KG = 0.5
MOST_THRESHOLD_W_PER_KG = 7.5
"""Nobody holds more for an hour; outside of these a unit is wrong. A choice."""


class PerKg(float):
    """A power per kg of body, where the body's mass is said elsewhere [W/kg]."""


@record(slots=False)
class Threshold(Quantity):
    """A power in W, or ``PerKg``."""

    def read(self, value: Any) -> float:
        try:
            per_kg = to_si(value, "W/kg", name="")
        except UnitError:
            return super().read(value)
        if not LEAST_THRESHOLD_W_PER_KG <= per_kg <= MOST_THRESHOLD_W_PER_KG:
            most = f"{LEAST_THRESHOLD_W_PER_KG:g} to {MOST_THRESHOLD_W_PER_KG:g} W/kg"
            raise refuse(f'"{value}" is out of range; expected {most}')
        return PerKg(per_kg)


class RunnerFacts(Part):
    uphill_effort: Annotated[float, Number(0.5, 1.5, "1.0")] | None = None
    downhill_skill: Annotated[float, Number(-1.0, 1.0, "0.0")] | None = None
    slow_down: Annotated[float, Number(0.0, 3.0, "1.0")] | None = None
    fade: Annotated[float, Percent("12 %", -20.0, 300.0)] | None = None
    pack: GearKg | None = None
    results: list[ResultFacts] = Field(default_factory=list, max_length=200)
    utmb_index: Annotated[float, Number(100.0, 1000.0, "560")] | None = None


RIDER_PRESETS = ("first_timer", "finisher", "trained", "racer", "road")
RIDER_POSITIONS = ("mtb_upright", "mtb_tucked", "road_tops", "road_hoods", "road_drops")


class RiderFacts(Part):
    threshold_power: Annotated[float, Threshold("W", "210 W", 30.0, 600.0)] | None = None
    test_elevation: ElevationM | None = None
    bike: Annotated[float, Quantity("kg", "12 kg", 3.0, 60.0)] | None = None
    kit: GearKg | None = None
    drag_area: DragAreaM2 | None = None
    rolling: Annotated[float, Number(0.3, 3.0, "1.0")] | None = None
    gross_efficiency: Annotated[float, Number(0.15, 0.28, "0.21")] | None = None
    drivetrain_efficiency: Annotated[float, Number(0.80, 1.0, "0.976")] | None = None
    skill: Annotated[str, Choice(("beginner", "median", "expert"))] | None = None
    durability: Annotated[float, Number(0.0, 0.03, "0.0048")] | None = None
    minimum_speed: Annotated[float, Quantity("m/s", "3.9 km/h", 0.3, 3.0)] | None = None
    w_prime: WorkJ | None = None
    preset: Annotated[str, Choice(RIDER_PRESETS)] | None = None
    position: Annotated[str, Choice(RIDER_POSITIONS)] | None = None


class SweatTestFacts(Part):
    """Mass lost in an hour of known work and weather."""

    rate: LPerH
    temperature: TemperatureC
    humidity: FractionFromPercent
    power: PowerW | None = None
    speed: SpeedMPerS | None = None
    duration: Annotated[float, Duration("1:00", 600.0, 86400.0)] | None = None


class CaffeineFacts(Part):
    habit: Annotated[str, Choice(("none", "some", "daily"))] | None = None
    limit: CaffeineMg | None = None


class FuelFacts(Part):
    carbohydrate_limit: GPerH | None = None
    gut_trained: YesOrNo | None = None
    fat_adapted: YesOrNo | None = None
    appetite: Annotated[float, Percent("75 %", 50.0, 100.0)] | None = None
    sweat_factor: Annotated[float, Number(0.3, 3.0, "1.0")] | None = None
    sweat_tests: list[SweatTestFacts] = Field(default_factory=list, max_length=100)
    sweat_sodium: Annotated[float, SweatSodium()] | None = None
    sodium_policy: Annotated[float, Number(0.0, 1.0, "0.5")] | None = None
    caffeine: CaffeineFacts | None = None
    bottles: VolumeMl | None = None
    carry: GearKg | None = None
    fluid_limit: Annotated[float, Quantity("L/h", "1.0 L/h", 0.1, 1.2)] | None = None
    """Above 1.2 L/h nobody is safe (EAH consensus 2015)."""
    likes: list[ProductId] = Field(default_factory=list, max_length=500)
    dislikes: list[ProductId] = Field(default_factory=list, max_length=500)


class AthleteDocument(Document):
    """One athlete."""

    kind: ClassVar[str] = "an athlete"
    may_be_empty: ClassVar[bool] = True

    name: Name | None = None
    mass: MassKg | None = None
    height: HeightM | None = None
    age: Annotated[float, Number(8.0, 110.0, "38")] | None = None
    sex: Annotated[str, Choice(("female", "male"))] | None = None
    home_elevation: ElevationM | None = None
    days_at_altitude: Annotated[float, Days()] | None = None
    heat_acclimatised: YesOrNo | None = None
    experience: Annotated[str, Choice(("first", "some", "veteran"))] | None = None
    spread: Annotated[float, Percent("8 %", 0.1, 50.0)] | None = None
    run: RunnerFacts | None = None
    ride: RiderFacts | None = None
    fuel: FuelFacts | None = None

    def find_contradictions(self) -> Iterator[Finding]:
        if self.run is not None:
            yield from _check_results(self.run)
        if self.ride is not None and isinstance(self.ride.threshold_power, PerKg) and self.mass is None:
            yield Finding(("ride", "threshold_power"), "W/kg says nothing without a mass; add 'mass', such as 62 kg")
        if self.fuel is not None:
            yield from _check_fuel(self.fuel)


def _check_results(run: RunnerFacts) -> Iterator[Finding]:
    for i, result in enumerate(run.results or ()):
        if result is None or result.distance is None or result.time is None or result.time_s is not None:
            continue
        readings = " or ".join(spell_time(t) for t in result.time)
        paces = [t / result.distance * 1000.0 / 60.0 for t in result.time]
        both = " or ".join(f"{pace:.1f}" for pace in paces)
        what = "can be either of" if len(result.time) > 1 and _all_fit(result) else "is"
        yield Finding(
            ("run", "results", i, "time"),
            f"{readings} (h:mm) over {result.distance / 1000.0:g} km {what} {both} min/km; expected one pace between "
            '2:20 and 25 min/km: write all three parts, such as "0:40:00" or "3:05:00"',
        )


def _all_fit(result: ResultFacts) -> bool:
    return all(FASTEST_S_PER_KM <= 1000.0 * t / result.distance <= SLOWEST_S_PER_KM for t in result.time)


def _check_fuel(fuel: FuelFacts) -> Iterator[Finding]:
    both = set(fuel.likes or ()) & set(fuel.dislikes or ())
    for product in sorted(both):
        yield Finding(
            ("fuel", "dislikes", fuel.dislikes.index(product)), f"'{product}' is liked and disliked; keep one"
        )
    for i, test in enumerate(fuel.sweat_tests or ()):
        if test is not None and "power" in test.model_fields_set and "speed" in test.model_fields_set:
            yield Finding(("fuel", "sweat_tests", i), "both 'power' and 'speed' are given; keep the one that was done")
        elif test is not None and not {"power", "speed"} & test.model_fields_set:
            yield Finding(("fuel", "sweat_tests", i), "neither 'power' nor 'speed' is given; say how hard the test was")
