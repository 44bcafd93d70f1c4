"""One start of a trusted project's interpreter, in the sandbox: what it really is.

Files can lie: a link leads to another release, a venv was moved, a program is only called python.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from inspector_app.errors import Problem
from inspector_app.models import Workspace

LIMIT_S = 5.0
_GRACE_S = 0.5
_OUTPUT_LIMIT = 64 * 1024
_MARK = "djdesk-python:"

# Any Python since 2.7 can say what it is, which is why this is not of today's Python.
_QUESTION = f"""
import json, sys
said = {{"python": ".".join(str(n) for n in sys.version_info[:3]), "django": "", "error": ""}}
try:
    import django
    said["django"] = django.get_version()
except BaseException as error:
    said["error"] = "%s: %s" % (type(error).__name__, error)
print("\\n{_MARK}" + json.dumps(said))
"""

logger = logging.getLogger(__name__)


@dataclass
class _Listener:
    """Keeps what is printed, up to a limit: whoever prints more than that is no Python."""

    output: bytes = b""
    errors: bytes = b""

    def started(self, report: dict[str, Any]) -> None:
        """Nobody has to be told."""

    def data(self, stream: int, data: bytes) -> None:
        if stream == 0:
            self.output = (self.output + data)[-_OUTPUT_LIMIT:]
        else:
            self.errors = (self.errors + data)[-_OUTPUT_LIMIT:]

    def due(self) -> float | None:
        return None

    def tick(self) -> None:
        """Never due."""


def verify(workspace: Workspace) -> None:
    """Start the interpreter of a trusted ``workspace`` once, and keep what it says of itself.

    Does nothing when it was asked before and its files are the same. What is wrong with it is kept
    as ``interpreter_problem``, with which nothing is run.
    """
    proof = _missing_proof(workspace)
    if not proof:
        return
    fields: dict[str, Any] = {"interpreter_proof": proof, "interpreter_problem": None}
    try:
        said = _ask(workspace)
        fields |= {"python_version": said["python"][:40], "django_version": said["django"][:40]}
        if not said["django"]:
            fields["interpreter_problem"] = _no_django(workspace, said["error"]).as_dict()
    except Problem as problem:
        # The sandbox itself may fail, which says nothing about the interpreter.
        if problem.code not in ("interpreter_hangs", "not_a_python"):
            logger.warning("%s was not verified: %s", workspace.interpreter, problem)
            return
        fields["interpreter_problem"] = problem.as_dict()
    _keep(workspace, fields)


def take_as_verified(workspace: Workspace, python: str, django: str) -> None:
    """The project was started with its interpreter, which said this of itself: better proof."""
    proof = _missing_proof(workspace)
    if proof:
        _keep(
            workspace,
            {
                "interpreter_proof": proof,
                "interpreter_problem": None,
                "python_version": python[:40],
                "django_version": django[:40],
            },
        )


def _missing_proof(workspace: Workspace) -> str:
    """The fingerprint of an interpreter that has not proved itself as it is now; or empty."""
    if workspace.bundled or not workspace.trusted or not workspace.interpreter:
        return ""
    proof = fingerprint(Path(workspace.interpreter))
    return proof if proof != workspace.interpreter_proof else ""


def _keep(workspace: Workspace, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(workspace, name, value)
    Workspace.objects.filter(pk=workspace.pk).update(**fields)


def _ask(workspace: Workspace) -> dict[str, str]:
    from inspector_app.runs.jail import JailProcess
    from inspector_app.runs.scratch import scratch

    listener = _Listener()
    with scratch() as folder:
        policy = _policy(workspace, folder)
        with JailProcess(Path(settings.DJDESK_JAIL), policy) as process:
            process.follow(listener)
    ended = process.ended
    if ended is None:
        raise Problem("jail_died", str((process.error or {}).get("message", "no report")))
    if ended["timed_out"]:
        raise Problem(
            "interpreter_hangs",
            f"{workspace.interpreter} did not answer within {LIMIT_S:g} s after its start.",
            "Choose another interpreter under Project setup, or look for what its site-packages "
            "start (.pth files, sitecustomize).",
        )
    said = _said(listener.output)
    if said is None:
        raise _not_a_python(workspace, ended, listener.errors)
    return said


def _policy(workspace: Workspace, folder: Path) -> dict[str, Any]:
    from inspector_app.runs import environment, policy

    interpreter = workspace.interpreter
    # Stands in for the project's folder, which need not be layered or copied for this.
    empty = folder / "empty"
    empty.mkdir()
    # Isolated, and in an empty folder: nothing of the project is imported.
    argv = [interpreter, "-I", "-c", _QUESTION]
    return policy.base(workspace, argv, folder) | {
        "cwd": str(empty),
        "root": str(empty),
        "env": environment.clean(interpreter, folder),
        "timeout_s": LIMIT_S,
        "grace_s": _GRACE_S,
        "network": False,
        "manifest": False,
    }


def _said(output: bytes) -> dict[str, str] | None:
    for line in reversed(output.decode("utf-8", "replace").splitlines()):
        if line.startswith(_MARK):
            try:
                said = json.loads(line.removeprefix(_MARK))
            except ValueError:
                return None
            keys = ("python", "django", "error")
            if isinstance(said, dict) and all(isinstance(said.get(key), str) for key in keys):
                return said
    return None


def _not_a_python(workspace: Workspace, ended: dict[str, Any], errors: bytes) -> Problem:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    last = f": {lines[-1][:200]}" if lines else ""
    return Problem(
        "not_a_python",
        f"{workspace.interpreter} did not answer like a Python (exit code {ended['exit']}){last}",
        "Choose another interpreter under Project setup.",
    )


def _no_django(workspace: Workspace, error: str) -> Problem:
    if error.startswith("ModuleNotFoundError") or not error:
        return Problem(
            "django_missing",
            f"{workspace.interpreter} has no Django.",
            "Install the project's requirements into its environment, or choose another "
            "interpreter under Project setup.",
        )
    return Problem(
        "django_broken",
        f"{workspace.interpreter} cannot import its Django: {error[:300]}",
        "Install the project's requirements again, or choose another interpreter under "
        "Project setup.",
    )


def fingerprint(python: Path) -> str:
    """Changes when the interpreter, its environment or what is installed there does."""
    from .environment import packages_of

    digest = hashlib.sha256()
    try:
        places = [python, python.resolve(), python.parent.parent / "pyvenv.cfg"]
        for place in [*places, *packages_of(python)]:
            if os.path.lexists(place):
                found = place.stat()
                digest.update(f"{place}:{found.st_mtime_ns}:{found.st_size}\n".encode())
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()
