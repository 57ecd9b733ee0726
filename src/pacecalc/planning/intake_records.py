"""The intake part of a race plan as data: what is eaten and drunk, carried, packed and bought.

Times ``*_s`` count from the athlete's own start (chip); clocks are aware datetimes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pacecalc.arrays import FloatArray
from pacecalc.record import record


@record()
class ItemCount:
    """So many whole pieces of one product."""

    id: str
    name: str
    count: int


@record(kw_only=True)
class SegmentIntake:
    """What is eaten and drunk in one segment or leg."""

    carbohydrate_g: float
    fluid_ml: float
    sodium_mg: float
    caffeine_mg: float
    energy_kcal: float
    protein_g: float
    items: tuple[ItemCount, ...]
    water_ml: float
    """Plain water and mixed powders drunk, out of ``fluid_ml``; the rest is inside the food."""


@record(kw_only=True)
class Band:
    """Target of one quantity and the limits that count as met; ``maximum`` is a hard bound."""

    target: float
    low: float
    high: float
    maximum: float


@record(kw_only=True)
class PlanB:
    """What changes in one leg when something goes wrong."""

    code: Literal["nauseous", "hotter", "station-empty", "slower"]
    message: str
    """In litres; where they stand in it ``volumes_ml`` says, for readers who think in ounces."""
    items: tuple[ItemCount, ...] = ()
    """More than planned: to have in reserve, or to take at the stop."""
    fluid_ml: float = 0.0
    """More than planned."""
    volumes_ml: tuple[float, ...] = ()
    """Every volume the message names, in its order."""


@record(kw_only=True)
class IntakeProof:
    """How good the chosen intake is proven to be, and what the body was taken to need."""

    objective: float
    """Penalties of the plan, in the optimiser's own currency."""
    bound: float
    """No plan inside the hard limits has fewer."""
    gap_fraction: float
    sodium_need_mg: float
    """Of the whole race, to end at 137 mmol/L by the plasma balance alone."""
    least_fluid_ml: float
    """Of the whole race, to keep the loss of body mass inside its limit."""
    sweat_factor: float
    """The athlete's sweat over the model's average person."""
    sweat_tests: int
    acclimatised: bool


@record(kw_only=True)
class PlannedLeg:
    """From one refill point to the next: what is carried, and the bands the intake is held to."""

    start: str
    end: str
    start_s: float
    end_s: float
    carbohydrate_g: Band
    fluid_ml: Band
    sodium_mg: Band
    intake: SegmentIntake
    carry: tuple[ItemCount, ...]
    """Everything in pockets on leaving the start of this leg."""
    carry_water_ml: float
    pick_up: tuple[ItemCount, ...]
    """What is newly taken along at the start of this leg, from whatever source."""
    pick_up_from: Literal["start", "station", "drop bag", "crew"] | None
    """The athlete's own supply there when any of it is used, else the station."""
    at_station: tuple[ItemCount, ...]
    """What is eaten on the spot."""
    packed: tuple[ItemCount, ...] = ()
    """Of ``pick_up``, what comes from the athlete's own supply: pockets at the start, drop bag or crew."""
    spares: tuple[ItemCount, ...] = ()
    """Packed with it in case."""
    reasons: tuple[str, ...] = ()
    """Why a band is not met, when one is not."""
    plan_b: tuple[PlanB, ...] = ()
    sweat_ml: float = 0.0
    """Lost in this leg, good to +-0.4 L/h."""
    burned_g: float = 0.0
    """Carbohydrate burned in this leg, good to +-10 % of the energy."""
    sodium_lost_mg: float = 0.0

    @property
    def bands_met(self) -> bool:
        """Whether carbohydrate, fluid and sodium all lie inside their bands."""
        pairs = (
            (self.carbohydrate_g, self.intake.carbohydrate_g),
            (self.fluid_ml, self.intake.fluid_ml),
            (self.sodium_mg, self.intake.sodium_mg),
        )
        return all(band.low - 0.5 <= amount <= band.high + 0.5 for band, amount in pairs)


@record(kw_only=True)
class ShoppingLine:
    """So many pieces of one product, spares included, and the packs that hold them."""

    id: str
    name: str
    count: int
    pack_size: int
    packs: int
    check_pack: bool
    """Sources disagree on its figures."""


@record(kw_only=True)
class CardRow:
    """What an hour asks for at one temperature, at this athlete's mean effort."""

    temperature_c: float
    sweat_l_per_h: float
    """Good to +-0.4 L/h."""
    fluid_ml_per_h: float
    carbohydrate_g_per_h: float
    sodium_mg_per_h: float
    salt_tabs_per_h: float
    """On top of the sodium in the planned food and drink."""


@record(kw_only=True)
class ScheduledIntake:
    """Items due at one minute."""

    at_s: float
    clock: datetime
    distance_m: float
    items: tuple[ItemCount, ...]
    water_ml: float


@record(kw_only=True)
class FuelTrace:
    """Carbohydrate, fluid and sodium along the race, one value a time step."""

    elapsed_s: FloatArray
    burned_g: FloatArray
    stored_g: FloatArray
    absorbed_g: FloatArray
    gut_g: FloatArray
    sweat_ml: FloatArray
    drunk_ml: FloatArray
    sodium_lost_mg: FloatArray
    sodium_eaten_mg: FloatArray
    caffeine_mg: FloatArray
