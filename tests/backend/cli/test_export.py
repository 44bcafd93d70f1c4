"""djdesk export."""

from __future__ import annotations

import zipfile
from pathlib import Path

import nbformat

from tests.backend.cli.asking import djdesk


def test_export_writes_a_valid_notebook_of_what_was_run(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "shop.ipynb"
    assert djdesk("export", project, "--format", "ipynb", "-o", target, "--trust").returncode == 0
    notebook = nbformat.read(target, as_version=4)

    nbformat.validate(notebook)
    assert any("System check identified no issues" in cell.source for cell in notebook.cells)


def test_export_writes_tables_without_trust(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "shop.zip"
    assert djdesk("export", project, "--format", "csv", "-o", target).returncode == 0

    with zipfile.ZipFile(target) as packed:
        assert packed.read("shop/models.csv").startswith(b"\xef\xbb\xbflabel,app,name")
