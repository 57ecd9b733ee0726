"""What describes a race on the command line: options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import typer


class SportChoice(StrEnum):
    run = "run"
    mtb = "mtb"
    ride = "ride"


class Pacing(StrEnum):
    optimal = "optimal"
    steady = "steady"


COURSE = typer.Argument(
    help="A bundled course (pacecalc course list), a profile (.yaml) or a track (.gpx, .tcx, .fit)."
)
SPORT = typer.Option(None, "--sport", help="What is done on a track (.gpx, .tcx, .fit) that does not say it.")
GOAL = typer.Option(
    None,
    "--goal",
    "-g",
    help="Finish time wanted, h:mm or h:mm:ss. Without: what results, index or threshold power predict.",
)
ATHLETE = typer.Option(None, "--athlete", "-a", help="Athlete file; pacecalc athlete init writes one.")
DAY = typer.Option(None, "--day", help="Race-day file (date, forecast, goal, stops); pacecalc day init writes one.")
PANTRY = typer.Option(None, "--pantry", help="Pantry file; pacecalc pantry init writes one.")
MASS = typer.Option(None, "--mass", help="Body mass, e.g. 62kg or 137lb.")
FTP = typer.Option(None, "--ftp", help="Threshold power for rides, e.g. 210W or '3.4 W/kg'.")
RESULT = typer.Option(
    None,
    "--result",
    help="Past race, e.g. '10km 40:00' or 'marathon 3:05 2026-04-12'; '+500m' adds its climb; repeatable.",
)
INDEX = typer.Option(None, "--index", help="UTMB index, e.g. 560.")
DATE = typer.Option(None, "--date", help="Race date, e.g. 2026-08-15; the profile's edition without it.")
LOW = typer.Option(None, "--low", help="Low of the day at the start, e.g. 4degC or 39degF.")
HIGH = typer.Option(None, "--high", help="High of the day at the start, e.g. 24degC.")
HUMIDITY = typer.Option(None, "--humidity", help="Relative humidity, e.g. 35%.")
WIND = typer.Option(None, "--wind", help="Wind speed, e.g. '3 m/s'; rides need --wind-from with it.")
WIND_FROM = typer.Option(None, "--wind-from", help="Where the wind comes from, e.g. 270deg.")
CLOUD = typer.Option(None, "--cloud", help="Cloud cover, e.g. 20%.")
FORECAST = typer.Option(None, "--forecast", help="Hourly forecast, CSV or JSON.")
START_DELAY = typer.Option(None, "--start-delay", help="From the gun to the start line, e.g. 20min.")
CONGESTION = typer.Option(
    None, "--congestion", help="Time a ride loses in the crowd after the start, e.g. 10min; by the start delay without."
)
GROUND = typer.Option(
    None,
    "--ground",
    help="Ground of the day, SURFACE FROM to TO, e.g. 'snow 3.6mi to 10.3mi' or 'mud Twin Lakes (out) to Winfield'; "
    "repeatable.",
)
WAVE = typer.Option(None, "--wave", help="Start wave of the profile, e.g. 3; sets the start delay.")
MARGIN = typer.Option(
    None,
    "--margin",
    help="Time in hand at every cutoff before the finish, 5min without it; or a share of days, 95%; or NAME=either for "
    "one place; repeatable.",
)
TARGET = typer.Option(
    None,
    "--target-probability",
    help="Instead of a goal: the gentlest plan with these odds to finish inside every cutoff, e.g. 0.9.",
)
STOP = typer.Option(None, "--stop", help="Planned stop, NAME=DURATION, e.g. 'Twin Lakes (out)=8min'; repeatable.")
FADE = typer.Option("auto", "--fade", help="Slow-down of runners: none, auto, or a percentage such as 15%.")
PACING = typer.Option(Pacing.optimal, "--pacing", help="How rides spread power over the terrain.")
IGNORE_CUTOFFS = typer.Option(False, "--ignore-cutoffs", help="Allow a goal later than the finish cutoff.")
WATER_ONLY = typer.Option(
    False, "--assume-water-only", help="Count on nothing but water where a station's stock is unknown."
)
SEED = typer.Option(1, "--seed", help="Seed of the simulated race days behind the odds.")
STRICT = typer.Option(False, "--strict", help="Exit with code 4 when a cutoff is missed.")
PLAN_B = typer.Option(False, "--plan-b", help="Show what to do when sick, hotter, slower, or a station is empty.")
EXPLAIN = typer.Option(False, "--explain", help="Show what each factor costs, and how good the intake is proven to be.")


def name_sport(sport: SportChoice | None) -> Literal["run", "mtb", "ride"] | None:
    """The sport by its word."""
    return None if sport is None else sport.value


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
