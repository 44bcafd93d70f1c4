from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Scan, Workspace
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import found_of, open_path, open_sample
from inspector_app.workspaces.removal import remove
from inspector_app.workspaces.survey import survey
from tests.workspaces.layouts import make_manage_py, make_venv

pytestmark = pytest.mark.django_db


def test_opening_remembers_what_was_found(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_manage_py(root / "backend")
    python = make_venv(root / ".venv", django="5.2.4")

    workspace = open_path(root)

    assert workspace.root == str(root)
    assert workspace.name == "shop"
    assert workspace.slug == "shop"
    assert workspace.manage_py == "backend/manage.py"
    assert workspace.settings_module == "shop.settings"
    assert workspace.interpreter == str(python)
    assert workspace.interpreter_source == "project"
    assert workspace.django_version == "5.2.4"
    assert not workspace.trusted
    assert not workspace.bundled


def test_opening_reads_the_project_at_once(project: Path) -> None:
    workspace = open_path(project)

    scan = workspace.scans.get()
    assert (scan.state, scan.source) == (Scan.State.DONE, Scan.Source.STATIC)
    assert scan.report["project"]["settings"] == "shop.settings"


def test_opening_again_refreshes_the_same_workspace(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_manage_py(root)
    first = open_path(root)
    make_venv(root / ".venv", django="5.2.4")

    again = open_path(str(root / "manage.py"))

    assert again.pk == first.pk
    assert again.opened_at > first.opened_at
    assert (first.bundled, again.bundled) == (True, False)


def test_opening_through_a_link_is_the_same_workspace(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    (tmp_path / "current").symlink_to(tmp_path / "shop")

    assert open_path(tmp_path / "current").pk == open_path(tmp_path / "shop").pk


def test_opening_publishes_the_workspace(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    kinds: list[str] = []
    stop = bus.listen(lambda event: kinds.append(event.kind))

    open_path(tmp_path / "shop")
    stop()

    assert set(kinds) == {"workspace", "scan"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Shop", "my-shop"),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("Café", "cafe"),
        ("Магазин", "project"),
        ("店", "project"),
        ("---", "project"),
        ("x" * 200, "x" * 60),
    ],
)
def test_every_name_gets_a_plain_slug(tmp_path: Path, name: str, slug: str) -> None:
    # A slash cannot be part of a folder's name.
    folder = tmp_path / name.replace("/", "")
    make_manage_py(folder)

    workspace = open_path(folder)

    assert workspace.slug == slug
    assert workspace.name == folder.name


def test_folders_of_the_same_name_get_different_slugs(tmp_path: Path) -> None:
    for parent in ("a", "b", "c"):
        make_manage_py(tmp_path / parent / "shop")

    slugs = [open_path(tmp_path / parent / "shop").slug for parent in ("a", "b", "c")]

    assert slugs == ["shop", "shop-2", "shop-3"]


def test_settings_may_be_named(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")

    workspace = open_path(tmp_path / "shop", settings_module="shop.production")

    assert workspace.settings_module == "shop.production"


@pytest.mark.parametrize("module", ["--help", "a b", "a;b", "x" * 300, "a..b"])
def test_settings_that_are_no_module_name_are_refused(tmp_path: Path, module: str) -> None:
    make_manage_py(tmp_path / "shop")

    with pytest.raises(Problem) as caught:
        open_path(tmp_path / "shop", settings_module=module)

    assert (caught.value.code, caught.value.field) == ("bad_settings", "settings")


def test_a_chosen_interpreter_is_kept_for_later(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    make_venv(tmp_path / "shop" / ".venv", django="5.2.4")
    chosen = make_venv(tmp_path / "other", django="5.1")

    open_path(tmp_path / "shop", python=str(chosen))
    again = open_path(tmp_path / "shop")

    assert (again.interpreter, again.interpreter_source) == (str(chosen), "chosen")


def test_a_chosen_interpreter_that_is_gone_is_looked_for_anew(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    usual = make_venv(tmp_path / "shop" / ".venv", django="5.2.4")
    chosen = make_venv(tmp_path / "other", django="5.1")
    open_path(tmp_path / "shop", python=str(chosen))
    chosen.unlink()

    assert open_path(tmp_path / "shop").interpreter == str(usual)


@pytest.mark.parametrize("path", ["", "  ", "a\0b"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(Problem) as caught:
        open_path(path)

    assert caught.value.code == "bad_path"


def test_a_problem_leaves_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        open_path(tmp_path)

    assert not Workspace.objects.exists()


def test_a_name_that_is_not_utf_8_leaves_no_workspace(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    make_manage_py(folder)

    with pytest.raises(Problem) as caught:
        open_path(folder)

    assert caught.value.code == "bad_path"
    assert not Workspace.objects.exists()


def test_the_candidates_are_read_as_they_are_now(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    workspace = open_path(tmp_path / "shop")
    make_venv(tmp_path / "shop" / ".venv", django="5.2.4")

    assert "5.2.4" in [one.environment.django for one in survey(found_of(workspace), workspace)]


def test_a_chosen_interpreter_stands_before_the_ones_that_were_found(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    usual = make_venv(tmp_path / "shop" / ".venv", django="5.2.4")
    chosen = make_venv(tmp_path / "other", django="5.1")

    workspace = open_path(tmp_path / "shop", python=str(chosen))
    candidates = survey(found_of(workspace), workspace)

    assert (candidates[0].environment.path, candidates[0].in_use) == (chosen, True)
    assert (usual, "You chose another one.") in [
        (one.environment.path, one.reason) for one in candidates
    ]


def test_a_python_that_cannot_stand_in_is_not_said_to_do_so(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop", "conf")
    (tmp_path / "shop" / "conf.py").write_text("INSTALLED_APPS = ['not_installed']\n")
    workspace = open_path(tmp_path / "shop")

    [reason] = [one.reason for one in survey(found_of(workspace), workspace) if one.in_use]

    assert reason == "It cannot stand in, so the project is only read."


def test_the_sample_opens_like_any_other() -> None:
    workspace = open_sample()

    assert workspace.slug == "cyclery"
    assert workspace.settings_module == "cyclery.settings.dev"
    assert workspace.bundled
    assert workspace.interpreter == sys.executable


def test_trust_is_given_once_and_can_be_withdrawn(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    workspace = open_path(tmp_path / "shop")
    with pytest.raises(Problem) as caught:
        trust.require(workspace)
    assert caught.value.code == "not_trusted"

    trust.grant(workspace)
    given = workspace.trusted_at
    trust.grant(workspace)
    workspace.refresh_from_db()
    assert workspace.trusted_at == given
    trust.require(workspace)

    trust.withdraw(workspace)
    workspace.refresh_from_db()
    assert not workspace.trusted


def test_trust_of_one_folder_is_not_that_of_another(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_manage_py(tmp_path / name)
    trust.grant(open_path(tmp_path / "a"))

    assert not open_path(tmp_path / "b").trusted


def test_removing_forgets_and_leaves_the_project(tmp_path: Path, unchanged: object) -> None:
    make_manage_py(tmp_path / "shop")
    unchanged(tmp_path / "shop")  # type: ignore[operator]
    workspace = open_path(tmp_path / "shop")

    remove(workspace)

    assert not Workspace.objects.exists()
    assert not Scan.objects.exists()
    assert open_path(tmp_path / "shop").slug == "shop"
