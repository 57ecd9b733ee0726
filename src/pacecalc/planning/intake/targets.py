"""How much each leg should bring: carbohydrate, fluid, sodium and caffeine, and the bounds that never give way.

Band widths and shares are choices; the bounds are safety: never more fluid than is lost, never more than 1.0 L/h
(1.2 with practice), sodium that holds the blood at 135 mmol/L or more, caffeine under its caps.
"""

from __future__ import annotations

import math

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.athlete import Athlete, Fuelling
from pacecalc.planning.intake.body import BodyTrace, estimate_body_water_l
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.night import find_night
from pacecalc.planning.intake.records import IntakeLimits
from pacecalc.planning.records import Sport
from pacecalc.record import record
from pacecalc.science import caffeine, carbohydrate, fluid, gut, sodium

CARBOHYDRATE_BAND = 0.08
FLUID_BAND_LOW, FLUID_BAND_HIGH = 0.05, 0.10
SODIUM_BAND = 0.15
"""Part of the target that counts as met; a choice."""
LEAST_LONG_RACE_G_PER_H = 30.0
LONG_RACE_FROM_H = (4.0, 8.0)
"""Carbohydrate of a long race however little is burned, growing in between these durations: the lower edge of the ISSN
advice for ultras (Tiller 2019), half of what 100-mile finishers ate (0.98 g/kg/h, Stuempfle 2011); a choice."""
FLUID_HEADROOM = 0.92
"""Fluid is planned at most at this part of its hard bound, so that the band has room; a choice."""
SODIUM_FROM_H, SODIUM_FULL_FROM_H = 1.0, 3.0
"""The policy share of sodium grows between these durations; shorter races need none; a choice."""
NIGHT_CAFFEINE_MG_PER_KG = {"none": 1.0, "some": 1.2, "daily": 1.5}
NIGHT_CAFFEINE_EVERY_H = 3.5
"""Dose at night, by habit; a choice."""
FIRST_DOSE_OF_NIGHT = 0.3
"""Part of the time between doses that passes before the first; a choice."""
NIGHT_SHARE_OF_LIMIT = 0.8
"""Night targets leave the rest of the day's caffeine for cola and the unplanned; a choice."""
VARIETY_BETWEEN_H, VARIETY_SHARES = (4.0, 8.0), (0.7, 0.35)
"""Most of a race's carbohydrate that one product should bring, by duration: sweet fatigue comes after four hours or so;
a choice."""
SAVOURY_FROM_H, SAVOURY_EVERY_H = 8.0, 2.0
"""One savoury piece every two hours after eight, against sweet fatigue; a choice."""


@record(kw_only=True)
class LegTargets:
    """One value a leg, and what holds for the whole race."""

    hours: FloatArray
    sweat_l: FloatArray
    """Good to +-0.4 L/h."""
    loss_l: FloatArray
    """Sweat and breath."""
    sodium_loss_mg: FloatArray
    carbohydrate_used_g: FloatArray
    """Burned."""
    carbohydrate_g: FloatArray
    fluid_ml: FloatArray
    fluid_max_ml: FloatArray
    sodium_mg: FloatArray
    sodium_max_mg: FloatArray
    caffeine_mg: FloatArray
    """At night; 0 by day."""
    caffeine_due_s: tuple[tuple[float, ...], ...]
    caffeine_max_mg: float
    """At once."""
    protein_g: FloatArray
    savoury: tuple[int, ...]
    eats: bool
    sodium_need_mg: float
    """Of the whole race, by the plasma balance alone."""
    least_fluid_ml: float
    """Of the whole race, to keep the loss of body mass inside its limit."""
    reasons: tuple[str, ...]
    """Where a safety bound kept a target from its wish."""


def choose_targets(
    trace: EffortTrace, body: BodyTrace, edges_s: FloatArray, athlete: Athlete, sport: Sport
) -> LegTargets:
    """Targets of all legs; ``edges_s`` are the start and the ends of the legs."""
    return _Chooser(trace, body, edges_s, athlete, sport).choose()


def limit_intake(athlete: Athlete, finish_h: float) -> IntakeLimits:
    """Hard limits of the whole race."""
    fuelling = athlete.fuelling
    day_mg = min(fuelling.caffeine_limit_mg_per_day, caffeine.BODY_LOAD_MG_PER_KG * athlete.mass_kg)
    return IntakeLimits(
        bottle_ml=fuelling.bottle_ml,
        carry_g=1000.0 * fuelling.carry_kg,
        caffeine_race_mg=day_mg * max(1.0, finish_h / 24.0),
        caffeine_day_mg=day_mg,
        salt_tabs_per_h=sodium.TABLET_LIMIT_PER_H,
        share_max=float(np.interp(finish_h, VARIETY_BETWEEN_H, VARIETY_SHARES)),
    )


@record()
class _Chooser:
    """Everything per leg."""

    trace: EffortTrace
    body: BodyTrace
    edges_s: FloatArray
    athlete: Athlete
    sport: Sport

    @property
    def fuelling(self) -> Fuelling:
        return self.athlete.fuelling

    @property
    def hours(self) -> FloatArray:
        return np.asarray(np.diff(self.edges_s) / 3600.0)

    @property
    def finish_h(self) -> float:
        return float(self.edges_s[-1] / 3600.0)

    @property
    def eats(self) -> bool:
        """Races under three quarters of an hour need nothing on the way."""
        return self.finish_h > carbohydrate.BAND_HOURS[0]

    def choose(self) -> LegTargets:
        sweat_l = self.trace.sum_between(self.body.sweat_l_per_h, self.edges_s)
        loss_l = self.trace.sum_between(self.body.loss_l_per_h, self.edges_s)
        allowed_l = self.trace.sum_between(
            fluid.limit_fluid_rate(self.body.loss_l_per_h, self.fuelling.fluid_limit_l_per_h), self.edges_s
        )
        fluid_l, least_l = self._choose_fluid(loss_l, allowed_l)
        sodium_mg, need_mg = self._choose_sodium(sweat_l, loss_l, fluid_l, allowed_l)
        safe = self._hold_fluid(sweat_l, loss_l, fluid_l, allowed_l, sodium_mg)
        if safe < 1.0:
            fluid_l, allowed_l = safe * fluid_l, safe * np.minimum((1.0 + FLUID_BAND_HIGH) * fluid_l, allowed_l)
        caffeine_mg, caffeine_due_s = self._choose_caffeine()
        return LegTargets(
            hours=self.hours,
            sweat_l=sweat_l,
            loss_l=loss_l,
            sodium_loss_mg=self.trace.sum_between(self.body.sodium_mg_per_h, self.edges_s),
            carbohydrate_used_g=self.trace.sum_between(self.body.carbohydrate_g_per_h, self.edges_s),
            carbohydrate_g=self._choose_carbohydrate(),
            fluid_ml=1000.0 * fluid_l,
            fluid_max_ml=1000.0 * allowed_l,
            sodium_mg=sodium_mg,
            sodium_max_mg=np.maximum(sodium.POLICY_LIMIT_MG_PER_H * self.hours, (1.0 + SODIUM_BAND) * sodium_mg),
            caffeine_mg=caffeine_mg,
            caffeine_due_s=caffeine_due_s,
            caffeine_max_mg=self._caffeine_dose_limit_mg(),
            protein_g=carbohydrate.choose_protein_intake(self.finish_h) * self.hours,
            savoury=tuple(self._count_savoury(leg) for leg in range(len(self.hours))),
            eats=self.eats,
            sodium_need_mg=need_mg,
            least_fluid_ml=1000.0 * least_l,
            reasons=self._explain_fluid(fluid_l, least_l),
        )

    def _choose_carbohydrate(self) -> FloatArray:
        """The smallest of published band, gut and burning, by appetite [g]."""
        cycling = 0.0 if self.sport == "run" else 1.0
        band = float(carbohydrate.look_up_intake_band(self.finish_h, cycling))
        best_mix = gut.limit_mixture_uptake(
            gut.GLUCOSE_LIMIT_G_PER_H / (gut.GLUCOSE_LIMIT_G_PER_H + gut.FRUCTOSE_LIMIT_G_PER_H),
            gut_factor=self.fuelling.gut_factor,
        )
        gut_limit = min(self.fuelling.carbohydrate_limit_g_per_h, float(best_mix))
        progress = (self.trace.start_s + 0.5 * self.trace.duration_s) / self.trace.finish_s
        appetite = self.trace.mean_between(
            carbohydrate.estimate_appetite(progress, self.fuelling.appetite_at_finish), self.edges_s
        )
        used = self.trace.mean_between(self.body.carbohydrate_g_per_h, self.edges_s)
        # a slow night burns little, and yet who eats less than this in an ultra tends not to finish
        least = float(np.interp(self.finish_h, LONG_RACE_FROM_H, (0.0, LEAST_LONG_RACE_G_PER_H)))
        rate = carbohydrate.choose_carbohydrate_intake(band * appetite, gut_limit * appetite, np.maximum(used, least))
        return np.asarray(rate * self.hours)

    def _choose_fluid(self, loss_l: FloatArray, allowed_l: FloatArray) -> tuple[FloatArray, float]:
        """Fluid of each leg, and the least of the whole race that keeps body mass inside its limit [L]."""
        if not self.eats:
            return np.zeros_like(loss_l), 0.0
        total_l, mass = float(loss_l.sum()), self.athlete.mass_kg
        least = float(
            fluid.estimate_least_drunk_share(
                total_l / self.finish_h, self.finish_h, mass, fluid.limit_loss_fraction(self.finish_h)
            )
        )
        wanted_l = max(float(fluid.choose_drunk_share(self.finish_h)), least) * total_l
        room_l = FLUID_HEADROOM * allowed_l
        # where a leg is held by its bound, the others drink more, as far as theirs allow
        low, high = 0.0, 1.0
        for _ in range(40):
            share = 0.5 * (low + high)
            enough = float(np.minimum(share * loss_l, room_l).sum()) >= wanted_l
            low, high = (low, share) if enough else (share, high)
        return np.minimum(high * loss_l, room_l), least * total_l

    def _explain_fluid(self, fluid_l: FloatArray, least_l: float) -> tuple[str, ...]:
        missing_l = least_l - float(fluid_l.sum())
        if missing_l < 0.05:
            return ()
        limit = 100.0 * float(fluid.limit_loss_fraction(self.finish_h))
        return (
            f"fluid stays {missing_l:.1f} L under what holds body mass within {limit:.0f} %: "
            f"more than {self.fuelling.fluid_limit_l_per_h:.1f} L/h is not safe to drink",
        )

    def _choose_sodium(
        self, sweat_l: FloatArray, loss_l: FloatArray, fluid_l: FloatArray, allowed_l: FloatArray
    ) -> tuple[FloatArray, float]:
        """Sodium of each leg by its sweat, and the need of the race by the plasma balance alone [mg]."""
        if not self.eats or sweat_l.sum() <= 0.0:
            return np.zeros_like(sweat_l), 0.0
        concentration = self.fuelling.sweat_sodium_mg_per_l / sodium.SODIUM_MG_PER_MMOL
        total_l, water_l = float(sweat_l.sum()), estimate_body_water_l(self.athlete)
        most_l = np.minimum((1.0 + FLUID_BAND_HIGH) * fluid_l, allowed_l)

        def require_mg(drunk_l: FloatArray, target: float) -> float:
            change_l = float(drunk_l.sum() - loss_l.sum())
            need = sodium.require_sodium(water_l, change_l, total_l, concentration, target)
            return float(need) * sodium.SODIUM_MG_PER_MMOL

        need_mg = require_mg(fluid_l, sodium.TARGET_SODIUM_MMOL_PER_L)
        # even at the wet and the unsalted edge of the bands the blood must stay at its floor
        edge_mg = require_mg(most_l, sodium.LOWEST_SODIUM_MMOL_PER_L) / (1.0 - SODIUM_BAND)
        loss_mg = total_l * self.fuelling.sweat_sodium_mg_per_l
        ramp = np.interp(self.finish_h, (SODIUM_FROM_H, SODIUM_FULL_FROM_H), (0.0, 1.0))
        chosen_mg = sodium.choose_sodium_intake(need_mg, loss_mg, self.finish_h, self.fuelling.sodium_policy * ramp)
        # the floor may ask for a little more than the loss: potassium goes with the sweat, too
        total_mg = max(float(chosen_mg), min(edge_mg, sodium.POLICY_LIMIT_MG_PER_H * self.finish_h))
        return np.asarray(total_mg * sweat_l / total_l), need_mg

    def _hold_fluid(
        self, sweat_l: FloatArray, loss_l: FloatArray, fluid_l: FloatArray, allowed_l: FloatArray, sodium_mg: FloatArray
    ) -> float:
        """Part of the planned fluid that is safe: less than 1 only where 1000 mg/h of sodium cannot keep up."""
        most_l = float(np.minimum((1.0 + FLUID_BAND_HIGH) * fluid_l, allowed_l).sum())
        if most_l <= 0.0:
            return 1.0
        eaten = (1.0 - SODIUM_BAND) * float(sodium_mg.sum()) / sodium.SODIUM_MG_PER_MMOL
        lost_per_l = self.fuelling.sweat_sodium_mg_per_l / sodium.SODIUM_MG_PER_MMOL + sodium.SWEAT_POTASSIUM_MMOL_PER_L
        water_l = estimate_body_water_l(self.athlete)
        room_l = sodium.limit_water_change(water_l, eaten - lost_per_l * float(sweat_l.sum()))
        return min(1.0, max(0.0, float(loss_l.sum() + room_l)) / most_l)

    def _choose_caffeine(self) -> tuple[FloatArray, tuple[tuple[float, ...], ...]]:
        """Doses of the night, each the target of the leg it falls into [mg], and when they are due [s]."""
        doses_mg = np.zeros_like(self.hours)
        due_s: list[list[float]] = [[] for _ in doses_mg]
        trace = self.trace
        night_h = np.concatenate([[0.0], np.cumsum(find_night(trace) * trace.duration_h)])
        count = round(float(night_h[-1]) / NIGHT_CAFFEINE_EVERY_H) if self.eats else 0
        if count > 0:
            apart_h = float(night_h[-1]) / count
            per_kg = NIGHT_CAFFEINE_MG_PER_KG[self.fuelling.caffeine_habit] * apart_h / NIGHT_CAFFEINE_EVERY_H
            day_mg = limit_intake(self.athlete, self.finish_h).caffeine_day_mg
            allowed_mg = NIGHT_SHARE_OF_LIMIT * day_mg * max(1.0, self.finish_h / 24.0) / count
            for dose in range(count):
                at_s = float(trace.edge_s[np.searchsorted(night_h, (dose + FIRST_DOSE_OF_NIGHT) * apart_h)])
                leg = min(int(np.searchsorted(self.edges_s, at_s, side="right")) - 1, len(doses_mg) - 1)
                doses_mg[leg] += min(per_kg * self.athlete.mass_kg, allowed_mg)
                due_s[leg].append(at_s)
        return np.minimum(doses_mg, self._caffeine_dose_limit_mg()), tuple(tuple(each) for each in due_s)

    def _caffeine_dose_limit_mg(self) -> float:
        unused = self.fuelling.caffeine_habit == "none"
        per_kg = caffeine.UNUSED_SINGLE_DOSE_MG_PER_KG if unused else caffeine.SINGLE_DOSE_MG_PER_KG
        return min(per_kg * self.athlete.mass_kg, self.fuelling.caffeine_limit_mg_per_day)

    def _count_savoury(self, leg: int) -> int:
        first, last = (max(0.0, float(s) / 3600.0 - SAVOURY_FROM_H) for s in self.edges_s[leg : leg + 2])
        return math.floor(last / SAVOURY_EVERY_H) - math.floor(first / SAVOURY_EVERY_H)
