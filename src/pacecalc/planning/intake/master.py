"""Puts one pattern per leg together so that the race's shared limits hold.

Columns are whole patterns; rows are the coupling rows of the compact program and "one pattern per leg". Patterns want
their full water; ``given back`` water per leg relieves bottles and weight at the price of drinking short, so that water
needs no patterns of its own. The empty pattern of every leg is always among the columns, so a solution always exists.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake.highs import Answer, Program, solve_program
from pacecalc.planning.intake.model import CompactModel
from pacecalc.planning.intake.patterns import Counts, LegTable, score_patterns
from pacecalc.planning.intake.pieces import FLUID_SHORT
from pacecalc.record import record

INTEGRAL = 1e-6
EMPTY = 0
"""Place of the empty pattern in every leg; it keeps the master solvable."""


@record(kw_only=True)
class Columns:
    """Patterns of one leg as columns of the master."""

    counts: Counts
    costs: FloatArray
    """True costs, without prices on coupling rows."""
    spare_ml: FloatArray
    """Bottle water that can be given back."""
    usage: FloatArray
    """Pattern by coupling row that the leg touches."""

    def select(self, places: NDArray[np.int64]) -> Columns:
        return Columns(
            counts=self.counts[places],
            costs=self.costs[places],
            spare_ml=self.spare_ml[places],
            usage=self.usage[places],
        )


@record(kw_only=True)
class Mixture:
    """Answer of the relaxed master, in which a leg may be part this pattern and part that."""

    objective: float
    duals: FloatArray
    """Of the master's own rows."""
    coupling: FloatArray
    """The same for the coupling rows, in the compact program's numbering; 0 elsewhere."""
    plan: list[Counts] | None
    """One pattern per leg when the mixture happens to be whole: then nothing is left to choose."""


class Master:
    """Holds the patterns of every leg and solves for the best mixture or the best choice."""

    def __init__(self, model: CompactModel, tables: list[LegTable]) -> None:
        self.model, self.tables = model, tables
        program = model.program
        self.rows = np.flatnonzero(model.row_leg < 0)
        self.outside = np.flatnonzero(model.column_leg < 0)
        coupling = np.zeros((len(model.row_leg), len(program.cost)))
        coupling[program.rows, program.index] = program.value
        self.coupling = coupling[self.rows]
        self.touched = [
            np.flatnonzero((self.coupling[:, [*table.columns, table.bottle_column]] != 0).any(axis=1))
            for table in tables
        ]
        self.seen: list[set[bytes]] = [set() for _ in tables]
        self.pool: list[list[Columns]] = [[] for _ in tables]
        for leg, table in enumerate(tables):
            self.add(leg, np.zeros((1, len(table.columns)), dtype=np.int16))

    def add(self, leg: int, counts: Counts) -> int:
        """Add the patterns that are new and return how many were."""
        fresh = [place for place, row in enumerate(counts) if row.tobytes() not in self.seen[leg]]
        if fresh:
            self.seen[leg].update(counts[place].tobytes() for place in fresh)
            self.pool[leg].append(self.make_columns(leg, counts[fresh]))
        return len(fresh)

    def make_columns(self, leg: int, counts: Counts) -> Columns:
        table, cost = self.tables[leg], self.model.program.cost
        costs, water, least = score_patterns(table, counts, cost[table.columns], float(cost[table.bottle_column]))
        block = self.coupling[self.touched[leg]]
        usage = counts @ block[:, table.columns].T + water[:, None] * block[:, table.bottle_column]
        return Columns(counts=counts, costs=costs, spare_ml=water - least, usage=usage)

    def _merged(self) -> list[Columns]:
        fields = ("counts", "costs", "spare_ml", "usage")
        joined = [[np.concatenate([getattr(part, name) for part in parts]) for name in fields] for parts in self.pool]
        return [Columns(counts=c, costs=k, spare_ml=s, usage=u) for c, k, s, u in joined]

    def _program(self, columns: list[Columns]) -> Program:
        """Columns: transports and shares, water given back per leg, patterns leg by leg."""
        legs, out = len(self.tables), len(self.outside)
        sizes = np.array([len(part.costs) for part in columns])
        first = out + legs + np.concatenate([[0], np.cumsum(sizes)])
        shared = len(self.rows)
        matrix = np.zeros((shared + 2 * legs, int(first[-1])))
        matrix[:shared, :out] = self.coupling[:, self.outside]
        for leg, part in enumerate(columns):
            own = slice(int(first[leg]), int(first[leg + 1]))
            matrix[:shared, out + leg] = -self.coupling[:, self.tables[leg].bottle_column]
            matrix[self.touched[leg], own] = part.usage.T
            matrix[shared + leg, own] = 1.0
            matrix[shared + legs + leg, out + leg] = 1.0
            matrix[shared + legs + leg, own] = -part.spare_ml
        whole = self.model.program
        bottle = [table.bottle_column for table in self.tables]
        row, index = np.nonzero(matrix)
        patterns = int(sizes.sum())
        return Program(
            cost=np.concatenate(
                [whole.cost[self.outside], FLUID_SHORT - whole.cost[bottle], *(p.costs for p in columns)]
            ),
            lower=np.zeros(matrix.shape[1]),
            upper=np.concatenate([whole.upper[self.outside], whole.upper[bottle], np.ones(patterns)]),
            row_lower=np.concatenate([whole.row_lower[self.rows], np.ones(legs), np.full(legs, -np.inf)]),
            row_upper=np.concatenate([whole.row_upper[self.rows], np.ones(legs), np.zeros(legs)]),
            starts=np.searchsorted(row, np.arange(matrix.shape[0] + 1)).astype(np.int32),
            index=index.astype(np.int32),
            value=matrix[row, index],
            integer=np.concatenate(
                [whole.integer[self.outside], np.zeros(legs, np.int32), np.ones(patterns, np.int32)]
            ).astype(np.int32),
        )

    def solve_mixture(self) -> Mixture:
        """The relaxed master over all patterns so far."""
        columns = self._merged()
        program = self._program(columns)
        answer = solve_program(program.relaxed())
        values = _found(answer)
        coupling = np.zeros(len(self.model.row_leg))
        coupling[self.rows] = answer.row_duals[: len(self.rows)]
        whole = values[program.integer == 1]
        plan = self._chosen(columns, values) if (np.abs(whole - whole.round()) < INTEGRAL).all() else None
        return Mixture(objective=answer.objective, duals=answer.row_duals, coupling=coupling, plan=plan)

    def pick_columns(self, mixture: Mixture, per_leg: int) -> list[Columns]:
        """The ``per_leg`` patterns of each leg with the least reduced cost in the mixture."""
        shared, legs = len(self.rows), len(self.tables)
        kept: list[Columns] = []
        for leg, part in enumerate(self._merged()):
            reduced = part.costs - part.usage @ mixture.duals[:shared][self.touched[leg]]
            reduced += part.spare_ml * mixture.duals[shared + legs + leg]
            best = np.argsort(reduced, kind="stable")[:per_leg]
            kept.append(part.select(np.union1d(best, [EMPTY])))
        return kept

    def solve_choice(self, columns: list[Columns], target: float, node_limit: int) -> tuple[list[Counts], float]:
        """One whole pattern per leg out of ``columns``, and a bound over them; a plan of cost ``target`` will do."""
        answer = solve_program(self._program(columns), target=target, node_limit=node_limit)
        return self._chosen(columns, _found(answer)), answer.bound

    def _chosen(self, columns: list[Columns], values: FloatArray) -> list[Counts]:
        """The pattern of each leg that carries the most weight."""
        place = len(self.outside) + len(self.tables)
        chosen: list[Counts] = []
        for part in columns:
            chosen.append(part.counts[int(values[place : place + len(part.costs)].argmax())])
            place += len(part.costs)
        return chosen


def _found(answer: Answer) -> FloatArray:
    if answer.values is None:  # pragma: no cover - the empty patterns satisfy every row
        raise AssertionError("the master program always has a solution")
    return answer.values
