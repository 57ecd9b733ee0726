"""``pacecalc athlete``: the file that says who races."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli.output import deliver

app = typer.Typer(help="The athlete file: mass, results, threshold power, sweat, gut.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The athlete file."""


@app.command("init")
def write_starter(
    output: Path | None = typer.Argument(None, help="File to write, e.g. athlete.yaml; the terminal without it."),
    force: bool = typer.Option(False, "--force", help="Overwrite an existing file."),
) -> None:
    """Write a commented starter file; every line may be left out."""
    from pacecalc.documents.starters import athlete_starter

    deliver(athlete_starter(), output=output, force=force)


@app.command("check")
def check(file: Path = typer.Argument(help="Athlete file.")) -> None:
    """Read an athlete file and say what is wrong, or what was assumed."""
    from pacecalc.planning.resolve import load_athlete

    athlete = load_athlete(file, sport="run")
    typer.echo(f"{file}: fine")
    for assumption in athlete.assumed:
        typer.echo(f"assumed: {assumption.what} ({assumption.change_with})")
