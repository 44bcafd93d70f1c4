"""Every finding about real projects, judged one by one: what is listed here is true of them."""

from __future__ import annotations

from typing import Any

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests import projects

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]


Found = tuple[str, str, str]


def found(project: projects.RealProject) -> tuple[set[Found], list[Found]]:
    """What the source text alone proves, and everything."""
    workspace = open_path(project.root)
    read = workspace.scans.get().report
    trust.grant(workspace)
    return set(_told(read)), _told(scan(workspace).report)


def _told(report: dict[str, Any]) -> list[Found]:
    assert all(one["evidence"] and one["title"] for one in report["findings"])
    return [(one["severity"], one["rule"], one["object"]) for one in report["findings"]]


def test_nemo() -> None:
    read, told = found(projects.nemo())

    assert told == [
        # Set to False; Django 5 localises all the same.
        ("warning", "setting-without-effect", "USE_L10N"),
        # 24 and one; Django's own compiled queries were looked at: none of them joins these.
        ("warning", "admin-list-query-per-row", "NEMO"),
        ("warning", "admin-list-query-per-row", "admin.LogEntry"),
        ("info", "database-never-migrated", "default"),
        ("info", "development-settings", "NEMO.tests.test_settings"),
    ]
    assert read == set(told[:3])


def test_wagtail() -> None:
    read, told = found(projects.wagtail())

    assert read == set()
    assert told == [
        # What wagtail's own check says about its own test models.
        ("warning", "django-check", "tests.TaggedChildPage"),
        ("warning", "django-check", "tests.TaggedGrandchildPage"),
        ("warning", "django-check", "tests.TaggedPage"),
        ("info", "development-settings", "wagtail.test.settings"),
    ]
