"""The optimal intake of a race: whole pieces per leg, where they come from, and a proven distance from the optimum."""

from __future__ import annotations

from typing import Literal

from pacecalc.errors import IntakeError
from pacecalc.planning.intake.carry import trace_intake
from pacecalc.planning.intake.highs import solve_program
from pacecalc.planning.intake.model import CompactModel, build_model
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution
from pacecalc.planning.intake.stretches import refuse_impossible

Method = Literal["pattern", "milp"]

MILP_GAP = 0.03
MILP_NODES = 5000


def solve_intake(problem: IntakeProblem, *, method: Method = "milp") -> IntakeSolution:
    """Choose what to eat and drink in every leg; the same problem has the same answer every time.

    Raises IntakeError when a stretch between taps cannot give the water it needs, naming stretch and amount.
    """
    refuse_impossible(problem)
    if not problem.legs:
        return IntakeSolution(legs=(), objective=0.0, bound=0.0, method=method)
    return solve_whole(build_model(problem))


def solve_whole(model: CompactModel, relative_gap: float = MILP_GAP, node_limit: int = MILP_NODES) -> IntakeSolution:
    """Branch and bound on the compact program as it stands."""
    answer = solve_program(model.program, relative_gap=relative_gap, node_limit=node_limit)
    if answer.values is None:
        raise IntakeError("no intake keeps every hard limit; raise the weight, bottle or supply limits")
    return IntakeSolution(
        legs=trace_intake(model, answer.values), objective=answer.objective, bound=answer.bound, method="milp"
    )
