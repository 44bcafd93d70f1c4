"""Commands: the allow-list, and the form of one command with the line it makes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.commands import registry
from inspector_app.commands.presets import Preset
from inspector_app.models import Workspace
from inspector_app.runs.create import TIMEOUT_MAX_S

from .command_fields import fields, given
from .command_line import command_line
from .page import workspace_page

DJANGO_DOCS = "https://docs.djangoproject.com/en/{version}/ref/django-admin/#{fragment}"


@workspace_page("inspector_app/commands/page.html")
def commands(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    presets = registry.enabled()
    asked = request.GET.get("preset", "")
    preset = next((one for one in presets if one.name == asked), presets[0] if presets else None)
    context: dict[str, Any] = {"presets": presets, "preset": preset, "timeout_max": TIMEOUT_MAX_S}
    if preset is not None:
        params = given(preset, request.GET)
        context |= {
            "fields": fields(preset, workspace, params),
            "command": command_line(preset, params, workspace).command,
            "documentation": _documentation(preset, workspace),
        }
    return context


def _documentation(preset: Preset, workspace: Workspace) -> str:
    """Django's own reference for the version that the project uses."""
    release = ".".join(workspace.django_version.split(".")[:2])
    version = release if release.replace(".", "").isdigit() else "stable"
    return DJANGO_DOCS.format(version=version, fragment=preset.documentation)
