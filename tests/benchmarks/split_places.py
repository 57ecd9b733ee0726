"""Where the timing mats and the ground of the benchmark's courses are, from sources that hold no split times.

The kilometres published for UTMB 2015 do not fit its track. The organiser's live timing of 2021, on the same round,
gives the mats' coordinates, and every one of them lies within 10 m of the track. Their distances along the track,
stretched to the 172.1 km of 2021, agree with the table of that year within 0.7 km; the 2015 table is up to 2.8 km off:

- "Col du Bonhomme" at 42.2 km and 2325 m, 3.4 km after La Balme. In 2021 the only mat between La Balme and Les Chapieux
  is at the hut of the Croix du Bonhomme, 2443 m on the track, 5.6 km after La Balme and 5.0 km before Les Chapieux. (In
  a table made from the chart of 2017 the height of the hut, 2439 m, stands in the row of Les Chapieux.) That the mat of
  2015 stood there too is inferred; the fastest then took 28 min to Les Chapieux, too little for 7.2 km.
- 6.1 km from Col de la Seigne to Lac Combal over the Pyramides Calcaires: 7.0 km on the track, 7.2 km in 2021.
- 8.1 km from Les Contamines to La Balme: 8.2 km on the track, 8.3 km in 2021.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from pacecalc.science.surfaces import CODE

FloatArray = NDArray[np.float64]

KM_PER = {"km": 1.0, "mi": 1.609344}
PROFILES = Path(__file__).resolve().parents[2] / "profiles"

UTMB_MATS = {
    "Delevret": (45.8792, 6.75661),
    "St-Gervais": (45.8928, 6.71135),
    "Les Contamines": (45.8221, 6.7261),
    "La Balme": (45.7575, 6.7107),
    "Col du Bonhomme": (45.7221, 6.71752),
    "Les Chapieux": (45.6956, 6.73353),
    "Col de la Seigne": (45.7514, 6.80695),
    "Lac Combal": (45.7706, 6.85574),
    "Mont-Favre": (45.7723, 6.89007),
    "Checrouit": (45.7907, 6.93107),
    "Courmayeur": (45.7943, 6.96486),
    "Refuge Bertone": (45.8091, 6.97857),
    "Arnuva": (45.8713, 7.05387),
    "Grand Col Ferret": (45.889, 7.07794),
    "La Fouly": (45.9358, 7.0984),
    "Champex": (46.0256, 7.12229),
    "La Giete": (46.0558, 7.03407),
    "Trient": (46.0556, 6.99493),
    "Vallorcine": (46.0323, 6.93221),
    "Tete aux Vents/Montets": (45.9824, 6.90654),
    "La Flegere": (45.9607, 6.88674),
}
"""Latitude and longitude [deg] of the mats, under the names of the split rows; the organiser's live timing, 2021.
Refuge Bonatti had no mat that year and Catogne's had moved to Les Tseppes: those two are matched by their altitude."""

SNOW_AT_WESTERN_STATES_MI = {2019: (3.57, 10.3), 2023: (1.3, 15.0)}
"""Miles that lay under snow in the two snow years among the rows, from runners' reports. The splits had shown both
years to be slow there, and other ends were tried for 2023 (10 to 24 mi: the thirds move by up to 3 min); none was
fitted. 2019: "the first 10 miles to Lyon Ridge were run mostly on snowy trails" (paleo-runner.blogspot.com, July 2019),
from the pass on. 2023, the snowiest in 25 years (ultrasignup.com, 29 June 2023): much snow from 2 km up the first climb
(chcoaching.co.uk); where it ended is not said and taken from 2011, a year like it: "covered for the vast majority of
the first 15 miles or so" (tammymassie.blogspot.com, July 2011). 2018, 2021, 2024 and 2025 are taken as clear."""

Mats = Mapping[str, tuple[float, float]]


def read_profile_surfaces(profile: str, length_km: float) -> tuple[tuple[float, str], ...]:
    """Ground from each km on as the shipped course profile has it, on a course of that length."""
    facts = yaml.safe_load((PROFILES / f"{profile}.yaml").read_text(encoding="utf-8"))
    scale = length_km / _read_km(facts["distance"])
    return tuple((scale * _read_km(stretch["from"]), stretch["surface"]) for stretch in facts["surfaces"])


def _read_km(text: str) -> float:
    value, unit = text.split()
    return float(value) * KM_PER[unit]


def lay_snow(codes: NDArray[np.intp], middle_km: FloatArray, stretch_mi: tuple[float, float]) -> NDArray[np.intp]:
    """The ground with snow between two miles."""
    middle_mi = middle_km / KM_PER["mi"]
    return np.where((middle_mi >= stretch_mi[0]) & (middle_mi < stretch_mi[1]), CODE["snow"], codes)
