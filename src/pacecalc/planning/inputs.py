"""Everything a plan is made of, resolved to SI."""

from __future__ import annotations

from dataclasses import field

from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
from pacecalc.planning.larder import Larder
from pacecalc.planning.records import Caution
from pacecalc.record import record


@record(kw_only=True)
class RaceInputs:
    """One athlete, course, day, goal and larder."""

    course: Course
    athlete: Athlete
    conditions: Conditions
    larder: Larder
    goal_s: float
    margin_s: float
    fade: str
    pacing: str
    best_s: float | None
    """Best finish the athlete's fitness predicts; None when unknown."""
    waypoint_margins_s: dict[int, float] = field(default_factory=dict)
    stops_s: dict[str, float] = field(default_factory=dict)
    ignore_cutoffs: bool = False
    assume_water_only: bool = False
    seed: int = 1
    runs: int = 2000
    course_ref: str = ""
    pantry_ref: str = ""
    assumed: tuple[Assumption, ...] = ()
    cautions: tuple[Caution, ...] = ()
    """What was decided on the way to these inputs and the athlete must know."""
