"""Apps that settings add only where they can be imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.static.reading import StaticReading, read_project
from tests.workspaces.layouts import make_manage_py

FORMS = {
    "suppress": """
from contextlib import suppress
with suppress(ImportError):
    import {module}
    INSTALLED_APPS.append("{module}")
""",
    "try": """
try:
    import {module}
    INSTALLED_APPS += ["{module}"]
except ImportError:
    pass
""",
    "try else": """
try:
    from {module} import something
except (ImportError, AttributeError):
    HAS = False
else:
    INSTALLED_APPS += ["{module}"]
""",
    "a flag": """
try:
    import {module}
    HAS = True
except ModuleNotFoundError:
    HAS = False
if HAS:
    INSTALLED_APPS += ["{module}"]
""",
    "a question": """
import importlib.util
if importlib.util.find_spec("{module}"):
    INSTALLED_APPS.append("{module}")
""",
    "a question about None": """
from importlib.util import find_spec
HAS = find_spec("{module}") is not None
if HAS:
    INSTALLED_APPS += ["{module}"]
""",
    "a question about not None": """
from importlib.util import find_spec
if find_spec("{module}") is None:
    pass
else:
    INSTALLED_APPS += ["{module}"]
""",
    "a call": """
from contextlib import suppress
from importlib import import_module
for app in ["{module}"]:
    with suppress(ImportError):
        import_module(app)
        INSTALLED_APPS.append(app)
""",
    "a call for its value": """
import importlib
try:
    found = importlib.import_module("{module}")
    INSTALLED_APPS += ["{module}"]
except ImportError:
    found = None
""",
    "in an if": """
try:
    if DEBUG:
        import {module}
        INSTALLED_APPS += ["{module}"]
except Exception:
    pass
""",
}


def read(root: Path, text: str, packages: list[Path]) -> StaticReading:
    make_manage_py(root, "conf")
    (root / "conf.py").write_text(f"DEBUG = True\nINSTALLED_APPS = ['shop']\n{text}")
    (root / "shop").mkdir(exist_ok=True)
    (root / "shop" / "__init__.py").touch()
    return read_project(root, Path("manage.py"), "conf", packages)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    (folder / "toolbar").mkdir(parents=True)
    (folder / "toolbar" / "__init__.py").touch()
    (folder / "compiled.cpython-311-x86_64-linux-gnu.so").touch()
    return folder


def apps(reading: StaticReading) -> tuple[list[str], bool]:
    assert reading.sections["settings"]["error"] is None
    return [app.name for app in reading.apps], reading.apps_complete


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("module", ["toolbar", "compiled", "json"])
def test_one_that_can_be_found_counts(
    tmp_path: Path, packages: Path, form: str, module: str
) -> None:
    reading = read(tmp_path / "p", form.format(module=module), [packages])

    assert apps(reading) == (["shop", module], True)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_one_that_is_not_installed_does_not(tmp_path: Path, packages: Path, form: str) -> None:
    reading = read(tmp_path / "p", form.format(module="missing"), [packages])

    assert apps(reading) == (["shop"], True)
    assert reading.sections["apps"]["notes"] == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_where_the_packages_are_not_known_neither_is_the_app(tmp_path: Path, form: str) -> None:
    reading = read(tmp_path / "p", form.format(module="missing"), [])

    assert apps(reading) == (["shop"], False)
    assert "so there may be other apps" in reading.sections["apps"]["notes"][0]


def test_what_a_handler_does_instead_is_read(tmp_path: Path, packages: Path) -> None:
    text = (
        "try:\n    import missing\n    MORE = ['missing']\n"
        "except ImportError:\n    MORE = ['instead']\nINSTALLED_APPS += MORE\n"
        "try:\n    NAME = os.environ['NAME']\nexcept KeyError:\n    INSTALLED_APPS += ['unset']\n"
    )

    reading = read(tmp_path / "p", text, [packages])

    # An environment variable could change the last one.
    assert apps(reading) == (["shop", "instead", "unset"], False)


def test_local_settings_that_are_not_there_are_none(tmp_path: Path, packages: Path) -> None:
    text = (
        "from contextlib import suppress\nwith suppress(ImportError):\n    from .local import *\n"
    )

    assert apps(read(tmp_path / "p", text, [packages])) == (["shop"], True)


def test_local_settings_that_may_be_elsewhere_are_told_to_be_left_out(tmp_path: Path) -> None:
    text = "try:\n    from local_settings import *\nexcept ImportError:\n    pass\n"

    found = read(tmp_path / "p", text, [])

    assert apps(found) == (["shop"], True)
    notes = found.sections["settings"]["notes"]
    assert "local_settings was not found, so nothing is taken from it" in notes
