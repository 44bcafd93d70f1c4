"""Modules in folders that manage.py or the settings put on the path."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.settings_values import read_settings
from tests.scans.asking import answer, ask_django, read

MANAGE = """
import os, sys
from pathlib import Path

def main():
    here = Path(__file__).resolve().parent
    sys.path.append(str(here / "libraries"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)

main()
"""
SETTINGS = """
import os, sys
BASE_DIR = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(BASE_DIR, "modules"))
from more import LABELS
SECRET_KEY = "x"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "stock", "shop", *LABELS]
"""
MODELS = "from django.db import models\nclass {}(models.Model):\n    pass\n"


def make(root: Path) -> Path:
    files = {
        "manage.py": MANAGE,
        "conf.py": SETTINGS,
        "modules/more.py": "LABELS = []\n",
        "modules/shop/__init__.py": "",
        "modules/shop/models.py": MODELS.format("Order"),
        "libraries/stock/__init__.py": "",
        "libraries/stock/models.py": MODELS.format("Good"),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_apps_in_folders_that_are_put_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path)
    # The truth is asked without manage.py.
    monkeypatch.setenv("PYTHONPATH", str(root / "libraries"))

    reading = read(root, "conf")

    assert answer(reading).models == ask_django(root, "conf").models
    assert reading.place_of_class("shop.models", "Order") == ("modules/shop/models.py", 2)
    assert {app.label for app in reading.apps if app.own} == {"shop", "stock"}


@pytest.mark.parametrize(("more", "known"), [("", True), ("os.environ['LIBRARIES']", False)])
def test_a_folder_that_nobody_can_name_leaves_open_what_is_missing(
    tmp_path: Path, more: str, known: bool
) -> None:
    root = make(tmp_path)
    (root / "conf.py").write_text(f"{SETTINGS}\n{f'sys.path.append({more})' if more else ''}\n")
    modules = Modules(root, root)

    read_settings("conf", modules)

    assert modules.path_is_known is known


@pytest.mark.parametrize(
    ("folder", "added"), [("here/modules", True), ("beside/modules", True), ("../far", False)]
)
def test_only_what_lies_near_a_project_is_read_for_it(
    tmp_path: Path, folder: str, added: bool
) -> None:
    root = tmp_path / "here"
    root.mkdir()
    text = f"import sys\nsys.path.append({str(tmp_path / folder)!r})\n"
    (root / "settings.py").write_text(text)
    modules = Modules(root, root)

    read_settings("settings", modules)

    assert bool(modules.added) is added
    assert modules.path_is_known is added
