"""What is different between two reports of one project: added, removed, changed."""

from __future__ import annotations
