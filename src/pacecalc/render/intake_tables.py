"""Tables of food and drink that are looked at once, at the kitchen table: what to pack, what if, and why."""

from __future__ import annotations

from collections.abc import Sequence

from pacecalc.planning.records import Band, ItemCount, PlanB, PlannedLeg, RacePlan
from pacecalc.record import record
from pacecalc.render.tables import EMPTY, Cell, Column, Table, build_table
from pacecalc.render.wording import METRIC, Units, say_items

OWN = {"start": "pockets", "drop bag": "drop bag", "crew": "crew hands over"}
WHAT_IF = {
    "nauseous": "the stomach turns",
    "station-empty": "the station is empty",
    "slower": "an hour slower",
}


@record()
class _Pack:
    """One place and where its things come from."""

    place: str
    kind: str
    items: tuple[ItemCount, ...]
    spares: tuple[ItemCount, ...]


def packing_table(plan: RacePlan) -> Table:
    """What goes into the pockets, each drop bag and each crew box; what stations give stands with the legs."""
    doubtful = {line.id for line in plan.shopping if line.check_pack}

    def items(row: _Pack) -> Cell:
        return Cell(", ".join(f"{i.count} {i.name}{' *' if i.id in doubtful else ''}" for i in row.items))

    rows = [row for leg in plan.legs for row in _list_packs(leg)]
    note = " (* sources disagree: check the pack)" if any(i.id in doubtful for row in rows for i in row.items) else ""
    return build_table(
        "packing",
        f"What do I pack{note}",
        rows,
        [
            (Column("place", "left", wrap=True), lambda row: Cell(row.place, "strong")),
            (Column("from", "left"), lambda row: Cell(row.kind)),
            (Column("what", "left", wrap=True), items),
            (Column("spares", "left", wrap=True), lambda row: Cell(say_items(row.spares), "quiet")),
        ],
    )


def _list_packs(leg: PlannedLeg) -> list[_Pack]:
    if not leg.packed:
        return []
    return [_Pack(leg.start, OWN.get(leg.pick_up_from or "", OWN["drop bag"]), leg.packed, leg.spares)]


def say_plan_b(answer: PlanB, units: Units) -> str:
    """The message of an answer, with its volumes in the reader's units."""
    said, rest = "", answer.message
    for volume_ml in answer.volumes_ml:
        before, found, rest = rest.partition(METRIC.say_fluid(volume_ml))
        said += before + (units.say_fluid(volume_ml) if found else "")
    return said + rest


def plan_b_table(plan: RacePlan, units: Units) -> Table:
    """What changes when something goes wrong, leg by leg."""
    rows = [(leg.start if number == 0 else "", b) for leg in plan.legs for number, b in enumerate(leg.plan_b)]

    hotter = "5 °C hotter" if units.system == "metric" else "9 °F hotter"

    def what(row: tuple[str, PlanB]) -> Cell:
        return Cell(say_plan_b(row[1], units))

    return build_table(
        "plan-b",
        "What if, after each place (then go on as planned; missed food is not made up for)",
        rows,
        [
            (Column("from", "left", wrap=True), lambda row: Cell(row[0], "strong")),
            (Column("if", "left"), lambda row: Cell(WHAT_IF.get(row[1].code, hotter))),
            (Column("then", "left", wrap=True), what),
        ],
    )


def target_table(plan: RacePlan, units: Units) -> Table:
    """Planned against wanted, an hour, and what the leg takes out of the body."""

    def hours(leg: PlannedLeg) -> float:
        return (leg.end_s - leg.start_s) / 3600.0

    def against(amount: float, band: Band, leg: PlannedLeg) -> Cell:
        if band.target <= 0.0 and amount <= 0.0:
            return EMPTY
        met = band.low - 0.5 <= amount <= band.high + 0.5
        return Cell(f"{amount / hours(leg):.0f}/{band.target / hours(leg):.0f}", "plain" if met else "tight")

    def rate(amount: float, leg: PlannedLeg) -> Cell:
        return Cell(f"{amount / hours(leg):.0f}", "quiet") if amount > 0.0 else EMPTY

    return build_table(
        "targets",
        "Planned/wanted an hour, and what goes out",
        plan.legs,
        [
            (Column("from", "left", wrap=True), lambda leg: Cell(leg.start)),
            (Column("carb g/h"), lambda leg: against(leg.intake.carbohydrate_g, leg.carbohydrate_g, leg)),
            (Column("burned"), lambda leg: rate(leg.burned_g, leg)),
            (Column("fluid mL/h"), lambda leg: against(leg.intake.fluid_ml, leg.fluid_ml, leg)),
            (Column("sweat"), lambda leg: rate(leg.sweat_ml, leg)),
            (Column("sodium mg/h"), lambda leg: against(leg.intake.sodium_mg, leg.sodium_mg, leg)),
            (Column("lost"), lambda leg: rate(leg.sodium_lost_mg, leg)),
            (Column("caffeine mg", optional=1), lambda leg: Cell(_number(leg.intake.caffeine_mg))),
        ],
    )


def _number(amount: float) -> str:
    return f"{amount:.0f}" if amount >= 0.5 else ""


def proof_lines(plan: RacePlan) -> Sequence[str]:
    """How near the optimum the intake is, what the blood needs, and what the sweat rests on."""
    proof = plan.intake_proof
    if proof is None:
        return ()
    tests = f"{proof.sweat_tests} sweat tests" if proof.sweat_tests else "no sweat test"
    heat = "used to the heat" if proof.acclimatised else "not used to the heat"
    hours = plan.finish_s / 3600.0
    mean_l = sum(leg.sweat_ml for leg in plan.legs) / 1000.0 / hours
    return (
        f"Intake: cost {proof.objective:.2f}, and no plan inside the hard limits costs less than {proof.bound:.2f}: "
        f"proven within {100.0 * proof.gap_fraction:.1f} % of the optimum.",
        f"Sodium: the blood needs {proof.sodium_need_mg:.0f} mg in the race to end at 137 mmol/L; this plan has "
        f"{plan.totals.sodium_mg:.0f} mg and ends at {plan.totals.plasma_sodium_mmol_per_l:.0f} (never under 135).",
        f"Fluid: {proof.least_fluid_ml / 1000.0:.1f} L hold the loss of body mass inside its limit; this plan has "
        f"{plan.totals.fluid_ml / 1000.0:.1f} L and loses {-100.0 * plan.totals.mass_change_fraction:.1f} %.",
        f"Sweat: {mean_l:.2f} L/h on average, ±0.4 L/h, from the heat the body must shed each hour at its pace, wind, "
        f"sun and clothing of 0.3 clo; {tests}, personal factor {proof.sweat_factor:.2f}, {heat}.",
    )
