"""``pacecalc plan``: one command prints a plan one can race on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pacecalc.cli.output import Format, UnitChoice, show_plan

if TYPE_CHECKING:
    from pacecalc.planning.records import RacePlan


class Pacing(StrEnum):
    optimal = "optimal"
    steady = "steady"


COURSE = typer.Argument(
    help="A bundled course (pacecalc course list), a profile (.yaml) or a track (.gpx, .tcx, .fit)."
)
GOAL = typer.Option(
    None, "--goal", "-g", help="Finish time wanted, h:mm or h:mm:ss. Without: what the athlete file predicts."
)
ATHLETE = typer.Option(None, "--athlete", "-a", help="Athlete file; pacecalc athlete init writes one.")
DAY = typer.Option(None, "--day", help="Race-day file: date, forecast, goal, margins, stops.")
PANTRY = typer.Option(None, "--pantry", help="Pantry file; pacecalc pantry init writes one.")
MASS = typer.Option(None, "--mass", help="Body mass, e.g. 62kg or 137lb.")
FTP = typer.Option(None, "--ftp", help="Threshold power for rides, e.g. 210W.")
DATE = typer.Option(None, "--date", help="Race date, e.g. 2026-08-15; the profile's edition without it.")
LOW = typer.Option(None, "--low", help="Low of the day at the start, e.g. 4degC or 39degF.")
HIGH = typer.Option(None, "--high", help="High of the day at the start, e.g. 24degC.")
HUMIDITY = typer.Option(None, "--humidity", help="Relative humidity, e.g. 35%.")
WIND = typer.Option(None, "--wind", help="Wind speed, e.g. '3 m/s'; rides need --wind-from with it.")
WIND_FROM = typer.Option(None, "--wind-from", help="Where the wind comes from, e.g. 270deg.")
CLOUD = typer.Option(None, "--cloud", help="Cloud cover, e.g. 20%.")
FORECAST = typer.Option(None, "--forecast", help="Hourly forecast, CSV or JSON.")
START_DELAY = typer.Option(None, "--start-delay", help="From the gun to the start line, e.g. 20min.")
WAVE = typer.Option(None, "--wave", help="Start wave of the profile, e.g. 3; sets the start delay.")
MARGIN = typer.Option(
    None,
    "--margin",
    help="Time in hand at every cutoff before the finish, 5min without it; or NAME=TIME for one place; repeatable.",
)
STOP = typer.Option(None, "--stop", help="Planned stop, NAME=DURATION, e.g. 'Twin Lakes (out)=8min'; repeatable.")
FADE = typer.Option("auto", "--fade", help="Slow-down of runners: none, auto, or a percentage such as 15%.")
PACING = typer.Option(Pacing.optimal, "--pacing", help="How rides spread power over the terrain.")
IGNORE_CUTOFFS = typer.Option(False, "--ignore-cutoffs", help="Allow a goal later than the finish cutoff.")
WATER_ONLY = typer.Option(
    False, "--assume-water-only", help="Count on nothing but water where a station's stock is unknown."
)
SEED = typer.Option(1, "--seed", help="Seed of the simulated race days behind the odds.")
UNITS = typer.Option(UnitChoice.metric, "--units", "-u", help="Units of the printout.")
FORMAT = typer.Option(Format.table, "--format", "-f", help="Form of the printout.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write to a file instead of the terminal.")
FORCE = typer.Option(False, "--force", help="Overwrite an existing file.")
STRICT = typer.Option(False, "--strict", help="Exit with code 4 when a cutoff is missed.")
PLAIN = typer.Option(False, "--plain", help="ASCII only.")
EXPLAIN = typer.Option(False, "--explain", help="Show what each factor costs, and how good the intake is proven to be.")


def plan(
    course: str = COURSE,
    goal: str | None = GOAL,
    athlete: Path | None = ATHLETE,
    day: Path | None = DAY,
    pantry: Path | None = PANTRY,
    mass: str | None = MASS,
    ftp: str | None = FTP,
    date: str | None = DATE,
    low: str | None = LOW,
    high: str | None = HIGH,
    humidity: str | None = HUMIDITY,
    wind: str | None = WIND,
    wind_from: str | None = WIND_FROM,
    cloud: str | None = CLOUD,
    forecast: Path | None = FORECAST,
    start_delay: str | None = START_DELAY,
    wave: str | None = WAVE,
    margin: list[str] | None = MARGIN,
    stop: list[str] | None = STOP,
    fade: str = FADE,
    pacing: Pacing = PACING,
    ignore_cutoffs: bool = IGNORE_CUTOFFS,
    assume_water_only: bool = WATER_ONLY,
    seed: int = SEED,
    units: UnitChoice = UNITS,
    format: Format = FORMAT,
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    strict: bool = STRICT,
    plain: bool = PLAIN,
    explain: bool = EXPLAIN,
) -> int:
    """Plan a race: pacing, cutoffs, odds, and what to eat and drink where."""
    from pacecalc.planning.plan import plan_race

    plain_margin, margins = split_margins(margin or [])
    made: RacePlan = plan_race(
        course,
        goal=goal,
        athlete=athlete,
        day=day,
        pantry=pantry,
        mass=mass,
        threshold_power=ftp,
        date=date,
        low=low,
        high=high,
        humidity=humidity,
        wind=wind,
        wind_from=wind_from,
        cloud=cloud,
        forecast=forecast,
        start_delay=start_delay,
        wave=wave,
        margin=plain_margin,
        margins=margins,
        stops=split_stops(stop or []),
        fade=fade,
        pacing=pacing.value,
        ignore_cutoffs=ignore_cutoffs,
        assume_water_only=assume_water_only,
        seed=seed,
    )
    show_plan(made, format, units, output=output, force=force, plain=plain, explain=explain)
    return 4 if strict and not made.legal else 0


def split_stops(written: list[str]) -> dict[str, str]:
    """``NAME=DURATION`` texts by name."""
    from pacecalc.errors import UsageError

    stops: dict[str, str] = {}
    for text in written:
        name, sign, duration = text.rpartition("=")
        if not sign or not name.strip():
            raise UsageError(f'--stop "{text}": expected NAME=DURATION, such as "Twin Lakes (out)=8min"')
        stops[name.strip()] = duration.strip()
    return stops


def split_margins(written: list[str]) -> tuple[str | None, dict[str, str]]:
    """The margin for all cutoffs, and those of single places."""
    from pacecalc.errors import UsageError

    everywhere: str | None = None
    margins: dict[str, str] = {}
    for text in written:
        name, sign, duration = text.rpartition("=")
        if sign and name.strip():
            margins[name.strip()] = duration.strip()
        elif sign or everywhere is not None:
            raise UsageError(f'--margin "{text}": expected one TIME for all, and NAME=TIME for single places')
        else:
            everywhere = text
    return everywhere, margins
