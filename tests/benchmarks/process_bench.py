"""Cold start: whole processes, from nothing to the printed plan."""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory

from timing import BARE_IMPORTS, Section, middle_ms, ratio_in_turn, run_process

PLANS = (
    ("leadville-trail-100-mtb", "11:45", 0.8),
    ("leadville-trail-100-run", "29:00", 1.0),
    ("utmb", "42:00", 1.6),
)
"""Course, goal, and the most the whole process may take [s]."""
HELP_LIMIT_MS = 120.0
OVERHEAD_LIMIT = 1.6
SOLVED = """
import gc, sys, time
from pacecalc.cli import app
app._own_process()
import pacecalc.planning.plan as planning
spent = 0.0
def timed(call):
    def run(*arguments, **options):
        global spent
        begin = time.perf_counter()
        try:
            return call(*arguments, **options)
        finally:
            spent += time.perf_counter() - begin
    return run
for name in ("predict_finish", "check_goal", "compose_plan"):
    setattr(planning, name, timed(getattr(planning, name)))
app.run(["plan", *sys.argv[1:]])
print(spent, file=sys.stderr)
gc.freeze()
"""
"""A plan that tells how long it solved."""


def measure_cold_start(repeats: int, plans: tuple[tuple[str, str, float], ...] = PLANS) -> Section:
    with TemporaryDirectory() as cache:
        rows = [_measure_help(cache, repeats)]
        rows += [_measure_plan(cache, *plan, repeats) for plan in plans]
    return Section(
        "Cold start",
        f'Whole processes in turn with the yardstick, `python -c "{BARE_IMPORTS}"`; medians of {repeats}. Modules are '
        "compiled, as pip installs them. Overhead is everything but predicting, pacing, feeding and weighing the odds.",
        ("command", "time", "of bare imports", "solving", "overhead of bare imports", "target"),
        tuple(rows),
    )


def _measure_help(cache: str, repeats: int) -> tuple[str, ...]:
    def ours() -> None:
        run_process(["-m", "pacecalc", "--help"], cache)

    ours()
    _bare(cache)
    time_ms, ratio = ratio_in_turn(ours, lambda: _bare(cache), repeats)
    return ("`pacecalc --help`", f"{time_ms:.0f} ms", f"{ratio:.2f}", "", "", f"{HELP_LIMIT_MS:.0f} ms")


def _measure_plan(cache: str, course: str, goal: str, limit_s: float, repeats: int) -> tuple[str, ...]:
    solved_ms: list[float] = []

    def ours() -> None:
        told = run_process(["-c", SOLVED, course, "--goal", goal], cache)
        solved_ms.append(1000.0 * float(told.split()[-1]))

    ours()
    rounds = []
    for _ in range(repeats):
        whole_ms, bare_ms = middle_ms(ours, 1), middle_ms(lambda: _bare(cache), 1)
        rounds.append((whole_ms, whole_ms / bare_ms, solved_ms[-1], (whole_ms - solved_ms[-1]) / bare_ms))
    time_ms, ratio, solving_ms, overhead = (median(column) for column in zip(*rounds, strict=True))
    return (
        f"`pacecalc plan {course} --goal {goal}`",
        f"{time_ms:.0f} ms",
        f"{ratio:.2f}",
        f"{solving_ms:.0f} ms",
        f"{overhead:.2f}",
        f"{1000.0 * limit_s:.0f} ms; overhead {OVERHEAD_LIMIT}",
    )


def _bare(cache: str) -> None:
    run_process(["-c", BARE_IMPORTS], cache)
