"""Django's system checks of a report as rows: by level, with what they are about and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .check_families import anchor
from .packages import short_path
from .setting_advice import about
from .words import fits, words_of

Check = dict[str, Any]
Place = tuple[str, int]

# Of a report, what :func:`check_rows` takes.
PARTS = ("checks", "settings")
# A level of the page: its heading, and the one a choice of levels has for it.
LEVELS = {"error": "Errors", "warning": "Warnings", "info": "Info"}
SILENCED = "silenced"
DEPLOY = "deploy"
_OF = {"critical": "error", "error": "error", "warning": "warning", "info": "info", "debug": "info"}


@dataclass(frozen=True)
class CheckRow:
    """``deploy`` is a result that only ``check --deploy`` has.

    ``not_set`` is one about a setting that the project leaves to Django.
    """

    check: Check
    level: str
    deploy: bool
    silenced: bool
    subject: str
    place: Place
    not_set: bool

    @property
    def anchor(self) -> str:
        """Where the bundled documentation explains it; empty for a check of a package's own."""
        return anchor(self.check["id"])

    @property
    def kinds(self) -> set[str]:
        kinds = {SILENCED if self.silenced else self.level}
        if self.deploy:
            kinds.add(DEPLOY)
        return kinds

    @property
    def text(self) -> str:
        """What a filter looks in: what the row shows."""
        check, (file, line) = self.check, self.place
        shown = (check["id"], check["msg"], check["hint"], self.subject)
        return f"{' '.join(shown)} {short_path(file)}:{line}"


def check_rows(report: dict[str, Any]) -> list[CheckRow]:
    """All results: the usual ones, those for deployment, and those that settings silence."""
    checks = report["checks"]
    default, deploy = checks["default"] or [], checks["deploy"] or []
    settings = {one["name"] for one in report["settings"]["changed"]}
    silenced = checks.get("silenced_checks") or []
    return [
        *(_row(one, settings) for one in default),
        *(_row(one, settings, deploy=True) for one in _without(deploy, default)),
        *(_row(one, settings, silenced=True) for one in silenced),
    ]


def groups(rows: list[CheckRow]) -> list[tuple[str, str, list[CheckRow]]]:
    """Name, heading and rows of each level that has any; what is silenced comes last."""
    found = [
        (level, heading, [row for row in rows if row.level == level and not row.silenced])
        for level, heading in LEVELS.items()
    ]
    found.append((SILENCED, "Silenced", [row for row in rows if row.silenced]))
    return [group for group in found if group[2]]


def kind_counts(rows: list[CheckRow]) -> list[tuple[str, str, int]]:
    counted = Counter(kind for row in rows for kind in row.kinds)
    labels = {**LEVELS, DEPLOY: "Deployment", SILENCED: "Silenced"}
    return [(kind, label, counted[kind]) for kind, label in labels.items()]


def fitting(rows: list[CheckRow], query: Mapping[str, str]) -> set[int]:
    """The positions of those that the address asks for."""
    words, kind = words_of(query.get("q", "")[:200]), query.get("kind", "")
    known = {*LEVELS, SILENCED, DEPLOY}
    return {
        number
        for number, row in enumerate(rows)
        if (kind not in known or kind in row.kinds) and (not words or fits(words, row.text))
    }


def _row(
    check: Check, settings: set[str], *, deploy: bool = False, silenced: bool = False
) -> CheckRow:
    subject = check["obj"] or about(check, settings)
    return CheckRow(
        check,
        _OF.get(check["level"], "info"),
        deploy,
        silenced,
        subject,
        # A report of an earlier version has no places.
        (check.get("file") or "", check.get("line") or 0),
        subject.isupper() and subject not in settings,
    )


def _without(checks: list[Check], others: list[Check]) -> list[Check]:
    left = Counter(map(_key, others))
    found = []
    for check in checks:
        if left[_key(check)]:
            left[_key(check)] -= 1
        else:
            found.append(check)
    return found


def _key(check: Check) -> tuple[str, str, str | None]:
    return check["id"], check["msg"], check["obj"]
