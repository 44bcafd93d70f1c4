"""The settings of a report as rows, by topic, each with what is advised."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .packages import short_path
from .setting_advice import Advice, advice
from .setting_topics import ORDER, is_own, topic
from .setting_values import ShownValue, shown_value, summary
from .words import fits, words_of

KINDS = {
    "django": "Django's",
    "own": "Project's own",
    "advised": "Advised",
    "redacted": "Redacted",
}
NOT_SET = "Not set, noted by the checks"

_REASONS = {
    "name": "its name says that it is secret",
    "url": "a password in an address",
    "known secret": "the same as a secret elsewhere in the project",
}


@dataclass
class SettingRow:
    """``setting`` is empty for one that is not set and that only a check names."""

    name: str
    setting: dict[str, Any]
    advice: list[Advice] = field(default_factory=list)

    @property
    def is_set(self) -> bool:
        return bool(self.setting)

    @property
    def kinds(self) -> set[str]:
        kinds = {"own" if self.own else "django"}
        if self.advice:
            kinds.add("advised")
        if self.setting.get("redacted"):
            kinds.add("redacted")
        return kinds

    @property
    def own(self) -> bool:
        return is_own(self.name, custom=bool(self.setting.get("custom")))

    @property
    def topic(self) -> str:
        if not self.is_set:
            return NOT_SET
        return topic(self.name, custom=bool(self.setting.get("custom")))

    @property
    def known(self) -> bool:
        """Static reading may know that a setting is made, and not of what."""
        return bool(self.setting.get("known", True))

    @property
    def hidden(self) -> bool:
        """Whether nothing of the value is there."""
        return bool(self.setting.get("redacted")) and self.setting["value"] is None

    @functools.cached_property
    def value(self) -> ShownValue:
        return shown_value(self.setting["value"])

    @property
    def summary(self) -> str:
        return summary(self.setting["value"])

    @functools.cached_property
    def default(self) -> ShownValue:
        return shown_value(self.setting.get("default"))

    @property
    def reason(self) -> str:
        """Why it is redacted; a report of an earlier version does not say."""
        reason = self.setting.get("reason") or "name"
        return _REASONS.get(reason, f"a token: {reason}")

    @property
    def text(self) -> str:
        """What a filter looks in: what the row shows."""
        place = f"{short_path(self.setting.get('file') or '')}:{self.setting.get('line')}"
        value = "" if self.hidden or not self.is_set else repr(self.setting["value"])
        advised = " ".join(f"{one.id} {one.short}" for one in self.advice)
        return f"{self.name} {value} {advised} {place}"


def setting_rows(report: dict[str, Any]) -> list[SettingRow]:
    """What differs from Django's defaults, and what is not set and advised, by topic and name."""
    changed = report["settings"]["changed"]
    checks = report["checks"]
    found = advice(checks["deploy"] or checks["default"] or [], {one["name"] for one in changed})
    rows = [SettingRow(one["name"], one, found.pop(one["name"], [])) for one in changed]
    rows += [SettingRow(name, {}, advised) for name, advised in found.items()]
    return sorted(rows, key=lambda row: (_rank(row.topic), row.name))


def groups(rows: list[SettingRow]) -> list[tuple[str, list[SettingRow]]]:
    by_topic: dict[str, list[SettingRow]] = {}
    for row in rows:
        by_topic.setdefault(row.topic, []).append(row)
    return list(by_topic.items())


def kind_counts(rows: list[SettingRow]) -> list[tuple[str, str, int]]:
    counted = Counter(kind for row in rows for kind in row.kinds)
    return [(kind, label, counted[kind]) for kind, label in KINDS.items()]


def fitting(rows: list[SettingRow], query: Mapping[str, str]) -> set[str]:
    """The names of those that the address asks for."""
    words, kind = words_of(query.get("q", "")[:200]), query.get("kind", "")
    return {
        row.name
        for row in rows
        if (kind not in KINDS or kind in row.kinds) and (not words or fits(words, row.text))
    }


def _rank(topic: str) -> int:
    # What is not set but should be comes before what is nobody else's business.
    order = [*ORDER[:-1], NOT_SET, ORDER[-1]]
    return order.index(topic)
