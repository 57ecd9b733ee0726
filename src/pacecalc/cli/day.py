"""``pacecalc day``: a race-day file."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli.output import deliver

app = typer.Typer(help="The race-day file: date, forecast, goal, stops, bags and crew.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The race-day file."""


@app.command("init")
def write_starter(
    output: Path | None = typer.Argument(None, help="File to write, e.g. day.yaml; the terminal without it."),
    force: bool = typer.Option(False, "--force", help="Overwrite an existing file."),
) -> None:
    """Write a commented starter file: date, forecast, goal, margin, stops, where bags and crew are."""
    from pacecalc.documents.starters import day_starter

    deliver(day_starter(), output=output, force=force)


@app.command("check")
def check(file: Path = typer.Argument(help="Race-day file.")) -> None:
    """Read a race-day file and say what is wrong."""
    from pacecalc.documents.race_day import RaceDay
    from pacecalc.documents.reading import load_document

    load_document(RaceDay, file)
    typer.echo(f"{file}: fine")
