"""Projects whose code does not load, or fails while it is looked at."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import WorkspaceTaskRun
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

from .telling import failure, settings

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_syntax_error_in_one_app(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from django.db import models\nclass Order(:\n")

    found = failure(report(), "syntax_error")

    assert (found["file"], found["line"]) == ("orders/models.py", 2)
    assert found["title"].startswith("orders/models.py is no valid Python 3.")


def test_a_missing_dependency_names_package_interpreter_and_requirement(
    project: Path, report: Any
) -> None:
    (project / "requirements.txt").write_text("gunicorn\ndjangorestframework>=3.14  # the API\n")
    (project / "orders" / "models.py").write_text("import os\nimport rest_framework.views\n")

    found = failure(report(), "dependency_missing")

    assert (found["file"], found["line"]) == ("orders/models.py", 2)
    assert found["title"].startswith("The package rest_framework is not installed in /")
    assert "djangorestframework>=3.14 (requirements.txt:2)" in found["action"]


def test_a_dependency_that_no_requirement_names(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("import no_such_package\n")

    assert "No requirement file" in failure(report(), "dependency_missing")["action"]


def test_a_module_of_the_project_that_is_missing(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from orders.prices import price\n")

    found = failure(report(), "module_missing")

    assert found["title"] == "The project has no module orders.prices"
    assert found["file"] == "orders/models.py"


def test_a_circular_import(project: Path, report: Any) -> None:
    (project / "orders" / "models.py").write_text("from orders.prices import price\nORDER = 1\n")
    (project / "orders" / "prices.py").write_text("\nfrom orders.models import ORDER\nprice = 1\n")

    found = failure(report(), "circular_import")

    assert (found["file"], found["line"]) == ("orders/prices.py", 2)
    assert "ORDER" in found["title"]


def test_a_package_that_fails_itself_is_named(project: Path, report: Any) -> None:
    library = project / "lib" / "site-packages"
    (library / "oldone").mkdir(parents=True)
    (library / "oldone" / "__init__.py").write_text("import json\njson.__no_such_version__\n")
    settings(project, f"import sys; sys.path.append({str(library)!r})", before=True)
    line = settings(project, "__import__('oldone')")

    found = failure(report(), "project_raises")

    assert "It is raised in the package oldone" in found["action"]
    assert (found["file"], found["line"]) == ("shop/settings.py", line)


def test_a_file_that_is_not_there_is_named(project: Path, report: Any) -> None:
    line = settings(project, "KEY = (BASE_DIR / 'key.txt').read_text()")

    found = failure(report(), "file_missing")

    assert found["title"] == "The project opens key.txt while it is loaded, which is not there"
    assert (found["file"], found["line"]) == ("shop/settings.py", line)


def test_a_urlconf_that_raises_leaves_the_models(project: Path, report: Any) -> None:
    (project / "shop" / "urls.py").write_text("import django\nraise ValueError('no URLs today')\n")

    found = report()

    assert found["sections"]["urls"]["error"] == "ValueError: no URLs today"
    assert found["sections"]["models"]["source"] == "runtime"
    assert found["sections"]["models"]["ok"]
    assert [one["label"] for one in found["apps"] if one["path"]] == ["orders"]
    finding = found["findings"][0]
    assert finding["title"] == "ValueError: no URLs today"
    assert (finding["file"], finding["line"]) == ("shop/urls.py", 2)
    # The checks stop at it as well, which is no second cause.
    assert [one["id"] for one in found["findings"] if one["severity"] == "error"] == [finding["id"]]
    assert "is not known. The system check" in finding["why"]


LATE = """
from django.db import models

class Late(models.Model):
    class Meta:
        app_label = "orders"
"""


LATE_MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [migrations.CreateModel("Late", [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                   verbose_name="ID")),
    ])]
"""


def test_models_that_only_the_urlconf_imports_count(project: Path, report: Any) -> None:
    (project / "orders" / "late.py").write_text(LATE)
    (project / "orders" / "migrations" / "0001_initial.py").write_text(LATE_MIGRATION)
    (project / "shop" / "urls.py").write_text("import orders.late\nurlpatterns = []\n")
    found = report()

    assert found["migrations"]["missing"] == []
    (orders,) = [one for one in found["apps"] if one["label"] == "orders"]
    assert [one["label"] for one in orders["models"]] == ["orders.Late"]


def test_permissions_that_only_an_instance_tells_are_left_out(project: Path, report: Any) -> None:
    (project / "shop" / "urls.py").write_text(
        "from django.urls import path\nfrom django.views import View\n"
        "class Asked(View):\n    permission_classes = property(lambda self: [])\n"
        "urlpatterns = [path('asked/', Asked.as_view())]\n"
    )
    found = report()

    assert found["sections"]["urls"]["error"] is None
    assert [one["route"] for one in found["urls"]] == ["asked/"]


def test_a_check_that_raises_is_told_like_everything_that_stops_a_command(
    project: Path, report: Any
) -> None:
    (project / "orders" / "apps.py").write_text(
        "from django.apps import AppConfig\nfrom django.core import checks\n"
        "@checks.register\n"
        "def has_cache(**_):\n    import not_installed\n"
        "class OrdersConfig(AppConfig):\n    name = 'orders'\n"
    )
    found = failure(report(), "dependency_missing")

    assert "not_installed" in found["title"]
    assert (found["file"], found["line"]) == ("orders/apps.py", 5)
    assert found["why"].startswith("The system check orders.apps.has_cache stops at it")


def test_a_project_that_vanishes_during_the_scan(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.runs import execute, preflight

    workspace = open_path(project)
    trust.grant(workspace)

    def vanish(run: WorkspaceTaskRun) -> None:
        preflight.check_again(run)
        shutil.rmtree(project)

    monkeypatch.setattr(execute, "check_again", vanish)
    row = scan(workspace)

    assert row.state == row.State.DONE
    assert row.report["findings"][0]["id"] == "folder_missing"
    assert str(project) in row.report["findings"][0]["title"]


def test_what_only_looks_like_a_model_spoils_no_list_of_the_admin(
    project: Path, report: Any
) -> None:
    """As django-constance registers a page for its settings."""
    (project / "orders" / "models.py").write_text(
        "from django.db import models\nclass Order(models.Model):\n    pass\n"
    )
    (project / "orders" / "admin.py").write_text(
        "from django.contrib import admin\n"
        "from .models import Order\n"
        "class Meta:\n"
        "    app_label, object_name, model_name = 'orders', 'Config', 'config'\n"
        "    label, label_lower = 'orders.Config', 'orders.config'\n"
        "    swapped = abstract = is_composite_pk = False\n"
        "class Config:\n"
        "    _meta = Meta()\n"
        "class ConfigAdmin(admin.ModelAdmin):\n"
        "    def check(self):\n"
        "        return []\n"
        "admin.site.register(Order)\n"
        "admin.site.register([Config], ConfigAdmin)\n"
    )

    found = report()

    assert found["sections"]["admin"]["source"] == "runtime", found["sections"]["admin"]
    told = {one["model"]: one["own_query"] for one in found["admin"]}
    assert told["orders.Order"] is False
    assert told["orders.Config"] is True
