"""YAML as a tree of texts with positions: nothing is typed, nothing is shared, nothing can explode.

Scalars stay text because YAML 1.1 reads ``12:30`` as 750 and ``NO`` as false. The tree is built from the parser's
events, so that aliases, tags and deep nesting are refused before they cost time or memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from pacecalc.errors import DocumentError, Problem

MAXIMUM_DEPTH = 12
"""Lists and mappings inside each other; our deepest document uses 5."""
MAXIMUM_NODES = 60_000
"""A long profile has about 1,000."""
EMPTY_TEXTS = frozenset({"", "~", "null"})
"""Unquoted texts that mean: not given."""


@dataclass(slots=True, eq=False)
class Scalar:
    """One text; ``literal`` when written with ``|``, so that its lines stand in the file as they are."""

    text: str
    line: int
    column: int
    literal: bool = False
    empty: bool = False


@dataclass(slots=True, eq=False)
class Sequence:
    items: list[Node]
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Mapping:
    entries: dict[str, Node]
    keys: dict[str, Scalar]
    """Where each key stands."""
    line: int
    column: int


Node = Scalar | Sequence | Mapping
Place = tuple[str | int, ...]
"""Keys and list indices from the root to a value."""


def grow_tree(text: str, *, file: str = "") -> Node | None:
    """Parse YAML text into a tree; None when there is nothing in it.

    Raises
    ------
    DocumentError
        With every duplicate key, or with the first thing that stops the parser.
    """
    gardener = _Gardener(file)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            gardener.take(event)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([_syntax_problem(error, text, file)]) from None
    except yaml.reader.ReaderError as error:
        raise DocumentError([_character_problem(error, text, file)]) from None
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise DocumentError(
            [Problem(f"the character U+{ord(character):04X} is half a letter; remove it", file=file)]
        ) from None
    except yaml.YAMLError as error:
        raise DocumentError([Problem(f"this is not YAML: {error}", file=file)]) from None
    if gardener.problems:
        raise DocumentError(gardener.problems)
    return gardener.root


def plain(node: Node | None) -> Any:
    """The tree as dicts, lists and texts; keys without a value are left out."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {
            key: plain(value) for key, value in node.entries.items() if not (isinstance(value, Scalar) and value.empty)
        }
    return None


def find_node(root: Node | None, place: Place) -> Node | None:
    """The node at a place, or the nearest one above it."""
    node = root
    for step in place:
        below: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            below = node.entries.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            return node
        node = below
    return node


class _Gardener:
    """Grows the tree event by event, with its own stack instead of recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Sequence | Mapping] = []
        self._waiting_keys: list[Scalar | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open_collection(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._waiting_keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"'*{shorten(str(event.anchor))}' points to another value; write the value out here")
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "a second document starts here with '---'; write one document in one file")

    def _refuse(self, event: Any, message: str) -> NoReturn:
        mark = event.start_mark
        raise DocumentError(
            [*self.problems, Problem(message, file=self.file, line=mark.line + 1, column=mark.column + 1)]
        )

    def _check(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAXIMUM_NODES:
            self._refuse(event, f"more than {MAXIMUM_NODES:,} values; no document of ours is that large")
        if event.anchor is not None:
            self._refuse(
                event, f"'&{shorten(event.anchor)}' names a value for reuse, which is not supported; remove it"
            )
        if event.tag is not None and event.tag != "!":
            self._refuse(event, f"the tag '{shorten(event.tag)}' is not supported; remove it and write plain text")

    def _take_scalar(self, event: Any) -> None:
        self._check(event)
        mark = event.start_mark
        text: str = event.value
        literal = event.style == "|"
        # C parser reports no style for plain scalars as '' and the Python one as None
        empty = not event.style and text in EMPTY_TEXTS
        self._place(event, Scalar(text, mark.line + 1, mark.column + 1, literal, empty))

    def _open_collection(self, event: Any) -> None:
        self._check(event)
        mark = event.start_mark
        if len(self._open) >= MAXIMUM_DEPTH:
            self._refuse(event, f"lists and mappings are nested more than {MAXIMUM_DEPTH} deep")
        node: Sequence | Mapping
        if isinstance(event, yaml.SequenceStartEvent):
            node = Sequence([], mark.line + 1, mark.column + 1)
        else:
            node = Mapping({}, {}, mark.line + 1, mark.column + 1)
        self._place(event, node)
        self._open.append(node)
        self._waiting_keys.append(None)

    def _place(self, event: Any, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._waiting_keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                self._refuse(event, "a list or mapping stands where a key is expected; write 'key: value'")
            self._waiting_keys[-1] = node
            return
        self._waiting_keys[-1] = None
        first = parent.keys.get(key.text)
        if first is not None:
            message = f"the key '{shorten(key.text)}' is given twice, first in line {first.line}; keep one"
            self.problems.append(Problem(message, file=self.file, line=key.line, column=key.column))
            return
        parent.keys[key.text] = key
        parent.entries[key.text] = node


def shorten(text: str, limit: int = 60) -> str:
    """Text fit for one line of a message: one line, printable, not too long."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def spell_place(place: Place) -> str:
    """A place as people write it: ``waypoints[3].cutoff.elapsed``."""
    spelt = ""
    for step in place:
        if isinstance(step, int):
            spelt += f"[{step}]"
        else:
            spelt += f".{shorten(step)}" if spelt else shorten(step)
    return spelt


_SYNTAX_HINTS: tuple[tuple[str, str], ...] = (
    ("tab character", "a tab is used to indent; use spaces"),
    ("cannot start any token", "a text must not start with this character; put it in quotes"),
    ("expected ',' or ']'", "a list that starts with '[' is not closed; add ']' or a missing ','"),
    ("expected ',' or '}'", "a mapping that starts with '{' is not closed; add '}' or a missing ','"),
    (
        "mapping values are not allowed",
        "a second ': ' stands in one line, or the indentation is off; put a text that holds ': ' in quotes",
    ),
    ("unexpected end of stream", "a quoted text is not closed; add the closing quote"),
    ("unexpected document indicator", "a quoted text is not closed; add the closing quote"),
    ("unknown escape character", "an unknown escape stands after '\\'; use single quotes to keep the backslash"),
    (
        "expected '-' indicator",
        "this line does not belong to the list above it; start it with '- ' or fix the indentation",
    ),
    ("expected key", "'key: value' is expected here; check the indentation, and put quotes around the whole of a text"),
    ("expected ':'", "a key without ':' stands here; write 'key: value'"),
    ("node content", "a value is missing here"),
    ("incompatible YAML document", "this YAML version is not supported; remove the line"),
)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    column = mark.column + 1 if mark else None
    said = error.problem or error.context or "not understood"
    message = next((hint for sign, hint in _SYNTAX_HINTS if sign in said), said)
    if line is not None and "tab is used" not in message and _indented_by_tab(text, line):
        message = "a tab is used to indent; use spaces"
    context = error.context_mark
    if context is not None and line is not None and context.line + 1 != line and "not closed" in message:
        message += f" (it starts in line {context.line + 1})"
    return Problem(f"not valid YAML: {message}", file=file, line=line, column=column)


def _indented_by_tab(text: str, line: int) -> bool:
    lines = text.splitlines()
    return line <= len(lines) and re.match(r" *\t", lines[line - 1]) is not None


def _character_problem(error: Any, text: str, file: str) -> Problem:
    found = next(_unfit_characters(text), None)
    if found is None:
        return Problem(f"not valid YAML: {shorten(str(error))}", file=file)
    line, column, character = found
    message = f"the control character U+{ord(character):04X} stands here; remove it"
    return Problem(f"not valid YAML: {message}", file=file, line=line, column=column)


def _unfit_characters(text: str) -> Iterator[tuple[int, int, str]]:
    unfit = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
    for number, line in enumerate(text.split("\n"), 1):
        match = unfit.search(line)
        if match:
            yield number, match.start() + 1, match.group()
