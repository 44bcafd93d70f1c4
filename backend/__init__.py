"""The Django project behind the window: process, access, queue, server and command line."""

from __future__ import annotations

__version__ = "0.1.0"
