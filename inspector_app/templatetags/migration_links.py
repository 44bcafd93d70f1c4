"""Links on the migrations page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from inspector_app.sections.migrations import Key
    from inspector_app.views.migration_links import MigrationLinks

register = template.Library()

# As their makers write them.
_VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL", "oracle": "Oracle"}


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
def keys(found: list[Key], own: str) -> str:
    """Migrations as people name them who look at those of the app ``own``."""
    return ", ".join(name if app == own else f"{app} {name}" for app, name in found)


@register.filter
def vendor(name: str | None) -> str:
    """What Django calls a kind of database, as people write it."""
    return _VENDORS.get(name or "", name or "")
