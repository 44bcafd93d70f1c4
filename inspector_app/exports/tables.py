"""The parts of a report that are lists, as CSV files for spreadsheets and databases.

Checks that were not run have no file, since an empty one would say that there is no issue;
``sections.csv`` says for every part where it came from, and what of it could not be read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspector_app.scans.render.rows import evidence

from .cell import cell

Report = dict[str, Any]
Row = Mapping[str, Any]

PLACE = ("file", "line")
_PAIRS = ("dependencies", "replaces")
# The oldest that an archive can tell: the same report always makes the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_SECTION = ("name", "source", "ok", "error", "seconds", "notes")
_APP = ("label", "name", "path", "config", "verbose_name", "readable")
_MODEL = (
    *("label", "app", "name", "table", "fields", "verbose_name", "bases", "managed", "proxy"),
    *("swapped", "abstract", "auto_created", *PLACE),
)
_FIELD = (
    *("model", "name", "kind", "db_column", "column_type", "null", "blank", "unique"),
    *("primary_key", "db_index", "max_length", "choices", "default_text", "to", "through"),
    *("related_name", "on_delete", "help_text", "auto_created", "inherited", *PLACE),
)
_RELATION = ("from", "to", "field", "kind", "auto_created")
_URL = (
    *("route", "name", "view", "app", "methods", "decorators", "generated", *PLACE),
    *("view_file", "view_line"),
)
_SETTING = ("name", "value", "redacted", "reason", "default", "custom", "known", *PLACE)
_MIGRATION = ("app", "name", "applied", "dependencies", "replaces", "operations", *PLACE)
_CHECK = ("kind", "level", "id", "msg", "hint", "obj", *PLACE)
_FINDING = (
    *("severity", "id", "rule", "title", "why", "action", "object", *PLACE),
    *("evidence", "docs"),
)


@dataclass(frozen=True)
class Table:
    """``rows`` are records of the report; a column that one has not is empty."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    def csv(self) -> str:
        """By RFC 4180."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([cell(row.get(name)) for name in self.columns] for row in self.rows)
        return out.getvalue()


def tables(report: Report) -> Iterator[Table]:
    yield _table("sections", _SECTION, ({"name": k, **v} for k, v in report["sections"].items()))
    yield _table("apps", _APP, report["apps"])
    yield _table("models", _MODEL, _models(report))
    yield _table("fields", _FIELD, _fields(report))
    yield _table("relations", _RELATION, report["relations"])
    yield _table("urls", _URL, report["urls"])
    yield _table("settings", _SETTING, report["settings"]["changed"])
    yield _table("migrations", _MIGRATION, _migrations(report))
    checks = report["checks"] or {}
    if checks.get("default") is not None or checks.get("deploy") is not None:
        yield _table("checks", _CHECK, _checks(checks))
    yield _table("findings", _FINDING, map(_finding, report["findings"]))


def archive(report: Report, folder: str) -> bytes:
    """All tables in a zip file. UTF-8 with its mark, without which Excel takes another encoding."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for table in tables(report):
            entry = zipfile.ZipInfo(f"{folder}/{table.name}.csv", _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, table.csv().encode("utf-8-sig", "backslashreplace"))
    return out.getvalue()


def _table(name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    return Table(name, columns, list(rows))


def _each_model(report: Report) -> Iterator[tuple[str, Row]]:
    for app in report["apps"]:
        for model in (*app["models"], *app.get("abstract_models", ())):
            yield app["label"], model


def _models(report: Report) -> Iterator[Row]:
    for app, model in _each_model(report):
        yield {**model, "app": app, "fields": len(model["fields"])}


def _fields(report: Report) -> Iterator[Row]:
    for _, model in _each_model(report):
        for field in model["fields"]:
            yield {**field, "model": model["label"]}


def _migrations(report: Report) -> Iterator[Row]:
    for app, members in report["migrations"]["apps"].items():
        for one in members:
            named = {key: [".".join(pair) for pair in one.get(key) or ()] for key in _PAIRS}
            operations = [each["text"] for each in one.get("operations") or ()]
            yield {**one, **named, "app": app, "operations": operations}


def _checks(checks: Mapping[str, Any]) -> Iterator[Row]:
    """``deploy`` has those of ``default`` too, as Django's command; here each stands once."""
    default = checks.get("default") or []
    deploy = [one for one in checks.get("deploy") or [] if one not in default]
    silenced = checks.get("silenced_checks") or []
    for kind, members in (("default", default), ("deploy", deploy), ("silenced", silenced)):
        for one in members:
            yield {**one, "kind": kind}


def _finding(finding: Report) -> Row:
    """With its evidence, a piece a line."""
    pieces = [f"{at} {text}".strip() for text, at in evidence(finding)]
    return {**finding, "evidence": "\n".join(pieces)}
