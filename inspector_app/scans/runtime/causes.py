"""What an exception at the start of a project means, in words for people, by its kind.

The first cause that fits is told. Messages are looked at only where a library raises one class for
everything; the patterns are then those of that library.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector_app.models import Workspace
from inspector_app.workspaces.missing_settings import missing_settings, place_of_name
from inspector_app.workspaces.versions import numbers

from .failure import Raised
from .packages import requirement_of
from .told import Told

_IN_A_PACKAGE = (
    "It is raised in the package {}: perhaps its version does not fit those of other packages. "
    "Install the versions that the project's lock file or its documentation names."
)
_SEE = "Its whole traceback is in the log of the scan's run; the last lines name the cause."
_NO_VARIABLE = (
    "Commands get a clean environment, without the variables of your shell. Choose an env file "
    "that sets {0} for this project, give it a default in the settings, or choose settings that "
    "do without it."
)
# What django-environ, environs, python-decouple and starlette's Config say.
_ASKED_FOR = (
    ("ImproperlyConfigured", re.compile(r"Set the (\w{1,100}) environment variable\Z")),
    ("EnvError", re.compile(r'Environment variable "(\w{1,100})" not set\Z')),
    ("UndefinedValueError", re.compile(r"(\w{1,100}) not found")),
)
# The first release that needs so much of Python, newest first.
_NEEDS = (((6, 0), (3, 12)), ((5, 0), (3, 10)), ((4, 0), (3, 8)))
_NETWORK = ("URLError", "gaierror", "ConnectionError", "ProxyError", "NewConnectionError")
_REFUSALS = (errno.EACCES, errno.EPERM, errno.EROFS)
_TESTED = 6


@dataclass(frozen=True)
class Cause:
    """``place`` is absolute; ``why`` empty where it only is that the project does not start."""

    code: str
    title: str
    why: str = ""
    action: str = ""
    place: tuple[str, int] | None = None


@dataclass(frozen=True)
class _Case:
    """``around`` is what was raised because of it, nearest first."""

    raised: Raised
    told: Told
    workspace: Workspace | None
    root: Path
    around: list[Raised]

    @property
    def place(self) -> tuple[str, int] | None:
        """A library may have caught it before it came to the project's own code."""
        places = (one.place_in(self.root) for one in (self.raised, *self.around))
        return next((place for place in places if place is not None), None)

    @property
    def base(self) -> Path:
        """The folder of manage.py."""
        return self.workspace.base_path if self.workspace is not None else self.root

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those from which the project imports its own code."""
        told = map(Path, self.workspace.python_path if self.workspace is not None else ())
        return (self.root, self.root / "src", self.base, *told)

    @property
    def python(self) -> str:
        named = self.workspace.interpreter if self.workspace is not None else ""
        return named or "the project's Python"


def find(raised: Raised, told: Told, workspace: Workspace | None, root: Path) -> Cause:
    """The cause of ``raised``; of what led to it where only that says anything."""
    # What was raised first is nearest to the cause: Django wraps what goes wrong in its own words.
    chain = list(raised.chain())[:_TESTED]
    for recognise in _RECOGNISERS:
        for number, one in reversed([*enumerate(chain)]):
            around = chain[:number][::-1]
            cause = recognise(_Case(one, told, workspace, root, around))
            if cause is not None:
                return cause
    place = next((one.place_in(root) for one in chain if one.place_in(root)), None)
    package = _package_of(chain[-1])
    action = f"{_IN_A_PACKAGE.format(package)} {_SEE}" if package else _SEE
    return Cause("project_raises", str(raised), action=action, place=place)


def _package_of(raised: Raised) -> str:
    """The installed package that raised it; empty where Django or the project did."""
    file = raised.frames[-1]["file"] if raised.frames else ""
    inside = file.rpartition("/site-packages/")[2] if "/site-packages/" in file else ""
    package = inside.partition("/")[0].removesuffix(".py")
    return "" if package == "django" else package


def _python_too_old(case: _Case) -> Cause | None:
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


def _no_django(case: _Case) -> Cause | None:
    if not case.raised.is_a("ImportError") or case.raised.name != "django":
        return None
    return Cause(
        "django_missing",
        f"{case.python} has no Django",
        action="Install the project's requirements into its environment, or choose the "
        "interpreter that has them.",
    )


def _missing_module(case: _Case) -> Cause | None:
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


def _syntax_error(case: _Case) -> Cause | None:
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


def _circular_import(case: _Case) -> Cause | None:
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


def _no_variable(case: _Case) -> Cause | None:
    variable = case.raised.variable
    for kind, pattern in _ASKED_FOR:
        match = pattern.search(case.raised.text) if case.raised.is_a(kind) else None
        variable = variable or (match[1] if match else "")
    if not variable:
        return None
    return Cause(
        "variable_missing",
        f"The environment variable {variable} is not set",
        action=_NO_VARIABLE.format(variable),
        place=case.place,
    )


def _exit(case: _Case) -> Cause | None:
    if not case.raised.is_a("SystemExit"):
        return None
    said = f" with “{case.raised.code}”" if case.raised.code not in ("", "None") else ""
    return Cause(
        "project_exits",
        f"The project ended itself{said} while it was loaded",
        action="Make that depend on the command: to load a project must not end it.",
        place=case.place,
    )


def _input(case: _Case) -> Cause | None:
    if not case.raised.is_a("EOFError"):
        return None
    return Cause(
        "project_asks",
        "The project asks a question while it is loaded, and nobody is there to answer",
        action="Take the call of input() out of what is imported, or answer it by a setting.",
        place=case.place,
    )


def _database(case: _Case) -> Cause | None:
    """Django and the drivers raise one class, whatever is wrong with a database."""
    if not case.raised.is_a("OperationalError", "ProgrammingError", "InterfaceError"):
        return None
    sqlite = any("/sqlite3/" in frame["file"] for frame in case.raised.frames)
    if sqlite or (case.workspace is not None and case.workspace.network):
        action = "Make it load without its database, or start that and migrate it first."
    else:
        action = (
            "Commands of this workspace have no network, so no server can answer. Make it load "
            "without its database, or allow the network for this workspace."
        )
    return Cause(
        "project_needs_database",
        f"The project asks its database while it is loaded: {case.raised}",
        action=action,
        place=case.place,
    )


def _network(case: _Case) -> Cause | None:
    if not case.raised.is_a(*_NETWORK):
        return None
    allowed = case.workspace is not None and case.workspace.network
    return Cause(
        "project_needs_network",
        f"The project uses the network while it is loaded: {case.raised}",
        action="Make it load without, or find out why the other side does not answer."
        if allowed
        else "Make it load without, or allow the network for this workspace.",
        place=case.place,
    )


def _refused(case: _Case) -> Cause | None:
    if case.raised.errno not in _REFUSALS or not case.raised.file:
        return None
    return Cause(
        "project_refused",
        f"The project was refused {case.raised.file} while it was loaded",
        action="It is isolated, so that it can change nothing and read no secrets. Make it load "
        "without that file.",
        place=case.place,
    )


def _no_file(case: _Case) -> Cause | None:
    if not case.raised.is_a("FileNotFoundError") or not case.raised.file:
        return None
    file = case.raised.file.removeprefix(str(case.root).rstrip("/") + "/")
    return Cause(
        "file_missing",
        f"The project opens {file} while it is loaded, which is not there",
        action="Put it there, or tell the settings where it is; perhaps it is made when the "
        "project is set up.",
        place=case.place,
    )


_RECOGNISERS: tuple[Callable[[_Case], Cause | None], ...] = (
    *(_python_too_old, _no_django, _missing_module, _syntax_error, _circular_import),
    *(_no_variable, _exit, _input, _database, _network, _refused, _no_file),
)
