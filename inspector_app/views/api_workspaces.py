"""Workspaces over HTTP: list, open, look at, trust, scan, forget."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace
from inspector_app.scans.requests import request_scan
from inspector_app.workspaces import trust as trusting
from inspector_app.workspaces.locating import locate as find_again
from inspector_app.workspaces.opening import open_path, open_sample
from inspector_app.workspaces.removal import remove as remove_workspace
from inspector_app.workspaces.source import is_path

from .api import api, body, workspace_or_404
from .api_setup import CHOICES, choices_in
from .status import workspace_json, workspace_status


@api("GET", "POST")
def collection(request: HttpRequest) -> HttpResponseBase:
    """The opened ones; or open ``{"path"}``, with choices as :func:`setup` takes them."""
    if request.method == "GET":
        workspaces = [workspace_json(workspace) for workspace in Workspace.objects.all()]
        return JsonResponse({"workspaces": workspaces})
    data = body(request, ("path", "manage", *CHOICES))
    path, manage = data.get("path"), data.get("manage")
    if not isinstance(path, str):
        raise Problem(
            "bad_path", "That is not a path.", "Name the folder of a project.", field="path"
        )
    if manage is not None and not (isinstance(manage, str) and is_path(manage)):
        raise Problem("invalid_parameter", "manage is the path of a manage.py.", field="manage")
    choices = choices_in(data)
    workspace = open_path(
        path,
        settings_module=choices.settings,
        python=choices.python,
        env_files=choices.env_files,
        manage=manage,
    )
    return JsonResponse({"workspace": workspace_json(workspace)}, status=201)


@api("POST")
def sample(request: HttpRequest) -> HttpResponseBase:
    body(request, ())
    return JsonResponse({"workspace": workspace_json(open_sample())}, status=201)


@api("GET")
def status(request: HttpRequest, slug: str) -> HttpResponseBase:  # noqa: ARG001
    return JsonResponse(workspace_status(workspace_or_404(slug)))


@api("POST")
def trust(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Grant trust and read what only the code can tell; ``{"trusted": false}`` withdraws it."""
    workspace = workspace_or_404(slug)
    trusted = body(request, ("trusted",)).get("trusted", True)
    if trusted is True:
        trusting.grant(workspace)
        request_scan(workspace)
    elif trusted is False:
        trusting.withdraw(workspace)
    else:
        raise Problem("invalid_parameter", "trusted is true or false.", field="trusted")
    return JsonResponse(workspace_status(workspace))


@api("POST")
def scan(request: HttpRequest, slug: str) -> HttpResponseBase:
    body(request, ())
    workspace = workspace_or_404(slug)
    request_scan(workspace)
    return JsonResponse(workspace_status(workspace), status=202)


@api("POST")
def options(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What may run in a project and what it may do: ``{"network": true}``, ``{"own_commands"}``."""
    workspace = workspace_or_404(slug)
    data = body(request, ("network", "own_commands"))
    if "network" in data or not data:
        network = data.get("network")
        if not isinstance(network, bool):
            raise Problem("invalid_parameter", "network is true or false.", field="network")
        workspace.network = network
        workspace.save(update_fields=["network"])
        bus.publish("workspace", {"slug": workspace.slug})
    if "own_commands" in data:
        from inspector_app.commands.own.written import write_down

        write_down(workspace, data["own_commands"])
    return JsonResponse({"network": workspace.network, "own_commands": workspace.own_commands})


@api("POST")
def locate(request: HttpRequest, slug: str) -> HttpResponseBase:
    """``{"path"}`` is where the folder of this project is now."""
    path = body(request, ("path",)).get("path")
    if not isinstance(path, str):
        raise Problem("bad_path", "That is not a path.", "Name the project's folder.", field="path")
    workspace_or_404(slug)
    return JsonResponse({"workspace": workspace_json(find_again(slug, path))})


@api("POST")
def remove(request: HttpRequest, slug: str) -> HttpResponseBase:
    body(request, ())
    remove_workspace(workspace_or_404(slug))
    return JsonResponse({})
