"""Finding things of a project by a few letters: an index over its newest report, and its runs."""

from __future__ import annotations
