"""``pacecalc cutoffs``: what the cutoffs demand, and the easiest day that still makes them."""

from __future__ import annotations

from pathlib import Path

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import (
    ReportFormat,
    UnitChoice,
    deliver,
    look_of,
)


def cutoffs(
    course: str = options.COURSE,
    sport: options.SportChoice | None = options.SPORT,
    athlete: Path | None = options.ATHLETE,
    day: Path | None = options.DAY,
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
    seed: int = options.SEED,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    strict: bool = options.STRICT,
    plain: bool = printing.PLAIN,
) -> int:
    """What each cutoff demands, and the slowest plan that still makes them all."""
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.cutoff_report import report_cutoffs

    plain_margin, margins = options.split_margins(margin or [])
    report = report_cutoffs(
        course,
        RaceChoices(
            athlete=athlete,
            day=day,
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
            seed=seed,
        ),
    )
    if format is ReportFormat.json:
        from pacecalc.planning.codec import encode, json_text

        data = {"schema": "pacecalc/cutoffs/1", "legal": report.legal, **encode(report)}
        text = json_text(data)
    else:
        from pacecalc.render.cutoff_report import render_cutoff_report

        text = render_cutoff_report(
            report,
            units=units.value,
            **look_of(output, plain=plain),
        )
    deliver(text, output=output, force=force)
    return 4 if strict and not report.legal else 0
