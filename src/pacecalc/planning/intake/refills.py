"""Where food and water is taken: which waypoints start a leg, and what each of them offers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.records import Refill
from pacecalc.planning.spelling import spell_time
from pacecalc.record import record

SHORTEST_LEG_S = 40 * 60.0
SHORTEST_LEG_OF_LONG_RACE_S, LONG_RACE_S = 60 * 60.0, 12 * 3600.0
"""Stations nearer together are merged into one leg, in long races with their slower eating from an hour; a choice."""
LONGEST_LEG_S = 5 * 3600.0
"""Longer legs are split at places without supply, for the optimiser's sake."""
WATER_EVERY_S = 90 * 60.0
"""Between two places with water on a course that knows none; a choice, always said in the plan."""
OWN_SUPPLY_VALUE, FOOD_VALUE, WATER_VALUE = 4.0, 1.5, 1.0
"""Which of several near stations to keep: own supply before food before water; a choice."""


@record(kw_only=True)
class LegSpan:
    """One leg on the course and on the clock."""

    start_s: float
    """Arrival at the refill point: the stop there belongs to the leg."""
    end_s: float
    start_waypoint: int
    """The real refill point it starts from, or the last one before a virtual start."""
    end_waypoint: int
    """The next real refill point, or the finish."""
    virtual: bool
    """Starts on the way, without supply but perhaps water."""
    ends_on_the_way: bool
    inside: tuple[int, ...]
    """Waypoints passed between ``start_waypoint`` and ``end_waypoint``."""
    water_assumed: bool = False
    """Starts where water is taken to be found, for the course knows no station."""


def span_legs(waypoints: Sequence[Waypoint], arrive_s: Sequence[float]) -> tuple[LegSpan, ...]:
    """Cut the race into legs of 40 minutes to 5 hours between refill points.

    On a course that knows no station, water is taken to be found every 90 minutes or so.
    """
    dry = not knows_stations(waypoints)
    starts = choose_refill_points(waypoints, arrive_s)
    ends = [*starts[1:], len(waypoints) - 1]
    spans: list[LegSpan] = []
    for start, end in zip(starts, ends, strict=True):
        first_s, last_s = float(arrive_s[start]), float(arrive_s[end])
        parts = max(1, math.ceil((last_s - first_s) / LONGEST_LEG_S - 1e-9))
        if dry:
            parts = max(1, round((last_s - first_s) / WATER_EVERY_S))
        cuts = [first_s + (last_s - first_s) * part / parts for part in range(parts)] + [last_s]
        for part in range(parts):
            inside = tuple(i for i in range(start + 1, end) if cuts[part] <= arrive_s[i] < cuts[part + 1])
            spans.append(
                LegSpan(
                    start_s=cuts[part],
                    end_s=cuts[part + 1],
                    start_waypoint=start,
                    end_waypoint=end,
                    virtual=part > 0,
                    ends_on_the_way=part < parts - 1,
                    inside=inside,
                    water_assumed=dry and part > 0,
                )
            )
    return tuple(spans)


def knows_stations(waypoints: Sequence[Waypoint]) -> bool:
    """Whether anything is known about food or water between start and finish, be it that there is none."""
    return any(value_refill(waypoint) > 0.0 or waypoint.offers is not None for waypoint in waypoints[1:-1])


def choose_refill_points(waypoints: Sequence[Waypoint], arrive_s: Sequence[float]) -> list[int]:
    """Indices of the waypoints that start a leg: the most useful set that keeps every leg long enough."""
    finish = len(waypoints) - 1
    shortest_s = SHORTEST_LEG_OF_LONG_RACE_S if arrive_s[finish] > LONG_RACE_S else SHORTEST_LEG_S
    places = [0, *(i for i in range(1, finish) if value_refill(waypoints[i]) > 0.0), finish]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for j in range(1, len(places)):
        # the finish ends the last leg however short the race is
        reachable = [
            (best[i][0], i)
            for i in range(j)
            if arrive_s[places[j]] - arrive_s[places[i]] >= shortest_s or (i == 0 and j == len(places) - 1)
        ]
        worth, before = max(reachable, default=(-math.inf, -1))
        best.append((worth + (0.0 if j == len(places) - 1 else value_refill(waypoints[places[j]])), before))
    kept, at = [], best[-1][1]
    while at >= 0:
        kept.append(places[at])
        at = best[at][1]
    return kept[::-1]


def value_refill(waypoint: Waypoint) -> float:
    """How useful a waypoint is for taking food or water; 0 where there is none."""
    if waypoint.kind in ("start", "finish"):
        return 0.0
    if waypoint.crew or waypoint.drop_bag:
        return OWN_SUPPLY_VALUE
    if waypoint.offers or (waypoint.kind == "aid" and waypoint.offers is None):
        return FOOD_VALUE
    return WATER_VALUE if waypoint.water or waypoint.kind in ("aid", "water") else 0.0


def describe_refill(
    waypoint: Waypoint, typical_station: Sequence[str], known: set[str], *, water_only: bool = False
) -> Refill:
    """What can be had at a waypoint; an aid station whose stock is not known offers the typical one's.

    Parameters
    ----------
    waypoint : Waypoint
        The place.
    typical_station : sequence of str
        Product ids a station of unknown stock is taken to offer.
    known : set of str
        Ids in the pantry; others on offer (water, medical help) are no products.
    water_only : bool
        Take stations of unknown stock to offer water alone.
    """
    if waypoint.kind == "start":
        return Refill(name=waypoint.name, water=True, own_supply="start")
    offers: Sequence[str] = waypoint.offers or ()
    if has_unknown_stock(waypoint) and not water_only:
        offers = typical_station
    own = "crew" if waypoint.crew else "drop bag" if waypoint.drop_bag else None
    return Refill(
        name=waypoint.name,
        water=waypoint.water or waypoint.kind in ("aid", "water") or bool(waypoint.crew),
        own_supply=own,
        station=tuple((product_id, None) for product_id in offers if product_id in known),
    )


def has_unknown_stock(waypoint: Waypoint) -> bool:
    return waypoint.kind == "aid" and waypoint.offers is None


def describe_way_point(span: LegSpan, towards: str) -> Refill:
    """A refill point without supply: part of the way along a long leg, or water taken to be found."""
    if span.water_assumed:
        return Refill(name=f"water on the way, about {spell_time(span.start_s)}", water=True, own_supply=None)
    return Refill(name=f"on the way to {towards}", water=False, own_supply=None)
