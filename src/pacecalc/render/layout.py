"""Text on a terminal: lines and tables, with or without colour, in Unicode or ASCII."""

from __future__ import annotations

import io
import textwrap
import unicodedata

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from pacecalc.render.plain_text import mute_controls
from pacecalc.render.tables import Column, Row, Table

STYLES = {"plain": "", "quiet": "dim", "good": "green", "tight": "yellow", "bad": "bold red", "strong": "bold"}
GAPS = (2, 1)
INDENT, NOTE_INDENT = 1, 4
LEAST_FOLDED, LEAST_CUT, LONGEST_WORD = 14, 8, 24
"""A text column is not folded narrower than the first while others can go, and never narrower than the second; a word
longer than the third is cut rather than that others go."""
PLAIN_TEXT = str.maketrans({"°": "", "±": "+-", "–": "-", "×": "x", "·": ".", "’": "'", "²": "2"})


class Canvas:
    """Collects lines and tables of one printout, ``width`` columns wide."""

    def __init__(self, *, width: int, color: bool, plain: bool) -> None:
        self.width, self.color, self.plain = width, color, plain
        self._buffer = io.StringIO()
        self._console = Console(
            file=self._buffer,
            width=width,
            force_terminal=color,
            color_system="standard" if color else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
            no_color=not color,
        )

    def say(self, line: str, style: str = "", *, wrap: bool = True) -> None:
        """One line, folded with a hanging indent when it is too long."""
        line = mute_controls(line)
        folded = textwrap.fill(line, width=self.width - 1, subsequent_indent="  ") if wrap else line
        self._console.print(Text(folded, style=style), soft_wrap=not wrap)

    def skip(self) -> None:
        self._console.print()

    def table(self, table: Table) -> None:
        """A titled table with a heading line and no boxes; nothing when it is empty."""
        if not table.rows or not table.columns:
            return
        self.skip()
        if table.title:
            self._console.print(Text(mute_controls(table.title), style="bold underline" if self.color else ""))
        for line in lay_out(table, self.width - 1):
            self._console.print(line, soft_wrap=True)

    def text(self) -> str:
        """All of it, without blanks at line ends."""
        whole = "\n".join(line.rstrip() for line in self._buffer.getvalue().splitlines()) + "\n"
        return to_ascii(whole) if self.plain else whole


def lay_out(table: Table, width: int) -> list[Text]:
    """Lines no wider than ``width``: text folds, gaps close, the least important columns go, long words are cut."""
    kept = list(range(len(table.columns)))
    while True:
        last_way_out = not any(table.columns[i].optional for i in kept)
        for gap in GAPS:
            room = width - INDENT - gap * (len(kept) - 1)
            widths = _share_width(table, kept, room, cut=last_way_out and gap == GAPS[-1])
            if widths is not None:
                return _lay_rows(table, kept, widths, gap, width)
        kept.remove(max(kept, key=lambda i: (table.columns[i].optional, i)))


def _lay_rows(table: Table, kept: list[int], widths: list[int], gap: int, width: int) -> list[Text]:
    columns = [table.columns[i] for i in kept]
    lines = _fold([c.heading for c in columns], ["quiet"] * len(kept), columns, widths, gap, sink=True)
    for row in table.rows:
        cells = [row.cells[i] for i in kept]
        lines += _fold([cell.text for cell in cells], [cell.tone for cell in cells], columns, widths, gap)
        lines += _note_lines(row, width)
    return lines


def _share_width(table: Table, kept: list[int], room: int, *, cut: bool) -> list[int] | None:
    """Width of each kept column; None when they do not fit even folded, unless long words may be ``cut``."""
    columns = [table.columns[i] for i in kept]
    least, folded, full = [], [], []
    for i, column in zip(kept, columns, strict=True):
        texts = [column.heading, *(row.cells[i].text for row in table.rows)]
        full.append(max(cell_len(text) for text in texts))
        words = max((cell_len(word) for text in texts for word in text.split()), default=1)
        heading = max((cell_len(word) for word in column.heading.split()), default=0)
        cells = max((cell_len(text) for text in texts[1:]), default=0)
        folded.append(full[-1] if column.wrap else max(heading, cells))
        least.append(min(full[-1], max(min(words, LONGEST_WORD), LEAST_FOLDED)) if column.wrap else folded[-1])
    if sum(least) > room:
        return _cut_words(least, columns, room) if cut else None
    # Text that folds takes a line a row, a folded heading one line of the whole table.
    return _widen(_widen(least, folded, room), full, room)


def _widen(widths: list[int], wanted: list[int], room: int) -> list[int]:
    """Give what room is left to the narrowest column that wants more, again and again."""
    widths = list(widths)
    for _ in range(room - sum(widths)):
        wanting = [k for k in range(len(widths)) if widths[k] < wanted[k]]
        if not wanting:
            break
        widths[min(wanting, key=lambda k: widths[k])] += 1
    return widths


def _cut_words(least: list[int], columns: list[Column], room: int) -> list[int]:
    """The widest text column gives way, a character at a time: words are cut rather than lines broken."""
    widths = list(least)
    while sum(widths) > room:
        wide = [k for k, column in enumerate(columns) if column.wrap and widths[k] > LEAST_CUT]
        if not wide:
            break
        widths[max(wide, key=lambda k: widths[k])] -= 1
    return widths


def _fold(
    texts: list[str], tones: list[str], columns: list[Column], widths: list[int], gap: int, *, sink: bool = False
) -> list[Text]:
    """Lines of one row; ``sink`` stands short cells on the last of them, as headings do."""
    folded = [_wrap(text, size) for text, size in zip(texts, widths, strict=True)]
    height = max(len(parts) for parts in folded)
    if sink:
        folded = [[""] * (height - len(parts)) + parts for parts in folded]
    lines = []
    for at in range(height):
        line = Text(" " * INDENT)
        for k, parts in enumerate(folded):
            line.append(" " * (gap if k else 0))
            part = parts[at] if at < len(parts) else ""
            line.append(_align(part, columns[k], widths[k]), style=STYLES[tones[k]])
        line.rstrip()
        lines.append(line)
    return lines


def _wrap(text: str, width: int) -> list[str]:
    """Fold at blanks so that no line is wider than ``width`` on screen; words that are too long are cut."""
    lines: list[str] = []
    for word in mute_controls(text).split():
        while cell_len(word) > width:
            head = set_cell_size(word, width).rstrip()
            lines.append(head)
            word = word[len(head) :]
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        elif word:
            lines.append(word)
    return lines or [""]


def _align(text: str, column: Column, width: int) -> str:
    blank = " " * max(0, width - cell_len(text))
    return blank + text if column.align == "right" else text + blank


def _note_lines(row: Row, width: int) -> list[Text]:
    indent = " " * NOTE_INDENT
    return [
        Text(indent + line, style="dim" if row.note_is_quiet else "")
        for line in (_wrap(row.note, width - NOTE_INDENT) if row.note else [])
    ]


def to_ascii(text: str) -> str:
    """The same text in ASCII; letters a terminal may not have lose their accents, others become a question mark."""
    bare = unicodedata.normalize("NFKD", text.translate(PLAIN_TEXT))
    return "".join(c if c < "\x80" else "" if unicodedata.combining(c) else "?" for c in bare)
