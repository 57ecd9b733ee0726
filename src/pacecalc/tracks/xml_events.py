"""Reads XML of strangers as events: no entities, no document type, nothing kept in memory but what the caller keeps."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from pacecalc.errors import TrackError

_CHUNK_BYTES = 1 << 20


class Listener(Protocol):
    """What a format does with the events of its file."""

    def open_element(self, name: str, attributes: dict[str, str]) -> None: ...

    def close_element(self, name: str, text: str) -> None: ...


def parse_xml(path: Path, listener: Listener) -> None:
    """Send every element of a file to a listener; names come without their prefix.

    Raises
    ------
    TrackError
        When the file is no well-formed XML, declares a document type (the door of entity bombs), or holds a value the
        listener cannot read; the message names the line.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65536
    text: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        listener.open_element(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        listener.close_element(name.rpartition(":")[2], "".join(text))
        text.clear()

    def refuse(*_: object) -> None:
        raise TrackError(
            "the file declares a document type; tracks need none and such files can be bombs: remove <!DOCTYPE>"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise TrackError(f"line {error.lineno}: {_explain(error)}") from None
    except ValueError as error:
        raise TrackError(f"line {parser.CurrentLineNumber}: {_spell_value_error(error)}") from None
    finally:
        with contextlib.suppress(AttributeError):
            # the closures above refer to the parser and back
            parser.StartElementHandler = parser.EndElementHandler = None


def _explain(error: expat.ExpatError) -> str:
    reason = expat.ErrorString(error.code) or "not well-formed"
    if reason == "no element found" or "unclosed" in reason:
        return "the file ends in the middle; it was cut off, export or download it again"
    if "invalid token" in reason:
        return "not well-formed XML (a byte that is not UTF-8?); save the file as UTF-8 or export it again"
    return f"not well-formed XML ({reason}); export the file again"


def _spell_value_error(error: ValueError) -> str:
    if isinstance(error, TrackError):
        return str(error)
    found = str(error).rpartition(":")[2].strip() or "''"
    return f"found {found[:60]}; expected a number"
