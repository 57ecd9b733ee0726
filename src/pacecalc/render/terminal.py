"""The race plan for a terminal: calm, aligned, readable at 80 to 140 columns, with or without colour."""

from __future__ import annotations

from pacecalc.planning.records import RacePlan
from pacecalc.render import intake_tables, tables
from pacecalc.render.headlines import closing_lines, headline
from pacecalc.render.layout import Canvas
from pacecalc.render.on_the_way import ahead_of, replan_lines
from pacecalc.render.strip import elevation_strip
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units

DEFAULT_WIDTH = 100
STRIP_WIDTH_MAX = 96


def render_terminal(
    plan: RacePlan,
    *,
    units: System = "metric",
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    plain: bool = False,
    explain: bool = False,
    plan_b: bool = False,
) -> str:
    """The whole printout as text; ``plain`` keeps it to ASCII, ``color`` adds terminal colours.

    ``explain`` adds what each factor costs and how good the intake is proven to be, ``plan_b`` what to do when
    something goes wrong.
    """
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    plan = ahead_of(plan)
    _print_head(canvas, plan, system)
    canvas.table(tables.waypoint_table(plan, system))
    canvas.table(tables.segment_table(plan, system))
    if explain:
        canvas.table(tables.factor_table(plan, system))
    canvas.table(tables.leg_table(plan, system))
    if explain:
        canvas.table(intake_tables.target_table(plan, system))
    canvas.table(tables.schedule_table(plan, system))
    if plan_b:
        canvas.table(intake_tables.plan_b_table(plan, system))
    canvas.table(intake_tables.packing_table(plan))
    canvas.table(tables.shopping_table(plan))
    canvas.table(tables.temperature_table(plan, system))
    canvas.skip()
    for line in intake_tables.proof_lines(plan) if explain else ():
        canvas.say(line)
    for line in closing_lines(plan):
        style = "yellow" if line.startswith("!") else "dim" if line.startswith(("Assumed", "Estimated")) else ""
        canvas.say(line, style=style)
    return canvas.text()


def _print_head(canvas: Canvas, plan: RacePlan, units: Units) -> None:
    course, day, answer = headline(plan, units)
    canvas.say(course, style="bold")
    canvas.say(day)
    canvas.say(answer, style="bold green" if plan.legal else "bold red")
    for line in replan_lines(plan):
        canvas.say(line)
    width = min(canvas.width - 4, STRIP_WIDTH_MAX)
    strip, marks = elevation_strip(plan.profile, plan.waypoints, width, plain=canvas.plain)
    canvas.skip()
    canvas.say(f" {strip}", style="cyan", wrap=False)
    canvas.say(f" {marks}", style="dim", wrap=False)
