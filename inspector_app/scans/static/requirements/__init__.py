"""What a project asks to have installed: its requirement and lock files, line by line."""

from __future__ import annotations
