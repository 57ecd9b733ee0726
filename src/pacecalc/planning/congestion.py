"""Time a rider loses in the crowd after the start: what they say, or what the profile knows of their start delay."""

from __future__ import annotations

from pacecalc.errors import UsageError
from pacecalc.planning.assumed_weather import check_range
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.course import Course

CHANGE_WITH = "--congestion"
MOST_LOST_S = 7200.0
"""Nobody waits longer for the way to clear; a choice."""


def settle_congestion(
    course: Course, start_delay_s: float, asked_s: float | None
) -> tuple[float, tuple[Assumption, ...]]:
    """Time lost in the crowd [s], with what was assumed about it.

    Parameters
    ----------
    course : Course
    start_delay_s : float
        From the gun to the rider's own start [s].
    asked_s : float, optional
        What the rider says; then nothing is assumed [s].

    Returns
    -------
    lost_s : float
        Without a word from the rider: what the profile gives those who start last, in proportion to the start delay
        (a choice), so that the front row loses nothing [s].
    assumed : tuple of Assumption

    Raises
    ------
    UsageError
        For a run: runners have no such model.
    """
    if course.sport == "run":
        if asked_s:
            raise UsageError("time lost in the crowd is for rides; for a run, put it into --start-delay")
        return 0.0, ()
    if asked_s is not None:
        return check_range("congestion", asked_s, 0.0, MOST_LOST_S), ()
    crowd = course.congestion
    if crowd is None:
        return 0.0, ()
    where = f"km {crowd.start_m / 1000.0:.0f}-{crowd.end_m / 1000.0:.0f}"
    share = min(start_delay_s / crowd.last_start_s, 1.0)
    if share <= 0.0:
        back = f"{crowd.lost_s / 60.0:.0f} min at the back"
        return 0.0, (
            Assumption(f"a clear way from the front row ({where} costs {back})", "--start-delay --congestion"),
        )
    lost_s = share * crowd.lost_s
    return lost_s, (Assumption(f"{lost_s / 60.0:.0f} min lost in the crowd at {where}", CHANGE_WITH),)
