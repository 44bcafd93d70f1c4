"""Colours for a terminal that shows them, and the same text without for everything else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

# A line in a file or a log is for people as well; on a terminal it is as wide as there is room.
WIDTH = 100
_NARROWEST, _WIDEST = 40, 120

_CODES = {
    "heading": "1",
    "strong": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "33",
    "info": "36",
    "place": "4",
    "added": "32",
    "removed": "31",
    "changed": "33",
}


@dataclass(frozen=True)
class Style:
    """How wide lines may be, and whether they have colours."""

    width: int = WIDTH
    colours: bool = False

    def paint(self, text: str, tone: str) -> str:
        """``text``, which holds no control characters, in a tone."""
        return f"\x1b[{_CODES[tone]}m{text}\x1b[0m" if self.colours and text else text


PLAIN = Style()


def style_of(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Style:
    """What fits ``stream``: colours and the real width on a terminal only (no-color.org)."""
    if not stream.isatty():
        return PLAIN
    dumb = environment.get("TERM", "") in ("", "dumb")
    columns = shutil.get_terminal_size((WIDTH, 24)).columns
    width = max(_NARROWEST, min(columns, _WIDEST))
    return Style(width, colours=not dumb and not environment.get("NO_COLOR"))
