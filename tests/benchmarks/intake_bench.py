"""How fast and how good the intake optimiser is: run it as  python tests/benchmarks/intake_bench.py [races per size]

For each size: seconds of processor time and proven gap of the pattern method, the same for plain branch and bound on
the compact program (5 % gap), and what a greedy planner's plan costs on the same targets and prices. Races are random
(tests/planning/intake/instances.py). Set OPENBLAS_NUM_THREADS=1 for steady times.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from pacecalc.planning.intake.model import CompactModel, build_model
from pacecalc.planning.intake.optimise import polish, solve_by_patterns, solve_whole
from pacecalc.planning.intake.patterns import Counts, LegTable, score_patterns, tabulate_legs
from pacecalc.planning.intake.records import IntakeProblem
from planning.intake.instances import SIZES, make_race

ALL_SIZES = SIZES | {"46 h pantry": (46.0, 30, 44)}
ORACLE_GAP, ORACLE_NODES = 0.05, 1000


@dataclass(frozen=True, slots=True)
class Result:
    pattern_s: float
    pattern_gap: float
    oracle_s: float
    oracle_gap: float
    better: float
    """How much cheaper our plan is than branch and bound's, as a fraction."""
    greedy: float
    """How much dearer the greedy plan is than our bound, as a fraction."""
    swapped: float
    """The same with swaps."""


def plan_greedily(model: CompactModel, *, swaps: bool) -> float:
    """Cost of the plan a patient person makes: leg by leg, always the move that lowers this leg's cost the most.

    A move adds a piece; with ``swaps`` it may also take one away or change one for another. Moves that stock or weight
    do not allow, or that cost the race more than they save the leg, are left out.
    """
    tables = tabulate_legs(model)
    plan: list[Counts] = [np.zeros(len(table.columns), dtype=np.int16) for table in tables]
    cost = polish(model, plan).objective
    for leg, table in enumerate(tables):
        moves = _list_moves(len(table.columns), swaps)
        refused = np.zeros(len(moves), dtype=bool)
        while (move := _steepest(model, table, plan[leg], moves, refused)) is not None:
            plan[leg] = plan[leg] + moves[move]
            moved = polish(model, plan).objective
            if moved < cost:
                cost = moved
            else:
                plan[leg] = plan[leg] - moves[move]
                refused[move] = True
    return cost


def _list_moves(products: int, swaps: bool) -> Counts:
    adds = np.eye(products, dtype=np.int16)
    if not swaps:
        return adds
    changes = (adds[:, None, :] - adds[None, :, :]).reshape(-1, products)
    return np.vstack([adds, -adds, changes[changes.any(axis=1)]])


def _steepest(model: CompactModel, table: LegTable, counts: Counts, moves: Counts, refused: np.ndarray) -> int | None:
    """The allowed move with the lowest cost after it, None when no move lowers the cost."""
    tries = np.vstack([counts, counts + moves])
    cost = model.program.cost
    scores, _, _ = score_patterns(table, tries, cost[table.columns], float(cost[table.bottle_column]))
    outside = ((tries < 0) | (tries > table.most)).any(axis=1)
    after = np.where(outside[1:] | refused, np.inf, scores[1:])
    if not len(after) or after.min() >= scores[0] - 1e-9:
        return None
    return int(after.argmin())


def compare(problem: IntakeProblem) -> Result:
    begun = time.process_time()
    ours = solve_by_patterns(build_model(problem))
    pattern_s = time.process_time() - begun
    model = build_model(problem)
    begun = time.process_time()
    oracle = solve_whole(model, ORACLE_GAP, ORACLE_NODES)
    oracle_s = time.process_time() - begun
    return Result(
        pattern_s,
        ours.gap,
        oracle_s,
        oracle.gap,
        (oracle.objective - ours.objective) / oracle.objective,
        (plan_greedily(model, swaps=False) - ours.bound) / ours.bound,
        (plan_greedily(model, swaps=True) - ours.bound) / ours.bound,
    )


def main(races: int) -> None:
    solve_by_patterns(build_model(make_race(0, 4.0, 2, 12)))  # imports and first calls are not what is measured
    print(f"median / worst of {races} races; seconds of processor time; the rest in per cent")
    names = ("patterns [s]", "gap", "compact MILP [s]", "gap", "ours cheaper by", "greedy dearer by", "with swaps")
    print(f"{'size':12}" + "".join(f"{name:>18}" for name in names))
    for size, (hours, legs, products) in ALL_SIZES.items():
        results = [compare(make_race(seed, hours, legs, products)) for seed in range(races)]
        line = f"{size:12}"
        for name in Result.__dataclass_fields__:
            values = [getattr(result, name) for result in results]
            scale, digits = (1, 3) if name.endswith("_s") else (100, 1)
            line += f"{scale * median(values):>9.{digits}f} /{scale * max(values):>7.{digits}f}"
        print(line)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
