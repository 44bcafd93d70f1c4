"""Two settings modules of a real project, read from their source text."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from inspector_app.models import Workspace
from inspector_app.sections.settings_difference import candidates, compare

pytestmark = pytest.mark.django_db

BASE = """\
import os
DEBUG = False
NAME = "base"
SECRET_KEY = "a-secret-of-fifty-characters-that-nobody-may-see-1"
API_TOKEN = os.environ["TOKEN"]
COMPUTED = make()
"""
DEV = """\
from .base import *
DEBUG = True
NAME = "base"
ONLY_HERE = {"a": [1, 2]}
"""
LIVE = """\
from .base import *
SECRET_KEY = "another-secret-that-is-just-as-long-as-the-first-one"
COMPUTED = made()
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "shop" / "settings"
    folder.mkdir(parents=True)
    (tmp_path / "shop" / "__init__.py").write_text("")
    (folder / "__init__.py").write_text("")
    for name, text in {"base": BASE, "dev": DEV, "live": LIVE}.items():
        (folder / f"{name}.py").write_text(text)
    (tmp_path / "manage.py").write_text("")
    return Workspace.objects.create(
        slug="shop",
        name="shop",
        root=str(tmp_path),
        manage_py="manage.py",
        settings_module="shop.settings.dev",
        bundled=True,
        opened_at=timezone.now(),
    )


def test_the_modules_of_the_project_can_be_chosen_the_one_in_use_first(
    workspace: Workspace,
) -> None:
    assert candidates(workspace) == [f"shop.settings.{name}" for name in ("dev", "base", "live")]


def test_what_differs_is_told_with_the_place_of_each(workspace: Workspace) -> None:
    comparison = compare(workspace, "shop.settings.dev", "shop.settings.live")
    found = {one.name: one for one in comparison.differences}

    assert {name: one.kind for name, one in found.items()} == {
        "DEBUG": "changed",
        "SECRET_KEY": "changed",
        "ONLY_HERE": "left",
        "COMPUTED": "unknown",
    }
    debug = found["DEBUG"]
    assert debug.left is not None
    assert debug.right is not None
    assert debug.left.value is not None
    assert (debug.left.value.text, debug.left.file, debug.left.line) == (
        "True",
        "shop/settings/dev.py",
        2,
    )
    assert (debug.right.file, debug.right.line) == ("shop/settings/base.py", 2)
    assert comparison.same == 2


def test_secrets_of_neither_module_are_shown(workspace: Workspace) -> None:
    comparison = compare(workspace, "shop.settings.dev", "shop.settings.live")
    secret = next(one for one in comparison.differences if one.name == "SECRET_KEY")

    assert secret.left is not None
    assert secret.right is not None
    assert (secret.left.value, secret.right.value) == (None, None)
    assert "nobody-may-see" not in repr(comparison)
    assert "another-secret" not in repr(comparison)


def test_a_module_that_cannot_be_read_is_named(workspace: Workspace) -> None:
    (workspace.root_path / "shop" / "settings" / "live.py").write_text("def (:\n")

    comparison = compare(workspace, "shop.settings.dev", "shop.settings.live")

    assert any("shop/settings/live.py has a syntax error" in note for note in comparison.notes)
