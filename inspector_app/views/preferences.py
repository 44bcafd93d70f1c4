"""Preferences: what the user decides, for all projects and for each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import capfirst

from inspector_app.editor.choice import editor, found
from inspector_app.editor.known import AUTOMATIC, CUSTOM, EDITORS, NONE
from inspector_app.host import get_host
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.preferences import CHOICES, LIMITS, PREFERENCES, TIMEOUT, all_preferences

from .page import page
from .projects import projects
from .shell import shell

NOTIFY = {
    "notable": "Failures, and what took longer than 5 s",
    "failures": "Failures only",
    "never": "Never",
}
CLOSING = {"quit": "Quit DJDesk", "tray": "Keep it in the tray"}
APPEARANCE = {
    "theme": ("Theme", "System follows the desktop's setting as it changes."),
    "density": ("Density", "How high rows and buttons are."),
    "motion": ("Motion", "System follows the desktop's setting."),
}
RESCAN = {"asked": "When I ask for it", "automatic": "By itself"}
RUNNING = ("parallel", "parallel_workspace")


@page("inspector_app/preferences/page.html")
def preferences(request: HttpRequest) -> dict[str, Any]:
    """The shell is that of the project one comes from, named by ``?project=``."""
    slug = request.GET.get("project", "")
    workspace = get_object_or_404(Workspace, slug=slug) if slug else None
    chosen = all_preferences()
    numbers = [(key, number, chosen[key]) for key, number in LIMITS.items()]
    return {
        **(shell(workspace) if workspace is not None else {}),
        "layout": "inspector_app/shell.html"
        if workspace is not None
        else "inspector_app/plain.html",
        "appearance": [
            (key, *APPEARANCE[key], [(value, capfirst(value)) for value in CHOICES[key].values])
            for key in APPEARANCE
        ],
        "chosen": chosen,
        **_editors(chosen),
        "timeout": PREFERENCES[TIMEOUT],
        "timeout_is_set": settings.DJDESK_TIMEOUT_IS_SET,
        "running": [row for row in numbers if row[0] in RUNNING],
        "keeping": [row for row in numbers if row[0] not in RUNNING],
        "size_total": WorkspaceTaskRun.objects.aggregate(size=Sum("bytes"))["size"] or 0,
        "notify": NOTIFY,
        "closing": CLOSING,
        "has_tray": get_host().tray,
        "rescan": RESCAN,
        "directories": settings.DJDESK_DIRECTORIES,
        "projects": projects(workspace),
    }


def _editors(chosen: dict[str, Any]) -> dict[str, Any]:
    programs = found()
    ready = editor(chosen)
    names = {AUTOMATIC: "Automatic", CUSTOM: "Another program", NONE: "None, copy the place"}
    for name, known in EDITORS.items():
        names[name] = known.title if name in programs else f"{known.title}, not found"
    return {
        "editors": [(name, names[name]) for name in CHOICES["editor"].values],
        "editor_in_use": ready,
        "custom_editor": CUSTOM,
    }
