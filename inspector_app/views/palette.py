"""The palette and the list of keys, which a page fetches when they are first wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspector_app.commands import registry
from inspector_app.errors import Problem
from inspector_app.help import TOPICS, of_topic
from inspector_app.models import Workspace
from inspector_app.preferences import CHOICES
from inspector_app.recent import recent
from inspector_app.shortcuts import commands, groups
from inspector_app.templatetags.djdesk import home_path

from .page import page
from .preferences import APPEARANCE

Item = dict[str, str]

PARTS = {
    "editor": "Editor",
    "keyboard": "Keyboard",
    "reading": "Reading, when files change",
    "running": "Running commands, time limit, isolation",
    "notifications": "Notifications",
    "window": "Window, tray, what closing it means",
    "kept": "What is kept, data folder",
    "projects-head": "Projects, trust, network, commands of their own",
    "about": "About, diagnostics",
}

# What stands beside a result, by its kind.
ICONS = {
    "command": "command",
    "section": "corner-down-right",
    "preset": "square-terminal",
    "workspace": "folder-open",
    "preference": "settings",
    "docs": "book-open",
    "model": "box",
    "field": "tag",
    "url": "route",
    "view": "eye",
    "setting": "sliders-horizontal",
    "migration": "git-branch",
    "finding": "triangle-alert",
    "run": "history",
    "app": "package",
}


@page("inspector_app/palette/dialog.html")
def palette(request: HttpRequest) -> dict[str, Any]:
    """For the page of a project, named by ``?project=``, or for one without."""
    slug = request.GET.get("project", "")
    workspace = get_object_or_404(Workspace, slug=slug) if slug else None
    return {
        "icons": ICONS,
        "content": {
            "workspace": slug,
            "keys": {one.id: " ".join(one.shown[:1]) for one in commands().values()},
            "items": list(_items(workspace)),
            "recent": recent(),
        },
    }


@page("inspector_app/palette/keys.html")
def key_list(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    return {"groups": groups()}


def _items(workspace: Workspace | None) -> Iterator[Item]:
    if workspace is not None:
        yield from _presets(workspace)
    for other in Workspace.objects.all():
        if other != workspace:
            yield _item("workspace", other.slug, f"Open {other.name}", home_path(other.root), other)
    yield from _preferences(workspace)
    for name, (title, _) in TOPICS.items():
        yield _item("docs", name, f"Docs: {title}", "", of_topic(name))


def _presets(workspace: Workspace) -> Iterator[Item]:
    found = []
    try:
        found += registry.enabled()
        found += registry.beyond(workspace)[0]
    except Problem:
        # The Commands page says what is wrong with the list.
        pass
    address = reverse("inspector:commands", args=[workspace.slug])
    for preset in found:
        url = f"{address}?preset={preset.name}"
        yield _item("preset", preset.name, f"Run {preset.title}", preset.summary, url)


def _preferences(workspace: Workspace | None) -> Iterator[Item]:
    address = reverse("inspector:preferences") + (f"?project={workspace.slug}" if workspace else "")
    for part, title in PARTS.items():
        yield _item("preference", part, f"Preferences: {title}", "", f"{address}#{part}")
    # Without an address: the page changes it at once, as the preferences do.
    for key, (title, _) in APPEARANCE.items():
        for value in CHOICES[key].values:
            yield _item("preference", f"{key}={value}", f"{title}: {value}", "Appearance", "")


def _item(kind: str, name: str, title: str, detail: str, at: str | Workspace) -> Item:
    url = at.get_absolute_url() if isinstance(at, Workspace) else at
    return {"id": f"{kind}:{name}", "kind": kind, "title": title, "detail": detail, "url": url}
