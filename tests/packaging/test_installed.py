from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.environment import CHECKOUT

pytestmark = pytest.mark.installed
LIBRARY = Path("/usr/lib/djdesk")


def as_ordinary_user(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as nobody, with a home of its own and without a network."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    for folder in (home, tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o777)
    tool = shutil.which("unshare") or "unshare"
    prefix = [tool, "--net", "--setuid", "65534", "--setgid", "65534", "--clear-groups"]
    if os.geteuid() != 0:
        prefix = [tool, "--map-root-user", "--net"]
    return subprocess.run(
        [*[part for part in prefix if part != "--clear-groups"], *command],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        cwd="/",
    )


def sample() -> str:
    return str(next(LIBRARY.glob("**/inspector_app/sample")))


def test_the_installed_program_knows_its_version(tmp_path: Path) -> None:
    assert as_ordinary_user(tmp_path, "djdesk", "--version").stdout == "djdesk 0.1.0\n"


def test_the_bundled_python_checks_the_bundled_sample_offline(tmp_path: Path) -> None:
    result = as_ordinary_user(tmp_path, "djdesk", "run", sample(), "check", "--trust")

    assert result.returncode == 0, result.stderr
    assert "System check identified" in result.stdout + result.stderr


@pytest.mark.parametrize("preset", ["showmigrations", "diffsettings"])
def test_the_other_commands_of_the_sample_work_where_nothing_is_writable(
    tmp_path: Path, preset: str
) -> None:
    result = as_ordinary_user(tmp_path, "djdesk", "run", sample(), preset, "--trust")

    assert result.returncode == 0, result.stderr


def test_the_installed_program_finds_its_launcher_and_documentation(tmp_path: Path) -> None:
    facts = json.loads(as_ordinary_user(tmp_path, "djdesk", "doctor", "--json").stdout)

    assert facts["sandbox"]["launcher"] == "/usr/lib/djdesk/djdesk-jail"
    assert facts["directories"]["documentation"] != "not built"


def test_a_notebook_is_exported_by_the_installed_program(tmp_path: Path) -> None:
    target = tmp_path / "home" / "sample.ipynb"
    result = as_ordinary_user(
        tmp_path, "djdesk", "export", sample(), "--format", "ipynb", "-o", str(target), "--trust"
    )

    assert result.returncode == 0, result.stderr
    assert json.loads(target.read_text())["nbformat"] == 4


def test_the_bundled_python_has_the_whole_standard_library(tmp_path: Path) -> None:
    modules = "ssl sqlite3 lzma bz2 ctypes unittest.mock xml.etree.ElementTree curses smtplib"
    code = f"import {', '.join(modules.split())}; import django.contrib.admin.sites; print('all')"
    sidecar = str(LIBRARY / "sidecar" / "djdesk-sidecar")

    assert as_ordinary_user(tmp_path, sidecar, "python", "-c", code).stdout == "all\n"


@pytest.mark.parametrize(
    "path",
    [
        "/usr/share/applications/djdesk.desktop",
        "/usr/share/metainfo/dev.djdesk.DJDesk.metainfo.xml",
        "/usr/share/man/man1/djdesk.1.gz",
        "/usr/share/doc/djdesk/copyright",
        "/usr/share/doc/djdesk/THIRD-PARTY.txt",
        "/usr/share/icons/hicolor/128x128/apps/djdesk.png",
    ],
)
def test_the_package_brings_what_a_desktop_expects(path: str) -> None:
    assert Path(path).is_file()


def test_the_package_stays_small() -> None:
    (package,) = (CHECKOUT / "build" / "dist").glob("*.deb")

    assert package.stat().st_size <= 15_000_000
