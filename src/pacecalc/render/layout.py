"""Text on a terminal: lines and tables, with or without colour, in Unicode or ASCII."""

from __future__ import annotations

import io
import textwrap
import unicodedata

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pacecalc.render.tables import Table

STYLES = {"plain": "", "quiet": "dim", "good": "green", "tight": "yellow", "bad": "bold red", "strong": "bold"}
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
        grid = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
        for column in table.columns:
            grid.add_column(column.heading, justify=column.align, no_wrap=not column.wrap, overflow="fold")
        for row in table.rows:
            grid.add_row(*(Text(cell.text, style=STYLES[cell.tone]) for cell in row))
        self._console.print(Padding(grid, (0, 0, 0, 1)))

    def text(self) -> str:
        """All of it, without blanks at line ends."""
        whole = "\n".join(line.rstrip() for line in self._buffer.getvalue().splitlines()) + "\n"
        return to_ascii(whole) if self.plain else whole


def to_ascii(text: str) -> str:
    """The same text in ASCII; letters a terminal may not have lose their accents, others become a question mark."""
    bare = unicodedata.normalize("NFKD", text.translate(PLAIN_TEXT))
    return "".join(c if c < "\x80" else "" if unicodedata.combining(c) else "?" for c in bare)
