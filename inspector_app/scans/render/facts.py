"""What every rendering says in the same words: facts, apps, checks, and what is missing."""

from __future__ import annotations

from typing import Any

from inspector_app.scans.counts import Counts, count, declared

from .rows import place as place_of

Report = dict[str, Any]


def facts(report: Report) -> list[tuple[str, str]]:
    project, interpreter, counts = report["project"], report["interpreter"], count(report)
    least = "" if report["apps_complete"] else "at least "
    apps = f"{least}{counts.apps} in the project, {least}{counts.apps_installed} installed"
    models = f"{least}{counts.models} in the project, {_installed(counts, least)}"
    nothing = no_apps_known(report)
    return [
        ("Project", project["root"]),
        ("manage.py", project["manage_py"] or "none, it is run as python -m django"),
        ("Settings", project["settings"] or "none named"),
        ("Django", project["django"] or "not known"),
        ("Python", project["python"] or "not known"),
        ("Interpreter", _interpreter(report)),
        ("Why", interpreter["why"]),
        ("Apps", _unknown(report) if nothing else apps),
        ("Models", _unknown(report) if nothing else models),
        ("Relations", _unknown(report) if nothing else str(counts.relations)),
        ("Migrations", _unknown(report) if nothing else _migrations(report, counts)),
        ("URLs", _urls(report)),
        ("Settings changed", _known(report, "settings", _changed_settings(report), "setting")),
        ("Databases", _databases(report)),
        ("Source", _source(report)),
        ("Sandbox", report["sandbox"]["tier"] or "nothing was run"),
        ("Files changed", _changed(report)),
        ("Redacted", _redacted(report)),
    ]


def no_apps_known(report: Report) -> bool:
    """Whether there are none because nobody could tell which."""
    section = report["sections"].get("apps")
    return not report["apps"] and section is not None and not section["ok"]


def _unknown(report: Report) -> str:
    return "not known" if report["trusted"] else "not known until the code runs"


def severities(report: Report) -> dict[str, int]:
    """How many findings there are of each severity, worst first."""
    found = [finding["severity"] for finding in report["findings"]]
    return {name: found.count(name) for name in ("error", "warning", "info")}


def findings_line(report: Report) -> str:
    """``1 error, 3 warnings, 2 info``, or that there is none."""
    parts = [
        f"{number} info" if name == "info" else amount(number, name)
        for name, number in severities(report).items()
        if number
    ]
    return ", ".join(parts) or "none"


def own_apps(report: Report) -> list[tuple[str, int, int, str]]:
    """Label, models, migrations and folder of each app of the project."""
    migrations = report["migrations"]["apps"]
    return [
        (app["label"], len(declared(app)), len(migrations.get(app["label"], [])), app["path"])
        for app in report["apps"]
        if app["path"] is not None
    ]


def checks_line(report: Report) -> str:
    checks = report["checks"]
    if checks["default"] is not None:
        silenced = f", {checks['silenced']} silenced" if checks["silenced"] else ""
        return f"Django's checks: {amount(len(checks['default']), 'issue')}{silenced}"
    error = report["sections"].get("checks", {}).get("error")
    return f"Django's checks: not known ({error or 'the project is not trusted'})"


def gaps(report: Report) -> list[str]:
    """The sections that could not be read whole, each with why."""
    # What keeps a project from starting keeps most sections from being told.
    sharing: dict[str, list[str]] = {}
    for name, section in report["sections"].items():
        if section["error"]:
            sharing.setdefault(section["error"], []).append(name)
    return [f"{', '.join(names)}: {error}" for error, names in sharing.items()]


def partly(report: Report) -> list[str]:
    """What was read and is not all there is to know, each with why."""
    sharing: dict[str, list[str]] = {}
    for name, section in report["sections"].items():
        for note in section.get("notes", []):
            sharing.setdefault(note, []).append(name)
    return [f"{', '.join(names)}: {note}" for note, names in sharing.items()]


def place(finding: dict[str, Any]) -> str:
    """Where a finding is proven, as editors understand it; empty when it has no place."""
    return place_of(finding["file"], finding["line"])


def amount(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _interpreter(report: Report) -> str:
    if report["interpreter"]["bundled"] and not report["project"]["python"]:
        return "none"
    return str(report["interpreter"]["path"])


def _migrations(report: Report, counts: Counts) -> str:
    unapplied = report["migrations"]["unapplied"]
    installed = sum(map(len, report["migrations"]["apps"].values()))
    where = f"{counts.migrations} in this project, {installed} with those of installed apps"
    if unapplied is None:
        return f"{where}, applied ones not known"
    return f"{where}; {unapplied or 'none'} of all not applied on default"


def _changed_settings(report: Report) -> int:
    return len(report["settings"]["changed"])


def _urls(report: Report) -> str:
    section = report["sections"].get("urls")
    if not report["urls"] and section is not None and section["ok"]:
        # The URLconf has none, or the settings name no URLconf.
        return "none"
    return _known(report, "urls", len(report["urls"]), "pattern")


def _known(report: Report, name: str, number: int, noun: str) -> str:
    """A number that is nought because nobody could know is no nought."""
    section = report["sections"].get(name)
    if number == 0 and (section is None or section["source"] == "static"):
        return _unknown(report)
    written = (
        ", as far as the source text tells" if section and section["source"] == "static" else ""
    )
    return f"{amount(number, noun)}{written}"


def _installed(counts: Counts, least: str) -> str:
    if counts.models_installed is None:
        return "those of installed packages not known"
    return f"{least}{counts.models_installed} installed"


def _databases(report: Report) -> str:
    named = [
        f"{one['alias']} ({engine(one)})" + (f": {one['error']}" if one.get("error") else "")
        for one in report["databases"]
    ]
    return "; ".join(named) or "none that the source text names"


def engine(database: Report) -> str:
    """The backend of a database, or what is known of one that depends on what runs."""
    candidates = " or ".join(database.get("candidates", []))
    if not database["engine"]:
        return f"not known: {candidates}" if candidates else "not literal"
    depends = (
        ", unless the environment or code that was not run says otherwise"
        if database.get("depends")
        else ""
    )
    return f"{database['engine']}{depends}"


def _source(report: Report) -> str:
    sections = report["sections"].values()
    runtime = any(one["source"] == "runtime" and one["ok"] for one in sections)
    return "the running project, and its source text" if runtime else "source text, nothing was run"


def _redacted(report: Report) -> str:
    # A report of an earlier version has not counted.
    number = report.get("redacted")
    return "not counted" if number is None else amount(number, "secret")


def _changed(report: Report) -> str:
    changed = report["files_changed"]
    if changed is None:
        return "not compared"
    unreadable = report.get("files_unreadable")
    unknown = f" ({amount(unreadable, 'folder')} could not be read)" if unreadable else ""
    if not changed:
        return f"0{unknown}"
    names = ", ".join(f"{one['path']} ({one['change']})" for one in changed[:5])
    return f"{len(changed)}: {names}{', …' if len(changed) > 5 else ''}{unknown}"
