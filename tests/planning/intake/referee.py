"""An independent look at an intake plan: walks the race with pockets and bottles and reports every broken rule.

Written from the contract alone; shares no code with the optimiser.
"""

from __future__ import annotations

from collections import Counter

from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution, Product

DUST = 1e-4


def find_faults(problem: IntakeProblem, solution: IntakeSolution) -> list[str]:
    faults = _walk_pockets(problem, solution) + _walk_bottles(problem, solution)
    products = {product.id: product for product in problem.products}
    for number, (need, intake) in enumerate(zip(problem.legs, solution.legs, strict=True)):
        eaten = [(products[item], count) for item, count in intake.eaten.items()]
        sums = {
            field: sum(getattr(product, field) * count for product, count in eaten)
            for field in ("carbohydrate_g", "glucose_g", "fructose_g", "sodium_mg", "caffeine_mg", "water_ml", "mix_ml")
        }
        drunk = intake.water_ml + intake.station_water_ml
        tabs = sum(count for product, count in eaten if product.kind == "salt")
        solids = any(p.texture == "solid" and p.kind not in ("salt", "electrolyte", "drink_mix") for p, _ in eaten)
        rules = {
            "fluid over the ceiling": sums["water_ml"] + drunk > need.fluid_ml.maximum + DUST,
            "carbohydrate over the hard bound": sums["carbohydrate_g"] > need.carbohydrate_g.maximum + DUST,
            "glucose": sums["glucose_g"] > need.glucose_max_g + DUST,
            "fructose": sums["fructose_g"] > need.fructose_max_g + DUST,
            "sodium": sums["sodium_mg"] > need.sodium_mg.maximum + DUST,
            "leg caffeine": sums["caffeine_mg"] > need.caffeine_max_mg + DUST,
            "powder without its water": sums["mix_ml"] > drunk + DUST,
            "station drink": intake.station_water_ml > (need.station_drink_max_ml if need.refill.water else 0) + DUST,
            "salt tabs an hour": tabs > problem.limits.salt_tabs_per_h * need.duration_h + DUST,
            "hourly cap": any(p.max_per_h is not None and n > p.max_per_h * need.duration_h + DUST for p, n in eaten),
            "solids on a liquid leg": need.liquid_only and solids,
            "not whole pieces": any(not isinstance(count, int) or count < 1 for _, count in eaten),
        }
        faults += [f"leg {number}: {rule}" for rule, broken in rules.items() if broken]
    return faults + _check_totals(problem, solution, products)


def _walk_pockets(problem: IntakeProblem, solution: IntakeSolution) -> list[str]:
    """Balance of pieces, weight, supply and age; pockets hold (product, refill taken, packed at the start)."""
    faults: list[str] = []
    products = {product.id: product for product in problem.products}
    totals = dict(problem.brought)
    packed: Counter[str] = Counter()
    pockets: Counter[str] = Counter()
    batches: list[tuple[str, int, float, int]] = []  # product, leg taken, hours since packed at, count
    for number, (need, intake) in enumerate(zip(problem.legs, solution.legs, strict=True)):
        stock = dict(need.refill.station)
        for item, kinds in intake.picked_up.items():
            for kind, count in kinds:
                if kind == "station":
                    limit = stock.get(item, 0)
                    if limit is not None and count > limit:
                        faults.append(f"leg {number}: {count} x {item} taken, station has {limit}")
                else:
                    if kind != need.refill.own_supply or item not in totals:
                        faults.append(f"leg {number}: no {kind} with {item} here")
                    packed[item] += count
                fresh_from_h = 0.0 if kind == "drop bag" else need.start_s / 3600
                batches.append((item, 0 if kind == "drop bag" else number, fresh_from_h, count))
                pockets[item] += count
        served_now = {item: n for item, n in intake.eaten.items() if products[item].served_only}
        on_leaving = +(pockets - Counter(served_now))
        if dict(on_leaving) != {item: n for item, n in intake.carried.items() if n}:
            faults.append(f"leg {number}: carried {intake.carried}, pockets hold {dict(on_leaving)}")
        if any(products[item].served_only for item in intake.carried):
            faults.append(f"leg {number}: served food carried")
        weight = sum(products[item].mass_g * n for item, n in intake.carried.items()) + intake.carried_water_ml
        if weight > problem.limits.carry_g + DUST:
            faults.append(f"leg {number}: carries {weight:.0f} g")
        if any(pockets[item] < n for item, n in intake.eaten.items()):
            faults.append(f"leg {number}: eats what it does not have")
        pockets -= Counter(intake.eaten)
        faults += _eat_oldest_possible(problem, products, batches, number, intake.eaten)
    if +pockets:
        faults.append(f"left over at the finish: {dict(+pockets)}")
    faults += [
        f"{item}: {n} of {totals[item]} own pieces"
        for item, n in packed.items()
        if totals[item] is not None and n > (totals[item] or 0)
    ]
    return faults


def _eat_oldest_possible(
    problem: IntakeProblem, products: dict[str, Product], batches: list[tuple[str, int, float, int]], leg: int,
    eaten: dict[str, int],
) -> list[str]:  # fmt: skip
    """First in, first out: if even that serves a spoiled piece, every order does."""
    faults: list[str] = []
    end_h = problem.legs[leg].start_s / 3600 + problem.legs[leg].duration_h
    for item, count in eaten.items():
        left = count
        product = products[item]
        for place in sorted((i for i, b in enumerate(batches) if b[0] == item and b[3]), key=lambda i: batches[i][2]):
            name, taken_leg, packed_h, available = batches[place]
            used = min(left, available)
            batches[place] = (name, taken_leg, packed_h, available - used)
            left -= used
            hot = any(need.hot for need in problem.legs[taken_leg : leg + 1])
            life_h = product.shelf_hot_h if hot else product.shelf_cool_h
            if used and life_h is not None and end_h - packed_h > life_h + DUST:
                faults.append(f"leg {leg}: {item} is {end_h - packed_h:.1f} h old, keeps {life_h} h")
    return faults


def _walk_bottles(problem: IntakeProblem, solution: IntakeSolution) -> list[str]:
    faults: list[str] = []
    bottles = 0.0
    for number, (need, intake) in enumerate(zip(problem.legs, solution.legs, strict=True)):
        if need.refill.water or need.refill.own_supply == "start":
            bottles = intake.carried_water_ml
        if abs(bottles - intake.carried_water_ml) > DUST:
            faults.append(f"leg {number}: bottles hold {bottles:.1f} mL, plan says {intake.carried_water_ml:.1f}")
        if bottles > problem.limits.bottle_ml + DUST:
            faults.append(f"leg {number}: bottles overflow")
        bottles -= intake.water_ml
        if bottles < -DUST:
            faults.append(f"leg {number}: drinks from empty bottles")
    return faults


def _check_totals(problem: IntakeProblem, solution: IntakeSolution, products: dict[str, Product]) -> list[str]:
    faults: list[str] = []
    caffeine = [sum(products[i].caffeine_mg * n for i, n in intake.eaten.items()) for intake in solution.legs]
    if sum(caffeine) > problem.limits.caffeine_race_mg + DUST:
        faults.append("race caffeine")
    for first, need in enumerate(problem.legs):
        inside = [leg for leg, other in enumerate(problem.legs) if 0 <= other.start_s - need.start_s < 86400]
        if sum(caffeine[leg] for leg in inside) > problem.limits.caffeine_day_mg + DUST:
            faults.append(f"24 h caffeine from leg {first}")
        for product in problem.products:
            count = sum(solution.legs[leg].eaten.get(product.id, 0) for leg in inside)
            if product.max_per_day is not None and count > product.max_per_day:
                faults.append(f"{product.id}: {count} in 24 h from leg {first}")
    return faults
