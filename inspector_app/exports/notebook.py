"""A Jupyter notebook (nbformat 4.5) of what was read and run.

Outputs stand only under text that DJDesk itself ran; a cell that nobody executed has no execution
count and no output. The code cells need nothing but Python: the data is in the notebook.
Format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from inspector_app.commands.argv import display
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.scans.render.changes import moment
from inspector_app.scans.render.facts import gaps, partly

from .cells import code, markdown, quote, raw

LINES_LIMIT = 400


def build_notebook(
    workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]
) -> dict[str, Any]:
    """The notebook as an object; the same report and runs give the same cell ids."""
    cells = [
        _title(report),
        _facts(report),
        code(f"report = {_literal(_data(report))}"),
        _models(report),
        code(_TABLE),
        *_missing(report),
        _findings(report),
        _runs(len(runs)),
    ]
    for run in runs:
        cells.extend(_run(run, workspace))
    for position, cell in enumerate(cells):
        cell["id"] = _cell_id(position, cell)
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "djdesk": {"format": report["format"], "generated_at": report["generated_at"]},
        },
        "cells": cells,
    }


def _title(report: dict[str, Any]) -> dict[str, Any]:
    project = report["project"]
    name = project["root"].rstrip("/").rpartition("/")[2]
    sources = sorted({section["source"] for section in report["sections"].values()})
    return markdown(
        f"# {quote(name)}\n\n"
        f"Read by DJDesk {quote(report['djdesk'])} on {moment(report['generated_at'])}, "
        f"sources: {', '.join(sources)}. Nothing in the project was written by DJDesk."
    )


def _models(report: dict[str, Any]) -> dict[str, Any]:
    ran = report["sections"].get("models", {}).get("source") == "runtime"
    source = "running project" if ran else "source text"
    return markdown(f"## Apps and models\n\nFrom the {source}; run the cell to see the table.")


def _runs(number: int) -> dict[str, Any]:
    if not number:
        return markdown("## Runs\n\nNo command was run.")
    words = "1 command was" if number == 1 else f"{number} commands were"
    return markdown(f"## Runs\n\n{words} run by DJDesk on this workspace.")


def _facts(report: dict[str, Any]) -> dict[str, Any]:
    project, interpreter = report["project"], report["interpreter"]
    rows = [
        ("Folder", project["root"]),
        ("manage.py", project["manage_py"] or "none, it is run as python -m django"),
        ("Settings", project["settings"] or "none named"),
        ("Django", project["django"] or "not known"),
        ("Python", project["python"] or "not known"),
        ("Interpreter", interpreter["path"]),
        ("Why", interpreter["why"]),
    ]
    table = "\n".join(f"| {name} | {quote(value)} |" for name, value in rows)
    return markdown(f"## Project\n\n| | |\n|---|---|\n{table}")


def _missing(report: dict[str, Any]) -> list[dict[str, Any]]:
    missing = [*gaps(report), *partly(report)]
    if not missing:
        return []
    return [markdown("## Not read, or in part\n\n" + "\n".join(f"- {quote(m)}" for m in missing))]


def _findings(report: dict[str, Any]) -> dict[str, Any]:
    findings = report["findings"]
    if not findings:
        checked = report["checks"]["default"] is not None
        return markdown(
            "## Findings\n\n"
            + ("None." if checked else "None in the source text; the checks have not run.")
        )
    lines = []
    for finding in findings:
        place = f" in `{finding['file']}:{finding['line']}`" if finding["file"] else ""
        why = f" {quote(finding['why'])}" if finding["why"] else ""
        lines.append(
            f"- **{finding['severity']}** ({quote(finding['id'])}){place}: "
            f"{quote(finding['title'])}{why}"
        )
    return markdown("## Findings\n\n" + "\n".join(lines))


def _run(run: WorkspaceTaskRun, workspace: Workspace) -> list[dict[str, Any]]:
    changed = (
        "files not compared"
        if run.files_changed is None
        else f"{len(run.files_changed)} files changed, {run.files_compared} compared"
    )
    ended = f"exit {run.exit_code}" if run.exit_code is not None else str(run.status)
    took = f"{run.seconds:.2f} s" if run.seconds is not None else "no time"
    head = markdown(
        f"### Run {run.number}: {quote(run.preset)}\n\n"
        f"{ended}, {took}, tier {quote(run.tier)}, {changed}."
        + (f" {quote(run.message)}" if run.message else "")
    )
    command = " ".join(display(run.argv, workspace))
    return [head, raw(f"$ {command}\n{_output(run)}")]


def _output(run: WorkspaceTaskRun) -> str:
    """The output in arrival order, stderr marked; its middle left out where it is long."""
    if not run.log.exists() or not run.lines:
        return "(no output)"
    half = LINES_LIMIT // 2
    if run.lines <= LINES_LIMIT:
        return "\n".join(_line(line.stream, line.text) for line in run.log.lines(1, run.lines))
    head = [_line(line.stream, line.text) for line in run.log.lines(1, half)]
    tail = [_line(line.stream, line.text) for line in run.log.lines(run.lines - half + 1, half)]
    omitted = run.lines - LINES_LIMIT
    return "\n".join([*head, f"... {omitted} lines omitted ...", *tail])


def _line(stream: str, text: str) -> str:
    return f"[stderr] {text}" if stream == "stderr" else text


def _data(report: dict[str, Any]) -> dict[str, Any]:
    return {key: report[key] for key in ("apps", "relations", "migrations", "checks", "findings")}


def _literal(data: dict[str, Any]) -> str:
    """Python source for ``data``; JSON in a string, so that no value can become code."""
    return f"__import__('json').loads({json.dumps(data)!r})"


def _cell_id(position: int, cell: dict[str, Any]) -> str:
    digest = hashlib.sha256(f"{position}:{cell['source']}".encode()).hexdigest()
    return f"djdesk-{digest[:16]}"


_TABLE = """\
for app in report["apps"]:
    if app["path"] is None:
        continue
    models = [model for model in app["models"] if not model["auto_created"]]
    print(f"{app['label']}: {len(models)} models")
    for model in models:
        fields = ", ".join(field["name"] for field in model["fields"])
        print(f"    {model['name']} ({model['file']}:{model['line']}): {fields}")"""
