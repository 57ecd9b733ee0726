"""Solve, put on the clock, run through the body; where a bound breaks only on the clock, tighten and solve again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from pacecalc.errors import IntakeError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.intake.check import IntakeCheck, check_intake
from pacecalc.planning.intake.needs import RaceNeeds, build_problem
from pacecalc.planning.intake.optimise import solve_intake
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution, LegIntake, LegNeed, Product
from pacecalc.planning.intake.timeline import TimedIntake, drink_at_stop, schedule_race
from pacecalc.planning.records import Band
from pacecalc.record import record
from pacecalc.science.fluid import ROLLING_WINDOW_H

ROUNDS_MAX = 10
"""Each round takes at least one drink away, so it ends well before; a choice."""
DRINK_LESS = 0.85
"""Where no stop is to blame, the leg's fluid becomes this part of what it was; a choice."""
TOO_MUCH_FLUID = {"fluid-over-sweat", "fluid-rate", "weight-gain"}


@record(kw_only=True)
class PlannedIntake:
    """The optimum, on the clock, and what the body does with it."""

    needs: RaceNeeds
    problem: IntakeProblem
    solution: IntakeSolution
    schedule: tuple[TimedIntake, ...]
    check: IntakeCheck
    rounds: int


def plan_intake(
    needs: RaceNeeds,
    products: Mapping[str, Product],
    brought: Sequence[tuple[str, int | None]],
    athlete: Athlete,
) -> PlannedIntake:
    """What to eat and drink, when, with every bound checked over the exact times.

    Raises
    ------
    IntakeError
        When a stretch between taps cannot give the water it needs, or a safety bound stays broken on the clock.
    """
    ends_s = [span.end_s for span in needs.spans]
    for number in range(1, ROUNDS_MAX + 1):
        problem = build_problem(needs, products, brought)
        solution = solve_intake(problem)
        schedule = schedule_race(
            needs.legs,
            solution,
            products,
            needs.trace,
            needs.body,
            athlete.mass_kg,
            fluid_limit_l_per_h=athlete.fuelling.fluid_limit_l_per_h,
        )
        check = check_intake(schedule, products, needs.trace, needs.body, athlete, ends_s)
        tighter = relieve_stops(needs, solution, products, check) or drink_less(needs, check)
        if tighter is None or number == ROUNDS_MAX:
            break
        needs = tighter
    if check.violations:
        raise IntakeError(f"no safe intake was found: {check.violations[0].message}")
    return PlannedIntake(needs=needs, problem=problem, solution=solution, schedule=schedule, check=check, rounds=number)


def relieve_stops(
    needs: RaceNeeds, solution: IntakeSolution, products: Mapping[str, Product], check: IntakeCheck
) -> RaceNeeds | None:
    """Needs with less to drink at stops whose two hours hold more fluid than is lost; None when all is well."""
    if not check.wet_windows_s:
        return None
    windows = [(w, w + 3600.0 * ROLLING_WINDOW_H) for w in check.wet_windows_s]
    legs, ends_s = list(needs.legs), [span.end_s for span in needs.spans]
    for index, (leg, intake) in enumerate(zip(needs.legs, solution.legs, strict=True)):
        if any(first <= leg.start_s <= last for first, last in windows) and drink_at_stop(intake, products) > 0.0:
            legs[index] = _offer_less(leg, intake, products)
    if tuple(legs) == needs.legs:
        # no stop to blame: the water in food came on top of the sips
        for index, leg in enumerate(needs.legs):
            if any(first < ends_s[index] and leg.start_s < last for first, last in windows):
                legs[index] = replace(leg, fluid_ml=_scale(leg.fluid_ml, DRINK_LESS))
    return replace(needs, legs=tuple(legs))


def drink_less(needs: RaceNeeds, check: IntakeCheck) -> RaceNeeds | None:
    """Needs with less fluid in every leg where all of it together is too much; None when it is not."""
    broken = {violation.code for violation in check.violations}
    if broken & TOO_MUCH_FLUID:
        factor = DRINK_LESS
    elif "sodium-low" in broken and 0.0 < check.salted_for_ml < check.fluid_ml:
        # no more than the salt that could be had is good for
        factor = DRINK_LESS * check.salted_for_ml / check.fluid_ml
    else:
        return None
    return replace(needs, legs=tuple(replace(leg, fluid_ml=_scale(leg.fluid_ml, factor)) for leg in needs.legs))


def _scale(band: Band, factor: float) -> Band:
    return Band(**{field.name: factor * getattr(band, field.name) for field in fields(Band)})


def _offer_less(leg: LegNeed, intake: LegIntake, products: Mapping[str, Product]) -> LegNeed:
    """Without drinking on the spot, and without the wettest thing that was served."""
    served = [i for i in intake.eaten if products[i].served_only]
    wettest = max(served, key=lambda i: (products[i].water_ml, i), default=None)
    station = tuple((i, limit) for i, limit in leg.refill.station if i != wettest)
    return replace(leg, station_drink_max_ml=0.0, refill=replace(leg.refill, station=station))
