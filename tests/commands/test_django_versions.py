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
from inspector_app.commands.known import KnownFacts
from inspector_app.commands.presets import PRESETS
from inspector_app.models import Workspace
from tests.commands.everything import EVERYTHING
from tests.scans import version_project

VERSIONS = ("3.2", "4.0", "4.1", "4.2", "5.0", "5.1", "5.2", "6.0")

# Where Django keeps a value under another name than the parameter's, or as another value.
RENAMED = {
    ("check", "app_labels"): "args",
    ("showmigrations", "app_labels"): "app_label",
    ("showmigrations", "plan"): "format",
    ("makemigrations", "app_labels"): "args",
    ("dumpdata", "app_labels"): "args",
    ("dumpdata", "natural_foreign"): "use_natural_foreign_keys",
    ("dumpdata", "natural_primary"): "use_natural_primary_keys",
    ("dumpdata", "pks"): "primary_keys",
    ("dumpdata", "all"): "use_base_manager",
    ("sqlsequencereset", "app_labels"): "args",
}
AS_KEPT = {("showmigrations", "plan"): "plan", ("dumpdata", "pks"): "1,a-2"}

# What makes a command that could write into one that only tells.
FIXED: dict[str, dict[str, Any]] = {
    "makemigrations": {"check_changes": True, "dry_run": True, "interactive": False},
    "migrate": {"plan": True},
    "dumpdata": {"output": None},
}

# The positionals without which Django refuses the command.
MINIMAL = {"sqlmigrate": ["orders", "0001"], "sqlsequencereset": ["orders"]}

PARSE = """
import json, sys
from django.conf import settings
from django.core.management import load_command_class
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3"}})
read = {}
for name, words in json.load(sys.stdin).items():
    command = load_command_class("django.core", name)
    parsed = vars(command.create_parser("manage.py", name).parse_args(words))
    # From 5.2 on migrate leaves the checks to Django, before it runs them by itself.
    checked = bool(command.requires_system_checks) or name == "migrate"
    read[name] = {"options": parsed, "checked": checked}
json.dump(read, sys.stdout)
"""


@pytest.fixture(params=VERSIONS)
def django(request: pytest.FixtureRequest) -> Path:
    """A folder that holds one version of Django, installed once."""
    return version_project.django(request.param)


def test_every_parameter_is_tried() -> None:
    named = {name: {p.name for p in preset.parameters} for name, preset in PRESETS.items()}

    assert named == {name: set(params) for name, params in EVERYTHING.items()}


def on(django: Path) -> Workspace:
    """A workspace that uses this Django."""
    version = django.name.removeprefix("django-")
    return Workspace(manage_py="manage.py", interpreter="python", django_version=version)


def known_to(django: Path, name: str) -> dict[str, Any]:
    """The parameters of ``EVERYTHING`` that this Django has."""
    offered = {one.name for one in PRESETS[name].offered(KnownFacts(on(django)))}
    return {key: value for key, value in EVERYTHING[name].items() if key in offered}


@pytest.mark.projects
@pytest.mark.django_db
def test_every_django_reads_the_parameters_as_they_are_meant(django: Path) -> None:
    built = {}
    for name in EVERYTHING:
        preset = registry.get(name, on(django))
        clean = registry.validate(preset, known_to(django, name), on(django))
        words = argv.build(preset, clean, on(django))
        built[name] = words[3:]
    read = parsed_by(django, built)

    for name in EVERYTHING:
        options = read[name]["options"]
        assert options["no_color"] is True
        for key, value in FIXED.get(name, {}).items():
            assert options[key] == value
        for parameter, value in known_to(django, name).items():
            kept = options[RENAMED.get((name, parameter), parameter)]
            assert kept == AS_KEPT.get((name, parameter), value)


@pytest.mark.projects
@pytest.mark.django_db
def test_checks_are_skipped_exactly_where_a_failing_one_would_stop_the_command(
    django: Path,
) -> None:
    read = parsed_by(django, {name: MINIMAL.get(name, []) for name in PRESETS})

    assert {name: one["checked"] for name, one in read.items()} == {
        name: preset.skips_checks for name, preset in PRESETS.items()
    }
    assert {name: "skip_checks" in one["options"] for name, one in read.items()} == {
        name: preset.skips_checks for name, preset in PRESETS.items()
    }


@pytest.mark.projects
def test_a_parameter_is_offered_from_the_version_on_that_has_it(django: Path) -> None:
    version = tuple(int(part) for part in django.name.removeprefix("django-").split("."))
    read = parsed_by(django, {"makemigrations": []})["makemigrations"]["options"]

    assert ("scriptable" in read) == (version >= (4, 1))
    assert ("scriptable" in known_to(django, "makemigrations")) == (version >= (4, 1))


def parsed_by(django: Path, words: dict[str, list[str]]) -> dict[str, Any]:
    """What the parsers of this Django make of the words behind each command."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PARSE],
        input=json.dumps(words),
        env={**os.environ, "PYTHONPATH": str(django)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    read: dict[str, Any] = json.loads(done.stdout)
    return read
