from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def python(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "python", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_a_script_runs_as_main_with_its_arguments_and_folder(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("NAME = 'helper'")
    script = tmp_path / "script.py"
    script.write_text("import sys, helper; print(__name__, sys.argv[1:], helper.NAME)")

    assert python(str(script), "a", "-b").stdout == "__main__ ['a', '-b'] helper\n"


def test_an_archive_runs_as_python_runs_it(tmp_path: Path) -> None:
    archive = tmp_path / "tool.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("__main__.py", "import sys, helper; print(__name__, sys.argv, helper.NAME)")
        made.writestr("helper.py", "NAME = 'helper'")

    assert python(str(archive), "a").stdout == f"__main__ [{str(archive)!r}, 'a'] helper\n"


def test_a_module_runs_as_main() -> None:
    assert python("-m", "platform", "terse").stdout.strip()


def test_exit_codes_pass_through() -> None:
    assert python("-c", "import sys; sys.exit(7)").returncode == 7


def test_an_exception_is_a_traceback_and_exit_one() -> None:
    result = python("-c", "raise ValueError('x')")

    assert result.returncode == 1
    assert "ValueError: x" in result.stderr


def test_a_project_s_own_backend_package_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend" / "__init__.py").write_text("WHOSE = 'theirs'")
    (tmp_path / "manage.py").write_text("import backend; print(backend.WHOSE)")

    assert python(str(tmp_path / "manage.py")).stdout == "theirs\n"


def test_no_compiled_files_are_left_in_a_project(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("")
    (tmp_path / "script.py").write_text("import helper")
    python(str(tmp_path / "script.py"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["helper.py", "script.py"]
