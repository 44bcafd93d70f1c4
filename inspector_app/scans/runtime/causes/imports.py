"""What keeps the code of a project from being imported."""

from __future__ import annotations

import sys

from inspector_app.scans.runtime.packages import requirement_of
from inspector_app.workspaces.missing_settings import missing_settings, place_of_name
from inspector_app.workspaces.versions import numbers

from .case import Case, Cause

# The first release that needs so much of Python, newest first.
_NEEDS = (((6, 0), (3, 12)), ((5, 0), (3, 10)), ((4, 0), (3, 8)))
# Removed from the standard library in Python 3.12 and 3.13.
_GONE = frozenset(
    [
        "asynchat",
        "asyncore",
        "cgi",
        "cgitb",
        "crypt",
        "distutils",
        "imghdr",
        "imp",
        "pipes",
        "smtpd",
        "telnetlib",
        "uu",
    ]
)


def python_too_old(case: Case) -> Cause | None:
    """Whatever it ran into: a Django that is newer than its Python cannot work."""
    distributions = case.told.data("distributions") or []
    found = next((one["version"] for one in distributions if one["name"].lower() == "django"), "")
    django = found or (case.workspace.django_version if case.workspace is not None else "")
    python = numbers(case.told.python)
    for since, needed in _NEEDS:
        if numbers(django)[:2] >= since:
            if not python or python >= needed:
                return None
            least = ".".join(map(str, needed))
            return Cause(
                "python_too_old",
                f"Django {django} needs Python {least}, and {case.python} is {case.told.python}",
                action=f"Choose an interpreter with Python {least} or newer, or an older Django.",
            )
    return None


def no_django(case: Case) -> Cause | None:
    if not case.raised.is_a("ImportError") or case.raised.name != "django":
        return None
    return Cause(
        "django_missing",
        f"{case.python} has no Django",
        action="Install the project's requirements into its environment, or choose the "
        "interpreter that has them.",
    )


def missing_module(case: Case) -> Cause | None:
    raised = case.raised
    if not raised.is_a("ModuleNotFoundError") or not raised.name:
        return None
    top = raised.name.partition(".")[0]
    settings = case.workspace.settings_module if case.workspace is not None else ""
    if case.workspace is not None and f"{settings}.".startswith(f"{raised.name}."):
        problem = missing_settings(case.workspace)
        if problem is not None:
            named = place_of_name(case.workspace)
            place = (str(case.root / named[0]), named[1]) if named is not None else None
            return Cause(problem.code, problem.message, action=problem.hint, place=place)
    if any((one / top).is_dir() or (one / f"{top}.py").is_file() for one in case.folders):
        return Cause(
            "module_missing",
            f"The project has no module {raised.name}",
            action="Check how the importing line spells it, and that its folder is complete.",
            place=case.place,
        )
    if top in sys.stdlib_module_names or top in _GONE:
        return Cause(
            "module_missing",
            f"Python {case.told.python} has no module {raised.name}",
            action="It is a part of other versions of Python; choose an interpreter of one.",
            place=case.place,
        )
    asked = requirement_of(top, case.root, case.base)
    wanted = f"{asked.name}{asked.specifier} ({asked.file}:{asked.line})" if asked else ""
    return Cause(
        "dependency_missing",
        f"The package {raised.name} is not installed in {case.python}",
        action=f"The project asks for {wanted}: install its requirements into that environment."
        if wanted
        else "No requirement file of the project names it: install it into that environment, and "
        "add it to the requirements.",
        place=case.place,
    )


def syntax_error(case: Case) -> Cause | None:
    syntax = case.raised.syntax
    if syntax is None:
        return None
    file, line, _source, message = syntax
    prefix = str(case.root).rstrip("/") + "/"
    return Cause(
        "syntax_error",
        f"{file.removeprefix(prefix)} is no valid Python {case.told.python}: {message}",
        action="Correct that line, or choose the Python that the project is written for.",
        place=(file, line),
    )


def circular_import(case: Case) -> Cause | None:
    """A module is asked for a name while it is still being executed further up."""
    raised = case.raised
    if not raised.is_a("ImportError") or not raised.path:
        return None
    under_way = [one for one in raised.frames if one["function"] == "<module>"]
    if raised.path not in {one["file"] for one in under_way[:-1]}:
        return None
    return Cause(
        "circular_import",
        f"The import of {raised.name} goes in a circle: {raised.text.partition(' (')[0]}",
        action="Move one of the two imports into the function that needs it, or what both need "
        "into a module of its own.",
        place=case.place,
    )
