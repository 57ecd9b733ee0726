"""The tables of a printed plan in reading order."""

from __future__ import annotations

from pacecalc.planning.records import RacePlan
from pacecalc.render import tables
from pacecalc.render.tables import Table
from pacecalc.render.wording import Units


def list_tables(plan: RacePlan, units: Units) -> list[Table]:
    """Every table that holds anything."""
    made = (
        tables.waypoint_table(plan, units),
        tables.segment_table(plan, units),
        tables.leg_table(plan, units),
        tables.schedule_table(plan, units),
        tables.shopping_table(plan),
        tables.temperature_table(plan, units),
    )
    return [table for table in made if table.rows and table.columns]
