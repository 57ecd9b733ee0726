"""Text on a terminal: lines and tables, with or without colour, in Unicode or ASCII."""

from __future__ import annotations

import io
import textwrap
import unicodedata

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from pacecalc.render.tables import Column, Row, Table

STYLES = {"plain": "", "quiet": "dim", "good": "green", "tight": "yellow", "bad": "bold red", "strong": "bold"}
GAPS = (2, 1)
INDENT, NOTE_INDENT = 1, 4
LEAST_FOLDED = 14
"""A text column is not folded narrower than this while others can go."""
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
            self._console.print(Text(table.title, style="bold underline" if self.color else ""))
        for line in lay_out(table, self.width - 1):
            self._console.print(line, soft_wrap=True)

    def text(self) -> str:
        """All of it, without blanks at line ends."""
        whole = "\n".join(line.rstrip() for line in self._buffer.getvalue().splitlines()) + "\n"
        return to_ascii(whole) if self.plain else whole


def lay_out(table: Table, width: int) -> list[Text]:
    """Lines of a table no wider than ``width``: text folds, then gaps close, then the least important columns go."""
    kept = list(range(len(table.columns)))
    while True:
        for gap in GAPS:
            widths = _share_width(table, kept, width - INDENT - gap * (len(kept) - 1))
            if widths is not None:
                return _lay_rows(table, kept, widths, gap, width)
        kept.remove(max(kept, key=lambda i: (table.columns[i].optional, i)))


def _lay_rows(table: Table, kept: list[int], widths: list[int], gap: int, width: int) -> list[Text]:
    columns = [table.columns[i] for i in kept]
    lines = _fold([c.heading for c in columns], ["quiet"] * len(kept), columns, widths, gap)
    for row in table.rows:
        cells = [row.cells[i] for i in kept]
        lines += _fold([cell.text for cell in cells], [cell.tone for cell in cells], columns, widths, gap)
        lines += _note_lines(row, width)
    return lines


def _share_width(table: Table, kept: list[int], room: int) -> list[int] | None:
    """Width of each kept column, None when they do not fit even folded and one could go."""
    natural, least = [], []
    for i in kept:
        column = table.columns[i]
        texts = [column.heading, *(row.cells[i].text for row in table.rows)]
        natural.append(max(cell_len(text) for text in texts))
        words = max((cell_len(word) for text in texts for word in text.split()), default=1)
        least.append(min(natural[-1], max(words, LEAST_FOLDED)) if column.wrap else natural[-1])
    if sum(least) > room and any(table.columns[i].optional for i in kept):
        return None
    widths = list(least)
    for _ in range(room - sum(least)):
        wanting = [k for k in range(len(kept)) if widths[k] < natural[k]]
        if not wanting:
            break
        widths[min(wanting, key=lambda k: widths[k])] += 1
    return widths


def _fold(texts: list[str], tones: list[str], columns: list[Column], widths: list[int], gap: int) -> list[Text]:
    folded = [_wrap(text, size) for text, size in zip(texts, widths, strict=True)]
    lines = []
    for at in range(max(len(parts) for parts in folded)):
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
    for word in text.split():
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
