"""Several plans of one race side by side, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.record import record
from pacecalc.render.layout import Canvas
from pacecalc.render.tables import EMPTY, Cell, Column, Table, build_table
from pacecalc.render.wording import (
    IMPERIAL,
    METRIC,
    System,
    Units,
    say_clock,
    say_elapsed,
    say_margin,
    say_probability,
    say_watts,
)


@record()
class _Line:
    """One quantity over all plans."""

    label: str
    cells: tuple[Cell, ...]


def render_comparison(
    plans: Sequence[RacePlan],
    *,
    units: System = "metric",
    width: int = 100,
    color: bool = False,
    plain: bool = False,
) -> str:
    """Whole race first, then arrivals, margins and what is eaten: one column a goal."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    course = plans[0].course
    canvas.say(f"{course.name}   {system.say_distance(course.distance_m)} {system.distance}", style="bold")
    canvas.say(f"Goals side by side, on the same simulated days{system.say_ground(plans[0].day.ground)}.")
    canvas.table(_side_by_side("race", "The whole race", plans, _race_lines(plans, system)))
    canvas.table(_place_table("arrivals", "When am I where", plans, system, _arrival))
    canvas.table(_place_table("margins", "Margin at the cutoffs, and odds to be stopped there", plans, system, _margin))
    canvas.table(_side_by_side("intake", "Food and drink", plans, _intake_lines(plans, system)))
    return canvas.text()


def _side_by_side(key: str, title: str, plans: Sequence[RacePlan], lines: Sequence[_Line]) -> Table:
    def value(k: int) -> Callable[[_Line], Cell]:
        return lambda line: line.cells[k]

    return build_table(
        key,
        title,
        lines,
        [
            (Column("goal", "left"), lambda line: Cell(line.label, "quiet")),
            *((Column(say_elapsed(plan.goal_s)), value(k)) for k, plan in enumerate(plans)),
        ],
    )


def _race_lines(plans: Sequence[RacePlan], units: Units) -> list[_Line]:
    def line(label: str, say: Callable[[RacePlan], str], tone: Callable[[RacePlan], bool] | None = None) -> _Line:
        return _Line(label, tuple(Cell(say(p), "bad" if tone is not None and tone(p) else "plain") for p in plans))

    rides = plans[0].course.sport != "run"
    lines = [
        line("finish", lambda p: say_elapsed(p.finish_s)),
        line("clock", lambda p: say_clock(p.waypoints[-1].arrive_clock, p.day.start_clock)),
        line("standing", lambda p: say_elapsed(p.stopped_s)),
        line("legal", lambda p: "yes" if p.legal else "NO", lambda p: not p.legal),
        line("odds to finish", lambda p: "" if p.risk is None else say_probability(p.risk.finish_probability)),
        line("8 of 10 days", _say_band),
    ]
    for name, _ in plans[0].course.awards:
        lines.append(line(f"odds of {name}", lambda p, name=name: _say_award(p, name)))  # type: ignore[misc]
    lines.append(line("effort, mean", lambda p: f"{_mean_effort(p):.2f}"))
    lines.append(line("effort, first stretch", lambda p: f"{p.segments[0].effort:.2f}"))
    if rides:
        lines.append(line("watts, mean", lambda p: "" if p.ride is None else say_watts(p.ride.mean_power_w)))
        lines.append(
            line("watts, normalised", lambda p: "" if p.ride is None else say_watts(p.ride.normalised_power_w))
        )
    speed = units.speed if rides else f"min/{units.distance}"
    lines.append(line(f"{speed}, moving", lambda p: _say_speed(p, units, rides)))
    lines.append(line("bent by", lambda p: str(len(p.binding)) if p.binding else ""))
    return [each for each in lines if any(cell.text for cell in each.cells)]


def _say_band(plan: RacePlan) -> str:
    if plan.risk is None:
        return ""
    return f"{say_elapsed(plan.risk.finish_p10_s)}-{say_elapsed(plan.risk.finish_p90_s)}"


def _say_award(plan: RacePlan, name: str) -> str:
    return "" if plan.risk is None else say_probability(dict(plan.risk.award_probabilities).get(name, 0.0))


def _mean_effort(plan: RacePlan) -> float:
    return sum(s.effort * s.moving_s for s in plan.segments) / plan.moving_s


def _say_speed(plan: RacePlan, units: Units, rides: bool) -> str:
    if rides:
        return units.say_speed(plan.course.distance_m / plan.moving_s)
    return units.say_pace(1000.0 * plan.moving_s / plan.course.distance_m)


def _place_table(
    key: str,
    title: str,
    plans: Sequence[RacePlan],
    units: Units,
    say: Callable[[PlannedWaypoint, RacePlan], Cell],
) -> Table:
    def value(plan: RacePlan) -> Callable[[int], Cell]:
        return lambda i: say(plan.waypoints[i], plan)

    shown = [i for i in range(1, len(plans[0].waypoints)) if any(say(p.waypoints[i], p).text for p in plans)]
    first = plans[0].waypoints
    return build_table(
        key,
        title,
        shown,
        [
            (Column(units.distance), lambda i: Cell(units.say_distance(first[i].distance_m))),
            (Column("place", "left", wrap=True), lambda i: Cell(first[i].name)),
            *((Column(say_elapsed(plan.goal_s)), value(plan)) for plan in plans),
        ],
    )


def _arrival(waypoint: PlannedWaypoint, plan: RacePlan) -> Cell:
    return Cell(f"{say_elapsed(waypoint.arrive_s)}  {say_clock(waypoint.arrive_clock, plan.day.start_clock)}")


def _margin(waypoint: PlannedWaypoint, plan: RacePlan) -> Cell:
    if waypoint.margin_s is None:
        return EMPTY
    text, tone = say_margin(waypoint.margin_s)
    odds = "" if waypoint.miss_probability is None else f"  {say_probability(waypoint.miss_probability)}"
    return Cell(f"{text}{odds}", tone)  # type: ignore[arg-type]


def _intake_lines(plans: Sequence[RacePlan], units: Units) -> list[_Line]:
    def line(label: str, say: Callable[[RacePlan], str]) -> _Line:
        return _Line(label, tuple(Cell(say(p)) for p in plans))

    def per_hour(amount: float, plan: RacePlan) -> str:
        return f"{amount * 3600.0 / plan.finish_s:.0f}"

    return [
        line("carbohydrate, g", lambda p: f"{p.totals.carbohydrate_g:.0f}"),
        line("g/h", lambda p: per_hour(p.totals.carbohydrate_g, p)),
        line("fluid", lambda p: units.say_fluid(p.totals.fluid_ml)),
        line("mL/h", lambda p: per_hour(p.totals.fluid_ml, p)),
        line("sodium, mg", lambda p: f"{p.totals.sodium_mg:.0f}"),
        line("caffeine, mg", lambda p: f"{p.totals.caffeine_mg:.0f}"),
        line("energy spent, kJ", lambda p: f"{p.totals.energy_kj:,.0f}"),
    ]
