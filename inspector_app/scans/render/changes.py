"""What differs from another report, as lines that every rendering words alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from inspector_app.scans.difference.entries import NOUNS
from inspector_app.scans.difference.words import SIGNS, change_words, summary


def moment(text: str) -> str:
    """A report's time to the minute, for people."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


@dataclass(frozen=True)
class Change:
    """One entry: ``way`` is added, removed or changed."""

    way: str
    noun: str
    name: str
    detail: str

    @property
    def sign(self) -> str:
        # A minus sign of its own width is for pages.
        return SIGNS[self.way] if self.way != "removed" else "-"


@dataclass(frozen=True)
class Changes:
    """Everything about a comparison; ``more`` entries are counted and not listed."""

    title: str
    entries: list[Change]
    more: int
    notes: list[str]


def changes(report: dict[str, Any]) -> Changes | None:
    """None for a report that was compared with nothing."""
    difference = report.get("difference")
    if difference is None:
        return None
    entries = [
        Change(
            way,
            NOUNS[kind["kind"]],
            one["name"],
            "; ".join(change_words(change) for change in one.get("changes", [])),
        )
        for kind in difference["kinds"]
        for way in ("added", "removed", "changed")
        for one in kind[way]
    ]
    return Changes(
        f"Changed since {moment(difference['before'])}: {summary(difference)}",
        entries,
        difference["total"] - len(entries),
        [
            *difference["cautions"],
            *(
                f"{NOUNS[one['kind']]}s are not compared: {one['why']}"
                for one in difference["not_compared"]
            ),
        ],
    )
