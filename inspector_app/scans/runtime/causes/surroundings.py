"""What a project expects of its surroundings while it is loaded."""

from __future__ import annotations

import errno
import re

from .case import Case, Cause

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
# What pydantic says of each field that it found wrong, in its first and its second version.
_INVALID = re.compile(r"\d+ validation errors? for (\w{1,100})\n")
_FIELD = re.compile(
    r"^(\w[\w.]{0,100})\n[ ]{2}(.{1,200}?)(?: [\[(]type=.*)?$",
    re.MULTILINE,
)
_FIELDS_SHOWN = 5
# What SQLite says, through whatever library.
_CANNOT_OPEN = "unable to open database file"
_NETWORK = ("URLError", "gaierror", "ConnectionError", "ProxyError", "NewConnectionError")
_REFUSALS = (errno.EACCES, errno.EPERM, errno.EROFS)


def no_variable(case: Case) -> Cause | None:
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


def invalid_variables(case: Case) -> Cause | None:
    """pydantic's settings, which come from the environment: its first line names none of them."""
    found = _INVALID.match(case.raised.text) if case.raised.is_a("ValidationError") else None
    fields = _FIELD.findall(case.raised.text)
    if found is None or not fields:
        return None
    said = "; ".join(f"{name}: {what.rstrip('.')}" for name, what in fields[:_FIELDS_SHOWN])
    more = len(fields) - _FIELDS_SHOWN
    return Cause(
        "variable_invalid",
        f"{found[1]} was made without what it needs: {said}{f' and {more} more' * (more > 0)}",
        action="Where it reads environment variables: commands get a clean environment, without "
        "the variables of your shell. Choose an env file that sets these for this project.",
        place=case.place,
    )


def ends_itself(case: Case) -> Cause | None:
    if not case.raised.is_a("SystemExit"):
        return None
    code = case.raised.code
    said = f" with {f'exit code {code}' if code.isdigit() else f'“{code}”'}"
    if code in ("", "None"):
        said = ""
    return Cause(
        "project_exits",
        f"The project ended itself{said} while it was loaded",
        action="Make that depend on the command: to load a project must not end it.",
        place=case.place,
    )


def asks(case: Case) -> Cause | None:
    if not case.raised.is_a("EOFError"):
        return None
    return Cause(
        "project_asks",
        "The project asks a question while it is loaded, and nobody is there to answer",
        action="Take the call of input() out of what is imported, or answer it by a setting.",
        place=case.place,
    )


def database(case: Case) -> Cause | None:
    """Django and the drivers raise one class, whatever is wrong with a database."""
    if not case.raised.is_a("OperationalError", "ProgrammingError", "InterfaceError"):
        return None
    if case.raised.text.startswith(_CANNOT_OPEN):
        return Cause(
            "project_needs_database",
            "The project opens a SQLite file while it is loaded, which cannot be opened",
            action="SQLite makes a file, but no folder for it: make the one that the settings "
            "name, as setting the project up does, or choose settings that name another.",
            place=case.place,
        )
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


def network(case: Case) -> Cause | None:
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


def refused(case: Case) -> Cause | None:
    if case.raised.errno not in _REFUSALS or not case.raised.file:
        return None
    return Cause(
        "project_refused",
        f"The project was refused {case.raised.file} while it was loaded",
        action="It is isolated, so that it can change nothing and read no secrets. Make it load "
        "without that file.",
        place=case.place,
    )


def no_file(case: Case) -> Cause | None:
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
