"""From a paced race to what each leg needs: targets, the bands that count as met, and bounds that never give way.

Band widths and shares are choices; the bounds are safety: never more fluid than is lost, never more than 1.0 L/h
(1.2 with practice), sodium that holds the blood at 135 mmol/L or more, caffeine under its caps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pacecalc.errors import IntakeError
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete, Fuelling
from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.body import BodyTrace, estimate_body_water_l, trace_body
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.night import find_night
from pacecalc.planning.intake.records import IntakeLimits, IntakeProblem, LegNeed, Product, Refill
from pacecalc.planning.intake.refills import LegSpan, describe_refill, describe_way_point, has_unknown_stock, span_legs
from pacecalc.planning.records import Band, FloatArray, Sport
from pacecalc.science import caffeine, carbohydrate, fluid, gut, sodium

NOT_MEDICAL_ADVICE = "Not medical advice: drink to thirst, the plan is a ceiling and a carrying guide."
"""On every intake printout."""
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
GLUCOSE_SLACK_G, FRUCTOSE_SLACK_G = 15.0, 10.0
"""What a gut may hold at the end of a leg beyond what it took up; a choice."""
SODIUM_FROM_H, SODIUM_FULL_FROM_H = 1.0, 3.0
"""The policy share of sodium grows between these durations; shorter races need none; a choice."""
NIGHT_CAFFEINE_MG_PER_KG = {"none": 1.0, "some": 1.2, "daily": 1.5}
NIGHT_CAFFEINE_EVERY_H = 3.5
"""Target at night, by habit; a choice."""
NIGHT_SHARE_OF_LIMIT = 0.8
"""Night targets leave the rest of the day's caffeine for cola and the unplanned; a choice."""
SAVOURY_FROM_H, SAVOURY_EVERY_H = 8.0, 2.0
"""One savoury piece every two hours after eight, against sweet fatigue; a choice."""
HOT_FROM_C = 20.0
"""Shelf lives count as hot from this mean air temperature: pockets lie in the sun; a choice."""
SOLIDS_NEED_SHARE = 0.10
"""A leg with less time than this off technical descents takes no solids; a choice."""
STATION_DRINK_ML = 400.0
STATION_DRINK_OF_HOUR = 0.4
"""Most drunk on the spot: 400 mL, and no more than this part of an hour's bound; a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceNeeds:
    """Needs of all legs, with what they were made from."""

    legs: tuple[LegNeed, ...]
    spans: tuple[LegSpan, ...]
    """One a leg: where it lies on course and clock."""
    trace: EffortTrace
    body: BodyTrace
    limits: IntakeLimits
    sweat_l: FloatArray
    """Per leg, good to +-0.4 L/h."""
    loss_l: FloatArray
    """Sweat and breath, per leg."""
    sodium_loss_mg: FloatArray
    carbohydrate_used_g: FloatArray
    sodium_need_mg: float
    """Of the whole race, by the plasma balance alone."""
    least_fluid_ml: float
    """Of the whole race, to keep the loss of body mass inside its limit."""
    reasons: tuple[str, ...] = ()
    """Where a safety bound kept a target from its wish."""
    assumed: tuple[Assumption, ...] = ()


def build_legs(
    waypoints: Sequence[Waypoint],
    arrive_s: Sequence[float],
    trace: EffortTrace,
    athlete: Athlete,
    sport: Sport,
    *,
    typical_station: Sequence[str] = (),
    known: set[str] | None = None,
    water_only: bool = False,
) -> RaceNeeds:
    """Cut the race into legs between refill points and say what each of them needs.

    Parameters
    ----------
    waypoints, arrive_s : sequences
        All of the course, start and finish included, and the arrival at each by the athlete's own clock [s].
    trace : EffortTrace
        Effort and weather along the race, stops included.
    athlete, sport
        Mass, sex, sweat, gut, habits; run, mtb or ride.
    typical_station : sequence of str
        Product ids an aid station of unknown stock is taken to offer.
    known : set of str, optional
        Ids in the pantry; all of ``typical_station`` without it.
    water_only : bool
        Take stations of unknown stock to offer water alone.

    Raises
    ------
    IntakeError
        When arrivals and trace contradict each other.
    """
    if len(waypoints) != len(arrive_s) or not np.all(np.diff(np.asarray(arrive_s)) >= 0.0):
        raise IntakeError("arrival times must be one a waypoint and never fall")
    known = set(typical_station) if known is None else known
    spans = span_legs(waypoints, arrive_s)
    edges_s = np.array([spans[0].start_s, *(span.end_s for span in spans)])
    body = trace_body(trace, athlete, sport)
    refills = [
        describe_way_point(waypoints[span.end_waypoint].name)
        if span.virtual
        else describe_refill(waypoints[span.start_waypoint], typical_station, known, water_only=water_only)
        for span in spans
    ]
    ends = [refills[i + 1].name for i in range(len(refills) - 1)] + [waypoints[-1].name]
    return _Targets(trace, body, edges_s, athlete, sport).assemble(
        spans, refills, ends, _assumptions(waypoints, spans, athlete, sport, water_only)
    )


def build_problem(
    needs: RaceNeeds, products: Mapping[str, Product], brought: Sequence[tuple[str, int | None]]
) -> IntakeProblem:
    """The optimiser's question: needs, and the products that can be had anywhere on the way.

    The athlete's own products come first, then what stations offer, in the order they are met: ties go to the first.
    """
    own = [(product_id, limit) for product_id, limit in brought if product_id in products]
    ids = dict.fromkeys(product_id for product_id, _ in own)
    ids.update(dict.fromkeys(product_id for leg in needs.legs for product_id, _ in leg.refill.station))
    return IntakeProblem(
        legs=needs.legs,
        products=tuple(products[product_id] for product_id in ids if product_id in products),
        limits=needs.limits,
        brought=tuple(own),
    )


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
    )


@dataclass(frozen=True, slots=True)
class _Targets:
    """Everything per leg; ``edges_s`` are the ends of the legs."""

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

    def assemble(
        self,
        spans: tuple[LegSpan, ...],
        refills: list[Refill],
        ends: list[str],
        assumed: tuple[Assumption, ...],
    ) -> RaceNeeds:
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
        carbohydrate_g = self._choose_carbohydrate()
        caffeine_mg = self._choose_caffeine()
        temperature_c = self.trace.mean_between(self.trace.temperature_c, self.edges_s)
        hands_full = self.trace.mean_between(self.trace.hands_full, self.edges_s)
        trained = self.fuelling.gut_factor
        protein_g = carbohydrate.choose_protein_intake(self.finish_h) * self.hours
        legs = []
        for i, (refill, end, hours) in enumerate(zip(refills, ends, self.hours.tolist(), strict=True)):
            fluid_max_ml = 1000.0 * float(allowed_l[i])
            glucose_max_g = gut.GLUCOSE_LIMIT_G_PER_H * trained * hours + GLUCOSE_SLACK_G
            fructose_max_g = gut.FRUCTOSE_LIMIT_G_PER_H * trained * hours + FRUCTOSE_SLACK_G
            legs.append(
                LegNeed(
                    refill=refill,
                    end=end,
                    start_s=float(self.edges_s[i]),
                    duration_h=hours,
                    temperature_c=float(temperature_c[i]),
                    hot=bool(temperature_c[i] >= HOT_FROM_C),
                    carbohydrate_g=make_band(
                        float(carbohydrate_g[i]), CARBOHYDRATE_BAND, CARBOHYDRATE_BAND, glucose_max_g + fructose_max_g
                    ),
                    fluid_ml=make_band(1000.0 * float(fluid_l[i]), FLUID_BAND_LOW, FLUID_BAND_HIGH, fluid_max_ml),
                    sodium_mg=make_band(
                        float(sodium_mg[i]),
                        SODIUM_BAND,
                        SODIUM_BAND,
                        max(sodium.POLICY_LIMIT_MG_PER_H * hours, (1.0 + SODIUM_BAND) * float(sodium_mg[i])),
                    ),
                    glucose_max_g=glucose_max_g,
                    fructose_max_g=fructose_max_g,
                    caffeine_target_mg=float(caffeine_mg[i]),
                    caffeine_max_mg=self._caffeine_dose_limit_mg(),
                    savoury_min=self._count_savoury(i),
                    protein_min_g=float(protein_g[i]),
                    liquid_only=bool(1.0 - hands_full[i] < SOLIDS_NEED_SHARE),
                    station_drink_max_ml=self._limit_station_drink(refill, fluid_max_ml, hours),
                )
            )
        return RaceNeeds(
            legs=tuple(legs),
            spans=spans,
            trace=self.trace,
            body=self.body,
            limits=limit_intake(self.athlete, self.finish_h),
            sweat_l=sweat_l,
            loss_l=loss_l,
            sodium_loss_mg=self.trace.sum_between(self.body.sodium_mg_per_h, self.edges_s),
            carbohydrate_used_g=self.trace.sum_between(self.body.carbohydrate_g_per_h, self.edges_s),
            sodium_need_mg=need_mg,
            least_fluid_ml=1000.0 * least_l,
            reasons=self._explain_fluid(fluid_l, least_l),
            assumed=assumed,
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

    def _choose_caffeine(self) -> FloatArray:
        """Night target of each leg; 0 by day [mg]."""
        if not self.eats:
            return np.zeros_like(self.hours)
        dose = NIGHT_CAFFEINE_MG_PER_KG[self.fuelling.caffeine_habit] * self.athlete.mass_kg
        target = self.trace.sum_between(find_night(self.trace) * dose / NIGHT_CAFFEINE_EVERY_H, self.edges_s)
        day_mg = limit_intake(self.athlete, self.finish_h).caffeine_day_mg
        allowed = NIGHT_SHARE_OF_LIMIT * day_mg * max(1.0, self.finish_h / 24.0)
        scale = min(1.0, allowed / target.sum()) if target.sum() > 0.0 else 1.0
        return np.asarray(np.minimum(target * scale, self._caffeine_dose_limit_mg()))

    def _caffeine_dose_limit_mg(self) -> float:
        unused = self.fuelling.caffeine_habit == "none"
        per_kg = caffeine.UNUSED_SINGLE_DOSE_MG_PER_KG if unused else caffeine.SINGLE_DOSE_MG_PER_KG
        return min(per_kg * self.athlete.mass_kg, self.fuelling.caffeine_limit_mg_per_day)

    def _count_savoury(self, leg: int) -> int:
        first, last = (max(0.0, float(s) / 3600.0 - SAVOURY_FROM_H) for s in self.edges_s[leg : leg + 2])
        return math.floor(last / SAVOURY_EVERY_H) - math.floor(first / SAVOURY_EVERY_H)

    def _limit_station_drink(self, refill: Refill, fluid_max_ml: float, hours: float) -> float:
        if refill.own_supply == "start" or not refill.water or not self.eats:
            return 0.0
        return min(STATION_DRINK_ML, STATION_DRINK_OF_HOUR * fluid_max_ml / max(hours, 1.0))


def make_band(target: float, below: float, above: float, maximum: float) -> Band:
    """Band around a target, never over its hard bound."""
    target = min(target, maximum)
    return Band(target=target, low=(1.0 - below) * target, high=min((1.0 + above) * target, maximum), maximum=maximum)


def _assumptions(
    waypoints: Sequence[Waypoint], spans: tuple[LegSpan, ...], athlete: Athlete, sport: Sport, water_only: bool
) -> tuple[Assumption, ...]:
    found = []
    starts = {span.start_waypoint for span in spans if not span.virtual}
    unknown = sum(has_unknown_stock(waypoints[i]) for i in starts)
    if unknown and not water_only:
        found.append(
            Assumption(
                f"{unknown} aid stations of unknown stock offer the pantry's typical_station list",
                "offers in the course profile, typical_station in the pantry, or --assume-water-only",
            )
        )
    if not athlete.fuelling.sweat_tests and athlete.fuelling.sweat_factor == 1.0:
        found.append(Assumption("sweat of an average person, +-0.4 L/h", "fuel.sweat_tests in the athlete file"))
    if sport == "run" or athlete.rider.threshold_power_w is None:
        found.append(
            Assumption(
                "carbohydrate burned at the share of VO2max usual for this duration",
                "fuel.fat_adapted in the athlete file, ride.threshold_power for rides",
            )
        )
    return tuple(found)
