"""The report's lists as CSV, read by Python's own csv module."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from inspector_app.exports import export
from inspector_app.exports.cell import cell, harmless
from inspector_app.exports.tables import archive, tables
from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)

# Behind quotes that a reader takes away.
STARTS = re.compile(r"[\s\"]*[=+\-@]")
FORMULA = '=HYPERLINK("http://evil.example";"look")'


def unpacked(data: bytes) -> dict[str, list[dict[str, str]]]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
            # Each has as many cells as the head, which DictReader would tell by None.
            assert all(None not in row and None not in row.values() for row in rows)
            found[Path(name).stem] = rows
    return found


def opened(root: Path) -> Workspace:
    workspace = open_path(root)
    trust.grant(workspace)
    scan(workspace)
    return workspace


def report_of(workspace: Workspace) -> dict[str, Any]:
    newest = workspace.newest_reading
    assert newest is not None
    return dict(newest.report)


def test_every_table_holds_all_that_the_report_has(sample: Path) -> None:
    workspace = opened(sample)
    report = report_of(workspace)
    result = export(workspace, "csv")
    found = unpacked(result.data)

    assert result.name == f"{workspace.slug}.csv.zip"
    models = [one for app in report["apps"] for one in (*app["models"], *app["abstract_models"])]
    assert [row["label"] for row in found["models"]] == [one["label"] for one in models]
    assert [(row["model"], row["name"], row["kind"], row["null"]) for row in found["fields"]] == [
        (model["label"], one["name"], one["kind"], str(one["null"]).lower())
        for model in models
        for one in model["fields"]
    ]
    assert [(row["route"], row["view"], row["line"]) for row in found["urls"]] == [
        (harmless(one["route"]), one["view"], str(one["line"])) for one in report["urls"]
    ]
    assert {row["name"]: row["value"] for row in found["settings"]} == {
        one["name"]: str(cell(one["value"])) for one in report["settings"]["changed"]
    }
    assert [(row["app"], row["name"], row["applied"]) for row in found["migrations"]] == [
        (app, one["name"], str(cell(one["applied"])))
        for app, members in report["migrations"]["apps"].items()
        for one in members
    ]
    assert [row["title"] for row in found["findings"]] == [
        harmless(one["title"]) for one in report["findings"]
    ]
    deploy = [row["id"] for row in found["checks"] if row["kind"] in ("default", "deploy")]
    assert sorted(deploy) == sorted(one["id"] for one in report["checks"]["deploy"])
    assert len(found["relations"]) == len(report["relations"])
    assert len(found["apps"]) == len(report["apps"])
    assert [row["name"] for row in found["sections"]] == list(report["sections"])


def test_what_was_not_looked_for_has_no_table(project: Path) -> None:
    workspace = open_path(project)
    found = unpacked(archive(report_of(workspace), "shop"))

    assert "checks" not in found
    assert [row["source"] for row in found["sections"] if row["name"] == "models"] == ["static"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (FORMULA, f"'{FORMULA}"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),  # noqa: RUF001 -- the wide form is meant
        ("x;=1", "x;'=1"),
        ('x;"=1', "x;'\"=1"),
        ("x\n@y", "x\n'@y"),
        ("order.line_total", "order.line_total"),
        ("a - b = c", "a - b = c"),
        ("models.py:12", "models.py:12"),
    ],
)
def test_no_text_is_left_that_a_spreadsheet_computes(text: str, written: str) -> None:
    assert harmless(text) == written


def test_a_number_stays_one_and_what_is_not_known_stays_empty() -> None:
    assert [cell(-3), cell(0.5), cell(True), cell(None)] == [-3, 0.5, "true", ""]
    assert cell(["a", "b"]) == "a, b"
    assert cell({"a": [1]}) == '{"a": [1]}'


def test_a_hostile_project_writes_no_formula_wherever_a_cell_begins(project: Path) -> None:
    with (project / "shop" / "settings.py").open("a") as settings:
        settings.write(f"\nTITLE = {FORMULA!r}\nOTHER = 'x;=1+1\\n@y'\n")
    (project / "orders" / "models.py").write_text(
        "from django.db import models\n"
        "class Order(models.Model):\n"
        "    class Meta:\n"
        "        db_table = '@orders'\n"
        "    note = models.TextField(help_text='-2+3;=4')\n"
    )
    workspace = opened(project)
    report = report_of(workspace)
    found = unpacked(archive(report, "shop"))

    values = {row["name"]: row["value"] for row in found["settings"]}
    assert values["TITLE"] == f"'{FORMULA}"
    assert "'@orders" in [row["table"] for row in found["models"]]
    for table in tables(report):
        # As it is read with commas, and where semicolons part cells and quotes do not help.
        text = table.csv()
        parted = [one for row in csv.reader(io.StringIO(text, newline="")) for one in row]
        assert [one for one in (*parted, *re.split(r"[;\t\r\n]", text)) if STARTS.match(one)] == []
