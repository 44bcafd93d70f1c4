"""The command line that a form would run, while it is being filled."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.commands import registry
from inspector_app.errors import Problem

from .api import api, body, workspace_or_404
from .command_line import command_line


@api("POST")
def line(request: HttpRequest, slug: str) -> HttpResponseBase:
    """``{preset, params}`` → the command for display, and one problem for each bad value."""
    data = body(request, ("preset", "params"))
    preset = registry.get(data.get("preset"))
    params = data.get("params", {})
    if not isinstance(params, dict):
        raise Problem(
            "invalid_parameter", "Parameters are an object of names and values.", field="params"
        )
    known = [parameter.name for parameter in preset.parameters]
    for name in params:
        if name not in known:
            raise Problem(
                "unknown_parameter",
                f"{preset.name} has no parameter {name[:60]!r}.",
                f"Known: {', '.join(known)}.",
                field=name[:60],
            )
    made = command_line(preset, params, workspace_or_404(slug))
    return JsonResponse(
        {"command": made.command, "problems": [problem.as_dict() for problem in made.problems]}
    )
