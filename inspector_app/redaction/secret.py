"""A value that must not be shown, in every spelling in which it may be printed."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from .shapes import LEAST_OF_LETTERS, looks_secret


@dataclass(frozen=True)
class Secret:
    """``value`` under the ``name`` it was found by. Kept in memory only."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"Secret({self.name!r})"

    @property
    def searched(self) -> bool:
        """Whether it is replaced wherever it stands, not only beside a name of a secret."""
        return looks_secret(self.value)

    def spellings(self) -> set[bytes]:
        """Its bytes as they are printed: plain, in a repr, in JSON, in HTML, in an address.

        A value of several lines is looked for line by line, because that is how output comes.
        """
        lines = [line.strip() for line in self.value.splitlines()]
        whole = [] if len(lines) > 1 else [self.value]
        parts = [line for line in lines if len(line) >= LEAST_OF_LETTERS and "-----" not in line]
        spelled = {
            spelling
            for value in (*whole, *parts)
            for spelling in (value, html.escape(value), *_in_an_address(value))
        }
        for value in {self.value, *whole}:
            spelled |= {repr(value)[1:-1], value.replace("\\", "\\\\").replace("'", "\\'")}
            spelled |= {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
        return {spelling.encode("utf-8", "surrogatepass") for spelling in spelled if spelling}


def _in_an_address(value: str) -> tuple[str, str]:
    return quote(value, safe="", errors="replace"), quote_plus(value, errors="replace")
