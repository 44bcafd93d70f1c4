from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from inspector_app.models import Workspace
from inspector_app.runs.create import create_run
from inspector_app.scans.scan import scan
from inspector_app.scans.search.documents import Document
from inspector_app.scans.search.index import rebuild, scope
from inspector_app.scans.search.query import search
from inspector_app.scans.search.words import index_words, match
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path, open_sample
from inspector_app.workspaces.removal import remove
from tests import projects

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = [
    '"',
    "'; DROP TABLE inspector_search; --",
    "a OR b",
    "NEAR(a b)",
    "title:x",
    "^a",
    "a*",
    "-a",
    "(",
    "a AND",
    "\0",
    "\ud800",
    "%",
    "_",
    "ⅷ ﬁ ß",
    "x" * 100_000,
    "a " * 1000,
    "{a b}: c",
    "scope:workspace1",
]


def titles(workspace: Workspace, query: str, kind: str = "") -> list[str]:
    found = search(workspace, query)
    return [one.title for one in found if not kind or one.kind == kind]


@pytest.fixture
def sample_workspace() -> Workspace:
    return open_sample()


def test_names_are_split_at_humps_and_underscores() -> None:
    assert index_words("billing.InvoiceLine.unit_price") == (
        "billing invoice line invoiceline unit price unitprice"
    )
    assert index_words("HTTPServer2") == "http server2 httpserver2"


def test_what_is_called_so_comes_first(sample_workspace: Workspace) -> None:
    assert titles(sample_workspace, "customer")[0] == "customers.Customer"
    assert titles(sample_workspace, "customers")[0] == "customers"


@pytest.mark.parametrize(
    "query", ["InvoiceLine", "invoiceline", "inv lin", "InvLi", "line invoice"]
)
def test_a_model_is_found_by_the_beginnings_of_its_parts(
    sample_workspace: Workspace, query: str
) -> None:
    workspace = sample_workspace
    report = workspace.scans.all()[0].report
    report["apps"][-1]["models"][0] |= {"label": "billing.InvoiceLine", "name": "InvoiceLine"}
    rebuild(workspace, report)

    assert "billing.InvoiceLine" in titles(workspace, query, "model")


def test_a_field_is_found_by_its_model_and_name(sample_workspace: Workspace) -> None:
    [found] = [one for one in search(sample_workspace, "Customer.email") if one.kind == "field"]

    assert (found.title, found.file) == ("customers.Customer.email", "customers/models.py")
    assert found.line > 0
    page = f"{sample_workspace.get_absolute_url()}models/"
    assert found.url == f"{page}?focus=customers.Customer&fields=all#email"


def test_the_project_s_own_come_before_those_of_packages(sample_workspace: Workspace) -> None:
    found = titles(sample_workspace, "0001", "migration")

    assert found.index("billing 0001_initial") < found.index("auth 0001_initial")


def test_runs_are_found_by_their_command_line_and_number(project: Path) -> None:
    workspace = open_path(project)
    trust.grant(workspace)
    create_run(workspace, "check", {}, enqueue=False)

    [found] = [one for one in search(workspace, "check") if one.kind == "run"]

    assert found.title == "#1 check --no-color"
    assert found.url.endswith("/runs/1/")
    assert titles(workspace, "#1", "run") == ["#1 check --no-color"]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_expression(sample_workspace: Workspace, query: str) -> None:
    search(sample_workspace, query)

    assert titles(sample_workspace, "customer")


@pytest.mark.parametrize("query", ["", "   ", "?!", "."])
def test_a_query_without_words_finds_nothing(sample_workspace: Workspace, query: str) -> None:
    assert match(query) == ""
    assert search(sample_workspace, query) == []


def test_one_project_does_not_find_another_s(project: Path, sample_workspace: Workspace) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\nclass Zebra(models.Model):\n    pass\n"
    )
    other = open_path(project)

    assert titles(sample_workspace, "zebra") == []
    assert "orders.Zebra" in titles(other, "zebra")


def test_a_new_scan_replaces_what_was_found(project: Path) -> None:
    models = project / "orders" / "models.py"
    models.write_text("from django.db import models\nclass Letter(models.Model):\n    pass\n")
    workspace = open_path(project)
    assert titles(workspace, "letter", "model") == ["orders.Letter"]

    models.write_text("from django.db import models\nclass Parcel(models.Model):\n    pass\n")
    scan(workspace)

    assert titles(workspace, "letter", "model") == []
    assert titles(workspace, "parcel", "model") == ["orders.Parcel"]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(
    sample_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> Any:
        yield Document("app", "x", "x", "")
        raise RuntimeError

    monkeypatch.setattr("inspector_app.scans.search.index.documents", broken)
    with pytest.raises(RuntimeError):
        rebuild(sample_workspace, {})

    assert titles(sample_workspace, "customer")


def test_a_removed_workspace_leaves_nothing(sample_workspace: Workspace) -> None:
    here = scope(sample_workspace)
    remove(sample_workspace)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inspector_search WHERE scope = %s", [here])
        assert cursor.fetchone() == (0,)


def test_no_two_results_have_one_address(sample_workspace: Workspace) -> None:
    found = search(sample_workspace, "e", 100)

    assert len({(one.kind, one.url) for one in found}) == len(found) > 10


def test_a_finding_is_shown_where_it_stands_on_the_overview(project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")
    workspace = open_path(project)

    [found] = [one for one in search(workspace, "syntax error") if one.kind == "finding"]

    assert found.url == f"{workspace.get_absolute_url()}#finding-1"


@pytest.mark.projects
def test_searching_a_large_project_takes_some_milliseconds() -> None:
    workspace = open_path(projects.wagtail().root)
    started = time.process_time()
    for query in ("p", "page", "PageRev", "us na", "0001", "e"):
        assert search(workspace, query)

    assert (time.process_time() - started) / 6 < 0.02
