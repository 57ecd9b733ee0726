"""What the athlete must know about a plan, one line each, most serious first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pacecalc.planning.feasibility import find_shortfall
from pacecalc.planning.feed import FedRace
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.intake.refills import WATER_EVERY_S
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.records import Caution, PlannedWaypoint, RideSummary
from pacecalc.planning.spelling import spell_time
from pacecalc.science.heat import EXTREME_WBGT_C

POOR_PROFILES = {
    "composite": "is put together from several sources",
    "digitised": "was read off a printed profile",
    "sketch": "is a rough sketch",
}
MARGIN_SLACK_S = 30.0
"""Margins are printed in whole minutes."""
EFFORT_LIMIT = 1.02
"""A plan this much above what fitness predicts is called out; a choice inside the prediction's own spread."""


def collect_cautions(
    inputs: RaceInputs,
    paced: PacedRace,
    fed: FedRace,
    waypoints: Sequence[PlannedWaypoint],
    ride: RideSummary | None,
) -> tuple[Caution, ...]:
    """All that must be said, in order of weight."""
    found: list[Caution] = []
    for source in (
        iter(inputs.cautions),
        _missed_cutoffs(inputs, paced, waypoints),
        _thin_margins(inputs, waypoints),
        _finish_margin(inputs, waypoints),
        _effort(inputs, paced),
        _heat(inputs, paced),
        _water(fed),
        iter(fed.cautions),
        _ride(paced, ride),
        _profile(inputs),
        _other_edition(inputs),
    ):
        found.extend(source)
    return tuple(found)


def _missed_cutoffs(inputs: RaceInputs, paced: PacedRace, waypoints: Sequence[PlannedWaypoint]) -> Iterator[Caution]:
    shortfall = find_shortfall(paced, inputs.conditions.start_delay_s)
    if shortfall is not None:
        missed = sum(w.margin_s is not None and w.margin_s < 0.0 for w in waypoints)
        others = f" {missed - 1} more after it." if missed > 1 else ""
        yield Caution("cutoff-missed", f"No plan is legal at this effort: {shortfall.say()}{others}")


def _thin_margins(inputs: RaceInputs, waypoints: Sequence[PlannedWaypoint]) -> Iterator[Caution]:
    """Margins that were asked for and are not kept, because the way there would be harder than the athlete can go."""
    thin = []
    for index, place in enumerate(waypoints[:-1]):
        wanted_s = inputs.waypoint_margins_s.get(index, inputs.margin_s)
        if index > 0 and place.margin_s is not None and 0.0 <= place.margin_s < wanted_s - MARGIN_SLACK_S:
            thin.append(f"{place.name} (+{place.margin_s / 60.0:.0f} of {wanted_s / 60.0:.0f} min)")
    if thin:
        others = f" and {len(thin) - 1} more" if len(thin) > 1 else ""
        yield Caution(
            "margin-thin",
            f"The margin asked for is not kept at {thin[0]}{others}: it would take a harder start than this fitness "
            "allows. Every cutoff there is met.",
        )


def _finish_margin(inputs: RaceInputs, waypoints: Sequence[PlannedWaypoint]) -> Iterator[Caution]:
    margin = waypoints[-1].margin_s
    if margin is not None and 0.0 <= margin < inputs.margin_s:
        yield Caution(
            "finish-margin",
            f"The goal leaves {margin / 60.0:.0f} min to the finish cutoff, less than the margin of "
            f"{inputs.margin_s / 60.0:.0f} min kept elsewhere.",
        )


def _effort(inputs: RaceInputs, paced: PacedRace) -> Iterator[Caution]:
    best = paced.demand.best_level
    if best is None or inputs.best_s is None:
        return
    if paced.even_level > EFFORT_LIMIT * best:
        yield Caution(
            "goal-above-fitness",
            f"The goal asks for {100.0 * (paced.even_level / best - 1.0):.0f} % more than your fitness predicts "
            f"(about {spell_time(inputs.best_s)}).",
        )


def _heat(inputs: RaceInputs, paced: PacedRace) -> Iterator[Caution]:
    course = inputs.course
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    wbgt = inputs.conditions.wbgt_c(paced.mid_s, middle_m, course.latitude_deg[:-1], course.longitude_deg[:-1])
    hottest = int(np.argmax(wbgt))
    if wbgt[hottest] >= EXTREME_WBGT_C:
        clock = inputs.conditions.clock(float(paced.mid_s[hottest]))
        yield Caution(
            "extreme-heat",
            f"Extreme heat: WBGT reaches {wbgt[hottest]:.0f} degC about {clock:%H:%M}; races are stopped at 28. "
            "Slow down, cool with water and ice, and stop if you feel confused or cold.",
        )


def _water(fed: FedRace) -> Iterator[Caution]:
    if any(span.water_assumed for span in fed.needs.spans):
        yield Caution(
            "water-assumed",
            "No place with water is known on the way: the plan takes it to be found every "
            f"{WATER_EVERY_S / 60.0:.0f} min or so, and plans no stop for it. Find out where it is, and give the "
            "places with pacecalc course import --waypoints, or in a profile.",
        )


def _ride(paced: PacedRace, ride: RideSummary | None) -> Iterator[Caution]:
    if ride is None:
        return
    yield from getattr(paced.demand, "cautions", ())
    lowest = ride.w_prime_minimum_j
    if lowest is not None and lowest < 0.0:
        yield Caution(
            "w-prime-empty",
            f"The steepest ramps ask for {-lowest / 1000.0:.0f} kJ more than your reserve above threshold holds: "
            "walk them or ease before.",
        )


def _profile(inputs: RaceInputs) -> Iterator[Caution]:
    said = POOR_PROFILES.get(inputs.course.elevation_quality)
    if said:
        yield Caution(
            "elevation-quality",
            f"The elevation profile {said}: splits between places may be off by more than the bands say.",
        )


def _other_edition(inputs: RaceInputs) -> Iterator[Caution]:
    if inputs.conditions.date_shift_days:
        yield Caution(
            "edition",
            f"Course and cutoffs are those of the profile's edition ({inputs.course.edition}): "
            "check them against this year's guide.",
        )
