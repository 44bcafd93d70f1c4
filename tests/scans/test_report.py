"""The report against its published schema, and strictly: no key is undocumented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from inspector_app.models import Scan
from inspector_app.scans.counts import count
from inspector_app.scans.render.facts import facts
from inspector_app.scans.report import sendable
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path, open_sample
from tests.environment import CHECKOUT
from tests.scans.edge import make_edge_project
from tests.workspaces.layouts import make_manage_py

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMA = json.loads((CHECKOUT / "docs" / "report-schema.json").read_text())


def validate(report: dict[str, Any]) -> None:
    sent = json.loads(json.dumps(report))
    Draft202012Validator(strict(SCHEMA), format_checker=FormatChecker()).validate(sent)


def strict(schema: Any) -> Any:
    """The same schema without room for keys that it does not name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema and "type" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


def report_of(root: Path) -> dict[str, Any]:
    found = open_path(root).scans.get()
    assert found.state == Scan.State.DONE, found.problem
    report: dict[str, Any] = found.report
    return report


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_sample_s_report_before_trust() -> None:
    report = open_sample().scans.get().report

    validate(report)
    assert report["trusted"] is False
    assert report["checks"] == {
        "default": None,
        "deploy": None,
        "silenced": None,
        "silenced_checks": [],
    }
    assert {section["source"] for section in report["sections"].values()} == {"static"}
    assert report["files_changed"] is None
    assert report["sandbox"]["tier"] is None


def test_the_sample_s_report_with_its_checks() -> None:
    workspace = open_sample()
    trust.grant(workspace)
    row = scan(workspace)

    validate(row.report)
    assert row.source == Scan.Source.MIXED
    assert row.report["sections"]["checks"]["source"] == "runtime"
    assert row.report["sandbox"]["tier"]
    assert row.report["files_changed"] == []


def test_the_report_of_every_kind_of_model(tmp_path: Path) -> None:
    report = report_of(make_edge_project(tmp_path / "edge"))

    validate(report)
    assert report["apps_complete"] is False
    assert [app["path"] for app in report["apps"] if app["label"] == "reviews"] == ["shop/reviews"]
    assert next(app for app in report["apps"] if app["label"] == "auth")["path"] is None


def test_the_report_of_a_folder_with_nothing_but_manage_py(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    report = report_of(tmp_path / "shop")

    validate(report)
    assert report["apps"] == []
    assert report["sections"]["settings"]["error"] == "shop.settings was not found"


def test_no_secret_of_the_settings_is_in_the_report(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(
        settings.read_text() + "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql',"
        " 'PASSWORD': 'hunter2', 'HOST': 'db.example', 'USER': 'shopkeeper'}}\n"
        "STRIPE_API_KEY = 'sk_live_hunter2'\n"
    )

    text = json.dumps(report_of(project))

    for secret in ("hunter2", "db.example", "shopkeeper", "django-insecure", "sk_live"):
        assert secret not in text


def test_half_a_character_does_not_stop_a_report_from_being_sent(project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\n"
        "class Order(models.Model):\n"
        "    class Meta:\n"
        "        db_table = '\\ud800'\n"
    )

    report = report_of(project)

    json.dumps(report, ensure_ascii=False).encode()
    [table] = [m["table"] for app in report["apps"] for m in app["models"] if m["name"] == "Order"]
    assert table == "?"
    assert sendable({"a": "plain"}) == {"a": "plain"}


def test_the_counts_are_the_project_s_own(tmp_path: Path) -> None:
    counts = count(report_of(make_edge_project(tmp_path / "edge")))

    assert (counts.apps, counts.apps_installed) == (5, 7)
    # People 4, goods 6, reviews 2, shelf 1; Django's own are User, Group, Permission, ContentType.
    assert (counts.models, counts.models_installed) == (13, 17)
    assert counts.migrations == 0


def test_models_are_not_counted_where_an_app_has_no_source(tmp_path: Path) -> None:
    report = report_of(make_edge_project(tmp_path / "edge"))
    report["apps"][0]["readable"] = False

    assert count(report).models_installed is None
    assert ("Models", "at least 13 in the project, those of installed packages not known") in facts(
        report
    )
