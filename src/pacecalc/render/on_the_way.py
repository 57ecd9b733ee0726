"""A plan made on the way: what is said about it, and the part of it that still matters."""

from __future__ import annotations

from dataclasses import replace

from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.render.wording import say_elapsed

SMALL_FRACTION = 0.005
"""Changes of less than half a per cent are not worth a word."""
NEAR_S = 30.0


def rest_of(plan: RacePlan) -> RacePlan:
    """The same plan without what is behind; the last place passed stays as the start of the rest."""
    begin = max((i for i, w in enumerate(plan.waypoints) if w.passed), default=0)
    here = plan.waypoints[begin]
    legs = [i for i, leg in enumerate(plan.legs) if leg.end_s > here.arrive_s + 1.0]
    first_leg = min(legs, default=0)
    return replace(
        plan,
        waypoints=plan.waypoints[begin:],
        segments=tuple(replace(s, leg=max(s.leg - first_leg, 0)) for s in plan.segments[begin:]),
        legs=plan.legs[first_leg:] if legs else (),
        schedule=tuple(row for row in plan.schedule if row.at_s >= here.arrive_s - 1.0),
        shopping=(),
        temperature_card=(),
    )


def is_behind(plan: RacePlan, waypoint: PlannedWaypoint) -> bool:
    """Whether a place has been left; from the last one passed there is still something to take along."""
    return waypoint.passed and any(w.passed and w.distance_m > waypoint.distance_m for w in plan.waypoints)


def ahead_of(plan: RacePlan) -> RacePlan:
    """What still matters of a plan: all of it before the start, what is ahead once a race is under way."""
    return plan if plan.replan is None else rest_of(plan)


def replan_lines(plan: RacePlan) -> list[str]:
    """How the day goes, what the rest asks, and whether it is legal; nothing for a plan made before the start."""
    facts = plan.replan
    if facts is None:
        return []
    lines = [f"At {facts.at}: {_say_late(facts.late_s)}. {_say_form(facts.expected_fraction)}"]
    if facts.unchanged_finish_s - plan.finish_s > NEAR_S:
        lines[0] += f" At the planned effort you would finish in {say_elapsed(facts.unchanged_finish_s)}."
    ask = _say_effort(facts.effort_fraction, facts.hardest_fraction)
    if facts.cut_stops:
        saved_s = sum(stop.from_s - stop.to_s for stop in facts.cut_stops)
        stops = ", ".join(
            f"{stop.name} {_minutes(stop.to_s)} (not {_minutes(stop.from_s)})" for stop in facts.cut_stops
        )
        ask += f" Shorter stops, {_minutes(saved_s)} min saved: {stops} min."
    lines.append(ask)
    lines.append(facts.verdict)
    if facts.missed and facts.reachable:
        lines.append(f"Still reachable: {', '.join(facts.reachable)}. Out of reach: {', '.join(facts.missed)}.")
    return lines


def _say_late(late_s: float) -> str:
    if abs(late_s) < NEAR_S:
        return "on plan"
    return f"{abs(late_s) / 60.0:.0f} min {'behind' if late_s > 0.0 else 'ahead of'} plan"


def _say_form(fraction: float) -> str:
    if abs(fraction) < SMALL_FRACTION:
        return "The rest is expected as planned."
    word = "slower" if fraction > 0.0 else "faster"
    return f"Expect the rest {abs(100.0 * fraction):.0f} % {word} at the same effort."


def _say_effort(mean: float, hardest: float) -> str:
    if abs(mean) < SMALL_FRACTION and abs(hardest) < SMALL_FRACTION:
        return "Keep the planned effort."
    text = f"This plan asks for {abs(100.0 * mean):.0f} % {'more' if mean >= 0.0 else 'less'} effort than planned"
    if hardest > mean + 2.0 * SMALL_FRACTION:
        text += f", {100.0 * hardest:.0f} % more on its hardest stretch"
    return f"{text}."


def _minutes(seconds: float) -> str:
    return f"{seconds / 60.0:.3g}"
