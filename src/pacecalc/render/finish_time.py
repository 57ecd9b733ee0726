"""A predicted finish and what finish times take, for a terminal."""

from __future__ import annotations

from pacecalc.planning.finish_records import Estimate, FinishPrediction, FlatWorth, PowerNeed
from pacecalc.planning.finish_time import TimeReport
from pacecalc.render.layout import Canvas
from pacecalc.render.next_command import COMMAND, say_plan_command
from pacecalc.render.tables import EMPTY, Cell, Column, Table, build_table
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_date, say_elapsed, say_elapsed_s, say_watts

BAND_SIGMA = 1.2816
"""Eight of ten fall within this many standard deviations."""
FRESH_D = 45.0
"""Younger results need no word about their age."""


def render_time_report(
    report: TimeReport, *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """The time and its band, a line an estimate, then a line for each time asked about."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    climb = f"climb {system.say_height(report.ascent_m)} {system.height}"
    canvas.say(
        f"{report.course_name}   {system.say_distance(report.distance_m)} {system.distance}   {climb}", style="bold"
    )
    canvas.say(_day_line(report, system))
    found = report.prediction
    if found is not None:
        canvas.say(_answer(found), style="bold green")
        late = report.finish_cutoff_s is not None and found.time_s > report.finish_cutoff_s
        if late:
            canvas.say(f"That is after the finish cutoff of {say_elapsed(report.finish_cutoff_s or 0.0)}.", style="red")
        canvas.table(_estimate_table(found))
    canvas.table(_power_table(report.power_needs))
    canvas.table(_worth_table(report.flat_worths))
    canvas.skip()
    for line in _closing(report):
        canvas.say(line, wrap=COMMAND not in line)
    return canvas.text()


def _day_line(report: TimeReport, units: Units) -> str:
    start = f"{say_date(report.start_clock)}  {report.start_clock:%H:%M} {report.start_clock.tzname()}"
    weather = f"{units.say_temperature(report.low_c)} to {units.say_temperature(report.high_c)} {units.temperature}"
    return f"{start}   {report.mass_kg:.0f} kg   {weather}{units.say_ground(report.ground)}"


def _answer(found: FinishPrediction) -> str:
    band = f"{say_elapsed(found.low_s)} and {say_elapsed(found.high_s)}"
    text = f"Expect {say_elapsed(found.time_s)}; eight of ten such days end between {band}"
    if found.mean_power_w is not None and found.normalised_power_w is not None:
        mean, normalised = say_watts(found.mean_power_w), say_watts(found.normalised_power_w)
        text += f". Mean power {mean} W, normalised {normalised} W"
    return f"{text}."


def _estimate_table(found: FinishPrediction) -> Table:
    return build_table(
        "estimates",
        "Where it comes from",
        found.estimates,
        [
            (Column("from", "left", wrap=True), lambda e: Cell(e.source, "strong")),
            (Column("by", "left"), lambda e: Cell(e.method, "quiet")),
            (Column("time"), lambda e: Cell(say_elapsed(e.time_s))),
            (Column("±", "left"), lambda e: Cell(f"{100.0 * BAND_SIGMA * e.spread_fraction:.0f} %")),
            (Column("days old"), _age),
        ],
    )


def _age(estimate: Estimate) -> Cell:
    return Cell(f"{estimate.age_d:.0f}") if estimate.age_d > FRESH_D else EMPTY


def _power_table(needs: tuple[PowerNeed, ...]) -> Table:
    return build_table(
        "needs",
        "What it takes (threshold as you test it; eight of ten riders need one inside the band)",
        needs,
        [
            (Column("finish"), lambda n: Cell(say_elapsed(n.finish_s), "strong")),
            (Column("threshold W"), lambda n: Cell(say_watts(n.threshold_power_w), "strong")),
            (Column("band", "left"), lambda n: Cell(f"{say_watts(n.threshold_low_w)}-{say_watts(n.threshold_high_w)}")),
            (Column("mean W"), lambda n: Cell(say_watts(n.mean_power_w))),
            (Column("normalised W"), lambda n: Cell(say_watts(n.normalised_power_w))),
        ],
    )


def _worth_table(worths: tuple[FlatWorth, ...]) -> Table:
    return build_table(
        "worths",
        "What it takes (the same fitness on the flat, cool, low, by day)",
        worths,
        [
            (Column("finish"), lambda w: Cell(say_elapsed(w.finish_s), "strong")),
            (Column("marathon"), lambda w: Cell(say_elapsed_s(w.marathon_s), "strong")),
            (Column("10 km"), lambda w: Cell(say_elapsed_s(w.ten_km_s))),
            (Column("±", "left"), lambda w: Cell(f"{100.0 * BAND_SIGMA * w.spread_fraction:.0f} %")),
        ],
    )


def _closing(report: TimeReport) -> list[str]:
    lines = []
    if report.prediction is not None:
        lines += [f"{note[0].upper()}{note[1:]}." for note in report.prediction.notes]
        goal = say_elapsed(report.prediction.time_s)
        lines.append(f"The whole plan: {say_plan_command(report.course_ref or report.course_id, report.sport, goal)}")
    # what is eaten and drunk plays no part here
    assumed = [a.what for a in report.assumptions if not a.change_with.startswith("fuel.")]
    if assumed:
        lines.append(f"Assumed: {'; '.join(assumed)}.")
    return lines
