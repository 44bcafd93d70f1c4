"""Addresses of parts of the Models page, relative to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from inspector_app.schema.view import View

register = template.Library()


@register.filter
def file_name(file: str) -> str:
    return Path(file).name


@register.simple_tag
def box_query(view: View, label: str) -> str:
    """A view that shows an app or a model, selected; the table stays where it is."""
    if view.table:
        return view.to(sel=label).query()
    app, dot, _ = label.partition(".")
    if not dot:
        return view.to(app="", focus="", hops=1, show="apps", sel=label).query()
    return view.to(app=app, focus="", hops=1, show="", sel=label).query()


@register.simple_tag
def app_query(view: View, app: str) -> str:
    """The diagram, or the table, of an app."""
    return view.to(app=app, focus="", hops=1, show="", sel="").query()


@register.simple_tag
def focus_query(view: View, label: str) -> str:
    """A model with what is related to it."""
    return view.to(focus=label, app="", show="", sel="").query()
