"""The optimal intake of a race: whole pieces per leg, where they come from, and a proven distance from the optimum.

Two ways to the same optimum. ``milp`` gives the compact program to branch and bound as it stands. ``pattern``
(column generation) is 5 to 50 times faster with a tighter proof: list near-optimal patterns leg by leg at the prices
of the shared limits, mix them in a small master program, take its prices for the next round, and choose at the end.
Both are limited by nodes, states and rounds, never by a clock.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import IntakeError
from pacecalc.planning.intake.carry import trace_intake
from pacecalc.planning.intake.duals import find_leg_duals, make_prices
from pacecalc.planning.intake.highs import Answer, solve_program
from pacecalc.planning.intake.master import Master, Mixture
from pacecalc.planning.intake.model import CompactModel, build_model
from pacecalc.planning.intake.patterns import Counts, LegTable, list_patterns, tabulate_legs
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution
from pacecalc.planning.intake.stretches import refuse_impossible
from pacecalc.record import record

Method = Literal["pattern", "milp"]

MILP_GAP = 0.03
MILP_NODES = 5000

ROUNDS = 5
CLOSE_ENOUGH = 0.01
"""Pricing stops when the mixture is this near the bound."""
ADDED_PER_LEG = 60
CHOSEN_FROM = 30
"""Patterns per leg to choose whole ones from."""
GOOD_CHOICE = 0.008
"""The choice stops when it is this near the bound."""
CONTENT_GAP, PROVEN_GAP = 0.015, 0.03
"""Gap above which the proof is closed by complete lists, and above which branch and bound has a last word."""
CLOSING_COLUMNS = 1500
CHOICE_NODES = 10
LAST_NODES = 5


@record(kw_only=True)
class Pricing:
    """Where the rounds of pricing ended: a proven bound, and the mixture of patterns nearest to it."""

    bound: float
    duals: FloatArray
    """Of all rows, where the bound was proven."""
    mixture: Mixture


def solve_intake(problem: IntakeProblem, *, method: Method = "pattern") -> IntakeSolution:
    """Choose what to eat and drink in every leg; the same problem has the same answer every time.

    Raises IntakeError when a stretch between taps cannot give the water it needs, naming stretch and amount.
    """
    refuse_impossible(problem)
    if not problem.legs:
        return IntakeSolution(legs=(), objective=0.0, bound=0.0, method=method)
    model = build_model(problem)
    return solve_whole(model) if method == "milp" else solve_by_patterns(model)


def solve_whole(model: CompactModel, relative_gap: float = MILP_GAP, node_limit: int = MILP_NODES) -> IntakeSolution:
    """Branch and bound on the compact program as it stands."""
    answer = solve_program(model.program, relative_gap=relative_gap, node_limit=node_limit)
    return _solution(model, answer, answer.bound, "milp")


def solve_by_patterns(model: CompactModel) -> IntakeSolution:
    """Column generation over the exactly listed patterns of each leg, then a choice of whole patterns."""
    tables = tabulate_legs(model)
    master = Master(model, tables)
    pricing = price_patterns(model, tables, master)
    bound, plan = pricing.bound, pricing.mixture.plan
    if plan is None:
        columns = master.pick_columns(pricing.mixture, CHOSEN_FROM)
        plan, _ = master.solve_choice(columns, bound + GOOD_CHOICE * abs(bound), CHOICE_NODES)
    best = polish(model, plan)
    if CONTENT_GAP < _gap(best, bound) < np.inf:
        best, bound = close_gap(model, tables, master, pricing, best)
    if _gap(best, bound) > PROVEN_GAP:
        whole = solve_program(model.program, relative_gap=PROVEN_GAP, node_limit=LAST_NODES)
        best, bound = min(best, whole, key=lambda answer: answer.objective), max(bound, whole.bound)
    return _solution(model, best, bound, "pattern")


def _gap(answer: Answer, bound: float) -> float:
    """Distance from the bound as a fraction; endless when there is no plan yet."""
    if answer.values is None:
        return np.inf
    return (answer.objective - bound) / max(abs(answer.objective), 1e-9)


def close_gap(
    model: CompactModel, tables: list[LegTable], master: Master, pricing: Pricing, best: Answer
) -> tuple[Answer, float]:
    """Choose among all patterns that can matter, which proves as it chooses.

    At the prices of the bound L, a plan that holds a pattern dearer than its leg's optimum by more than theta costs
    more than L + theta. So over the complete lists up to theta, the optimum is at least the smaller of L + theta and
    the bound of the choice. Theta is what the proof needs, or less where lists overflow; too little is not tried.
    """
    prices = make_prices(model, pricing.duals)
    theta = (best.objective - pricing.bound) - 0.5 * CONTENT_GAP * abs(best.objective)
    found = [list_patterns(table, prices, leg, theta) for leg, table in enumerate(tables)]
    theta = min([theta, *(patterns.complete_to - patterns.bound for patterns in found)])
    excesses = np.sort(np.concatenate([patterns.costs - patterns.bound for patterns in found]))
    if len(excesses) > CLOSING_COLUMNS:
        theta = min(theta, float(excesses[CLOSING_COLUMNS]))
    if _gap(best, pricing.bound + theta) > PROVEN_GAP:
        return best, pricing.bound
    columns = []
    for leg, patterns in enumerate(found):
        near = patterns.counts[patterns.costs - patterns.bound <= theta]
        columns.append(master.make_columns(leg, np.concatenate([np.zeros_like(patterns.counts[:1]), near])))
    plan, over_lists = master.solve_choice(columns, pricing.bound + theta, CHOICE_NODES)
    best = min(best, polish(model, plan), key=lambda answer: answer.objective)
    return best, max(pricing.bound, min(pricing.bound + theta, over_lists))


def price_patterns(model: CompactModel, tables: list[LegTable], master: Master) -> Pricing:
    """Rounds of: list patterns at the current prices, add the best to the master, take its prices for the next round.

    Every round proves a bound; the best one is kept. The mixture can only come down and the bound only go up.
    """
    duals = best_duals = solve_program(model.program.relaxed()).row_duals
    bound = -np.inf
    for turn in range(1, ROUNDS + 1):
        prices = make_prices(model, duals)
        found = [list_patterns(table, prices, leg) for leg, table in enumerate(tables)]
        proven = prices.outside + sum(patterns.bound for patterns in found)
        if proven > bound:
            bound, best_duals = proven, duals
        added = [master.add(leg, patterns.counts[:ADDED_PER_LEG]) for leg, patterns in enumerate(found)]
        mixture = master.solve_mixture()
        if turn == ROUNDS or not any(added) or mixture.objective - bound <= CLOSE_ENOUGH * abs(mixture.objective):
            break
        coupling = mixture.coupling
        if proven < bound:  # overshot: prices half way back are steadier
            coupling = 0.5 * (coupling + np.where(model.row_leg < 0, best_duals, 0.0))
        duals = find_leg_duals(model, coupling)
    return Pricing(bound=bound, duals=best_duals, mixture=mixture)


def polish(model: CompactModel, plan: list[Counts]) -> Answer:
    """Water, transports and the true objective for fixed pieces: the compact program with its counts pinned."""
    pieces: FloatArray = np.concatenate(plan).astype(np.float64)
    lower, upper, integer = model.program.lower.copy(), model.program.upper.copy(), model.program.integer.copy()
    lower[: len(pieces)] = upper[: len(pieces)] = pieces
    integer[: len(pieces)] = 0
    return solve_program(replace(model.program, lower=lower, upper=upper, integer=integer))


def _solution(model: CompactModel, answer: Answer, bound: float, method: Method) -> IntakeSolution:
    if answer.values is None:
        raise IntakeError("no intake keeps every hard limit: raise the weight, bottle or supply limits")
    legs = trace_intake(model, answer.values)
    return IntakeSolution(legs=legs, objective=answer.objective, bound=min(bound, answer.objective), method=method)
