"""Running one allow-listed command: queued, claimed, executed in the jail, logged, ended."""

from __future__ import annotations
