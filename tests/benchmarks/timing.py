"""What the benchmarks share: fair timing of calls and of whole processes, and sections of the page they make."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np

BARE_IMPORTS = "import numpy, pint, pydantic, yaml, typer"
"""Yardstick of every process: what the libraries that a plan stands on take to load."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the page."""

    title: str
    about: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        lines = [f"## {self.title}", "", self.about, "", _line(self.header), _line(["---"] * len(self.header))]
        return "\n".join([*lines, *map(_line, self.rows)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def middle_ms(call: Callable[[], object], repeats: int) -> float:
    """Median time of a call [ms]."""
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        call()
        times.append(perf_counter() - begin)
    return 1000.0 * median(times)


def ratio_in_turn(ours: Callable[[], object], yardstick: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median time of ours [ms], and the median of its ratios to the yardstick, taken pair by pair.

    Pairs keep the ratio meaningful while a shared machine speeds up and slows down.
    """
    pairs = [(middle_ms(ours, 1), middle_ms(yardstick, 1)) for _ in range(repeats)]
    return median(a for a, _ in pairs), median(a / b for a, b in pairs)


def fit_exponent(sizes: Sequence[float], times_ms: Sequence[float]) -> float:
    """Exponent of the power law nearest to times over sizes: 1 is linear."""
    slope, _ = np.polyfit(np.log(sizes), np.log(times_ms), 1)
    return float(slope)


def run_process(arguments: Sequence[str], cache: str) -> str:
    """Run Python on ``arguments`` as an installed package runs, its modules compiled; gives stderr."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = cache
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stderr


def describe_machine() -> str:
    """Where and with what this was measured."""
    import datetime as dt
    import platform
    from importlib.metadata import version

    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    libraries = ("numpy", "pint", "pydantic", "PyYAML", "typer", "rich", "highspy")
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()} with pacecalc {version('pacecalc')}, Python "
        f"{platform.python_version()} ({', '.join(f'{name} {version(name)}' for name in libraries)}) on "
        f"{_processor()}, {usable} cores, {platform.system()}{load}."
    )


def _processor() -> str:
    import platform

    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            return next(line.split(":", 1)[1].strip() for line in stream if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
