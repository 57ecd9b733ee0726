"""Measure pacecalc against yardsticks in one run:  python tests/benchmarks/run.py [--write] [--tiny]

``--write`` makes docs/performance.md of it, ``--tiny`` only shows that everything runs. Splits, riding, intake and risk
calibration have scripts of their own in this folder.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

# One thread, as the command line sets it; must stand before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from process_bench import PLANS, measure_cold_start
from stage_bench import measure_field, measure_gpx, measure_growth, measure_risk, measure_stages
from timing import Section, describe_machine

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
HEAD = """\
# How fast pacecalc is

Made by `python tests/benchmarks/run.py --write`; nothing here is typed by hand. Every figure stands beside a yardstick
measured in the same run, because machines differ and shared ones are never quiet.
"""


def measure_all(*, tiny: bool) -> Iterator[Section]:
    if tiny:
        yield measure_cold_start(1, (("new-york-city-marathon", "3:30", 1.0),))
        yield measure_stages([("new-york-city-marathon", "3:30")], 1)
        yield measure_risk((1, 10), 1)
        yield measure_gpx(500, 1)
        yield measure_growth((1000, 2000), (5, 10), (8, 10), 1)
        yield measure_field(2)
        return
    yield measure_cold_start(9)
    yield measure_stages([(course, goal) for course, goal, _ in PLANS], 7)
    yield measure_risk((1, 100, 10_000), 7)
    yield measure_gpx(15_000, 5)
    yield measure_growth((1000, 10_000, 100_000, 1_000_000), (10, 30, 100, 300, 1000), (8, 16, 32, 64), 3)
    yield measure_field(1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--tiny", action="store_true", help="smallest sizes, one repeat")
    options = parser.parse_args()
    page = [HEAD, describe_machine() + "\n"]
    print(page[-1])
    for section in measure_all(tiny=options.tiny):
        page.append(section.markdown())
        print(page[-1], flush=True)
    if options.write:
        PAGE.write_text("\n".join(page), encoding="utf-8")
        print(f"wrote {PAGE}", file=sys.stderr)


if __name__ == "__main__":
    main()
