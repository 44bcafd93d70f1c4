"""The report that an earlier ``djdesk inspect --format json`` wrote, to compare with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem

SIZE_LIMIT = 256 * 1024 * 1024


def read_report(name: str) -> dict[str, Any]:
    """The report in the file ``name``.

    Raises:
        Problem: ``bad_report`` when there is none of this format.
    """
    try:
        with Path(name).open("rb") as file:
            report = json.loads(file.read(SIZE_LIMIT))
    except OSError as error:
        raise _bad(name, f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _bad(name, "is not JSON") from error
    if not isinstance(report, dict) or report.get("format") != "djdesk-report/1":
        raise _bad(name, "is no report of the format djdesk-report/1")
    return report


def difference(before: dict[str, Any], after: dict[str, Any], name: str) -> dict[str, Any]:
    """What ``after`` has that ``before``, from the file ``name``, has not, and the other way."""
    from inspector_app.scans.difference.compare import compare

    try:
        return compare(before, after)
    except (AttributeError, KeyError, TypeError) as error:
        raise _bad(name, "is a report with parts missing") from error


def _bad(name: str, why: str) -> Problem:
    return Problem(
        "bad_report",
        f"{name} {why}.",
        "Name a file that djdesk inspect --format json wrote.",
        field="compare",
    )
