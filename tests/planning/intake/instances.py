"""Random races for the intake optimiser: products of the science page, weather, stations, bags (its section 6)."""

from __future__ import annotations

import math

import numpy as np

from pacecalc.planning.intake.records import IntakeLimits, IntakeProblem, LegNeed, Product, Refill
from pacecalc.planning.records import Band

SODIUM_MG_PER_MMOL = 22.99


def _food(
    name: str, kind: str, mass: float, kcal: float, carb: tuple[float, float], sodium: float, **more: object
) -> Product:
    fields: dict[str, object] = {"water_ml": 0.0, **more}
    return Product(
        id=name.replace(" ", "-"), name=name, kind=kind, mass_g=mass, energy_kcal=kcal, carbohydrate_g=sum(carb),
        glucose_g=carb[0], fructose_g=carb[1], sodium_mg=sodium, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


GEL = {"texture": "gel"}
SALTY = {"taste": "savoury"}
RICE_BALL = {"taste": "savoury", "shelf_hot_h": 5.0, "shelf_cool_h": 10.0}
POWDER = {"texture": "liquid", "taste": "neutral"}

TWELVE = (
    _food("gel", "gel", 32, 100, (17, 5), 55, water_ml=6, **GEL),
    _food("second gel", "gel", 40, 100, (14, 11), 30, water_ml=15, **GEL),
    _food("second gel caffeine", "gel", 40, 100, (14, 11), 30, water_ml=15, caffeine_mg=100, **GEL),
    _food("tailwind", "drink_mix", 54, 200, (38, 12), 610, mix_ml=500, **POWDER),
    _food("maurten 160", "drink_mix", 40, 160, (22, 17), 200, mix_ml=500, **POWDER),
    _food("salt cap", "salt", 1, 0, (0, 0), 215, mix_ml=150, taste="neutral", max_per_day=10),
    _food("umeboshi rice ball", "rice_ball", 110, 180, (39, 0), 530, water_ml=60, protein_g=3, **RICE_BALL),
    _food("bar", "bar", 68, 240, (30, 14), 150, water_ml=7, protein_g=9),
    _food("banana", "fruit", 153, 105, (17, 7), 1, water_ml=88, protein_g=1.3),
    _food("potato", "savoury", 85, 74, (17, 0), 204, water_ml=65, protein_g=1.6, **SALTY),
    _food("cola", "soda", 340, 139, (18, 18), 14, water_ml=305, caffeine_mg=33, served_only=True, texture="liquid"),
    _food("broth", "soup", 244, 39, (0.9, 0), 747, water_ml=234, served_only=True, texture="liquid", **SALTY),
)
EIGHT_MORE = (
    _food("ph1500", "electrolyte", 6, 18, (3, 0), 750, mix_ml=500, **POWDER),
    _food("bloks", "chew", 30, 100, (15, 9), 50, water_ml=5, texture="chew"),
    _food("pretzels", "savoury", 28, 109, (22.7, 0), 326, water_ml=1, protein_g=2.6, **SALTY),
    _food("pbj half", "savoury", 54, 196, (18, 5.8), 214, water_ml=15, protein_g=6),
    _food("date", "fruit", 24, 66, (9, 9), 0, water_ml=5, protein_g=0.4),
    _food("ramen", "soup", 293, 189, (25.9, 0), 798, water_ml=250, protein_g=4.4, served_only=True, **SALTY),
    _food("quesadilla half", "savoury", 74, 251, (23.9, 0), 489, water_ml=25, protein_g=10, **SALTY),
    _food("fig bar", "bar", 16, 56, (6, 5.3), 56, water_ml=3, protein_g=0.6),
)
REST_OF_PANTRY = (
    _food("home rice ball", "rice_ball", 111, 172, (40.8, 0), 234, water_ml=66, protein_g=2.6, **RICE_BALL),
    _food("salmon rice ball", "rice_ball", 105, 180, (38, 0), 350, water_ml=55, protein_g=5, **RICE_BALL),
    _food("maurten gel 160", "gel", 65, 160, (22, 18), 30, water_ml=24, **GEL),
    _food("beta fuel gel", "gel", 65, 159, (22, 18), 30, water_ml=20, **GEL),
    _food("pf 30 gel", "gel", 51, 120, (20, 10), 0, water_ml=18, **GEL),
    _food("pf 30 caffeine", "gel", 51, 120, (20, 10), 0, water_ml=18, caffeine_mg=100, **GEL),
    _food("gu caffeine", "gel", 32, 100, (17, 5), 55, water_ml=6, caffeine_mg=40, **GEL),
    _food("awesome sauce", "gel", 54, 75, (9, 9), 10, water_ml=33, **GEL),
    _food("maurten 320", "drink_mix", 80, 320, (44, 35), 250, mix_ml=500, **POWDER),
    _food("beta fuel 80", "drink_mix", 84, 320, (44, 36), 500, mix_ml=500, **POWDER),
    _food("tailwind scoop", "drink_mix", 27, 100, (19, 6), 305, mix_ml=300, **POWDER),
    _food("skratch", "drink_mix", 22, 80, (13, 7), 390, mix_ml=430, **POWDER),
    _food("superfuel", "drink_mix", 105, 400, (100, 0), 400, mix_ml=750, **POWDER),
    _food("fastchews", "salt", 3, 10, (2, 0), 100, mix_ml=100, taste="neutral"),
    _food("s cap", "salt", 1, 0, (0, 0), 341, mix_ml=150, taste="neutral", max_per_h=1),
    _food("lmnt", "electrolyte", 6, 8, (1, 0), 1000, mix_ml=600, **POWDER),
    _food("ph1000", "electrolyte", 5, 15, (3, 0), 500, mix_ml=500, **POWDER),
    _food("nuun", "electrolyte", 5, 15, (4, 0), 300, mix_ml=475, **POWDER),
    _food("watermelon", "fruit", 280, 84, (9, 12), 3, water_ml=256, served_only=True),
    _food("pickle juice", "savoury", 75, 5, (1, 0), 470, water_ml=73, texture="liquid", **SALTY),
    _food("chicken quesadilla", "savoury", 90, 265, (21.6, 0), 670, water_ml=38, protein_g=14, **SALTY),
    _food("orange", "fruit", 140, 69, (8, 9.6), 1, water_ml=120, served_only=True),
    _food("candy", "sweet", 28, 139, (12, 8.2), 17, caffeine_mg=3, protein_g=1.2),
    _food("maple syrup", "sweet", 20, 52, (6.7, 6.7), 2, water_ml=6, **GEL),
)
PRODUCTS = {12: TWELVE, 20: TWELVE + EIGHT_MORE, 44: TWELVE + EIGHT_MORE + REST_OF_PANTRY}

OWN = ("gel", "second gel", "tailwind", "maurten 160", "salt cap", "bar", "ph1500", "bloks", "pretzels", "fig bar")
OWN += ("maurten gel 160", "beta fuel gel", "pf 30 gel", "awesome sauce", "maurten 320", "beta fuel 80", "maple syrup")
OWN += ("tailwind scoop", "skratch", "superfuel", "fastchews", "s cap", "lmnt", "ph1000", "nuun", "candy", "date")
CAFFEINE_GELS = ("second gel caffeine", "pf 30 caffeine", "gu caffeine")
PERISHABLE = ("umeboshi rice ball", "home rice ball", "salmon rice ball", "banana", "potato")
STATION = ("gel", "banana", "potato", "cola", "broth", "pretzels", "pbj half", "date", "ramen", "quesadilla half")
STATION += ("watermelon", "orange", "chicken quesadilla", "pickle juice", "candy", "umeboshi rice ball", "fig bar")

SIZES = {"12 h": (12.0, 6, 12), "30 h": (30.0, 16, 12), "46 h": (46.0, 26, 20), "30 h pantry": (30.0, 16, 44)}
"""Hours, legs, products."""


def make_race(
    seed: int, hours: float = 30.0, legs: int = 16, products: int = 12, riding: bool = False
) -> IntakeProblem:
    rng = np.random.default_rng(seed)
    mass_kg = float(rng.uniform(58, 82))
    start_h, mean_c, swing_c = rng.uniform(5, 12), rng.uniform(10, 25), rng.uniform(3, 8)
    sweat_scale = rng.uniform(0.8, 1.3)
    loss_mg_per_l = rng.uniform(25, 60) * SODIUM_MG_PER_MMOL
    gut_g_per_h = rng.uniform(60, 90)
    shares = rng.uniform(0.5, 1.5, legs)
    durations = hours * shares / shares.sum()
    refills = _make_refills(rng, legs, hours, {p.id for p in PRODUCTS[products]})
    needs: list[LegNeed] = []
    begin_h = 0.0
    for leg, duration in enumerate(durations):
        clock = start_h + begin_h + duration / 2
        needs.append(
            _make_need(
                refills[leg],
                "finish" if leg == legs - 1 else refills[leg + 1].name,
                begin_h,
                float(duration),
                float(mean_c + swing_c * math.cos((clock - 15) * math.pi / 12)),
                float(clock % 24),
                sweat_scale,
                loss_mg_per_l,
                gut_g_per_h,
                mass_kg,
                hours,
            )
        )
        begin_h += float(duration)
    bottle = float(rng.uniform(2.0, 3.0) if riding else rng.uniform(1.5, 2.5)) * 1000
    food_g = float(rng.uniform(0.8, 1.6) if riding else rng.uniform(1.2, 2.2)) * 1000
    known = {product.id for product in PRODUCTS[products]}
    brought: list[tuple[str, int | None]] = [(_id(name), None) for name in OWN + PERISHABLE[:3] if _id(name) in known]
    brought += [(_id(name), int(rng.integers(3, 9))) for name in CAFFEINE_GELS if _id(name) in known]
    return IntakeProblem(
        legs=tuple(needs),
        products=PRODUCTS[products],
        limits=IntakeLimits(
            bottle_ml=bottle,
            carry_g=bottle + food_g,
            caffeine_race_mg=6 * mass_kg * max(1.0, hours / 24),
            caffeine_day_mg=6 * mass_kg,
        ),
        brought=tuple(brought),
    )


def _id(name: str) -> str:
    return name.replace(" ", "-")


def _make_refills(rng: np.random.Generator, legs: int, hours: float, known: set[str]) -> list[Refill]:
    stops = rng.permutation(np.arange(1, legs))
    count = max(1, round(hours / 14))
    own = dict.fromkeys(stops[:count].tolist(), "drop bag") | dict.fromkeys(stops[count : 2 * count].tolist(), "crew")
    refills = [Refill(name="Start", water=True, own_supply="start")]
    for stop in range(1, legs):
        offered = [
            (_id(name), int(rng.integers(1, 5)) if rng.random() < 0.7 else None)
            for name in STATION
            if _id(name) in known and rng.random() < 0.5
        ]
        refills.append(
            Refill(name=f"Aid {stop}", water=bool(rng.random() > 0.1), own_supply=own.get(stop), station=tuple(offered))
        )
    return refills


def _make_need(
    refill: Refill, end: str, begin_h: float, duration_h: float, temperature_c: float, clock_h: float,
    sweat_scale: float, loss_mg_per_l: float, gut_g_per_h: float, mass_kg: float, race_h: float,
) -> LegNeed:  # fmt: skip
    sweat = float(np.clip(sweat_scale * (0.35 + 0.025 * (temperature_c - 10)), 0.25, 1.4))
    ceiling_ml = 1000 * min(sweat, 1.0) * duration_h
    fluid = 0.85 * ceiling_ml
    appetite = max(0.6, 1 - 0.012 * begin_h) * (0.9 if temperature_c > 28 else 1.0)
    carb = min(gut_g_per_h, 90 if race_h > 2.5 else 60) * appetite * duration_h
    sodium = max(100.0, 0.5 * min(sweat * loss_mg_per_l, 2000.0)) * duration_h
    trained = 1.15 if gut_g_per_h >= 80 else 1.0
    night = clock_h < 4.5 or clock_h > 20.5
    return LegNeed(
        refill=refill,
        end=end,
        start_s=begin_h * 3600,
        duration_h=duration_h,
        temperature_c=temperature_c,
        hot=temperature_c > 25,
        carbohydrate_g=Band(target=carb, low=0.92 * carb, high=1.08 * carb, maximum=1.5 * carb + 30),
        fluid_ml=Band(target=fluid, low=0.9 * fluid, high=1.1 * fluid, maximum=ceiling_ml),
        sodium_mg=Band(target=sodium, low=0.85 * sodium, high=1.15 * sodium, maximum=1.5 * sodium + 1500),
        glucose_max_g=60 * trained * duration_h + 15,
        fructose_max_g=36 * trained * duration_h + 10,
        caffeine_target_mg=1.2 * mass_kg * duration_h / 3.5 if night else 0.0,
        caffeine_max_mg=3 * mass_kg,
        savoury_min=int(duration_h / 2) if begin_h > 8 else 0,
        station_drink_max_ml=0.0 if begin_h == 0 or not refill.water else 400.0,
    )


def make_leg(number: int, duration_h: float = 2.0, sweat_l_per_h: float = 0.7, **changes: object) -> LegNeed:
    """An easily read leg: 60 g/h, 85 % of sweat, half the sodium of 40 mmol/L sweat; the first starts at the start."""
    refill = Refill(
        name="Start" if number == 0 else f"Aid {number}", water=True, own_supply="crew" if number else "start"
    )
    ceiling_ml = 1000 * sweat_l_per_h * duration_h
    fluid, carb = 0.85 * ceiling_ml, 60 * duration_h
    sodium = 0.5 * sweat_l_per_h * 40 * SODIUM_MG_PER_MMOL * duration_h
    fields: dict[str, object] = {
        "refill": refill,
        "end": f"Aid {number + 1}",
        "start_s": 3600 * duration_h * number,
        "duration_h": duration_h,
        "temperature_c": 15.0,
        "hot": False,
        "carbohydrate_g": Band(target=carb, low=0.92 * carb, high=1.08 * carb, maximum=1.5 * carb),
        "fluid_ml": Band(target=fluid, low=0.9 * fluid, high=1.1 * fluid, maximum=ceiling_ml),
        "sodium_mg": Band(target=sodium, low=0.85 * sodium, high=1.15 * sodium, maximum=2 * sodium + 500),
        "glucose_max_g": 60 * duration_h + 15,
        "fructose_max_g": 36 * duration_h + 10,
        "caffeine_target_mg": 0.0,
        "caffeine_max_mg": 200.0,
        "savoury_min": 0,
        "station_drink_max_ml": 400.0 if number else 0.0,
    }
    return LegNeed(**(fields | changes))  # type: ignore[arg-type]


def make_problem(
    *legs: LegNeed, products: int = 12, brought: dict[str, int | None] | None = None, **limits: float
) -> IntakeProblem:
    bounds = {"bottle_ml": 2000.0, "carry_g": 4000.0, "caffeine_race_mg": 400.0, "caffeine_day_mg": 400.0}
    everything = {product.id: None for product in PRODUCTS[products] if not product.served_only}
    return IntakeProblem(
        legs=legs,
        products=PRODUCTS[products],
        limits=IntakeLimits(**(bounds | limits)),
        brought=tuple((everything if brought is None else brought).items()),
    )


def count_kind(problem: IntakeProblem, eaten: dict[str, int], kind: str) -> int:
    return sum(count for item, count in eaten.items() if next(p for p in problem.products if p.id == item).kind == kind)
