"""What people may say about a race, in their own units; every entry may be left out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.records import Sport

Written = Any
"""A quantity of any pint registry, or a string in our grammar."""
FilePath = str | os.PathLike[str]


class RaceChoices(TypedDict, total=False):
    """Keyword arguments of ``plan_race``, which says what each of them means."""

    goal: Written
    athlete: Athlete | FilePath | None
    day: FilePath | None
    pantry: FilePath | None
    mass: Written
    threshold_power: Written
    results: Sequence[str | RaceResult] | None
    index: float | str | None
    date: dt.date | str | None
    low: Written
    high: Written
    humidity: Written
    wind: Written
    wind_from: Written
    cloud: Written
    forecast: FilePath | None
    start_delay: Written
    wave: str | None
    congestion: Written
    ground: str | Sequence[str] | None
    margin: Written
    margins: Mapping[str, Written] | None
    target_probability: Written
    stops: Mapping[str, Written] | None
    fade: str
    pacing: str
    ignore_cutoffs: bool
    assume_water_only: bool
    sport: Sport | None
    seed: int
