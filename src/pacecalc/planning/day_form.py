"""The day's form learnt from the splits so far, and the demand of the rest on a day of that form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.demand import Demand
from pacecalc.planning.pacing import DemandBuilder, PacedRace
from pacecalc.planning.records import Sport
from pacecalc.planning.ride_demand import RideDemand
from pacecalc.planning.risk import SpreadPreset
from pacecalc.planning.run_demand import RunDemand
from pacecalc.record import record
from pacecalc.science import day_form as science

LATENESS_MAX = 1.0
"""A section that took 2.7 times its plan tells no more than this: something else than form happened. A choice."""
FEELING_WEIGHT = 0.5
"""How much of what the athlete says about their form is taken on top of what the splits say; a choice."""
POWER_PER_TIME = 2.0
"""First guess of how power falls with the time of a hilly ride."""
FORM_PASSES = 4


@record(kw_only=True)
class Section:
    """The way between two known times: planned and real."""

    start_s: float
    """Planned leaving."""
    end_s: float
    """Planned arrival."""
    real_s: float

    @property
    def lateness(self) -> float:
        return float(np.clip(np.log(self.real_s / (self.end_s - self.start_s)), -LATENESS_MAX, LATENESS_MAX))


@record(kw_only=True)
class LearntForm:
    """Expected form of the day and slow-down in ln(time), and what is still uncertain about them."""

    form: float
    slow_down: float
    covariance: FloatArray
    """Over the variance of the form of the day before the start."""
    slope_per_form: float
    feeling: float = 0.0
    """What the athlete's own word adds."""

    def slowing(self, time_share: FloatArray) -> FloatArray:
        """ln(time / planned time) to expect at a share of the planned race time."""
        return np.asarray(self.form + self.feeling + self.slow_down * (time_share - science.CENTRE))

    def narrow(self, spread: SpreadPreset, rest_share: float) -> SpreadPreset:
        """How the rest still scatters: the spread before the start, less what the splits told."""
        turn = np.array([1.0, rest_share - science.CENTRE])
        left = float(np.sqrt(turn @ self.covariance @ turn))
        slope = float(np.sqrt(self.covariance[1, 1])) / self.slope_per_form
        return replace(spread, form=spread.form * left, slow_down=spread.slow_down * slope)


def learn_from_sections(
    sections: Sequence[Section], finish_s: float, sport: Sport, feeling_fraction: float | None = None
) -> LearntForm:
    """Learn the day's form from every section so far.

    ``feeling_fraction`` is the athlete's own word, 1 as planned and 0.9 a tenth weaker.
    """
    runs = sport == "run"
    slope = science.RUN_SLOPE_PER_FORM if runs else science.RIDE_SLOPE_PER_FORM
    noise = science.RUN_NOISE_PER_FORM if runs else science.RIDE_NOISE_PER_FORM
    mean, covariance = science.update_form(
        [0.5 * (s.start_s + s.end_s) / finish_s for s in sections],
        [(s.end_s - s.start_s) / finish_s for s in sections],
        [s.lateness for s in sections],
        slope,
        noise,
    )
    return LearntForm(
        form=float(mean[0]),
        slow_down=float(mean[1]),
        covariance=covariance,
        slope_per_form=slope,
        feeling=0.0 if feeling_fraction is None else -FEELING_WEIGHT * float(np.log(feeling_fraction)),
    )


def build_on_form(build: DemandBuilder, form: LearntForm, planned: PacedRace, first_cell: int) -> DemandBuilder:
    """The same demand on a day of this form, from a cell on.

    A runner slows at the same effort. A rider's watts fall so far that the rest takes as much longer.
    """
    slowing = np.zeros(len(planned.mid_s))
    slowing[first_cell:] = form.slowing(planned.mid_s[first_cell:] / planned.finish_s)
    if not np.any(np.abs(slowing) > 1e-12):
        return build
    drops: list[float] = []

    def build_slower(mid_s: FloatArray) -> Demand:
        demand = build(mid_s)
        if isinstance(demand, RunDemand):
            return replace(demand, fade_factor=demand.fade_factor * np.exp(slowing))
        if isinstance(demand, RideDemand):
            if not drops:
                drops.append(_find_power_drop(demand, slowing, planned.level, first_cell))
            return _weaken(demand, drops[0] * slowing)
        raise TypeError(f"no form of the day for {type(demand).__name__}")

    return build_slower


def _weaken(demand: RideDemand, log_drop: FloatArray) -> RideDemand:
    return replace(demand, reference_w=demand.reference_w * np.exp(-demand.terrain.average(log_drop)))


def _find_power_drop(demand: RideDemand, slowing: FloatArray, level: FloatArray, first_cell: int) -> float:
    """Exponent of power on time at which the rest takes as much longer as the form says."""
    planned_s = demand.cell_times_s(level)[first_cell:]
    wanted_s = float((planned_s * np.exp(slowing[first_cell:])).sum())
    before_s = float(planned_s.sum())
    drop = POWER_PER_TIME
    for _ in range(FORM_PASSES):
        found_s = float(_weaken(demand, drop * slowing).cell_times_s(level)[first_cell:].sum())
        if abs(found_s - wanted_s) < 0.5 or found_s == before_s:
            break
        drop *= (wanted_s - before_s) / (found_s - before_s)
    return drop
