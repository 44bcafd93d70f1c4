"""Links on the migrations page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from inspector_app.sections.migrations import Key
    from inspector_app.views.migration_links import MigrationLinks

register = template.Library()


@register.simple_tag
def app_link(links: MigrationLinks, app: str) -> str:
    """The page with that app, and none of its migrations yet."""
    return links.to(app=app, name="")


@register.simple_tag
def migration_link(links: MigrationLinks, app: str, name: str) -> str:
    """The page with that migration, in its own app."""
    return links.to(app=app, name=f"{app}.{name}", view="")


@register.simple_tag
def listed_link(links: MigrationLinks, app: str, name: str) -> str:
    """The same from a list, which may be of several apps and stays as it is."""
    return links.to(name=f"{app}.{name}")


@register.filter
def keys(found: list[Key]) -> str:
    """Migrations as people name them."""
    return ", ".join(f"{app} {name}" for app, name in found)
