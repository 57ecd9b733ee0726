"""``pacecalc compare``: one race with several goals, side by side."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import (
    ReportFormat,
    UnitChoice,
    deliver,
    look_of,
)
from pacecalc.cli.waiting import waiting


def compare(
    course: str = options.COURSE,
    sport: options.SportChoice | None = options.SPORT,
    goal: list[str] = typer.Option(..., "--goal", "-g", help="A finish time, h:mm; give two to six of them."),
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
    stop: list[str] | None = options.STOP,
    fade: str = options.FADE,
    pacing: options.Pacing = options.PACING,
    ignore_cutoffs: bool = options.IGNORE_CUTOFFS,
    assume_water_only: bool = options.WATER_ONLY,
    seed: int = options.SEED,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    strict: bool = options.STRICT,
    plain: bool = printing.PLAIN,
) -> int:
    """Arrivals, margins, odds, effort and intake for several goals."""
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.compare import compare_goals

    plain_margin, margins = options.split_margins(margin or [])
    with waiting("planning every goal"):
        plans = compare_goals(
            course,
            goal,
            RaceChoices(
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
                stops=options.split_stops(stop or []),
                fade=fade,
                pacing=pacing.value,
                ignore_cutoffs=ignore_cutoffs,
                assume_water_only=assume_water_only,
                seed=seed,
            ),
        )
    if format is ReportFormat.json:
        from pacecalc.planning.codec import json_text
        from pacecalc.render.plan_json import plan_to_dict

        data = {"schema": "pacecalc/compare/1", "plans": [plan_to_dict(plan) for plan in plans]}
        text = json_text(data)
    else:
        from pacecalc.render.compare_text import render_comparison

        text = render_comparison(
            plans,
            units=units.value,
            **look_of(output, plain=plain),
        )
    deliver(text, output=output, force=force)
    return 4 if strict and not all(plan.legal for plan in plans) else 0
