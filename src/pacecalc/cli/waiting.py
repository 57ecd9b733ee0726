"""A sign of life on the terminal while something takes long; nothing is loaded or shown before a second is over."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_S = 1.0


@contextmanager
def waiting(what: str, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """A moving bar with the time gone by, on stderr, and only where somebody watches it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    sign = _Sign(what)
    timer = threading.Timer(patience_s, sign.show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        sign.take_down()


class _Sign:
    def __init__(self, what: str) -> None:
        self.what = what
        self._lock = threading.Lock()
        self._over = False
        self._bar: Progress | None = None

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            # The work may have ended while the bar was being loaded.
            if self._over:
                return
            parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*parts, console=Console(stderr=True), transient=True)
            self._bar.add_task(self.what, total=None)
            self._bar.start()

    def take_down(self) -> None:
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()
