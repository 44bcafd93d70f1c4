"""Settings in classes, compared with what Python makes of the same classes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.settings_values import StaticSettings, read_settings

MANAGE = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("DJANGO_CONFIGURATION", "Dev")
"""
BASE = """
import os
from configurations import Configuration

HERE = os.path.dirname(os.path.abspath(__file__))

class Common(Configuration):
    INSTALLED_APPS = ["a", "b"]
    FIRST = "common"
    SECOND = FIRST + "!"
    PLACE = os.path.join(HERE, "x")
"""
SETTINGS = """
from .base import Common

class Cached:
    FIRST = "cached"
    CACHES = {"default": {"BACKEND": "c"}}

class Dev(Cached, Common):
    INSTALLED_APPS = Common.INSTALLED_APPS + ["dev"]
    DEBUG = True

    @property
    def COMPUTED(self):
        return 1

class Prod(Common):
    DEBUG = False
"""
ASK = """
import json
from shop.settings import Dev
names = [name for name in dir(Dev) if name.isupper() and name != "COMPUTED"]
print(json.dumps({name: getattr(Dev, name) for name in names}))
"""


def make(root: Path, manage: str = MANAGE) -> StaticSettings:
    files = {
        "manage.py": manage,
        "configurations.py": "class Configuration: pass\n",
        "shop/__init__.py": "",
        "shop/base.py": BASE,
        "shop/settings.py": SETTINGS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return read_settings("shop.settings", Modules(root, root))


def test_the_class_that_manage_py_names_is_read_with_those_it_extends(tmp_path: Path) -> None:
    settings = make(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    read = {
        name: value.data
        for name, value in settings.names.items()
        if name.isupper() and name not in ("HERE", "COMPUTED")
    }
    assert read == json.loads(done.stdout)
    assert settings.strings("INSTALLED_APPS") == (["a", "b", "dev"], True)
    assert settings.places["INSTALLED_APPS"].file == "shop/settings.py"
    assert not settings.value("COMPUTED").known


def test_where_nothing_names_a_class_none_is_taken(tmp_path: Path) -> None:
    settings = make(tmp_path, "import os\n")

    assert "INSTALLED_APPS" not in settings.names
    assert settings.in_a_class("INSTALLED_APPS")
