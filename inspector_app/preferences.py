"""The page's few settings, kept in the database because a port, and so an origin, lives once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .errors import Problem
from .models import Preference

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark"),
    "density": ("comfortable", "compact"),
}


@dataclass(frozen=True)
class Number:
    """A whole number from ``least`` to ``most``, with the words a page shows beside it."""

    default: int
    least: int
    most: int
    unit: str
    title: str


NUMBERS: dict[str, Number] = {
    "keep_runs": Number(200, 1, 100_000, "runs", "Runs of each project"),
    "keep_mb": Number(1_000, 1, 1_000_000, "MB", "Output of each project"),
    "keep_runs_total": Number(1_000, 1, 100_000, "runs", "Runs of all projects"),
    "keep_mb_total": Number(4_000, 1, 1_000_000, "MB", "Output of all projects"),
    "parallel": Number(2, 1, 8, "at once", "Of all projects"),
    "parallel_workspace": Number(2, 1, 8, "at once", "Of each project"),
}


def all_preferences() -> dict[str, Any]:
    # Other rows are not settings: where boxes of diagrams were put, say.
    kept = Preference.objects.filter(key__in=[*CHOICES, *NUMBERS])
    stored = {preference.key: preference.value for preference in kept}
    chosen: dict[str, Any] = {
        key: stored[key] if stored.get(key) in choices else choices[0]
        for key, choices in CHOICES.items()
    }
    for key, number in NUMBERS.items():
        chosen[key] = stored[key] if _fits(number, stored.get(key)) else number.default
    return chosen


def save(values: dict[str, Any]) -> dict[str, Any]:
    """Keep the given preferences; all of them are checked before the first is written."""
    for key, value in values.items():
        _check(key, value)
    for key, value in values.items():
        Preference.objects.update_or_create(key=key, defaults={"value": value})
    return all_preferences()


def _check(key: str, value: Any) -> None:
    number = NUMBERS.get(key)
    if number is not None:
        if not _fits(number, value):
            raise Problem(
                "invalid_parameter",
                f"{key} is a whole number from {number.least:,} to {number.most:,}.",
                field=key,
            )
        return
    if key not in CHOICES:
        raise Problem("unknown_key", f"There is no preference {key[:60]!r}.", field=key[:60])
    if value not in CHOICES[key]:
        raise Problem("invalid_parameter", f"{key} is one of {', '.join(CHOICES[key])}.", field=key)


def _fits(number: Number, value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and number.least <= value <= number.most
