"""Where a printout goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pacecalc.planning.records import RacePlan


class UnitChoice(StrEnum):
    metric = "metric"
    imperial = "imperial"


class Format(StrEnum):
    table = "table"
    json = "json"


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


def show_plan(
    plan: RacePlan,
    format: Format,
    units: UnitChoice,
    *,
    output: Path | None,
    force: bool,
    plain: bool = False,
    explain: bool = False,
) -> None:
    """Render a plan and put it where it was asked for."""
    to_file = output is not None
    if format is Format.json:
        from pacecalc.render.plan_json import render_json

        text = render_json(plan)
    else:
        from pacecalc.render.terminal import render_terminal

        text = render_terminal(
            plan,
            units=units.value,
            width=WIDTH_WITHOUT_TERMINAL if to_file else terminal_width(),
            color=not to_file and wants_color(),
            plain=plain or not (to_file or shows_unicode()),
            explain=explain,
        )
    deliver(text, output=output, force=force)


def deliver(text: str, *, output: Path | None, force: bool) -> None:
    """Print text, or write it to a file atomically and say so on stderr."""
    if output is None:
        typer.echo(text, nl=False)
        return
    from pacecalc.documents.writing import write_atomically

    write_atomically(output, text, force=force)
    typer.echo(f"wrote {output}", err=True)
