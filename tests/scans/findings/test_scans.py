from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.workspaces.layouts import make_venv

pytestmark = pytest.mark.django_db(transaction=True)


def findings(workspace: Workspace) -> list[dict[str, Any]]:
    row = scan(workspace)
    assert row.problem is None
    found: list[dict[str, Any]] = row.report["findings"]
    return found


def trusted(project: Path) -> Workspace:
    workspace = open_path(project)
    trust.grant(workspace)
    return workspace


def the(found: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    [one] = [finding for finding in found if finding["id"] == identifier]
    return one


def test_a_clean_project_has_nothing_but_information(project: Path) -> None:
    found = findings(trusted(project))

    assert [(one["severity"], one["rule"]) for one in found] == [
        ("info", "database-unreachable"),
        ("info", "development-settings"),
    ]


def test_a_check_about_a_field_stands_at_the_field(project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\n\n\nclass Order(models.Model):\n"
        "    number = models.IntegerField()\n"
        "    tags = models.ManyToManyField('self', null=True)\n"
    )

    finding = the(findings(trusted(project)), "fields.W340")

    assert (finding["severity"], finding["file"], finding["line"]) == (
        "warning",
        "orders/models.py",
        6,
    )
    assert finding["title"] == "null has no effect on ManyToManyField."
    assert finding["why"] == "orders.Order.tags."


def test_a_check_about_an_admin_class_stands_at_the_class(project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\nclass Order(models.Model): pass\n"
    )
    (project / "orders" / "admin.py").write_text(
        "from django.contrib import admin\nfrom .models import Order\n\n\n"
        "@admin.register(Order)\nclass OrderAdmin(admin.ModelAdmin):\n"
        "    list_display = ['gone']\n"
    )

    finding = the(findings(trusted(project)), "admin.E108")

    assert finding["severity"] == "error"
    assert (finding["file"], finding["line"]) == ("orders/admin.py", 6)


def test_a_check_about_a_setting_stands_at_the_setting(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "STATICFILES_DIRS = ['/no/such/folder']\n")

    finding = the(findings(trusted(project)), "staticfiles.W004")

    assert finding["file"] == "shop/settings.py"
    assert finding["line"] == len(settings.read_text().splitlines())


def test_a_project_that_does_not_start_says_why_and_where(project: Path) -> None:
    (project / "orders" / "models.py").write_text("import rest_framework_x\n")
    workspace = trusted(project)
    row = scan(workspace)

    finding = row.report["findings"][0]
    assert finding["id"] == "dependency_missing"
    assert finding["title"].startswith("The package rest_framework_x is not installed in ")
    assert (finding["severity"], finding["file"], finding["line"]) == (
        "error",
        "orders/models.py",
        1,
    )
    section = row.report["sections"]["checks"]
    assert (section["ok"], section["error"]) == (False, finding["title"])
    assert row.report["checks"]["default"] is None
    assert row.report["sections"]["models"]["ok"]


def test_two_leaf_migrations_are_an_error_without_running_anything(project: Path) -> None:
    folder = project / "orders" / "migrations"
    for name in ("0001_left", "0001_right"):
        (folder / f"{name}.py").write_text(
            "from django.db import migrations\n"
            "class Migration(migrations.Migration):\n    dependencies = []\n"
        )

    finding = the(findings(open_path(project)), "migration graph")

    assert finding["severity"] == "error"
    assert finding["title"] == "orders has 2 leaf migrations"
    assert finding["file"] == "orders/migrations/0001_right.py"
    assert "makemigrations --merge" in finding["action"]


def test_an_app_that_is_not_installed_is_named_with_its_line(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "INSTALLED_APPS = ['orders', 'no_such_app']\n")
    make_venv(project / ".venv", django="5.2.4")

    finding = the(findings(open_path(project)), "INSTALLED_APPS")

    assert finding["title"] == "INSTALLED_APPS names no_such_app, which was not found"
    assert finding["line"] == len(settings.read_text().splitlines())


def test_no_app_is_called_missing_where_an_import_hook_may_have_it(project: Path) -> None:
    python = make_venv(project / ".venv", django="5.2.4")
    [packages] = (python.parent.parent / "lib").glob("*/site-packages")
    (packages / "hook.pth").write_text("import hook\n")

    assert findings(open_path(project)) == []


def test_another_django_than_asked_for_is_a_warning(project: Path) -> None:
    (project / "requirements.txt").write_text("gunicorn\nDjango==3.2.25\n")

    finding = the(findings(open_path(project)), "requirements")

    assert (finding["severity"], finding["file"], finding["line"]) == (
        "warning",
        "requirements.txt",
        2,
    )


def test_a_file_that_cannot_be_read_is_information(project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")

    finding = the(findings(open_path(project)), "static reading")

    assert finding["severity"] == "info"
    assert finding["title"] == "orders/models.py has a syntax error in line 1"


def test_the_worst_comes_first(project: Path) -> None:
    (project / "requirements.txt").write_text("Django==3.2.25\n")
    (project / "orders" / "models.py").write_text("class Order(:\n")

    severities = [finding["severity"] for finding in findings(trusted(project))]

    assert severities == ["error", "warning", "warning", "info"]


def test_an_old_name_that_the_settings_themselves_use_is_theirs(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    old = "TEMPLATE_DIRS = [BASE_DIR / 'pages']\nTEMPLATE_LOADERS = []\n"
    settings.write_text(f"{settings.read_text()}\n{old}TEMPLATES[0]['DIRS'] = TEMPLATE_DIRS\n")
    make_venv(project / ".venv", django="5.2")

    found = findings(open_path(project))

    told = [one["title"] for one in found if one["rule"] == "setting-without-effect"]
    assert told == ["TEMPLATE_LOADERS has no effect in Django 5.2"]
