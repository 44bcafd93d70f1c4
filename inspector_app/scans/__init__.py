"""Reading a project: what its files say, and what its own commands report."""

from __future__ import annotations
