"""``pacecalc athlete``: the file that says who races."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli.options import SportChoice
from pacecalc.cli.output import PLAIN, deliver, look_of

app = typer.Typer(help="The athlete file: mass, results, threshold power, sweat, gut.", no_args_is_help=True)


SPORT = typer.Option(SportChoice.run, "--sport", help="What the values are for.")


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
def check(file: Path = typer.Argument(help="Athlete file."), sport: SportChoice = SPORT) -> None:
    """Read an athlete file and say what is wrong, or what was assumed."""
    from pacecalc.planning.resolve import load_athlete

    athlete = load_athlete(file, sport=sport.value)
    typer.echo(f"{file}: fine")
    for assumption in athlete.assumed:
        typer.echo(f"assumed: {assumption.what} ({assumption.change_with})")


@app.command("show")
def show(
    file: Path | None = typer.Argument(None, help="Athlete file; the defaults without it."),
    sport: SportChoice = SPORT,
    plain: bool = PLAIN,
) -> None:
    """Every value in force: how much, whether it is yours, a preset's or a default, and how well it is founded."""
    from pacecalc.documents.athlete import AthleteDocument
    from pacecalc.documents.reading import load_document
    from pacecalc.planning.figures import list_figures
    from pacecalc.planning.rider_presets import BY_NAME
    from pacecalc.render.figures import render_figures

    document = None if file is None else load_document(AthleteDocument, file)
    ride = None if document is None or sport is SportChoice.run else document.ride
    text = render_figures(
        list_figures(document, sport.value),
        preset=None if ride is None or ride.preset is None else BY_NAME[ride.preset],
        **look_of(plain=plain),
    )
    typer.echo(text, nl=False)


@app.command("presets")
def show_presets(plain: bool = PLAIN) -> None:
    """Kinds of riders for ride.preset: what each sets, and how well each value is founded."""
    from pacecalc.render.figures import render_presets

    text = render_presets(**look_of(plain=plain))
    typer.echo(text, nl=False)
