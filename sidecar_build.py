"""Freeze the sidecar: ``python sidecar_build.py`` makes ``build/sidecar/djdesk-sidecar``.

One folder, never one file: a single file unpacks itself at every start (3.1 s against 0.25 s). The
whole standard library and all of Django but GeoDjango are inside, so that the executable can stand
in as a project's Python on a machine that has none.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from backend import regexes
from freeze import assets, contents
from freeze.regexes import write_regexes

ROOT = Path(__file__).resolve().parent
BUILD = ROOT / "build"
NAME = "djdesk-sidecar"


def main() -> None:
    contents.require_full_text_search()
    work = BUILD / "freeze"
    shutil.rmtree(work, ignore_errors=True)
    os.environ["DJDESK_DATA_DIR"] = str(work / "data")
    collect_static()
    assets.shrink(ROOT, BUILD / "static")
    icons = contents.write_icons(work / "icons.json")
    compiled = write_regexes(work / regexes.FILE)
    freeze(work, [icons, compiled, make_empty_database(work)])
    target = BUILD / "sidecar"
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(work / "dist" / NAME, target)
    contents.prune(target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target / NAME}: {size / 1e6:.1f} MB in all")


def collect_static() -> None:
    """Gather the pages' assets in ``build/static``, as the frozen sidecar serves them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def make_empty_database(work: Path) -> Path:
    """The database that a new data directory begins with; a start has nothing to migrate then."""
    from django.db import connections

    from backend import data, database, engine, paths

    data.prepare(paths.data_dir())
    made = engine.database_path()
    database.migrate(made, print)
    # Closed, so that all of it is in the one file.
    connections.close_all()
    return shutil.copyfile(made, work / paths.EMPTY_DATABASE.name)


def freeze(work: Path, made: list[Path]) -> None:
    from PyInstaller import __main__ as pyinstaller
    from PyInstaller.archive import writers

    # Stored, not deflated: the start inflates nothing, and the installer's xz packs all modules
    # together (20 % smaller). The attribute is private, so the version of PyInstaller is pinned.
    writers.ZlibArchiveWriter._COMPRESSION_LEVEL = 0  # noqa: SLF001
    pyinstaller.run(
        [
            "--noconfirm",
            "--onedir",
            "--console",
            f"--name={NAME}",
            f"--distpath={work / 'dist'}",
            f"--workpath={work / 'work'}",
            f"--specpath={work}",
            f"--additional-hooks-dir={ROOT / 'freeze' / 'hooks'}",
            f"--runtime-hook={ROOT / 'freeze' / 'lean_start.py'}",
            f"--paths={ROOT}",
            "--optimize=2",
            "--log-level=WARN",
            *(["--strip"] if sys.platform == "linux" else []),
            *contents.arguments(ROOT, BUILD, work, made),
            str(ROOT / "freeze" / "entry.py"),
        ]
    )


def without_columns() -> None:
    """Go on in a Python that compiles without the columns of every instruction.

    They only underline parts of lines in tracebacks, and would take 1 MiB of the engine's memory.
    """
    if "PYTHONNODEBUGRANGES" not in os.environ:
        os.environ["PYTHONNODEBUGRANGES"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 -- this very program


if __name__ == "__main__":
    without_columns()
    main()
