"""Which of the code that Python finds is the project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.static.modules import Modules
from inspector_app.workspaces.environment import packages_of


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment in the project, in which the project is installed for development."""
    packages = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages"
    packages.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    for name in ("src/shop", ".venv/src/fork", ".venv/lib/python3.12/site-packages/library"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
    folders = (tmp_path / "src", tmp_path / ".venv" / "src")
    (packages / "project.pth").write_text("".join(f"{folder}\n" for folder in folders))
    return tmp_path / ".venv"


def test_a_project_installed_for_development_stays_its_own(
    tmp_path: Path, environment: Path
) -> None:
    modules = Modules(tmp_path, tmp_path, packages_of(environment / "bin" / "python"))

    own = {
        name: modules.is_own(folder)
        for name in ("shop", "fork", "library")
        if (folder := modules.package(name)) is not None
    }

    assert own == {"shop": True, "fork": False, "library": False}
