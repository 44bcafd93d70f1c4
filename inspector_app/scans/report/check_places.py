"""Where what a system check complains about is written: a model, a field or a setting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector_app.sections.setting_advice import about

Check = dict[str, Any]
Place = tuple[str, int]


def add_places(report: dict[str, Any]) -> None:
    """Give each check of ``report`` its ``file`` and ``line``; null where they are not known."""
    checks = report["checks"]
    places = _Places(report)
    for name in ("default", "deploy", "silenced_checks"):
        for check in checks[name] or ():
            file, line = places.of(check)
            check["file"], check["line"] = file or None, line or None


class _Places:
    def __init__(self, report: dict[str, Any]) -> None:
        self._models = dict(_models(report))
        self._settings = {
            one["name"]: (one.get("file") or "", one.get("line") or 0)
            for one in report["settings"]["changed"]
        }
        self._findings = {
            (one["id"], one["title"], one["why"].partition(". ")[0].rstrip(".")): (
                one["file"],
                one["line"],
            )
            for one in report["findings"]
            if one["file"]
        }

    def of(self, check: Check) -> Place:
        title = check["msg"].partition("\n")[0]
        found = self._findings.get((check["id"], title, check["obj"] or ""))
        if found:
            return found
        subject = check["obj"] or about(check, set(self._settings))
        owner = subject.rpartition(".")[0]
        return (
            self._models.get(subject)
            or self._models.get(owner)
            or self._settings.get(subject)
            or ("", 0)
        )


def _models(report: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    """Every model by its label, and every field by label and name."""
    for app in report["apps"]:
        for model in app["models"]:
            yield model["label"], (model["file"], model["line"])
            for one in model["fields"]:
                yield f"{model['label']}.{one['name']}", (one["file"], one["line"])
