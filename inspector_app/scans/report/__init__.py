"""The report of a scan, ``djdesk-report/1``: one schema for page, command line and exports.

The schema is docs/report-schema.json. Readers pass over keys they do not know. Each part of it is
built by a module of its own, from what the project's Django told where it told anything, from the
source text where it did not.
"""

from __future__ import annotations

from .build import FORMAT, build_report, sendable

__all__ = ["FORMAT", "build_report", "sendable"]
