"""How a project is run: what there is to choose from, and the user's choice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.host import get_host
from inspector_app.workspaces import building
from inspector_app.workspaces.choices import Choices
from inspector_app.workspaces.opening import set_up

from .api import api, body, workspace_or_404
from .setup import setup_json

CHOICES = ("settings", "python", "env_files")


@api("GET", "POST")
def setup(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The choices there are; or take ``{"settings", "python", "env_files"}``, null for "found"."""
    workspace = workspace_or_404(slug)
    if request.method == "POST":
        set_up(workspace, choices_in(body(request, CHOICES)))
    return JsonResponse(setup_json(workspace))


@api("POST")
def environment(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Build the environment that setup offers under ``{"digest"}``; ``{"stop": true}`` ends it."""
    workspace = workspace_or_404(slug)
    data = body(request, ("digest", "stop"))
    if data.get("stop") is True:
        building.stop(workspace)
    else:
        digest = data.get("digest")
        if not isinstance(digest, str):
            raise Problem(
                "invalid_parameter",
                "digest is that of the offer in the project's setup.",
                "It stands for the commands that are allowed by this request.",
                field="digest",
            )
        building.start(workspace, digest)
    return JsonResponse(setup_json(workspace), status=202)


@api("POST")
def pick(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the folder dialog for an environment; the answer arrives as an event."""
    body(request, ())
    workspace = workspace_or_404(slug)
    get_host().pick_environment(workspace.slug)
    return JsonResponse({}, status=202)


def choices_in(data: dict[str, Any]) -> Choices:
    """The choices in a request: what is not in it is kept, null goes back to what is found."""
    return Choices(
        settings=_text(data, "settings"),
        python=_text(data, "python"),
        env_files=_texts(data, "env_files"),
    )


def _text(data: dict[str, Any], key: str) -> str | None:
    if key not in data:
        return None
    value = data[key]
    if value is None:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise Problem("invalid_parameter", f"{key} is a text or null.", field=key)
    return value.strip()


def _texts(data: dict[str, Any], key: str) -> list[str] | None:
    if key not in data:
        return None
    value = data[key]
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Problem("invalid_parameter", f"{key} is a list of paths or null.", field=key)
    return value
