"""``pacecalc course``: which courses there are, what they hold, and how to bring one's own."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import typer

from pacecalc.cli.options import SportChoice
from pacecalc.cli.output import UnitChoice, deliver, look_of

app = typer.Typer(help="Courses: bundled ones, your own, and tracks to import.", no_args_is_help=True)
COURSE = typer.Argument(help="A bundled course, a profile (.yaml) or a track (.gpx, .tcx, .fit).")
UNITS = typer.Option(UnitChoice.metric, "--units", "-u", help="Units of the printout.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write to a file instead of the terminal.")
FORCE = typer.Option(False, "--force", help="Overwrite an existing file.")
PLAIN = typer.Option(False, "--plain", help="ASCII only.")


class ExportFormat(StrEnum):
    gpx = "gpx"
    csv = "csv"


@app.callback()
def _group() -> None:
    """Courses."""


@app.command("list")
def list_courses(units: UnitChoice = UNITS, plain: bool = PLAIN) -> None:
    """All courses known by name, one line each."""
    from pacecalc.documents.library import list_profiles
    from pacecalc.errors import PacecalcError
    from pacecalc.planning.build import load_course
    from pacecalc.render.course import render_course_list

    courses, broken = [], []
    for path in list_profiles().values():
        try:
            courses.append(load_course(path))
        except PacecalcError as error:
            # One bad file of the user's own must not hide all other courses.
            broken.append(str(error).splitlines()[0])
    text = render_course_list(courses, units=units.value, **look_of(plain=plain))
    typer.echo(text, nl=False)
    for line in broken:
        typer.echo(f"left out: {line}", err=True)


@app.command("show")
def show_course(course: str = COURSE, units: UnitChoice = UNITS, plain: bool = PLAIN) -> None:
    """Facts, places, an elevation chart and the hardest climbs."""
    from pacecalc.planning.build import load_course
    from pacecalc.render.course import render_course

    text = render_course(
        load_course(course),
        units=units.value,
        **look_of(plain=plain),
    )
    typer.echo(text, nl=False)


@app.command("check")
def check_course(file: str = typer.Argument(help="A profile (.yaml), or a bundled course.")) -> None:
    """All problems of a profile, and what looks doubtful in one that loads."""
    from pacecalc.documents.course_profile import CourseProfile
    from pacecalc.documents.library import find_profile
    from pacecalc.documents.reading import load_document
    from pacecalc.planning.doubts import find_doubts

    path = find_profile(file)
    doubts = find_doubts(load_document(CourseProfile, path))
    for doubt in doubts:
        typer.echo(f"doubt: {doubt}")
    typer.echo(f"{path}: no errors, {len(doubts)} {'doubt' if len(doubts) == 1 else 'doubts'}")


@app.command("schema")
def show_schema(output: Path | None = OUTPUT, force: bool = FORCE) -> None:
    """JSON Schema of course profiles, for editors."""
    from pacecalc.documents.schema import course_schema

    deliver(json.dumps(course_schema(), indent=2, ensure_ascii=False) + "\n", output=output, force=force)


@app.command("import")
def import_course(
    track: Path = typer.Argument(help="A GPX, TCX or FIT file."),
    name: str | None = typer.Option(None, "--name", help="Name of the course; else what the track says."),
    sport: SportChoice | None = typer.Option(None, "--sport", help="Sport; else what the track says, else run."),
    distance: str | None = typer.Option(None, "--distance", help="Official distance, e.g. 104mi; the track is scaled."),
    ascent: str | None = typer.Option(None, "--ascent", help="Published ascent, e.g. 12000ft; only recorded."),
    waypoints: str = typer.Option("wpt", "--waypoints", help="wpt: those in the track; none; or a CSV file."),
    start: str | None = typer.Option(None, "--start", help="Local start time, e.g. '2027-08-14 06:30'."),
    timezone: str | None = typer.Option(None, "--timezone", help="Time zone, e.g. America/Denver."),
    miles: bool = typer.Option(False, "--miles", help="Write the profile in miles and feet."),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
) -> None:
    """Make a course profile from a track; what was repaired or assumed is said on stderr."""
    from pacecalc.planning.bring import import_course as bring_course
    from pacecalc.planning.profile_text import profile_to_yaml

    imported = bring_course(
        track,
        name=name,
        sport=None if sport is None else sport.value,
        distance=distance,
        ascent=ascent,
        waypoints=waypoints,
        start=start,
        timezone=timezone,
    )
    for remark in imported.remarks:
        typer.echo(f"note: {remark}", err=True)
    text = profile_to_yaml(imported.profile, miles=miles)
    deliver(text, output=output, force=force, file_name=f"{imported.profile.id}.yaml")


@app.command("export")
def export_course(
    course: str = COURSE,
    format: ExportFormat = typer.Option(ExportFormat.gpx, "--format", "-f", help="gpx with waypoints, or csv."),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
) -> None:
    """The course for other programs."""
    from pacecalc.planning.build import load_course
    from pacecalc.planning.course_export import course_to_csv, course_to_gpx

    loaded = load_course(course)
    text = course_to_gpx(loaded) if format is ExportFormat.gpx else course_to_csv(loaded)
    deliver(text, output=output, force=force, file_name=f"{loaded.id}.{format.value}")
