"""From what people wrote to the records the planner works with, with the list of what nobody said."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pacecalc.errors import UsageError
from pacecalc.planning.athlete import Athlete, Fuelling, RaceResult, Rider, Runner, SweatTest
from pacecalc.planning.intake.records import Product
from pacecalc.planning.records import Assumption, Sport
from pacecalc.planning.rider_presets import BY_NAME, POSITIONS, Figure

if TYPE_CHECKING:
    from pacecalc.documents.athlete import AthleteDocument, FuelFacts, RiderFacts, RunnerFacts
    from pacecalc.documents.pantry import ProductFacts

GUT_TRAINED_FACTOR = 1.25
"""Both sugar transporters of a trained gut; the most of nutrition.md 2.3, a choice."""
GUT_TRAINED_LIMIT_G_PER_H = 90.0
"""Jeukendrup 2014: about 90 g/h of mixed sugars when used to it."""
Overrides = dict[str, Any]
_PARTS: dict[str, type[Any]] = {"runner": Runner, "rider": Rider, "fuelling": Fuelling}


def load_athlete(path: str | os.PathLike[str] | None, *, sport: Sport = "run", **overrides: Any) -> Athlete:
    """The athlete of a file, or the one assumed when there is none; see ``resolve_athlete``."""
    if path is None:
        return resolve_athlete(None, sport=sport, **overrides)
    from pacecalc.documents.athlete import AthleteDocument
    from pacecalc.documents.reading import load_document

    return resolve_athlete(load_document(AthleteDocument, Path(path)), sport=sport, **overrides)


def resolve_athlete(document: AthleteDocument | None, *, sport: Sport = "run", **overrides: Any) -> Athlete:
    """Fill in what was not said, and list the defaults that weigh.

    Parameters
    ----------
    document : AthleteDocument, optional
        What the athlete wrote.
    sport : {"run", "mtb", "ride"}
        Decides which defaults are worth a word.
    **overrides
        Values in SI that go before the document, by the name of a field of ``Athlete``, ``Runner``, ``Rider`` or
        ``Fuelling``, for instance ``mass_kg=62.0``; None is ignored.
    """
    said = {} if document is None else collect_values(document)
    said.update({key: value for key, value in overrides.items() if value is not None})
    athlete = _with_values(Athlete(), said)
    assumed = [note(athlete) for key, note in _weighty(sport).items() if key not in said]
    return replace(athlete, assumed=tuple(assumed))


def override_athlete(athlete: Athlete, **overrides: Any) -> Athlete:
    """Change values of an athlete, by the names ``resolve_athlete`` takes; what is given is assumed no more."""
    given = {key: value for key, value in overrides.items() if value is not None}
    if not given:
        return athlete
    notes = {**_weighty("run"), **_weighty("ride")}
    dropped = {notes[key](athlete) for key in given if key in notes}
    kept = tuple(note for note in athlete.assumed if note not in dropped)
    return replace(_with_values(athlete, given), assumed=kept)


def to_product(document_product: ProductFacts, *, preference: float = 0.0) -> Product:
    """A product of the pantry as the optimiser sees it; unstated figures follow from the kind.

    Parameters
    ----------
    document_product : ProductFacts
        As written; name, kind, mass and carbohydrate are there.
    preference : float
        Cost credit per piece, positive when liked.

    Raises
    ------
    UsageError
        When a figure that is needed is not there.
    """
    p = document_product
    missing = [key for key in ("name", "kind", "mass", "carbohydrate") if getattr(p, key) is None]
    if missing:
        raise UsageError(f"product '{p.id}': {', '.join(missing)} not given; it stands on the pack")
    kind, mass_g, carbohydrate_g = str(p.kind), _or(p.mass, 0.0), _or(p.carbohydrate, 0.0)
    glucose_g, fructose_g = _split_sugars(kind, carbohydrate_g - _or(p.fibre, 0.0), p.glucose, p.fructose)
    protein_g, fat_g = _or(p.protein, 0.0), _or(p.fat, 0.0)
    return Product(
        id=p.id,
        name=str(p.name),
        kind=kind,
        mass_g=mass_g,
        energy_kcal=_or(p.energy, 4.0 * carbohydrate_g + 4.0 * protein_g + 9.0 * fat_g),
        carbohydrate_g=carbohydrate_g,
        glucose_g=glucose_g,
        fructose_g=fructose_g,
        sodium_mg=_or(p.sodium, 0.0),
        protein_g=protein_g,
        fat_g=fat_g,
        potassium_mg=_or(p.potassium, 0.0),
        caffeine_mg=_or(p.caffeine, 0.0),
        water_ml=_or(p.water, 0.0),
        mix_ml=_or(p.mix_with, 0.0),
        taste=p.taste or _TASTES.get(kind, "sweet"),
        texture=p.texture or _TEXTURES.get(kind, "solid"),
        shelf_hot_h=None if p.shelf_hot is None else p.shelf_hot / 3600.0,
        shelf_cool_h=None if p.shelf_cool is None else p.shelf_cool / 3600.0,
        served_only=bool(p.served_only),
        max_per_h=p.max_per_hour,
        max_per_day=p.max_per_day,
        pack_size=p.pack or 1,
        preference=preference,
        disputed=bool(p.disputed),
        source=p.source or "",
        standing=p.standing or "",
    )


_TASTES = {"rice_ball": "savoury", "savoury": "savoury", "soup": "savoury", "salt": "neutral", "electrolyte": "neutral"}
_TEXTURES = {
    "gel": "gel",
    "chew": "chew",
    "drink_mix": "liquid",
    "electrolyte": "liquid",
    "soda": "liquid",
    "soup": "liquid",
}
_FRUCTOSE_SHARES = {
    "gel": 1.0 / 3.0,
    "chew": 1.0 / 3.0,
    "drink_mix": 1.0 / 3.0,
    "fruit": 0.5,
    "soda": 0.5,
    "sweet": 0.5,
}
"""Of products that do not say: 2:1 mixes, sugar half and half, starch all glucose; a choice."""


def _split_sugars(
    kind: str, available_g: float, glucose_g: float | None, fructose_g: float | None
) -> tuple[float, float]:
    available_g = max(available_g, 0.0)
    if glucose_g is None and fructose_g is None:
        fructose_g = _FRUCTOSE_SHARES.get(kind, 0.0) * available_g
    if glucose_g is None:
        glucose_g = max(available_g - _or(fructose_g, 0.0), 0.0)
    if fructose_g is None:
        fructose_g = max(available_g - glucose_g, 0.0)
    return glucose_g, fructose_g


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _with_values(athlete: Athlete, values: Overrides) -> Athlete:
    """The athlete with some fields of itself and of its parts replaced."""
    own = {key: value for key, value in values.items() if key in {field.name for field in fields(Athlete)}}
    left = values.keys() - own.keys()
    for part, record in _PARTS.items():
        names = {field.name for field in fields(record)}
        changes = {key: values[key] for key in left & names}
        if changes:
            own[part] = replace(own.get(part, getattr(athlete, part)), **changes)
        left -= names
    if left:
        raise TypeError(f"an athlete has no {', '.join(sorted(left))}")
    return replace(athlete, **own)


def collect_values(document: AthleteDocument) -> Overrides:
    """What a document says, presets included, by the names of our records; a stated value goes before a preset."""
    presets = {key: figure.value for key, (figure, _) in find_presets(document).items()}
    return {**presets, **collect_stated(document)}


def collect_stated(document: AthleteDocument) -> Overrides:
    """What a document says itself, by the names of our records."""
    said: Overrides = {
        "name": document.name,
        "mass_kg": document.mass,
        "height_m": document.height,
        "age_y": document.age,
        "sex": document.sex,
        "home_elevation_m": document.home_elevation,
        "altitude_days": document.days_at_altitude,
        "heat_acclimatised": document.heat_acclimatised,
        "experience": document.experience,
        "spread_fraction": document.spread,
    }
    if document.run is not None:
        said.update(_said_of_running(document.run))
    if document.ride is not None:
        said.update(_said_of_riding(document.ride, document.mass))
    if document.fuel is not None:
        said.update(_said_of_fuel(document.fuel))
    return {key: value for key, value in said.items() if value is not None and value != ()}


def find_presets(document: AthleteDocument) -> dict[str, tuple[Figure, str]]:
    """Value and standing that presets give, and the name of the preset, by the names of our records."""
    ride = document.ride
    found: dict[str, tuple[Figure, str]] = {}
    if ride is not None and ride.preset is not None:
        found = {key: (figure, ride.preset) for key, figure in BY_NAME[ride.preset].figures.items()}
    if ride is not None and ride.position is not None:
        found["drag_area_m2"] = (POSITIONS[ride.position], ride.position)
    return found


def _said_of_running(run: RunnerFacts) -> Overrides:
    results = [
        RaceResult(distance_m=r.distance, time_s=r.time_s, on=r.date, ascent_m=_or(r.ascent, 0.0))
        for r in run.results
        if r.time_s is not None
    ]
    return {
        "uphill_effort": run.uphill_effort,
        "downhill_skill": run.downhill_skill,
        "slow_down": run.slow_down,
        "fade_fraction": run.fade,
        "pack_kg": run.pack,
        "results": tuple(results),
        "utmb_index": run.utmb_index,
    }


def _said_of_riding(ride: RiderFacts, mass_kg: float | None) -> Overrides:
    from pacecalc.documents.athlete import PerKg

    power = ride.threshold_power
    return {
        "threshold_power_w": power * (mass_kg or 0.0) if isinstance(power, PerKg) else power,
        "test_elevation_m": ride.test_elevation,
        "bike_mass_kg": ride.bike,
        "kit_mass_kg": ride.kit,
        "drag_area_m2": ride.drag_area,
        "rolling_factor": ride.rolling,
        "gross_efficiency": ride.gross_efficiency,
        "drivetrain_efficiency": ride.drivetrain_efficiency,
        "skill": ride.skill,
        "durability_per_kj_per_kg": ride.durability,
        "minimum_speed_m_per_s": ride.minimum_speed,
        "w_prime_j": ride.w_prime,
    }


def _said_of_fuel(fuel: FuelFacts) -> Overrides:
    limit = fuel.carbohydrate_limit
    if limit is None and fuel.gut_trained:
        limit = GUT_TRAINED_LIMIT_G_PER_H
    tests = [
        SweatTest(
            rate_l_per_h=test.rate,
            temperature_c=test.temperature,
            humidity_fraction=test.humidity,
            power_w=test.power,
            speed_m_per_s=test.speed,
            hours=1.0 if test.duration is None else test.duration / 3600.0,
        )
        for test in fuel.sweat_tests
    ]
    caffeine = fuel.caffeine
    return {
        "carbohydrate_limit_g_per_h": limit,
        "gut_factor": GUT_TRAINED_FACTOR if fuel.gut_trained else None,
        "fat_adapted": fuel.fat_adapted,
        "appetite_at_finish": fuel.appetite,
        "sweat_factor": fuel.sweat_factor,
        "sweat_tests": tuple(tests),
        "sweat_sodium_mg_per_l": fuel.sweat_sodium,
        "sodium_policy": fuel.sodium_policy,
        "caffeine_limit_mg_per_day": None if caffeine is None else caffeine.limit,
        "caffeine_habit": None if caffeine is None else caffeine.habit,
        "bottle_ml": fuel.bottles,
        "carry_kg": fuel.carry,
        "fluid_limit_l_per_h": fuel.fluid_limit,
        "likes": tuple(fuel.likes),
        "dislikes": tuple(fuel.dislikes),
    }


Note = Callable[[Athlete], Assumption]


def _weighty(sport: Sport) -> dict[str, Note]:
    """The defaults that move a plan enough to be named, by field; each as it stands in an athlete."""
    return _COMMON if sport == "run" else {**_COMMON, **_RIDING}


_COMMON: dict[str, Note] = {
    "mass_kg": lambda a: Assumption(f"mass {a.mass_kg:g} kg", "--mass, or mass in the athlete file"),
    "height_m": lambda a: Assumption(f"height {100.0 * a.height_m:g} cm", "height in the athlete file"),
    "sex": lambda a: Assumption("sex not given", "sex in the athlete file"),
    "home_elevation_m": lambda a: Assumption(
        "home at sea level" if a.home_elevation_m == 0.0 else f"home at {a.home_elevation_m:g} m",
        "home_elevation in the athlete file",
    ),
    "carbohydrate_limit_g_per_h": lambda a: Assumption(
        f"up to {a.fuelling.carbohydrate_limit_g_per_h:g} g/h of carbohydrate",
        "fuel.carbohydrate_limit in the athlete file",
    ),
    "sweat_sodium_mg_per_l": lambda a: Assumption(
        f"sweat sodium {a.fuelling.sweat_sodium_mg_per_l:g} mg/L", "fuel.sweat_sodium in the athlete file"
    ),
    "bottle_ml": lambda a: Assumption(f"bottles for {a.fuelling.bottle_ml:g} mL", "fuel.bottles in the athlete file"),
}

_RIDING: dict[str, Note] = {
    "bike_mass_kg": lambda a: Assumption(f"bike {a.rider.bike_mass_kg:g} kg", "ride.bike in the athlete file"),
    "drag_area_m2": lambda a: Assumption(f"CdA {a.rider.drag_area_m2:g} m2", "ride.drag_area in the athlete file"),
    "gross_efficiency": lambda a: Assumption(
        f"gross efficiency {a.rider.gross_efficiency:g}", "ride.gross_efficiency in the athlete file"
    ),
    "threshold_power_w": lambda a: Assumption(
        "threshold power not given" if a.rider.threshold_power_w is None else f"{a.rider.threshold_power_w:g} W",
        "--ftp, or ride.threshold_power in the athlete file",
    ),
    "skill": lambda a: Assumption(f"{a.rider.skill} skill downhill", "ride.skill in the athlete file"),
}
