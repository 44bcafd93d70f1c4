"""Secrets that stand in the project's source text. Their values are nowhere in a report."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .finding import ERROR, WARNING, Finding, Report, evidence, finding
from .own import is_for_development


def written(report: Report, context: Context) -> Iterator[Finding]:
    """One finding for each name. In settings for development they are warnings."""
    development = is_for_development(report)
    for one in context.secrets:
        known = {
            True: "Version control has this file, and so has everybody who has the repository.",
            False: "",
            None: "Whoever can read this file has it.",
        }[one.committed]
        if one.committed is False:
            # Left out of version control on purpose.
            continue
        yield finding(
            "secret-in-source",
            WARNING if development or one.committed is None else ERROR,
            f"{one.name} is written in {one.file}",
            proof=[evidence(f"{one.name} = [redacted]", (one.file, one.line))],
            why=known,
            action="Read it from the environment, and change the secret: what was committed once "
            "stays in the history.",
            identifier="secrets",
            about=one.name,
        )
