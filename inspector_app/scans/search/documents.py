"""What of a report can be found: one document for each thing that has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector_app.scans.difference.entries import shown

Report = dict[str, Any]

# What is found first where several names fit as well. A package's model comes behind the project's,
# and before the project's fields.
_WEIGHTS = {
    "app": 0,
    "model": 2,
    "url": 4,
    "setting": 6,
    "field": 8,
    "view": 10,
    "finding": 12,
    "migration": 14,
    "command": 16,
}
_OF_PACKAGES = 5


@dataclass(frozen=True)
class Document:
    """``name`` is the part of the title that a query is most likely to mean.

    ``more`` is found as well, but behind what has the words in its title.
    """

    kind: str
    title: str
    name: str
    detail: str
    more: str = ""
    file: str = ""
    line: int = 0
    own: bool = True
    anchor: str = ""

    @property
    def weight(self) -> int:
        return _WEIGHTS[self.kind] + (0 if self.own else _OF_PACKAGES)


def documents(report: Report) -> Iterator[Document]:
    for app in report["apps"]:
        yield from _of_app(app)
    yield from _urls(report)
    yield from _settings(report)
    yield from _migrations(report)
    yield from _findings(report)
    for one in report.get("commands") or []:
        yield Document(
            "command",
            one["name"],
            one["name"],
            f"management command of {one['app']}",
            one.get("help") or "",
            one.get("file") or "",
            one.get("line") or 0,
        )


def _of_app(app: dict[str, Any]) -> Iterator[Document]:
    own = app["path"] is not None
    detail = app["path"] if own else f"{app['name']}, from a package"
    yield Document("app", app["label"], app["label"], detail or app["name"], app["name"], own=own)
    for model in app["models"]:
        if model["auto_created"]:
            continue
        fields = model["fields"]
        yield Document(
            "model",
            model["label"],
            model["name"],
            f"model, {len(fields)} field{'' if len(fields) == 1 else 's'}",
            f"{model.get('verbose_name') or ''} {model['table']} {model.get('docstring') or ''}",
            model["file"],
            model["line"],
            own,
        )
        for one in fields:
            yield Document(
                "field",
                f"{model['label']}.{one['name']}",
                one["name"],
                one["kind"],
                str(one.get("help_text") or ""),
                one["file"],
                one["line"],
                own,
            )


def _urls(report: Report) -> Iterator[Document]:
    views: dict[str, Document] = {}
    for one in report["urls"]:
        view = one["view"]
        name = one["name"] or ""
        yield Document(
            "url",
            f"/{one['route'].lstrip('/')}",
            name.rpartition(":")[2],
            ", ".join(part for part in (name, view) if part),
            f"{name} {view}",
            one["file"],
            one["line"],
        )
        if view and view not in views:
            views[view] = Document(
                "view",
                view,
                view.rpartition(".")[2],
                f"view of /{one['route'].lstrip('/')}",
                name,
                one.get("view_file") or "",
                one.get("view_line") or 0,
            )
    yield from views.values()


def _settings(report: Report) -> Iterator[Document]:
    for one in report["settings"]["changed"]:
        value = "redacted" if one["redacted"] else shown(one["value"])
        yield Document(
            "setting",
            one["name"],
            one["name"],
            value,
            "" if one["redacted"] else value,
            one.get("file") or "",
            one.get("line") or 0,
        )


_APPLIED = {True: "applied", False: "not applied", None: "migration"}


def _migrations(report: Report) -> Iterator[Document]:
    own = {app["label"] for app in report["apps"] if app["path"] is not None}
    for app, migrations in report["migrations"]["apps"].items():
        for one in migrations:
            operations = " ".join(each["text"] for each in one.get("operations") or [])
            yield Document(
                "migration",
                f"{app} {one['name']}",
                one["name"],
                _APPLIED[one["applied"]],
                operations,
                one["file"],
                one["line"],
                app in own,
            )


def _findings(report: Report) -> Iterator[Document]:
    for number, one in enumerate(report["findings"], start=1):
        identifier = one.get("rule") or one["id"]
        yield Document(
            "finding",
            one["title"],
            identifier,
            f"{one['severity']}, {one['id']}",
            f"{identifier} {one['id']} {one['why']} {one.get('object') or ''}",
            one["file"],
            one["line"],
            anchor=f"finding-{number}",
        )
