"""Commands: the allow-list, and the form of one command with the line it makes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.commands import registry
from inspector_app.commands.preset import GROUPS, Preset
from inspector_app.models import Workspace
from inspector_app.runs.asked import TIMEOUT_MAX_S
from inspector_app.runs.proven import impossible

from .command_fields import fields, given
from .command_line import command_line
from .own_command import own_command
from .page import workspace_page

DJANGO_DOCS = "https://docs.djangoproject.com/en/{version}/ref/django-admin/#{fragment}"


@workspace_page("inspector_app/commands/page.html")
def commands(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    own, problem = registry.beyond(workspace)
    presets = [*registry.enabled(), *own]
    asked = request.GET.get("preset", "")
    preset = next((one for one in presets if one.name == asked), presets[0] if presets else None)
    context: dict[str, Any] = {
        "presets": presets,
        "groups": [
            (group, members)
            for group in GROUPS
            if (members := [one for one in presets if one.group == group])
        ],
        "own_problem": problem,
        "preset": preset,
        "timeout_max": TIMEOUT_MAX_S,
    }
    if preset is not None:
        params = given(preset, workspace, request.GET)
        context |= {
            "fields": fields(preset, workspace, params),
            "command": command_line(preset, params, workspace).command,
            "documentation": _documentation(preset, workspace),
            "own": own_command(preset, workspace),
            "impossible": impossible(preset),
        }
    return context


def _documentation(preset: Preset, workspace: Workspace) -> str:
    """Django's own reference for the version that the project uses; none for another's command."""
    if not preset.documentation:
        return ""
    release = ".".join(workspace.django_version.split(".")[:2])
    version = release if release.replace(".", "").isdigit() else "stable"
    return DJANGO_DOCS.format(version=version, fragment=preset.documentation)
