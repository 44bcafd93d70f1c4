"""Comparing release numbers with the clauses of a requirement, by Python's own rules."""

from __future__ import annotations

import re


def allows(specification: str, version: str) -> bool:
    """Whether ``version`` meets e.g. ``>=5.2,<5.3``; what is not understood is met.

    A pre-release counts like any other, because it is what is installed.
    """
    # Not before it is needed: the first page needs no requirement.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        return SpecifierSet(specification).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return True


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: ``5.2rc1`` is ``(5, 2)``."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()
