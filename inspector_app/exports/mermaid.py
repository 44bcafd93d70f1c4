"""A view of the models as a Mermaid diagram: an entity diagram, or a graph of the apps."""

from __future__ import annotations

import re

from inspector_app.schema.model_graph import (
    FK,
    GENERIC,
    GFK,
    INHERITS,
    M2M,
    O2O,
    PK,
    PROXY,
    WORDS,
    Row,
)
from inspector_app.schema.shown import Shown, rows

_NOT_A_WORD = re.compile(r"[^0-9A-Za-z_]+")

# Left is what holds the key: many of it may point to one.
_LINES = {
    FK: "}o--||",
    O2O: "|o--||",
    M2M: "}o--o{",
    GENERIC: "||..o{",
    INHERITS: "|o--||",
    PROXY: "||..||",
}


def mermaid(shown: Shown) -> str:
    return _apps(shown) if shown.level == "apps" else _entities(shown)


def _apps(shown: Shown) -> str:
    ids = _Ids()
    lines = ["flowchart LR"]
    counts: dict[str, int] = {}
    for box in shown.boxes:
        counts[box.app] = counts.get(box.app, 0) + 1
    lines += [
        f'    {ids.of(app.label)}["{_text(app.label)} ({counts[app.label]})"]' for app in shown.apps
    ]
    for (source, target), weight in shown.weights.items():
        lines.append(f"    {ids.of(source)} -->|{weight}| {ids.of(target)}")
    return "\n".join(lines) + "\n"


def _entities(shown: Shown) -> str:
    ids = _Ids()
    lines = ["erDiagram"]
    for box in shown.boxes:
        lines.append(f'    {ids.of(box.label)}["{_text(box.label)}"] {{')
        lines += [f"        {_attribute(row)}" for row in rows(box, shown.view.fields)]
        lines.append("    }")
    lines += [f'    {ids.of(box.label)}["{_text(box.label)}"]' for box in shown.near]
    for edge in shown.edges:
        name = _text(edge.field) or WORDS[edge.kind]
        said = (
            f"{name} ({WORDS[edge.kind]})" if edge.kind in (GENERIC, GFK, INHERITS, PROXY) else name
        )
        lines.append(
            f'    {ids.of(edge.source)} {_LINES[edge.kind]} {ids.of(edge.target)} : "{said}"'
        )
    return "\n".join(lines) + "\n"


def _attribute(row: Row) -> str:
    """Type, name, keys and a remark."""
    keys = [word for word, is_so in (("PK", _primary(row)), ("FK", row.key in (FK, O2O))) if is_so]
    if not keys and row.entry.get("unique"):
        keys = ["UK"]
    parts = [_word(row.kind or WORDS[row.key]), _word(row.name), ", ".join(keys)]
    if row.key in (M2M, GENERIC, GFK):
        parts.append(f'"{WORDS[row.key]}"')
    return " ".join(part for part in parts if part)


def _primary(row: Row) -> bool:
    return row.key == PK or bool(row.entry.get("primary_key"))


def _word(text: str) -> str:
    """What Mermaid takes as a type or a name, which begins with a letter."""
    word = _NOT_A_WORD.sub("_", text)
    return word if word[:1].isalpha() else f"f_{word}"


def _text(text: str) -> str:
    """Text between double quotes, on one line; Mermaid has its own entities, not escapes."""
    flat = " ".join(text.split())
    return "".join(_ENTITIES.get(sign, sign) for sign in flat)


_ENTITIES = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", ";": "#59;", "`": "#96;"}


class _Ids:
    """Names that Mermaid takes, a different one for each label."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, label: str) -> str:
        if label not in self._given:
            # A word alone could be one of Mermaid's own, as "end" is.
            word = base = f"{_word(label)}_" if "." not in label else _word(label)
            number = 1
            while word in self._taken:
                number += 1
                word = f"{base}_{number}"
            self._taken.add(word)
            self._given[label] = word
        return self._given[label]
