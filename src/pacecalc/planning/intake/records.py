"""The intake problem and its answer as data: legs between refill points, products, limits.

Grams, milligrams, millilitres and hours throughout; arrays are indexed leg by product.
"""

from __future__ import annotations

from pacecalc.planning.records import Band
from pacecalc.record import record


@record(kw_only=True)
class Product:
    """One thing to eat or drink, per piece (gel, rice ball, scoop, cup)."""

    id: str
    name: str
    kind: str
    """gel, chew, bar, drink_mix, electrolyte, salt, rice_ball, fruit, savoury, soup, soda, sweet."""
    mass_g: float
    energy_kcal: float
    carbohydrate_g: float
    glucose_g: float
    fructose_g: float
    sodium_mg: float
    protein_g: float = 0.0
    fat_g: float = 0.0
    potassium_mg: float = 0.0
    caffeine_mg: float = 0.0
    water_ml: float = 0.0
    """Water inside the piece as eaten."""
    mix_ml: float = 0.0
    """Plain water it must be taken with (powders, tablets, salt caps); counts as drunk water, not twice."""
    taste: str = "sweet"
    """sweet, savoury or neutral."""
    texture: str = "solid"
    """liquid, gel, chew or solid."""
    shelf_hot_h: float | None = None
    shelf_cool_h: float | None = None
    served_only: bool = False
    """Eaten on the spot at a station, never carried."""
    max_per_h: float | None = None
    """Vendor's or our own cap (salt tabs)."""
    max_per_day: float | None = None
    pack_size: int = 1
    preference: float = 0.0
    """Cost credit per piece the athlete likes (positive) or dislikes (negative)."""
    disputed: bool = False
    """Sources disagree: check the pack."""
    source: str = ""
    standing: str = ""


@record(kw_only=True)
class Refill:
    """What can be had at the start of one leg."""

    name: str
    water: bool
    own_supply: str | None
    """start, drop bag or crew when the athlete's own products can be had here, else None."""
    station: tuple[tuple[str, int | None], ...] = ()
    """Product ids the station offers, with a limit per visit or None."""


@record(kw_only=True)
class LegNeed:
    """One leg between refill points: what is needed and what must not be exceeded."""

    refill: Refill
    end: str
    start_s: float
    duration_h: float
    temperature_c: float
    hot: bool
    """Shelf lives count as hot."""
    carbohydrate_g: Band
    fluid_ml: Band
    """``maximum`` is the hard bound: min(sweat + breath, 1.0 L/h) over the leg."""
    sodium_mg: Band
    glucose_max_g: float
    fructose_max_g: float
    caffeine_target_mg: float
    """0 by day."""
    caffeine_due_s: tuple[float, ...] = ()
    """When it helps most."""
    caffeine_max_mg: float
    savoury_min: int
    protein_min_g: float = 0.0
    liquid_only: bool = False
    """No solids (technical, nauseous)."""
    station_drink_max_ml: float = 400.0
    """Drunk on the spot at the refill; 0 at the start or when dry."""
    intensity: float = 0.0
    """Oxygen uptake over its maximum, on average: who breathes hard does not chew."""
    sweat_ml: float = 0.0
    burned_g: float = 0.0
    sodium_lost_mg: float = 0.0
    """What the leg takes out of the body; only told, the bands above decide."""


@record(kw_only=True)
class IntakeLimits:
    """Hard limits of the whole race."""

    bottle_ml: float
    carry_g: float
    """Food and water together."""
    caffeine_race_mg: float
    caffeine_day_mg: float
    salt_tabs_per_h: float = 3.0
    share_max: float = 0.35
    """Of the race's carbohydrate target by one product (soft)."""


@record(kw_only=True)
class IntakeProblem:
    legs: tuple[LegNeed, ...]
    products: tuple[Product, ...]
    limits: IntakeLimits
    brought: tuple[tuple[str, int | None], ...]
    """Own product ids that may be put at start, bags and crew, with a total limit or None."""


@record(kw_only=True)
class LegIntake:
    """What one leg eats, carries and picks up: whole pieces by product id."""

    eaten: dict[str, int]
    """Everything eaten in the leg, served food included."""
    picked_up: dict[str, tuple[tuple[str, int], ...]]
    """Product id -> ((source kind, count), ...) taken at the start of this leg: start, station, drop bag or crew."""
    carried: dict[str, int]
    """In pockets on leaving the refill point."""
    water_ml: float
    """Drunk from bottles during the leg, mixes included."""
    station_water_ml: float
    """Drunk at the refill point on the spot."""
    carried_water_ml: float
    """In the bottles on leaving."""


@record(kw_only=True)
class IntakeSolution:
    legs: tuple[LegIntake, ...]
    objective: float
    bound: float
    """Proven lower bound of the objective."""
    method: str

    @property
    def gap(self) -> float:
        """Proven distance from the optimum, as a fraction of the objective."""
        return 0.0 if self.objective <= 1e-9 else max(0.0, (self.objective - self.bound) / self.objective)
