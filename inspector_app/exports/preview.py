"""The beginning of an export as a page shows it, made from the very file that would be saved."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from inspector_app.models import Scan, Workspace
from inspector_app.scans.render.html import body

from . import write
from .cells import SPECIAL
from .tables import Table, tables

# Of a file, and of each cell of a notebook.
_LINES, _CELL_LINES = 200, 12
# Of a table, with its head.
_ROWS = 6
_CELLS = 60
# Of a line; the data of a notebook stands in a single one.
_WIDTH = 400

_HEADING = re.compile(r"#+ ")
_ESCAPED = re.compile(rf"\\{SPECIAL.pattern}")
_COLUMN = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Text:
    """Lines of a file, and how many more it has."""

    lines: str
    more: int


@dataclass(frozen=True)
class Cell:
    """Of a notebook or an archive: text as it reads; ``code`` or output (``raw``) as it stands."""

    kind: str
    title: str = ""
    rows: list[list[str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    text: Text | None = None


@dataclass(frozen=True)
class Preview:
    """What is saved as ``name`` with ``size`` bytes; of the last three, what the format has."""

    name: str
    size: int
    redacted: int | None
    cells: list[Cell] = field(default_factory=list)
    more_cells: int = 0
    report: dict[str, Any] | None = None
    text: Text | None = None


def preview(workspace: Workspace, format_name: str, scan: Scan) -> Preview:
    """The preview of a known format; the last one is kept for a page that follows the engine."""
    newest_run = workspace.runs.values_list("pk", "status").first()
    return _preview(workspace.pk, workspace.root, format_name, scan.pk, newest_run)


# By numbers, not by rows: a scan holds its report, which takes more memory than all else.
@functools.lru_cache(maxsize=1)
def _preview(workspace: int, root: str, name: str, scan: int, run: object) -> Preview:  # noqa: ARG001
    report = Scan.objects.get(pk=scan).report
    result = write(Workspace.objects.get(pk=workspace), name, report)
    found = Preview(result.name, len(result.data), report.get("redacted"))
    if name == "ipynb":
        cells = json.loads(result.data)["cells"]
        shown = [_cell(cell["cell_type"], cell["source"]) for cell in cells[:_CELLS]]
        return replace(found, cells=shown, more_cells=len(cells) - len(shown))
    if name == "csv":
        return replace(found, cells=[_beginning(one) for one in tables(report)])
    if name == "html":
        return replace(found, report=body(report))
    return replace(found, text=_text(result.data.decode(), _LINES))


def _beginning(table: Table) -> Cell:
    total = len(table.rows)
    title = f"{table.name}.csv, {total:,} {'row' if total == 1 else 'rows'}"
    return Cell("markdown", title, text=_text(table.csv(), _ROWS))


def _text(source: str, most: int) -> Text:
    lines = source.splitlines()
    cut = [line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…" for line in lines[:most]]
    return Text("\n".join(cut), max(len(lines) - most, 0))


def _cell(kind: str, source: str) -> Cell:
    if kind != "markdown":
        return Cell(kind, text=_text(source, _CELL_LINES))
    blocks = source.split("\n\n")
    title = _read(_HEADING.sub("", blocks.pop(0))) if _HEADING.match(source) else ""
    rows: list[list[str]] = []
    paragraphs: list[str] = []
    for line in "\n".join(blocks).splitlines():
        if not line.startswith("|"):
            paragraphs.append(_read(line))
        elif not line.startswith(("|---", "| | |")):
            rows.append([_read(part.strip()) for part in _COLUMN.split(line)[1:-1]])
    return Cell(kind, title, rows, paragraphs)


def _read(text: str) -> str:
    """The words of Markdown that this package wrote, without the signs around them."""
    plain = re.sub(r"(?<!\\)(\*\*|`)", "", text)
    return _ESCAPED.sub(r"\1", plain)
