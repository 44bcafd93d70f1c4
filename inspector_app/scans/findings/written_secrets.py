"""Secrets that a project's settings write down, found in the source text.

Only what is as particular as a real one counts: a value for tests, a placeholder, a default of a
developer's machine are written down on purpose. Django's own check tells of a SECRET_KEY that
startproject made.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from inspector_app.redaction.names import Strength, strength
from inspector_app.redaction.settings_source import secrets_in_text
from inspector_app.redaction.shapes import looks_secret
from inspector_app.workspaces.find import shown
from inspector_app.workspaces.source import Unreadable, dotted, parse

from .context import WrittenSecret
from .tracked import Tracked

_MADE_BY_DJANGO = "django-insecure-"
_ON_PURPOSE = frozenset(
    [
        *("change", "changed", "changeme", "changethis", "debug", "default", "demo", "dev"),
        *("develop", "please", "redacted", "replace"),
        *("development", "dummy", "example", "fake", "foo", "insecure", "invalid", "key"),
        *("local", "localhost", "me", "mock", "needed", "not", "only", "password"),
        *("placeholder", "sample", "secret", "test", "testing", "tests", "todo", "unsafe"),
        *("used", "xxx", "your"),
    ]
)
# Where a name is a key that finds something.
_KEPT_IN = frozenset({"cache", "context", "cookie", "form", "group", "lookup", "query", "session"})
_IDENTIFIER = re.compile(r"[a-z]{1,15}(?:[_.:-][a-z]{1,15})*", re.IGNORECASE)
# Words in one case, as code names things; who makes up a pass phrase calls it by another name.
_NAME = re.compile(r"_?[a-z]{1,15}(?:[_.:-][a-z]{1,15})+")
_NAMED_BY_CODE = frozenset({"key", "signature", "token"})
_OF_A_SERVICE = frozenset({"api", "encryption", "private", "secret", "service", "signing"})
# What a regular expression has and nothing that was drawn at random.
_EXPRESSION = re.compile(r"\\[wWdDsSbB]")
# A host without a dot is this machine or a container beside it.
_NEARBY = re.compile(r"@(?:127\.0\.0\.1|\[::1\]|[A-Za-z0-9_-]+)(?![\w.-])")


def written_secrets(root: Path, files: Iterable[Path]) -> list[WrittenSecret]:
    """Those in ``files``, the settings modules in use, that lie in the project's folder."""
    tracked = Tracked(root)
    found: dict[tuple[str, str], WrittenSecret] = {}
    for file in files:
        if not file.is_relative_to(root):
            continue
        try:
            tree = parse(file)
        except Unreadable:
            continue
        name_of_file = shown(file.relative_to(root))
        for name, line in _secrets(tree):
            one = WrittenSecret(name, name_of_file, line, tracked.has(file))
            found.setdefault((name, name_of_file), one)
    return list(found.values())


def _secrets(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The name and line of each. The default of a call is no secret that is in force."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[target, *_], value=value):
                yield from _named(_name_of(target), value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _named(_name_of(target), value)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    yield from _named(_text_of(key), value)


def _named(name: str, value: ast.expr) -> Iterator[tuple[str, int]]:
    text = _text_of(value)
    if not text or text.startswith(_MADE_BY_DJANGO) or _on_purpose(text):
        return
    if _EXPRESSION.search(text):
        return
    if any(True for _ in secrets_in_text(text)):
        if not _NEARBY.search(text):
            yield name or "a token", value.lineno
    elif name and _is_strong(name, text) and looks_secret(text):
        yield name, value.lineno


def _is_strong(name: str, text: str) -> bool:
    return strength(name) is Strength.STRONG and not _names_a_place(name, text)


def _names_a_place(name: str, text: str) -> bool:
    """``CART_SESSION_KEY = "cart_lines"``: under which name something is kept, and no key to it."""
    *before, last = name.lower().split("_")
    if last == "key" and not _KEPT_IN.isdisjoint(before[-1:]):
        return _IDENTIFIER.fullmatch(text) is not None
    named = last in _NAMED_BY_CODE and _OF_A_SERVICE.isdisjoint(before)
    return named and _NAME.fullmatch(text) is not None


def _on_purpose(text: str) -> bool:
    return not _ON_PURPOSE.isdisjoint(re.split(r"[\W_\d]+", text.lower()))


def _name_of(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript):
        return _text_of(target.slice)
    return dotted(target).rpartition(".")[2]


def _text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
