"""The race plan as Markdown with pipe tables, for notes and chats."""

from __future__ import annotations

import re

from pacecalc.planning.records import RacePlan
from pacecalc.render.headlines import closing_lines, headline
from pacecalc.render.on_the_way import ahead_of, replan_lines
from pacecalc.render.plain_text import clean_text
from pacecalc.render.plan_tables import list_tables
from pacecalc.render.tables import Table
from pacecalc.render.wording import IMPERIAL, METRIC, System

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#$&])")
BLOCK_START = re.compile(r"^(\d*)([+\-.)=])(?=\s|$)")
"""At the start of a line these would begin a list or underline a heading."""


def render_markdown(plan: RacePlan, *, units: System = "metric") -> str:
    """All tables of the plan in Markdown; names are text, whatever signs they hold.

    Of a plan made on the way it shows what is still ahead.
    """
    plan = ahead_of(plan)
    system = IMPERIAL if units == "imperial" else METRIC
    course, day, answer = headline(plan, system)
    parts = [f"# {escape_line(course)}", escape_line(day), f"**{escape_line(answer)}**"]
    parts += [escape_line(line) for line in replan_lines(plan)]
    for table in list_tables(plan, system):
        parts += [f"## {escape_line(table.title)}", pipe_table(table)]
    parts.append("\n".join(f"- {escape_line(line)}" for line in closing_lines(plan)))
    return "\n\n".join(parts) + "\n"


def pipe_table(table: Table) -> str:
    """One pipe table; notes become a last column of their own."""
    noted = any(row.note for row in table.rows)
    headings = [escape_markdown(column.heading) for column in table.columns] + (["note"] if noted else [])
    rules = ["---:" if column.align == "right" else ":---" for column in table.columns] + ([":---"] if noted else [])
    lines = [headings, rules]
    for row in table.rows:
        cells = [escape_markdown(cell.text) for cell in row.cells]
        cells = [
            f"**{text}**" if text and cell.tone in ("strong", "bad") else text
            for text, cell in zip(cells, row.cells, strict=True)
        ]
        lines.append(cells + ([escape_markdown(row.note)] if noted else []))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape_line(line: str) -> str:
    """A line of its own; the wide gaps of the terminal become dots between."""
    parts = (escape_markdown(part) for part in line.split("   "))
    return BLOCK_START.sub(r"\1\\\2", " · ".join(part for part in parts if part))


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: one line, no markup, no HTML."""
    return SPECIAL.sub(r"\\\1", clean_text(text))
