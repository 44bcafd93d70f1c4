"""What of a report is the project's own, and what its packages bring along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .finding import Place, Report


def own_apps(report: Report) -> list[dict[str, Any]]:
    return [app for app in report["apps"] if app["path"] is not None]


def own_models(report: Report) -> Iterator[dict[str, Any]]:
    """Those that a class statement declares; no tables that Django makes."""
    for app in own_apps(report):
        yield from (model for model in app["models"] if not model["auto_created"])


def every_model(report: Report) -> dict[str, dict[str, Any]]:
    return {model["label"]: model for app in report["apps"] for model in app["models"]}


def fields_of(label: str, models: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The fields of a model by name, with those of the models that it is made from."""
    found: dict[str, dict[str, Any]] = {}
    pending, seen = [label], set()
    while pending:
        model = models.get(pending.pop())
        if model is None or model["label"] in seen:
            continue
        seen.add(model["label"])
        for one in model["fields"]:
            found.setdefault(one["name"], one)
        pending += model.get("bases") or []
    return found


class OwnFiles:
    """Whether a file is the project's: in its folder, and not in an environment in there."""

    def __init__(self, report: Report) -> None:
        # A project may itself be an installed package.
        self._folders = tuple(f"{app['path'].rstrip('/')}/" for app in own_apps(report))

    def __contains__(self, file: str) -> bool:
        if not file:
            return False
        return file.startswith(self._folders) or not (
            file.startswith("/") or "site-packages/" in file or "dist-packages/" in file
        )


def setting(report: Report, name: str) -> Any:
    """The value of a setting that is not Django's default; None where it is not known."""
    return next(
        (one["value"] for one in report["settings"]["changed"] if one["name"] == name), None
    )


def place_of_setting(report: Report, name: str) -> Place:
    for one in report["settings"]["changed"]:
        if one["name"] == name:
            return one.get("file") or "", one.get("line") or 0
    return "", 0


def knows_settings(report: Report) -> bool:
    """Whether a setting that is not listed has Django's default."""
    section = report["sections"].get("settings")
    return section is not None and section["source"] == "runtime" and section["ok"]


def is_for_tests(report: Report) -> bool:
    """Whether the settings in use are those of tests, by the name of their module."""
    words = report["project"]["settings"].lower().replace("_", ".").split(".")
    return not {"test", "tests", "testing"}.isdisjoint(words)


def is_for_development(report: Report) -> bool:
    """Whether the settings in use are not those of a server; also where nobody knows."""
    debug = setting(report, "DEBUG")
    if debug is None and not knows_settings(report):
        return True
    return bool(debug) or is_for_tests(report)
