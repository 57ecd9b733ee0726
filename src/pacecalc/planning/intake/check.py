"""The plan eaten minute by minute: gut, stores, water, salt and caffeine, and every bound looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.intake.body import BodyTrace, estimate_body_water_l, estimate_stores_g
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.records import Product
from pacecalc.planning.intake.timeline import TimedIntake
from pacecalc.planning.records import Caution, FuelTrace
from pacecalc.record import record
from pacecalc.science import caffeine, fluid, gut, sodium
from pacecalc.science.glycogen import GlycogenTrace, empty_stores
from pacecalc.science.substrate import SHARE_UNCERTAINTY

EMPTYING_S = 60 * 60.0
"""A cup at a stop and the water in food leave the stomach over this time; a choice."""
MIX_S = 60 * 60.0
"""A bottle of drink mix is drunk over this time, or until the leg ends; a choice."""
ROLLING_SLACK_ML = 75.0
"""Of a rolling two hours, a tenth of what the sweat rate is uncertain by, for the steps of the clock; a choice."""
DEADLY_LOSS = 0.15
"""Of body mass, in water: nobody comes to the finish. Fast finishers of hot races have lost 8-10 %; a choice."""
FULL_FOR_S, OVERFULL_GUT_G = 30 * 60.0, 80.0
"""A gut full for so long, or so full at all, is worth a word; a choice."""


@record(kw_only=True)
class IntakeCheck:
    """What the body does with the plan."""

    fuel: FuelTrace
    """Sums since the start at the end of each step; gut, stores and caffeine as they stand then."""
    glycogen: GlycogenTrace
    plasma_sodium_mmol_per_l: float
    """At the finish."""
    mass_change_fraction: float
    """Water only: fluid less sweat and breath."""
    fluid_ml: float
    salted_for_ml: float
    """Most fluid that leaves blood sodium at its lowest safe value with the salt that is eaten."""
    sodium_mg: float
    caffeine_mg: float
    violations: tuple[Caution, ...]
    """Hard bounds broken; empty in a plan that may be given to anyone."""
    cautions: tuple[Caution, ...]
    """What the athlete should know: a full gut, empty stores."""
    wet_windows_s: tuple[float, ...]
    """Starts of the two hours that hold more fluid than is lost."""


def check_intake(
    schedule: Sequence[TimedIntake],
    products: Mapping[str, Product],
    trace: EffortTrace,
    body: BodyTrace,
    athlete: Athlete,
    leg_ends_s: Sequence[float],
) -> IntakeCheck:
    """Run the plan through the body.

    Parameters
    ----------
    schedule : sequence of TimedIntake
        From ``schedule_race``.
    products : mapping
        Product id -> product.
    trace, body : EffortTrace, BodyTrace
        Effort and losses along the race.
    athlete : Athlete
        Mass, sex, limits.
    leg_ends_s : sequence of float
        End of each leg [s].
    """
    doses = _Doses(trace, leg_ends_s)
    for row in schedule:
        doses.add(row, products)
    trained = athlete.fuelling.gut_factor
    step_h = float(trace.duration_h[0])
    taken_up = gut.absorb_doses(doses.liquid[0], doses.solid[0], step_h, gut.GLUCOSE_LIMIT_G_PER_H * trained)
    taken_up = taken_up + gut.absorb_doses(
        doses.liquid[1], doses.solid[1], step_h, gut.FRUCTOSE_LIMIT_G_PER_H * trained
    )
    burned = body.carbohydrate_g_per_h * trace.duration_h
    stores = empty_stores(burned, taken_up, step_h, *estimate_stores_g(athlete))
    ends_h = trace.edge_s[1:] / 3600.0
    load = caffeine.estimate_caffeine_load(ends_h, doses.caffeine_h, doses.caffeine_mg)
    fuel = FuelTrace(
        elapsed_s=trace.edge_s[1:],
        burned_g=np.cumsum(burned),
        stored_g=stores.muscle_g + stores.liver_g,
        absorbed_g=np.cumsum(taken_up),
        gut_g=np.maximum(np.cumsum((doses.liquid + doses.solid).sum(axis=0)) - np.cumsum(taken_up), 0.0),
        sweat_ml=1000.0 * np.cumsum(body.sweat_l_per_h * trace.duration_h),
        drunk_ml=np.cumsum(doses.fluid_ml),
        sodium_lost_mg=np.cumsum(body.sodium_mg_per_h * trace.duration_h),
        sodium_eaten_mg=np.cumsum(doses.sodium_mg),
        caffeine_mg=load,
    )
    lost_ml = 1000.0 * np.cumsum(body.loss_l_per_h * trace.duration_h)
    over_ml = _exceed_losses(fuel, lost_ml, trace)
    salt_mmol = _change_salt(fuel)
    water_l = estimate_body_water_l(athlete)
    plasma = sodium.predict_plasma_sodium(water_l, (fuel.drunk_ml - lost_ml) / 1000.0, salt_mmol)
    mass_change = float((fuel.drunk_ml[-1] - lost_ml[-1]) / (1000.0 * athlete.mass_kg))
    return IntakeCheck(
        fuel=fuel,
        glycogen=stores,
        plasma_sodium_mmol_per_l=float(plasma[-1]),
        mass_change_fraction=mass_change,
        fluid_ml=float(fuel.drunk_ml[-1]),
        salted_for_ml=float(lost_ml[-1] + 1000.0 * sodium.limit_water_change(water_l, salt_mmol[-1])),
        sodium_mg=float(fuel.sodium_eaten_mg[-1]),
        caffeine_mg=float(sum(doses.caffeine_mg)),
        violations=(
            *_check_fluid(over_ml, fuel, lost_ml, trace, athlete),
            *_check_loss(mass_change),
            *_check_plasma(plasma),
            *_check_caffeine(doses, load, athlete),
        ),
        cautions=(*_look_at_gut(fuel), *_look_at_stores(stores, trace, float(burned.sum()))),
        wet_windows_s=tuple(trace.edge_s[: len(over_ml)][over_ml > ROLLING_SLACK_ML].tolist()),
    )


class _Doses:
    """What is swallowed in each step."""

    def __init__(self, trace: EffortTrace, leg_ends_s: Sequence[float]) -> None:
        self.edges_s, self.leg_ends_s = trace.edge_s, leg_ends_s
        count = len(trace.start_s)
        self.liquid, self.solid = np.zeros((2, count)), np.zeros((2, count))
        self.fluid_ml, self.sodium_mg = np.zeros(count), np.zeros(count)
        self.caffeine_h: list[float] = []
        self.caffeine_mg: list[float] = []

    def add(self, row: TimedIntake, products: Mapping[str, Product]) -> None:
        end_s = self.leg_ends_s[row.leg]
        sip_end_s = min(row.at_s + EMPTYING_S, end_s) if row.at_stop else row.until_s
        self.fluid_ml += row.water_ml * self.spread(row.from_s, sip_end_s)
        for product_id, count in row.items:
            self._eat(products[product_id], count, row.at_s, end_s)

    def _eat(self, product: Product, count: int, at_s: float, end_s: float) -> None:
        mixed = product.kind in ("drink_mix", "electrolyte") and product.mix_ml > 0.0
        share = self.spread(at_s, min(at_s + MIX_S, end_s)) if mixed else self.spread(at_s, at_s)
        pool = self.solid if product.texture in ("solid", "chew") else self.liquid
        pool[0] += count * product.glucose_g * share
        pool[1] += count * product.fructose_g * share
        self.sodium_mg += count * product.sodium_mg * share
        self.fluid_ml += count * product.water_ml * self.spread(at_s, min(at_s + EMPTYING_S, end_s))
        if product.caffeine_mg > 0.0:
            self.caffeine_h.append(at_s / 3600.0)
            self.caffeine_mg.append(count * product.caffeine_mg)

    def spread(self, from_s: float, to_s: float) -> FloatArray:
        """Share of an amount that falls into each step, taken evenly between two times."""
        if to_s - from_s < 1.0:
            step = min(int(np.searchsorted(self.edges_s, from_s, side="right")) - 1, len(self.edges_s) - 2)
            share = np.zeros(len(self.edges_s) - 1)
            share[step] = 1.0
            return share
        return np.diff(np.clip((self.edges_s - from_s) / (to_s - from_s), 0.0, 1.0))


def _change_salt(fuel: FuelTrace) -> FloatArray:
    """Sodium and potassium eaten less those lost [mmol]."""
    salt = (fuel.sodium_eaten_mg - fuel.sodium_lost_mg) / sodium.SODIUM_MG_PER_MMOL
    return np.asarray(salt - sodium.SWEAT_POTASSIUM_MMOL_PER_L * fuel.sweat_ml / 1000.0)


def _window_steps(trace: EffortTrace) -> int:
    return min(max(1, round(fluid.ROLLING_WINDOW_H / float(trace.duration_h[0]))), len(trace.start_s))


def _roll(summed: FloatArray, steps: int) -> FloatArray:
    """Amount in every window of so many steps."""
    summed = np.concatenate([[0.0], summed])
    return np.asarray(summed[steps:] - summed[:-steps])


def _exceed_losses(fuel: FuelTrace, lost_ml: FloatArray, trace: EffortTrace) -> FloatArray:
    """Fluid over losses in the two hours from each step on [mL]; of a shorter race, in all of it."""
    steps = _window_steps(trace)
    return _roll(fuel.drunk_ml, steps) - _roll(lost_ml, steps)


def _check_fluid(
    over_ml: FloatArray, fuel: FuelTrace, lost_ml: FloatArray, trace: EffortTrace, athlete: Athlete
) -> list[Caution]:
    found = []
    if over_ml.max() > ROLLING_SLACK_ML:
        at_h = float(trace.edge_s[int(np.argmax(over_ml))]) / 3600.0
        more = f"{over_ml.max():.0f} mL more is drunk than lost"
        found.append(Caution("fluid-over-sweat", f"{more} in the two hours from {at_h:.1f} h"))
    limit = min(athlete.fuelling.fluid_limit_l_per_h, fluid.PRACTISED_LIMIT_L_PER_H)
    steps = _window_steps(trace)
    rate = float(_roll(fuel.drunk_ml, steps).max()) / 1000.0 / (steps * float(trace.duration_h[0]))
    if rate > limit + 0.001 * ROLLING_SLACK_ML:
        found.append(Caution("fluid-rate", f"{rate:.2f} L/h is planned where {limit:.1f} L/h is the most"))
    gain_ml = float((fuel.drunk_ml - lost_ml).max())
    if gain_ml > ROLLING_SLACK_ML or fuel.drunk_ml[-1] > lost_ml[-1] + 1.0:
        found.append(Caution("weight-gain", f"the body would be {gain_ml:.0f} mL heavier than at the start"))
    return found


def _check_loss(mass_change_fraction: float) -> list[Caution]:
    if mass_change_fraction >= -DEADLY_LOSS:
        return []
    return [
        Caution(
            "water-lost",
            f"drinking all that is safe, the body would still lose {-100.0 * mass_change_fraction:.0f} % of its mass in"
            " water; go slower, or in cooler weather",
        )
    ]


def _check_plasma(plasma: FloatArray) -> list[Caution]:
    lowest = float(plasma[-1])
    if lowest >= sodium.LOWEST_SODIUM_MMOL_PER_L - 1e-6:
        return []
    return [Caution("sodium-low", f"blood sodium would end at {lowest:.1f} mmol/L, under 135: drink less or salt more")]


def _check_caffeine(doses: _Doses, load: FloatArray, athlete: Athlete) -> list[Caution]:
    if not doses.caffeine_mg:
        return []
    found, mass = [], athlete.mass_kg
    at_h, amount = np.array(doses.caffeine_h), np.array(doses.caffeine_mg)
    single = max(float(amount[at_h == moment].sum()) for moment in at_h)
    if single > caffeine.SINGLE_DOSE_MG_PER_KG * mass + 1e-6:
        found.append(Caution("caffeine-dose", f"{single:.0f} mg of caffeine at once, over 3 mg/kg"))
    if load.max() > caffeine.BODY_LOAD_MG_PER_KG * mass:
        found.append(Caution("caffeine-load", f"{load.max():.0f} mg of caffeine in the body, over 6 mg/kg"))
    day = max(float(amount[(at_h >= moment) & (at_h < moment + 24.0)].sum()) for moment in at_h)
    limit = min(athlete.fuelling.caffeine_limit_mg_per_day, caffeine.BODY_LOAD_MG_PER_KG * mass)
    if day > limit + 1e-6:
        found.append(Caution("caffeine-day", f"{day:.0f} mg of caffeine in 24 h, over {limit:.0f} mg"))
    return found


def _look_at_gut(fuel: FuelTrace) -> list[Caution]:
    """A gut that stays full: a peak after one large piece passes by itself."""
    full = fuel.gut_g > gut.FULL_GUT_G
    step_s = float(fuel.elapsed_s[0])
    longest, run = 0, 0
    for step in full:
        run = run + 1 if step else 0
        longest = max(longest, run)
    fullest = int(np.argmax(fuel.gut_g))
    if longest * step_s < FULL_FOR_S and fuel.gut_g[fullest] <= OVERFULL_GUT_G:
        return []
    at_h = float(fuel.elapsed_s[fullest]) / 3600.0
    return [Caution("gut-full", f"{fuel.gut_g[fullest]:.0f} g of carbohydrate wait in the gut at {at_h:.1f} h")]


def _look_at_stores(stores: GlycogenTrace, trace: EffortTrace, burned_g: float) -> list[Caution]:
    """Empty stores, when the shortfall is more than the burning is uncertain by."""
    short = np.nonzero(stores.shortfall_g > 1e-6)[0]
    missing = float(stores.shortfall_g.sum())
    if missing <= SHARE_UNCERTAINTY * burned_g:
        return []
    at_h = float(trace.start_s[short[0]]) / 3600.0
    return [
        Caution(
            "stores-empty",
            f"stored carbohydrate runs low at {at_h:.1f} h, {missing:.0f} g short by the finish: the pace will fall",
        )
    ]
