"""Names and queries as words: ``billing.InvoiceLine.unit_price`` is found by each of its parts."""

from __future__ import annotations

import re

TERMS = 8
TERM_LENGTH = 64

_PIECE = re.compile(r"\w+")
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")


def parts(piece: str) -> list[str]:
    """The parts of one camelCase or snake_case name, in lower case."""
    return [part.lower() for part in _HUMP.split(piece) if part]


def joined(text: str) -> str:
    """The letters and digits alone, in lower case: ``InvoiceLine`` and ``invoice_line`` are one."""
    return "".join(_PIECE.findall(text)).replace("_", "").lower()


def index_words(text: str, known: dict[str, list[str]] | None = None) -> str:
    """What the index holds of ``text``: every part of every name, and each name as one word.

    ``known`` is kept by a caller with many texts, in which the same names come again and again.
    """
    known = {} if known is None else known
    found: dict[str, None] = {}
    for piece in _PIECE.findall(text):
        if piece not in known:
            split = parts(piece)
            known[piece] = [*split, "".join(split)] if len(split) > 1 else split
        for word in known[piece]:
            found[word] = None
    return " ".join(found)


def match(query: str) -> str:
    """``query`` as an FTS5 expression: every word the beginning of one that is there; or empty.

    Only letters and digits get through, each word in quotes, so no query is an expression of its
    own.
    """
    terms = []
    for piece in _PIECE.findall(query)[:TERMS]:
        split = parts(piece[:TERM_LENGTH])
        if not split:
            continue
        together = " AND ".join(f'"{part}"*' for part in split)
        whole = "".join(split)
        terms.append(f'(({together}) OR "{whole}"*)' if len(split) > 1 else f"({together})")
    return " AND ".join(terms)
