"""From a paced race to what each leg needs, and the question the optimiser is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import IntakeError
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete, Fuelling
from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.body import BodyTrace, trace_body
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.records import IntakeLimits, IntakeProblem, LegNeed, Product, Refill
from pacecalc.planning.intake.refills import (
    WATER_EVERY_S,
    LegSpan,
    describe_refill,
    describe_way_point,
    has_unknown_stock,
    span_legs,
)
from pacecalc.planning.intake.targets import (
    CARBOHYDRATE_BAND,
    FLUID_BAND_HIGH,
    FLUID_BAND_LOW,
    SODIUM_BAND,
    LegTargets,
    choose_targets,
    limit_intake,
)
from pacecalc.planning.records import Band, Sport
from pacecalc.record import record
from pacecalc.science import gut

NOT_MEDICAL_ADVICE = "Not medical advice: drink to thirst, the plan is a ceiling and a carrying guide."
"""On every intake printout."""
GLUCOSE_SLACK_G, FRUCTOSE_SLACK_G = 15.0, 10.0
"""What a gut may hold at the end of a leg beyond what it took up; a choice."""
HOT_FROM_C = 20.0
"""Shelf lives count as hot from this mean air temperature: pockets lie in the sun; a choice."""
SOLIDS_NEED_SHARE = 0.10
"""A leg with less time than this off technical descents takes no solids; a choice."""
STATION_DRINK_ML = 400.0
STATION_DRINK_OF_HOUR = 0.4
"""Most drunk on the spot: 400 mL, and no more than this part of an hour's bound; a choice."""


@record(kw_only=True)
class RaceNeeds:
    """Needs of all legs, with what they were made from."""

    legs: tuple[LegNeed, ...]
    spans: tuple[LegSpan, ...]
    """One a leg: where it lies on course and clock."""
    trace: EffortTrace
    body: BodyTrace
    limits: IntakeLimits
    targets: LegTargets
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
        describe_way_point(span, waypoints[span.end_waypoint].name)
        if span.virtual
        else describe_refill(waypoints[span.start_waypoint], typical_station, known, water_only=water_only)
        for span in spans
    ]
    ends = [refills[i + 1].name for i in range(len(refills) - 1)] + [waypoints[-1].name]
    targets = choose_targets(trace, body, edges_s, athlete, sport)
    legs = _Assembler(targets, trace, body.intensity, edges_s, athlete.fuelling)
    return RaceNeeds(
        legs=tuple(legs.make(i, refill, end) for i, (refill, end) in enumerate(zip(refills, ends, strict=True))),
        spans=spans,
        trace=trace,
        body=body,
        limits=limit_intake(athlete, float(edges_s[-1]) / 3600.0),
        targets=targets,
        assumed=_assumptions(waypoints, spans, athlete, sport, water_only),
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


class _Assembler:
    """Puts the targets of one leg after the other into bands with their bounds."""

    def __init__(
        self,
        targets: LegTargets,
        trace: EffortTrace,
        intensity: FloatArray,
        edges_s: FloatArray,
        fuelling: Fuelling,
    ) -> None:
        self.targets, self.edges_s, self.gut_factor = targets, edges_s, fuelling.gut_factor
        self.temperature_c = trace.mean_between(trace.temperature_c, edges_s)
        self.hands_full = trace.mean_between(trace.hands_full, edges_s)
        self.intensity = trace.mean_between(intensity, edges_s)

    def make(self, i: int, refill: Refill, end: str) -> LegNeed:
        targets, hours = self.targets, float(self.targets.hours[i])
        glucose_max_g = gut.GLUCOSE_LIMIT_G_PER_H * self.gut_factor * hours + GLUCOSE_SLACK_G
        fructose_max_g = gut.FRUCTOSE_LIMIT_G_PER_H * self.gut_factor * hours + FRUCTOSE_SLACK_G
        carbohydrate_g, fluid_ml, sodium_mg = (
            float(values[i]) for values in (targets.carbohydrate_g, targets.fluid_ml, targets.sodium_mg)
        )
        fluid_max_ml = float(targets.fluid_max_ml[i])
        return LegNeed(
            refill=refill,
            end=end,
            start_s=float(self.edges_s[i]),
            duration_h=hours,
            temperature_c=float(self.temperature_c[i]),
            hot=bool(self.temperature_c[i] >= HOT_FROM_C),
            carbohydrate_g=make_band(
                carbohydrate_g, CARBOHYDRATE_BAND, CARBOHYDRATE_BAND, glucose_max_g + fructose_max_g
            ),
            fluid_ml=make_band(fluid_ml, FLUID_BAND_LOW, FLUID_BAND_HIGH, fluid_max_ml),
            sodium_mg=make_band(sodium_mg, SODIUM_BAND, SODIUM_BAND, float(targets.sodium_max_mg[i])),
            glucose_max_g=glucose_max_g,
            fructose_max_g=fructose_max_g,
            caffeine_target_mg=float(targets.caffeine_mg[i]),
            caffeine_due_s=targets.caffeine_due_s[i],
            caffeine_max_mg=targets.caffeine_max_mg,
            savoury_min=targets.savoury[i],
            protein_min_g=float(targets.protein_g[i]),
            liquid_only=bool(1.0 - self.hands_full[i] < SOLIDS_NEED_SHARE),
            station_drink_max_ml=self._limit_station_drink(refill, fluid_max_ml, hours),
            intensity=float(self.intensity[i]),
            sweat_ml=1000.0 * float(targets.sweat_l[i]),
            burned_g=float(targets.carbohydrate_used_g[i]),
            sodium_lost_mg=float(targets.sodium_loss_mg[i]),
        )

    def _limit_station_drink(self, refill: Refill, fluid_max_ml: float, hours: float) -> float:
        if refill.own_supply == "start" or not refill.water or not self.targets.eats:
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
    if any(span.water_assumed for span in spans):
        found.append(
            Assumption(
                f"water every {WATER_EVERY_S / 60.0:.0f} min or so, for the course knows no station",
                "waypoints in the course profile, such as pacecalc course import writes",
            )
        )
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
