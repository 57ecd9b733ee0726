"""``pacecalc plan``: one command prints a plan one can race on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pacecalc.cli import options
from pacecalc.cli.output import (
    BAGS,
    CARDS,
    CREW,
    FORCE,
    FORMAT,
    OUTPUTS,
    PAPER,
    PLAIN,
    UNITS,
    Format,
    Paper,
    UnitChoice,
    Wanted,
    show_plan,
)
from pacecalc.cli.waiting import waiting

if TYPE_CHECKING:
    from pacecalc.planning.records import RacePlan


def plan(
    course: str = options.COURSE,
    sport: options.SportChoice | None = options.SPORT,
    goal: str | None = options.GOAL,
    athlete: Path | None = options.ATHLETE,
    day: Path | None = options.DAY,
    pantry: Path | None = options.PANTRY,
    mass: str | None = options.MASS,
    ftp: str | None = options.FTP,
    result: list[str] | None = options.RESULT,
    index: str | None = options.INDEX,
    date: str | None = options.DATE,
    low: str | None = options.LOW,
    high: str | None = options.HIGH,
    humidity: str | None = options.HUMIDITY,
    wind: str | None = options.WIND,
    wind_from: str | None = options.WIND_FROM,
    cloud: str | None = options.CLOUD,
    forecast: Path | None = options.FORECAST,
    start_delay: str | None = options.START_DELAY,
    wave: str | None = options.WAVE,
    congestion: str | None = options.CONGESTION,
    margin: list[str] | None = options.MARGIN,
    target_probability: str | None = options.TARGET,
    stop: list[str] | None = options.STOP,
    fade: str = options.FADE,
    pacing: options.Pacing = options.PACING,
    ignore_cutoffs: bool = options.IGNORE_CUTOFFS,
    assume_water_only: bool = options.WATER_ONLY,
    seed: int = options.SEED,
    units: UnitChoice = UNITS,
    format: Format | None = FORMAT,
    output: list[Path] | None = OUTPUTS,
    force: bool = FORCE,
    strict: bool = options.STRICT,
    plain: bool = PLAIN,
    explain: bool = options.EXPLAIN,
    plan_b: bool = options.PLAN_B,
    cards: bool = CARDS,
    crew: bool = CREW,
    bags: bool = BAGS,
    paper: Paper = PAPER,
) -> int:
    """Plan a race: pacing, cutoffs, odds, and what to eat and drink where."""
    from pacecalc.planning.plan import plan_race

    plain_margin, margins = options.split_margins(margin or [])
    with waiting("planning"):
        made: RacePlan = plan_race(
            course,
            goal=goal,
            athlete=athlete,
            day=day,
            pantry=pantry,
            mass=mass,
            threshold_power=ftp,
            results=result,
            index=index,
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
            congestion=congestion,
            sport=options.name_sport(sport),
            margin=plain_margin,
            margins=margins,
            target_probability=target_probability,
            stops=options.split_stops(stop or []),
            fade=fade,
            pacing=pacing.value,
            ignore_cutoffs=ignore_cutoffs,
            assume_water_only=assume_water_only,
            seed=seed,
        )
    parts = tuple(name for name, chosen in (("cards", cards), ("crew", crew), ("bags", bags)) if chosen)
    show_plan(made, Wanted(format, units, tuple(output or ()), force, plain, explain, parts, paper, plan_b))
    return 4 if strict and not made.legal else 0
