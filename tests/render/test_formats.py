"""A file name picks the form, and every form is made by the same call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.records import RacePlan
from pacecalc.render.formats import FORMATS, format_of, render_format
from pacecalc.render.plan_json import parse_plan, render_json


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("plan.html", "html"),
        ("PLAN.HTM", "html"),
        ("a.b/plan.pdf", "pdf"),
        ("crew.ics", "ics"),
        ("x.md", "markdown"),
        ("x.csv", "csv"),
        ("x.json", "json"),
        ("x.txt", "table"),
        ("x.gpx", "gpx"),
        ("x.tcx", "tcx"),
        ("x.FIT", "fit"),
    ],
)
def test_the_ending_picks_the_format(path: str, name: str) -> None:
    assert format_of(path).name == format_of(Path(path)).name == name


def test_an_unknown_ending_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match=r"plan\.doc does not tell a format by '\.doc'; use one of .*\.pdf.*--format"):
        format_of("some/plan.doc")
    with pytest.raises(UsageError, match="plan has no ending that tells a format"):
        format_of("plan")


def test_no_ending_belongs_to_two_formats() -> None:
    endings = [ending for made in FORMATS.values() for ending in made.endings]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"powerplan"}))
def test_every_format_is_text_or_bytes_as_it_says(tracked_plan: RacePlan, name: str) -> None:
    made = render_format(tracked_plan, name, units="imperial")
    assert isinstance(made, str if FORMATS[name].is_text else bytes)
    assert len(made) > 500


@pytest.mark.parametrize("name", ["markdown", "csv", "ics", "gpx", "tcx", "fit", "pdf"])
def test_a_saved_plan_prints_the_same_devices_and_tables(tracked_plan: RacePlan, name: str) -> None:
    saved = parse_plan(render_json(tracked_plan))
    again = parse_plan(render_json(saved))
    assert render_format(again, name) == render_format(saved, name)


def test_options_reach_the_renderer(run_plan: RacePlan) -> None:
    assert render_format(run_plan, "csv", table="shopping").startswith("count,item")  # type: ignore[arg-type]


def test_an_unknown_format_is_named_with_those_that_exist(run_plan: RacePlan) -> None:
    with pytest.raises(UsageError, match=r"unknown format 'docx'; one of table, json, html"):
        render_format(run_plan, "docx")


def test_the_table_of_formats_loads_no_renderer() -> None:
    code = (
        "import sys, pacecalc.render.formats;"
        "print([m for m in ('typst', 'icalendar', 'fit_tool', 'rich', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["markdown", "csv", "ics", "gpx", "tcx", "pdf"])
def test_a_plan_read_back_from_json_prints_like_the_plan_itself(tracked_plan: RacePlan, name: str) -> None:
    saved = parse_plan(render_json(tracked_plan))
    assert render_format(saved, name) == render_format(tracked_plan, name)
