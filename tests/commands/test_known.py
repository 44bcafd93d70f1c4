"""The choices a parameter offers: what was read of the project, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands.known import KnownFacts
from inspector_app.commands.presets import PRESETS
from inspector_app.models import ReportPart, Scan, Workspace
from tests.runs.project import executed, opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)


def offered(workspace: Workspace, preset: str, name: str) -> list[str] | None:
    (parameter,) = (one for one in PRESETS[preset].parameters if one.name == name)
    return parameter.choices(KnownFacts(workspace))


def test_apps_and_databases_are_those_of_the_settings(project: Path) -> None:
    workspace = opened(project)

    assert "orders" in (offered(workspace, "check", "app_labels") or [])
    assert offered(workspace, "migrate", "database") == ["default"]


def test_models_are_offered_without_the_tables_between_them(project: Path) -> None:
    known = KnownFacts(opened(project))

    assert known.models("auth") == ["Group", "Permission", "User"]
    assert known.models("nowhere") is None


def test_a_model_that_code_makes_is_not_refused_by_what_the_source_shows(project: Path) -> None:
    known = KnownFacts(opened(project))

    assert known.has_model("auth", "user_groups") is True
    assert known.has_model("auth", "HistoricalUser") is None


def test_a_model_that_django_s_registry_has_not_does_not_exist(project: Path) -> None:
    workspace = opened(project)
    part = ReportPart.objects.get(scan__workspace=workspace, name="sections")
    part.value = {**(part.value or {}), "models": {"source": "runtime", "ok": True}}
    part.save()

    assert KnownFacts(workspace).has_model("auth", "HistoricalUser") is False


def test_without_a_scan_nothing_is_known(project: Path) -> None:
    workspace = opened(project)
    Scan.objects.all().delete()

    assert offered(workspace, "check", "app_labels") is None
    assert offered(workspace, "dumpdata", "exclude") is None
    assert offered(workspace, "migrate", "database") is None


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [
        ("", "models", "files"),
        ("3.2.25", "models", "files"),
        ("4.2.30", "files", "commands"),
        ("6.0", "commands", "gis"),
    ],
)
def test_tags_are_those_of_the_project_s_django(
    project: Path, version: str, has: str, lacks: str
) -> None:
    workspace = opened(project)
    workspace.django_version = version
    tags = offered(workspace, "check", "tags") or []

    assert has in tags
    assert lacks not in tags


def test_tags_that_the_project_s_checks_have_are_offered_once_they_were_listed(
    project: Path,
) -> None:
    workspace = opened(project)
    when_loaded(
        project,
        """
        from django.core.checks import register
        register(lambda **kwargs: [], "house-style")
        print("Loading\\nzebra")
        """,
    )
    executed(workspace, "check", params={"list_tags": True})
    tags = offered(workspace, "check", "tags") or []

    assert "house-style" in tags
    assert {"Loading", "zebra"}.isdisjoint(tags)


@pytest.mark.parametrize("installed", [True, False])
def test_yaml_is_a_format_where_pyyaml_is_installed(tmp_path: Path, installed: bool) -> None:
    packages = tmp_path / "lib" / "python3.13" / "site-packages"
    packages.mkdir(parents=True)
    (tmp_path / "pyvenv.cfg").write_text("version = 3.13.1\n")
    if installed:
        (packages / "PyYAML-6.0.2.dist-info").mkdir()
    workspace = Workspace(interpreter=str(tmp_path / "bin" / "python"))
    formats: Any = offered(workspace, "dumpdata", "format")

    assert ("yaml" in formats) == installed
    assert "json" in formats
