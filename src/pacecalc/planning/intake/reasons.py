"""Why an amount lies outside its band, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pacecalc.planning.intake.pieces import TABLETS_FROM_C, is_savoury
from pacecalc.planning.intake.records import LegIntake, LegNeed, Product
from pacecalc.planning.records import Band, SegmentIntake

NOISE = 0.5
"""Band edges count as met within this much of a g, mL or mg."""
SALTY_MG = 100.0
LEAST_BAND_G, LEAST_BAND_ML, LEAST_BAND_MG = 6.0, 60.0, 150.0
"""Bands as shown are never narrower than this to either side of a leg's target, because food comes in whole pieces: a
third of a gel, three mouthfuls, two thirds of a salt tab. The optimum aims at the narrow bands; a choice."""


def widen_band(band: Band, least: float) -> Band:
    """The band as shown: at least ``least`` to either side of its target, inside its hard bound."""
    return Band(
        target=band.target,
        low=max(0.0, min(band.low, band.target - least)),
        high=min(max(band.high, band.target + least), max(band.maximum, band.high)),
        maximum=band.maximum,
    )


def explain_bands(
    need: LegNeed,
    intake: LegIntake,
    total: SegmentIntake,
    products: Mapping[str, Product],
    bottle_ml: float,
) -> Iterator[str]:
    """One sentence for each band of the leg that is not met."""
    for what, unit, band, amount in (
        ("carbohydrate", "g", need.carbohydrate_g, total.carbohydrate_g),
        ("fluid", "mL", need.fluid_ml, total.fluid_ml),
        ("sodium", "mg", need.sodium_mg, total.sodium_mg),
    ):
        if _is_met(band, amount):
            continue
        short = amount < band.low
        if what == "fluid":
            why = _explain_fluid(need, intake, bottle_ml) if short else "it is in the food"
        elif what == "sodium":
            why = _explain_salt(need, intake, products, short, amount)
        else:
            why = "the nearest whole pieces"
        yield (
            f"{amount:.0f} {unit} {what}, {'under' if short else 'over'} its band of {band.low:.0f}-{band.high:.0f}: "
            f"{why}."
        )


def _is_met(band: Band, amount: float) -> bool:
    return band.low - NOISE <= amount <= band.high + NOISE


def _explain_fluid(need: LegNeed, intake: LegIntake, bottle_ml: float) -> str:
    if intake.carried_water_ml >= bottle_ml - 1.0 or not need.refill.water:
        return f"bottles hold {bottle_ml:.0f} mL"
    return "the weight limit, or the price of carrying more"


def _explain_salt(
    need: LegNeed,
    intake: LegIntake,
    products: Mapping[str, Product],
    short: bool,
    amount_mg: float,
) -> str:
    tabs = sum(n for i, n in intake.eaten.items() if products[i].kind == "salt")
    if short:
        if tabs > 0:
            return "salt tabs are at their cap or not worth another"
        return "no tab is worth it in the cold" if need.temperature_c < TABLETS_FROM_C else "the nearest whole pieces"
    salty = any(
        n > 0 and products[i].sodium_mg >= SALTY_MG and products[i].kind != "salt" for i, n in intake.eaten.items()
    )
    savoury = any(n > 0 and is_savoury(products[i]) for i, n in intake.eaten.items())
    why = "savoury food brings it" if savoury else "the food brings it" if salty else "the nearest whole pieces"
    return f"{why}, and sweat takes more" if amount_mg < need.sodium_lost_mg else why
