"""Finding text in a whole log: every line that holds it, however long the log is."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .log import STREAMS, RunLog
from .log_blocks import Block, blocks

# Searches that are remembered; one with a million matches takes 4 MB.
REMEMBERED = 4


@dataclass(frozen=True)
class Query:
    """Literal ``text``, in displayed lines; ``stream`` is a name of STREAMS, or "" for all."""

    text: str
    case: bool = False
    stream: str = ""


@dataclass(frozen=True)
class Place:
    """One match: the ``n``-th of ``total``, on ``line``; both 0 when there is none."""

    total: int
    n: int = 0
    line: int = 0


class Matches:
    """The lines of one log that hold what was asked for. A log that grew is only read further."""

    def __init__(self, folder: Path, query: Query) -> None:
        self._folder = folder
        self._query = query
        self._lines = array("I")
        self._read_to = 1
        self._size = -1
        self._lock = threading.Lock()

    def lines(self) -> Sequence[int]:
        """The numbers of all lines that match now, in order."""
        with self._lock:
            self._read_on()
            return self._lines

    def place(self, line: int, to: str) -> Place:
        """The match after (``next``) or before (``previous``) ``line``, or from it on (``here``).

        Behind the last one comes the first, and the other way round.
        """
        lines = self.lines()
        total = len(lines)
        if not total:
            return Place(0)
        if to == "previous":
            at = (bisect_left(lines, line) - 1) % total
        elif to == "next":
            at = bisect_right(lines, line) % total
        else:
            at = bisect_left(lines, line) % total
        return Place(total, at + 1, lines[at])

    def ranges(self, context: int, limit: int) -> tuple[list[tuple[int, int]], bool]:
        """Matching lines with ``context`` lines around them, merged; False: there are more."""
        found: list[tuple[int, int]] = []
        for line in self.lines():
            first, last = max(line - context, 1), line + context
            if found and first <= found[-1][1] + 1:
                found[-1] = (found[-1][0], last)
            elif len(found) == limit:
                return found, False
            else:
                found.append((first, last))
        return found, True

    def _read_on(self) -> None:
        log = RunLog(self._folder)
        size, total = log.size(), log.total()
        if size == self._size:
            return
        # The last line that was read may have been unfinished.
        known = bisect_left(self._lines, self._read_to)
        lines = self._lines[:known]
        for line in _matching(blocks(self._folder, self._read_to), self._query):
            if not lines or lines[-1] != line:
                lines.append(line)
        self._lines, self._read_to, self._size = lines, max(total, 1), size


@lru_cache(maxsize=REMEMBERED)
def matches(folder: Path, query: Query) -> Matches:
    """The search of ``query`` in the log in ``folder``."""
    return Matches(folder, query)


def _matching(found: Iterator[Block], query: Query) -> Iterator[int]:
    wanted = STREAMS.index(query.stream) if query.stream else None
    needle = query.text.encode("utf-8", "surrogatepass")
    # Letters beyond ASCII have cases that only text knows.
    as_text = not query.case and not needle.isascii()
    folded = query.text.casefold()
    needle = needle if query.case else needle.lower()
    end_before = b""
    for block in found:
        if wanted is not None and block.stream != wanted:
            continue
        data = block.visible()
        if block.continues:
            data = end_before + data
        end_before = data[len(data) - len(needle) + 1 :] if len(needle) > 1 else b""
        if as_text:
            text = data.decode("utf-8", "replace").casefold()
            if folded in text:
                lines = text.removesuffix("\n").split("\n")
                yield from (n for n, line in enumerate(lines, block.line) if folded in line)
            continue
        data = data if query.case else data.lower()
        if needle in data:
            rows = data.removesuffix(b"\n").split(b"\n")
            yield from [n for n, row in enumerate(rows, block.line) if needle in row]
