"""The numbers a report comes to: what the project declares, and what its packages add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Counts:
    """``apps``, ``models``, ``relations`` and ``migrations`` are the project's own.

    Tables that Django makes for many-to-many fields are not counted as models. How many models
    there are in all is None where the source of an installed app was not found.
    """

    apps: int
    apps_installed: int
    models: int
    models_installed: int | None
    relations: int
    migrations: int


def count(report: dict[str, Any]) -> Counts:
    own = [app for app in report["apps"] if app["path"] is not None]
    labels = {model["label"] for app in own for model in declared(app)}
    migrations = report["migrations"]["apps"]
    return Counts(
        apps=len(own),
        apps_installed=len(report["apps"]),
        models=len(labels),
        models_installed=(
            sum(len(declared(app)) for app in report["apps"])
            if all(app["readable"] for app in report["apps"])
            else None
        ),
        relations=sum(relation["from"] in labels for relation in report["relations"]),
        migrations=sum(len(migrations.get(app["label"], [])) for app in own),
    )


def declared(app: dict[str, Any]) -> list[dict[str, Any]]:
    """The models of an app that a class statement declares."""
    return [model for model in app["models"] if not model["auto_created"]]
