"""Food and drink of a steady effort, with no course: so many hours, so warm, so fast."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from pacecalc.errors import UsageError
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.choices import FilePath, Written
from pacecalc.planning.course import Waypoint
from pacecalc.planning.feed import Teller, join_sips, prove_intake
from pacecalc.planning.intake.effort import STEP_S, EffortTrace
from pacecalc.planning.intake.lists import list_shopping, make_temperature_card
from pacecalc.planning.intake.needs import RaceNeeds, build_legs
from pacecalc.planning.intake.rounds import PlannedIntake, plan_intake
from pacecalc.planning.larder import Larder, stock_larder
from pacecalc.planning.records import CardRow, Caution, IntakeProof, ItemCount, ShoppingLine, Sport
from pacecalc.planning.resolve import load_athlete, override_athlete
from pacecalc.record import record
from pacecalc.science import energy
from pacecalc.science.gait import locomotion_power
from pacecalc.units import to_si

DEFAULT_SPEED_M_PER_S: dict[Sport, float] = {"run": 10.0 / 3.6, "mtb": 18.0 / 3.6, "ride": 28.0 / 3.6}
DEFAULT_POWER_OF_THRESHOLD, DEFAULT_POWER_W_PER_KG = 0.65, 2.0
DEFAULT_HUMIDITY, SUN_W_PER_M2 = 0.5, 60.0
"""Where nothing is said: half humid, partly sunny (nutrition.md 3.2); a choice."""
MIDDAY_H = 12.0
"""Middle of the effort: by day, so that no caffeine is planned for a night nobody spoke of."""
LEAST_LEG_H, MOST_LEG_H = 0.75, 2.0
LONGEST_H, SHORTEST_S = 100.0, 600.0
SPORTS: tuple[Sport, ...] = ("run", "mtb", "ride")


@record(kw_only=True)
class SteadyRow:
    """Items due at one minute, and the water until the next."""

    at_s: float
    items: tuple[ItemCount, ...]
    water_ml: float


@record(kw_only=True)
class SteadyHour:
    """What one hour eats and drinks; the last may be shorter."""

    start_s: float
    end_s: float
    items: tuple[ItemCount, ...]
    water_ml: float
    carbohydrate_g: float
    fluid_ml: float
    sodium_mg: float


@record(kw_only=True)
class SteadyIntake:
    """Needs an hour, and whole pieces for all of it."""

    sport: Sport
    duration_s: float
    temperature_c: float
    humidity_fraction: float
    mass_kg: float
    speed_m_per_s: float
    power_w: float | None
    energy_kcal_per_h: float
    burned_g_per_h: float
    """Carbohydrate."""
    sweat_l_per_h: float
    """Good to +-0.4 L/h."""
    sodium_lost_mg_per_h: float
    carbohydrate_g_per_h: float
    fluid_ml_per_h: float
    sodium_mg_per_h: float
    salt_tabs_per_h: float
    """In the pieces below."""
    hours: tuple[SteadyHour, ...]
    schedule: tuple[SteadyRow, ...]
    shopping: tuple[ShoppingLine, ...]
    temperature_card: tuple[CardRow, ...]
    plasma_sodium_mmol_per_l: float
    mass_change_fraction: float
    proof: IntakeProof
    reasons: tuple[str, ...]
    """Why a band is not met, when one is not."""
    warnings: tuple[Caution, ...]
    assumptions: tuple[Assumption, ...]


def plan_intake_for(
    duration: Written,
    *,
    temperature: Written,
    sport: Sport = "run",
    mass: Written = None,
    speed: Written = None,
    power: Written = None,
    humidity: Written = None,
    athlete: Athlete | FilePath | None = None,
    pantry: FilePath | None = None,
) -> SteadyIntake:
    """What to eat and drink in a steady effort.

    Parameters
    ----------
    duration : quantity or str
        ``"5:00"`` is five hours [time].
    temperature : quantity or str
        Of the air [temperature].
    sport : str
        ``"run"``, ``"mtb"`` or ``"ride"``.
    mass : quantity or str, optional
        Body mass [mass].
    speed : quantity or str, optional
        On the flat [speed].
    power : quantity or str, optional
        Of a ride [power].
    humidity : quantity or str, optional
        Relative [1].
    athlete : Athlete or path, optional
        The athlete, or their file.
    pantry : path, optional
        Pantry file; the bundled pantry without it. Everything is taken from what the athlete brings.

    Returns
    -------
    SteadyIntake

    Raises
    ------
    PacecalcError
        With one clear line: a quantity without a unit or out of range, a power on foot, no intake inside the bounds.

    Examples
    --------
    >>> plan = plan_intake_for("5:00", temperature="24 degC", mass="62 kg")
    >>> 45 < plan.carbohydrate_g_per_h < 90, plan.fluid_ml_per_h < 1000
    (True, True)
    """
    if sport not in SPORTS:
        raise UsageError(f'sport "{sport}" is unknown; write {", ".join(SPORTS)}')
    if sport == "run" and power is not None:
        raise UsageError("power is for rides; give --speed on foot, or --sport ride")
    duration_s = to_si(duration, "s", name="duration", minimum=SHORTEST_S, maximum=3600.0 * LONGEST_H, two_part="h:mm")
    temperature_c = to_si(temperature, "degC", name="temperature", minimum=-30.0, maximum=50.0)
    who = athlete if isinstance(athlete, Athlete) else load_athlete(athlete, sport=sport)
    if mass is not None:
        who = override_athlete(who, mass_kg=to_si(mass, "kg", name="mass", minimum=25.0, maximum=250.0))
    steady = _Steady(
        who,
        sport,
        duration_s,
        temperature_c,
        None if humidity is None else to_si(humidity, "1", name="humidity", minimum=0.0, maximum=1.0),
        None if speed is None else to_si(speed, "m/s", name="speed", minimum=0.3, maximum=25.0),
        None if power is None else to_si(power, "W", name="power", minimum=20.0, maximum=600.0),
    )
    return steady.plan(stock_larder(pantry, who))


class _Steady:
    def __init__(
        self,
        athlete: Athlete,
        sport: Sport,
        duration_s: float,
        temperature_c: float,
        humidity: float | None,
        speed_m_per_s: float | None,
        power_w: float | None,
    ) -> None:
        self.athlete, self.sport, self.duration_s = athlete, sport, duration_s
        self.temperature_c = temperature_c
        self.humidity = DEFAULT_HUMIDITY if humidity is None else humidity
        self.speed = DEFAULT_SPEED_M_PER_S[sport] if speed_m_per_s is None else speed_m_per_s
        self.power_w = self._choose_power(power_w) if sport != "run" else None
        said = [
            (humidity, f"humidity {100.0 * self.humidity:.0f} %", "--humidity"),
            (speed_m_per_s, f"{3.6 * self.speed:.0f} km/h", "--speed"),
            (power_w if self.power_w is not None else 0.0, f"{self.power_w or 0.0:.0f} W", "--power"),
        ]
        self.assumed = (
            *(Assumption(what, how) for given, what, how in said if given is None),
            Assumption("flat, partly sunny, still air", "pacecalc plan with a course and a forecast"),
            Assumption(
                "water whenever the bottles are empty, food from your own pockets", "fuel.bottles and fuel.carry"
            ),
        )

    def _choose_power(self, given_w: float | None) -> float:
        if given_w is not None:
            return given_w
        threshold_w = self.athlete.rider.threshold_power_w
        if threshold_w is not None:
            return DEFAULT_POWER_OF_THRESHOLD * threshold_w
        return DEFAULT_POWER_W_PER_KG * self.athlete.mass_kg

    def plan(self, larder: Larder) -> SteadyIntake:
        needs = self._find_needs()
        planned = plan_intake(needs, larder.products, larder.brought, self.athlete)
        return self._tell(planned, larder)

    def _find_needs(self) -> RaceNeeds:
        """Legs as long as the bottles last where an hour asks for all one may drink."""
        hours = self.duration_s / 3600.0
        fuelling = self.athlete.fuelling
        lasts_h = fuelling.bottle_ml / 1000.0 / fuelling.fluid_limit_l_per_h
        count = max(1, math.ceil(hours / min(max(lasts_h, LEAST_LEG_H), MOST_LEG_H) - 1e-6))
        arrive_s = np.linspace(0.0, self.duration_s, count + 1).tolist()
        kinds = ["start", *["water"] * (count - 1), "finish"]
        waypoints = [
            Waypoint(
                name=_name_place(kind, at_s), kind=kind, distance_m=self.speed * at_s, water=kind == "water", offers=()
            )
            for kind, at_s in zip(kinds, arrive_s, strict=True)
        ]
        return build_legs(waypoints, arrive_s, self._trace(), self.athlete, self.sport)

    def _trace(self) -> EffortTrace:
        count = max(1, round(self.duration_s / STEP_S))
        edges_s = np.linspace(0.0, self.duration_s, count + 1)
        full = np.ones(count)
        mass, rider = self.athlete.mass_kg, self.athlete.rider
        if self.power_w is None:
            metabolic_w = mass * float(locomotion_power(self.speed, 0.0))
        else:
            metabolic_w = float(energy.estimate_cycling_metabolic_power(self.power_w, mass, rider.gross_efficiency))
        return EffortTrace(
            start_s=edges_s[:-1],
            duration_s=np.diff(edges_s),
            distance_m=self.speed * edges_s[:-1],
            metabolic_w=metabolic_w * full,
            external_w=(self.power_w or 0.0) * full,
            speed_m_per_s=self.speed * full,
            air_speed_m_per_s=self.speed * full,
            temperature_c=self.temperature_c * full,
            humidity_fraction=self.humidity * full,
            sun_w_per_m2=SUN_W_PER_M2 * full,
            darkness=0.0 * full,
            elevation_m=self.athlete.home_elevation_m * full,
            hands_full=0.0 * full,
            start_clock_h=(MIDDAY_H - 0.5 * self.duration_s / 3600.0) % 24.0,
        )

    def _tell(self, planned: PlannedIntake, larder: Larder) -> SteadyIntake:
        needs, solution, hours = planned.needs, planned.solution, self.duration_s / 3600.0
        teller = Teller(larder, self.athlete.fuelling.bottle_ml)
        legs = [
            teller.tell_leg(need, intake, span.end_s)
            for need, intake, span in zip(needs.legs, solution.legs, needs.spans, strict=True)
        ]
        edges_s = np.array([*np.arange(0.0, self.duration_s - 60.0, 3600.0), self.duration_s])
        segments = teller.tell_segments(planned.schedule, edges_s)
        eaten: Counter[str] = Counter()
        for each in solution.legs:
            eaten.update(each.eaten)
        tabs = sum(n for i, n in eaten.items() if larder.products[i].kind == "salt")
        card = make_temperature_card(needs, planned.problem, solution, self.athlete, self.sport)
        targets, body = needs.targets, needs.body
        return SteadyIntake(
            sport=self.sport,
            duration_s=self.duration_s,
            temperature_c=self.temperature_c,
            humidity_fraction=self.humidity,
            mass_kg=self.athlete.mass_kg,
            speed_m_per_s=self.speed,
            power_w=self.power_w,
            energy_kcal_per_h=float(body.energy_kcal_per_h.mean()),
            burned_g_per_h=float(targets.carbohydrate_used_g.sum()) / hours,
            sweat_l_per_h=float(targets.sweat_l.sum()) / hours,
            sodium_lost_mg_per_h=float(targets.sodium_loss_mg.sum()) / hours,
            carbohydrate_g_per_h=sum(leg.carbohydrate_g.target for leg in needs.legs) / hours,
            fluid_ml_per_h=sum(leg.fluid_ml.target for leg in needs.legs) / hours,
            sodium_mg_per_h=sum(leg.sodium_mg.target for leg in needs.legs) / hours,
            salt_tabs_per_h=tabs / hours,
            hours=tuple(
                SteadyHour(
                    start_s=float(edges_s[k]),
                    end_s=float(edges_s[k + 1]),
                    items=part.items,
                    water_ml=part.water_ml,
                    carbohydrate_g=part.carbohydrate_g,
                    fluid_ml=part.fluid_ml,
                    sodium_mg=part.sodium_mg,
                )
                for k, part in enumerate(segments)
            ),
            schedule=tuple(
                SteadyRow(at_s=row.at_s, items=teller.count(dict(row.items)), water_ml=row.water_ml)
                for row in join_sips(planned.schedule)
            ),
            shopping=list_shopping(planned.problem, solution),
            temperature_card=card,
            plasma_sodium_mmol_per_l=planned.check.plasma_sodium_mmol_per_l,
            mass_change_fraction=planned.check.mass_change_fraction,
            proof=prove_intake(needs, solution, self.athlete),
            reasons=tuple(f"{_say_span(leg.start_s, leg.end_s)}: {why}" for leg in legs for why in leg.reasons),
            warnings=(
                *planned.check.cautions,
                *(Caution("intake-limit", f"{reason[:1].upper()}{reason[1:]}.") for reason in targets.reasons),
            ),
            assumptions=(*self.athlete.assumed, *self.assumed, *needs.assumed),
        )


def _name_place(kind: str, at_s: float) -> str:
    return kind if kind != "water" else f"water at {_say_time(at_s)}"


def _say_time(at_s: float) -> str:
    return f"{int(at_s) // 3600}:{int(at_s) % 3600 // 60:02d}"


def _say_span(start_s: float, end_s: float) -> str:
    return f"{_say_time(start_s)} to {_say_time(end_s)}"
