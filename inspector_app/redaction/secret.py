"""A value that must not be shown, in every spelling in which it may be printed."""

from __future__ import annotations

import html
import json
import re
import shlex
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from .shapes import LEAST_OF_LETTERS, looks_secret

_ESCAPE = re.compile("%[0-9A-F]{2}")


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
        """Its bytes as they are printed: plain, in a repr, in JSON, HTML, an address, a shell.

        A repr or JSON may stand in JSON or in a repr again, as in a log of JSON lines. A value of
        several lines is looked for line by line, because that is how output comes.
        """
        lines = [line.strip() for line in self.value.splitlines()]
        whole = [] if len(lines) > 1 else [self.value]
        parts = [line for line in lines if len(line) >= LEAST_OF_LETTERS and "-----" not in line]
        spelled = {
            spelling
            for value in (*whole, *parts)
            for spelling in (value, html.escape(value), *_in_an_address(value))
        }
        spelled |= {self.value, *_in_an_address(self.value)}
        quoted = _quoted(self.value)
        spelled |= quoted.union(*map(_quoted, quoted))
        return {spelling.encode("utf-8", "surrogatepass") for spelling in spelled if spelling}


def _in_an_address(value: str) -> set[str]:
    """Escapes are written in capital letters or in small ones."""
    found = {
        quote(value, safe="", errors="replace"),
        quote(value, errors="replace"),
        quote_plus(value, errors="replace"),
    }
    return found | {_ESCAPE.sub(lambda match: match[0].lower(), one) for one in found}


def _quoted(value: str) -> set[str]:
    """Without the quotes around it."""
    found = {repr(value), ascii(value), json.dumps(value), json.dumps(value, ensure_ascii=False)}
    return {
        *(one[1:-1] for one in found),
        repr(value.encode("utf-8", "surrogatepass"))[2:-1],
        value.replace("\\", "\\\\").replace("'", "\\'"),
        shlex.quote(value).strip("'"),
    }
