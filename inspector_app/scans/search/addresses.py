"""Where in the pages a thing of a project is shown."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from inspector_app.models import Workspace

# Kind → the page of its section; where there is none the Overview stands in.
SECTIONS = {
    "app": "inspector:models",
    "model": "inspector:models",
    "field": "inspector:models",
    "url": "inspector:urls",
    "view": "inspector:urls",
    "setting": "inspector:settings",
    "migration": "inspector:migrations",
}


def address(workspace: Workspace, kind: str, title: str) -> str:
    """The page that shows ``title``: the app or model itself, else what its filter ``q`` leaves."""
    try:
        page = reverse(SECTIONS[kind], args=[workspace.slug])
    except (KeyError, NoReverseMatch):
        return workspace.get_absolute_url()
    return f"{page}?{urlencode(_query(kind, title))}"


def _query(kind: str, title: str) -> dict[str, str]:
    if kind == "app":
        return {"app": title}
    if kind == "model":
        return {"focus": title}
    if kind == "field":
        return {"focus": title.rpartition(".")[0]}
    return {"q": title}
