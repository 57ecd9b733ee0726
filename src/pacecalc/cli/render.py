"""``pacecalc render``: a saved plan again, in any form."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import Format, Paper, UnitChoice, Wanted, show_plan


def render(
    plan: Path = typer.Argument(help="A plan saved as JSON: pacecalc plan ... -o plan.json."),
    units: UnitChoice = printing.UNITS,
    format: Format | None = printing.FORMAT,
    output: list[Path] | None = printing.OUTPUTS,
    force: bool = printing.FORCE,
    plain: bool = printing.PLAIN,
    explain: bool = options.EXPLAIN,
    plan_b: bool = options.PLAN_B,
    cards: bool = printing.CARDS,
    crew: bool = printing.CREW,
    bags: bool = printing.BAGS,
    paper: Paper = printing.PAPER,
) -> None:
    """Show a saved plan again, in any form."""
    from pacecalc.documents.reading import read_text
    from pacecalc.render.plan_json import parse_plan

    parts = tuple(name for name, chosen in (("cards", cards), ("crew", crew), ("bags", bags)) if chosen)
    wanted = Wanted(format, units, tuple(output or ()), force, plain, explain, parts, paper, plan_b)
    show_plan(parse_plan(read_text(plan), file=str(plan)), wanted)
