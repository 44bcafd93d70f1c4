"""A report as text, Markdown and HTML."""

from __future__ import annotations
