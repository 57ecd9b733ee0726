"""Food and drink of a steady effort, for a terminal."""

from __future__ import annotations

from pacecalc.planning.codec import encode, json_text
from pacecalc.planning.steady import SteadyHour, SteadyIntake, SteadyRow
from pacecalc.render.headlines import FLAG, NOT_MEDICAL_ADVICE, SWEAT_UNCERTAINTY
from pacecalc.render.layout import Canvas
from pacecalc.render.tables import Cell, Column, Table, build_table, say_sip, shopping_rows, temperature_rows
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_elapsed, say_items, say_watts

SCHEMA = "pacecalc/intake/1"
SPORTS = {"run": "run", "mtb": "mountain-bike ride", "ride": "ride"}


def render_intake_json(intake: SteadyIntake) -> str:
    """The same as data; keys carry their units."""
    return json_text({"schema": SCHEMA, **encode(intake)})


def render_intake(
    intake: SteadyIntake, *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """Needs an hour, then pieces by the hour and by the minute, what to buy, and the card by temperature."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.say(_effort_line(intake, system), style="bold")
    canvas.say(_need_line(intake, system), style="bold green")
    canvas.say(_body_line(intake, system))
    canvas.table(_hour_table(intake, system))
    canvas.table(_schedule_table(intake, system))
    canvas.table(shopping_rows(intake.shopping))
    canvas.table(temperature_rows(intake.temperature_card, system))
    canvas.skip()
    for line in (*intake.reasons, *(f"! {caution.message}" for caution in intake.warnings)):
        canvas.say(line, style="yellow" if line.startswith("!") else "dim")
    said = "; ".join(a.what for a in intake.assumptions)
    flags = dict.fromkeys(flag for a in intake.assumptions for flag in FLAG.findall(a.change_with) if flag != "--ftp")
    canvas.say(f"Assumed: {said}. Change it with {' '.join([*flags, '--athlete'])}.", style="dim")
    canvas.say(SWEAT_UNCERTAINTY)
    canvas.say(NOT_MEDICAL_ADVICE)
    return canvas.text()


def _effort_line(intake: SteadyIntake, units: Units) -> str:
    pace = f"{units.say_speed(intake.speed_m_per_s)} {units.speed}"
    if intake.power_w is not None:
        pace = f"{say_watts(intake.power_w)} W, {pace}"
    weather = f"{units.say_temperature(intake.temperature_c)} {units.temperature}"
    return (
        f"{say_elapsed(intake.duration_s)} {SPORTS[intake.sport]} at {pace}   {intake.mass_kg:.0f} kg   {weather}, "
        f"{100.0 * intake.humidity_fraction:.0f} % humidity"
    )


def _need_line(intake: SteadyIntake, units: Units) -> str:
    tabs = f" ({intake.salt_tabs_per_h:.1f} salt tabs)" if intake.salt_tabs_per_h >= 0.05 else ""
    return (
        f"An hour: {intake.carbohydrate_g_per_h:.0f} g carbohydrate, {units.say_sips(intake.fluid_ml_per_h)} fluid, "
        f"{intake.sodium_mg_per_h:.0f} mg sodium{tabs}."
    )


def _body_line(intake: SteadyIntake, units: Units) -> str:
    return (
        f"It takes {intake.energy_kcal_per_h:.0f} kcal, burns {intake.burned_g_per_h:.0f} g of carbohydrate and sweats "
        f"{intake.sweat_l_per_h:.1f} ±0.4 L with {intake.sodium_lost_mg_per_h:.0f} mg of sodium an hour; body mass "
        f"changes by {100.0 * intake.mass_change_fraction:+.1f} %, blood sodium ends at "
        f"{intake.plasma_sodium_mmol_per_l:.0f} mmol/L."
    )


def _hour_table(intake: SteadyIntake, units: Units) -> Table:
    def span(hour: SteadyHour) -> Cell:
        return Cell(f"{say_elapsed(hour.start_s)}-{say_elapsed(hour.end_s)}", "strong")

    return build_table(
        "hours",
        "What in which hour",
        intake.hours,
        [
            (Column("hour"), span),
            (Column("what", "left", wrap=True), lambda hour: Cell(say_items(hour.items))),
            (Column("drink"), lambda hour: Cell(units.say_sips(hour.water_ml))),
            (Column("carb g"), lambda hour: Cell(f"{hour.carbohydrate_g:.0f}", "quiet")),
            (Column("fluid"), lambda hour: Cell(units.say_sips(hour.fluid_ml), "quiet")),
            (Column("sodium mg"), lambda hour: Cell(f"{hour.sodium_mg:.0f}", "quiet")),
        ],
    )


def _schedule_table(intake: SteadyIntake, units: Units) -> Table:
    def sip(row: SteadyRow) -> Cell:
        return Cell(say_sip(row.water_ml, units), "quiet")

    return build_table(
        "schedule",
        "What do I eat when",
        intake.schedule,
        [
            (Column("elapsed"), lambda row: Cell(say_elapsed(row.at_s), "strong")),
            (Column("what", "left", wrap=True), lambda row: Cell(say_items(row.items))),
            (Column("sip"), sip),
        ],
    )
