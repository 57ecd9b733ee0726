"""User text made safe to print anywhere: no control characters, nothing that turns the line around."""

from __future__ import annotations

import re
import unicodedata

TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Bidirectional overrides and isolates: a name with one would mirror what is printed after it."""
UNPRINTABLE = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")
LONG_WORD = re.compile(r"\S{25,}")
ZERO_WIDTH_SPACE = "\u200b"


def clean_text(text: str) -> str:
    """The same text on one line; joiners inside emoji and scripts stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return " ".join(mute_controls(text).split())


def mute_controls(text: str) -> str:
    """The same text with its blanks as they are; a terminal obeys nothing in it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in UNPRINTABLE else c for c in text.translate(TURNING))


def clean_xml(text: str) -> str:
    """Text for XML 1.0, which has no way to write control characters, with its five signs escaped."""
    plain = clean_text(text)
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")):
        plain = plain.replace(sign, written)
    return plain


def break_long_words(text: str, every: int = 12) -> str:
    """Words no line can hold may break anywhere; others are left alone."""

    def split(match: re.Match[str]) -> str:
        word = match.group()
        return ZERO_WIDTH_SPACE.join(word[at : at + every] for at in range(0, len(word), every))

    return LONG_WORD.sub(split, text)


def to_ascii_letters(text: str, length: int) -> str:
    """Letters every device can show: accents dropped, what has no ASCII form left out, no longer than ``length``."""
    bare = unicodedata.normalize("NFKD", clean_text(text))
    return " ".join("".join(c for c in bare if " " <= c < "\x7f").split())[:length].strip()


def cut_utf8(text: str, length: int) -> str:
    """As much of a text as fits into so many bytes of UTF-8, no character torn."""
    return clean_text(text).encode()[:length].decode(errors="ignore").strip()


def shorten(text: str, length: int) -> str:
    """The start of a text, with an ellipsis where it was cut."""
    plain = clean_text(text)
    return plain if len(plain) <= length else f"{plain[: length - 1].rstrip()}…"
