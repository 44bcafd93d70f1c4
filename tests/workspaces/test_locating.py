from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.models import OwnCommandConsent, Workspace
from inspector_app.workspaces.locating import locate
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(project: Path) -> tuple[Workspace, Path]:
    """A trusted project whose folder has another name by now."""
    workspace = open_path(project)
    Workspace.objects.update(trusted_at=workspace.opened_at)
    OwnCommandConsent.objects.create(workspace=workspace, command="report", digest="0" * 64)
    return workspace, project.rename(project.with_name("store"))


def test_a_moved_project_goes_on_where_it_is_now(moved: tuple[Workspace, Path]) -> None:
    workspace, folder = moved
    scans = workspace.scans.count()
    found = locate("shop", str(folder))

    assert (found.pk, found.root) == (workspace.pk, str(folder))
    assert found.scans.count() == scans + 1


def test_trust_was_in_the_folder_that_is_gone(moved: tuple[Workspace, Path]) -> None:
    found = locate("shop", str(moved[1]))

    assert not found.trusted
    assert not found.consents.exists()


def test_a_folder_that_is_there_is_not_replaced(
    project: Path, tmp_path: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project)
    open_path(project)

    with pytest.raises(Problem) as caught:
        locate("shop", str(tmp_path))
    assert caught.value.code == "not_missing"


def test_two_projects_never_share_a_folder(moved: tuple[Workspace, Path]) -> None:
    open_path(moved[1])

    with pytest.raises(Problem) as caught:
        locate("shop", str(moved[1]))
    assert caught.value.code == "already_open"
    assert Workspace.objects.get(slug="shop").trusted


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("path", ["", "/no/such/folder", "a\0b"])
def test_what_is_no_project_changes_nothing(path: str) -> None:
    with pytest.raises(Problem):
        locate("shop", path)

    assert Workspace.objects.get(slug="shop").trusted
