"""What the project asks for, beside what its environment has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector_app.workspaces.versions import allows

from .context import Context, Unmet
from .finding import INFO, WARNING, Finding, Report, evidence, finding


def unmet(report: Report, context: Context) -> Iterator[Finding]:
    """One finding for what is missing, one for each other version.

    Where only the release of Django could be compared, only that is told; DJDesk's own Python has
    nothing else.
    """
    found = context.unmet if _unknown(report) else list(_compared(report))
    missing = [one for one in found if not one.installed]
    if missing:
        number = len(missing)
        it = "it" if number == 1 else "them"
        yield finding(
            "requirements-missing",
            WARNING,
            f"{number} requirement{' is' if number == 1 else 's are'} not installed: "
            f"{', '.join(one.name for one in missing[:5])}{', …' if number > 5 else ''}",
            proof=[evidence(one.text, (one.file, one.line)) for one in missing],
            why=f"{report['interpreter']['path']} does not have {it}; what imports {it} fails.",
            action="Install the project's requirements into that environment, or choose the "
            "interpreter that has them.",
            identifier="requirements",
        )
    for one in found:
        if one.installed:
            yield _other(one)


def _unknown(report: Report) -> bool:
    whole = report.get("requirements") and report.get("distributions")
    return report["interpreter"]["bundled"] or not whole


def _compared(report: Report) -> Iterator[Unmet]:
    """What the project needs to run, by the files that people write.

    A lock file names everything that is ever installed, a group what only some need, and a marker
    may not hold here: none of them proves anything.
    """
    installed = {_normal(one["name"]): one["version"] for one in report["distributions"]}
    seen: set[str] = set()
    for one in report["requirements"]:
        name = _normal(one["name"])
        if one["locked"] or one["group"] or one["marker"] or one["url"] or name in seen:
            continue
        seen.add(name)
        have = installed.get(name, "")
        if not have or not allows(one["specifier"], have):
            written = "Django" if name == "django" else one["name"]
            yield Unmet(name, f"{written}{one['specifier']}", one["file"], one["line"], have)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _other(one: Unmet) -> Finding:
    django = one.name == "django"
    return finding(
        "requirement-other-version",
        WARNING if django else INFO,
        f"{one.text} is asked for, {one.name if not django else 'Django'} {one.installed} is used",
        proof=[evidence(one.text, (one.file, one.line))],
        why="Checks and SQL can differ between releases of Django."
        if django
        else "What is inspected here is not what the project is meant to run with.",
        action="Install the release that the project asks for, or choose another interpreter.",
        identifier="requirements",
        about=one.name,
    )
