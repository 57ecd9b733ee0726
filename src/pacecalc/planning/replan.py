"""The plan of the rest of a race, from the real splits so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError, UsageError
from pacecalc.planning.compose import write_plan
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import Deadline, resolve_deadlines
from pacecalc.planning.day_form import LearntForm, Section, build_on_form, learn_from_sections
from pacecalc.planning.demands import choose_demand
from pacecalc.planning.feasibility import find_shortfall
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.odds import weigh_rest
from pacecalc.planning.pacing import EARLY_EFFORT_ALLOWANCE, BegunRace, DemandBuilder, PacedRace, pace_race
from pacecalc.planning.rebuild import rebuild_inputs
from pacecalc.planning.records import Caution, CutStop, RacePlan, ReplanFacts, Split
from pacecalc.planning.refeed import Eaten, feed_rest
from pacecalc.planning.spelling import spell_time
from pacecalc.planning.stops import default_stops_s, find_waypoint, override_stops
from pacecalc.record import record

STOP_CUTS = (1.0, 0.75, 0.5, 0.25)
"""Parts of the planned stops that are tried, longest first."""
GENTLE_EFFORT = 1.02
"""Stops are cut before the rest asks for more than this over the hardest effort planned there; a choice."""
FEELING_RANGE = (0.3, 1.5)
SAME_FINISH_S = 1.0


@record(kw_only=True)
class Reached:
    """A split with the index of its waypoint."""

    index: int
    arrive_s: float
    leave_s: float | None


def replan_race(
    plan: RacePlan,
    splits: Sequence[Split],
    *,
    eaten: Eaten = None,
    feeling_fraction: float | None = None,
    goal_s: float | None = None,
    course: Course | None = None,
) -> RacePlan:
    """Make the rest of a plan again from real splits.

    Parameters
    ----------
    plan : RacePlan
        The plan made before the start, or one made on the way: its own splits count too.
    splits : sequence of Split
        Waypoints reached since.
    eaten : float or mapping, optional
        Share of what was planned so far, or pieces by product id.
    feeling_fraction : float, optional
        The athlete's own word on their form: 1 as planned, 0.9 a tenth weaker.
    goal_s : float, optional
        Finish wanted now; without it what the planned effort gives, or the cutoff asks for [s].
    course : Course, optional
        Course of the plan, when it is at hand already.

    Returns
    -------
    RacePlan
        With ``replan`` set, and the waypoints behind marked as passed.

    Raises
    ------
    UsageError
        When a split contradicts the one before or its place is not on the course.
    """
    if feeling_fraction is not None and not FEELING_RANGE[0] <= feeling_fraction <= FEELING_RANGE[1]:
        raise UsageError(f"feeling {feeling_fraction:g}: expected a share such as 0.9, from 0.3 to 1.5")
    inputs = rebuild_inputs(plan, course=course)
    reached = order_splits(inputs.course, [*plan.inputs.splits, *splits])
    before = pace_as_planned(inputs)
    race = _Rest(inputs, before, reached, feeling_fraction)
    paced, stops_s = race.settle(goal_s)
    begin = reached[-1].index
    fed = feed_rest(paced, inputs, plan, begin, eaten)
    facts = race.tell(paced, stops_s)
    odds = weigh_rest(
        paced,
        inputs.athlete,
        inputs.conditions,
        begin,
        race.form,
        raised_fraction=facts.effort_fraction,
        runs=inputs.runs,
        seed=inputs.seed,
    )
    return _write(plan, inputs, paced, write_plan(inputs, paced, fed, odds), facts, reached)


def order_splits(course: Course, splits: Sequence[Split]) -> list[Reached]:
    """Splits along the course, the last word on each place; contradictions are refused."""
    if not splits:
        raise UsageError("no split given: say where and when, such as --at 'Twin Lakes (out)' --clock 10:12")
    found: dict[int, Reached] = {}
    for split in splits:
        index = find_waypoint(course, split.name)
        name = course.waypoints[index].name
        if index == 0:
            raise UsageError(f"{name} is the start: give a split from further on")
        if index == len(course.waypoints) - 1:
            raise UsageError(f"{name} is the finish: the race is over, there is nothing left to plan")
        if not split.arrive_s > 0.0:
            raise UsageError(f"{name}: a split at or before the start; expected a time after it")
        if split.leave_s is not None and split.leave_s < split.arrive_s:
            raise UsageError(
                f"{name}: left at {spell_time(split.leave_s)} but arrived at {spell_time(split.arrive_s)}; "
                "expected to leave after arriving"
            )
        found[index] = Reached(index=index, arrive_s=split.arrive_s, leave_s=split.leave_s)
    ordered = [found[index] for index in sorted(found)]
    for first, second in pairwise(ordered):
        gone_s = first.arrive_s if first.leave_s is None else first.leave_s
        if second.arrive_s <= gone_s:
            names = course.waypoints[second.index].name, course.waypoints[first.index].name
            raise UsageError(
                f"{names[0]} at {spell_time(second.arrive_s)} is not later than {names[1]} before it "
                f"({spell_time(gone_s)}); correct one of the two"
            )
    return ordered


def pace_as_planned(inputs: RaceInputs) -> PacedRace:
    """The race as it was planned before the start."""
    course = inputs.course
    stops_s = override_stops(course, default_stops_s(course, inputs.goal_s), inputs.stops_s)
    return pace_race(
        course,
        choose_demand(inputs, float(stops_s.sum())),
        goal_s=inputs.goal_s,
        stops_s=stops_s,
        deadlines=resolve_deadlines(course, inputs.conditions),
        margin_s=inputs.margin_s,
        waypoint_margins_s=inputs.waypoint_margins_s,
    )


class _Rest:
    """What is over, what it says about the day, and the schedule of the rest."""

    def __init__(
        self, inputs: RaceInputs, before: PacedRace, reached: Sequence[Reached], feeling_fraction: float | None
    ) -> None:
        self._inputs, self._before, self._reached = inputs, before, reached
        self._begin = reached[-1].index
        self._first_cell = int(before.edges[self._begin])
        self._begun, self._passed_stops_s = self._look_back()
        self.form = self._learn(feeling_fraction)
        self._build = self._demand()
        self._planned_rest_s = float(before.pace.time_s[self._first_cell :].sum())
        self._expected_rest_s, self._levels = self._expect()

    def settle(self, goal_s: float | None) -> tuple[PacedRace, FloatArray]:
        """The gentlest legal rest: with the stops planned, else with shorter ones, else as near as can be."""
        tried: list[tuple[PacedRace, FloatArray]] = []
        hardest = float(self._levels.max())
        for part in STOP_CUTS:
            stops_s = self._stops(part)
            paced = self._pace(stops_s, goal_s)
            tried.append((paced, stops_s))
            legal = find_shortfall(paced, begin=self._begin) is None
            if legal and paced.blocks[0].level <= GENTLE_EFFORT * hardest:
                return paced, stops_s
        legal_ones = [t for t in tried if find_shortfall(t[0], begin=self._begin) is None]
        return legal_ones[-1] if legal_ones else tried[-1]

    def tell(self, paced: PacedRace, stops_s: FloatArray) -> ReplanFacts:
        """What this plan says about the rest."""
        course, begin = self._inputs.course, self._begin
        last = self._reached[-1]
        planned_stops_s = self._stops(1.0)
        cells = slice(self._first_cell, None)
        time_s = paced.pace.time_s[cells]
        asked = paced.level[cells] / self._levels
        ahead = [
            (w.name, float(paced.arrive_s[i]) <= d.latest_arrival_s(float(stops_s[i])) + 0.5)
            for i, (w, d) in enumerate(zip(course.waypoints, paced.deadlines, strict=True))
            if i > begin and d is not None
        ]
        unchanged_s = self._leave_s(planned_stops_s) + self._expected_rest_s + float(planned_stops_s[begin + 1 :].sum())
        return ReplanFacts(
            at=course.waypoints[begin].name,
            late_s=last.arrive_s - float(self._before.arrive_s[begin]),
            expected_fraction=self._expected_rest_s / self._planned_rest_s - 1.0,
            unchanged_finish_s=unchanged_s,
            effort_fraction=float(np.dot(asked, time_s) / time_s.sum()) - 1.0,
            hardest_fraction=float(asked.max()) - 1.0,
            cut_stops=tuple(
                CutStop(name=w.name, from_s=float(long), to_s=float(short))
                for w, long, short in zip(course.waypoints, planned_stops_s, stops_s, strict=True)
                if long - short >= 1.0
            ),
            reachable=tuple(name for name, made in ahead if made),
            missed=tuple(name for name, made in ahead if not made),
            verdict=self._judge(paced),
        )

    def _judge(self, paced: PacedRace) -> str:
        course = self._inputs.course
        for reached in self._reached:
            deadline = paced.deadlines[reached.index]
            if deadline is None:
                continue
            at_s = self._judged_s(reached, deadline)
            if at_s > deadline.at_s + 0.5:
                late = int(np.ceil((at_s - deadline.at_s) / 60.0))
                return (
                    f"{course.waypoints[reached.index].name} was passed {late} min after its cutoff: by the rules the "
                    "race is over; the rest is planned as if you were let go on."
                )
        shortfall = find_shortfall(paced, begin=self._begin)
        if shortfall is not None:
            return f"No legal plan exists any more: {shortfall.say()}"
        return "Every cutoff ahead can still be made."

    def _judged_s(self, reached: Reached, deadline: Deadline) -> float:
        if deadline.applies == "leaving" and reached.leave_s is not None:
            return reached.leave_s
        return reached.arrive_s

    def _look_back(self) -> tuple[BegunRace, FloatArray]:
        """Real times of every cell behind: the plan's own, stretched between splits; and the stops there."""
        before = self._before
        stops_s = before.stops_s.copy()
        time_s = before.pace.time_s.copy()
        start, leave_s = 0, float(stops_s[0])
        for reached in self._reached:
            cells = slice(int(before.edges[start]), int(before.edges[reached.index]))
            between = slice(start + 1, reached.index)
            real_s, planned_s = reached.arrive_s - leave_s, float(time_s[cells].sum())
            standing_s = float(stops_s[between].sum())
            # Stops nobody timed shrink and grow with the section, so that moving times stay possible.
            share = real_s / (planned_s + standing_s)
            time_s[cells] *= share
            stops_s[between] *= share
            if reached.leave_s is not None:
                stops_s[reached.index] = reached.leave_s - reached.arrive_s
            start, leave_s = reached.index, reached.arrive_s + float(stops_s[reached.index])
        begun = BegunRace(
            waypoint=self._begin,
            cell_time_s=time_s[: self._first_cell],
            level=before.level[: self._first_cell].copy(),
        )
        return begun, stops_s

    def _learn(self, feeling_fraction: float | None) -> LearntForm:
        before = self._before
        sections = []
        start, left_s = 0, float(before.stops_s[0])
        for reached in self._reached:
            sections.append(
                Section(
                    start_s=float(before.leave_s[start]),
                    end_s=float(before.arrive_s[reached.index]),
                    real_s=reached.arrive_s - left_s,
                )
            )
            start = reached.index
            stop_s = float(before.stops_s[start])
            left_s = reached.arrive_s + stop_s if reached.leave_s is None else reached.leave_s
        return learn_from_sections(sections, before.finish_s, self._inputs.course.sport, feeling_fraction)

    def _demand(self) -> DemandBuilder:
        stops_s = float(self._before.stops_s.sum())
        return build_on_form(choose_demand(self._inputs, stops_s), self.form, self._before, self._first_cell)

    def _expect(self) -> tuple[float, FloatArray]:
        """Remaining moving time at the planned effort on this day, and that effort."""
        levels = self._before.level
        time_s = self._build(self._before.mid_s).cell_times_s(levels)[self._first_cell :]
        planned_s = self._before.pace.time_s[self._first_cell :]
        own_s = self._before.demand.cell_times_s(levels)[self._first_cell :]
        # The plan settled its own clock to a fraction of a second; only what the form adds may move the finish.
        return float((planned_s * (time_s / own_s)).sum()), levels[self._first_cell :]

    def _stops(self, part: float) -> FloatArray:
        """Stops with those ahead cut to a part; the one under way too, when it is not over."""
        stops_s = self._passed_stops_s.copy()
        begin, last = self._begin, self._reached[-1]
        stops_s[begin + 1 :] = np.round(part * self._before.stops_s[begin + 1 :] / 30.0) * 30.0
        if part == 1.0:
            stops_s[begin + 1 :] = self._before.stops_s[begin + 1 :]
        if last.leave_s is None:
            stops_s[begin] *= part
            deadline = self._before.deadlines[begin]
            if deadline is not None and deadline.applies == "leaving":
                stops_s[begin] = min(float(stops_s[begin]), max(deadline.at_s - last.arrive_s, 0.0))
        return stops_s

    def _leave_s(self, stops_s: FloatArray) -> float:
        return self._reached[-1].arrive_s + float(stops_s[self._begin])

    def _pace(self, stops_s: FloatArray, goal_s: float | None) -> PacedRace:
        inputs, before = self._inputs, self._before
        target_s = self._target(stops_s) if goal_s is None else goal_s
        least_s = self._leave_s(stops_s) + float(stops_s[self._begin + 1 :].sum()) + 1.0

        def pace(level_limit: float) -> PacedRace:
            return pace_race(
                inputs.course,
                self._build,
                goal_s=max(target_s, least_s),
                stops_s=stops_s,
                deadlines=before.deadlines,
                margin_s=inputs.margin_s,
                waypoint_margins_s=inputs.waypoint_margins_s,
                level_limit=level_limit,
                begun=self._begun,
            )

        # Fitness that is not known is taken as what the plan itself asked for.
        held = max(float(self._levels.max()), before.demand.best_level or 0.0)
        try:
            paced = pace(EARLY_EFFORT_ALLOWANCE * held)
            known = before.demand.best_level is not None
            # Harder than the best is for a while only, not for all that is left.
            return pace(held) if known and paced.even_level > held else paced
        except GoalError as error:
            raise UsageError(f"nothing can be planned from here: {error}") from None

    def _target(self, stops_s: FloatArray) -> float:
        """Finish at the planned effort, or what the finish cutoff still allows."""
        expected_s = self._leave_s(stops_s) + self._expected_rest_s + float(stops_s[self._begin + 1 :].sum())
        finish = self._before.deadlines[-1]
        if finish is None:
            return expected_s
        latest_s = max(finish.at_s - self._inputs.margin_s, min(self._inputs.goal_s, finish.at_s))
        if abs(expected_s - self._before.finish_s) < SAME_FINISH_S:
            return self._before.finish_s
        return min(expected_s, latest_s)


def _write(
    plan: RacePlan,
    inputs: RaceInputs,
    paced: PacedRace,
    made: RacePlan,
    facts: ReplanFacts,
    reached: Sequence[Reached],
) -> RacePlan:
    begin = reached[-1].index
    ahead = {w.name for w in inputs.course.waypoints[begin + 1 :]}
    timed = {r.index for r in reached}
    # Whoever was timed further on was not stopped at a place between, whatever the times in between suggest.
    waypoints = tuple(
        replace(w, passed=i <= begin, margin_s=None if i < begin and i not in timed else w.margin_s)
        for i, w in enumerate(made.waypoints)
    )
    cautions = [c for c in made.warnings if c.code not in ("cutoff-missed", "goal-above-fitness")]
    if not facts.verdict.startswith("Every"):
        cautions.insert(0, Caution("cutoff-missed", facts.verdict))
    return replace(
        made,
        waypoints=waypoints,
        binding=tuple(name for name in made.binding if name in ahead),
        even_effort_misses=tuple(m for m in made.even_effort_misses if m.name in ahead),
        assumptions=plan.assumptions,
        warnings=tuple(cautions),
        inputs=replace(
            plan.inputs,
            splits=tuple(
                Split(name=inputs.course.waypoints[r.index].name, arrive_s=r.arrive_s, leave_s=r.leave_s)
                for r in reached
            ),
        ),
        replan=facts,
    )
