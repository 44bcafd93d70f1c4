"""djdesk inspect: what is read, with and without trust, and what makes it fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.backend.cli.asking import djdesk


def test_inspect_reads_without_running(project: Path, unchanged: Any) -> None:
    unchanged(project)
    result = djdesk("inspect", project)

    assert result.returncode == 0
    assert "orders" in result.stdout
    assert "not trusted" in result.stdout


def test_inspect_with_trust_reports_django_s_own_checks(project: Path) -> None:
    models = project / "orders" / "models.py"
    models.write_text(
        "from django.db import models\n"
        "class Order(models.Model):\n"
        "    tags = models.ManyToManyField('self', null=True)\n"
    )
    report = json.loads(djdesk("inspect", project, "--trust", "--format", "json").stdout)

    assert [check["id"] for check in report["checks"]["default"]] == ["fields.W340"]
    assert report["findings"][0]["file"] == "orders/models.py"
    assert report["format"] == "djdesk-report/1"


@pytest.mark.parametrize("name", ["text", "json", "md", "html"])
def test_every_format_is_written_to_a_file(project: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "report"
    result = djdesk("inspect", project, "--format", name, "-o", target)

    assert (result.returncode, result.stdout) == (0, "")
    assert "orders" in target.read_text()


def test_fail_on_makes_findings_the_exit_code(sample: Path) -> None:
    assert djdesk("inspect", sample, "--trust", "--fail-on", "warning").returncode == 1
    assert djdesk("inspect", sample, "--trust", "--fail-on", "error").returncode == 0


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        ("sys.exit(7)", "The project ended itself with exit code 7 while it was loaded"),
        ("os._exit(0)", "The project ended its own process while its apps were loaded (os._exit"),
        ("os.kill(os.getpid(), 11)", "The project's process was ended by SIGSEGV while its apps"),
    ],
)
def test_fail_on_fails_where_the_checks_gave_no_result(
    project: Path, ending: str, title: str
) -> None:
    (project / "orders" / "models.py").write_text(f"import os, sys\n{ending}\n")
    result = djdesk("inspect", project, "--trust", "--fail-on", "error")

    assert result.returncode == 1
    assert title in result.stdout


def test_fail_on_without_trust_says_what_it_cannot_know(project: Path) -> None:
    result = djdesk("inspect", project, "--fail-on", "error")

    assert result.returncode == 0
    assert "Add --trust" in result.stderr


def test_a_variable_that_the_settings_ask_for_is_named(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nimport os\nKEY = os.environ['SHOP_STAGE']\n")
    result = djdesk("inspect", project, "--trust", SHOP_STAGE="dev")

    assert "The environment variable SHOP_STAGE is not set" in " ".join(result.stdout.split())
