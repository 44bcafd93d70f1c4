"""Reading projects without running them: Wagtail's test project, and Django's own source tree."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from backend.garbage import collect_from_now_on
from inspector_app.scans.static import kept
from inspector_app.scans.static.reading import read_project
from inspector_app.workspaces.environment import packages_of
from tests import projects

from .figures import Figure

ROUNDS = 5
# All that Django brings, as the project's own code.
SETTINGS = """
INSTALLED_APPS = [
    *("django.contrib.admin", "django.contrib.admindocs", "django.contrib.auth"),
    *("django.contrib.contenttypes", "django.contrib.flatpages", "django.contrib.gis"),
    *("django.contrib.humanize", "django.contrib.messages", "django.contrib.postgres"),
    *("django.contrib.redirects", "django.contrib.sessions", "django.contrib.sitemaps"),
    *("django.contrib.sites", "django.contrib.staticfiles", "django.contrib.syndication"),
]
ROOT_URLCONF = "every"
"""
URLS = """
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    path("docs/", include("django.contrib.admindocs.urls")),
    path("pages/", include("django.contrib.flatpages.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
"""


def measure() -> list[Figure]:
    # As in the engine.
    gc.collect()
    collect_from_now_on()
    project = projects.wagtail()
    packages = packages_of(project.python)
    first, again = _timed(project.root, project.settings, packages)
    with tempfile.TemporaryDirectory() as folder:
        tree = _django_as_a_project(Path(folder), packages)
        django, _ = _timed(tree, "every_settings", [])
    return [
        Figure("static reading: Wagtail's test project", "s", first, goal=1),
        Figure("  again, with nothing changed", "ms", [one * 1000 for one in again], goal=100),
        Figure("static reading: Django's source tree", "s", django, goal=3),
        Figure("  memory that a process takes for Wagtail's", "MB", [_grown(project)], goal=30),
    ]


def _timed(root: Path, settings: str, packages: list[Path]) -> tuple[list[float], list[float]]:
    """Seconds of a first reading, and of one after it."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(ROUNDS):
        kept.forget()
        for seconds in (first, again):
            started = time.perf_counter()
            read_project(root, Path("manage.py"), settings, packages)
            seconds.append(time.perf_counter() - started)
    return first, again


def _django_as_a_project(folder: Path, packages: list[Path]) -> Path:
    source = next(one / "django" for one in packages if (one / "django").is_dir())
    shutil.copytree(source, folder / "django", ignore=shutil.ignore_patterns("*.mo", "*.po"))
    (folder / "every_settings.py").write_text(SETTINGS)
    (folder / "every.py").write_text(URLS)
    return folder


def _grown(project: projects.RealProject) -> float:
    """How much larger a process is after a reading, measured in one that does nothing else."""
    code = (
        "import sys; from pathlib import Path; import psutil;"
        "from bench import static_reading as s;"
        "me = psutil.Process(); before = me.memory_info().rss;"
        "s.read_project(Path(sys.argv[1]), Path('manage.py'), sys.argv[2],"
        " s.packages_of(Path(sys.argv[3]))); print(me.memory_info().rss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project.root), project.settings, str(project.python)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1_000_000
