"""What is kept of a class statement: bases, fields, and the options of its Meta."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that names something: ``Customer``, ``settings.AUTH_USER_MODEL``, ``get()``.

    ``default`` is a label that it comes to by itself, ``otherwise`` the value of an unset setting.
    """

    name: str
    default: str = ""
    otherwise: object = None


@dataclass(frozen=True, slots=True)
class Default:
    """A field's default as it is written, and whether it is called for each row."""

    text: str
    callable: bool


Argument = str | bool | int | Reference | Default


@dataclass(frozen=True, slots=True)
class Computed:
    """An expression whose value depends on more than the text around it."""

    node: ast.expr = field(compare=False)
    line: int


# The conditions of the ``if`` blocks around a statement, each with the branch it is in.
Conditions = tuple[tuple[ast.expr, bool], ...]


@dataclass(slots=True)
class FieldOutline:
    """``name = callee(…)`` in a class body; ``arguments`` are those that matter to a schema."""

    name: str
    callee: str
    arguments: dict[str, Argument]
    line: int
    conditions: Conditions = ()


@dataclass(slots=True)
class ClassOutline:
    """A class statement. ``values`` are its attributes that are plain constants.

    Of a base that is a call, ``bases`` has the arguments, and its function with ``()`` after it.
    ``default_to`` is what its ``__init__`` makes a relation point at by itself; ``managers`` are
    names with the classes that they are made of; ``docstring`` is its first line, ``members`` the
    number of an enumeration's. ``asks`` says that it has a ``get_queryset`` of its own.
    """

    name: str
    bases: list[str]
    line: int
    fields: list[FieldOutline] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    meta: dict[str, object] | None = None
    meta_bases: list[str] = field(default_factory=list)
    default_to: Argument | None = None
    managers: list[tuple[str, str]] = field(default_factory=list)
    docstring: str = ""
    members: int = 0
    asks: bool = False
