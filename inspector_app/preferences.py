"""The user's settings, kept in the database because a port, and so an origin, lives once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .editor.known import CHOICES as EDITORS
from .errors import Problem
from .host import get_host
from .models import Preference


@dataclass(frozen=True)
class Choice:
    """One of ``values``; the first is the default."""

    values: tuple[str, ...]

    @property
    def default(self) -> str:
        return self.values[0]

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.values

    def clean(self, key: str, value: Any) -> str:
        if not self.fits(value):
            raise _bad(key, f"{key} is one of {', '.join(self.values)}.")
        return str(value)


@dataclass(frozen=True)
class Number:
    """A whole number from ``least`` to ``most``, with the words a page shows beside it."""

    default: int
    least: int
    most: int
    unit: str
    title: str
    detail: str = ""

    def fits(self, value: Any) -> bool:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and self.least <= value <= self.most

    def clean(self, key: str, value: Any) -> int:
        if not self.fits(value):
            raise _bad(key, f"{key} is a whole number from {self.least:,} to {self.most:,}.")
        return int(value)


@dataclass(frozen=True)
class Switch:
    """On or off."""

    default: bool

    def fits(self, value: Any) -> bool:
        return isinstance(value, bool)

    def clean(self, key: str, value: Any) -> bool:
        if not self.fits(value):
            raise _bad(key, f"{key} is true or false.")
        return bool(value)


@dataclass(frozen=True)
class Command:
    """A program and its arguments; none by default."""

    default: tuple[str, ...] = ()

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)

    def clean(self, key: str, value: Any) -> list[str]:  # noqa: ARG002 -- it names its field itself
        from .editor.template import check

        return check(value)


Kind = Choice | Number | Switch | Command

CHOICES: dict[str, Choice] = {
    "theme": Choice(("system", "light", "dark")),
    "density": Choice(("comfortable", "compact")),
    "motion": Choice(("system", "reduced")),
    # What happens when source files have changed since the newest scan.
    "rescan": Choice(("asked", "automatic")),
    "editor": Choice(EDITORS),
    "notify": Choice(("notable", "failures", "never")),
    # What closing the window means; without a tray it is always the end.
    "closing": Choice(("quit", "tray")),
}

# How many runs and how much of their output stay, and how many commands run at once.
LIMITS: dict[str, Number] = {
    "keep_runs": Number(200, 1, 100_000, "runs", "Runs of each project"),
    "keep_mb": Number(1_000, 1, 1_000_000, "MB", "Output of each project"),
    "keep_runs_total": Number(1_000, 1, 100_000, "runs", "Runs of all projects"),
    "keep_mb_total": Number(4_000, 1, 1_000_000, "MB", "Output of all projects"),
    "parallel": Number(2, 1, 8, "at once", "Commands of all projects"),
    "parallel_workspace": Number(2, 1, 8, "at once", "Commands of each project"),
}

TIMEOUT = "timeout_s"

PREFERENCES: dict[str, Kind] = {
    **CHOICES,
    **LIMITS,
    TIMEOUT: Number(60, 1, 600, "s", "Time limit"),
    "single_keys": Switch(default=True),
    "editor_command": Command(),
}


def all_preferences() -> dict[str, Any]:
    """Every preference; one whose stored value is none of this version's has its default."""
    stored = {row.key: row.value for row in Preference.objects.filter(key__in=PREFERENCES)}
    chosen = {
        key: stored[key] if key in stored and kind.fits(stored[key]) else kind.default
        for key, kind in PREFERENCES.items()
    }
    # Whoever set the environment variable wanted it for this process.
    if TIMEOUT not in stored or settings.DJDESK_TIMEOUT_IS_SET:
        chosen[TIMEOUT] = settings.DJDESK_INSPECTOR_TASK_TIMEOUT
    return chosen


def save(values: dict[str, Any]) -> dict[str, Any]:
    """Keep the given preferences; all of them are checked before the first is written."""
    clean = {key: _clean(key, value) for key, value in values.items()}
    for key, value in clean.items():
        Preference.objects.update_or_create(key=key, defaults={"value": value})
    return all_preferences()


def tell_closing() -> None:
    """Tell the window what its closing means."""
    get_host().closing(to_tray=all_preferences()["closing"] == "tray")


def _clean(key: str, value: Any) -> Any:
    kind = PREFERENCES.get(key)
    if kind is None:
        raise Problem("unknown_key", f"There is no preference {key[:60]!r}.", field=key[:60])
    return kind.clean(key, value)


def _bad(key: str, message: str) -> Problem:
    return Problem("invalid_parameter", message, field=key)
