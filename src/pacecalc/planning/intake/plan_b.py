"""What changes in a leg when something goes wrong: a sick stomach, heat, an empty station, an hour more.

Worked out from the same body and the same products as the plan, leg by leg, without a second optimum: the plan stays,
and each answer is what comes on top of it or is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.intake.body import trace_body
from pacecalc.planning.intake.needs import RaceNeeds
from pacecalc.planning.intake.pieces import tap_before
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution, LegIntake, LegNeed, Product
from pacecalc.planning.intake.targets import LegTargets, choose_targets
from pacecalc.planning.records import ItemCount, PlanB, Sport
from pacecalc.record import record
from pacecalc.science.sodium import TABLET_LIMIT_PER_H

HOTTER_C, SLOWER_H = 5.0, 1.0
SICK_H, SICK_SHARE = 0.5, 0.5
"""Half the carbohydrate for half an hour when the stomach turns (nutrition.md 2.4)."""
WORTH_SAYING_ML, WORTH_SAYING_G, WORTH_SAYING_MG = 100.0, 8.0, 100.0
"""Smaller changes are inside what nobody can measure; a choice."""
DRY_TAP_ML = 500.0
"""A dry tap is told from this much water on; a choice."""
RESERVE_FROM_G = 15.0
"""A reserve piece brings at least so much carbohydrate; a choice."""
LEAST_SAID_ML = 50.0
"""Less would be printed as nothing."""
VOLUME = re.compile("\x00([0-9.]+)\x00")
"""A volume in a message that is still being put together."""
FORTHWITH = ("soda", "soup", "gel", "drink_mix")
"""What a sick stomach may still take, best first."""


def list_plans_b(
    needs: RaceNeeds, problem: IntakeProblem, solution: IntakeSolution, athlete: Athlete, sport: Sport
) -> tuple[tuple[PlanB, ...], ...]:
    """For every leg, what to do when the day turns out otherwise."""
    there = replace(needs.trace, temperature_c=needs.trace.temperature_c + HOTTER_C)
    edges_s = np.array([needs.spans[0].start_s, *(span.end_s for span in needs.spans)])
    hot = choose_targets(there, trace_body(there, athlete, sport), edges_s, athlete, sport)
    rescue = _Rescue(problem, solution, needs.targets, hot)
    return tuple(tuple(rescue.plan(leg)) for leg in range(len(problem.legs)))


@record()
class _Extra:
    """Pieces on top of the plan, and what was missing."""

    items: tuple[ItemCount, ...]
    fluid_ml: float

    def say(self) -> str:
        said = [f"{item.count} {item.name}" for item in self.items]
        if self.fluid_ml >= WORTH_SAYING_ML:
            said.append(_say_volume(self.fluid_ml))
        return _join(said)


class _Rescue:
    def __init__(self, problem: IntakeProblem, solution: IntakeSolution, cool: LegTargets, hot: LegTargets) -> None:
        self.problem, self.solution, self.cool, self.hot = problem, solution, cool, hot
        self.products = {product.id: product for product in problem.products}
        self.taps = tap_before(problem)
        own = [self.products[i] for i, limit in problem.brought if limit != 0 and i in self.products]
        self.tablet = next((p for p in own if p.kind == "salt"), None)
        self.reserve = _choose_reserve(own)

    def plan(self, leg: int) -> Iterator[PlanB]:
        need, intake = self.problem.legs[leg], self.solution.legs[leg]
        if need.carbohydrate_g.target > 0.0:
            yield self._settle_stomach(need, intake)
        if need.fluid_ml.target > 0.0:
            yield self._meet_heat(leg, need, intake)
        empty = self._do_without_station(leg, need, intake)
        if empty is not None:
            yield empty
        if need.carbohydrate_g.target + need.fluid_ml.target > 0.0:
            yield self._take_an_hour_more(leg, need, intake)

    def _settle_stomach(self, need: LegNeed, intake: LegIntake) -> PlanB:
        """Half of the half hour's carbohydrate, liquid; the solids of the leg wait."""
        share = min(SICK_H / need.duration_h, 1.0)
        grams = SICK_SHARE * share * need.carbohydrate_g.target
        gentle = self._find_gentle(need, intake)
        carried = [self.products[i] for i in intake.carried]
        solids = [p.name for p in carried if p.texture in ("solid", "chew") and p.carbohydrate_g > 0.0]
        said = f"{60.0 * SICK_H:.0f} min with only {grams:.0f} g of carbohydrate"
        items: tuple[ItemCount, ...] = ()
        if gentle is not None:
            part = min(grams / gentle.carbohydrate_g, 1.0) if gentle.carbohydrate_g > 0.0 else 1.0
            said += f": {_say_part(part)} {gentle.name} in small sips"
            extra = max(0, 1 - intake.eaten.get(gentle.id, 0)) if gentle.served_only else 0
            items = self._count({gentle.id: extra})
        else:
            said += ", nothing but water in small sips"
        if solids:
            said += f"; {_join(solids[:2])} can wait"
        return PlanB(code="nauseous", message=f"{said}.", items=items)

    def _find_gentle(self, need: LegNeed, intake: LegIntake) -> Product | None:
        """The best liquid at hand: served at this stop, or in the pockets."""
        at_hand = [i for i, limit in need.refill.station if limit != 0] + list(intake.carried)
        liquids = [self.products[i] for i in at_hand if i in self.products and self.products[i].kind in FORTHWITH]
        return min(liquids, key=lambda p: (FORTHWITH.index(p.kind), p.caffeine_mg > 50.0), default=None)

    def _meet_heat(self, leg: int, need: LegNeed, intake: LegIntake) -> PlanB:
        water_ml = float(self.hot.fluid_ml[leg] - self.cool.fluid_ml[leg])
        salt_mg = float(self.hot.sodium_mg[leg] - self.cool.sodium_mg[leg])
        extra = self._cover(need, intake, 0.0, salt_mg, max(water_ml, 0.0))
        sweat_l = float(self.hot.sweat_l[leg] - self.cool.sweat_l[leg])
        lost = (
            f"{_say_volume(1000.0 * sweat_l)} more sweat" if 1000.0 * sweat_l >= LEAST_SAID_ML else "hardly more sweat"
        )
        said = f"{lost}: " + (f"{extra.say()} more" if extra.say() else "as planned")
        said += self._water_trouble(leg, water_ml)
        if need.hot and water_ml < WORTH_SAYING_ML:
            said += ", for no more can be drunk or sweated: slow down and cool with water outside"
        return _answer("hotter", said, extra)

    def _do_without_station(self, leg: int, need: LegNeed, intake: LegIntake) -> PlanB | None:
        """What the plan takes from this station, from the reserve; and the water, should the taps be dry."""
        lost = {i: sum(n for source, n in parts if source == "station") for i, parts in intake.picked_up.items()}
        grams = sum(self.products[i].carbohydrate_g * n for i, n in lost.items())
        salt_mg = sum(self.products[i].sodium_mg * n for i, n in lost.items())
        inside_ml = sum(self.products[i].water_ml * n for i, n in lost.items())
        if need.refill.own_supply == "start" or not (need.refill.station or need.refill.water):
            return None
        extra = self._cover(need, intake, grams, salt_mg, inside_ml)
        said = [f"{extra.say()} instead"] if extra.say() else []
        tap = self.taps[leg - 1] if leg > 0 else None
        if need.refill.water and tap is not None and need.refill.own_supply != "crew":
            water_ml, limit_ml = self._water_from(tap, leg), self.problem.limits.bottle_ml
            more = f" where bottles hold {_say_volume(limit_ml)}" if water_ml > limit_ml + 1.0 else ""
            if water_ml >= DRY_TAP_ML:
                said.append(f"were it dry too, {_say_volume(water_ml)} would have to come from {self._name(tap)}{more}")
        if not said:
            return None
        return _answer("station-empty", "; ".join(said), extra)

    def _water_from(self, tap: int, leg: int) -> float:
        """Water of the legs from a tap until this leg's end, its station drinks included [mL]."""
        legs = self.solution.legs[tap : leg + 1]
        drunk = sum(each.water_ml for each in legs) + legs[-1].station_water_ml
        return drunk + sum(
            each.water_ml + each.station_water_ml
            for number, each in enumerate(self.solution.legs)
            if number > leg and self.taps[number] == leg
        )

    def _take_an_hour_more(self, leg: int, need: LegNeed, intake: LegIntake) -> PlanB:
        share = SLOWER_H / need.duration_h
        extra = self._cover(
            need,
            intake,
            share * need.carbohydrate_g.target,
            share * need.sodium_mg.target,
            share * need.fluid_ml.target,
            hours=need.duration_h + SLOWER_H,
        )
        said = f"{extra.say()} in reserve" if extra.say() else "nothing more is needed"
        said += self._water_trouble(leg, extra.fluid_ml)
        return _answer("slower", said, extra)

    def _cover(
        self,
        need: LegNeed,
        intake: LegIntake,
        carb_g: float,
        salt_mg: float,
        fluid_ml: float,
        hours: float | None = None,
    ) -> _Extra:
        """Reserve pieces for an amount that is missing, tablets for the salt they leave, under the hourly cap."""
        counts: dict[str, int] = {}
        if carb_g >= WORTH_SAYING_G and self.reserve is not None:
            counts[self.reserve.id] = max(1, round(carb_g / self.reserve.carbohydrate_g))
            salt_mg -= counts[self.reserve.id] * self.reserve.sodium_mg
        if salt_mg >= WORTH_SAYING_MG and self.tablet is not None:
            taken = sum(n for i, n in intake.eaten.items() if self.products[i].kind == "salt")
            most = math.floor(TABLET_LIMIT_PER_H * (hours or need.duration_h)) - taken
            counts[self.tablet.id] = max(0, min(round(salt_mg / self.tablet.sodium_mg), most))
        return _Extra(self._count(counts), max(fluid_ml, 0.0))

    def _water_trouble(self, leg: int, more_ml: float) -> str:
        """Where more water than the bottles take would be needed."""
        tap, limit = self.taps[leg], self.problem.limits.bottle_ml
        if tap is None or more_ml < WORTH_SAYING_ML:
            return ""
        wanted = self.solution.legs[tap].carried_water_ml + more_ml
        if wanted <= limit + 1.0:
            return ""
        from_there = f"{_say_volume(wanted)} from {self._name(tap)}"
        return f"; {from_there}, bottles hold {_say_volume(limit)}: drink there first"

    def _name(self, leg: int) -> str:
        return self.problem.legs[leg].refill.name

    def _count(self, counts: Mapping[str, int]) -> tuple[ItemCount, ...]:
        return tuple(ItemCount(id=i, name=self.products[i].name, count=n) for i, n in counts.items() if n > 0)


def _say_volume(volume_ml: float) -> str:
    return f"\x00{volume_ml:.1f}\x00"


def _answer(code: Literal["hotter", "station-empty", "slower"], said: str, extra: _Extra) -> PlanB:
    """The message in litres, and beside it the volumes it names."""
    volumes_ml = tuple(float(text) for text in VOLUME.findall(said))
    message = VOLUME.sub(lambda found: f"{float(found[1]) / 1000.0:.1f} L", said)
    fluid_ml = round(extra.fluid_ml)
    return PlanB(code=code, message=f"{message}.", items=extra.items, fluid_ml=fluid_ml, volumes_ml=volumes_ml)


def _choose_reserve(own: Sequence[Product]) -> Product | None:
    """What keeps in a pocket all day: a gel without caffeine, else a chew, else what spoils least."""
    fit = [p for p in own if p.carbohydrate_g >= RESERVE_FROM_G and p.shelf_hot_h is None and p.caffeine_mg == 0.0]
    order = ("gel", "chew", "bar")
    dry = [p for p in fit if p.mix_ml == 0.0 and not p.served_only]
    return min(dry, key=lambda p: order.index(p.kind) if p.kind in order else len(order), default=None)


def _say_part(part: float) -> str:
    for limit, word in ((0.4, "a third of a"), (0.6, "half a"), (0.85, "two thirds of a")):
        if part < limit:
            return word
    return "a"


def _join(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])
