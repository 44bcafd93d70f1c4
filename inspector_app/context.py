"""What every page has: preferences, the engine, and the workspace around it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token

from .host import get_host
from .models import Workspace, WorkspaceTaskRun
from .preferences import CHOICES, all_preferences
from .runs.activity import activity


def page(request: HttpRequest) -> dict[str, Any]:
    # The page posts with fetch(), which needs the cookie this sets.
    get_token(request)
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match is not None else None
    context: dict[str, Any] = {
        "preferences": all_preferences(),
        "theme_choices": [(value, value.capitalize()) for value in CHOICES["theme"]],
        "density_choices": [(value, value.capitalize()) for value in CHOICES["density"]],
        "version": settings.DJDESK_VERSION,
        "in_window": get_host().window,
        "timeout_s": settings.DJDESK_INSPECTOR_TASK_TIMEOUT,
        "activity": activity(),
    }
    workspace = Workspace.objects.filter(slug=slug).first() if slug else None
    if workspace is not None:
        runs = workspace.runs.select_related("workspace")
        context |= {
            "workspace": workspace,
            "workspaces": Workspace.objects.all()[:12],
            "scan": workspace.scans.first(),
            "run_total": runs.count(),
            "recent_runs": list(runs[:8]),
            "last_run": runs.exclude(status__in=WorkspaceTaskRun.ACTIVE).first(),
        }
    return context
