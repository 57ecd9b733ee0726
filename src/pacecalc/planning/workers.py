"""One task on many items, on all cores; what fails is told, the rest is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from pacecalc.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

IN_FLIGHT = 3
"""Items handed to each process ahead of time: enough that none waits, few to lose when one dies."""
MOST_JOBS = 256
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def count_jobs(jobs: int, items: int) -> int:
    """Processes to use: ``jobs``, all cores for 0, never more than there are items."""
    if not 0 <= jobs <= MOST_JOBS:
        raise UsageError(f"{jobs} jobs: expected 1 to {MOST_JOBS}, or 0 for all cores")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(min(jobs or usable, items), 1)


def run_on_cores(
    task: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[int, Result | Exception]]:
    """Index and result of every item as they are done; an exception in place of the result of one that failed.

    Processes are started afresh (``spawn``), which is safe beside threads: task and items must pickle, and a script
    that asks for more than one process needs the usual ``if __name__ == "__main__"``.
    """
    if count_jobs(jobs, len(items)) == 1:
        for index, item in enumerate(items):
            try:
                yield index, task(item)
            except Exception as error:
                yield index, error
        return
    waiting = list(reversed(range(len(items))))
    with _single_threads():
        while waiting:
            yield from _run_one_pool(task, items, waiting, count_jobs(jobs, len(waiting)))


def _run_one_pool(
    task: Callable[[Item], Result], items: Sequence[Item], waiting: list[int], jobs: int
) -> Iterator[tuple[int, Result | Exception]]:
    """Work ``waiting`` off from its end, until it is empty or a process has died."""
    flying: dict[Future[Result], int] = {}
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    broken = False
    try:
        while flying or (waiting and not broken):
            while waiting and not broken and len(flying) < IN_FLIGHT * jobs:
                try:
                    future = pool.submit(task, items[waiting[-1]])
                except BrokenProcessPool:
                    broken = True
                    break
                flying[future] = waiting.pop()
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                index, error = flying.pop(future), future.exception()
                broken = broken or isinstance(error, BrokenProcessPool)
                yield index, future.result() if error is None else _tell(error)
    finally:
        # Also when the caller stops half way: what has not begun is dropped.
        pool.shutdown(wait=True, cancel_futures=True)


def _tell(error: BaseException) -> Exception:
    if isinstance(error, BrokenProcessPool):
        return UsageError("the process at work on this was killed (out of memory?); run again, perhaps with fewer jobs")
    return error if isinstance(error, Exception) else RuntimeError(str(error))


@contextmanager
def _single_threads() -> Iterator[None]:
    """Processes started meanwhile use one thread each: all cores are taken already."""
    added = [name for name in ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)
