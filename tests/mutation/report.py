"""What the tests let pass: mutants of science and planning that no test killed, by kind.

    pip install mutmut
    python tests/mutation/report.py --sample 600 --seed 7 | xargs mutmut run      # planning has 25,000: a random sample
    mutmut run "pacecalc.science.*"                                               # science whole, about 20 min
    python tests/mutation/report.py > tests/mutation/report.txt

`mutmut` (settings in pyproject.toml) keeps its results in `mutants/`, which this reads. A mutant that survives is put
into a class by what was changed: most classes cannot show in a number at all, the last one is what tests do not watch.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "mutants" / "src"
SURVIVED, UNTESTED = 0, (5, 33)
TIMED_OUT = (-24, 24, 36, 152, 255)

SEARCHES = (
    *("walking_speed", "lower_lambert_w", "_solve", "_solve_wick", "_illinois", "find_level", "best_speed"),
    *("daniels_time", "find_increasing_zeros", "_find_event", "slow_to_available", "_meet_the_day", "_predict_ride"),
)
SERIES = (
    *("_solar_terms", "_length_of_arc", "_auxiliary_arc", "measure_geodesic"),
    *("_evaporation_heat", "_viscosity", "_diffusivity"),
)
CUTTING = ("_choose_blocks", "_interpolated_solar_terms", "_run_one_pool")
AT_IMPORT = ("_fit_cubics", "_normal_share")
BY_FUNCTION = (
    (AT_IMPORT, "runs once and is kept, before a mutant is switched on; tests of its results see it"),
    (SEARCHES, "start, step or stop of a search that ends at the same root"),
    (SERIES, "a term below what the published check values show"),
    (CUTTING, "how work is cut into pieces; the result is the same"),
)
BY_LINE = (
    (r"zip\(.*strict=", "strict= of a zip whose lengths are equal by construction"),
    (r"np\.(where|divide|select)\(", "the value of a branch not taken, inside where() or divide()"),
    (r"np\.clip\(|np\.m(in|ax)imum\(|\bm(in|ax)\(", "a bound that valid input does not reach"),
    (r"^\w+: .*\] = .*,$", "a default that every call gives"),
)
EDGE = "a value exactly on an edge: < for <="
WORDS = "words of a message or a label"
UNWATCHED = "not watched by a test"
EDGES = (("<=", "<"), ("<", "<="), (">=", ">"), (">", ">="))


def read_results() -> dict[str, int]:
    """Exit code of every mutant that was run."""
    results: dict[str, int] = {}
    for path in sorted(ROOT.rglob("*.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        results |= {key: code for key, code in codes.items() if code is not None}
    return results


def list_mutants() -> list[str]:
    """Every mutant of planning, run or not."""
    found: list[str] = []
    for path in sorted((ROOT / "pacecalc" / "planning").rglob("*.meta")):
        found += sorted(json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"])
    return found


def read_functions(module: str) -> dict[str, list[str]]:
    """Lines of all variants of all functions of a mutated module."""
    text = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    lines = text.split("\n")
    return {
        node.name: [line.strip() for line in lines[node.lineno : node.end_lineno]]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name
    }


def find_change(name: str, functions: dict[str, list[str]]) -> tuple[str, str]:
    """Line before and after."""
    variant = name.rsplit(".", 1)[1]
    original = functions.get(re.sub(r"__mutmut_\d+$", "__mutmut_orig", variant), [])
    for before, after in zip(original, functions.get(variant, []), strict=False):
        if before != after:
            return before, after
    return "", ""


def find_reason(name: str, before: str, after: str) -> str:
    """Class of a surviving mutant."""
    function = re.sub(r"^x_|__mutmut_\d+$", "", name.rsplit(".", 1)[1])
    for functions, reason in BY_FUNCTION:
        if function in functions:
            return reason
    if any(before.replace(f" {old} ", f" {new} ", 1) == after for old, new in EDGES):
        return EDGE
    if "XX" in after or before.lower() == after.lower():
        return WORDS
    return next((reason for pattern, reason in BY_LINE if re.search(pattern, before)), UNWATCHED)


def print_report(results: dict[str, int]) -> None:
    """Table by module, classes, and every survivor."""
    modules: dict[str, Counter[str]] = defaultdict(Counter)
    survivors: dict[str, list[str]] = defaultdict(list)
    functions: dict[str, dict[str, list[str]]] = {}
    for name, code in results.items():
        module = re.split(r"\.x[_ǁ]", name)[0]
        kind = "survived" if code == SURVIVED or code in UNTESTED else "killed"
        modules[module][kind] += 1
        if kind == "killed":
            continue
        functions.setdefault(module, read_functions(module))
        before, after = find_change(name, functions[module])
        where = name.removeprefix("pacecalc.").replace("__mutmut_", " ")
        survivors[find_reason(name, before, after)].append(f"{where}: {before[:100]}  ->  {after[:100]}")
    for part in ("pacecalc.science", "pacecalc.planning"):
        total = sum((count for module, count in modules.items() if module.startswith(part)), Counter())
        tried = total["killed"] + total["survived"]
        if tried:
            print(f"{part}: {total['killed']} of {tried} mutants killed, {100.0 * total['killed'] / tried:.1f} %")
    print()
    for reason, lines in sorted(survivors.items(), key=lambda item: -len(item[1])):
        print(f"{len(lines):5d}  {reason}")
    for reason, lines in sorted(survivors.items(), key=lambda item: -len(item[1])):
        print(f"\n{reason}")
        print("\n".join(f"  {line}" for line in sorted(lines)))


def main() -> None:
    """Print a sample of mutants to run, or the report."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--sample", type=int, help="print so many mutants of planning, drawn at random")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    if given.sample:
        mutants = list_mutants()
        random.Random(given.seed).shuffle(mutants)
        print("\n".join(mutants[: given.sample]))
        return
    results = read_results()
    if not results:
        sys.exit("no results under mutants/; run mutmut first")
    print_report(results)


if __name__ == "__main__":
    main()
