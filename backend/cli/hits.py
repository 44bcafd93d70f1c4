"""What a search found, for a terminal and for a program, and from which reading it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .problems import harmless

if TYPE_CHECKING:
    from inspector_app.models import Scan
    from inspector_app.scans.search.query import Hit

Reading = dict[str, Any]

_SOURCES = {"static": "its source text", "mixed": "the running project and its source text"}
# Less of a detail says nothing.
_SHORTEST = 10


def reading(scan: Scan, *, kept: bool) -> Reading:
    """Which reading was asked. ``changed_files`` is None where it is not known, as it may be."""
    from inspector_app.scans.staleness import changed_since

    changed = changed_since(scan) if kept else ()
    return {
        "root": scan.workspace.root,
        "read_at": scan.finished_at.isoformat() if scan.finished_at is not None else None,
        "source": str(scan.source),
        "kept": kept,
        "changed_files": len(changed) if changed is not None else None,
    }


def as_dict(query: str, asked: Reading, hits: Sequence[Hit]) -> dict[str, Any]:
    return {
        "query": query,
        "project": asked,
        "results": [
            {
                "kind": one.kind,
                "title": one.title,
                "detail": one.detail,
                "file": one.file or None,
                "line": one.line or None,
            }
            for one in hits
        ],
    }


def show(query: str, asked: Reading, hits: Sequence[Hit]) -> None:
    """One line each: kind, name, place, and what else there is room for."""
    from inspector_app.scans.render.style import style_of

    style = style_of(sys.stdout)
    rows = [(one.kind, harmless(one.title), harmless(_place(one)), one.detail) for one in hits]
    kinds, titles, places = (max((len(row[at]) for row in rows), default=0) for at in range(3))
    room = style.width - kinds - titles - places - 6 if sys.stdout.isatty() else None
    for kind, title, place, detail in rows:
        parts = [
            f"{style.paint(kind, 'dim')}{' ' * (kinds - len(kind))}",
            f"{style.paint(title, 'strong')}{' ' * (titles - len(title))}",
            f"{style.paint(place, 'place')}{' ' * (places - len(place))}",
            style.paint(_cut(harmless(detail), room), "dim"),
        ]
        print("  ".join(parts).rstrip())
    if not hits:
        print(
            f"djdesk: Nothing in {harmless(asked['root'])} is called “{harmless(query)}”.",
            file=sys.stderr,
        )
    print(f"djdesk: {_told(asked)}", file=sys.stderr)


def _place(hit: Hit) -> str:
    return f"{hit.file}:{hit.line}" if hit.file and hit.line else hit.file


def _cut(text: str, room: int | None) -> str:
    if room is None or len(text) <= room:
        return text
    return f"{text[: room - 1]}…" if room >= _SHORTEST else ""


def _told(asked: Reading) -> str:
    source = _SOURCES.get(asked["source"], asked["source"])
    if not asked["kept"]:
        more = "" if asked["source"] == "mixed" else "; --trust also starts the project"
        return f"From {source}, read now{more}."
    changed = asked["changed_files"]
    when = (asked["read_at"] or "")[:16].replace("T", " ")
    said = f"From {source}, as the window read it at {when} UTC."
    if changed is None:
        return f"{said} Whether files changed since is not known; --fresh reads it now."
    if changed:
        files = "1 file" if changed == 1 else f"{changed:,} files"
        return f"{said} {files} changed since; --fresh reads it now."
    return said
