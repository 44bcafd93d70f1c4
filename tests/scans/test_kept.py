"""A project that did not change is not read again, and one that did is."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.static import kept, outline
from inspector_app.scans.static.reading import StaticReading, read_project
from inspector_app.workspaces.looking import looking
from tests.scans.url_project import make_url_project

SETTINGS = "conf.settings.local"
MODELS = "from django.db import models\nclass Book(models.Model):\n    pass\n"
MIGRATION = "from django.db import migrations\nclass Migration(migrations.Migration):\n    pass\n"


def age(root: Path) -> None:
    """As if everything had been written some time ago; what is too fresh is not kept."""
    then = time.time() - 60
    for path in [*root.rglob("*"), root]:
        os.utime(path, (then, then))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    kept.forget()
    make_url_project(tmp_path)
    age(tmp_path)
    return tmp_path


def read(root: Path) -> StaticReading:
    return read_project(root, Path("manage.py"), SETTINGS, [])


def is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether any file is parsed."""
    outline.forget()
    seen: list[object] = []

    def watched() -> Any:
        seen.append(root)
        return looking()

    monkeypatch.setattr("inspector_app.scans.static.kept.looking", watched)
    read(root)
    return bool(seen)


def test_what_did_not_change_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(root)

    assert not is_read_again(root, monkeypatch)
    again = read(root)
    assert again.urls == first.urls
    assert again.changed_settings == first.changed_settings
    assert again.sections == first.sections


CHANGES: dict[str, Callable[[Path], object]] = {
    "a view": lambda root: (root / "shelf/views.py").write_text("def one(request): pass\n"),
    "a URLconf": lambda root: (root / "letters/urls.py").write_text("urlpatterns = []\n"),
    "settings": lambda root: (root / "conf/settings/base.py").write_text("A = 1\n"),
    "new models": lambda root: (root / "shelf/models.py").write_text(MODELS),
    "a new package of migrations": lambda root: shutil.copytree(
        root / "letters", root / "shelf" / "migrations"
    ),
    "a module that was missing": lambda root: (root / "shelf/toolbar.py").write_text("urls = []\n"),
    "a requirement file": lambda root: (root / "requirements.txt").write_text("Django\n"),
    "an app that is gone": lambda root: shutil.rmtree(root / "letters"),
    "a new receiver": lambda root: (root / "shelf/signals.py").write_text("x = 1\n"),
    "a new command": lambda root: (root / "shelf/management/commands").mkdir(parents=True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changed_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    read(root)
    change(root)

    assert is_read_again(root, monkeypatch)


def test_a_change_of_the_same_size_is_seen(root: Path) -> None:
    read(root)
    urls = root / "letters" / "urls.py"
    urls.write_text(urls.read_text().replace("write/", "wrote/"))

    assert "letters/wrote/" in {one["route"] for one in read(root).urls.entries}


def test_what_was_just_written_is_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "letters" / "urls.py").touch()
    read(root)

    assert is_read_again(root, monkeypatch)


def test_each_reading_is_another_copy(root: Path) -> None:
    read(root)
    read(root).urls.entries.clear()

    assert read(root).urls.entries


def test_only_a_few_projects_are_kept(tmp_path: Path) -> None:
    kept.forget()
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        make_url_project(folder)
        age(folder)
        read(folder)

    assert len(kept._kept) == kept._MOST


def test_places_of_classes_are_still_told(root: Path) -> None:
    (root / "shelf" / "models.py").write_text(MODELS)
    age(root)
    read(root)

    assert read(root).place_of_class("shelf.models", "Book") == ("shelf/models.py", 2)
