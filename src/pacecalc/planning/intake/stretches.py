"""Stretches without a tap: what they need, what the bottles hold, and a refusal where that is not survivable."""

from __future__ import annotations

import math

from pacecalc.errors import IntakeError
from pacecalc.planning.intake.pieces import tap_before
from pacecalc.planning.intake.records import IntakeProblem
from pacecalc.record import record

REFUSED_BELOW = 0.5
"""A stretch on which less than this part of the lowest fluid in the band can be had is refused, not planned
(a choice). Between this and the band the shortfall is priced and shown."""


@record(kw_only=True)
class DryStretch:
    """From one tap to the next."""

    start: str
    end: str
    duration_h: float
    needed_ml: float
    """Low edge of the fluid band over the stretch."""
    held_ml: float
    """Bottles, or what the weight limit leaves of them."""
    drunk_ml: float
    """On the spot at the tap."""

    def __str__(self) -> str:
        place = f"{self.duration_h:.1f} h from {self.start} to {self.end}"
        return f"{place} needs {self.needed_ml / 1000:.1f} L, bottles hold {self.held_ml / 1000:.1f} L"


def list_dry_stretches(problem: IntakeProblem) -> tuple[DryStretch, ...]:
    taps = tap_before(problem)
    stretches: list[DryStretch] = []
    for tap in dict.fromkeys(taps):
        legs = [leg for leg, other in zip(problem.legs, taps, strict=True) if other == tap]
        held = 0.0 if tap is None else min(problem.limits.bottle_ml, problem.limits.carry_g)
        stretches.append(
            DryStretch(
                start=legs[0].refill.name,
                end=legs[-1].end,
                duration_h=sum(leg.duration_h for leg in legs),
                needed_ml=sum(min(leg.fluid_ml.low, leg.fluid_ml.maximum) for leg in legs),
                held_ml=held,
                drunk_ml=sum(leg.station_drink_max_ml for leg in legs if leg.refill.water),
            )
        )
    return tuple(stretches)


def refuse_impossible(problem: IntakeProblem) -> None:
    """Raise where a bound makes no sense, or a stretch cannot give half of the least fluid it needs."""
    limits = problem.limits
    amounts = {
        "bottles [mL]": limits.bottle_ml,
        "weight carried [g]": limits.carry_g,
        "caffeine in the race [mg]": limits.caffeine_race_mg,
        "caffeine in 24 h [mg]": limits.caffeine_day_mg,
        "salt tabs an hour": limits.salt_tabs_per_h,
    }
    for name, amount in amounts.items():
        if math.isnan(amount) or amount < 0:
            raise IntakeError(f"limit on {name} is {amount:g}: give zero or more")
    for leg in problem.legs:
        bands = (leg.carbohydrate_g, leg.fluid_ml, leg.sodium_mg)
        numbers = [edge for band in bands for edge in (band.target, band.low, band.high, band.maximum)]
        numbers += [leg.glucose_max_g, leg.fructose_max_g, leg.caffeine_target_mg, leg.caffeine_max_mg]
        if not leg.duration_h > 0 or any(math.isnan(number) or number < 0 for number in numbers):
            raise IntakeError(
                f"needs from {leg.refill.name} to {leg.end} are not usable: targets and limits must be zero or more, "
                f"and the time ({leg.duration_h:g} h) more than zero"
            )
    for stretch in list_dry_stretches(problem):
        if stretch.held_ml + stretch.drunk_ml < REFUSED_BELOW * stretch.needed_ml:
            raise IntakeError(f"{stretch}; carry more (fuel: bottles in the athlete file) or name water on the way")
