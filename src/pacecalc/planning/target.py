"""Goals and margins by probability: the gentlest plan that is legal often enough.

One paced race is enough: its demand is frozen, so that a schedule costs a look-up, and every candidate meets the same
simulated days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import UsageError
from pacecalc.planning.cutoffs import Deadline, moving_deadlines_s, resolve_deadlines
from pacecalc.planning.demands import choose_demand
from pacecalc.planning.goal import find_best_possible
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.odds import spread_of, weigh_odds
from pacecalc.planning.pacing import PacedRace, pace_race
from pacecalc.planning.records import Caution
from pacecalc.planning.risk import RiskResult, draw_arrivals
from pacecalc.planning.schedule import StretchTable, find_blocks
from pacecalc.planning.spelling import spell_time
from pacecalc.planning.stops import default_stops_s, override_stops
from pacecalc.record import record

PROBABILITY_RANGE = (0.01, 0.999)
NARROW_S = 30.0
"""The search ends when the goal is known to half a minute."""
CUSHION = 0.003
"""Asked for beyond the target, for what the frozen demand leaves out."""
WORTH_LESS = 0.01
"""Odds that are not worth a much harder race; a choice."""
WITHIN_S = 1.0
"""The latest goal lies this much inside the cutoff."""
MARGIN_PASSES = 4
FIRST_SHARE = 0.97
"""The race that is paced stands here between start and cutoff; candidates lie on both sides."""


@record(kw_only=True)
class TargetGoal:
    """The gentlest goal for a probability, or the best there is."""

    goal_s: float
    waypoint_margins_s: dict[int, float]
    probability: float
    """To finish inside every cutoff, with this goal."""
    wanted: float

    @property
    def reached(self) -> bool:
        return self.probability >= self.wanted - CUSHION

    def say(self) -> str:
        """One line for the printout."""
        goal = spell_time(self.goal_s)
        if self.reached:
            return (
                f"Goal {goal}: the gentlest plan with {100.0 * self.wanted:.3g} % odds to finish inside every cutoff."
            )
        return (
            f"{100.0 * self.wanted:.3g} % odds cannot be reached: the best is {100.0 * self.probability:.0f} %, with a "
            f"goal of {goal}. What is left is bad days and stopping for reasons no pace can change."
        )


class FrozenRace:
    """Schedules and odds of many plans on the demand of one."""

    def __init__(self, inputs: RaceInputs, paced: PacedRace) -> None:
        self.inputs, self.paced = inputs, paced
        edges = paced.edges

        def legs(level: float) -> FloatArray:
            return np.diff(np.concatenate([[0.0], np.cumsum(paced.demand.cell_times_s(level))])[edges])

        self._table = StretchTable(legs)
        self._limit = paced.demand.best_level

    def legs_s(self, goal_s: float, margins_s: Mapping[int, float]) -> FloatArray:
        """Moving time of every leg of the gentlest plan for a goal and margins."""
        targets = moving_deadlines_s(
            self.paced.deadlines, self.paced.stops_s, margin_s=0.0, goal_s=goal_s, waypoint_margins_s=margins_s
        )
        times = np.empty(len(targets))
        for block in find_blocks(self._table, targets):
            times[block.first : block.last] = self._table.times_at(block.level)[block.first : block.last]
        return times

    def weigh(self, legs_s: FloatArray) -> RiskResult:
        """Odds of a plan with these leg times, on the same days as every other."""
        covered = np.repeat(legs_s / self._own_legs_s, np.diff(self.paced.edges)) * self.paced.pace.time_s
        arrive_s = (
            np.concatenate([[0.0], np.cumsum(legs_s)]) + np.concatenate([[0.0], np.cumsum(self.paced.stops_s)])[:-1]
        )
        plan = replace(self.paced, pace=replace(self.paced.pace, time_s=covered), arrive_s=arrive_s)
        inputs = self.inputs
        return weigh_odds(plan, inputs.athlete, inputs.conditions, runs=inputs.runs, seed=inputs.seed)

    @property
    def _own_legs_s(self) -> FloatArray:
        return np.diff(np.concatenate([[0.0], np.cumsum(self.paced.pace.time_s)])[self.paced.edges])

    def arrival_quantile(self, legs_s: FloatArray, probability: float) -> FloatArray:
        """Arrival that this share of days is not later than, of an athlete who does not press on for cutoffs [s]."""
        spread = spread_of(self.paced, self.inputs.athlete)
        rng = np.random.default_rng(self.inputs.seed)
        distance_m = np.diff(self.paced.edges) * self.paced.course.cell_m
        drawn = draw_arrivals(legs_s, distance_m, self.paced.stops_s, spread, self.inputs.runs, rng)
        return as_floats(np.quantile(drawn.arrive_s, probability, axis=0))


def freeze_race(inputs: RaceInputs, goal_s: float) -> FrozenRace:
    """Pace a goal once, and keep its demand."""
    course = inputs.course
    inputs = replace(inputs, goal_s=goal_s)
    stops_s = override_stops(course, default_stops_s(course, goal_s), inputs.stops_s)
    paced = pace_race(
        course,
        choose_demand(inputs, float(stops_s.sum())),
        goal_s=goal_s,
        stops_s=stops_s,
        deadlines=resolve_deadlines(course, inputs.conditions),
        margin_s=inputs.margin_s,
        waypoint_margins_s=inputs.waypoint_margins_s,
    )
    return FrozenRace(inputs, paced)


def find_target_goal(inputs: RaceInputs, probability: float) -> TargetGoal:
    """The latest goal whose plan finishes inside every cutoff with this probability.

    All cutoffs are brought forward in the same proportion as the goal, so that the time in hand grows along the course
    as the scatter does.

    Raises
    ------
    UsageError
        When the course has no finish cutoff, or the probability is none.
    """
    if not PROBABILITY_RANGE[0] <= probability <= PROBABILITY_RANGE[1]:
        raise UsageError(f"target probability {probability:g}: expected a share such as 0.9, from 0.01 to 0.999")
    deadlines = resolve_deadlines(inputs.course, inputs.conditions)
    finish = deadlines[-1]
    if finish is None:
        raise UsageError(f"{inputs.course.id} has no finish cutoff, so no probability to meet it; give --goal instead")
    latest_s = finish.at_s
    best_s = inputs.best_s or find_best_possible(inputs.course, inputs.athlete, inputs.conditions)
    if best_s >= latest_s:
        best_s = latest_s - NARROW_S
    race = freeze_race(inputs, max(FIRST_SHARE * latest_s, best_s))

    def odds(goal_s: float) -> float:
        margins_s = scale_margins(race.paced.deadlines, race.paced.stops_s, goal_s / latest_s)
        return race.weigh(race.legs_s(goal_s, margins_s)).finish_probability

    def found(goal_s: float, chance: float) -> TargetGoal:
        margins_s = scale_margins(race.paced.deadlines, race.paced.stops_s, goal_s / latest_s)
        return TargetGoal(goal_s=goal_s, waypoint_margins_s=margins_s, probability=chance, wanted=probability)

    wanted = min(probability + CUSHION, 1.0)
    early, late = best_s, latest_s - WITHIN_S
    chance_late = odds(late)
    if chance_late >= wanted:
        return found(late, chance_late)
    chance = odds(early)
    # Where no pace is enough, the gentlest of those that come near the best.
    wanted = min(wanted, chance - WORTH_LESS)
    while late - early > NARROW_S:
        middle = 0.5 * (early + late)
        chance_middle = odds(middle)
        if chance_middle >= wanted:
            early, chance = middle, chance_middle
        else:
            late = middle
    return found(early, chance)


def scale_margins(deadlines: tuple[Deadline | None, ...], stops_s: FloatArray, share: float) -> dict[int, float]:
    """Margins that bring every cutoff forward to a share of its time."""
    return {
        index: max((1.0 - share) * deadline.latest_arrival_s(float(stops_s[index])), 0.0)
        for index, deadline in enumerate(deadlines)
        if deadline is not None and 0 < index < len(deadlines) - 1
    }


def aim_for(inputs: RaceInputs, probability: float) -> RaceInputs:
    """Inputs with the goal and margins of a target probability, and a line that says so."""
    target = find_target_goal(inputs, probability)
    return replace(
        inputs,
        goal_s=target.goal_s,
        margin_s=0.0,
        waypoint_margins_s=target.waypoint_margins_s,
        cautions=(*inputs.cautions, Caution("target-probability", target.say())),
    )


def find_probable_margins(inputs: RaceInputs, wanted: Mapping[int, float]) -> dict[int, float]:
    """Margins with which each of these cutoffs is met on so many days, the athlete never hurrying for it [s]."""
    race = freeze_race(inputs, inputs.goal_s)
    margins_s = {
        i: inputs.waypoint_margins_s.get(i, inputs.margin_s)
        for i, d in enumerate(race.paced.deadlines)
        if d is not None
    }
    margins_s |= dict.fromkeys(wanted, 0.0)
    stopped_s = np.concatenate([[0.0], np.cumsum(race.paced.stops_s)])[:-1]
    for _ in range(MARGIN_PASSES):
        legs_s = race.legs_s(inputs.goal_s, margins_s)
        arrive_s = np.concatenate([[0.0], np.cumsum(legs_s)]) + stopped_s
        for index, probability in wanted.items():
            deadline = race.paced.deadlines[index]
            if deadline is None:
                continue
            latest_s = deadline.latest_arrival_s(float(race.paced.stops_s[index]))
            late_s = float(race.arrival_quantile(legs_s, probability)[index])
            margins_s[index] = max(latest_s * (1.0 - float(arrive_s[index]) / late_s), 0.0)
    return {index: margins_s[index] for index in wanted}
