"""Plan endurance races: pacing that is legal at every cutoff, risk, and what to eat and drink where.

Every name is loaded when it is first used. A science function comes in its unit-aware form: it takes quantities or
strings such as ``"62 kg"`` and gives quantities; on plain numbers it stands in ``pacecalc.science``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pacecalc.documents.library import list_profiles as list_profiles
    from pacecalc.documents.pantry import load_pantry as load_pantry
    from pacecalc.errors import CourseError as CourseError
    from pacecalc.errors import DocumentError as DocumentError
    from pacecalc.errors import GoalError as GoalError
    from pacecalc.errors import IntakeError as IntakeError
    from pacecalc.errors import MissingExtraError as MissingExtraError
    from pacecalc.errors import PacecalcError as PacecalcError
    from pacecalc.errors import Problem as Problem
    from pacecalc.errors import TrackError as TrackError
    from pacecalc.errors import UnitError as UnitError
    from pacecalc.errors import UsageError as UsageError
    from pacecalc.planning.athlete import Athlete as Athlete
    from pacecalc.planning.bring import import_course as import_course
    from pacecalc.planning.build import build_course as build_course
    from pacecalc.planning.build import load_course as load_course
    from pacecalc.planning.compare import compare_goals as compare_goals
    from pacecalc.planning.course import Course as Course
    from pacecalc.planning.cutoff_report import report_cutoffs as report_cutoffs
    from pacecalc.planning.field import plan_field as plan_field
    from pacecalc.planning.finish_records import FinishPrediction as FinishPrediction
    from pacecalc.planning.finish_time import predict_time as predict_time
    from pacecalc.planning.plan import plan_race as plan_race
    from pacecalc.planning.records import RacePlan as RacePlan
    from pacecalc.planning.replan import replan_race as replan_race
    from pacecalc.planning.resolve import load_athlete as load_athlete
    from pacecalc.planning.series import look_at_series as look_at_series
    from pacecalc.planning.steady import plan_intake_for as plan_intake_for
    from pacecalc.render.formats import render_format as render_format
    from pacecalc.render.plan_json import render_json as render_json
    from pacecalc.render.terminal import render_terminal as render_terminal
    from pacecalc.tracks.reading import read_track as read_track
    from pacecalc.units import parse_duration_s as parse_duration_s
    from pacecalc.units import quantity as quantity
    from pacecalc.units import unit_aware as unit_aware

    __version__: str
    # what unit_aware makes of the science functions
    aerobic_power_fraction: Callable[..., Any]
    air_density: Callable[..., Any]
    altitude_pace_factor: Callable[..., Any]
    estimate_sweat_rate: Callable[..., Any]
    estimate_heat_factor: Callable[..., Any]
    pace_factor: Callable[..., Any]
    pedal_power: Callable[..., Any]
    riegel_time: Callable[..., Any]
    running_cost: Callable[..., Any]
    speed_from_power: Callable[..., Any]

_PUBLIC = {
    # courses, athletes, food, plans
    "Athlete": "pacecalc.planning.athlete",
    "Course": "pacecalc.planning.course",
    "RacePlan": "pacecalc.planning.records",
    "FinishPrediction": "pacecalc.planning.finish_records",
    "plan_race": "pacecalc.planning.plan",
    "replan_race": "pacecalc.planning.replan",
    "compare_goals": "pacecalc.planning.compare",
    "report_cutoffs": "pacecalc.planning.cutoff_report",
    "plan_intake_for": "pacecalc.planning.steady",
    "plan_field": "pacecalc.planning.field",
    "predict_time": "pacecalc.planning.finish_time",
    "look_at_series": "pacecalc.planning.series",
    "build_course": "pacecalc.planning.build",
    "import_course": "pacecalc.planning.bring",
    "load_course": "pacecalc.planning.build",
    "list_profiles": "pacecalc.documents.library",
    "load_athlete": "pacecalc.planning.resolve",
    "load_pantry": "pacecalc.documents.pantry",
    "read_track": "pacecalc.tracks.reading",
    # printouts
    "render_format": "pacecalc.render.formats",
    "render_json": "pacecalc.render.plan_json",
    "render_terminal": "pacecalc.render.terminal",
    # units
    "parse_duration_s": "pacecalc.units",
    "quantity": "pacecalc.units",
    "unit_aware": "pacecalc.units",
    # what goes wrong
    "CourseError": "pacecalc.errors",
    "DocumentError": "pacecalc.errors",
    "GoalError": "pacecalc.errors",
    "IntakeError": "pacecalc.errors",
    "MissingExtraError": "pacecalc.errors",
    "PacecalcError": "pacecalc.errors",
    "Problem": "pacecalc.errors",
    "TrackError": "pacecalc.errors",
    "UnitError": "pacecalc.errors",
    "UsageError": "pacecalc.errors",
}
"""Where each public name stands."""

_UNIT_AWARE = {
    "aerobic_power_fraction": "pacecalc.science.altitude",
    "air_density": "pacecalc.science.air",
    "altitude_pace_factor": "pacecalc.science.altitude",
    "estimate_sweat_rate": "pacecalc.science.sweat",
    "estimate_heat_factor": "pacecalc.science.heat",
    "pace_factor": "pacecalc.science.gradient",
    "pedal_power": "pacecalc.science.ridespeed",
    "riegel_time": "pacecalc.science.performance",
    "running_cost": "pacecalc.science.gradient",
    "speed_from_power": "pacecalc.science.ridespeed",
}
"""Where each science function stands whose unit-aware form is public."""

__all__ = [*_PUBLIC, *_UNIT_AWARE]  # noqa: PLE0604

if not TYPE_CHECKING:  # a type checker that saw this would take any name

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version("pacecalc")
        if name not in _PUBLIC and name not in _UNIT_AWARE:
            raise AttributeError(f"module 'pacecalc' has no attribute {name!r}")
        from importlib import import_module

        found: object = getattr(import_module(_PUBLIC.get(name) or _UNIT_AWARE[name]), name)
        if name in _UNIT_AWARE:
            from pacecalc.units import unit_aware as make_unit_aware

            found = make_unit_aware(found)
            found.__module__ = "pacecalc"  # what pickle looks it up by
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
