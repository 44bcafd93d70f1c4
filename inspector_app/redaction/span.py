"""Stretches of bytes that are to be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """Bytes ``start`` to ``end`` (excluded) are a secret of this ``kind``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Open:
    """From ``start`` on may be a secret of this ``kind``: the text ends before it does.

    ``until`` finds where it ends in what is to come; a match's first byte is no part of it.
    """

    start: int
    kind: str
    until: re.Pattern[bytes]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap as one of the kind of the first."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if result and span.start < result[-1].end:
            last = result[-1]
            result[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            result.append(span)
    return result
