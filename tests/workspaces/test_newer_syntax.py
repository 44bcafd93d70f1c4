"""Files in a newer Python than DJDesk's own are read, and every line stays where it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from inspector_app.workspaces.newer_syntax import in_older_words
from inspector_app.workspaces.source import Unreadable, parse_source

NEWER = """\
lazy import json
lazy from os import path
type Alias = int | str
type Pair[K, V: int] = tuple[K, V]

class Box[T](dict[str, T]):
    def get[K: (int,
                str)](self, key: K) -> K:
        try:
            return key
        except ValueError, TypeError:
            return f"{self["a"]} {key!r:>{10}} {', '.join(["x"])}"

async def f[T = int](x: T): return f'{x:#06x}{"\\n".join([])}'

broken = f"{
    1 + 2  # a comment with a "
}" + rf"\\d{f}\\{f}"
page = t"hello {f}"
inner = f"{str(f'{NEWER['a']}')}"
last = 1
"""
OLDER = '''\
import os  # it's a comment with an f"{
type = {"except": 1, "type": 2}
type["x"] = f"{type['except']:>{10}} {{no}}" rf"\\{os}"
text = """class X[T]:
except A, B:
""" if"f" in type else 'lazy import x'
try:
    pass
except (ValueError, TypeError) as error:
    pass
except[OSError, KeyError][0]: pass
'''


def test_what_is_newer_keeps_its_names_and_its_lines() -> None:
    tree = parse_source(NEWER.encode())

    lines = {
        node.name: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert lines == {"Box": 6, "get": 7, "f": 14}
    values = {
        node.targets[0].id: node.lineno
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert values == {"Alias": 3, "Pair": 4, "broken": 16, "page": 19, "inner": 20, "last": 21}
    box = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    assert ast.unparse(box.bases[0]) == "dict[str, T]"


@pytest.mark.parametrize(
    "source", [OLDER, Path(__file__).read_text(), Path(ast.__file__).read_text()]
)
def test_what_is_not_newer_stays_as_it_is(source: str) -> None:
    rewritten = in_older_words(source.encode())

    assert ast.dump(ast.parse(rewritten), include_attributes=True) == ast.dump(
        ast.parse(source), include_attributes=True
    )


@pytest.mark.parametrize(
    "source", [b"x = 1\nclass X[T:\n", b"a = f'{", b"type X[", b"\xff\xfe[", b"except A,"]
)
def test_what_no_python_can_read_is_said_to_be_so(source: bytes) -> None:
    with pytest.raises(Unreadable, match=r"syntax error|not a text file"):
        parse_source(source)
