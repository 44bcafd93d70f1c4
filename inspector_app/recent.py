"""What the palette was used for last, so that it offers that first."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from .errors import Problem
from .models import Preference

KEPT = 20
LONGEST = 300
FIELDS = ("id", "kind", "title", "detail", "url")

_KEY = "palette_recent"


def recent() -> list[dict[str, str]]:
    """The newest first."""
    row = Preference.objects.filter(key=_KEY).first()
    return list(row.value) if row is not None else []


def remember(entry: dict[str, Any]) -> None:
    """Put ``entry`` first; ``url`` is a page of DJDesk, or empty for a command.

    Raises:
        Problem: ``invalid_parameter`` for what is no entry.
    """
    for name in FIELDS:
        value = entry.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise Problem(
                "invalid_parameter", f"{name} is text of at most {LONGEST} characters.", field=name
            )
    clean = {name: str(entry.get(name, "")) for name in FIELDS}
    if not clean["id"]:
        raise Problem("invalid_parameter", "id is missing.", field="id")
    # It becomes a link: of another address, "//host" would be one.
    if clean["url"] and (
        not clean["url"].startswith("/") or clean["url"].startswith(("//", "/\\"))
    ):
        raise Problem("invalid_parameter", "url is a page of DJDesk.", field="url")
    with transaction.atomic():
        others = [one for one in recent() if one["id"] != clean["id"]]
        Preference.objects.update_or_create(key=_KEY, defaults={"value": [clean, *others][:KEPT]})
