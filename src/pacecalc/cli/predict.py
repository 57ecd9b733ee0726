"""``pacecalc predict``: the finish a fitness is good for, and the fitness a finish takes."""

from __future__ import annotations

from pathlib import Path

import typer

from pacecalc.cli import options
from pacecalc.cli.output import (
    FORCE,
    OUTPUT,
    PLAIN,
    REPORT_FORMAT,
    UNITS,
    ReportFormat,
    UnitChoice,
    deliver,
    look_of,
)

TIMES = typer.Option(None, "--for", help="Finish time to say the needed fitness for, e.g. 9:00; repeatable.")


def predict(
    course: str = options.COURSE,
    sport: options.SportChoice | None = options.SPORT,
    result: list[str] | None = options.RESULT,
    index: str | None = options.INDEX,
    ftp: str | None = options.FTP,
    times: list[str] | None = TIMES,
    athlete: Path | None = options.ATHLETE,
    day: Path | None = options.DAY,
    mass: str | None = options.MASS,
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
    units: UnitChoice = UNITS,
    format: ReportFormat = REPORT_FORMAT,
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plain: bool = PLAIN,
) -> None:
    """Finish time from past races or threshold power, and what a finish time takes."""
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.finish_time import report_times

    report = report_times(
        course,
        RaceChoices(
            results=result,
            index=index,
            threshold_power=ftp,
            athlete=athlete,
            day=day,
            mass=mass,
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
        ),
        times or (),
    )
    if format is ReportFormat.json:
        from pacecalc.planning.codec import encode, json_text

        text = json_text({"schema": "pacecalc/prediction/1", **encode(report)})
    else:
        from pacecalc.render.finish_time import render_time_report

        text = render_time_report(
            report,
            units=units.value,
            **look_of(output, plain=plain),
        )
    deliver(text, output=output, force=force)
