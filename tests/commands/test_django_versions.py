"""What the presets build, read by the parsers of every Django that projects still use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands import argv, registry
from inspector_app.commands.presets import PRESETS
from inspector_app.models import Workspace
from tests.projects import CACHE

VERSIONS = ("3.2", "4.2", "5.2", "6.0")

# Every parameter of every preset, so that none is left unread.
EVERYTHING: dict[str, dict[str, Any]] = {
    "check": {
        "app_labels": ["orders", "auth"],
        "tags": ["models", "my-tag"],
        "deploy": True,
        "fail_level": "ERROR",
        "databases": ["default"],
        "verbosity": 2,
    },
    "showmigrations": {
        "app_labels": ["orders"],
        "plan": True,
        "database": "default",
        "verbosity": 0,
    },
    "diffsettings": {"all": True, "output": "unified", "verbosity": 3},
    "sqlmigrate": {
        "app_label": "orders",
        "migration_name": "0001",
        "backwards": True,
        "database": "default",
        "verbosity": 1,
    },
}

# Where Django keeps a value under another name than the parameter's, or as another value.
RENAMED = {
    ("check", "app_labels"): "args",
    ("showmigrations", "app_labels"): "app_label",
    ("showmigrations", "plan"): "format",
}
AS_KEPT = {("showmigrations", "plan"): "plan"}

PARSE = """
import json, sys
from django.conf import settings
from django.core.management import load_command_class
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3"}})
read = {}
for name, words in json.load(sys.stdin).items():
    parser = load_command_class("django.core", name).create_parser("manage.py", name)
    read[name] = vars(parser.parse_args(words))
json.dump(read, sys.stdout)
"""


@pytest.fixture(params=VERSIONS)
def django(request: pytest.FixtureRequest) -> Path:
    """A folder that holds one version of Django, installed once."""
    version = request.param
    folder = CACHE / f"django-{version}"
    if not (folder / "django").is_dir():
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"),
                *("--only-binary", ":all:", "--python-version", "3.13", "--target", str(folder)),
                *(f"Django~={version}.0", "pytz"),
            ],
            check=True,
        )
    return folder


def test_every_parameter_is_tried() -> None:
    named = {name: {p.name for p in preset.parameters} for name, preset in PRESETS.items()}

    assert named == {name: set(params) for name, params in EVERYTHING.items()}


@pytest.mark.projects
@pytest.mark.django_db
def test_every_django_reads_the_parameters_as_they_are_meant(django: Path) -> None:
    built = {}
    for name, params in EVERYTHING.items():
        preset = registry.get(name)
        clean = registry.validate(preset, params, Workspace())
        words = argv.build(preset, clean, Workspace(manage_py="manage.py", interpreter="python"))
        built[name] = words[3:]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PARSE],
        input=json.dumps(built),
        env={**os.environ, "PYTHONPATH": str(django)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    read = json.loads(done.stdout)

    for name, params in EVERYTHING.items():
        assert read[name]["no_color"] is True
        assert ("skip_checks" in read[name]) == PRESETS[name].skips_checks
        for parameter, value in params.items():
            kept = read[name][RENAMED.get((name, parameter), parameter)]
            assert kept == AS_KEPT.get((name, parameter), value)
