"""Comparing release numbers with the clauses of a requirement, as far as Django's need it."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"\s*(===?|~=|!=|<=?|>=?)\s*v?(\d+(?:\.\d+)*)(\.\*)?")


def allows(specification: str, version: str) -> bool:
    """Whether ``version`` meets e.g. ``>=5.2,<5.3``; a clause that is not understood is met."""
    have = numbers(version)
    return not have or all(_meets(have, clause) for clause in specification.split(","))


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: ``5.2rc1`` is ``(5, 2)``."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _meets(have: tuple[int, ...], clause: str) -> bool:
    match = _CLAUSE.match(clause)
    if match is None:
        return True
    operator, wanted = match[1], numbers(match[2])
    width = max(len(have), len(wanted))
    full = have + (0,) * (width - len(have))
    limit = wanted + (0,) * (width - len(wanted))
    equal = have[: len(wanted)] == wanted if match[3] else full == limit
    same_series = have[: len(wanted) - 1] == wanted[:-1]
    return {
        "==": equal,
        "===": equal,
        "!=": not equal,
        "~=": full >= limit and same_series,
        ">=": full >= limit,
        "<=": full <= limit,
        ">": full > limit,
        "<": full < limit,
    }[operator]
