"""Linear and integer programs as arrays, handed to HiGHS in one call; nothing here knows about food."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.record import record

IntArray = NDArray[np.int32]

ROW_WISE = 2
"""HiGHS' code for a matrix stored row by row."""
MINIMISE = 1


@record(kw_only=True)
class Program:
    """Minimise ``cost @ v`` over ``lower <= v <= upper``, ``row_lower <= A @ v <= row_upper``; A is stored by rows."""

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    starts: IntArray
    index: IntArray
    value: FloatArray
    integer: IntArray
    """1 where the variable counts whole pieces, else 0."""

    @property
    def rows(self) -> IntArray:
        """Row of every stored entry."""
        return np.repeat(np.arange(len(self.row_lower), dtype=np.int32), np.diff(self.starts))

    def relaxed(self) -> Program:
        return replace(self, integer=np.zeros_like(self.integer))


@record(kw_only=True)
class Answer:
    """``values`` is None when no point satisfies the program (or none was found within the node limit)."""

    values: FloatArray | None
    objective: float
    bound: float
    row_duals: FloatArray


class RowBuilder:
    """Collects the rows of a program in order, so that the stored matrix needs no sorting."""

    def __init__(self) -> None:
        self.starts: list[int] = [0]
        self.index: list[int] = []
        self.value: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, entries: list[tuple[int, float]], lower: float, upper: float) -> int:
        """Append one row and return its number."""
        for column, coefficient in entries:
            self.index.append(column)
            self.value.append(coefficient)
        self.starts.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1


def solve_program(
    program: Program, *, relative_gap: float = 0.0, node_limit: int | None = None, target: float | None = None
) -> Answer:
    """Solve with one thread and no clock, so that the same program has the same answer every time."""
    import highspy

    make_solver: Any = highspy.Highs
    solver = make_solver()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    mixed = bool(program.integer.any())
    if mixed:
        solver.setOptionValue("mip_rel_gap", relative_gap)
        solver.setOptionValue("mip_abs_gap", 1e-9)
        if node_limit is not None:
            solver.setOptionValue("mip_max_nodes", node_limit)
        if target is not None:
            solver.setOptionValue("objective_target", target)
    sizes = (len(program.cost), len(program.row_lower), len(program.value), ROW_WISE, MINIMISE, 0.0)
    bounds = (program.cost, program.lower, program.upper, program.row_lower, program.row_upper)
    solver.passModel(*sizes, *bounds, program.starts, program.index, program.value, program.integer)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return Answer(values=None, objective=np.inf, bound=-np.inf, row_duals=np.zeros(len(program.row_lower)))
    solution = solver.getSolution()
    objective = float(info.objective_function_value)
    return Answer(
        values=as_floats(solution.col_value),
        objective=objective,
        bound=float(info.mip_dual_bound) if mixed else objective,
        row_duals=np.zeros(len(program.row_lower)) if mixed else as_floats(solution.row_dual),
    )
