"""The values of an athlete, and the kinds of riders, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from pacecalc.planning.figures import STATED, FigureInForce, scale_figures
from pacecalc.planning.rider_presets import POSITIONS, PRESETS, RiderPreset
from pacecalc.render.layout import Canvas
from pacecalc.render.tables import Cell, Column, build_table


def render_figures(
    figures: Sequence[FigureInForce],
    *,
    preset: RiderPreset | None = None,
    width: int = 100,
    color: bool = False,
    plain: bool = False,
) -> str:
    """Every value in force with its origin and standing; under it what a preset's riders often have."""
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.table(
        build_table(
            "figures",
            "Values in force",
            figures,
            [
                (Column("key", "left"), lambda f: Cell(f.key, "strong" if f.standing == STATED else "plain")),
                (Column("value"), lambda f: Cell(_spell(f.value))),
                (Column("unit", "left"), lambda f: Cell(f.unit, "quiet")),
                (Column("from", "left"), lambda f: Cell(f.origin)),
                (Column("standing", "left", wrap=True), lambda f: Cell(f.standing, "quiet")),
            ],
        )
    )
    if preset is not None:
        canvas.skip()
        mass_kg = next(f.value for f in figures if f.key == "mass")
        typical = preset.typical_w_per_kg
        watts = f", {float(typical.value) * float(mass_kg):.0f} W at {mass_kg:g} kg" if mass_kg else ""
        canvas.say(
            f"Riders like this ({preset.name}) often have a threshold of {typical.value} W/kg{watts} "
            f"({typical.standing}). No plan uses it: say yours with --ftp or ride.threshold_power."
        )
    return canvas.text().lstrip("\n")


def render_presets(*, width: int = 100, color: bool = False, plain: bool = False) -> str:
    """Each kind of rider with what it sets and why, and the positions."""
    canvas = Canvas(width=width, color=color, plain=plain)
    for preset in PRESETS:
        shown = scale_figures({name: figure.value for name, figure in preset.figures.items()})
        rows = [
            (key, value, unit, figure.standing)
            for (key, (value, unit)), figure in zip(shown.items(), preset.figures.values(), strict=True)
        ]
        typical = preset.typical_w_per_kg
        rows.append(("threshold, only shown", typical.value, "W/kg", typical.standing))
        canvas.table(build_table(preset.name, f"{preset.name}: {preset.what}", rows, _COLUMNS))
    positions = [(name, figure.value, "m2", figure.standing) for name, figure in POSITIONS.items()]
    canvas.table(build_table("positions", "ride.position, before the drag area of the preset", positions, _COLUMNS))
    canvas.skip()
    canvas.say(
        "Write  ride: {preset: finisher}  in the athlete file; every value you state yourself goes before it. "
        "What no preset sets is in  pacecalc athlete show --sport mtb."
    )
    return canvas.text().lstrip("\n")


_Row = tuple[str, float | str, str, str]
_COLUMNS = [
    (Column("key", "left"), lambda row: Cell(row[0])),
    (Column("value"), lambda row: Cell(_spell(row[1]))),
    (Column("unit", "left"), lambda row: Cell(row[2], "quiet")),
    (Column("standing", "left", wrap=True), lambda row: Cell(row[3], "quiet")),
]


def _spell(value: float | str | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else f"{value:.4g}"
