"""``pacecalc cutoffs``: what the cutoffs demand, and the easiest day that still makes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import (
    ReportFormat,
    UnitChoice,
    deliver,
    look_of,
)
from pacecalc.cli.race_options import RACE, describes_race

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices


@describes_race("goal", "pantry", "target_probability", "ignore_cutoffs", "assume_water_only")
def cutoffs(
    course: str = options.COURSE,
    race: RaceChoices = RACE,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    strict: bool = options.STRICT,
    plain: bool = printing.PLAIN,
) -> int:
    """What each cutoff demands, and the slowest plan that still makes them all."""
    from pacecalc.planning.cutoff_report import report_cutoffs

    report = report_cutoffs(course, race)
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
