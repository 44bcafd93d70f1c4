"""What every page shares: how it is answered, and the point of the event stream it was made at."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace

from .failures import problem_page

P = ParamSpec("P")
Context = dict[str, Any]
PageView = Callable[Concatenate[HttpRequest, P], Context]
WorkspaceView = Callable[Concatenate[HttpRequest, Workspace, P], Context]
Answer = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(template: str) -> Callable[[PageView[P]], Answer[P]]:
    """Answer with ``template``, filled with what the view returns."""

    def decorate(view: PageView[P]) -> Answer[P]:
        @require_safe
        @functools.wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            # Taken before anything is read: what happens from here on is sent to the page again.
            seen = bus.last_id
            # The page posts with fetch(), which needs the cookie this sets.
            get_token(request)
            try:
                context = view(request, *args, **kwargs)
            except Problem as problem:
                return problem_page(request, problem)
            return render(request, template, {"seen": seen, **context})

        return wrapped

    return decorate


def workspace_page(template: str) -> Callable[[WorkspaceView[P]], Callable[..., HttpResponse]]:
    """The same for a page about one workspace, with the shell around it."""

    def decorate(view: WorkspaceView[P]) -> Callable[..., HttpResponse]:
        @page(template)
        @functools.wraps(view)
        def wrapped(
            request: HttpRequest, /, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> Context:
            # Not for Home, which is what most windows begin with.
            from .shell import shell

            workspace = get_object_or_404(Workspace, slug=slug)
            return {**shell(workspace), **view(request, workspace, *args, **kwargs)}

        return wrapped

    return decorate
