"""Where things are: what ships with DJDesk, and the directories it may write to."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import platformdirs

APP = "djdesk"
FROZEN = bool(getattr(sys, "frozen", False))

# Everything that ships beside the code: a checkout's top level, or PyInstaller's data directory.
SHIPPED_DIR = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
TEMPLATES_DIR = SHIPPED_DIR / "templates"
SAMPLE_DIR = SHIPPED_DIR / "inspector_app" / "sample"
_BUILD_DIR = SHIPPED_DIR if FROZEN else SHIPPED_DIR / "build"
STATIC_DIR = _BUILD_DIR / "static"
DOCS_DIR = _BUILD_DIR / "docs"
# The icons, drawn when a build was frozen.
ICONS = SHIPPED_DIR / "icons.json"
# What a frozen build begins with, instead of migrating nothing into it.
EMPTY_DATABASE = SHIPPED_DIR / "empty.sqlite3"
# The libraries of the pages, copied from npm (scripts/node.sh); only in a checkout.
VENDOR_DIR = _BUILD_DIR / "vendor"


def static_url() -> str:
    """Where the pages' assets are served; that of a frozen build names the build.

    So a browser may keep them for ever, and asks anew after an update on the same port.
    """
    return f"/static/{int(STATIC_DIR.stat().st_mtime):x}/" if FROZEN else "/static/"


def _override() -> Path | None:
    value = os.environ.get("DJDESK_DATA_DIR", "")
    return Path(value).absolute() if value else None


def data_dir() -> Path:
    """The database, the queue and the run logs; ``DJDESK_DATA_DIR`` overrides."""
    return _override() or Path(platformdirs.user_data_dir(APP, appauthor=False))


def log_dir() -> Path:
    override = _override()
    return override / "logs" if override else Path(platformdirs.user_log_dir(APP, appauthor=False))


def own_dirs() -> list[Path]:
    """Data and logs of this process, and those of the user's window where they are others."""
    usual = (
        platformdirs.user_data_dir(APP, appauthor=False),
        platformdirs.user_log_dir(APP, appauthor=False),
    )
    return list(dict.fromkeys([data_dir(), log_dir(), private_dir(), *map(Path, usual)]))


def private_dir() -> Path:
    """Where commands without a window have their data while they run."""
    # On Windows the folder for temporary files is the user's own.
    name = "djdesk" if sys.platform == "win32" else f"djdesk-{os.getuid()}"
    return Path(tempfile.gettempdir()) / name


def cache_dir() -> Path:
    override = _override()
    if override:
        return override / "cache"
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def jail() -> Path:
    """The sandbox launcher; when none is found, the place where it belongs."""
    override = os.environ.get("DJDESK_JAIL", "")
    if override:
        return Path(override).absolute()
    name = "djdesk-jail.exe" if sys.platform == "win32" else "djdesk-jail"
    if FROZEN:
        beside = Path(sys.executable).resolve().parent.parent
        candidates = [beside / name, beside / "bin" / name]
    else:
        candidates = [SHIPPED_DIR / "build" / "bin" / name]
    return next((path for path in candidates if path.is_file()), candidates[0])
