"""Names above a drawing that never run into each other: staggered in lanes, shortened, and left out last of all.

A name hangs on a leader at its place and is written to the right of it (to the left at the right edge). A leader may
not pass through a name, so whoever begins under another name sits in a lower lane.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from pacecalc.record import record

GAP_PX = 8.0
LEADER_PX = 4.0
LEADER_ROOM_PX = 3.0
EM_NARROW, EM_WIDE = 0.61, 1.1
"""Mean width of a letter in the widest usual system font, and of an East Asian letter or an emoji, in em."""
SHORT_LETTERS = (28, 28, 18, 12)
"""Most letters of a name at each step of shortening; from the second on without what follows a dash or bracket."""
NAME_BREAKS = re.compile(r"\s+[-–—/|]\s+|,\s+|\s*\(")
STEPS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3))
"""How far the new name and its neighbours are shortened, in the order of trying."""
CUT_RANK = 2
"""Names of a higher rank are rather left out than cut inside a word."""
NEIGHBOUR_PX = 220.0


@record()
class Wanted:
    """A name to be written at ``x_px``; those of low ``rank`` are placed first."""

    text: str
    x_px: float
    rank: int


@record()
class Label:
    """A placed name: its lane counts from the drawing upwards."""

    index: int
    text: str
    x_px: float
    text_x_px: float
    anchor: Literal["start", "end"]
    lane: int
    left_px: float
    right_px: float


def measure_text(text: str, type_px: float) -> float:
    """Width of a line in an unknown system font, on the wide side."""
    ems = sum(
        0.0 if unicodedata.combining(letter) else EM_WIDE if unicodedata.east_asian_width(letter) in "WF" else EM_NARROW
        for letter in text
    )
    return ems * type_px


def shorten_name(name: str, step: int) -> str:
    """The name as it is (step 0), then ever shorter: without its second half, then cut."""
    whole = " ".join(name.split())
    text = whole if step == 0 else NAME_BREAKS.split(whole, maxsplit=1)[0].strip() or whole
    letters = SHORT_LETTERS[step]
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def place_labels(
    wanted: Sequence[Wanted], *, left_px: float, right_px: float, lanes: int, type_px: float
) -> list[Label]:
    """Labels that overlap neither each other nor each other's leaders, in order of position."""
    steps: dict[int, int] = {}
    best: list[Label] = []

    @cache
    def hang(index: int, step: int) -> Label:
        return _hang(index, wanted[index], step, left_px, right_px, type_px)

    for index in sorted(range(len(wanted)), key=lambda i: (wanted[i].rank, wanted[i].x_px)):
        tried_before = set()
        for own, others in STEPS:
            if own > 1 and wanted[index].rank > CUT_RANK:
                continue
            tried = {
                i: max(step, others if wanted[i].rank <= CUT_RANK else min(others, 1))
                if abs(wanted[i].x_px - wanted[index].x_px) < NEIGHBOUR_PX
                else step
                for i, step in steps.items()
            } | {index: own}
            texts = tuple(hang(i, step) for i, step in tried.items())
            if texts in tried_before:
                continue
            tried_before.add(texts)
            labels = _stack(texts)
            fits = all(lb.lane < lanes and lb.left_px >= left_px - 1.0 for lb in labels)
            if labels and fits:
                steps, best = tried, labels
                break
    return best


def _hang(index: int, want: Wanted, step: int, left_px: float, right_px: float, type_px: float) -> Label:
    text = shorten_name(want.text, step)
    width = measure_text(text, type_px) + LEADER_PX
    if want.x_px + width <= right_px:
        return Label(index, text, want.x_px, want.x_px + LEADER_PX, "start", 0, want.x_px, want.x_px + width)
    return Label(index, text, want.x_px, want.x_px - LEADER_PX, "end", 0, want.x_px - width, want.x_px)


def _stack(labels: Sequence[Label]) -> list[Label]:
    """Lanes from below; empty when two names each cover the other's leader."""
    ordered = sorted(labels, key=lambda label: label.x_px)
    lanes: dict[int, int] = {}
    settled: list[Label] = []
    # names to the right are settled first: only they begin under others; then those hung at the right edge
    starts = [label for label in reversed(ordered) if label.anchor == "start"]
    for label in (*starts, *(label for label in ordered if label.anchor == "end")):
        lane, ceiling = 0, len(labels)
        for other in settled:
            if not _touch(label, other):
                continue
            if not _covers(other, label.x_px):
                lane = max(lane, lanes[other.index] + 1)
            elif label.anchor == "start" or _covers(label, other.x_px):
                return []
            else:
                # the other hangs above this leader already: stay below it
                ceiling = min(ceiling, lanes[other.index])
        if lane >= ceiling:
            return []
        lanes[label.index] = lane
        settled.append(label)
    return [replace(label, lane=lanes[label.index]) for label in ordered]


def _touch(one: Label, other: Label) -> bool:
    return one.left_px < other.right_px + GAP_PX and other.left_px < one.right_px + GAP_PX


def _covers(label: Label, x_px: float) -> bool:
    return label.left_px - LEADER_ROOM_PX < x_px < label.right_px + LEADER_ROOM_PX
