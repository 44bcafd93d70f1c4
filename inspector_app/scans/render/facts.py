"""The facts that every rendering starts with."""

from __future__ import annotations

from typing import Any


def facts(report: dict[str, Any]) -> list[tuple[str, str]]:
    project, interpreter = report["project"], report["interpreter"]
    models = sum(len(app["models"]) for app in report["apps"])
    own = sum(app["path"] is not None for app in report["apps"])
    return [
        ("Project", project["root"]),
        ("manage.py", project["manage_py"]),
        ("Settings", project["settings"] or "none named"),
        ("Django", project["django"] or "not known"),
        ("Python", project["python"] or "not known"),
        ("Interpreter", interpreter["path"]),
        ("Why", interpreter["why"]),
        ("Apps", f"{own} in the project, {len(report['apps'])} installed"),
        ("Models", f"{models} (from the source text)"),
        ("Files changed", _changed(report)),
    ]


def checks_line(report: dict[str, Any]) -> str:
    checks = report["checks"]["default"]
    if checks is not None:
        return f"Django's checks: {len(checks)} issues"
    error = report["sections"].get("checks", {}).get("error")
    return f"Django's checks: not known ({error or 'the project is not trusted'})"


def _changed(report: dict[str, Any]) -> str:
    changed = report["files_changed"]
    return "not compared, nothing was run" if changed is None else str(len(changed))
