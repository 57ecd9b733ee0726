"""What the cutoffs demand, for a terminal."""

from __future__ import annotations

from pacecalc.planning.cutoff_report import CutoffDemand, CutoffReport
from pacecalc.render.layout import Canvas
from pacecalc.render.next_command import COMMAND, say_plan_command
from pacecalc.render.tables import EMPTY, Cell, Column, Table, build_table
from pacecalc.render.wording import (
    IMPERIAL,
    METRIC,
    System,
    Units,
    say_clock,
    say_date,
    say_elapsed,
    say_margin,
    say_probability,
)

ROUNDING_S = 0.5
"""A plan this near to a whole minute is at it."""


def render_cutoff_report(
    report: CutoffReport, *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """The answer in three lines, then one row a cutoff."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.say(f"{report.course_name}   {system.say_distance(report.distance_m)} {system.distance}", style="bold")
    canvas.say(_day_line(report, system))
    canvas.say(_answer(report), style="bold green" if report.legal else "bold red")
    canvas.table(demand_table(report, system))
    canvas.skip()
    for line in _closing(report):
        canvas.say(line, wrap=COMMAND not in line)
    return canvas.text()


def _day_line(report: CutoffReport, units: Units) -> str:
    start = f"{say_date(report.gun_clock)}  {report.gun_clock:%H:%M} {report.gun_clock.tzname()}"
    if report.start_delay_s:
        start += f" +{report.start_delay_s / 60.0:.0f} min to the line"
    ground = units.say_ground(report.ground)
    return f"{start}   margin wanted {report.margin_s / 60.0:.0f} min   times by your own clock{ground}"


def _answer(report: CutoffReport) -> str:
    finish = say_elapsed(report.slowest_finish_s)
    stopped = say_elapsed(report.slowest_stopped_s)
    if report.shortfall is not None:
        return f"No plan is legal at your best sustainable effort: {report.shortfall.say()}"
    text = f"The easiest legal day finishes in {finish} ({stopped} of it standing)"
    harder = 100.0 * (report.slowest_first_effort - 1.0)
    if any(d.binds for d in report.demands):
        bent = " and ".join(d.name for d in report.demands if d.binds)
        text += f", bent by {bent}: it starts {max(harder, 1.0):.0f} % harder than even"
    else:
        text += " at even effort: no cutoff on the way bends it"
    if report.best_effort is not None:
        text += f". It takes {100.0 * report.best_effort:.0f} % of your best sustainable effort"
    return f"{text}. Odds to finish it legally: {say_probability(report.risk.finish_probability)}."


def demand_table(report: CutoffReport, units: Units) -> Table:
    """One row a cutoff: when at the latest, and how fast that is."""
    rides = report.sport != "run"

    def pace(s_per_km: float | None) -> Cell:
        if s_per_km is None:
            return EMPTY
        return Cell(units.say_speed(1000.0 / s_per_km) if rides else units.say_pace(s_per_km))

    def effort(value: float | None) -> Cell:
        return EMPTY if value is None else Cell(f"{value:.2f}", "quiet")

    def margin(d: CutoffDemand) -> Cell:
        if d.award:
            return EMPTY
        text, tone = say_margin(d.slowest_margin_s)
        return Cell(text, tone)  # type: ignore[arg-type]

    def rule(d: CutoffDemand) -> Cell:
        words = [d.measured, "out" if d.applies == "leaving" else "in"]
        return Cell(" ".join(words), "quiet")

    speed = units.speed if rides else f"min/{units.distance}"
    return build_table(
        "cutoffs",
        f"What each cutoff demands ({speed}: moving, planned stops taken off; effort 1.00: even to the finish)",
        report.demands,
        [
            (Column(units.distance), lambda d: Cell(units.say_distance(d.distance_m))),
            (Column("place", "left", wrap=True), lambda d: Cell(d.name, "quiet" if d.award else "strong")),
            (Column("cutoff"), lambda d: Cell(say_elapsed(d.cutoff_s))),
            (Column("by", "left", optional=2), rule),
            (Column("latest in"), lambda d: Cell(say_elapsed(d.latest_s), "strong")),
            (Column("clock"), lambda d: Cell(say_clock(d.latest_clock, report.start_clock))),
            (Column("stop", optional=1), lambda d: Cell(f"{d.stop_s / 60.0:.3g}" if d.stop_s else "")),
            (Column("from start"), lambda d: pace(d.from_start_s_per_km)),
            (Column("effort"), lambda d: effort(d.effort)),
            (Column("from last"), lambda d: pace(d.from_last_s_per_km)),
            (Column("effort"), lambda d: effort(d.stretch_effort)),
            (Column("slowest plan"), lambda d: EMPTY if d.award else Cell(say_elapsed(d.slowest_arrive_s), "strong")),
            (Column("margin", "left"), margin),
            (Column("", "left"), lambda d: Cell("binds", "tight") if d.binds else EMPTY),
        ],
    )


def _closing(report: CutoffReport) -> list[str]:
    tightest = report.tightest
    lines = [f"Tightest stretch between two cutoffs: {tightest.start} to {tightest.end}, effort {tightest.effort:.2f}."]
    if report.legal:
        goal = say_elapsed((report.slowest_finish_s + ROUNDING_S) // 60.0 * 60.0)
        lines.append(f"The whole plan: {say_plan_command(report.course_ref or report.course_id, report.sport, goal)}")
    if not report.fitness_known:
        what = "run results" if report.sport == "run" else "your threshold power (--ftp)"
        lines.append(f"Whether you can do it is not known: give {what} in the athlete file (pacecalc athlete init).")
    if report.estimates:
        lines.append(f"Estimated in the course profile: {'; '.join(report.estimates)}.")
    return lines
