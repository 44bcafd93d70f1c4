"""The allow-list over HTTP: what may run, the line a form would run, consent to own commands."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.commands import registry
from inspector_app.commands.describe import described
from inspector_app.commands.own import consent
from inspector_app.errors import Problem

from .api import api, body, workspace_or_404
from .command_line import command_line


@api("GET")
def presets(request: HttpRequest, slug: str) -> HttpResponseBase:  # noqa: ARG001
    """The presets with their typed parameters and the project's own choices."""
    return JsonResponse(described(workspace_or_404(slug)))


@api("POST")
def line(request: HttpRequest, slug: str) -> HttpResponseBase:
    """``{preset, params}`` → the command for display, and one problem for each bad value."""
    data = body(request, ("preset", "params"))
    workspace = workspace_or_404(slug)
    preset = registry.get(data.get("preset"), workspace)
    made = command_line(preset, data.get("params", {}), workspace)
    return JsonResponse(
        {"command": made.command, "problems": [problem.as_dict() for problem in made.problems]}
    )


@api("POST")
def consents(request: HttpRequest, slug: str) -> HttpResponseBase:
    """``{preset, digest}`` allows the definition with that digest; a null digest takes it back."""
    data = body(request, ("preset", "digest"))
    if "digest" not in data:
        raise Problem("invalid_parameter", "digest names the definition to allow.", field="digest")
    workspace = workspace_or_404(slug)
    if data["digest"] is None:
        consent.withdraw(workspace, data.get("preset"))
        return JsonResponse({"preset": data.get("preset"), "consent": "missing"})
    preset = registry.get(data.get("preset"), workspace)
    consent.grant(workspace, preset, data["digest"])
    return JsonResponse({"preset": preset.name, "consent": consent.state(workspace, preset)})
