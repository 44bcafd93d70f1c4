"""Collect Django as a whole but GeoDjango, with templates and assets, in English.

PyInstaller's own hook collects 1,226 translation files and every source file. Django is collected
whole because the frozen executable also stands in as the interpreter of projects.
"""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

LEFT_OUT = ("django.contrib.gis", "django.conf.locale.")


def _wanted(name: str) -> bool:
    return not name.startswith(LEFT_OUT) or name.startswith("django.conf.locale.en")


hiddenimports = collect_submodules("django", filter=_wanted, on_error="ignore")
datas = collect_data_files(
    "django",
    excludes=["**/*.po", "**/*.mo", "**/locale/**", "contrib/gis/**", "**/*.py", "**/*.pyc"],
)
datas += collect_data_files("django", includes=["**/locale/en/LC_MESSAGES/*.mo"])
# Projects look for their app and project templates in files of this kind.
datas += collect_data_files("django", includes=["conf/**/*-tpl"])
