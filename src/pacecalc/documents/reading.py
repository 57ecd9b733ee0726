"""Read what people write: YAML files into models, with every problem at once as ``file:line:column: path: message``."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TypeVar

from pacecalc.documents.base import Document
from pacecalc.documents.messages import find_problems
from pacecalc.documents.tree import Mapping, Node, Scalar, Sequence, grow_tree, plain
from pacecalc.errors import DocumentError, Problem

MAXIMUM_BYTES = 2_000_000
"""The longest bundled profile has 25,000 bytes."""

D = TypeVar("D", bound=Document)


def read_yaml(path_or_text: Path | str, *, file: str | None = None) -> Node | None:
    """Read YAML from a file (a ``Path``) or from text (a ``str``) as a tree of texts with positions.

    Raises
    ------
    DocumentError
        When the file cannot be read, is not UTF-8 text, is too large, or is not the plain YAML we take.
    """
    if isinstance(path_or_text, Path):
        name = str(path_or_text) if file is None else file
        return grow_tree(read_text(path_or_text, file=name), file=name)
    name = file or "text"
    if len(path_or_text) > MAXIMUM_BYTES:
        raise DocumentError([_too_large(name)])
    return grow_tree(path_or_text, file=name)


def load_document(model: type[D], path: Path | str, *, file: str | None = None) -> D:
    """Read a file as a document.

    Parameters
    ----------
    model : type
        The kind of document, for instance ``CourseProfile``.
    path : Path or str
        Where the file lies.
    file : str, optional
        The name messages give the file; the path when left out.

    Raises
    ------
    DocumentError
        With all problems, sorted by line.
    """
    path = Path(path)
    name = str(path) if file is None else file
    return _build_document(model, read_yaml(path, file=name), name).placed_in(path.parent)


def parse_document(model: type[D], text: str, *, file: str = "text") -> D:
    """Read text as a document; like ``load_document``."""
    return _build_document(model, read_yaml(text, file=file), file)


def _build_document(model: type[D], root: Node | None, file: str) -> D:
    kind = model.kind
    if root is None or (isinstance(root, Scalar) and root.empty):
        if model.may_be_empty:
            return model()
        raise DocumentError([Problem(f"the file is empty; {kind} is expected", file=file)])
    if not isinstance(root, Mapping):
        found = "a list" if isinstance(root, Sequence) else "a single text"
        message = f"{kind} is expected, written as 'key: value' lines; found {found}"
        raise DocumentError([Problem(message, file=file, line=root.line, column=root.column)])
    document, problems = find_problems(model, plain(root), root, file)
    if document is None:
        raise DocumentError(problems)
    return document


def read_text(path: Path, *, file: str | None = None) -> str:
    """The text of a file of UTF-8, at most 2 MB; a byte-order mark is dropped."""
    name = str(path) if file is None else file
    data = _read_bytes(path, name)
    if len(data) > MAXIMUM_BYTES:
        raise DocumentError([_too_large(name)])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError([Problem("this file is UTF-16; save it as UTF-8", file=name)])
    if b"\x00" in data:
        raise DocumentError([Problem("this is a binary file, not YAML text", file=name)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError([_not_utf8(data, error, name)]) from None


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        # a device such as /dev/zero or a directory must not be opened as a document, a pipe may
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise DocumentError([Problem("this is a folder; name a YAML file in it", file=name)])
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise DocumentError([Problem("this is not a file that can be read as YAML", file=name)])
        with open(path, "rb") as stream:
            return stream.read(MAXIMUM_BYTES + 1)
    except DocumentError:
        raise
    except FileNotFoundError:
        raise DocumentError([Problem("there is no such file", file=name)]) from None
    except PermissionError:
        raise DocumentError([Problem("this file may not be read; check its permissions", file=name)]) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DocumentError([Problem(f"this file cannot be read: {reason.lower()}", file=name)]) from None


def _too_large(name: str) -> Problem:
    return Problem(
        f"larger than {MAXIMUM_BYTES / 1e6:.0f} MB; thin the elevation points (one every 50 m is enough)", file=name
    )


def _not_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> Problem:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = error.start - (before.rfind(b"\n") + 1) + 1
    unfit = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if unfit > 8:
        return Problem("this is a binary file, not YAML text", file=name)
    message = f"the byte 0x{data[error.start]:02x} is not UTF-8 (an accent in Latin-1?); save the file as UTF-8"
    return Problem(message, file=name, line=line, column=column)
