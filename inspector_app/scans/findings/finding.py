"""One finding: what is wrong, how that is known, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Finding = dict[str, Any]
Report = dict[str, Any]

ERROR, WARNING, INFO = "error", "warning", "info"
RANK = {ERROR: 0, WARNING: 1, INFO: 2}

Place = tuple[str, int]
NOWHERE: Place = ("", 0)

# Of a thousand migrations the first ones prove it as well.
EVIDENCE_MOST = 50


def evidence(text: str, place: Place = NOWHERE) -> dict[str, Any]:
    """What can be looked at: a place in the source, or what Django itself said."""
    return {"file": place[0], "line": place[1], "text": text}


def finding(
    rule: str,
    severity: str,
    title: str,
    *,
    proof: Iterable[dict[str, Any]],
    why: str,
    action: str,
    identifier: str = "",
    about: str = "",
) -> Finding:
    """The entry of a report. It stands at the first place that ``proof`` names.

    ``rule`` never changes its name; ``identifier`` is what people know it by, such as the id of a
    check. ``about`` is what it is about: a model's label, the name of a setting.

    Raises:
        ValueError: there is no evidence. Nothing is said without.
    """
    proven = list(proof)
    if not proven:
        raise ValueError(f"{rule}: a finding needs evidence")
    file, line = next(((one["file"], one["line"]) for one in proven if one["file"]), NOWHERE)
    return {
        "rule": rule,
        "id": identifier or rule,
        "severity": severity,
        "title": title,
        "object": about,
        "file": file,
        "line": line,
        "why": why,
        "action": action,
        "evidence": proven[:EVIDENCE_MOST],
        "docs": f"findings.html#{rule}",
    }
