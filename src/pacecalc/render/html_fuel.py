"""Fuel along the race as small drawings: carbohydrate, fluid, sodium and caffeine, each with its data table."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.records import FuelTrace, RacePlan
from pacecalc.record import record
from pacecalc.render.html_scales import Scale, draw_area, draw_line, hour_step, round_ticks
from pacecalc.render.tables import Cell, Column, Table, build_table
from pacecalc.render.wording import MILLILITRES_PER_FLUID_OUNCE, Units, say_elapsed

WIDTH_PX, HEIGHT_PX = 344.0, 214.0
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 38.0, 92.0, 12.0, 28.0
LABEL_PX = 15.0
TABLE_ROWS = 12


@record()
class Series:
    """One curve; ``style`` picks colour and dashes."""

    name: str
    style: str
    values: FloatArray
    filled: bool = False


@record()
class Curve:
    name: str
    style: str
    path: str
    filled: bool
    end_px: float
    label_px: float
    text: str


@record()
class FuelDrawing:
    key: str
    title: str
    unit: str
    story: str
    curves: tuple[Curve, ...]
    ticks: tuple[tuple[float, str], ...]
    hours: tuple[tuple[float, str], ...]
    table: Table


def draw_fuel(plan: RacePlan, units: Units) -> list[FuelDrawing]:
    """The drawings of a plan that has a fuel trace; caffeine only when there is some."""
    fuel = plan.fuel
    if fuel is None or len(fuel.elapsed_s) < 2:
        return []
    metric = units.system == "metric"
    volume, per_ml = ("L", 1000.0) if metric else ("fl oz", MILLILITRES_PER_FLUID_OUNCE)
    drawings = [
        _draw(fuel, "carbohydrate", "Carbohydrate", "g", _carbohydrate(fuel), 0),
        _draw(
            fuel,
            "fluid",
            "Fluid",
            volume,
            [Series("sweated", "loss", fuel.sweat_ml / per_ml), Series("drunk", "gain", fuel.drunk_ml / per_ml)],
            1 if metric else 0,
        ),
        _draw(
            fuel,
            "sodium",
            "Sodium",
            "mg",
            [Series("lost", "loss", fuel.sodium_lost_mg), Series("eaten", "gain", fuel.sodium_eaten_mg)],
            0,
        ),
    ]
    if float(fuel.caffeine_mg.max()) > 0.0:
        series = [Series("in the body", "gain", fuel.caffeine_mg, True)]
        drawings.append(_draw(fuel, "caffeine", "Caffeine", "mg", series, 0))
    return drawings


def _carbohydrate(fuel: FuelTrace) -> list[Series]:
    return [
        Series("burned", "loss", fuel.burned_g),
        Series("absorbed", "gain", fuel.absorbed_g),
        Series("stored", "store", fuel.stored_g),
        Series("in the gut", "gut", fuel.gut_g, True),
    ]


def _draw(fuel: FuelTrace, key: str, title: str, unit: str, series: list[Series], decimals: int) -> FuelDrawing:
    highest = max(*(float(s.values.max()) for s in series), 1e-9)
    x = Scale(0.0, float(fuel.elapsed_s[-1]), LEFT_PX, WIDTH_PX - RIGHT_PX)
    y = Scale(0.0, highest, HEIGHT_PX - BOTTOM_PX, TOP_PX)
    xs = x.map(fuel.elapsed_s)
    ends = [y(float(s.values[-1])) for s in series]
    curves = []
    for one, end, label in zip(series, ends, _spread(ends), strict=True):
        ys = y.map(one.values)
        path = draw_area(xs, ys, HEIGHT_PX - BOTTOM_PX) if one.filled else draw_line(xs, ys)
        text = f"{one.name} {one.values[-1]:,.{decimals}f}"
        curves.append(Curve(one.name, one.style, path, one.filled, end, label, text))
    ticks = tuple((y(value), f"{value:,g}") for value in round_ticks(0.0, highest, 4))
    story = ", ".join(f"{c.text} {unit}" for c in curves)
    return FuelDrawing(
        key,
        title,
        unit,
        f"at the finish: {story}",
        tuple(curves),
        ticks,
        _hours(fuel, x),
        _tabulate(fuel, key, title, unit, series, decimals),
    )


def _spread(ends: list[float]) -> list[float]:
    """Heights of the words at the curves' ends, moved apart."""
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    placed = [0.0] * len(ends)
    above = -np.inf
    for index in order:
        placed[index] = above = max(ends[index], above + LABEL_PX)
    excess = above - (HEIGHT_PX - BOTTOM_PX)
    if excess > 0.0:
        below = np.inf
        for index in reversed(order):
            placed[index] = below = min(placed[index], below - LABEL_PX, HEIGHT_PX - BOTTOM_PX)
    return placed


def _hours(fuel: FuelTrace, x: Scale) -> tuple[tuple[float, str], ...]:
    hours = float(fuel.elapsed_s[-1]) / 3600.0
    step = hour_step(hours, 6)
    marks = np.arange(0.0, hours + 1e-9, step)
    return tuple((x(3600.0 * hour), f"{hour:g}" + (" h" if hour == 0.0 else "")) for hour in marks.tolist())


def _tabulate(fuel: FuelTrace, key: str, title: str, unit: str, series: list[Series], decimals: int) -> Table:
    """Every so many steps of the trace as a table, the last one always."""
    last = len(fuel.elapsed_s) - 1
    rows = sorted({round(last * i / (TABLE_ROWS - 1)) for i in range(TABLE_ROWS)})

    def column(one: Series) -> tuple[Column, Callable[[int], Cell]]:
        return Column(f"{one.name} {unit}"), lambda row: Cell(f"{one.values[row]:,.{decimals}f}")

    return build_table(
        f"fuel-{key}",
        f"{title} along the race",
        rows,
        [
            (Column("elapsed"), lambda row: Cell(say_elapsed(float(fuel.elapsed_s[row])), "strong")),
            *(column(one) for one in series),
        ],
    )
