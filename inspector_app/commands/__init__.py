"""The allow-list: which management commands may run, and which values their parameters may have."""

from __future__ import annotations
