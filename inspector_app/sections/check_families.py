"""The families of Django's check ids, which the bundled documentation explains one by one."""

from __future__ import annotations

import re

PAGE = "/docs/checks.html"

# The part of an id before its number; docs/checks.md has a heading for each.
FAMILIES = frozenset(
    {
        *("admin", "async", "auth", "caches", "commands", "contenttypes", "fields", "files", "gis"),
        *("models", "mysql", "postgres", "security", "signals", "sites", "staticfiles"),
        *("templates", "translation", "urls"),
    }
)
# Those that have a paragraph of their own there.
EXPLAINED = frozenset(
    {
        *(f"security.W{number:03}" for number in (1, 2, 3, 4, 5, 6, 8, 9, 12, 16, 18, 19, 20, 21)),
        *("security.W022", "security.W025", "models.E006", "models.W042", "fields.E304"),
        *("fields.W340", "fields.W342", "staticfiles.W004", "urls.W002", "urls.W005", "admin.E108"),
    }
)
_ID = re.compile(r"(?P<family>[a-z]+)\.[CEWID]\d{3}\Z")


def anchor(check: str) -> str:
    """The address of what the documentation says of a check's id; empty for a package's own."""
    found = _ID.match(check)
    if found is None or found["family"] not in FAMILIES:
        return ""
    if check in EXPLAINED:
        return f"{PAGE}#{check.lower().replace('.', '-')}"
    return f"{PAGE}#{found['family']}"
