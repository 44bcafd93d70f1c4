"""Comparing release numbers with the clauses of a requirement, by Python's own rules."""

from __future__ import annotations

import re

_RELEASE = re.compile(r"\d+(?:\.\d+)*\Z")
_PLAIN = re.compile(r"\s*(>=|<)\s*(\d+(?:\.\d+)*)\s*\Z")


def allows(specification: str, version: str) -> bool:
    """Whether ``version`` meets e.g. ``>=5.2,<5.3``; what is not understood is met.

    A pre-release counts like any other, because it is what is installed.
    """
    clauses = [_PLAIN.match(clause) for clause in specification.split(",")]
    if _RELEASE.match(version):
        plain = [clause for clause in clauses if clause is not None]
        if len(plain) == len(clauses):
            return all(_meets(version, one[1], one[2]) for one in plain)
    # Not before it is needed: it takes longer to load than all else that a first page needs.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        return SpecifierSet(specification).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return True


def _meets(version: str, operator: str, bound: str) -> bool:
    """What most say which Pythons they run on: numbers alone, of which 5 and 5.0 are the same."""
    one, other = _without_zeros(version), _without_zeros(bound)
    return one >= other if operator == ">=" else one < other


def _without_zeros(version: str) -> tuple[int, ...]:
    found = list(numbers(version))
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: ``5.2rc1`` is ``(5, 2)``."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()
