"""Keeping secrets out of what DJDesk writes down."""

from __future__ import annotations
