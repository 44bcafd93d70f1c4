"""The log of the run, which shows what the project prints as well."""

from __future__ import annotations


def say(line: str) -> None:
    """Into the log of the run, among what the project prints."""
    try:
        print(line, flush=True)
    except Exception:  # The project may have closed it, or put anything in its place.
        return
