"""Who gives the athlete what, and when: crew stops and drop bags, read from the plan."""

from __future__ import annotations

from datetime import datetime

from pacecalc.planning.records import ItemCount, PlannedLeg, PlannedWaypoint, RacePlan
from pacecalc.record import record
from pacecalc.render.moments import arrival_window_s, clock_at


@record(kw_only=True)
class CrewStop:
    """One place where the crew meets the athlete."""

    waypoint: PlannedWaypoint
    early_clock: datetime
    """P10: be there from."""
    late_clock: datetime
    """P90: worry after."""
    hand_over: tuple[ItemCount, ...]
    spares: tuple[ItemCount, ...]
    """Packed with it in case."""
    from_station: tuple[ItemCount, ...]
    """Eaten on the spot, from the station's table."""
    fill_ml: float
    """In the bottles on leaving; 0 where no leg starts."""
    ending: PlannedLeg | None
    """The leg that ends here or passes here: what should have been eaten."""


def list_crew_stops(plan: RacePlan) -> tuple[CrewStop, ...]:
    """Every place ahead where crew is allowed, in order; places without access are left out."""
    return tuple(_meet(plan, w) for w in plan.waypoints if w.crew and w.kind != "start" and not w.passed)


def _meet(plan: RacePlan, waypoint: PlannedWaypoint) -> CrewStop:
    early_s, late_s = arrival_window_s(waypoint)
    leg = find_leg(plan, waypoint)
    from_crew = leg is not None and leg.pick_up_from == "crew"
    return CrewStop(
        waypoint=waypoint,
        early_clock=clock_at(plan, early_s),
        late_clock=clock_at(plan, late_s),
        hand_over=leg.packed if leg is not None and from_crew else (),
        spares=leg.spares if leg is not None and from_crew else (),
        from_station=leg.at_station if leg is not None else (),
        fill_ml=leg.carry_water_ml if leg is not None else 0.0,
        ending=next((leg for leg in plan.legs if leg.start_s < waypoint.arrive_s <= leg.end_s + 1.0), None),
    )


def find_leg(plan: RacePlan, waypoint: PlannedWaypoint) -> PlannedLeg | None:
    """The leg that starts at a waypoint; a place passed twice has two."""
    here = [leg for leg in plan.legs if leg.start == waypoint.name]
    return min(here, key=lambda leg: abs(leg.start_s - waypoint.arrive_s), default=None)


@record(kw_only=True)
class DropBag:
    """One bag, what the plan takes from it, and what else goes in."""

    waypoint: PlannedWaypoint
    items: tuple[ItemCount, ...]
    spares: tuple[ItemCount, ...]


def list_drop_bags(plan: RacePlan) -> tuple[DropBag, ...]:
    """Every drop bag the plan takes something from, in order."""
    found = ((w, find_leg(plan, w)) for w in plan.waypoints if w.drop_bag and not w.passed)
    return tuple(
        DropBag(waypoint=w, items=leg.packed, spares=leg.spares)
        for w, leg in found
        if leg is not None and leg.pick_up_from == "drop bag" and leg.packed
    )
