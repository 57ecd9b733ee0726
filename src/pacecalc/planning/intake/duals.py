"""Prices of the compact program's rows, and the parts of the Lagrangian bound they give.

With a price on every coupling row the legs fall apart, and the cheapest plan of each leg alone, added up, can never
cost more than the cheapest plan of the race (weak duality). That holds for any prices of the right sign; good ones only
make the bound tighter, so nothing here needs to be exact to be safe.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.planning.intake.highs import IntArray, Program, solve_program
from pacecalc.planning.intake.model import CompactModel
from pacecalc.record import record


@record(kw_only=True)
class Prices:
    """What the rows' prices make of the costs."""

    coupling: FloatArray
    """Price of every row, 0 for rows of one leg."""
    priced: FloatArray
    """Cost of every column with the coupling rows' prices in it."""
    minorant: FloatArray
    """The same with the prices of the leg's own rows in it, but for the stepwise rows."""
    leg_constants: FloatArray
    """Per leg: what its own rows and all columns but the pieces add to the minorant."""
    outside: float
    """Part of the bound that belongs to no leg: coupling rows, transports, shares."""


def admissible(program: Program, duals: FloatArray) -> FloatArray:
    """Duals with the solver's dust of the wrong sign taken off: a row without a lower side has no positive price."""
    positive = np.where(np.isfinite(program.row_lower), np.maximum(duals, 0.0), 0.0)
    negative = np.where(np.isfinite(program.row_upper), np.minimum(duals, 0.0), 0.0)
    return positive + negative


def make_prices(model: CompactModel, duals: FloatArray) -> Prices:
    """Split the duals of all rows into coupling prices and the minorant of each leg."""
    program = model.program
    duals = admissible(program, duals)
    coupling = np.where(model.row_leg < 0, duals, 0.0)
    inside = np.where(model.row_leg < 0, 0.0, duals)
    inside[list(model.stepwise_rows)] = 0.0
    priced = program.cost - _transpose_times(program, coupling)
    minorant = priced - _transpose_times(program, inside)
    cheapest = np.minimum(minorant * program.lower, minorant * program.upper)
    cheapest[: len(model.choices)] = 0.0
    cheapest[list(model.stepwise_columns)] = 0.0
    sides = np.where(duals > 0, program.row_lower, np.where(duals < 0, program.row_upper, 0.0))
    legs = len(model.problem.legs)
    inner_rows, inner_columns = model.row_leg >= 0, model.column_leg >= 0
    constants = _sums(model.row_leg[inner_rows], (inside * sides)[inner_rows], legs)
    constants += _sums(model.column_leg[inner_columns], cheapest[inner_columns], legs)
    return Prices(
        coupling=coupling,
        priced=priced,
        minorant=minorant,
        leg_constants=constants,
        outside=float((coupling * sides).sum() + cheapest[~inner_columns].sum()),
    )


def _transpose_times(program: Program, row_prices: FloatArray) -> FloatArray:
    return _sums(program.index, program.value * row_prices[program.rows], len(program.cost))


def _sums(group: IntArray, amounts: FloatArray, groups: int) -> FloatArray:
    return as_floats(np.bincount(group, amounts, groups))


def find_leg_duals(model: CompactModel, coupling: FloatArray) -> FloatArray:
    """Duals of all rows that fit the given coupling prices: those of the legs' own relaxations, solved as one program.

    Without the coupling rows nothing links the legs, so one small linear program holds all of them.
    """
    program = model.program
    own = model.row_leg >= 0
    kept = own[program.rows]
    lengths = np.diff(program.starts)[own]
    priced = program.cost - _transpose_times(program, coupling)
    alone = replace(
        program.relaxed(),
        cost=np.where(model.column_leg >= 0, priced, 0.0),
        row_lower=program.row_lower[own],
        row_upper=program.row_upper[own],
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        index=program.index[kept],
        value=program.value[kept],
    )
    duals = coupling.copy()
    duals[own] = solve_program(alone).row_duals
    return duals
