"""Which tiers work on this machine, and why the others do not."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from inspector_app.runs.probe import Proven, probe
from inspector_app.runs.scratch import scratch_root

from .page import page
from .tiers import TIERS


@functools.cache
def _proven() -> list[Proven]:
    """Tried once in the life of this process: a kernel does not change under it."""
    return probe(Path(settings.DJDESK_JAIL), scratch_root())


@page("inspector_app/partials/tiers_proven.html")
def proven(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Fetched when somebody wants to know: the trial takes a moment."""
    return {"tiers": [(TIERS[one.tier], one) for one in _proven() if one.tier in TIERS]}
