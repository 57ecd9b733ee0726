"""``pacecalc batch``: plans for a coach's group or an organiser's field."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from pacecalc.cli import options
from pacecalc.cli.output import Format, UnitChoice
from pacecalc.cli.race_options import RACE, describes_race

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.field_table import Entrant
    from pacecalc.render.plan_folder import PlanFolder, SummaryRow

ATHLETES = typer.Argument(
    help="CSV table with a header: name, and any of goal, mass, ftp, sex, results, wave, athlete (a file), ..."
)
FOLDER = typer.Option(..., "--output", "-o", help="Folder for the plans and summary.csv; made when it is not there.")
FORMAT = typer.Option(Format.json, "--format", "-f", help="Form of the plans.")
JOBS = typer.Option(0, "--jobs", "-j", help="Processes; 0 for all cores.")
PACING_ONLY = typer.Option(False, "--pacing-only", help="Only clock and odds, in splits.csv: several times faster.")
FORCE = typer.Option(False, "--force", help="Make plans again that stand already, and replace files in the way.")
UNITS = typer.Option(UnitChoice.metric, "--units", "-u", help="Units of the plans.")
FAILED = 3
EACH_ATHLETE_SAYS = (
    *("athlete", "mass", "ftp", "result", "index", "start_delay", "wave", "congestion"),
    *("margin", "target_probability", "stop", "fade", "pacing"),
)


class Step(Protocol):
    """Moves the progress bar on."""

    def __call__(self) -> None: ...


@describes_race(*EACH_ATHLETE_SAYS)
def batch(
    course: str = options.COURSE,
    athletes: Path = ATHLETES,
    folder: Path = FOLDER,
    format: Format = FORMAT,
    jobs: int = JOBS,
    pacing_only: bool = PACING_ONLY,
    race: RaceChoices = RACE,
    units: UnitChoice = UNITS,
    force: bool = FORCE,
) -> int:
    """Plan a race for many athletes: one file each and a summary; what stands already is not made again."""
    from pacecalc.planning.field_table import read_entrants
    from pacecalc.render.plan_folder import PlanFolder, Printing, SummaryRow

    entrants, unread = read_entrants(athletes)
    common: RaceChoices = {key: value for key, value in race.items() if value is not None}  # type: ignore[assignment]
    plans = PlanFolder(folder, Printing(course=course, format=format.value, units=units.value, common=common))
    plans.open()
    rows = _pace(plans, entrants, jobs) if pacing_only else _plan(plans, entrants, jobs, force=force)
    rows += [SummaryRow(name="", line=problem.line, problem=str(problem)) for problem in unread]
    rows.sort(key=lambda row: row.line or 0)
    summary = plans.write_summary(rows)
    bad = _report(rows)
    typer.echo(f"wrote {summary}: {len(rows) - bad} of {len(rows)} athletes have a plan", err=True)
    return FAILED if bad else 0


def _plan(plans: PlanFolder, entrants: tuple[Entrant, ...], jobs: int, *, force: bool) -> list[SummaryRow]:
    from pacecalc.planning.build import load_course
    from pacecalc.planning.workers import run_on_cores
    from pacecalc.render.plan_folder import SummaryRow, run_errand

    # A course that cannot be read is one mistake, not one for each athlete.
    load_course(plans.printing.course, sport=plans.printing.common.get("sport"))
    errands, rows = plans.assign(entrants, force=force)
    if rows:
        typer.echo(f"{len(rows)} plans stand already (--force makes them again)", err=True)
    with _progress(len(errands)) as step:
        for index, result in run_on_cores(partial(run_errand, plans.printing), errands, jobs):
            errand = errands[index]
            if isinstance(result, Exception):
                entrant = errand.entrant
                result = SummaryRow(name=entrant.name, line=entrant.line, problem=entrant.place(_tell(result)))
            plans.note(errand, result)
            rows.append(result)
            step()
    return rows


def _pace(plans: PlanFolder, entrants: tuple[Entrant, ...], jobs: int) -> list[SummaryRow]:
    from pacecalc.planning.field import plan_entrants
    from pacecalc.render.plan_folder import SPLITS, summarise, write_splits

    printing = plans.printing
    with _progress(len(entrants)) as step:
        results = plan_entrants(
            printing.course, entrants, intake=False, jobs=jobs, common=printing.common, on_done=lambda *_: step()
        )
    write_splits(plans.path / SPLITS, results)
    return [summarise(result) for result in results]


def _tell(error: Exception) -> str:
    from pacecalc.errors import PacecalcError

    # A bug on one athlete must not cost the others their plans; it is still named as one.
    return str(error) if isinstance(error, PacecalcError) else f"a bug in pacecalc ({type(error).__name__}: {error})"


def _report(rows: Iterable[SummaryRow]) -> int:
    bad = 0
    for row in rows:
        if row.problem:
            bad += 1
            for line in row.problem.splitlines():
                typer.echo(f"error: {line}", err=True)
    return bad


@contextmanager
def _progress(total: int) -> Iterator[Step]:
    """A bar on a terminal, nothing where the output is kept."""
    if not sys.stderr.isatty() or total == 0:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
