"""What goes into the frozen sidecar, and what is left out."""

from __future__ import annotations
