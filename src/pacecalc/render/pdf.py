"""The print set as PDF: plan pages, cards, crew sheets and drop-bag labels, set by typst.

Words and figures are made here and handed to the templates as JSON, so that a name is never read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from pacecalc.errors import MissingExtraError, UsageError
from pacecalc.planning.records import RacePlan
from pacecalc.render.cards import card_data
from pacecalc.render.crew_sheets import bag_data, crew_data
from pacecalc.render.headlines import closing_lines, headline
from pacecalc.render.on_the_way import ahead_of, replan_lines
from pacecalc.render.plain_text import break_long_words, clean_text, shorten
from pacecalc.render.plan_tables import list_tables
from pacecalc.render.print_chart import chart_data
from pacecalc.render.tables import Table
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_date, say_elapsed

if TYPE_CHECKING:
    import typst

Paper = Literal["a4", "us-letter"]
PAPERS = ("a4", "us-letter")
Part = Literal["plan", "cards", "crew", "bags"]
ALL_PARTS: tuple[Part, ...] = ("plan", "cards", "crew", "bags")
FOOTER_NAME_LENGTH = 50
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf][\ufe0f\u200d]*")
TEMPLATES = Path(__file__).parent / "typst"


def render_pdf(
    plan: RacePlan, *, units: System = "metric", paper: Paper = "a4", parts: Sequence[Part] = ALL_PARTS
) -> bytes:
    """The print set as one PDF.

    Parameters
    ----------
    plan : RacePlan
        The plan.
    units : str
        ``metric`` or ``imperial``.
    paper : str
        ``a4`` or ``us-letter``.
    parts : sequence of str
        Any of ``plan``, ``cards``, ``crew`` and ``bags``, printed in this order.

    Raises
    ------
    MissingExtraError
        When typst is not installed.
    UsageError
        For a paper or part that does not exist.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("Printing a PDF", "pdf") from None

    data = print_data(plan, units=units, paper=paper, parts=parts)
    if not any("emoji" in family.lower() for family in _fonts().families()):
        data = leave_out_emoji(data)
    compiler = typst.Compiler(
        TEMPLATES / "main.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, allow_nan=False)},
    )
    # The moment of printing would make every file differ.
    made = compiler.compile(format="pdf", timestamp=int(plan.day.gun_clock.astimezone(UTC).timestamp()))
    return cast(bytes, made)


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts, which set everything but scripts and signs they lack; those come from the system."""
    import typst

    return typst.Fonts()


def leave_out_emoji(value: Any) -> Any:
    """The same words without signs that no installed font can draw; boxes in their place tell nobody anything."""
    if isinstance(value, str):
        return value if value.isascii() else EMOJI.sub("", value)
    if isinstance(value, dict):
        return {key: leave_out_emoji(item) for key, item in value.items()}
    if isinstance(value, list):
        return [leave_out_emoji(item) for item in value]
    return value


def print_data(
    plan: RacePlan, *, units: System = "metric", paper: Paper = "a4", parts: Sequence[Part] = ALL_PARTS
) -> dict[str, Any]:
    """What the templates print, as plain words and numbers."""
    if paper not in PAPERS:
        raise UsageError(f"unknown paper {paper!r}; one of {', '.join(PAPERS)}")
    unknown = [part for part in parts if part not in ALL_PARTS]
    if unknown or not parts:
        found = f"unknown part {unknown[0]!r}" if unknown else "no part to print"
        raise UsageError(f"{found}; one or more of {', '.join(ALL_PARTS)}")
    system = IMPERIAL if units == "imperial" else METRIC
    makers: dict[Part, Callable[[], Any]] = {
        "plan": lambda: _plan_data(plan, system),
        "cards": lambda: card_data(plan, units=units),
        "crew": lambda: crew_data(plan, system),
        "bags": lambda: bag_data(plan, system),
    }
    return {
        "paper": paper,
        "title": _printable(plan.course.name),
        "footer": _footer(plan),
        "parts": {part: makers[part]() for part in ALL_PARTS if part in parts},
    }


def _footer(plan: RacePlan) -> str:
    names = [
        break_long_words(shorten(name, FOOTER_NAME_LENGTH)) for name in (plan.course.name, plan.athlete.name) if name
    ]
    return ", ".join([*names, say_date(plan.day.gun_clock), f"goal {say_elapsed(plan.goal_s)}"])


def _printable(text: str) -> str:
    return break_long_words(clean_text(text))


def _plan_data(plan: RacePlan, units: Units) -> dict[str, Any]:
    plan = ahead_of(plan)
    course, day, answer = headline(plan, units)
    return {
        "name": _printable(plan.course.name),
        "course": _line(course.removeprefix(plan.course.name)),
        "day": _line(day),
        "answer": _printable(answer),
        "legal": plan.legal,
        "on_the_way": [_printable(line) for line in replan_lines(plan)],
        "chart": chart_data(plan, units),
        "tables": [_table_data(table) for table in list_tables(plan, units)],
        "closing": [_printable(line) for line in closing_lines(plan)],
    }


def _line(text: str) -> str:
    """The wide gaps of the terminal become dots between."""
    return " · ".join(_printable(part) for part in text.split("   ") if part.strip())


def _table_data(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": _printable(table.title),
        "columns": [{"heading": _printable(c.heading), "align": c.align, "wrap": c.wrap} for c in table.columns],
        "rows": [
            {
                "cells": [{"text": _printable(cell.text), "tone": cell.tone} for cell in row.cells],
                "note": _printable(row.note),
                "quiet": row.note_is_quiet,
            }
            for row in table.rows
        ],
    }
