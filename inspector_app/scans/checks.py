"""Django's system check results, read from what ``manage.py check`` printed."""

from __future__ import annotations

import re
from typing import Any

_LEVELS = {
    "CRITICALS": "critical",
    "ERRORS": "error",
    "WARNINGS": "warning",
    "INFOS": "info",
    "DEBUGS": "debug",
}
_ENTRY = re.compile(r"^(?P<obj>\S.*?): \((?P<id>[\w.]+\.[CEWID]\d+\w*)\) (?P<msg>.*)$")
_HINT = "\tHINT: "
_END = re.compile(r"^System check identified (?:no issues|\d+ issues?) \(\d+ silenced\)\.$")


def parse_checks(text: str) -> list[dict[str, Any]] | None:
    """The results in printed order, or None when the text is no complete check output."""
    results: list[dict[str, Any]] = []
    level = ""
    in_hint = False
    complete = False
    for line in text.splitlines():
        if _END.match(line):
            complete = True
            continue
        if line.rstrip(":") in _LEVELS and line.endswith(":"):
            level = _LEVELS[line[:-1]]
            continue
        entry = _ENTRY.match(line)
        if level and entry:
            obj = entry["obj"]
            results.append(
                {
                    "id": entry["id"],
                    "level": level,
                    "msg": entry["msg"],
                    "hint": "",
                    "obj": None if obj == "?" else obj,
                }
            )
            in_hint = False
        elif level and results and line.startswith(_HINT):
            results[-1]["hint"] = line.removeprefix(_HINT)
            in_hint = True
        elif level and results and line.strip():
            part = "hint" if in_hint else "msg"
            results[-1][part] += "\n" + line.strip()
    return results if complete else None
