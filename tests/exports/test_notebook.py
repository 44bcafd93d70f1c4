from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from inspector_app.errors import Problem
from inspector_app.exports import export
from inspector_app.models import Workspace
from inspector_app.scans.counts import declared
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace(sample: Path) -> Workspace:
    opened = open_path(sample)
    trust.grant(opened)
    scan(opened)
    return opened


def notebook(workspace: Workspace) -> Any:
    return nbformat.reads(export(workspace, "ipynb").data.decode(), as_version=4)


def test_the_notebook_is_valid_with_an_id_for_each_cell(workspace: Workspace) -> None:
    found = notebook(workspace)

    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in found.cells}) == len(found.cells)


def test_no_cell_pretends_to_have_been_executed(workspace: Workspace) -> None:
    code = [cell for cell in notebook(workspace).cells if cell.cell_type == "code"]

    assert code
    assert all(cell.execution_count is None and cell.outputs == [] for cell in code)


def test_what_a_run_printed_is_in_the_notebook(workspace: Workspace) -> None:
    text = "\n".join(cell.source for cell in notebook(workspace).cells)

    assert "System check identified 4 issues" in text
    assert "djdesk-probe cyclery/manage.py" in text


def test_models_and_runs_are_told_with_where_they_come_from(
    workspace: Workspace, project: Path
) -> None:
    def told(of: Workspace) -> str:
        return "\n".join(cell.source for cell in notebook(of).cells)

    assert "From the running project; run the cell" in told(workspace)
    assert "\n1 command was run by DJDesk" in told(workspace)

    only_read = open_path(project)

    assert "From the source text; run the cell" in told(only_read)
    assert "No command was run." in told(only_read)


def test_the_cells_run_in_a_real_kernel_and_show_the_models(workspace: Workspace) -> None:
    found = notebook(workspace)
    NotebookClient(found, timeout=60, kernel_name="python3").execute()
    printed = "".join(
        output.get("text", "")
        for cell in found.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )

    for app in workspace.scans.all()[0].report["apps"]:
        for model in declared(app) if app["path"] else []:
            assert model["name"] in printed


def test_the_same_scan_gives_the_same_notebook(workspace: Workspace) -> None:
    assert export(workspace, "ipynb").data == export(workspace, "ipynb").data


def test_a_hostile_project_name_stays_text(tmp_path: Path, sample: Path) -> None:
    import shutil

    name = "x'); import os #](javascript:1) <b> `$1`"
    opened = open_path(Path(shutil.copytree(sample, tmp_path / name)))
    found = notebook(opened)

    assert "<b>" not in found.cells[0].source.replace("\\<b\\>", "")
    NotebookClient(found, timeout=60, kernel_name="python3").execute()


def test_a_workspace_that_was_never_read_has_nothing_to_export(workspace: Workspace) -> None:
    workspace.scans.all().delete()

    with pytest.raises(Problem, match="not read yet"):
        export(workspace, "ipynb")


def test_an_unknown_format_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Problem) as caught:
        export(workspace, "docx")

    assert caught.value.code == "unknown_format"


def test_the_report_itself_can_be_exported(workspace: Workspace) -> None:
    assert json.loads(export(workspace, "json").data)["format"] == "djdesk-report/1"


def test_what_is_known_only_in_part_is_said(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "INSTALLED_APPS += computed()\n")

    text = "\n".join(cell.source for cell in notebook(open_path(project)).cells)

    assert "## Not read, or in part" in text
    assert "so there may be other apps" in text
