"""Where the athlete is when: the course line with times, for watches, and the position of every place."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import CourseError
from pacecalc.planning.codec import CURVE_DECIMALS, FLOAT_DECIMALS
from pacecalc.planning.records import PlannedWaypoint, RacePlan, TrackTrace
from pacecalc.record import record
from pacecalc.render.moments import to_second


@record(kw_only=True)
class TimedTrack:
    """Points of the course with whole seconds from the start, one point a second at most."""

    latitude_deg: FloatArray
    longitude_deg: FloatArray
    elevation_m: FloatArray
    distance_m: FloatArray
    elapsed_s: NDArray[np.int64]

    def nearest(self, waypoint: PlannedWaypoint) -> int:
        """Index of the point at which the athlete arrives at a waypoint."""
        return int(np.argmin(np.abs(self.elapsed_s - waypoint.arrive_s)))


def track_with_times(plan: RacePlan) -> TimedTrack | None:
    """The line of the course for a virtual partner, who stands still at stops; None without positions."""
    if plan.track is None:
        return None
    line = _as_saved(plan.track)
    # The line leaves a place with stops at the time of leaving; the partner also has to arrive there.
    stops = [w for w in plan.waypoints if w.stop_s > 0.0]
    stops_m = np.array([w.distance_m for w in stops])
    along = np.concatenate([line.distance_m, stops_m, stops_m])
    elapsed = np.concatenate([line.elapsed_s, [w.arrive_s for w in stops], [w.leave_s for w in stops]])
    along, elapsed = along.round(CURVE_DECIMALS), elapsed.round(CURVE_DECIMALS)
    order = np.lexsort((along, elapsed))
    # Line and places round their distances differently, by less than a cell: nobody runs backwards for that.
    along, seconds = np.maximum.accumulate(along[order]), np.round(elapsed[order]).astype(np.int64)
    kept = _one_a_second(seconds)
    along, seconds = along[kept], seconds[kept]

    def at(curve: FloatArray) -> FloatArray:
        return as_floats(np.interp(along, line.distance_m, curve))

    return TimedTrack(
        latitude_deg=at(line.latitude_deg),
        longitude_deg=_wrap(at(np.unwrap(line.longitude_deg, period=360.0))),
        elevation_m=at(line.elevation_m),
        distance_m=along,
        elapsed_s=seconds,
    )


def _as_saved(line: TrackTrace) -> TrackTrace:
    """The line to the decimals a saved plan holds, so that both give the same file."""
    return TrackTrace(
        distance_m=line.distance_m.round(CURVE_DECIMALS),
        elevation_m=line.elevation_m.round(CURVE_DECIMALS),
        elapsed_s=line.elapsed_s.round(CURVE_DECIMALS),
        latitude_deg=line.latitude_deg.round(FLOAT_DECIMALS),
        longitude_deg=line.longitude_deg.round(FLOAT_DECIMALS),
    )


def _one_a_second(seconds: NDArray[np.int64]) -> NDArray[np.intp]:
    """Indices of points with rising times; of those in one second the last, so that the finish stays."""
    return np.flatnonzero(np.append(seconds[1:] > seconds[:-1], True))


def _wrap(longitude_deg: FloatArray) -> FloatArray:
    """Longitudes from -180 up to, not including, 180 degrees."""
    return (longitude_deg + 180.0) % 360.0 - 180.0


def position_of(plan: RacePlan, waypoint: PlannedWaypoint) -> tuple[float, float] | None:
    """Latitude and longitude of a place: its own, else that of the track; None when neither is known."""
    if waypoint.latitude_deg is not None and waypoint.longitude_deg is not None:
        return waypoint.latitude_deg, waypoint.longitude_deg
    if plan.track is None:
        return None
    line = _as_saved(plan.track)
    latitude = np.interp(waypoint.distance_m, line.distance_m, line.latitude_deg)
    longitude = np.interp(waypoint.distance_m, line.distance_m, np.unwrap(line.longitude_deg, period=360.0))
    return float(latitude), float(_wrap(np.asarray(longitude)))


def require_track(plan: RacePlan, form: str) -> TimedTrack:
    """The timed track.

    Raises
    ------
    CourseError
        When the plan was made on a course without a track.
    """
    track = track_with_times(plan)
    if track is None:
        raise CourseError(
            f"{plan.course.name}: a {form} course needs a track, and this course profile has none; plan on your own"
            " track (pacecalc plan TRACK.gpx), or take .gpx for its known places"
        )
    return track


def second_of(plan: RacePlan, elapsed_s: int) -> datetime:
    """UTC moment of a whole second of the race."""
    return to_second(plan.day.start_clock) + timedelta(seconds=int(elapsed_s))
