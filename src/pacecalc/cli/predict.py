"""``pacecalc predict``: the finish a fitness is good for, and the fitness a finish takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import ReportFormat, UnitChoice, deliver, look_of
from pacecalc.cli.race_options import RACE, describes_race

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices

NOT_FOR_A_PREDICTION = (
    *("goal", "pantry", "margin", "target_probability", "stop", "fade", "pacing"),
    *("ignore_cutoffs", "assume_water_only", "seed"),
)
TIMES = typer.Option(None, "--for", help="Finish time to say the needed fitness for, e.g. 9:00; repeatable.")


@describes_race(*NOT_FOR_A_PREDICTION)
def predict(
    course: str = options.COURSE,
    times: list[str] | None = TIMES,
    race: RaceChoices = RACE,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    plain: bool = printing.PLAIN,
) -> None:
    """Finish time from past races or threshold power, and what a finish time takes."""
    from pacecalc.planning.finish_time import report_times

    report = report_times(course, race, times or ())
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
