"""What must be true of every plan, each rule found again from the plan's own numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import jsonschema
import numpy as np

from pacecalc.clocks import seconds_since
from pacecalc.planning.compose import pace_inputs, write_plan
from pacecalc.planning.feed import FedRace, feed_race
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.intake.check import ROLLING_SLACK_ML
from pacecalc.planning.odds import weigh_odds
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.records import RacePlan
from pacecalc.render.plan_json import parse_plan, plan_json_schema, render_json
from pacecalc.render.terminal import render_terminal

CLOCK_S = 1.0
WINDOW_S = 7200.0
TABS_PER_H = 3.0
DAY_S = 86400.0
STEP_ML = 10.0
"""Between windows that begin at the steps of the clock and those that begin at the points of a saved curve."""
FEW_DAYS = 200
"""Simulated days: enough for odds that are odds, and quick."""


@dataclass(frozen=True)
class Made:
    """A plan and what it was made from."""

    inputs: RaceInputs
    paced: PacedRace
    fed: FedRace
    plan: RacePlan


def make(inputs: RaceInputs, days: int = FEW_DAYS) -> Made:
    paced = pace_inputs(inputs)
    fed = feed_race(paced, inputs.athlete, inputs.conditions, inputs.larder, water_only=inputs.assume_water_only)
    odds = weigh_odds(paced, inputs.athlete, inputs.conditions, runs=days, seed=inputs.seed)
    return Made(inputs, paced, fed, write_plan(inputs, paced, fed, odds))


def find_faults(made: Made) -> list[str]:
    """Every rule that a plan breaks, in words; empty for a plan that may be given to anyone."""
    by_making = (_clock, _cutoffs, _effort, _intake, _fluid, _caffeine)
    return [fault for rule in by_making for fault in rule(made)] + [*_odds(made.plan), *_text(made.plan)]


def _clock(made: Made) -> Iterator[str]:
    plan = made.plan
    moving = math.fsum(segment.moving_s for segment in plan.segments)
    standing = math.fsum(place.stop_s for place in plan.waypoints)
    if abs(moving + standing - plan.finish_s) > CLOCK_S:
        yield f"segments {moving:.1f} s and stops {standing:.1f} s do not make the finish {plan.finish_s:.1f} s"
    if abs(plan.finish_s - plan.goal_s) > CLOCK_S:
        yield f"finish {plan.finish_s:.1f} s for a goal of {plan.goal_s:.1f} s"
    for before, after in pairwise(plan.waypoints):
        if after.arrive_s < before.leave_s:
            yield f"{after.name} at {after.arrive_s:.1f} s, before {before.name} is left at {before.leave_s:.1f} s"
    for place in plan.waypoints:
        since = seconds_since(plan.day.start_clock, place.arrive_clock)
        if abs(since - place.arrive_s) > CLOCK_S or abs(place.leave_s - place.arrive_s - place.stop_s) > CLOCK_S:
            yield f"{place.name}: the clock says {since:.1f} s, the table {place.arrive_s:.1f} s"
    if min(segment.moving_s for segment in plan.segments) <= 0.0:
        yield "a segment takes no time"


def _cutoffs(made: Made) -> Iterator[str]:
    plan, said = made.plan, {warning.code for warning in made.plan.warnings}
    for place in plan.waypoints:
        if place.cutoff_s is None:
            if place.margin_s is not None:
                yield f"{place.name}: a margin without a cutoff"
            continue
        counts = place.leave_s if place.cutoff_applies == "leaving" else place.arrive_s
        if place.margin_s is None or abs(place.margin_s - (place.cutoff_s - counts)) > 1e-3:
            yield f"{place.name}: margin {place.margin_s}, but {place.cutoff_s - counts:.3f} s are left"
    if not plan.legal and "cutoff-missed" not in said and min(w.margin_s or 0.0 for w in plan.waypoints) < -CLOCK_S:
        yield "a cutoff is missed and nobody is told"
    if plan.legal and "cutoff-missed" in said:
        yield "a cutoff is said to be missed that is met"


def _effort(made: Made) -> Iterator[str]:
    level = made.paced.level
    rises = np.max(np.diff(level) / level[:-1], initial=0.0)
    if made.plan.legal and rises > 1e-6:
        yield f"the level rises by {100 * rises:.4f} % along a legal plan"
    if not (np.all(level > 0.0) and np.all(np.isfinite(level))):
        yield "a level is not a number"


def _intake(made: Made) -> Iterator[str]:
    plan, athlete = made.plan, made.inputs.athlete
    products = made.inputs.larder.products
    for leg in plan.legs:
        hours = (leg.end_s - leg.start_s) / 3600.0
        for name in ("carbohydrate_g", "fluid_ml", "sodium_mg"):
            band, amount = getattr(leg, name), getattr(leg.intake, name)
            if amount > band.maximum + 0.5:
                yield f"leg from {leg.start}: {name} {amount:.1f} over its bound {band.maximum:.1f}"
            if not band.low - 0.5 <= amount <= band.high + 0.5 and not leg.reasons:
                yield f"leg from {leg.start}: {name} {amount:.1f} outside {band.low:.1f}..{band.high:.1f}, no reason"
        tabs = sum(item.count for item in leg.intake.items if products[item.id].kind == "salt")
        if tabs > TABS_PER_H * hours + 1e-6:
            yield f"leg from {leg.start}: {tabs} salt tabs in {hours:.2f} h"
        if leg.carry_water_ml > athlete.fuelling.bottle_ml + 0.5:
            yield f"leg from {leg.start}: {leg.carry_water_ml:.0f} mL in bottles for {athlete.fuelling.bottle_ml:.0f}"
    for name in ("carbohydrate_g", "fluid_ml", "sodium_mg", "caffeine_mg"):
        by_leg = math.fsum(getattr(leg.intake, name) for leg in plan.legs)
        by_segment = math.fsum(getattr(segment.intake, name) for segment in plan.segments)
        total = getattr(plan.totals, name)
        if max(abs(by_leg - total), abs(by_segment - total)) > 0.5:
            yield f"{name}: {by_leg:.1f} by legs, {by_segment:.1f} by segments, {total:.1f} in all"
    if plan.totals.plasma_sodium_mmol_per_l < 135.0 - 1e-6:
        yield f"blood sodium ends at {plan.totals.plasma_sodium_mmol_per_l:.2f} mmol/L"
    if plan.totals.mass_change_fraction > 1e-6:
        yield f"the body gains {100 * plan.totals.mass_change_fraction:.3f} %"


def _fluid(made: Made) -> Iterator[str]:
    """Fluid against losses and limit over every two hours, and over all that has passed."""
    needs, fuel, fuelling = made.fed.needs, made.plan.fuel, made.inputs.athlete.fuelling
    limit_l_per_h = min(fuelling.fluid_limit_l_per_h, 1.2)
    edge_s = needs.trace.edge_s
    lost_ml = np.concatenate([[0.0], 1000.0 * np.cumsum(needs.body.loss_l_per_h * needs.trace.duration_h)])
    at_s = np.concatenate([[0.0], fuel.elapsed_s])
    drunk = np.concatenate([[0.0], fuel.drunk_ml])
    lost = np.interp(at_s, edge_s, lost_ml)
    if abs(drunk[-1] - made.plan.totals.fluid_ml) > 1.0:
        yield f"{drunk[-1]:.0f} mL along the way, {made.plan.totals.fluid_ml:.0f} mL in all"
    for first in range(len(at_s)):
        last = int(np.searchsorted(at_s, at_s[first] + WINDOW_S + 1.0, side="right")) - 1
        if last == first or (at_s[last] - at_s[first] < 0.9 * WINDOW_S and first > 0):
            continue
        amount, hours = drunk[last] - drunk[first], min(WINDOW_S, at_s[-1]) / 3600.0
        # The saved curve may have no point at the window's end: what is drunk until the last one inside is less.
        gone = np.interp(at_s[first] + WINDOW_S, edge_s, lost_ml) - lost[first]
        if amount > gone + ROLLING_SLACK_ML + STEP_ML:
            yield f"{amount:.0f} mL from {at_s[first]:.0f} s, {gone:.0f} mL lost in {hours:.2f} h"
            break
        if amount > (1000.0 * limit_l_per_h + ROLLING_SLACK_ML) * hours + 1.0:
            yield f"{amount:.0f} mL in {hours:.2f} h, over {limit_l_per_h} L/h"
            break


def _caffeine(made: Made) -> Iterator[str]:
    plan, athlete = made.plan, made.inputs.athlete
    products = made.inputs.larder.products
    doses = [(row.at_s, sum(i.count * products[i.id].caffeine_mg for i in row.items)) for row in plan.schedule]
    doses = [dose for dose in doses if dose[1] > 0.0]
    limit_mg = min(athlete.fuelling.caffeine_limit_mg_per_day, 6.0 * athlete.mass_kg)
    for at_s, amount in doses:
        if amount > 3.0 * athlete.mass_kg + 1e-6:
            yield f"{amount:.0f} mg of caffeine at once for {athlete.mass_kg:g} kg"
        day = sum(other for when, other in doses if at_s <= when < at_s + DAY_S)
        if day > limit_mg + 1e-6:
            yield f"{day:.0f} mg of caffeine in 24 h, over {limit_mg:.0f}"


def _odds(plan: RacePlan) -> Iterator[str]:
    for place in plan.waypoints:
        bands = (place.arrive_p10_s, place.arrive_p50_s, place.arrive_p90_s)
        if list(bands) != sorted(bands):
            yield f"{place.name}: arrival bands {bands} out of order"
        for odds in (place.miss_probability, place.out_probability):
            if odds is not None and not 0.0 <= odds <= 1.0:
                yield f"{place.name}: odds of {odds}"


@cache
def _validator() -> Any:
    schema = plan_json_schema()
    return jsonschema.Draft202012Validator(schema)


def _text(plan: RacePlan) -> Iterator[str]:
    text = render_json(plan)
    data = json.loads(text)
    yield from _find_odd_numbers(data)
    for error in list(_validator().iter_errors(data))[:3]:
        yield f"not in the schema: {error.json_path}: {error.message[:100]}"
    again = parse_plan(text)
    if render_json(again) != text:
        yield "read back and written again, the JSON differs"
    for units in ("metric", "imperial"):
        printed = render_terminal(plan, units=units, explain=True, plan_b=True)
        if render_terminal(again, units=units, explain=True, plan_b=True) != printed:
            yield f"read back, the {units} printout differs"
        if "nan" in printed.lower().split() or "inf" in printed.lower().split():
            yield f"the {units} printout holds a number that is none"
        if max(len(line) for line in printed.splitlines()) > 100:
            yield f"the {units} printout is wider than 100 columns"
    if not render_terminal(plan, plain=True).replace(plan.course.name, "").isascii():
        yield "the plain printout is not ASCII"


def _find_odd_numbers(data: Any, path: str = "plan") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _find_odd_numbers(value, f"{path}.{key}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _find_odd_numbers(value, f"{path}[{index}]")
    elif isinstance(data, float) and not math.isfinite(data):
        yield f"{path} is {data}"
