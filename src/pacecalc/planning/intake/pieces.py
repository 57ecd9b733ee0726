"""What a leg may eat and what each piece costs: prices, band edges and tight bounds on every product.

The optimum is no better than these prices: each is a choice and can be argued with here, in one place. Grams,
milligrams, millilitres, hours.
"""

from __future__ import annotations

import math

from pacecalc.planning.intake.records import IntakeProblem, LegNeed, Product
from pacecalc.planning.intake.supply import Source, list_sources, pieces_from
from pacecalc.planning.records import Band
from pacecalc.record import record

# Prices: every one a choice (science page of the intake optimiser, section 2), in one arbitrary currency.
CARBOHYDRATE_SHORT, CARBOHYDRATE_OVER = 1 / 10, 1 / 15
"""Per g outside the band; going short costs more than excess."""
FLUID_SHORT, FLUID_OVER = 1 / 100, 1 / 150
"""Per mL."""
SODIUM_SHORT, SODIUM_OVER = 1 / 150, 1 / 300
"""Per mg."""
CAFFEINE_SHORT, CAFFEINE_OVER = 1 / 100, 0.6 / 100
"""Per mg against the night's target; by day every mg costs the latter."""
PROTEIN_SHORT = 1 / 50
"""Per g under the long-day minimum."""
REPEAT, SAVOURY_MISSING, ITEM = 0.3, 0.5, 0.03
SHARE_OVER = 1 / 20
"""Per g of carbohydrate that one product brings beyond its share of the race."""
CARRY = 1 / 20000
"""Per g and hour carried."""
TIE_BREAK = 2e-3
"""Spread over the products in their given order, so that equal plans are told apart the same way every time."""

SOLID_IN_HEAT, HEAT_FROM_C, HEAT_COUNTED_C = 0.02, 20.0, 10.0
"""Per piece of dry solid food and degree over the first temperature, for as many degrees: in the heat gels, drinks and
watermelon go down where a rice ball does not."""
SOLID_IN_HURRY, HURRY_FROM, HURRY_COUNTED = 4.0, 0.62, 0.12
"""Per piece of dry solid food and unit of intensity over the first, for as many: marathons are run on gels."""
WATERY_PART = 0.75
"""Solids with more water than this part of their mass refresh, hot or not."""
TABLET_IN_COLD, NO_TABLETS_BELOW_C, TABLETS_FROM_C = 1.5, 8.0, 16.0
"""Of a salt tablet in the cold, falling to nothing between the two: its price is more than the 215 mg are worth."""

FLUID_LOW_PART = 0.5
"""Fluid counts as short below this part of its band: else the price of weight parks it on the band's edge."""
CAFFEINE_BAND = 0.15
REAL_FOOD_G = 5.0
"""Carbohydrate that makes a piece food: repeats and variety count from here."""
SAME_EVERY_H, SAME_EVERY_FRESH_H, FRESH_UNTIL_H = 1.5, 0.75, 4.0
"""The same carried food this often is not yet monotonous; in a leg that ends within the first hours, the second."""
PIECES_MAX = 40
DAY_H = 24.0
ROUNDING = 1e-9


@record()
class Choice:
    """One column of pieces: this product eaten in this leg, at most ``most``, from these sources."""

    leg: int
    product: int
    most: int
    sources: tuple[Source, ...]


@record()
class Edges:
    """Where a band's prices start, and its hard bound."""

    low: float
    high: float
    maximum: float


def band_edges(band: Band, low_part: float = 1.0) -> Edges:
    high = min(band.high, band.maximum)
    low = min(band.target - low_part * (band.target - band.low), high)
    return Edges(low, high, band.maximum)


def fluid_edges(leg: LegNeed) -> Edges:
    return band_edges(leg.fluid_ml, FLUID_LOW_PART)


def caffeine_edges(leg: LegNeed) -> tuple[float, float]:
    return leg.caffeine_target_mg * (1 - CAFFEINE_BAND), leg.caffeine_target_mg * (1 + CAFFEINE_BAND)


def tap_before(problem: IntakeProblem) -> list[int | None]:
    """Refill where the bottles of each leg were last filled; the start always has water, a leg before any has none."""
    taps: list[int | None] = []
    last: int | None = None
    for leg, need in enumerate(problem.legs):
        if need.refill.water or need.refill.own_supply == "start":
            last = leg
        taps.append(last)
    return taps


def is_savoury(product: Product) -> bool:
    return product.taste == "savoury" and product.kind not in ("salt", "electrolyte")


def is_barred(product: Product, leg: LegNeed) -> bool:
    """Solids and chews on a liquid-only leg; capsules and powders are taken with water and stay."""
    solid = product.texture in ("solid", "chew") and product.kind not in ("salt", "electrolyte", "drink_mix")
    return leg.liquid_only and solid


def repeat_threshold(leg: LegNeed, product: Product) -> int | None:
    """Pieces of one carried food that are not yet monotonous."""
    if product.served_only or product.carbohydrate_g < REAL_FOOD_G:
        return None
    fresh = leg.start_s / 3600.0 + leg.duration_h <= FRESH_UNTIL_H
    return max(1, round(leg.duration_h / (SAME_EVERY_FRESH_H if fresh else SAME_EVERY_H)))


def piece_bound(problem: IntakeProblem, leg: LegNeed, product: Product, tap: bool) -> int:
    """Most pieces any sensible plan eats in the leg; tight, because the relaxation is only as good as its bounds."""
    limits = problem.limits
    caffeine_mg = min(leg.caffeine_max_mg, limits.caffeine_race_mg, limits.caffeine_day_mg)
    drinkable_ml = (limits.bottle_ml if tap else 0.0) + leg.station_drink_max_ml
    pairs = [
        (leg.glucose_max_g, product.glucose_g),
        (leg.fructose_max_g, product.fructose_g),
        (leg.carbohydrate_g.maximum, product.carbohydrate_g),
        (leg.sodium_mg.maximum, product.sodium_mg),
        (leg.fluid_ml.maximum, product.water_ml + product.mix_ml),
        (drinkable_ml, product.mix_ml),
        (caffeine_mg, product.caffeine_mg),
    ]
    most = [math.floor(amount / each + ROUNDING) for amount, each in pairs if each > 0 and math.isfinite(amount)]
    if product.carbohydrate_g > 0:
        most.append(math.ceil(band_edges(leg.carbohydrate_g).high / product.carbohydrate_g - ROUNDING))
    if product.carbohydrate_g < REAL_FOOD_G and product.sodium_mg > 0:
        most.append(math.ceil(band_edges(leg.sodium_mg).high / product.sodium_mg - ROUNDING))
    most += [math.floor(rate * leg.duration_h + ROUNDING) for rate in _hourly_limits(problem, product)]
    if product.max_per_day is not None:
        most.append(math.floor(product.max_per_day + ROUNDING))
    wanted = (
        (product.carbohydrate_g, leg.carbohydrate_g.target),
        (product.sodium_mg, leg.sodium_mg.target),
        (product.caffeine_mg, leg.caffeine_target_mg),
        (product.water_ml, leg.fluid_ml.target),
    )
    useful = any(each > 0 and target > 0 for each, target in wanted)
    if not useful or is_barred(product, leg):
        return 0
    return max(0, min([*most, PIECES_MAX]))


def _hourly_limits(problem: IntakeProblem, product: Product) -> list[float]:
    own = [] if product.max_per_h is None else [product.max_per_h]
    return own + ([problem.limits.salt_tabs_per_h] if product.kind == "salt" else [])


def make_choices(problem: IntakeProblem) -> tuple[Choice, ...]:
    """Every (leg, product) that can be had, is fresh and is of use, with its tight bound."""
    totals = dict(problem.brought)
    taps = tap_before(problem)
    choices: list[Choice] = []
    sources = list_sources(problem)
    for leg, need in enumerate(problem.legs):
        for index, product in enumerate(problem.products):
            usable = sources.get((leg, index))
            if usable is None:
                continue
            supply = sum(pieces_from(source, totals.get(product.id)) for source in usable)
            most = int(min(piece_bound(problem, need, product, taps[leg] is not None), supply))
            if most > 0:
                choices.append(Choice(leg, index, most, usable))
    return tuple(choices)


def piece_cost(problem: IntakeProblem, choice: Choice) -> float:
    """Price of one piece apart from its transport: fiddling, preference, weather, caffeine by day, the tie-break."""
    product, leg = problem.products[choice.product], problem.legs[choice.leg]
    by_day = 0.0 if leg.caffeine_target_mg > 0 else CAFFEINE_OVER * product.caffeine_mg
    tie_break = TIE_BREAK * choice.product / len(problem.products)
    return ITEM - product.preference + by_day + price_form(product, leg) + tie_break


def price_form(product: Product, leg: LegNeed) -> float:
    """What a piece costs for being dry and solid in the heat or in a hurry, or a salt tablet in the cold."""
    if product.kind == "salt":
        share = (TABLETS_FROM_C - leg.temperature_c) / (TABLETS_FROM_C - NO_TABLETS_BELOW_C)
        return TABLET_IN_COLD * min(max(share, 0.0), 1.0)
    if product.texture != "solid" or product.water_ml >= WATERY_PART * product.mass_g:
        return 0.0
    hotter_c = min(max(leg.temperature_c - HEAT_FROM_C, 0.0), HEAT_COUNTED_C)
    harder = min(max(leg.intensity - HURRY_FROM, 0.0), HURRY_COUNTED)
    return SOLID_IN_HEAT * hotter_c + SOLID_IN_HURRY * harder


def day_windows(problem: IntakeProblem) -> list[tuple[int, int]]:
    """First and last leg of every 24 h window that is not inside another one.

    The window may open at the very end of its first leg, so legs count that begin within 24 h of that end: whatever
    minute each piece is eaten at later, no 24 h hold more than the cap.
    """
    windows: list[tuple[int, int]] = []
    for first, need in enumerate(problem.legs):
        until_s = need.start_s + (need.duration_h + DAY_H) * 3600.0
        last = max(leg for leg, other in enumerate(problem.legs) if leg >= first and other.start_s < until_s)
        if not windows or last > windows[-1][1]:
            windows.append((first, last))
    return windows
