from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.workspaces.places import place_in


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "shop"
    packages = root / ".venv" / "lib" / "python3.12" / "site-packages" / "django"
    packages.mkdir(parents=True)
    (packages / "apps.py").write_text("")
    (root / "src").mkdir()
    (root / "src" / "manage.py").write_text("")
    (root / "models.py").write_text("")
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir()
    base = tmp_path / "python"
    (base / "bin").mkdir(parents=True)
    (base / "lib" / "python3.12").mkdir(parents=True)
    (base / "lib" / "python3.12" / "json.py").write_text("")
    (base / "share").mkdir()
    (base / "share" / "notes.txt").write_text("")
    (base / "bin" / "python3.12").write_text("")
    python.symlink_to(base / "bin" / "python3.12")
    return Workspace(root=str(root), manage_py="src/manage.py", interpreter=str(python))


@pytest.mark.parametrize(
    "path", ["models.py", "src/manage.py", "manage.py", "{root}/models.py", "src/../models.py"]
)
def test_a_file_of_the_project_is_found(workspace: Workspace, path: str) -> None:
    found = place_in(workspace, path.replace("{root}", workspace.root))

    assert found.is_relative_to(workspace.root)


@pytest.mark.parametrize(
    "path",
    [
        "{root}/.venv/lib/python3.12/site-packages/django/apps.py",
        "{root}/../python/lib/python3.12/json.py",
    ],
)
def test_so_is_a_file_of_what_it_imports(workspace: Workspace, path: str) -> None:
    assert place_in(workspace, path.replace("{root}", workspace.root)).is_file()


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../outside.py",
        "{root}/../python/share/notes.txt",
        "link.py",
        ".",
        "no-such.py",
        "",
        "a\0b",
        "a" * 5000,
        None,
        7,
        [],
    ],
)
def test_nothing_else_is(workspace: Workspace, path: Any) -> None:
    root = workspace.root_path
    (root.parent / "outside.py").write_text("")
    (root / "link.py").symlink_to(root.parent / "outside.py")
    if isinstance(path, str):
        path = path.replace("{root}", workspace.root)

    with pytest.raises(Problem) as caught:
        place_in(workspace, path)

    assert (caught.value.code, caught.value.field) == ("bad_path", "path")


def test_a_project_that_is_gone_has_no_file() -> None:
    with pytest.raises(Problem):
        place_in(Workspace(root="/no/such/folder", manage_py="manage.py"), "manage.py")
