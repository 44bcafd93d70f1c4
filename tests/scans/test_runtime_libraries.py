"""What a report tells of libraries that many projects use: task queues, the REST framework."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests import projects

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]

URLS = """
from django.urls import include, path
from rest_framework import permissions, viewsets
from rest_framework.routers import DefaultRouter


class Parcels(viewsets.ViewSet):
    permission_classes = [permissions.IsAdminUser]

    def list(self, request):
        pass

    def destroy(self, request, pk):
        pass


router = DefaultRouter()
router.register("parcels", Parcels, basename="parcel")
urlpatterns = [path("api/", include(router.urls))]
"""
SETTINGS = """
INSTALLED_APPS += ["rest_framework", "huey.contrib.djhuey", "django_rq"]
HUEY = {"huey_class": "huey.MemoryHuey", "immediate": True}
RQ_QUEUES = {"default": {"HOST": "localhost", "PORT": 1, "DB": 0}}
import celery, dramatiq
from dramatiq.brokers.stub import StubBroker
dramatiq.set_broker(StubBroker())
"""
TASKS = """
import dramatiq
from celery import shared_task
from django_rq import job
from huey.contrib.djhuey import db_task


@shared_task
def by_celery():
    pass


@db_task()
def by_huey():
    pass


@dramatiq.actor
def by_dramatiq():
    pass


@job
def by_rq():
    pass
"""


def environment() -> Path:
    requirements = ("Django~=5.2.0", "djangorestframework", "celery", "django-rq", "huey")
    return projects.environment("libraries", *requirements, "dramatiq", "django-configurations")


def scanned(project: Path) -> dict[str, Any]:
    workspace = open_path(project)
    trust.grant(workspace)
    found: dict[str, Any] = scan(workspace).report
    assert {name: one for name, one in found["sections"].items() if one["error"]} == {}
    return found


@pytest.fixture
def report(project: Path) -> dict[str, Any]:
    (project / ".venv").symlink_to(environment())
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + SETTINGS)
    (project / "shop" / "urls.py").write_text(URLS)
    (project / "orders" / "tasks.py").write_text(TASKS)
    return scanned(project)


def test_settings_that_are_classes_need_what_their_manage_py_does(project: Path) -> None:
    (project / ".venv").symlink_to(environment())
    settings = project / "shop" / "settings.py"
    body = "".join(
        f"    {line}\n" for line in settings.read_text().splitlines() if "import" not in line
    )
    settings.write_text(
        "from pathlib import Path\nfrom configurations import Configuration\n\n\n"
        f"class Dev(Configuration):\n{body}    EXTRA = 'of a class'\n"
    )
    manage = project / "manage.py"
    manage.write_text(
        manage.read_text()
        .replace("django.core.management", "configurations.management")
        .replace("    try:", "    os.environ.setdefault('DJANGO_CONFIGURATION', 'Dev')\n    try:")
    )

    changed = {one["name"]: one["value"] for one in scanned(project)["settings"]["changed"]}

    assert changed["EXTRA"] == "of a class"


def test_tasks_of_every_queue(report: dict[str, Any]) -> None:
    def line(kind: str) -> int:
        return 1 + TASKS[: TASKS.index(f"def by_{kind}")].count("\n")

    found = {one["kind"]: one for one in report["tasks"]}

    assert len(report["tasks"]) == 4
    for kind in ("celery", "huey", "dramatiq", "rq"):
        assert f"by_{kind}" in found[kind]["name"]
        assert (found[kind]["file"], found[kind]["line"]) == ("orders/tasks.py", line(kind))


def test_urls_that_a_router_makes(report: dict[str, Any]) -> None:
    found = {one["name"]: one for one in report["urls"] if one["generated"]}

    parcels = found["parcel-list"]
    assert (parcels["generated"], parcels["view"]) == ("DRF router", "shop.urls.Parcels")
    assert parcels["methods"] == ["GET"]
    assert "permission_class:IsAdminUser" in parcels["decorators"]
    assert "csrf_exempt" in parcels["decorators"]
    assert found["parcel-detail"]["methods"] == ["DELETE"]
