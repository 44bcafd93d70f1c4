"""A project's models as a graph: what a view of it shows, and what is known about each part."""

from __future__ import annotations
