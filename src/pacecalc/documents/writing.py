"""Write files whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pacecalc.errors import DocumentError, Problem, UsageError


def write_atomically(path: Path | str, data: str | bytes, *, force: bool = False) -> Path:
    """Write a file so that at no moment a half-written one stands at ``path``.

    The data goes to a new file in the same folder, reaches the disk, and only then takes the name. Text is written as
    UTF-8 with ``\\n``.

    Raises
    ------
    UsageError
        When the file exists and ``force`` is not given.
    DocumentError
        When it cannot be written: no such folder, no permission, disk full. What stood there before still does.
    """
    path = Path(path)
    if path.is_dir():
        raise UsageError(f"{path}: this is a folder; name a file in it")
    if not force and os.path.lexists(path):
        raise UsageError(_already_there(path))
    payload = _encode(data) if isinstance(data, str) else data
    # writing through a link must change what it points to, not replace the link
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        temporary = str(target.parent / f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        _copy_mode(target, temporary)
        _take_name(temporary, target, force)
    except FileExistsError:
        _remove(temporary)
        raise UsageError(_already_there(path)) from None
    except OSError as error:
        _remove(temporary)
        reason = (error.strerror or str(error)).lower()
        raise DocumentError([Problem(f"cannot be written: {reason}", file=str(path))]) from None
    except BaseException:
        _remove(temporary)
        raise
    return path


def _encode(text: str) -> bytes:
    """UTF-8; the name of a file that the system could not read as text goes back to the bytes it was."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("utf-8", "replace")
    return data


def _take_name(temporary: str, target: Path, force: bool) -> None:
    if force:
        os.replace(temporary, target)
        return
    try:
        # a link fails when somebody made the file meanwhile, a replace would overwrite it
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # file systems without hard links
        os.replace(temporary, target)
        return
    os.unlink(temporary)


def _copy_mode(target: Path, temporary: str) -> None:
    """A file that is replaced keeps its permissions."""
    with suppress(OSError):
        os.chmod(temporary, os.stat(target).st_mode & 0o777)


def _already_there(path: Path) -> str:
    return f"{path}: this file exists already; give --force to replace it, or another name"


def _remove(temporary: str) -> None:
    if temporary:
        with suppress(OSError):
            os.unlink(temporary)
