"""All near-optimal ways to eat through one leg, listed exactly.

The relaxation of the whole program is weak because whole pieces are coarse inside a leg, not because legs compete. So
each leg is solved over whole pieces by listing, at given prices of the coupling rows, every pattern whose cost is
within a window of a lower bound. The bound is separable: the leg's own rows are moved into the costs at their dual
prices, which leaves one table of costs g_p(0), g_p(1), ... per product. A pattern's excess is how much its table
entries exceed their minima, and base + excess never exceeds its true cost. Products are added one at a time and states
are dropped as soon as the excess leaves the window or a hard cap breaks; both only grow, so no pattern is lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake import pieces as rules
from pacecalc.planning.intake.duals import Prices
from pacecalc.planning.intake.model import CompactModel
from pacecalc.record import record

Counts = NDArray[np.int16]

WINDOW = 0.03
"""First window over the base. Small on purpose: the number of patterns grows steeply with it, and an optimum found
inside a small window is proven all the same."""
WINDOW_GROWTH = 2.0
STATES_MAX = 12000
DUST = 1e-7

CARBOHYDRATE, SODIUM, GLUCOSE, FRUCTOSE, CAFFEINE, FLUID, MIX, TABS, PROTEIN, SAVOURY = range(10)
CAPPED = 8
"""The first so many contents have hard caps."""


@record(kw_only=True)
class LegTable:
    """What a leg's products hold and what the leg allows, as arrays over its piece columns."""

    columns: NDArray[np.int64]
    most: NDArray[np.int64]
    contents: FloatArray
    """Product by content; FLUID is water inside plus the water it is mixed with, as both must fit under the ceiling."""
    threshold: FloatArray
    """Pieces before repeats cost."""
    caps: FloatArray
    carbohydrate: rules.Edges
    fluid: rules.Edges
    sodium: rules.Edges
    caffeine: tuple[float, float] | None
    """Edges of the night's target; None by day."""
    protein_min_g: float
    savoury_min: float
    bottle_column: int
    bottle_max_ml: float
    station_max_ml: float


@record(kw_only=True)
class LegPatterns:
    """Patterns of one leg, cheapest first at the prices they were listed at."""

    counts: Counts
    costs: FloatArray
    bound: float
    """No pattern of the leg costs less at these prices."""
    complete_to: float
    """Every pattern that costs no more than this is here."""
    states: int
    """Most states held at once."""


def tabulate_legs(model: CompactModel) -> list[LegTable]:
    return [_tabulate(model, leg) for leg in range(len(model.problem.legs))]


def _tabulate(model: CompactModel, leg: int) -> LegTable:
    problem, need, upper = model.problem, model.problem.legs[leg], model.program.upper
    columns = [column for column, choice in enumerate(model.choices) if choice.leg == leg]
    products = [problem.products[model.choices[column].product] for column in columns]
    rows = [
        (p.carbohydrate_g, p.sodium_mg, p.glucose_g, p.fructose_g, p.caffeine_mg, p.water_ml + p.mix_ml, p.mix_ml,
         float(p.kind == "salt"), p.protein_g, float(rules.is_savoury(p)))
        for p in products
    ]  # fmt: skip
    bottle, station = model.bottle_columns[leg], model.station_columns[leg]
    thresholds = [rules.repeat_threshold(need, product) for product in products]
    caps = [need.carbohydrate_g.maximum, need.sodium_mg.maximum, need.glucose_max_g, need.fructose_max_g,
            need.caffeine_max_mg, need.fluid_ml.maximum, upper[bottle] + upper[station],
            np.floor(problem.limits.salt_tabs_per_h * need.duration_h + rules.ROUNDING)]  # fmt: skip
    return LegTable(
        columns=np.array(columns, dtype=np.int64),
        most=np.array([model.choices[column].most for column in columns], dtype=np.int64),
        contents=np.array(rows, dtype=np.float64).reshape(len(columns), 10),
        threshold=np.array([np.inf if limit is None else limit for limit in thresholds]),
        caps=np.array(caps) + DUST,
        carbohydrate=rules.band_edges(need.carbohydrate_g),
        fluid=rules.fluid_edges(need),
        sodium=rules.band_edges(need.sodium_mg),
        caffeine=rules.caffeine_edges(need) if need.caffeine_target_mg > 0 else None,
        protein_min_g=need.protein_min_g,
        savoury_min=float(need.savoury_min),
        bottle_column=bottle,
        bottle_max_ml=float(upper[bottle]),
        station_max_ml=float(upper[station]),
    )


def score_patterns(
    table: LegTable, counts: Counts, piece_price: FloatArray, water_price: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Exact cost of each pattern, inf where a hard bound breaks, with the bottle water it wants and the least it needs.

    Water has a closed form. Station water is free, so it comes first; bottle water then fills up to the band while a
    mL of it costs less than a mL short, and covers the mixes in any case.
    """
    sums = counts @ table.contents
    inside = sums[:, FLUID] - sums[:, MIX]
    wanted = np.maximum(table.fluid.low - inside, sums[:, MIX])
    wanted = np.maximum(wanted, 0.0)
    station = np.minimum(wanted, table.station_max_ml)
    least = np.maximum(sums[:, MIX] - table.station_max_ml, 0.0)
    filled = (
        np.clip(wanted - station, least, max(table.bottle_max_ml, 0.0)) if water_price < rules.FLUID_SHORT else least
    )
    drunk = inside + station + filled
    over = np.maximum(counts - table.threshold, 0.0)
    cost = counts @ piece_price + water_price * filled + rules.REPEAT * over.sum(axis=1)
    cost += _outside(sums[:, CARBOHYDRATE], table.carbohydrate, rules.CARBOHYDRATE_SHORT, rules.CARBOHYDRATE_OVER)
    cost += _outside(sums[:, SODIUM], table.sodium, rules.SODIUM_SHORT, rules.SODIUM_OVER)
    cost += _outside(drunk, table.fluid, rules.FLUID_SHORT, rules.FLUID_OVER)
    cost += rules.PROTEIN_SHORT * np.maximum(table.protein_min_g - sums[:, PROTEIN], 0.0)
    cost += rules.SAVOURY_MISSING * np.maximum(table.savoury_min - sums[:, SAVOURY], 0.0)
    cost += _caffeine_cost(table, sums[:, CAFFEINE])
    allowed = (table.caps[:, None] >= sums[:, :CAPPED].T).all(axis=0)
    return np.where(allowed, cost, np.inf), filled, least


def _outside(amount: FloatArray, edges: rules.Edges, short: float, over: float) -> FloatArray:
    return short * np.maximum(edges.low - amount, 0.0) + over * np.maximum(amount - edges.high, 0.0)


def _caffeine_cost(table: LegTable, caffeine_mg: FloatArray) -> FloatArray:
    if table.caffeine is None:
        return np.zeros_like(caffeine_mg)
    edges = rules.Edges(*table.caffeine, np.inf)
    return _outside(caffeine_mg, edges, rules.CAFFEINE_SHORT, rules.CAFFEINE_OVER)


def list_patterns(table: LegTable, prices: Prices, leg: int, beyond: float = 0.0) -> LegPatterns:
    """Every pattern within a window of the leg's base, which grows until it reaches ``beyond`` the leg's optimum.

    The best pattern found is proven optimal when it costs no more than base + window, for all others cost more than
    that. If the states overflow, the smallest excess dropped takes the window's place and the bound stays valid.
    """
    piece_price = prices.priced[table.columns]
    water_price = float(prices.priced[table.bottle_column])
    steps, base = _excess_tables(table, prices.minorant[table.columns])
    base += float(prices.leg_constants[leg])
    window = WINDOW
    while True:
        grown = _Growth(table, steps, base, window, piece_price)
        counts = grown.run()
        costs, _, _ = score_patterns(table, counts, piece_price, water_price)
        best = float(costs.min(initial=np.inf))
        complete_to = grown.base + min(window, grown.dropped)
        if best + beyond <= complete_to or grown.dropped < np.inf:
            break
        window = min(WINDOW_GROWTH * window, best + beyond - grown.base + DUST)
    order = np.argsort(costs, kind="stable")[: int(np.isfinite(costs).sum())]
    return LegPatterns(
        counts=counts[order],
        costs=costs[order],
        bound=min(best, complete_to),
        complete_to=complete_to,
        states=grown.most_states,
    )


def _excess_tables(table: LegTable, minorant: FloatArray) -> tuple[list[FloatArray], float]:
    """Per product the cost of 0, 1, 2, ... pieces over its cheapest count, and the sum of the cheapest."""
    steps: list[FloatArray] = []
    base = 0.0
    for price, most, threshold in zip(minorant, table.most, table.threshold, strict=True):
        count = np.arange(most + 1)
        costs = price * count + rules.REPEAT * np.maximum(count - threshold, 0.0)
        base += float(costs.min())
        steps.append(costs - costs.min())
    return steps, base


class _Growth:
    """Grows states product by product; caffeine first by night, salt tabs last, dear products before cheap ones."""

    def __init__(
        self, table: LegTable, steps: list[FloatArray], base: float, window: float, piece_price: FloatArray
    ) -> None:
        self.table, self.steps, self.base, self.window = table, steps, base, window
        self.dropped = np.inf
        self.most_states = 1
        binding = (table.most @ table.contents[:, :CAPPED] > table.caps) & (np.arange(CAPPED) > SODIUM)
        binding[CAFFEINE] = False
        self.watched = np.concatenate([[CARBOHYDRATE, SODIUM, CAFFEINE], np.flatnonzero(binding)])
        """Contents whose sums are kept: those with a band first, then those whose cap can bind at all."""
        self.counts: Counts = np.zeros((1, len(steps)), dtype=np.int16)
        self.excess = np.zeros(1)
        self.sums = np.zeros((len(self.watched), 1))
        self.refund = float(np.maximum(-piece_price, 0.0) @ table.most)

    def run(self) -> Counts:
        night = self.table.caffeine is not None
        caffeinated = [p for p in range(len(self.steps)) if night and self.table.contents[p, CAFFEINE] > 0]
        if night:
            self._add_caffeine(caffeinated)
        caps = self._soft_caps()
        rest = [p for p in range(len(self.steps)) if p not in set(caffeinated)]
        rest.sort(key=lambda p: (self.table.contents[p, TABS], -float(self.steps[p][min(1, len(self.steps[p]) - 1)])))
        still = (self.table.most[:, None] * self.table.contents[:, :2])[rest].sum(axis=0)
        least = self._soft_floors()
        for product in rest:
            self._add(product, self.window, caps)
            # What is still to come cannot lift carbohydrate or sodium to where their shortfall would be affordable.
            still = still - self.table.most[product] * self.table.contents[product, :2]
            alive = (self.sums[:2] >= (least - still)[:, None]).all(axis=0)
            if not alive.all():
                self._keep(np.flatnonzero(alive))
        return self.counts

    def _add_caffeine(self, products: list[int]) -> None:
        """Settle caffeine exactly and first: its one big piece against a small target defeats every linear price.

        Until its cost is known a state has as much extra room as the leg without caffeine would cost, which is no less
        than the cheapest; then the cheapest becomes part of the base.
        """
        without = float(_caffeine_cost(self.table, np.zeros(1))[0]) + sum(float(self.steps[p][0]) for p in products)
        for product in products:
            self._add(product, self.window + without, self.table.caps)
        self.excess = self.excess + _caffeine_cost(self.table, self.sums[2])
        cheapest = float(self.excess.min())
        self.base += cheapest
        self.dropped -= cheapest
        self.excess = self.excess - cheapest
        self._keep(np.flatnonzero(self.excess <= self.window))

    def _budget(self) -> float:
        """Most that one kind of penalty can cost in a pattern within the window: no other cost is below its refund."""
        return self.base + self.window + self.refund

    def _soft_caps(self) -> FloatArray:
        caps = self.table.caps.copy()
        budget = max(self._budget(), 0.0)
        caps[CARBOHYDRATE] = min(
            caps[CARBOHYDRATE], self.table.carbohydrate.high + budget / rules.CARBOHYDRATE_OVER + DUST
        )
        caps[SODIUM] = min(caps[SODIUM], self.table.sodium.high + budget / rules.SODIUM_OVER + DUST)
        return caps

    def _soft_floors(self) -> FloatArray:
        budget = max(self._budget(), 0.0)
        carbohydrate = self.table.carbohydrate.low - budget / rules.CARBOHYDRATE_SHORT
        sodium = self.table.sodium.low - budget / rules.SODIUM_SHORT
        return np.array([carbohydrate, sodium]) - DUST

    def _add(self, product: int, room: float, caps: FloatArray) -> None:
        steps = self.steps[product]
        if len(steps) > 1 and (steps <= room).sum() == 1 and steps[0] == 0.0:
            return
        parent, pieces = np.nonzero(self.excess[:, None] + steps <= room)
        content = self.table.contents[product, self.watched]
        sums = self.sums[:, parent] + content[:, None] * pieces
        fits = np.flatnonzero((sums <= caps[self.watched, None]).all(axis=0))
        self.most_states = max(self.most_states, len(fits))
        excess = self.excess[parent[fits]] + steps[pieces[fits]]
        if len(fits) > STATES_MAX:
            order = np.argsort(excess, kind="stable")
            self.dropped = min(self.dropped, float(excess[order[STATES_MAX]]))
            kept = np.sort(order[:STATES_MAX])
            fits, excess = fits[kept], excess[kept]
        self.excess, self.sums, self.counts = excess, sums[:, fits], self.counts[parent[fits]]
        self.counts[:, product] = pieces[fits]

    def _keep(self, chosen: NDArray[np.int64]) -> None:
        self.excess, self.sums, self.counts = self.excess[chosen], self.sums[:, chosen], self.counts[chosen]
