"""What a scan of a trusted project takes, beside the project's own ``manage.py check``."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from tests import projects
from tests.environment import CHECKOUT
from tests.projects import MANAGE_PY
from tests.scans.version_project import make_environment
from tests.serving import Served

from .figures import Figure

ROUNDS = 5
MB = 1_000_000

SETTINGS = """
SECRET_KEY = "of-the-bench"
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.messages", "django.contrib.sessions", "django.contrib.staticfiles", "small",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
              "OPTIONS": {"context_processors": [
                  "django.template.context_processors.request",
                  "django.contrib.auth.context_processors.auth",
                  "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "small.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "urls"
STATIC_URL = "/static/"
"""
URLS = """
from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
"""
MODELS = "from django.db import models\n" + "".join(
    f"\n\nclass Thing{n}(models.Model):\n    name = models.CharField(max_length=9)\n"
    + (f"    before = models.ForeignKey(Thing{n - 1}, models.CASCADE)\n" if n else "")
    for n in range(5)
)


def measure(build: Path) -> list[Figure]:
    engine = [str(build / "sidecar" / "djdesk-sidecar")]
    with tempfile.TemporaryDirectory() as folder:
        small = _five_models(Path(folder) / "small")
        figures = [
            _beside_check("wagtail's test project", projects.wagtail(), engine, 1.25),
            _beside_check("NEMO", projects.nemo(), engine, 1.25),
            _beside_check("five models", small, engine, 2),
        ]
    return [*figures, _memory(engine)]


def _five_models(root: Path) -> projects.RealProject:
    files = {
        "manage.py": MANAGE_PY.format(settings="settings"),
        "settings.py": SETTINGS,
        "urls.py": URLS,
        "small/__init__.py": "",
        "small/models.py": MODELS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return projects.RealProject(root, "settings", make_environment(root / ".venv", "5.2"))


def _beside_check(
    name: str, project: projects.RealProject, engine: list[str], goal: float
) -> Figure:
    target = ["--format", "json", "-o", os.devnull]
    inspect = [*engine, "cli", "inspect", str(project.root), "--trust", *target]
    check = [str(project.python), "-B", "manage.py", "check"]
    # The first of each brings the files into memory.
    _run(inspect, project.root)
    _run(check, project.root)
    inspected, checked = [], []
    for _ in range(ROUNDS):
        # One of each in turn, so that whatever else the machine does falls on both alike.
        checked.append(_run(check, project.root))
        inspected.append(_run(inspect, project.root))
    against = "manage.py check of the same project"
    return Figure(f"inspect --trust: {name}", "ms", inspected, against, checked, goal=goal)


def _run(argv: list[str], cwd: Path) -> float:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_SETTINGS")}
    started = time.perf_counter()
    subprocess.run(
        argv,
        cwd=cwd,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return (time.perf_counter() - started) * 1000


def _memory(engine: list[str]) -> Figure:
    """How much more the engine holds once it has scanned the largest of them after a small one."""
    root = projects.wagtail().root
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder), executable=engine) as served:
        process = psutil.Process(served.process.pid)
        served.open_trusted(CHECKOUT / "inspector_app" / "sample")
        before = process.memory_full_info().uss
        served.open_trusted(root)
        after = process.memory_full_info().uss
    return Figure("memory added by a scan of wagtail", "MB", [(after - before) / MB], goal=30)
