"""Where the source text and the running project do not say the same."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .finding import INFO, WARNING, Finding, Report, evidence, finding
from .own import own_apps


def models(report: Report, context: Context) -> Iterator[Finding]:
    """Models that the source text declares and the running project has not, or the other way."""
    for app in own_apps(report):
        read = context.read_models.get(app["label"])
        if read is None:
            continue
        running = {one["label"]: one for one in app["models"] if not one["auto_created"]}
        only_running = [one for label, one in running.items() if label not in read]
        only_read = sorted(read - running.keys())
        if only_running:
            names = ", ".join(one["label"] for one in only_running)
            yield finding(
                "model-made-when-running",
                INFO,
                f"{names} {'exists' if len(only_running) == 1 else 'exist'} only while "
                f"{app['label']} runs",
                proof=[evidence(one["label"], (one["file"], one["line"])) for one in only_running],
                why="No class statement that could be read declares it: code makes it. What is "
                "read before trust does not show it.",
                action="",
                identifier="static and runtime",
                about=app["label"],
            )
        if only_read:
            yield finding(
                "model-not-registered",
                WARNING,
                f"{', '.join(only_read)} {'is' if len(only_read) == 1 else 'are'} written in "
                f"{app['label']} and not registered with Django",
                proof=[evidence(label) for label in only_read],
                why="A class statement declares it as a model, and the running project has no such "
                "model: its module may never be imported.",
                action=f"Import its module from {app['label']}'s models, or make it abstract.",
                identifier="static and runtime",
                about=app["label"],
            )
