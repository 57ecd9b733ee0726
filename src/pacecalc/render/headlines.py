"""The first lines and the last ones of every printout: finish, legality, odds, what was assumed, what to know."""

from __future__ import annotations

import re

from pacecalc.planning.records import Assumption, PlannedWaypoint, RacePlan
from pacecalc.render.wording import (
    Units,
    say_date,
    say_elapsed,
    say_elapsed_s,
    say_margin,
    say_probability,
    say_watts,
)

NOT_MEDICAL_ADVICE = "Not medical advice. Drink to thirst: the plan is a ceiling and a carrying guide."
SWEAT_UNCERTAINTY = (
    "Sweat rates are averages, right to about ±0.4 L/h: weigh yourself in training (sweat_tests in the athlete file)."
)

WHOLE_PIECES = (
    "Each leg aims at its carbohydrate within 8 %, fluid within 10 % and sodium within 15 %; up to 6 g, 60 mL and 150 "
    "mg more or less is left unsaid, for food comes in whole pieces."
)

LEAST_STANDING_S = 30.0
"""Less than half a minute of stops is not worth a word."""
FLAG = re.compile(r"--[a-z][a-z-]*")


def headline(plan: RacePlan, units: Units) -> list[str]:
    """Course, day, and the three answers: when, legal, how likely."""
    return [_course_line(plan, units), _day_line(plan, units), _answer_line(plan)]


def _course_line(plan: RacePlan, units: Units) -> str:
    course = plan.course
    climb = f"climb {units.say_height(course.ascent_m)} {units.height} in the profile ({course.elevation_quality})"
    if course.published_ascent_m is not None:
        published = f"{units.say_height(course.published_ascent_m)} {units.height}"
        climb = f"climb {published} published, {units.say_height(course.ascent_m)} {units.height} in the profile"
        climb += f" ({course.elevation_quality})"
    return f"{course.name}   {units.say_distance(course.distance_m)} {units.distance}   {climb}"


def _day_line(plan: RacePlan, units: Units) -> str:
    day, athlete = plan.day, plan.athlete
    start = f"{say_date(day.gun_clock)}  {day.gun_clock:%H:%M} {day.gun_clock.tzname()}"
    if day.start_delay_s:
        start += f" +{day.start_delay_s / 60.0:.0f} min to the line"
    last_zone = plan.waypoints[-1].arrive_clock.tzname()
    if last_zone != day.gun_clock.tzname():
        start += f" (clocks change to {last_zone} on the way)"
    who = f"{athlete.mass_kg:.0f} kg"
    if athlete.bike_mass_kg is not None:
        who += f" + {athlete.bike_mass_kg:.0f} kg bike"
    if athlete.threshold_power_w is not None:
        who += f", threshold {say_watts(athlete.threshold_power_w)} W"
    weather = f"{units.say_temperature(day.low_c)} to {units.say_temperature(day.high_c)} {units.temperature}"
    weather += f", {100.0 * day.humidity_fraction:.0f} % humidity"
    if day.wind_m_per_s > 0.0:
        weather += f", wind {units.say_speed(day.wind_m_per_s)} {units.speed}"
    return f"{start}   goal {say_elapsed(plan.goal_s)}   {who}   {weather}{units.say_ground(day.ground)}"


def _answer_line(plan: RacePlan) -> str:
    standing = f" ({say_elapsed(plan.stopped_s)} of it standing)" if plan.stopped_s >= LEAST_STANDING_S else ""
    parts = [f"Finish {say_elapsed_s(plan.finish_s)}{standing}"]
    timed = [w for w in plan.waypoints if w.margin_s is not None]
    missed = [w for w in timed if w.margin_s is not None and w.margin_s < 0.0]
    if missed:
        parts.append(f"MISSES {missed[0].name} by {-_minutes(missed[0])} min")
    elif timed:
        parts.append(f"legal at every cutoff, tightest {_tightest(timed)}")
    else:
        parts.append("no cutoffs known for this course")
    line = ", ".join(parts) + "."
    if plan.risk is not None:
        line += f" {_odds(plan)}"
    return line


def _minutes(waypoint: PlannedWaypoint) -> int:
    return int((waypoint.margin_s or 0.0) // 60)


def _tightest(timed: list[PlannedWaypoint]) -> str:
    waypoint = min(timed, key=lambda w: w.margin_s or 0.0)
    margin = say_margin(waypoint.margin_s or 0.0)[0].split()[0]
    return f"{waypoint.name} {margin}" + ("" if "h" in margin else " min")


def _odds(plan: RacePlan) -> str:
    if plan.risk is None:
        return ""
    limit = f" inside {say_elapsed(plan.course.finish_cutoff_s)}" if plan.course.finish_cutoff_s else ""
    odds = [f"Odds to finish{limit}: {say_probability(plan.risk.finish_probability)}"]
    limits = dict(plan.course.awards)
    odds += [
        f"{name} {say_probability(p)}"
        for name, p in plan.risk.award_probabilities
        if limits.get(name) != plan.course.finish_cutoff_s
    ]
    return ", ".join(odds) + "."


def bent_line(plan: RacePlan) -> str:
    """Which cutoff bent the plan, and by how much the steady one misses; empty when none did."""
    if not plan.binding and not plan.even_effort_misses:
        return ""
    said = []
    for miss in plan.even_effort_misses:
        if miss.late_s > 0.0:
            said.append(f"{miss.name} {_say_late(miss.late_s)} after its cutoff")
        else:
            said.append(f"{miss.name} only {_say_late(-miss.late_s)} before its cutoff")
    if not plan.binding:
        return f"Steady effort would reach {' and '.join(said)}."
    efforts = [segment.effort for segment in plan.segments]
    harder = 100.0 * (efforts[0] / _mean_effort(plan) - 1.0)
    reached = f": steady effort would reach {' and '.join(said)}" if said else ""
    return f"Bent by {' and '.join(plan.binding)}{reached}; this plan starts {harder:.0f} % harder and eases after."


def _mean_effort(plan: RacePlan) -> float:
    return sum(s.effort * s.moving_s for s in plan.segments) / sum(s.moving_s for s in plan.segments)


def _say_late(seconds: float) -> str:
    return f"{seconds / 60.0:.0f} min" if seconds >= 60.0 else f"{seconds:.0f} s"


def ride_line(plan: RacePlan) -> str:
    """What spreading the power gains, and the whole ride in a few numbers; empty for runs."""
    ride = plan.ride
    if ride is None:
        return ""
    facts = [f"mean {ride.mean_power_w:.0f} W", f"normalised {ride.normalised_power_w:.0f} W"]
    if ride.intensity is not None:
        facts.append(f"intensity {ride.intensity:.2f}")
    facts.append(f"{ride.work_kj:,.0f} kJ")
    facts.append(f"pushing {ride.pushing_s / 60.0:.0f} min")
    return f"{_pacing_gain(plan)}{', '.join(facts)}."


def _pacing_gain(plan: RacePlan) -> str:
    ride = plan.ride
    if plan.inputs.pacing == "steady" or ride is None or ride.steady_finish_s is None:
        return "Ridden at steady effort: "
    minutes = round((ride.steady_finish_s - plan.finish_s) / 60.0)
    if minutes < 1:
        return "Pacing for the cutoffs uses up what optimal pacing gains over steady effort: "
    return f"Optimal pacing is {minutes:d} min faster than steady effort at the same cost: "


def closing_lines(plan: RacePlan) -> list[str]:
    """What bent the plan, warnings, what was assumed, what is estimated, and the health line."""
    lines = [line for line in (ride_line(plan), bent_line(plan)) if line]
    lines += [f"! {caution.message}" for caution in plan.warnings]
    if plan.assumptions:
        lines.append(_assumed_line(plan.assumptions))
    if plan.estimates:
        lines.append(f"Estimated in the course profile: {'; '.join(plan.estimates)}.")
    lines.append(SWEAT_UNCERTAINTY)
    if any(leg.reasons and leg.bands_met for leg in plan.legs):
        lines.append(WHOLE_PIECES)
    lines.append(NOT_MEDICAL_ADVICE)
    return lines


def _assumed_line(assumptions: tuple[Assumption, ...]) -> str:
    """All that was assumed, then all flags that change it, then the files for the rest."""
    flags = dict.fromkeys(flag for a in assumptions for flag in FLAG.findall(a.change_with))
    said = "; ".join(a.what for a in assumptions)
    how = f"{' '.join(flags)}, or " if flags else ""
    return (
        f"Assumed: {said}. Change it with {how}an athlete file (pacecalc athlete init), a race-day file, the profile."
    )
