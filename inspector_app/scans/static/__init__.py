"""What can be known of a project from its source text alone."""

from __future__ import annotations
