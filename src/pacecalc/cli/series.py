"""``pacecalc series``: races of one summer that count together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pacecalc.cli import output as printing
from pacecalc.cli.output import ReportFormat, UnitChoice, deliver, look_of
from pacecalc.cli.race_options import OPTIONS, RACE, describes_race

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices

app = typer.Typer(help="Series of races: Leadwoman, the Grand Slam, your own.", no_args_is_help=True)
OF_THE_ATHLETE = frozenset({"athlete", "mass", "ftp", "result", "index"})


@app.callback()
def _group() -> None:
    """Series of races."""


@app.command("list")
def list_all() -> None:
    """All series known by name, one line each."""
    from pacecalc.planning.series import list_known_series

    for name, title in list_known_series():
        typer.echo(f"{name}  {title}")


@app.command("show")
@describes_race(*(name for name in OPTIONS if name not in OF_THE_ATHLETE))
def show(
    series: str = typer.Argument(help="A series (pacecalc series list), or a file (.yaml)."),
    race: RaceChoices = RACE,
    year: int | None = typer.Option(None, "--year", help="The last one with known dates without it."),
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    plain: bool = printing.PLAIN,
) -> None:
    """Its races in order, the days between, their limits, and what a fitness makes of each."""
    from pacecalc.planning.series import look_at_series

    outlook = look_at_series(series, year=year, **race)
    if format is ReportFormat.json:
        from pacecalc.planning.codec import encode, json_text

        text = json_text({"schema": "pacecalc/series/1", **encode(outlook)})
    else:
        from pacecalc.render.series import render_series

        text = render_series(outlook, units=units.value, **look_of(output, plain=plain))
    deliver(text, output=output, force=force)
