"""Taking results away: what was read and run, in formats other programs open."""

from __future__ import annotations
