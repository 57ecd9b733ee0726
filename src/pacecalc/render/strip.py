"""The course as one line of blocks, with its waypoints marked below."""

from __future__ import annotations

import numpy as np

from pacecalc.planning.records import PlannedWaypoint, ProfileTrace

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII_BLOCKS = "_.-~=+*#"


def elevation_strip(
    profile: ProfileTrace, waypoints: tuple[PlannedWaypoint, ...], width: int, *, plain: bool = False
) -> tuple[str, str]:
    """Elevation as block characters and the waypoints' marks under them, both ``width`` wide.

    Marks are the initials of places where food or water can be had, ``^`` for summits, ``|`` for both ends.
    """
    blocks = ASCII_BLOCKS if plain else BLOCKS
    length_m = float(profile.distance_m[-1])
    columns = np.linspace(0.0, length_m, width)
    heights = np.interp(columns, profile.distance_m, profile.elevation_m)
    low, high = float(heights.min()), float(heights.max())
    # A flat road must look flat: less than 100 m of relief never fills the strip.
    scale = (len(blocks) - 1) / max(high - low, 100.0)
    strip = "".join(blocks[round((height - low) * scale)] for height in heights)
    marks = [" "] * width
    for waypoint in sorted(waypoints, key=lambda w: w.refill):
        column = round(waypoint.distance_m / length_m * (width - 1))
        marks[column] = "^" if waypoint.kind == "summit" else waypoint.name[:1].upper() if waypoint.refill else "·"
    marks[0] = marks[-1] = "|"
    line = "".join(marks)
    return strip, line.replace("·", ".") if plain else line
