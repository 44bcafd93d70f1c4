"""What uv could build where a project has no Python: the exact commands, for the user to allow.

Nothing here runs anything. The environment would lie in DJDesk's data directory, never in the
project; packages come as wheels only, so that no code of theirs runs while they are installed.
"""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from inspector_app.models import Workspace

from .login_path import search_path
from .opening import found_of
from .python_requirement import read_python_requirement
from .source import home, is_file
from .uv_sources import Nothing, Source, uv_source

# Nothing of a package runs while it is installed. It is compiled now, because the project's process
# can write nothing there later and would compile all of it at each start.
_HOW = ("--compile-bytecode", "--no-build")
_USUAL = (".local/bin", ".cargo/bin")


@dataclass(frozen=True)
class Offer:
    """``commands`` run one after the other with ``variables``; ``source`` is what they install.

    ``left_out`` are sentences about what is asked for and would not be there.
    """

    folder: Path
    commands: list[list[str]]
    variables: dict[str, str]
    source: str
    left_out: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of all that was shown, so that what is allowed is what runs."""
        said = json.dumps([str(self.folder), self.commands, self.variables], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def lines(self) -> list[str]:
        """The commands as they could be typed."""
        variables = "".join(f"{name}={value} " for name, value in self.variables.items())
        return [variables + shlex.join(command) for command in self.commands]


def environment_folder(workspace: Workspace) -> Path:
    """Where the environment of ``workspace`` is, if DJDesk had one built."""
    return Path(settings.DJDESK_RUNS_DIR).parent / "environments" / str(workspace.pk)


def offer_for(workspace: Workspace) -> Offer | None:
    """None where the project has a Python, names nothing to install, or there is no uv."""
    made = _made(workspace)
    return made if isinstance(made, Offer) else None


def why_no_offer(workspace: Workspace) -> str:
    """Why uv, which is there, could not build what the project needs; empty where it could."""
    made = _made(workspace)
    return made.why if isinstance(made, Nothing) else ""


def _made(workspace: Workspace) -> Offer | Nothing | None:
    if not workspace.bundled and workspace.interpreter_problem is None:
        return None
    uv = _uv()
    if uv is None:
        return None
    found = found_of(workspace)
    folders = dict.fromkeys((found.base, found.root))
    folder = environment_folder(workspace)
    lock = next((one for one in folders if is_file(one / "uv.lock")), None)
    if lock is not None:
        return _from_lock(uv, lock, folder)
    sources = [uv_source(one, found.root) for one in folders]
    source = next((one for one in sources if isinstance(one, Source)), None)
    if source is None:
        return next((one for one in sources if isinstance(one, Nothing) and one.why), None)
    asked = read_python_requirement(found.root, found.base)
    version = ["--python", asked.text] if asked is not None else []
    install = [uv, "pip", "install", "--python", str(folder), *_HOW, *source.arguments]
    commands = [[uv, "venv", *version, str(folder)], install]
    return Offer(folder, commands, {}, str(source.file), tuple(source.left_out))


def _from_lock(uv: str, project: Path, folder: Path) -> Offer:
    sync = [uv, "sync", "--project", str(project), "--frozen", "--no-dev", *_HOW]
    only_others = ["--no-install-project", "--no-install-workspace"]
    variables = {"UV_PROJECT_ENVIRONMENT": str(folder)}
    return Offer(folder, [[*sync, *only_others]], variables, str(project / "uv.lock"))


def _uv() -> str | None:
    usual = ":".join(str(home() / folder) for folder in _USUAL)
    return shutil.which("uv", path=f"{search_path()}:{usual}")
