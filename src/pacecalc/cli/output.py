"""Where a printout goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import typer

from pacecalc.cli.waiting import waiting
from pacecalc.record import record

if TYPE_CHECKING:
    from pacecalc.planning.records import RacePlan


class UnitChoice(StrEnum):
    metric = "metric"
    imperial = "imperial"


class Format(StrEnum):
    """Names of ``pacecalc.render.formats.FORMATS``, known here without loading a renderer."""

    table = "table"
    json = "json"
    html = "html"
    pdf = "pdf"
    markdown = "markdown"
    csv = "csv"
    powerplan = "powerplan"
    ics = "ics"
    gpx = "gpx"
    tcx = "tcx"
    fit = "fit"


class ReportFormat(StrEnum):
    """Forms of everything that is not a plan."""

    table = "table"
    json = "json"


class Paper(StrEnum):
    a4 = "a4"
    letter = "us-letter"


FORMAT = typer.Option(None, "--format", "-f", help="Form of the printout; a file's ending says it too.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write to a file instead of the terminal.")
OUTPUTS = typer.Option(None, "--output", "-o", help="Write to a file, e.g. plan.html or crew.ics; repeatable.")
REPORT_FORMAT = typer.Option(ReportFormat.table, "--format", "-f", help="Form of the printout.")
FORCE = typer.Option(False, "--force", help="Overwrite existing files.")
PLAIN = typer.Option(False, "--plain", help="ASCII only.")
UNITS = typer.Option(UnitChoice.metric, "--units", "-u", help="Units of the printout.")
CARDS = typer.Option(False, "--cards", help="PDF: only the wrist and top-tube cards (with --crew, --bags: those too).")
CREW = typer.Option(False, "--crew", help="PDF: only the crew sheets.")
BAGS = typer.Option(False, "--bags", help="PDF: only the drop-bag labels.")
PAPER = typer.Option(Paper.a4, "--paper", help="PDF: paper size.")


@record()
class Wanted:
    """How a plan is to be shown."""

    format: Format | None = None
    units: UnitChoice = UnitChoice.metric
    outputs: tuple[Path, ...] = ()
    force: bool = False
    plain: bool = False
    explain: bool = False
    parts: tuple[str, ...] = ()
    """Of a PDF; all when empty."""
    paper: Paper = Paper.a4
    plan_b: bool = False


WIDTH_RANGE = (80, 140)
WIDTH_WITHOUT_TERMINAL = 100


def wants_color() -> bool:
    """Colour only on a terminal, and not when NO_COLOR is set (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    if not sys.stdout.isatty():
        return WIDTH_WITHOUT_TERMINAL
    return min(max(shutil.get_terminal_size().columns, WIDTH_RANGE[0]), WIDTH_RANGE[1])


def shows_unicode() -> bool:
    """Whether the stream can show block characters and signs."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return encoding.startswith("utf")


class Look(TypedDict):
    """How a text is laid out, as every text renderer takes it."""

    width: int
    color: bool
    plain: bool


def look_of(output: Path | None = None, *, plain: bool) -> Look:
    """What the terminal can show; a file gets the standard width, no colour, and all signs unless plain."""
    if output is not None:
        return Look(width=WIDTH_WITHOUT_TERMINAL, color=False, plain=plain)
    return Look(width=terminal_width(), color=wants_color(), plain=plain or not shows_unicode())


def show_plan(plan: RacePlan, wanted: Wanted) -> None:
    """Render a plan and put it where it was asked for: all files are made before the first is written."""
    if not wanted.outputs:
        _print(_render(plan, wanted, (wanted.format or Format.table).value))
        return
    _refuse_existing(wanted)
    with waiting("printing"):
        made = [(path, _render(plan, wanted, _format_for(path, wanted), path)) for path in wanted.outputs]
    for path, content in made:
        write(path, content, force=wanted.force)


def _format_for(path: Path, wanted: Wanted) -> str:
    from pacecalc.render.formats import format_of

    return wanted.format.value if wanted.format is not None else format_of(path).name


def _refuse_existing(wanted: Wanted) -> None:
    from pacecalc.errors import UsageError

    there = [str(path) for path in wanted.outputs if path.exists() and not path.is_dir()]
    if there and not wanted.force:
        raise UsageError(f"{', '.join(there)}: exists already; give --force to replace it, or another name")


def _render(plan: RacePlan, wanted: Wanted, format_name: str, path: Path | None = None) -> str | bytes:
    options: dict[str, Any] = {}
    if format_name == Format.table:
        options = {
            **look_of(path, plain=wanted.plain),
            "explain": wanted.explain,
            "plan_b": wanted.plan_b,
        }
    elif format_name == Format.pdf:
        options = {"paper": wanted.paper.value}
        if wanted.parts:
            options["parts"] = wanted.parts
    from pacecalc.render.formats import render_format

    return render_format(plan, format_name, units=wanted.units.value, **options)


def _print(content: str | bytes) -> None:
    if isinstance(content, str):
        typer.echo(content, nl=False)
        return
    if sys.stdout.isatty():
        from pacecalc.errors import UsageError

        raise UsageError("this format is not text; write it to a file with -o")
    sys.stdout.buffer.write(content)


def deliver(text: str, *, output: Path | None, force: bool, file_name: str | None = None) -> None:
    """Print text, or write it to a file; with a name for the file it is data, which no terminal is flooded with."""
    if output is None:
        if file_name is not None and sys.stdout.isatty():
            from pacecalc.errors import UsageError

            lines = len(text.splitlines())
            raise UsageError(f"{lines} lines are not for a terminal; write them to a file: -o {file_name}")
        typer.echo(text, nl=False)
    else:
        write(output, text, force=force)


def write(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file atomically and say so on stderr."""
    from pacecalc.documents.writing import write_atomically

    write_atomically(path, content, force=force)
    typer.echo(f"wrote {path}", err=True)
