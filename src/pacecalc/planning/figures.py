"""Every value of an athlete a plan is made with: how much, who said it, and how well it is founded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.records import Sport
from pacecalc.planning.resolve import collect_stated, find_presets, resolve_athlete
from pacecalc.planning.rider_presets import BY_NAME
from pacecalc.record import record

if TYPE_CHECKING:
    from pacecalc.documents.athlete import AthleteDocument

STATED = "yours"
"""Standing of what the athlete says."""


@record(kw_only=True)
class FigureInForce:
    """One value."""

    key: str
    """As in the athlete file, ``ride.bike``."""
    value: float | str | None
    """In ``unit``; None when it is not known and nothing stands in for it."""
    unit: str
    origin: str
    """``file``, the name of a preset, or ``default``."""
    standing: str


@record()
class _Entry:
    part: str
    """``""`` for the athlete, else runner, rider or fuelling."""
    key: str
    unit: str
    scale: float
    """SI to ``unit``."""
    standing: str
    """Of the default."""


_RIDER_STANDINGS = {name: figure.standing for name, figure in BY_NAME["finisher"].figures.items()}
"""The defaults of a rider are those of a finisher."""
_NOT_GIVEN = "not known"

_WHO: dict[str, _Entry] = {
    "mass_kg": _Entry("", "mass", "kg", 1.0, "a choice; say yours"),
    "height_m": _Entry("", "height", "cm", 100.0, "a choice; sweat and heat go by body surface"),
    "age_y": _Entry("", "age", "y", 1.0, "a choice"),
    "sex": _Entry("", "sex", "", 1.0, "not given: the mean of both"),
    "home_elevation_m": _Entry("", "home_elevation", "m", 1.0, "a choice: not used to height"),
    "altitude_days": _Entry("", "days_at_altitude", "d", 1.0, "a choice: arrived for the race"),
    "heat_acclimatised": _Entry("", "heat_acclimatised", "", 1.0, "a choice"),
    "experience": _Entry("", "experience", "", 1.0, "a choice: sets the scatter of finish times"),
}
_RUNNER: dict[str, _Entry] = {
    "uphill_effort": _Entry("runner", "run.uphill_effort", "", 1.0, "typical by definition; fitted on race splits"),
    "downhill_skill": _Entry("runner", "run.downhill_skill", "", 1.0, "typical by definition; fitted on race splits"),
    "slow_down": _Entry("runner", "run.slow_down", "", 1.0, "typical by definition; fitted on public race splits"),
    "fade_fraction": _Entry("runner", "run.fade", "%", 100.0, "by slow_down unless you know yours"),
    "pack_kg": _Entry("runner", "run.pack", "kg", 1.0, "a choice"),
    "utmb_index": _Entry("runner", "run.utmb_index", "", 1.0, _NOT_GIVEN),
}
_RIDER: dict[str, _Entry] = {
    "threshold_power_w": _Entry("rider", "ride.threshold_power", "W", 1.0, "not known; never taken from a preset"),
    "test_elevation_m": _Entry("rider", "ride.test_elevation", "m", 1.0, "a choice: tested at sea level"),
    "bike_mass_kg": _Entry("rider", "ride.bike", "kg", 1.0, _RIDER_STANDINGS["bike_mass_kg"]),
    "kit_mass_kg": _Entry("rider", "ride.kit", "kg", 1.0, "a choice"),
    "drag_area_m2": _Entry("rider", "ride.drag_area", "m2", 1.0, _RIDER_STANDINGS["drag_area_m2"]),
    "rolling_factor": _Entry(
        "rider", "ride.rolling", "", 1.0, "race tyre of 2.2-2.4 inch: surfaces a choice inside measured 0.0205-0.0236"
    ),
    "gross_efficiency": _Entry("rider", "ride.gross_efficiency", "", 1.0, _RIDER_STANDINGS["gross_efficiency"]),
    "drivetrain_efficiency": _Entry(
        "rider", "ride.drivetrain_efficiency", "", 1.0, "measured: 97.6 % (Martin 1998, a clean chain)"
    ),
    "skill": _Entry("rider", "ride.skill", "", 1.0, _RIDER_STANDINGS["skill"]),
    "durability_per_kj_per_kg": _Entry(
        "rider", "ride.durability", "per kJ/kg", 1.0, _RIDER_STANDINGS["durability_per_kj_per_kg"]
    ),
    "minimum_speed_m_per_s": _Entry(
        "rider", "ride.minimum_speed", "km/h", 3.6, _RIDER_STANDINGS["minimum_speed_m_per_s"]
    ),
    "w_prime_j": _Entry("rider", "ride.w_prime", "kJ", 0.001, "a choice; checks steep ramps only"),
}
_FUEL: dict[str, _Entry] = {
    "carbohydrate_limit_g_per_h": _Entry(
        "fuelling", "fuel.carbohydrate_limit", "g/h", 1.0, "a choice between 60 and 90 as measured on trained guts"
    ),
    "appetite_at_finish": _Entry("fuelling", "fuel.appetite", "%", 100.0, "a choice"),
    "sweat_factor": _Entry("fuelling", "fuel.sweat_factor", "", 1.0, "average person, +-0.4 L/h"),
    "sweat_sodium_mg_per_l": _Entry(
        "fuelling", "fuel.sweat_sodium", "mg/L", 1.0, "a choice: middle of the measured 18-71 mmol/L (Baker 2016)"
    ),
    "sodium_policy": _Entry("fuelling", "fuel.sodium_policy", "", 1.0, "a choice"),
    "caffeine_limit_mg_per_day": _Entry("fuelling", "fuel.caffeine.limit", "mg", 1.0, "as authorities advise"),
    "bottle_ml": _Entry("fuelling", "fuel.bottles", "mL", 1.0, "a choice"),
    "carry_kg": _Entry("fuelling", "fuel.carry", "kg", 1.0, "a choice"),
    "fluid_limit_l_per_h": _Entry("fuelling", "fuel.fluid_limit", "L/h", 1.0, "a choice under the safe 1.2"),
}


def list_figures(document: AthleteDocument | None, sport: Sport = "run") -> tuple[FigureInForce, ...]:
    """All values of an athlete that count for a sport, defaults included.

    Parameters
    ----------
    document : AthleteDocument, optional
        What the athlete wrote.
    sport : {"run", "mtb", "ride"}
        Runners have no bike, riders no pack.
    """
    athlete = resolve_athlete(document, sport=sport)
    stated = {} if document is None else collect_stated(document)
    presets = {} if document is None else find_presets(document)
    figures = []
    for name, entry in {**_WHO, **(_RUNNER if sport == "run" else _RIDER), **_FUEL}.items():
        origin, standing = "default", entry.standing
        if name in stated:
            origin, standing = "file", STATED
        elif name in presets:
            origin, standing = presets[name][1], presets[name][0].standing
        figures.append(
            FigureInForce(
                key=entry.key,
                value=_value_of(athlete, name, entry),
                unit=entry.unit,
                origin=origin,
                standing=standing,
            )
        )
    return tuple(figures)


def scale_figures(values: Mapping[str, float | str]) -> dict[str, tuple[float | str, str]]:
    """Values of a rider by their keys in the athlete file, in the units shown there."""
    scaled: dict[str, tuple[float | str, str]] = {}
    for name, value in values.items():
        entry = _RIDER[name]
        scaled[entry.key] = (value if isinstance(value, str) else entry.scale * value, entry.unit)
    return scaled


def _value_of(athlete: Athlete, name: str, entry: _Entry) -> float | str | None:
    value = getattr(getattr(athlete, entry.part) if entry.part else athlete, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return None
    return str(value) if isinstance(value, str) else entry.scale * float(value)
