"""The race plan for a terminal: calm, aligned, readable at 80 to 140 columns, with or without colour."""

from __future__ import annotations

import io
import textwrap

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pacecalc.planning.records import RacePlan
from pacecalc.render import tables
from pacecalc.render.headlines import closing_lines, headline
from pacecalc.render.strip import elevation_strip
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units

STYLES = {"plain": "", "quiet": "dim", "good": "green", "tight": "yellow", "bad": "bold red", "strong": "bold"}
PLAIN_TEXT = str.maketrans({"°": "", "±": "+-", "–": "-", "×": "x", "·": ".", "’": "'", "²": "2"})
DEFAULT_WIDTH = 100


def render_terminal(
    plan: RacePlan, *, units: System = "metric", width: int = DEFAULT_WIDTH, color: bool = False, plain: bool = False
) -> str:
    """The whole printout as text; ``plain`` keeps it to ASCII, ``color`` adds terminal colours."""
    system = IMPERIAL if units == "imperial" else METRIC
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        no_color=not color,
    )
    _print_head(console, plan, system, width, plain)
    shown = (
        tables.waypoint_table(plan, system),
        tables.segment_table(plan, system),
        tables.leg_table(plan, system),
        tables.schedule_table(plan, system),
        tables.shopping_table(plan),
    )
    for table in shown:
        if table.rows and table.columns:
            console.print()
            console.print(Text(table.title, style="bold underline" if color else ""))
            console.print(Padding(lay_out(table), (0, 0, 0, 1)))
    console.print()
    for line in closing_lines(plan):
        console.print(
            textwrap.fill(line, width=width - 1, subsequent_indent="  "),
            style="yellow" if line.startswith("!") else "dim" if line.startswith(("Assumed", "Estimated")) else "",
        )
    text = "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
    return to_ascii(text) if plain else text


def _print_head(console: Console, plan: RacePlan, units: Units, width: int, plain: bool) -> None:
    first, *rest = headline(plan, units)
    console.print(textwrap.fill(first, width=width - 1, subsequent_indent="  "), style="bold")
    answer_style = "bold green" if plan.legal else "bold red"
    for line, style in zip(rest, ("", answer_style), strict=True):
        console.print(textwrap.fill(line, width=width - 1, subsequent_indent="  "), style=style)
    strip, marks = elevation_strip(plan.profile, plan.waypoints, min(width - 4, 96), plain=plain)
    console.print()
    console.print(f" {strip}", style="cyan")
    console.print(f" {marks}", style="dim")


def lay_out(table: tables.Table) -> RichTable:
    """One table with a heading line and no boxes."""
    grid = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for column in table.columns:
        grid.add_column(column.heading, justify=column.align, no_wrap=not column.wrap, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell.text, style=STYLES[cell.tone]) for cell in row))
    return grid


def to_ascii(text: str) -> str:
    """The same text in ASCII; letters a terminal may not have lose their accents."""
    import unicodedata

    text = unicodedata.normalize("NFKD", text.translate(PLAIN_TEXT))
    return text.encode("ascii", "ignore").decode("ascii")
