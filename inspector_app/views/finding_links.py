"""Where a finding is looked at in DJDesk: what the link says, and its address."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

Finding = dict[str, Any]
Link = tuple[str, str]

# Of each rule: what is opened, the section, and what its address asks for; "*" is the object.
_RULES: dict[str, tuple[str, str, dict[str, str]]] = {
    "conflicting-migrations": ("Show conflict", "migrations", {"app": "*", "show": "conflict"}),
    "database-never-migrated": ("Show migrations", "migrations", {"show": "unapplied"}),
    "unapplied-migrations": ("Show migrations", "migrations", {"show": "unapplied"}),
    "inconsistent-history": ("Show migrations", "migrations", {"app": "*"}),
    "missing-migrations": ("Show migrations", "migrations", {"app": "*"}),
    "app-without-migrations": ("Show models", "models", {"app": "*"}),
    "model-made-when-running": ("Show models", "models", {"app": "*"}),
    "model-not-registered": ("Show models", "models", {"app": "*"}),
    "development-settings": ("Show checks", "checks", {"kind": "deploy"}),
    "url-never-reached": ("Show URLs", "urls", {"q": "*"}),
    "url-name-collision": ("Show URLs", "urls", {"q": "*"}),
    "urlconf-included-twice": ("Show URLs", "urls", {"q": "*"}),
    "middleware-order": ("Show setting", "settings", {"q": "MIDDLEWARE"}),
}


class FindingLinks:
    """The links of one project's findings, of which ``models`` and ``settings`` may be about."""

    def __init__(self, slug: str, models: Collection[str], settings: Collection[str]) -> None:
        self._slug = slug
        self._models = models
        self._settings = settings

    def of(self, finding: Finding) -> Link | None:
        """None where no section shows more than the finding itself does."""
        about = str(finding["object"])
        known = _RULES.get(finding["rule"])
        if known is not None:
            text, section, asked = known
            return self._link(text, section, {k: v.replace("*", about) for k, v in asked.items()})
        model = ".".join(about.split(".")[:2])
        if model in self._models:
            return self._link("Show model", "models", {"focus": model})
        if about in self._settings:
            return self._link("Show setting", "settings", {"q": about})
        return None

    def _link(self, text: str, section: str, asked: dict[str, str]) -> Link:
        query = urlencode({name: value for name, value in asked.items() if value})
        return text, f"{reverse(f'inspector:{section}', args=[self._slug])}?{query}"
