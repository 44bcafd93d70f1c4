"""Comparing two reports, and saying which parts of them cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .entries import KINDS, Entry, Kind, Report, entries, shown

# Entries of one list; its total says when there are more.
LISTED = 200

Difference = dict[str, Any]


def compare(before: Report, after: Report, listed: int = LISTED) -> Difference:
    """What ``after`` has that ``before`` has not, and the other way round, kind by kind.

    Kinds without a difference are left out. A part that was read in another way (from the source
    text then, by running the project now) is not compared: that would compare the ways.
    """
    kinds, not_compared = [], []
    for kind in KINDS:
        why = _incomparable(kind, before, after)
        if why:
            not_compared.append({"kind": kind.name, "why": why})
        elif why is None:
            found = _compare_kind(kind, before, after, listed)
            if found is not None:
                kinds.append(found)
    return {
        "before": before["generated_at"],
        "after": after["generated_at"],
        "total": sum(sum(kind["totals"].values()) for kind in kinds),
        "kinds": kinds,
        "not_compared": not_compared,
        "cautions": list(_cautions(before, after)),
    }


def _incomparable(kind: Kind, before: Report, after: Report) -> str | None:
    """Why a kind cannot be compared; empty where neither report has it, None where it can be."""
    if kind.name == "findings":
        if _ways(before) == _ways(after):
            return None
        return "the two scans were read in different ways"
    if not kind.section:
        return None
    old, new = before["sections"].get(kind.section), after["sections"].get(kind.section)
    if old is None and new is None:
        return ""
    if old is None or new is None:
        return f"not read in the {'older' if old is None else 'newer'} scan"
    for name, section in (("older", old), ("newer", new)):
        if kind.section in ("checks", "deploy") and not section["ok"]:
            return f"not read in the {name} scan: {section['error']}"
    if old["source"] != new["source"]:
        return f"{_WAY[old['source']]} in the older scan, {_WAY[new['source']]} in the newer one"
    return None


_WAY = {"static": "from the source text", "runtime": "by running the project"}


def _ways(report: Report) -> dict[str, str]:
    return {name: section["source"] for name, section in report["sections"].items()}


def _cautions(before: Report, after: Report) -> Iterator[str]:
    """What may look like a change of the project because one of the scans saw less of it."""
    for name, section in after["sections"].items():
        old = before["sections"].get(name)
        if old is None or old["error"] == section["error"]:
            continue
        if old["error"]:
            yield f"{name}, older scan only: {old['error']}"
        if section["error"]:
            yield f"{name}, newer scan only: {section['error']}"


def _compare_kind(kind: Kind, before: Report, after: Report, listed: int) -> Difference | None:
    old, new = entries(kind, before), entries(kind, after)
    # The fields of a model that is new are no news beside the model.
    owners_before, owners_after = _owners(kind, before), _owners(kind, after)
    added = [
        _row(entry)
        for key, entry in new.items()
        if key not in old and (not entry.owner or entry.owner in owners_before)
    ]
    removed = [
        _row(entry)
        for key, entry in old.items()
        if key not in new and (not entry.owner or entry.owner in owners_after)
    ]
    changed = []
    for key, entry in new.items():
        changes = list(_changes(old[key], entry)) if key in old else []
        if changes:
            changed.append({**_row(entry), "changes": changes})
    if not (added or removed or changed):
        return None
    return {
        "kind": kind.name,
        "totals": {"added": len(added), "removed": len(removed), "changed": len(changed)},
        "added": added[:listed],
        "removed": removed[:listed],
        "changed": changed[:listed],
    }


def _owners(kind: Kind, report: Report) -> set[str]:
    owning = next((one for one in KINDS if one.name == kind.owners), None)
    return {entry.name for entry in entries(owning, report).values()} if owning else set()


def _row(entry: Entry) -> dict[str, Any]:
    return {"name": entry.name, "file": entry.file, "line": entry.line}


def _changes(old: Entry, new: Entry) -> Iterator[dict[str, str]]:
    absent = "not set" if new.whole else None
    for name in dict.fromkeys((*old.facts, *new.facts)):
        before, after = old.facts.get(name, absent), new.facts.get(name, absent)
        if before is None or after is None or before == after:
            continue
        if isinstance(before, list) and isinstance(after, list):
            yield {"fact": name, **_lists(before, after)}
        else:
            yield {"fact": name, "before": shown(before), "after": shown(after)}


def _lists(before: list[Any], after: list[Any]) -> dict[str, str]:
    """Of two lists only what one of them has alone; nothing when only their order differs."""
    gone = [one for one in before if one not in after]
    came = [one for one in after if one not in before]
    return {"before": shown(gone) if gone else "", "after": shown(came) if came else ""}
