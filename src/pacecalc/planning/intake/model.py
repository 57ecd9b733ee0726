"""The intake of a whole race as one compact mixed integer program, and the prices that steer it.

The variables of a leg are the pieces eaten, bottle water and station water drunk, and slacks that price leaving a
band. Nearly every row belongs to one leg; the few that couple legs are weight, bottle volume between taps, limited
supply, variety and race-long caps. All hard bounds are upper bounds, so eating and drinking nothing is always allowed
and every program built here has a solution. Grams, milligrams, millilitres, hours.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pacecalc.planning.intake.highs import Program, RowBuilder
from pacecalc.planning.intake.pieces import (
    CAFFEINE_OVER,
    CAFFEINE_SHORT,
    CARBOHYDRATE_OVER,
    CARBOHYDRATE_SHORT,
    CARRY,
    FLUID_OVER,
    FLUID_SHORT,
    PROTEIN_SHORT,
    REAL_FOOD_G,
    REPEAT,
    ROUNDING,
    SAVOURY_MISSING,
    SHARE_OVER,
    SODIUM_OVER,
    SODIUM_SHORT,
    Choice,
    Edges,
    band_edges,
    caffeine_edges,
    day_windows,
    fluid_edges,
    is_savoury,
    make_choices,
    piece_cost,
    repeat_threshold,
    tap_before,
)
from pacecalc.planning.intake.records import IntakeProblem
from pacecalc.planning.intake.supply import Source, pieces_from
from pacecalc.record import record


@record(kw_only=True)
class CompactModel:
    """The program with the meaning of its columns and rows; piece columns come first, in the order of ``choices``."""

    problem: IntakeProblem
    choices: tuple[Choice, ...]
    program: Program
    column_leg: NDArray[np.int32]
    """Leg of each column, -1 for transports and shares."""
    row_leg: NDArray[np.int32]
    """Leg of each row, -1 for rows that couple legs."""
    bottle_columns: tuple[int, ...]
    station_columns: tuple[int, ...]
    transports: dict[tuple[int, int], int]
    """(choice, place in its sources) -> column, only where several sources compete."""
    stepwise_rows: frozenset[int]
    """Repeat and night caffeine rows: pattern pricing keeps their cost exact instead of dualising it."""
    stepwise_columns: frozenset[int]


def build_model(problem: IntakeProblem) -> CompactModel:
    return _Builder(problem).build()


class _Builder:
    """Writes columns, then the rows of each leg, then the rows that couple legs."""

    def __init__(self, problem: IntakeProblem) -> None:
        self.problem = problem
        self.choices = make_choices(problem)
        self.by_leg: list[list[int]] = [[] for _ in problem.legs]
        for column, choice in enumerate(self.choices):
            self.by_leg[choice.leg].append(column)
        self.taps = tap_before(problem)
        self.hours = [leg.duration_h for leg in problem.legs]
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.integer: list[int] = []
        self.column_leg: list[int] = []
        self.row_leg: list[int] = []
        self.rows = RowBuilder()
        self.stepwise_rows: set[int] = set()
        self.stepwise_columns: set[int] = set()
        self.transports: dict[tuple[int, int], int] = {}

    def build(self) -> CompactModel:
        for choice in self.choices:
            lone = choice.sources[0] if len(choice.sources) == 1 else None
            carry = 0.0 if lone is None else self._carry_cost(lone, choice)
            self._column(choice.leg, piece_cost(self.problem, choice) + carry, choice.most, integer=True)
        water = [self._add_water(leg) for leg in range(len(self.problem.legs))]
        self.bottle, self.station = [pair[0] for pair in water], [pair[1] for pair in water]
        for leg in range(len(self.problem.legs)):
            self._add_leg(leg)
        self._add_transports()
        self._add_weight()
        self._add_bottles()
        self._add_supply()
        self._add_variety()
        self._add_race_caps()
        return CompactModel(
            problem=self.problem,
            choices=self.choices,
            program=self._program(),
            column_leg=np.array(self.column_leg, dtype=np.int32),
            row_leg=np.array(self.row_leg, dtype=np.int32),
            bottle_columns=tuple(self.bottle),
            station_columns=tuple(self.station),
            transports=self.transports,
            stepwise_rows=frozenset(self.stepwise_rows),
            stepwise_columns=frozenset(self.stepwise_columns),
        )

    def _program(self) -> Program:
        return Program(
            cost=np.array(self.cost),
            lower=np.zeros(len(self.cost)),
            upper=np.array(self.upper),
            row_lower=np.array(self.rows.lower),
            row_upper=np.array(self.rows.upper),
            starts=np.array(self.rows.starts, dtype=np.int32),
            index=np.array(self.rows.index, dtype=np.int32),
            value=np.array(self.rows.value),
            integer=np.array(self.integer, dtype=np.int32),
        )

    def _column(self, leg: int, cost: float, upper: float, *, integer: bool = False) -> int:
        self.column_leg.append(leg)
        self.cost.append(cost)
        self.upper.append(max(0.0, upper))
        self.integer.append(int(integer))
        return len(self.cost) - 1

    def _row(self, leg: int, entries: list[tuple[int, float]], lower: float, upper: float) -> int:
        self.row_leg.append(leg)
        return self.rows.add(entries, lower, upper)

    def _contents(self, leg: int, field: str) -> list[tuple[int, float]]:
        """Entries of one nutrient over the pieces of a leg."""
        products = self.problem.products
        entries = [
            (column, float(getattr(products[self.choices[column].product], field))) for column in self.by_leg[leg]
        ]
        return [(column, amount) for column, amount in entries if amount > 0]

    def _most(self, entries: list[tuple[int, float]]) -> float:
        return sum(amount * self.upper[column] for column, amount in entries)

    # Rows of one leg

    def _add_water(self, leg: int) -> tuple[int, int]:
        need, limits, tap = self.problem.legs[leg], self.problem.limits, self.taps[leg]
        held_ml = 0.0 if tap is None else min(limits.bottle_ml, limits.carry_g, need.fluid_ml.maximum)
        carry = 0.0 if tap is None else CARRY * sum(self.hours[tap : leg + 1])
        drunk_ml = min(need.station_drink_max_ml, need.fluid_ml.maximum) if need.refill.water else 0.0
        return self._column(leg, carry, held_ml), self._column(leg, 0.0, drunk_ml)

    def _add_leg(self, leg: int) -> None:
        need = self.problem.legs[leg]
        water = [(self.bottle[leg], 1.0), (self.station[leg], 1.0)]
        self._add_band(
            leg,
            self._contents(leg, "carbohydrate_g"),
            band_edges(need.carbohydrate_g),
            CARBOHYDRATE_SHORT,
            CARBOHYDRATE_OVER,
        )
        self._add_band(leg, self._contents(leg, "water_ml") + water, fluid_edges(need), FLUID_SHORT, FLUID_OVER)
        self._add_band(leg, self._contents(leg, "sodium_mg"), band_edges(need.sodium_mg), SODIUM_SHORT, SODIUM_OVER)
        mixed = self._contents(leg, "mix_ml")
        if mixed:
            self._row(leg, mixed + [(column, -1.0) for column, _ in water], -np.inf, 0.0)
        self._add_cap(leg, self._contents(leg, "glucose_g"), need.glucose_max_g)
        self._add_cap(leg, self._contents(leg, "fructose_g"), need.fructose_max_g)
        self._add_cap(leg, self._contents(leg, "caffeine_mg"), need.caffeine_max_mg)
        tabs = [(c, 1.0) for c in self.by_leg[leg] if self.problem.products[self.choices[c].product].kind == "salt"]
        self._add_cap(leg, tabs, math.floor(self.problem.limits.salt_tabs_per_h * need.duration_h + ROUNDING))
        self._add_minimum(leg, self._contents(leg, "protein_g"), need.protein_min_g, PROTEIN_SHORT)
        savoury = [(c, 1.0) for c in self.by_leg[leg] if is_savoury(self.problem.products[self.choices[c].product])]
        self._add_minimum(leg, savoury, float(need.savoury_min), SAVOURY_MISSING)
        if need.caffeine_target_mg > 0:
            self._add_night_caffeine(leg)
        self._add_repeats(leg)

    def _add_band(
        self, leg: int, entries: list[tuple[int, float]], edges: Edges, short: float, over: float
    ) -> tuple[int, tuple[int, int]]:
        """Amount between the edges, else at a price per unit; the slack above ends at the hard maximum."""
        reach = self._most(entries)
        low = self._column(leg, short, edges.low)
        high = self._column(leg, over, min(edges.maximum, max(reach, edges.high)) - edges.high)
        return self._row(leg, [*entries, (low, 1.0), (high, -1.0)], edges.low, edges.high), (low, high)

    def _add_cap(self, leg: int, entries: list[tuple[int, float]], cap: float) -> None:
        if self._most(entries) > cap:
            self._row(leg, entries, -np.inf, cap)

    def _add_minimum(self, leg: int, entries: list[tuple[int, float]], least: float, price: float) -> None:
        if least > 0:
            short = self._column(leg, price, least)
            self._row(leg, [*entries, (short, 1.0)], least, np.inf)

    def _add_night_caffeine(self, leg: int) -> None:
        entries = self._contents(leg, "caffeine_mg")
        low, high = caffeine_edges(self.problem.legs[leg])
        row, slacks = self._add_band(leg, entries, Edges(low, high, np.inf), CAFFEINE_SHORT, CAFFEINE_OVER)
        self.stepwise_rows.add(row)
        self.stepwise_columns.update(slacks)

    def _add_repeats(self, leg: int) -> None:
        for column in self.by_leg[leg]:
            choice = self.choices[column]
            threshold = repeat_threshold(self.problem.legs[leg], self.problem.products[choice.product])
            if threshold is not None and choice.most > threshold:
                over = self._column(leg, REPEAT, choice.most - threshold)
                row = self._row(leg, [(column, 1.0), (over, -1.0)], -np.inf, threshold)
                self.stepwise_rows.add(row)
                self.stepwise_columns.add(over)

    # Rows that couple legs

    def _carry_cost(self, source: Source, choice: Choice) -> float:
        product = self.problem.products[choice.product]
        if product.served_only:
            return 0.0
        return CARRY * product.mass_g * sum(self.hours[source.refill : choice.leg + 1])

    def _flows(self, column: int) -> list[tuple[int, Source]]:
        """(column that counts the pieces, source) for every source of a choice."""
        sources = self.choices[column].sources
        if len(sources) == 1:
            return [(column, sources[0])]
        return [(self.transports[column, place], source) for place, source in enumerate(sources)]

    def _add_transports(self) -> None:
        totals = dict(self.problem.brought)
        for column, choice in enumerate(self.choices):
            if len(choice.sources) == 1:
                continue
            entries = [(column, 1.0)]
            for place, source in enumerate(choice.sources):
                most = min(choice.most, pieces_from(source, totals.get(self.problem.products[choice.product].id)))
                self.transports[column, place] = self._column(-1, self._carry_cost(source, choice), most, integer=True)
                entries.append((self.transports[column, place], -1.0))
            self._row(-1, entries, 0.0, 0.0)

    def _add_weight(self) -> None:
        carried: list[list[tuple[int, float]]] = [[] for _ in self.problem.legs]
        for column, choice in enumerate(self.choices):
            product = self.problem.products[choice.product]
            if product.served_only:
                continue
            for counter, source in self._flows(column):
                for leg in range(source.refill, choice.leg + 1):
                    carried[leg].append((counter, product.mass_g))
        for leg, entries in enumerate(carried):
            self._add_cap(-1, entries + self._water_on_leaving(leg), self.problem.limits.carry_g)

    def _water_on_leaving(self, leg: int) -> list[tuple[int, float]]:
        """Bottle water still to be drunk before the next tap, in mL and so in g."""
        tap = self.taps[leg]
        if tap is None:
            return []
        later = range(leg, len(self.taps))
        return [(self.bottle[other], 1.0) for other in later if self.taps[other] == tap]

    def _add_bottles(self) -> None:
        for leg, tap in enumerate(self.taps):
            if tap == leg:
                self._add_cap(-1, self._water_on_leaving(leg), self.problem.limits.bottle_ml)

    def _add_supply(self) -> None:
        stocks: dict[tuple[int, str, int], list[int]] = {}
        pools: dict[int, list[int]] = {}
        for column, choice in enumerate(self.choices):
            for counter, source in self._flows(column):
                if source.stock is not None:
                    stocks.setdefault((source.refill, source.kind, choice.product), []).append(counter)
                if source.pooled:
                    pools.setdefault(choice.product, []).append(counter)
        limit_of = {
            (source.refill, source.kind, choice.product): float(source.stock)
            for choice in self.choices
            for source in choice.sources
            if source.stock is not None
        }
        for key, counters in stocks.items():
            self._add_cap(-1, [(counter, 1.0) for counter in counters], limit_of[key])
        totals = dict(self.problem.brought)
        for index, counters in pools.items():
            total = totals[self.problem.products[index].id]
            self._add_cap(-1, [(counter, 1.0) for counter in counters], float(total or 0))

    def _add_variety(self) -> None:
        allowed_g = self.problem.limits.share_max * sum(leg.carbohydrate_g.target for leg in self.problem.legs)
        for index, product in enumerate(self.problem.products):
            entries = [(c, product.carbohydrate_g) for c, choice in enumerate(self.choices) if choice.product == index]
            most_g = self._most(entries)
            if product.carbohydrate_g >= REAL_FOOD_G and most_g > allowed_g:
                over = self._column(-1, SHARE_OVER, most_g - allowed_g)
                self._row(-1, [*entries, (over, -1.0)], -np.inf, allowed_g)

    def _add_race_caps(self) -> None:
        limits, products = self.problem.limits, self.problem.products
        caffeine = [(c, products[choice.product].caffeine_mg) for c, choice in enumerate(self.choices)]
        caffeine = [(column, amount) for column, amount in caffeine if amount > 0]
        self._add_cap(-1, caffeine, limits.caffeine_race_mg)
        for first, last in day_windows(self.problem):
            inside = [(c, mg) for c, mg in caffeine if first <= self.choices[c].leg <= last]
            self._add_cap(-1, inside, limits.caffeine_day_mg)
            for index, product in enumerate(products):
                if product.max_per_day is not None:
                    pieces = [
                        (c, 1.0)
                        for c, choice in enumerate(self.choices)
                        if choice.product == index and first <= choice.leg <= last
                    ]
                    self._add_cap(-1, pieces, math.floor(product.max_per_day + ROUNDING))
