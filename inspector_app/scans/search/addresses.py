"""Where in the pages a thing of a project is shown. No two things have one address."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.urls import NoReverseMatch, reverse

from inspector_app.models import Workspace

# Kind → the page of its section, which gets the title as its filter ``q``. Where there is no such
# page, the Overview stands in.
_SECTIONS = {
    "url": "inspector:urls",
    "view": "inspector:urls",
    "setting": "inspector:settings",
    "migration": "inspector:migrations",
}
_MODELS = "inspector:models"


def address(workspace: Workspace, kind: str, title: str, anchor: str = "") -> str:
    """``anchor`` is the part of the page, where the page has parts of its own for this kind."""
    overview = workspace.get_absolute_url()
    if anchor:
        return f"{overview}#{anchor}"
    page = _page(_MODELS if kind in _OF_MODELS else _SECTIONS.get(kind, ""), workspace)
    if page and kind in _OF_MODELS:
        return page + _OF_MODELS[kind](title)
    return f"{page or overview}?{urlencode({'q': title})}"


def _page(name: str, workspace: Workspace) -> str:
    try:
        return reverse(name, args=[workspace.slug]) if name else ""
    except NoReverseMatch:
        return ""


def _of_field(title: str) -> str:
    model, _, name = title.rpartition(".")
    return f"?{urlencode({'focus': model, 'fields': 'all'})}#{quote(name)}"


_OF_MODELS = {
    "app": lambda title: f"?{urlencode({'app': title})}",
    "model": lambda title: f"?{urlencode({'focus': title})}",
    "field": _of_field,
}
