"""The variables of a command: clean ones, and those of env files that were chosen for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.models import WorkspaceTaskRun
from inspector_app.runs import environment
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "Zq4-value-of-the-env-file"


@pytest.fixture
def asking(project: Path) -> Path:
    """A project that does not start without a variable, and an env file that sets it."""
    with (project / "shop" / "settings.py").open("a") as file:
        file.write("\nimport os\nWANTED = os.environ['SHOP_WANTED']\nHOME = os.environ['HOME']\n")
    (project / ".env").write_text(f"SHOP_WANTED={SECRET}\nHOME=/nowhere\n")
    return project


def run(project: Path, env_files: list[str] | None = None) -> tuple[WorkspaceTaskRun, str]:
    workspace = open_path(project, env_files=env_files)
    trust.grant(workspace)
    row = create_run(workspace, "diffsettings", {}, enqueue=False)
    execute(row.pk)
    row.refresh_from_db()
    return row, b"".join(row.log.stream(0)).decode() + b"".join(row.log.stream(1)).decode()


def test_an_env_file_that_was_not_chosen_is_not_loaded(asking: Path) -> None:
    row, output = run(asking)

    assert row.exit_code == 1
    assert "KeyError: 'SHOP_WANTED'" in output


def test_the_variables_of_a_chosen_one_are_handed_over_and_their_values_redacted(
    asking: Path,
) -> None:
    row, output = run(asking, env_files=[".env"])

    assert row.exit_code == 0
    assert "WANTED = '[redacted: SHOP_WANTED]'" in output
    assert SECRET not in output
    assert "/nowhere" not in output


def test_one_that_is_gone_is_named_before_anything_is_run(asking: Path) -> None:
    workspace = open_path(asking, env_files=[".env"])
    trust.grant(workspace)
    (asking / ".env").unlink()

    with pytest.raises(Problem) as caught:
        create_run(workspace, "check", {})

    assert caught.value.code == "env_file_missing"
    assert str(asking / ".env") in caught.value.message


def test_nothing_of_djdesk_s_own_environment_gets_into_a_command(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_OURS", "1")
    workspace = open_path(project)

    built = environment.build(workspace, workspace.interpreter, tmp_path)

    assert "SHOP_OURS" not in built
    assert built["HOME"] != os.environ["HOME"]
    assert "PYTHONPATH" not in built
