"""Every form a plan can take: its name, file endings, whether it is text, the extra it needs, and how it is made.

Renderers are loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from pacecalc.errors import UsageError
from pacecalc.planning.records import RacePlan
from pacecalc.record import record
from pacecalc.render.wording import System


@record(kw_only=True)
class PrintFormat:
    """One form of printout."""

    name: str
    endings: tuple[str, ...]
    """Of file names, the usual one first, with the dot, in lower case."""
    media_type: str
    is_text: bool
    extra: str | None
    """Of ``pip install 'pacecalc[...]'``; None when nothing more is needed."""
    render: Callable[..., str | bytes]
    """``render(plan, units=..., **options)``."""


def _table(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.terminal import render_terminal

    return render_terminal(plan, units=units, **options)


def _json(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    # The JSON is SI with units in its keys, whatever the printouts use.
    from pacecalc.render.plan_json import render_json

    return render_json(plan, **options)


def _html(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.html import render_html

    return render_html(plan, units=units, **options)


def _pdf(plan: RacePlan, *, units: System = "metric", **options: Any) -> bytes:
    from pacecalc.render.pdf import render_pdf

    return render_pdf(plan, units=units, **options)


def _markdown(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.markdown import render_markdown

    return render_markdown(plan, units=units, **options)


def _csv(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.csv_tables import render_csv

    return render_csv(plan, units=units, **options)


def _power_plan(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.power_plan import render_power_plan

    return render_power_plan(plan, units=units, **options)


def _calendar(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.calendar import render_calendar

    return render_calendar(plan, units=units, **options)


def _gpx(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.gpx import render_gpx

    return render_gpx(plan, units=units, **options)


def _tcx(plan: RacePlan, *, units: System = "metric", **options: Any) -> str:
    from pacecalc.render.tcx import render_tcx

    return render_tcx(plan, units=units, **options)


def _fit(plan: RacePlan, *, units: System = "metric", **options: Any) -> bytes:
    # Devices show their own units.
    from pacecalc.render.fit import render_fit

    return render_fit(plan, **options)


def _format(
    name: str,
    endings: tuple[str, ...],
    media_type: str,
    render: Callable[..., str | bytes],
    *,
    is_text: bool = True,
    extra: str | None = None,
) -> PrintFormat:
    return PrintFormat(name=name, endings=endings, media_type=media_type, is_text=is_text, extra=extra, render=render)


FORMATS: dict[str, PrintFormat] = {
    made.name: made
    for made in (
        _format("table", (".txt",), "text/plain", _table),
        _format("json", (".json",), "application/json", _json),
        _format("html", (".html", ".htm"), "text/html", _html),
        _format("pdf", (".pdf",), "application/pdf", _pdf, is_text=False, extra="pdf"),
        _format("markdown", (".md", ".markdown"), "text/markdown", _markdown),
        _format("csv", (".csv",), "text/csv", _csv),
        _format("powerplan", (".powerplan",), "text/csv", _power_plan),
        _format("ics", (".ics",), "text/calendar", _calendar, extra="calendar"),
        _format("gpx", (".gpx",), "application/gpx+xml", _gpx),
        _format("tcx", (".tcx",), "application/vnd.garmin.tcx+xml", _tcx),
        _format("fit", (".fit",), "application/vnd.ant.fit", _fit, is_text=False, extra="fit"),
    )
}


def format_of(path: str | PurePath) -> PrintFormat:
    """The format a file name asks for by its ending.

    Raises
    ------
    UsageError
        When no format has that ending.
    """
    ending = PurePath(path).suffix.lower()
    for made in FORMATS.values():
        if ending in made.endings:
            return made
    known = ", ".join(made.endings[0] for made in FORMATS.values())
    found = f"does not tell a format by {ending!r}" if ending else "has no ending that tells a format"
    raise UsageError(f"{PurePath(path).name} {found}; use one of {known}, or name one with --format")


def render_format(plan: RacePlan, name: str, *, units: System = "metric", **options: Any) -> str | bytes:
    """The plan in one of ``FORMATS``.

    Raises
    ------
    UsageError
        For a format that does not exist.
    MissingExtraError
        When the format needs a library that is not installed.
    """
    if name not in FORMATS:
        raise UsageError(f"unknown format {name!r}; one of {', '.join(FORMATS)}")
    return FORMATS[name].render(plan, units=units, **options)
