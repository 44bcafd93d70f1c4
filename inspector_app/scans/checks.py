"""Django's system check results, read from what ``manage.py check`` printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_LEVELS = {
    "CRITICALS:": "critical",
    "ERRORS:": "error",
    "WARNINGS:": "warning",
    "INFOS:": "info",
    "DEBUGS:": "debug",
}
_ENTRY = re.compile(r"(?P<obj>\S.*?): \((?P<id>[\w.]+\.[CEWID]\d+\w*)\) (?P<msg>.*)\Z")
# Without an id only what cannot be a further line of a message starts a result.
_NO_ID = re.compile(r"(?P<obj>\?|\w+(?:\.\w+)+|<class '[^']+'>): (?P<msg>.*)\Z")
_HINT = "\tHINT: "
_END = re.compile(
    r"System check identified (?:no issues|(?P<count>\d+) issues?) \((?P<silenced>\d+) silenced\)\."
)


@dataclass
class Checks:
    """The results in printed order, and how many the project's settings silence."""

    results: list[dict[str, Any]] = field(default_factory=list)
    silenced: int = 0


def parse_checks(text: str) -> Checks | None:
    """The results in ``text``, or None when it is no complete output of ``check``.

    What the project itself prints before or after is passed over.
    """
    checks = Checks()
    level = ""
    part = ""
    for line in text.splitlines():
        end = _END.match(line)
        if end:
            checks.silenced = int(end["silenced"])
            return checks
        if line in _LEVELS:
            level = _LEVELS[line]
            continue
        if not level or not line.strip():
            continue
        entry = _ENTRY.match(line) or _NO_ID.match(line)
        if entry:
            checks.results.append(_result(level, entry))
            part = "msg"
        elif checks.results and line.startswith(_HINT):
            checks.results[-1]["hint"] = line.removeprefix(_HINT)
            part = "hint"
        elif checks.results:
            checks.results[-1][part] += "\n" + line.strip()
    return None


def _result(level: str, entry: re.Match[str]) -> dict[str, Any]:
    obj = entry["obj"]
    return {
        "id": entry.groupdict().get("id") or "",
        "level": level,
        "msg": entry["msg"],
        "hint": "",
        "obj": None if obj == "?" else obj,
    }
