"""Long strings that are printed as several literals, one below the other, as pprint does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .literals import literal
from .span import Open, Span

_NEXT = re.compile(rb"\r?\n[ \t]++(?=[bBrRuUfF]{0,2}['\"])")
_PERHAPS = re.compile(rb"\r?(?:\n[ \t]*+[bBrRuUfF]{0,2})?\Z")
_QUOTES = (b"'", b'"')


@dataclass(frozen=True)
class Chain:
    """The literals of one value. ``reaches_end``: a further one may be in the text to come."""

    parts: list[Span]
    open: list[Open]
    reaches_end: bool


def follow(text: bytes, first: Span) -> Chain:
    """``first``, the inside of a literal, and the literals below that go on with it."""
    parts = [first]
    while True:
        end = parts[-1].end
        if text[end : end + 1] not in _QUOTES:
            return Chain(parts, [], reaches_end=False)
        below = _NEXT.match(text, end + 1)
        part = literal(text, below.end()) if below else None
        if part is None:
            return Chain(parts, [], reaches_end=bool(_PERHAPS.match(text, end + 1)))
        if not part.closed and part.end == len(text):
            return Chain(parts, [Open(part.start, first.kind, part.until)], reaches_end=True)
        parts.append(Span(part.start, part.end, first.kind))
