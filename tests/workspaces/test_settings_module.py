from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.workspaces.found import Found
from inspector_app.workspaces.settings_module import SettingsModule, read_settings_modules


def read(root: Path, manage_py: str = "manage.py") -> list[SettingsModule]:
    return read_settings_modules(Found(root, Path(manage_py)))


@pytest.mark.parametrize(
    "statement",
    [
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
        'environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
        'os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"',
        'os.environ.update({"DJANGO_SETTINGS_MODULE": "shop.settings"})',
        'os.environ.update(DJANGO_SETTINGS_MODULE="shop.settings")',
        'MODULE = "shop.settings"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", MODULE)',
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", os.getenv("S", "shop.settings"))',
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", os.getenv("S") or "shop.settings")',
    ],
)
def test_every_way_in_which_manage_py_names_its_settings(tmp_path: Path, statement: str) -> None:
    (tmp_path / "manage.py").write_text(f"import os\n{statement}\n")

    first = read(tmp_path)[0]

    assert (first.name, first.file) == ("shop.settings", "manage.py")
    assert first.line > 1


def test_settings_for_tests_come_after_the_others(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text(
        "import os, sys\n"
        "if 'test' in sys.argv:\n"
        "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.test')\n"
        "else:\n"
        "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.dev')\n"
    )

    assert [one.name for one in read(tmp_path)] == ["shop.settings.dev", "shop.settings.test"]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "shop.x"\n', 2),
        ("pyproject.toml", '[tool.django-stubs]\ndjango_settings_module = "shop.x"\n', 2),
        ("pytest.ini", "[pytest]\naddopts = -ra\nDJANGO_SETTINGS_MODULE = shop.x\n", 3),
        ("setup.cfg", "[tool:pytest]\nDJANGO_SETTINGS_MODULE=shop.x\n", 2),
        ("setup.cfg", "[tool:pytest]\naddopts = --ds=shop.x -ra\n", 2),
        ("tox.ini", "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE = shop.x\n", 3),
        ("mypy.ini", "[mypy.plugins.django-stubs]\ndjango_settings_module = shop.x\n", 2),
        (".env", "# local\nexport DJANGO_SETTINGS_MODULE=shop.x\n", 2),
    ],
)
def test_configuration_files_name_settings_with_their_line(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    (tmp_path / "manage.py").write_text("import django\n")
    (tmp_path / file).write_text(text)

    assert read(tmp_path) == [SettingsModule("shop.x", file, line, exists=False)]


def test_a_commented_out_line_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n# DJANGO_SETTINGS_MODULE = shop.x\n")

    assert read(tmp_path) == []


def test_a_settings_package_offers_its_modules_the_developer_s_first(tmp_path: Path) -> None:
    package = tmp_path / "shop" / "settings"
    package.mkdir(parents=True)
    for name in ("__init__", "base", "local", "production"):
        (package / f"{name}.py").touch()

    names = [one.name for one in read(tmp_path)]

    assert names == ["shop.settings.local", "shop.settings.base", "shop.settings.production"]


def test_a_settings_package_that_holds_settings_is_one_itself(tmp_path: Path) -> None:
    package = tmp_path / "shop" / "settings"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from .base import *\n")

    assert read(tmp_path) == [SettingsModule("shop.settings", "shop/settings/__init__.py", 1)]


def test_what_the_server_uses_comes_after_manage_py(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    line = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '{}')\n"
    (tmp_path / "manage.py").write_text(line.format("shop.dev"))
    (tmp_path / "shop" / "wsgi.py").write_text(line.format("shop.production"))

    assert [one.name for one in read(tmp_path)] == ["shop.dev", "shop.production"]


@pytest.mark.parametrize("name", ["os; import x", "--help", "shop settings", "9lives", ".x", ""])
def test_what_is_no_module_name_is_not_taken_for_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "manage.py").write_text(
        f"import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', {name!r})\n"
    )

    assert read(tmp_path) == []


@pytest.mark.parametrize("content", [b"\0\xff\xfe", b"def (:\n", b"(" * 5000, b"print 'django'\n"])
def test_a_manage_py_that_is_not_python_names_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manage.py").write_bytes(content)

    assert read(tmp_path) == []


def test_a_manage_py_below_the_root_is_named_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend" / "manage.py").write_text(
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.dev')\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = shop.test\n")

    assert read(tmp_path, "backend/manage.py") == [
        SettingsModule("shop.dev", "backend/manage.py", 2, exists=False),
        SettingsModule("shop.test", "pytest.ini", 2, exists=False),
    ]


@pytest.mark.parametrize(
    "file",
    ["settings_dev.py", "shop/settings_dev.py", "shop/dev_settings.py", "shop/conf/dev.py"],
)
def test_settings_by_other_names_are_offered_when_they_look_like_settings(
    tmp_path: Path, file: str
) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("INSTALLED_APPS = []\n")
    (tmp_path / "shop").mkdir(exist_ok=True)
    (tmp_path / "shop" / "settings_form.py").write_text("class Form: pass\n")

    assert [one.file for one in read(tmp_path)] == [file]


def test_what_only_reads_settings_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "base.py").write_text("if True:\n    INSTALLED_APPS = []\n")
    (tmp_path / "config" / "urls.py").write_text(
        "from django.conf import settings\nif 'a' in settings.INSTALLED_APPS:\n    pass\n"
    )

    assert [one.name for one in read(tmp_path)] == ["config.base"]


@pytest.mark.parametrize("folder", [".hidden", "node_modules", "venv"])
def test_settings_in_other_people_s_folders_are_not_offered(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "settings.py").write_text("INSTALLED_APPS = []\n")
    (tmp_path / "venv").mkdir(exist_ok=True)
    (tmp_path / "venv" / "pyvenv.cfg").touch()

    assert read(tmp_path) == []


def test_a_module_that_no_file_holds_is_marked(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = installed.settings\n")
    packages = tmp_path / "packages"
    (packages / "installed").mkdir(parents=True)
    found = Found(tmp_path, Path("manage.py"))

    assert [one.exists for one in read_settings_modules(found)] == [False]
    (packages / "installed" / "settings.py").touch()
    assert [one.exists for one in read_settings_modules(found, (), [packages])] == [True]
