"""The page's few settings, kept in the database because a port, and so an origin, lives once."""

from __future__ import annotations

from typing import Any

from .errors import Problem
from .models import Preference

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark"),
    "density": ("comfortable", "compact"),
}


def all_preferences() -> dict[str, str]:
    stored = {preference.key: preference.value for preference in Preference.objects.all()}
    return {
        key: stored[key] if stored.get(key) in choices else choices[0]
        for key, choices in CHOICES.items()
    }


def save(values: dict[str, Any]) -> dict[str, str]:
    """Keep the given preferences; all of them are checked before the first is written."""
    for key, value in values.items():
        if key not in CHOICES:
            raise Problem("unknown_key", f"There is no preference {key[:60]!r}.", field=key[:60])
        if value not in CHOICES[key]:
            raise Problem(
                "invalid_parameter",
                f"{key} is one of {', '.join(CHOICES[key])}.",
                field=key,
            )
    for key, value in values.items():
        Preference.objects.update_or_create(key=key, defaults={"value": value})
    return all_preferences()
