"""What the project asks for, beside what its environment has."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context, Unmet
from .finding import INFO, WARNING, Finding, Report, evidence, finding


def unmet(report: Report, context: Context) -> Iterator[Finding]:
    """One finding for what is missing, one for each other version.

    DJDesk's own Python has nothing but Django, so there only that is compared.
    """
    bundled = report["interpreter"]["bundled"]
    missing = [one for one in context.unmet if not one.installed]
    if missing and not bundled:
        number = len(missing)
        yield finding(
            "requirements-missing",
            WARNING,
            f"{number} requirement{' is' if number == 1 else 's are'} not installed: "
            f"{', '.join(one.name for one in missing[:5])}{', …' if number > 5 else ''}",
            proof=[evidence(one.text, (one.file, one.line)) for one in missing],
            why=f"{report['interpreter']['path']} does not have "
            f"{'it' if number == 1 else 'them'}; what imports "
            f"{'it' if number == 1 else 'them'} fails.",
            action="Install the project's requirements into that environment, or choose the "
            "interpreter that has them.",
            identifier="requirements",
        )
    for one in context.unmet:
        if one.installed and not (bundled and one.name != "django"):
            yield _other(one)


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
