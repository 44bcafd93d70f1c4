"""Tests of a sandbox tier are for machines on which it works; in some containers it does not."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from inspector_app.runs.probe import Proven, probe


def require(tier: str) -> None:
    """Skip the calling test where ``tier`` does not work, with the reason."""
    found = _proven(Path(settings.DJDESK_JAIL)).get(tier)
    if found is None or not found.works:
        reason = found.reason if found is not None else "the launcher gave no answer"
        pytest.skip(f"{tier} does not work on this machine: {reason}")


@functools.cache
def _proven(launcher: Path) -> dict[str, Proven]:
    return {one.tier: one for one in probe(launcher, Path(tempfile.gettempdir()))}
