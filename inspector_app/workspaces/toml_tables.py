"""TOML files of projects, whatever is in them, and the lines on which something stands."""

from __future__ import annotations

import re
import tomllib


def toml(text: str) -> object:
    """The tables of ``text``; None where it is no TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def dig(table: object, *keys: str) -> object:
    """What is at ``keys``, one table within the other; None where there is nothing."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def line_of(text: str, mention: str) -> int:
    """The first line that begins with ``mention``, or else holds it in quotes; else 1."""
    name = re.escape(mention)
    lines = text.splitlines()
    for pattern in (rf"""\s*["']?{name}(?![\w-])""", rf""".*["']{name}(?![\w-])"""):
        found = re.compile(pattern, re.IGNORECASE)
        for number, line in enumerate(lines, start=1):
            if found.match(line):
                return number
    return 1
