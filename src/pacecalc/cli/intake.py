"""``pacecalc intake``: food and drink for a duration and a temperature, with no course."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import ReportFormat, UnitChoice, deliver, look_of

DURATION = typer.Option(..., "--duration", "-d", help="How long, h:mm, e.g. 5:00.")
TEMPERATURE = typer.Option(..., "--temperature", "-t", help="Of the air, e.g. 24degC or 75degF.")
SPORT = typer.Option(options.SportChoice.run, "--sport", help="What is done.")
SPEED = typer.Option(None, "--speed", help="On the flat, e.g. 10km/h.")
POWER = typer.Option(None, "--power", help="Of a ride, e.g. 190W.")


def intake(
    duration: str = DURATION,
    temperature: str = TEMPERATURE,
    sport: options.SportChoice = SPORT,
    mass: str | None = options.MASS,
    speed: str | None = SPEED,
    power: str | None = POWER,
    humidity: str | None = options.HUMIDITY,
    athlete: Path | None = options.ATHLETE,
    pantry: Path | None = options.PANTRY,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    plain: bool = printing.PLAIN,
) -> None:
    """What to eat and drink in so many hours at a temperature, with no course."""
    from pacecalc.planning.steady import plan_intake_for
    from pacecalc.render.intake import render_intake, render_intake_json

    made = plan_intake_for(
        duration,
        temperature=temperature,
        sport=sport.value,
        mass=mass,
        speed=speed,
        power=power,
        humidity=humidity,
        athlete=athlete,
        pantry=pantry,
    )
    if format is ReportFormat.json:
        text = render_intake_json(made)
    else:
        text = render_intake(
            made,
            units=units.value,
            **look_of(output, plain=plain),
        )
    deliver(text, output=output, force=force)
