"""A value as the cell of a CSV file, which no spreadsheet takes for a formula.

A spreadsheet computes a cell whose text begins with one of a few signs, and names and texts of an
inspected project are not ours. Before such a sign stands an apostrophe then, which spreadsheets
read as "this is text" (OWASP, CSV Injection). Where the decimal sign is a comma, they split at
semicolons and read quotes differently, so that a cell can begin within ours: the same holds behind
a semicolon, a tab and a line's end. Numbers are written as numbers, and stay so.
"""

from __future__ import annotations

import json
import re
from typing import Any

# Also the wide forms, which some spreadsheets take for the same.
_SIGNS = "=+\\-@＝＋－＠"  # noqa: RUF001 -- the wide forms are meant
_FORMULA = re.compile(rf"(^|[;\t\r\n])([\s\"']{{0,8}})(?=[{_SIGNS}])")


def cell(value: Any) -> str | int | float:
    """``value`` of a report; empty for what is not known, and lists as words with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    return harmless(_text(value))


def harmless(text: str) -> str:
    return _FORMULA.sub(r"\1'\2", text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
