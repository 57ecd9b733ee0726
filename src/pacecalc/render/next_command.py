"""The command a reader types next."""

from __future__ import annotations

import shlex

from pacecalc.planning.records import Sport
from pacecalc.tracks import TRACK_SUFFIXES

COMMAND = "pacecalc plan "
"""A line with it is not folded: it is there to be copied."""


def say_plan_command(course: str, sport: Sport, goal: str) -> str:
    """``pacecalc plan`` for a course as it was named: an id, or the path of a profile or a track.

    A track need not say its sport, so that it goes along unless it is what is taken without a word.
    """
    is_track = course.lower().endswith(TRACK_SUFFIXES)
    said = f" --sport {sport}" if is_track and sport != "run" else ""
    return f"{COMMAND}{shlex.quote(course)}{said} --goal {goal}"
