"""Lists of the admin that ask the database once for every row, or search without an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .context import Context
from .finding import INFO, WARNING, Finding, Report, evidence, finding
from .own import OwnFiles, every_model, fields_of


@dataclass(frozen=True)
class _List:
    """A list of the admin that shows the relations ``names`` without joining them."""

    admin: dict[str, Any]
    names: list[str]

    @property
    def shown(self) -> str:
        return ", ".join(self.names)

    @property
    def proof(self) -> dict[str, Any]:
        text = f"{self.admin['class'].rpartition('.')[2]}.list_display names {self.shown}"
        return evidence(text, (self.admin["file"], self.admin["line"]))


def one_query_each(report: Report, _context: Context) -> Iterator[Finding]:
    """Relations in ``list_display`` that no join brings along, for each app of the models.

    Where ``list_select_related`` is not set, Django joins the relations of a list by itself, but
    follows none that may be null: ``select_related()`` without names leaves those out. A queryset
    that the project makes may join or prefetch them, so nothing is said of that.
    """
    models, own = every_model(report), OwnFiles(report)
    slow: dict[str, list[_List]] = defaultdict(list)
    for admin in report.get("admin") or []:
        model = models.get(admin["model"])
        if model is None or admin["file"] not in own or admin.get("own_query") is not False:
            continue
        fields = fields_of(model["label"], models)
        names = [
            name
            for name in admin["list_display"] or []
            if name in fields
            and is_foreign_key(fields[name])
            and not _joined(name, fields[name], admin["list_select_related"])
        ]
        if names:
            slow[model["label"].partition(".")[0]].append(_List(admin, names))
    for app, lists in slow.items():
        yield _finding_of(app, lists)


def is_foreign_key(field: dict[str, Any]) -> bool:
    """A column that points to one row of another table; of the relations only these have one."""
    return bool(field.get("to")) and bool(field.get("on_delete"))


def _joined(name: str, field: dict[str, Any], selected: Any) -> bool:
    if selected is None:
        # Nobody knows, so nobody says anything.
        return True
    if isinstance(selected, list) and selected:
        return any(one == name or one.startswith(f"{name}__") for one in selected)
    # Whether true, false or empty, it comes to select_related() without names, or to none at all.
    return isinstance(selected, bool) and not field["null"]


def _finding_of(app: str, lists: list[_List]) -> Finding:
    first, number = lists[0], len(lists)
    wanted = ", ".join(f'"{name}"' for name in first.names)
    return finding(
        "admin-list-query-per-row",
        WARNING,
        f"The admin list of {first.admin['model']} asks the database for {first.shown} in each row"
        if number == 1
        else f"{number} admin lists of {app} ask the database for a relation in each row",
        proof=[one.proof for one in lists],
        why="Django joins the relations of a list only where they cannot be null, or where "
        "list_select_related names them. A page of 100 rows takes up to 100 queries more for each.",
        action=f"Set list_select_related{' on each' if number > 1 else ''}, for example "
        f"[{wanted}] on {first.admin['class'].rpartition('.')[2]}.",
        identifier="list_select_related",
        about=first.admin["model"] if number == 1 else app,
    )


def unindexed_filters(report: Report, _context: Context) -> Iterator[Finding]:
    """A foreign key without an index that the admin filters by."""
    models, own = every_model(report), OwnFiles(report)
    for admin in report.get("admin") or []:
        model = models.get(admin["model"])
        if model is None or model["file"] not in own:
            continue
        for one in model["fields"]:
            if one["name"] in (admin.get("list_filter") or []) and _unindexed(one, model):
                yield finding(
                    "unindexed-filter",
                    INFO,
                    f"{model['label']}.{one['name']} is filtered by and has no index",
                    proof=[
                        evidence("db_index is False", (one["file"], one["line"])),
                        evidence("list_filter names it", (admin["file"], admin["line"])),
                    ],
                    why="Each use of the filter reads the whole table.",
                    action="Remove db_index=False, or add an index that begins with this column.",
                    identifier="db_index",
                    about=f"{model['label']}.{one['name']}",
                )


def _unindexed(field: dict[str, Any], model: dict[str, Any]) -> bool:
    if not is_foreign_key(field) or field.get("db_index") is not False or field["unique"]:
        return False
    several = [
        *(one.get("fields") or [] for one in model.get("indexes") or []),
        *(one.get("fields") or [] for one in model.get("constraints") or []),
        *(model.get("unique_together") or []),
    ]
    return not any(names[:1] == [field["name"]] for names in several)
