"""What DJDesk knows about Django projects: finding, reading, running, exporting."""

from __future__ import annotations
