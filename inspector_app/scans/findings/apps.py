"""Installed apps that are not there, and files of the project that could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .finding import INFO, WARNING, Finding, Report, evidence, finding


def not_found(report: Report, context: Context) -> Iterator[Finding]:
    """Only where the interpreter's packages could be looked through, and are all in plain sight."""
    if not context.packages_complete or report["interpreter"]["bundled"]:
        return
    for app in report["apps"]:
        if not app["readable"]:
            yield finding(
                "app-not-found",
                WARNING,
                f"INSTALLED_APPS names {app['name']}, which was not found",
                proof=[evidence(app["name"], context.installed_apps)],
                why=f"Neither the project nor the packages of {report['interpreter']['path']} "
                "have it.",
                action="Install its package into that environment, or choose another interpreter.",
                identifier="INSTALLED_APPS",
                about=app["name"],
            )


def unreadable(_report: Report, context: Context) -> Iterator[Finding]:
    for file, (problem, line) in context.unreadable.items():
        yield finding(
            "unreadable-file",
            INFO,
            f"{file} {problem}",
            proof=[evidence(problem, (file, line))],
            why="What it declares is missing in what was read from the source text.",
            action="",
            identifier="static reading",
            about=file,
        )
